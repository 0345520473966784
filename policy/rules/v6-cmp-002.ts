import { isIpv6Only, subnetHasIpv6, vpcNameOf } from '../facts/address-blocks';
import { hasPublicIpv4, isFargate } from '../facts/compute';
import { isInterface, serviceOf } from '../facts/endpoints';
import { defaultRoutes, leadsTo, routesOfSubnet, routeTableOf } from '../facts/routes';
import { imagesOf, subnetsOfService, taskDefinitionOf } from '../facts/services';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';
import { type Maybe, some, Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-CMP-002',
  title: 'Fargate tasks in dual-stack subnets keep a way out over IPv4',
  group: 'compute',
  kind: 'parity',
  severity: 'error',
  hop: 'target',
  types: ['aws_ecs_service'],
  why: 'Before a task runs, Fargate fetches its image, its secrets and its log stream over IPv4, also where the task has IPv6. Somebody who takes the NAT gateway away because IPv6 is there finds that no task starts any more.',
  fix: 'Keep a route for 0.0.0.0/0 to a NAT gateway, or add endpoints for ecr.api, ecr.dkr, logs and s3.',
  sources: [
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html',
    'https://github.com/aws/containers-roadmap/issues/2792',
  ],
  good: stack({ cidr_block: '0.0.0.0/0', nat_gateway_id: '${aws_nat_gateway.main.id}' }),
  bad: stack(),
  unknown: stack({ cidr_block: '${var.destination}', nat_gateway_id: '${aws_nat_gateway.main.id}' }),

  check(service, graph) {
    if (!isFargate(service)) return undefined;
    const task = taskDefinitionOf(graph, service);
    // Registries with IPv6 are for those who know what they do.
    if (task && imagesOf(task).some((image) => image.includes('.dkr-ecr.'))) return undefined;
    const subnets = subnetsOfService(graph, service).found.filter(
      (subnet) => subnetHasIpv6(subnet) && isIpv6Only(subnet) === false,
    );
    if (subnets.length === 0) return undefined;
    const ways = subnets.map((subnet) => some([hasWayOut(subnet, service, graph), hasEndpoints(subnet, task, graph)]));
    const shut = subnets.filter((_, index) => ways[index] === false);
    if (shut.length > 0) {
      const message = `no task starts in ${shut.map((subnet) => reasonIn(subnet, graph)).join(', nor in ')}`;
      // A table that leads the families to different gateways is itself what is wrong.
      const tables = shut.map((subnet) => routeTableOf(graph, subnet)).filter((table) => table !== undefined);
      return fail(message, shut.every((subnet) => leadsToInternetGateway(subnet, graph)) ? { causes: tables } : {});
    }
    return ways.includes(undefined) ? unknown('the way out over IPv4 cannot be seen here') : PASS;
  },
};

function hasWayOut(subnet: Resource, service: Resource, graph: ResourceGraph): Maybe {
  const routes = routesOfSubnet(graph, subnet);
  const [way] = defaultRoutes(routes, 'ipv4');
  if (!way) return routes.complete ? false : undefined;
  if (way.target === 'unknown') return undefined;
  if (way.target === 'internet-gateway') return hasPublicIpv4(graph, service);
  return way.target !== 'egress-only-gateway';
}

function reasonIn(subnet: Resource, graph: ResourceGraph): string {
  return leadsToInternetGateway(subnet, graph)
    ? `${subnet.address}: 0.0.0.0/0 leads to an internet gateway, which tasks without public IPv4 addresses cannot use`
    : `${subnet.address}: neither a route for 0.0.0.0/0 nor endpoints for what Fargate fetches`;
}

function leadsToInternetGateway(subnet: Resource, graph: ResourceGraph): boolean {
  return leadsTo(graph, subnet, 'ipv4', 'internet-gateway') === true;
}

/** Whether what Fargate fetches has endpoints in the VPC. */
function hasEndpoints(subnet: Resource, task: Resource | undefined, graph: ResourceGraph): Maybe {
  const vpc = vpcNameOf(graph, subnet);
  const endpoints = graph
    .ofType('aws_vpc_endpoint')
    .filter((endpoint) => vpc !== undefined && vpcNameOf(graph, endpoint) === vpc);
  const services = ['ecr.api', 'ecr.dkr', 's3', ...(task && logsToCloudWatch(task) ? ['logs'] : [])];
  const truths = services.map((name) =>
    some(endpoints.map((endpoint) => isEndpointFor(endpoint, name, subnet, graph))),
  );
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

function isEndpointFor(endpoint: Resource, name: string, subnet: Resource, graph: ResourceGraph): Maybe {
  const service = serviceOf(endpoint);
  if (service.kind === 'unknown') return undefined;
  if (service.kind !== 'aws' || service.name !== name) return false;
  if (isInterface(endpoint)) return endpoint.is('private_dns_enabled', true, false);
  const table = routeTableOf(graph, subnet);
  const associated = graph
    .referring('aws_vpc_endpoint_route_table_association', 'vpc_endpoint_id', endpoint)
    .map((association) => association.value('route_table_id'));
  const { found, complete } = graph.resolve([...endpoint.list('route_table_ids'), ...associated]);
  if (table && found.includes(table)) return true;
  return table && complete ? false : undefined;
}

function logsToCloudWatch(task: Resource): boolean {
  const value = task.value('container_definitions');
  const text = value instanceof Unknown ? value.text : JSON.stringify(value);
  return text?.includes('awslogs') === true;
}

function stack(route?: Readonly<Record<string, string>>): ExampleResources {
  return {
    aws_vpc: { main: { cidr_block: '10.46.0.0/20', assign_generated_ipv6_cidr_block: true } },
    aws_nat_gateway: { main: { subnet_id: 'subnet-0123456789abcdef0' } },
    aws_egress_only_internet_gateway: { main: { vpc_id: '${aws_vpc.main.id}' } },
    aws_subnet: {
      app: {
        vpc_id: '${aws_vpc.main.id}',
        cidr_block: '10.46.1.0/24',
        ipv6_cidr_block: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 1)}',
        assign_ipv6_address_on_creation: true,
      },
    },
    aws_route_table: {
      app: {
        vpc_id: '${aws_vpc.main.id}',
        route: [
          ...(route ? [route] : []),
          { ipv6_cidr_block: '::/0', egress_only_gateway_id: '${aws_egress_only_internet_gateway.main.id}' },
        ],
      },
    },
    aws_route_table_association: {
      app: { subnet_id: '${aws_subnet.app.id}', route_table_id: '${aws_route_table.app.id}' },
    },
    aws_ecs_service: {
      portal: { launch_type: 'FARGATE', network_configuration: { subnets: ['${aws_subnet.app.id}'] } },
    },
  };
}

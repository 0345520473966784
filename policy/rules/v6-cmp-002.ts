import { startsOf } from '../facts/fargate';
import { isAssociated, leadsTo, routeTableOf } from '../facts/routes';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type Cause, type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

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
    const starts = startsOf(graph, service);
    if (!starts) return undefined;
    const { shut, hidden } = starts;
    if (shut.length === 0) return hidden ? unknown('the way out over IPv4 cannot be seen here') : PASS;
    const causes = shut.map((subnet) => causesIn(subnet, graph));
    return fail(`no task starts in ${shut.map((subnet) => reasonIn(subnet, graph)).join(', nor in ')}`, {
      causes: causes.every((one) => one.length > 0) ? causes.flat() : [],
    });
  },
};

/** What has a finding of its own: a subnet without a table, or a table that leads the families to different gateways. */
function causesIn(subnet: Resource, graph: ResourceGraph): readonly Cause[] {
  if (isAssociated(graph, subnet) === false) return [{ rule: 'V6-RT-009', resource: subnet }];
  const table = leadsToInternetGateway(subnet, graph) && routeTableOf(graph, subnet);
  return table ? [table] : [];
}

function reasonIn(subnet: Resource, graph: ResourceGraph): string {
  return leadsToInternetGateway(subnet, graph)
    ? `${subnet.address}: 0.0.0.0/0 leads to an internet gateway, which tasks without public IPv4 addresses cannot use`
    : `${subnet.address}: neither a route for 0.0.0.0/0 nor endpoints for what Fargate fetches`;
}

function leadsToInternetGateway(subnet: Resource, graph: ResourceGraph): boolean {
  return leadsTo(graph, subnet, 'ipv4', 'internet-gateway') === true;
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

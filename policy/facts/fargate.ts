import type { Resource, ResourceGraph } from '../resource-graph';
import { type Maybe, some, Unknown } from '../value';
import { isIpv6Only, subnetHasIpv6, vpcNameOf } from './address-blocks';
import { hasPublicIpv4, isFargate } from './compute';
import { isInterface, serviceOf } from './endpoints';
import { defaultRoutes, routesOfSubnet, routeTableOf } from './routes';
import { imagesOf, subnetsOfService, taskDefinitionOf } from './services';

/** Where tasks start, as far as that takes IPv4: Fargate fetches images, secrets and log streams over it. */
export interface Starts {
  /** Dual-stack subnets in which none does. */
  readonly shut: readonly Resource[];
  /** Whether there may be others. */
  readonly hidden: boolean;
}

/** Undefined for what runs elsewhere, for tasks that fetch over IPv6, and where there are no dual-stack subnets. */
export function startsOf(graph: ResourceGraph, service: Resource): Starts | undefined {
  return graph.fact(service, startsOf, () => {
    if (!isFargate(service)) return undefined;
    const task = taskDefinitionOf(graph, service);
    // Registries with IPv6 are for those who know what they do.
    if (task && imagesOf(task).some((image) => image.includes('.dkr-ecr.'))) return undefined;
    const subnets = subnetsOfService(graph, service).found.filter(
      (subnet) => subnetHasIpv6(subnet) && isIpv6Only(subnet) === false,
    );
    if (subnets.length === 0) return undefined;
    const ways = subnets.map((subnet) => some([hasWayOut(subnet, service, graph), hasEndpoints(subnet, task, graph)]));
    return { shut: subnets.filter((_, index) => ways[index] === false), hidden: ways.includes(undefined) };
  });
}

function hasWayOut(subnet: Resource, service: Resource, graph: ResourceGraph): Maybe {
  const routes = routesOfSubnet(graph, subnet);
  const [way] = defaultRoutes(routes, 'ipv4');
  if (!way) return routes.complete ? false : undefined;
  if (way.target === 'unknown') return undefined;
  if (way.target === 'internet-gateway') return hasPublicIpv4(graph, service);
  return way.target !== 'egress-only-gateway';
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

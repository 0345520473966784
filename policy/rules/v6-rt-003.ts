import type { Family } from '../../core/cidr';
import { isIpv6Only, subnetHasIpv6 } from '../facts/address-blocks';
import { frontsIn } from '../facts/exposure';
import { startsOf } from '../facts/fargate';
import { takenFrom } from '../facts/removals';
import {
  defaultRoutes,
  nat64Routes,
  nameOf,
  type Routes,
  routesOf,
  routesOfSubnet,
  subnetsServedBy,
} from '../facts/routes';
import { siblingsOf } from '../facts/tiers';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type Cause, type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';

export const rule: Rule = {
  id: 'V6-RT-003',
  title: 'A private subnet has a way out over IPv6 where it has one over IPv4',
  group: 'routing',
  kind: 'parity',
  severity: 'warning',
  types: ['aws_route_table', 'aws_default_route_table'],
  why: 'Programs try IPv6 first where a name has an AAAA record. In a subnet with IPv6 addresses and no route for ::/0 each such attempt has to time out before IPv4 is tried, and what has IPv6 alone is out of reach.',
  fix: 'Make an `aws_egress_only_internet_gateway` and a route with `destination_ipv6_cidr_block = "::/0"` and its `egress_only_gateway_id`, in the table of each zone.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html',
    'https://www.rfc-editor.org/rfc/rfc8305',
  ],
  good: privateSubnet(['ipv4', 'ipv6']),
  bad: privateSubnet(['ipv4']),
  unknown: privateSubnet(['ipv4', 'hidden']),

  check(table, graph) {
    const served = subnetsServedBy(graph, table).filter(subnetHasIpv6);
    if (served.length === 0 || served.some((subnet) => frontsIn(graph, subnet).length > 0)) return undefined;
    const routes = routesOf(graph, table);
    const [ipv4] = defaultRoutes(routes, 'ipv4');
    if (ipv4?.target === 'internet-gateway') return undefined;
    const [ipv6] = defaultRoutes(routes, 'ipv6');
    if (ipv6) return ipv4 ? PASS : missing(graph, served, routes, 'ipv4', servicesShutIn(graph, served));
    const causes = [...takenFrom(graph, table), ...routesToNat(routes)];
    if (ipv4) return fails(routes, `0.0.0.0/0 leads to ${nameOf(ipv4.target)}, but there is no route for ::/0`, causes);
    if (nat64Routes(routes).length > 0) {
      return fails(routes, 'IPv4 services are reached by NAT64, but there is no route for ::/0', causes);
    }
    return missing(graph, served, routes, 'ipv6', causes);
  },
};

/** Services that say themselves that they do not start for want of IPv4. */
function servicesShutIn(graph: ResourceGraph, subnets: readonly Resource[]): readonly Cause[] {
  return graph
    .ofType('aws_ecs_service')
    .filter((service) => startsOf(graph, service)?.shut.some((subnet) => subnets.includes(subnet)))
    .map((resource) => ({ rule: 'V6-CMP-002', resource }));
}

/** Routes by which a part of IPv6 leads to where it does not get on. */
function routesToNat({ routes }: Routes): readonly Cause[] {
  return routes
    .filter(({ family, target }) => family === 'ipv6' && target === 'nat-gateway')
    .map(({ resource }) => ({ rule: 'V6-RT-006', resource }));
}

const EVERYBODY: Readonly<Record<Family, string>> = { ipv4: '0.0.0.0/0', ipv6: '::/0' };

/** What the subnets of the same tier have in other zones was not left out on purpose here. */
function missing(
  graph: ResourceGraph,
  served: readonly Resource[],
  routes: Routes,
  family: Family,
  causes: readonly Cause[],
): Verdict | undefined {
  const wanting = family === 'ipv4' ? served.filter((subnet) => isIpv6Only(subnet) === false) : served;
  const better = wanting
    .flatMap((subnet) => siblingsOf(graph, subnet))
    .find((sibling) => defaultRoutes(routesOfSubnet(graph, sibling), family).length > 0);
  if (!better) return undefined;
  return fails(routes, `${better.address} has a route for ${EVERYBODY[family]}, but this zone has none`, causes);
}

function fails(routes: Routes, message: string, causes: readonly Cause[]): Verdict {
  return routes.complete
    ? fail(message, { causes })
    : unknown('a default route may be among those that this input does not show');
}

function privateSubnet(ways: readonly string[]): ExampleResources {
  const inTable = { route_table_id: '${aws_route_table.app.id}' };
  const gateway = { egress_only_gateway_id: '${aws_egress_only_internet_gateway.main.id}' };
  const routes = {
    ipv4: { ...inTable, destination_cidr_block: '0.0.0.0/0', nat_gateway_id: '${aws_nat_gateway.main.id}' },
    ipv6: { ...inTable, destination_ipv6_cidr_block: '::/0', ...gateway },
    hidden: { ...inTable, destination_ipv6_cidr_block: '${var.destination}', ...gateway },
  };
  return {
    aws_vpc: { main: { assign_generated_ipv6_cidr_block: true } },
    aws_egress_only_internet_gateway: { main: { vpc_id: '${aws_vpc.main.id}' } },
    aws_nat_gateway: { main: { subnet_id: 'subnet-0123456789abcdef0', allocation_id: 'eipalloc-0123456789abcdef0' } },
    aws_subnet: {
      app: { vpc_id: '${aws_vpc.main.id}', ipv6_cidr_block: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 16)}' },
    },
    aws_route_table: { app: { vpc_id: '${aws_vpc.main.id}' } },
    aws_route_table_association: { app: { subnet_id: '${aws_subnet.app.id}', ...inTable } },
    aws_route: Object.fromEntries(Object.entries(routes).filter(([name]) => ways.includes(name))),
  };
}

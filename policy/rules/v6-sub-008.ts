import { AddressSet } from '../../core/address-set';
import { isIpv6Only, subnetHasIpv6 } from '../facts/address-blocks';
import {
  isAssociated,
  NAT64,
  nat64Routes,
  nameOf,
  type Route,
  type Routes,
  routesOfSubnet,
  type RouteTarget,
  routeTableOf,
  subnetsServedBy,
} from '../facts/routes';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';

export const rule: Rule = {
  id: 'V6-SUB-008',
  title: 'DNS64 and NAT64 go together',
  group: 'addressing',
  kind: 'danger',
  severity: 'error',
  types: ['aws_subnet'],
  why: 'With DNS64 the VPC answers for a name without IPv6 with an address in 64:ff9b::/96. Only a NAT gateway translates those: without a route to one, connections to every IPv4-only service hang. The route alone is as useless to an IPv6-only subnet, for nothing sends packets there.',
  fix: 'Add a route for `64:ff9b::/96` to a NAT gateway, and `enable_dns64 = true` to IPv6-only subnets; or leave both away.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html',
    'https://github.com/terraform-aws-modules/terraform-aws-vpc/issues/972',
  ],
  good: stack({ destination_ipv6_cidr_block: '64:ff9b::/96', nat_gateway_id: 'nat-0123456789abcdef0' }),
  bad: stack({ destination_ipv6_cidr_block: '::/0', egress_only_gateway_id: 'eigw-0123456789abcdef0' }),
  unknown: stack({ destination_ipv6_cidr_block: '${var.range}', nat_gateway_id: 'nat-0123456789abcdef0' }),

  check(subnet, graph) {
    if (!subnetHasIpv6(subnet)) return undefined;
    const synthesizes = subnet.is('enable_dns64', true, false);
    const routes = routesOfSubnet(graph, subnet);
    if (synthesizes) return judgeRoutes(graph, subnet, routes);
    const isRouted = nat64Routes(routes).some(({ target }) => target === 'nat-gateway');
    if (!isRouted || !isIpv6Only(subnet)) return undefined;
    return synthesizes === undefined
      ? unknown('enable_dns64 is only known after apply')
      : fail('the subnet is IPv6-only and has a route for 64:ff9b::/96, but enable_dns64 is not true');
  },
};

function judgeRoutes(graph: ResourceGraph, subnet: Resource, routes: Routes): Verdict {
  const ways = waysOf(routes);
  if (ways.length > 0 && ways.every(({ target }) => target === 'nat-gateway')) return PASS;
  const astray = ways.find(({ target }) => NOWHERE.has(target));
  if (!astray && (ways.length > 0 || !routes.complete)) {
    return unknown('whether 64:ff9b::/96 gets to a NAT gateway depends on what this input does not show');
  }
  const reason = astray ? `leads to ${nameOf(astray.target)}` : 'has no route';
  const causes = [
    // A route for these addresses alone is told off itself.
    ...nat64Routes({ routes: ways, complete: true }).map(({ resource }) => resource),
    ...firstWithDns64(graph, subnet),
    // Without a table of its own it lacks more than this.
    ...(isAssociated(graph, subnet) === false ? [{ rule: 'V6-RT-009', resource: subnet }] : []),
  ];
  return fail(`enable_dns64 is true, but 64:ff9b::/96 ${reason}, not to a NAT gateway`, { causes });
}

/** Another subnet of the table, and before this one, that says the same: one route mends all of them. */
function firstWithDns64(graph: ResourceGraph, subnet: Resource): readonly Resource[] {
  const table = routeTableOf(graph, subnet);
  const served = table ? subnetsServedBy(graph, table) : [];
  const first = served.find((one) => one.is('enable_dns64', true, false) && subnetHasIpv6(one));
  return first && first !== subnet ? [first] : [];
}

/** Targets that drop these addresses. Behind others there may be a NAT gateway. */
const NOWHERE: ReadonlySet<RouteTarget> = new Set(['internet-gateway', 'egress-only-gateway', 'local']);

/** The routes that all of these addresses take, by the longest prefixes; none where some of them have no route. */
function waysOf({ routes }: Routes): readonly Route[] {
  const ways: Route[] = [];
  let rest = AddressSet.of('ipv6', [NAT64]);
  const longestFirst = [...routes].sort((one, other) => length(other) - length(one));
  for (const route of longestFirst) {
    if (!route.destination || !rest.overlaps(route.destination)) continue;
    rest = rest.minus(route.destination);
    ways.push(route);
  }
  return rest.isEmpty ? ways : [];
}

function length({ destination }: Route): number {
  return destination?.prefix ?? 0;
}

function stack(route: Readonly<Record<string, string>>): ExampleResources {
  return {
    aws_subnet: {
      app: { vpc_id: 'vpc-0123456789abcdef0', ipv6_native: true, ipv6_cidr_block: '2001:db8::/64', enable_dns64: true },
    },
    aws_route_table: { app: { vpc_id: 'vpc-0123456789abcdef0' } },
    aws_route_table_association: {
      app: { subnet_id: '${aws_subnet.app.id}', route_table_id: '${aws_route_table.app.id}' },
    },
    aws_route: { way: { route_table_id: '${aws_route_table.app.id}', ...route } },
  };
}

import { subnetHasIpv6, vpcOf } from '../facts/address-blocks';
import { isDualStack, isOfKind, LOAD_BALANCERS, subnetIds } from '../facts/load-balancers';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';
import { Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-RES-001',
  title: 'A dual-stack load balancer has IPv6 in two zones or more',
  group: 'load balancing',
  kind: 'danger',
  severity: 'error',
  types: LOAD_BALANCERS,
  why: 'An application load balancer must be in two availability zones. With IPv6 in one of them alone, the loss of that zone is the end of IPv6, while clients over IPv4 notice nothing.',
  fix: 'Give the load balancer a subnet with an IPv6 block in a second zone; three are better.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-subnets.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-ip-address-type.html',
  ],
  good: stack('${aws_subnet.a.id}', '${aws_subnet.b.id}'),
  bad: stack('${aws_subnet.a.id}'),
  unknown: stack('${var.subnets}'),

  check(loadBalancer, graph) {
    const ids = subnetIds(loadBalancer);
    if (!isDualStack(loadBalancer) || isOfKind(loadBalancer, 'gateway') || ids.length === 0) return undefined;
    const places = ids.map((id) => placesOf(graph, id));
    if (places.includes('unknown')) return unknown('how many subnets it has cannot be seen here');
    const subnets = (places as readonly (readonly Place[])[]).flat();
    const capable = new Set(subnets.filter(({ hasIpv6 }) => hasIpv6).map(({ zone }) => zone));
    if (capable.size > 1) return PASS;
    const lacking = subnets.flatMap(({ subnet, hasIpv6 }) => (hasIpv6 || !subnet ? [] : [subnet]));
    const severity = isOfKind(loadBalancer, 'network') ? 'warning' : 'error';
    if (lacking.length > 0) {
      const causes = lacking.flatMap((subnet) => [subnet, vpcOf(graph, subnet) ?? subnet]);
      return fail(`${count(capable.size)} of its subnets has IPv6`, { severity, causes });
    }
    return fail(subnets.length > 1 ? 'all its subnets are in one zone' : 'it is in one subnet alone', { severity });
  },
};

function count(zones: number): string {
  return zones === 0 ? 'none' : 'only one';
}

/** A subnet, and what tells its zone from others. */
interface Place {
  readonly zone: unknown;
  readonly hasIpv6: boolean;
  readonly subnet?: Resource;
}

function placesOf(graph: ResourceGraph, id: unknown): readonly Place[] | 'unknown' {
  // A subnet that this input does not show is taken to have IPv6: whether it does, V6-LB-002 asks.
  if (typeof id === 'string' && graph.referencesIn(id).length === 0) return [{ zone: id, hasIpv6: true }];
  const { found } = graph.resolve(id, 'aws_subnet');
  if (found.length === 0 || found.some(isRepeated)) return 'unknown';
  return found.map((subnet) => ({ subnet, zone: zoneOf(subnet), hasIpv6: subnetHasIpv6(subnet) }));
}

/** A subnet in a configuration may be many. */
function isRepeated(subnet: Resource): boolean {
  return subnet.has('count') || subnet.has('for_each');
}

/** Subnets whose zones are not known are taken to be in different ones. */
function zoneOf(subnet: Resource): unknown {
  const zone = subnet.string('availability_zone') ?? subnet.string('availability_zone_id');
  return zone instanceof Unknown || zone === undefined ? subnet : zone;
}

function stack(...subnets: readonly string[]): ExampleResources {
  const subnet = (zone: string, block: string) => ({ availability_zone: zone, ipv6_cidr_block: block });
  return {
    aws_subnet: {
      a: subnet('ap-southeast-1a', '2001:db8:0:100::/64'),
      b: subnet('ap-southeast-1b', '2001:db8:0:101::/64'),
    },
    aws_lb: { portal: { ip_address_type: 'dualstack', subnets } },
  };
}

import { contains, formatCidr } from '../../core/cidr';
import { NAT64, type Route, routesSaidBy, subnetsServedBy, tableOf } from '../facts/routes';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-RT-006',
  title: 'IPv6 leads to a NAT gateway for NAT64 alone',
  group: 'routing',
  kind: 'danger',
  severity: 'warning',
  types: ['aws_route', 'aws_route_table', 'aws_default_route_table'],
  why: 'A NAT gateway does nothing with IPv6 but translate 64:ff9b::/96 to IPv4 (NAT64). Other IPv6 destinations that lead to it are not reached, though the plan accepts the route.',
  fix: 'Lead ::/0 to an egress-only internet gateway (`egress_only_gateway_id`) and 64:ff9b::/96 to the NAT gateway.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html',
  ],
  good: toNat('64:ff9b::/96'),
  bad: toNat('::/0'),
  unknown: toNat('${var.destination}'),

  check(resource, graph) {
    const toNats = routesSaidBy(graph, resource).filter(
      ({ family, target }) => family === 'ipv6' && target === 'nat-gateway',
    );
    const verdicts = toNats.map((route) => {
      const { destination } = route;
      if (!destination) return unknown('which destination leads to the NAT gateway is only known after apply');
      if (destination.family !== 'ipv6' || contains(NAT64, destination)) return PASS;
      const message = `${formatCidr(destination)} leads to a NAT gateway, which translates 64:ff9b::/96 and nothing else of IPv6`;
      // A subnet with DNS64 says that it has lost the route for it.
      return fail(message, {
        causes: subnetsWithDns64(graph, route).map((subnet) => ({ rule: 'V6-SUB-008', resource: subnet })),
      });
    });
    return verdicts.length > 0 ? verdicts : undefined;
  },
};

function subnetsWithDns64(graph: ResourceGraph, route: Route): Resource[] {
  const table = tableOf(graph, route);
  return table ? subnetsServedBy(graph, table).filter((subnet) => subnet.is('enable_dns64', true)) : [];
}

function toNat(destination: string): ExampleResources {
  return {
    aws_nat_gateway: { main: { subnet_id: 'subnet-0123456789abcdef0', allocation_id: 'eipalloc-0123456789abcdef0' } },
    aws_route: {
      ipv6: {
        route_table_id: 'rtb-0123456789abcdef0',
        destination_ipv6_cidr_block: destination,
        nat_gateway_id: '${aws_nat_gateway.main.id}',
      },
    },
  };
}

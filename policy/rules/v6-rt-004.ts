import { formatCidr } from '../../core/cidr';
import { vpcOf } from '../facts/address-blocks';
import { type Route, routesSaidBy, tableOf } from '../facts/routes';
import type { ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule } from '../rule';

const FAMILIES = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

export const rule: Rule = {
  id: 'V6-RT-004',
  title: 'The gateway of a route carries the family of its destination, in the same VPC',
  group: 'routing',
  kind: 'danger',
  severity: 'error',
  hop: 'route',
  types: ['aws_route', 'aws_route_table', 'aws_default_route_table'],
  why: 'An egress-only internet gateway is for IPv6 alone, an IPv4 range is none of IPv6, and a gateway serves the one VPC that it is attached to. AWS refuses routes that mix them, some of them only when the plan is applied.',
  fix: 'Give IPv4 destinations a NAT or internet gateway and IPv6 destinations `destination_ipv6_cidr_block` (in a table: `ipv6_cidr_block`), with the gateway of the same VPC.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route',
    'measured with AWS provider 5.100.0: the plan refuses it in `aws_route`',
  ],
  good: egressOnly({ destination_ipv6_cidr_block: '::/0' }),
  bad: egressOnly({ destination_cidr_block: '0.0.0.0/0' }),

  check(resource, graph) {
    const routes = routesSaidBy(graph, resource);
    const mistakes = routes.flatMap((route) => mistakeOf(graph, route) ?? []);
    if (mistakes.length > 0) return mistakes.map((message) => fail(message));
    return routes.length > 0 ? PASS : undefined;
  },
};

function mistakeOf(graph: ResourceGraph, route: Route): string | undefined {
  const { family, destination, target, to } = route;
  if (family && destination && destination.family !== family) {
    return `${formatCidr(destination)} is an ${FAMILIES[destination.family]} range, but stands in the attribute for ${FAMILIES[family]}`;
  }
  if (family === 'ipv4' && target === 'egress-only-gateway') {
    return `${destination ? formatCidr(destination) : 'an IPv4 range'} leads to an egress-only internet gateway, which carries IPv6 alone`;
  }
  if (!to || (target !== 'internet-gateway' && target !== 'egress-only-gateway')) return undefined;
  const table = tableOf(graph, route);
  const here = table && vpcOf(graph, table);
  const there = vpcOf(graph, to);
  return here && there && here !== there
    ? `${to.address} belongs to ${there.address}, but the table to ${here.address}`
    : undefined;
}

function egressOnly(destination: object): ExampleResources {
  return {
    aws_egress_only_internet_gateway: { main: { vpc_id: 'vpc-0123456789abcdef0' } },
    aws_route: {
      out: {
        route_table_id: 'rtb-0123456789abcdef0',
        egress_only_gateway_id: '${aws_egress_only_internet_gateway.main.id}',
        ...destination,
      },
    },
  };
}

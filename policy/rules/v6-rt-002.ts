import { subnetHasIpv6 } from '../facts/address-blocks';
import { defaultRoutes, nameOf, nat64Routes, routesOf, type RouteTarget, subnetsServedBy } from '../facts/routes';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

/** Ways out by which nobody outside opens a connection, or through something that guards the subnet. */
const GUARDED: readonly RouteTarget[] = [
  'nat-gateway',
  'transit-gateway',
  'virtual-private-gateway',
  'peering',
  'vpc-endpoint',
  'network-interface',
];

export const rule: Rule = {
  id: 'V6-RT-002',
  title: 'A subnet that is private over IPv4 is private over IPv6',
  group: 'routing',
  kind: 'danger',
  severity: 'error',
  types: ['aws_route_table', 'aws_default_route_table'],
  why: 'Every IPv6 address of a VPC is a public one. Over IPv4 a NAT gateway keeps the Internet out of a private subnet; a route from ::/0 to an internet gateway lets it in over IPv6, to each machine that a security group forgets.',
  fix: 'Lead ::/0 to an egress-only internet gateway (`egress_only_gateway_id`): answers come in, new connections do not. Where IPv4 passes a firewall or a transit gateway, lead ::/0 there, too.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html'],
  good: privateTable({ egress_only_gateway_id: '${aws_egress_only_internet_gateway.main.id}' }),
  bad: privateTable({ gateway_id: 'igw-0123456789abcdef0' }),
  unknown: privateTable({ gateway_id: '${var.gateway}' }),

  check(table, graph) {
    const served = subnetsServedBy(graph, table);
    if (served.length > 0 && !served.some(subnetHasIpv6)) return undefined;
    const routes = routesOf(graph, table);
    const [ipv4] = defaultRoutes(routes, 'ipv4');
    const [ipv6] = defaultRoutes(routes, 'ipv6');
    // IPv6-only subnets are private by their NAT64.
    const guard = ipv4 ?? nat64Routes(routes)[0];
    if (!guard || !ipv6 || !GUARDED.includes(guard.target)) return undefined;
    if (ipv6.target === 'unknown') return unknown('what ::/0 leads to is only known after apply');
    return ipv6.target === 'internet-gateway'
      ? fail(
          `${ipv4 ? '0.0.0.0/0' : '64:ff9b::/96'} leads to ${nameOf(guard.target)}, but ::/0 to an internet gateway: whoever is on the Internet gets in`,
        )
      : PASS;
  },
};

function privateTable(target: object): ExampleResources {
  return {
    aws_vpc: { main: { assign_generated_ipv6_cidr_block: true } },
    aws_egress_only_internet_gateway: { main: { vpc_id: '${aws_vpc.main.id}' } },
    aws_nat_gateway: { main: { subnet_id: 'subnet-0123456789abcdef0', allocation_id: 'eipalloc-0123456789abcdef0' } },
    aws_route_table: { app: { vpc_id: '${aws_vpc.main.id}' } },
    aws_route: {
      ipv4: {
        route_table_id: '${aws_route_table.app.id}',
        destination_cidr_block: '0.0.0.0/0',
        nat_gateway_id: '${aws_nat_gateway.main.id}',
      },
      ipv6: { route_table_id: '${aws_route_table.app.id}', destination_ipv6_cidr_block: '::/0', ...target },
    },
  };
}

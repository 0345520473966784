import { isIpv6Only, subnetHasIpv6 } from '../facts/address-blocks';
import { computeSubnets, hasPublicIpv4 } from '../facts/compute';
import { defaultRoutes, leadsTo, routesOfSubnet, routeTableOf, subnetsServedBy } from '../facts/routes';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type Cause, type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';
import type { Maybe } from '../value';

export const rule: Rule = {
  id: 'V6-SUB-010',
  title: 'A subnet is not private over IPv4 and public over IPv6',
  group: 'addressing',
  kind: 'danger',
  severity: 'warning',
  types: ['aws_subnet'],
  why: 'There is no NAT before IPv6 addresses: with a route to an internet gateway, whatever starts in the subnet can be reached from the whole Internet as far as its security group allows. Without a public IPv4 address it looks private all the same.',
  fix: 'Route `::/0` to an egress-only internet gateway, or set `assign_ipv6_address_on_creation = false`. Waive this rule for a subnet that is public on purpose.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html',
  ],
  good: stack({ egress_only_gateway_id: 'eigw-0123456789abcdef0' }),
  bad: stack({ gateway_id: 'igw-0123456789abcdef0' }),
  unknown: stack({ gateway_id: '${var.gateway}' }),

  check(subnet, graph) {
    if (!subnetHasIpv6(subnet) || isIpv6Only(subnet) !== false) return undefined;
    if (!subnet.is('assign_ipv6_address_on_creation', true, false)) return undefined;
    if (subnet.is('map_public_ip_on_launch', false, false) !== true) return undefined;
    const ipv6 = leadsTo(graph, subnet, 'ipv6', 'internet-gateway');
    if (ipv6 === false) return PASS;
    const ipv4 = leadsTo(graph, subnet, 'ipv4', 'internet-gateway');
    const exposed = usersIn(graph, subnet);
    // A public subnet with nothing in it but load balancers, which have public addresses of both families.
    if (ipv4 !== false && exposed.length === 0) return undefined;
    if (ipv6 === undefined) return unknown('what ::/0 leads to is not seen');
    return fail(
      exposed[0]
        ? `${exposed[0].address} gets no public IPv4 address here, but one of IPv6 that the Internet can reach`
        : 'no IPv4 comes in from the Internet, but ::/0 leads to an internet gateway and addresses are assigned',
      { causes: causesOf(graph, subnet, exposed[0], ipv4) },
    );
  },
};

/** What says the same already: of the route, of the table, or of another subnet of it. */
function causesOf(graph: ResourceGraph, subnet: Resource, user: Resource | undefined, ipv4: Maybe): readonly Cause[] {
  const table = routeTableOf(graph, subnet);
  const routes = defaultRoutes(routesOfSubnet(graph, subnet), 'ipv6');
  const served = table ? subnetsServedBy(graph, table) : [];
  const before = served.slice(0, served.indexOf(subnet)).filter((one) => !user || usersIn(graph, one).includes(user));
  return [
    ...routes.map(({ resource }) => ({ rule: 'V6-RT-004', resource })),
    // Where IPv4 is led elsewhere, the table may have been told off for it already.
    ...(table && !ipv4 ? [table] : []),
    ...before.map((resource) => ({ rule: 'V6-SUB-010', resource })),
  ];
}

/** What runs in a subnet without public IPv4 addresses. */
function usersIn(graph: ResourceGraph, subnet: Resource): readonly Resource[] {
  return (computeSubnets(graph).get(subnet) ?? []).filter((user) => hasPublicIpv4(graph, user) === false);
}

function stack(way: Readonly<Record<string, string>>): ExampleResources {
  return {
    aws_vpc: { main: { cidr_block: '10.0.0.0/16', assign_generated_ipv6_cidr_block: true } },
    aws_subnet: {
      app: {
        vpc_id: '${aws_vpc.main.id}',
        cidr_block: '10.0.0.0/24',
        ipv6_cidr_block: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 16)}',
        assign_ipv6_address_on_creation: true,
      },
    },
    aws_route_table: { app: { vpc_id: '${aws_vpc.main.id}', route: [{ ipv6_cidr_block: '::/0', ...way }] } },
    aws_route_table_association: {
      app: { subnet_id: '${aws_subnet.app.id}', route_table_id: '${aws_route_table.app.id}' },
    },
  };
}

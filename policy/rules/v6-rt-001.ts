import { subnetHasIpv6 } from '../facts/address-blocks';
import { defaultRoutes, routesOf, subnetsServedBy } from '../facts/routes';
import { fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-RT-001',
  title: 'A table that leads IPv4 to the Internet leads IPv6 there, too',
  group: 'routing',
  kind: 'parity',
  severity: 'error',
  hop: 'route',
  types: ['aws_route_table', 'aws_default_route_table'],
  why: 'Each family has its own default route. Without ::/0 the load balancer has IPv6 addresses, but its answers to IPv6 clients find no way out: connections hang until they time out.',
  fix: 'Add a route with `destination_ipv6_cidr_block = "::/0"` and the same `gateway_id`.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html',
  ],
  good: {
    aws_vpc: { main: { assign_generated_ipv6_cidr_block: true } },
    aws_internet_gateway: { main: { vpc_id: '${aws_vpc.main.id}' } },
    aws_subnet: {
      a: { vpc_id: '${aws_vpc.main.id}', ipv6_cidr_block: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 0)}' },
    },
    aws_route_table: {
      public: {
        vpc_id: '${aws_vpc.main.id}',
        route: [
          { cidr_block: '0.0.0.0/0', gateway_id: '${aws_internet_gateway.main.id}' },
          { ipv6_cidr_block: '::/0', gateway_id: '${aws_internet_gateway.main.id}' },
        ],
      },
    },
    aws_route_table_association: {
      a: { subnet_id: '${aws_subnet.a.id}', route_table_id: '${aws_route_table.public.id}' },
    },
  },
  bad: {
    aws_vpc: { main: { assign_generated_ipv6_cidr_block: true } },
    aws_internet_gateway: { main: { vpc_id: '${aws_vpc.main.id}' } },
    aws_subnet: {
      a: { vpc_id: '${aws_vpc.main.id}', ipv6_cidr_block: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 0)}' },
    },
    aws_route_table: {
      public: {
        vpc_id: '${aws_vpc.main.id}',
        route: [{ cidr_block: '0.0.0.0/0', gateway_id: '${aws_internet_gateway.main.id}' }],
      },
    },
    aws_route_table_association: {
      a: { subnet_id: '${aws_subnet.a.id}', route_table_id: '${aws_route_table.public.id}' },
    },
  },

  check(table, graph) {
    const routes = routesOf(graph, table);
    if (!defaultRoutes(routes, 'ipv4').some(({ target }) => target === 'internet-gateway')) return undefined;
    if (!subnetsServedBy(graph, table).some(subnetHasIpv6)) return undefined;
    const ipv6 = defaultRoutes(routes, 'ipv6');
    if (ipv6.some(({ target }) => target === 'internet-gateway')) return PASS;
    if (ipv6.length > 0) {
      return ipv6.some(({ target }) => target === 'unknown')
        ? unknown('what ::/0 leads to is only known after apply')
        : fail(`0.0.0.0/0 leads to the internet gateway, but ::/0 to the ${ipv6[0]!.target.replaceAll('-', ' ')}`);
    }
    return routes.complete
      ? fail('0.0.0.0/0 leads to the internet gateway, but there is no route for ::/0')
      : unknown('a route for ::/0 may be among those that this input does not show');
  },
};

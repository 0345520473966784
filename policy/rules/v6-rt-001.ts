import { subnetHasIpv6 } from '../facts/address-blocks';
import { frontsIn } from '../facts/exposure';
import { takenFrom } from '../facts/removals';
import { defaultRoutes, nameOf, type Route, routesOf, type RouteTarget, subnetsServedBy } from '../facts/routes';
import { type Cause, type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';

/** An appliance in between, such as AWS Network Firewall, may hand the packets on to the internet gateway. */
const TO_INTERNET: readonly RouteTarget[] = ['internet-gateway', 'vpc-endpoint', 'network-interface'];

const IPV4 = { cidr_block: '0.0.0.0/0', gateway_id: '${aws_internet_gateway.main.id}' };

export const rule: Rule = {
  id: 'V6-RT-001',
  title: 'A table that leads one family to the Internet leads the other there, too',
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
  good: publicTable([IPV4, { ipv6_cidr_block: '::/0', gateway_id: '${aws_internet_gateway.main.id}' }]),
  bad: publicTable([IPV4]),
  unknown: publicTable([IPV4, { ipv6_cidr_block: '${var.everybody}', gateway_id: '${aws_internet_gateway.main.id}' }]),

  check(table, graph) {
    const served = subnetsServedBy(graph, table).filter(subnetHasIpv6);
    const edges = served.flatMap((subnet) => frontsIn(graph, subnet));
    const routes = routesOf(graph, table);
    const { complete } = routes;
    const ipv4 = defaultRoutes(routes, 'ipv4');
    const ipv6 = defaultRoutes(routes, 'ipv6');
    const isEdge = edges.length > 0;
    if (served.length === 0 || !(isEdge || leadsTo(ipv4, 'internet-gateway'))) return undefined;

    const closed4 = edges.some(({ has }) => has.ipv4) && !leadsTo(ipv4, ...TO_INTERNET);
    const closed6 = !leadsTo(ipv6, ...TO_INTERNET);
    if (!closed4 && !closed6) return PASS;
    // The route says itself that its gateway does not carry IPv4.
    if (!closed6 && leadsTo(ipv4, 'egress-only-gateway')) return undefined;
    if (closed4 && closed6) {
      const what = `${edges[0]!.resource.address} is here, but neither 0.0.0.0/0 nor ::/0 leads to an internet gateway`;
      return judge([...ipv4, ...ipv6], complete, what);
    }
    const [other, range, missing] = closed6 ? ['0.0.0.0/0', '::/0', ipv6] : ['::/0', '0.0.0.0/0', ipv4];
    const [way] = missing;
    const leads = `${other} leads to ${nameOf((closed6 ? ipv4 : ipv6)[0]?.target ?? 'unknown')}`;
    return judge(
      missing,
      complete,
      `${leads}, but ${way ? `${range} to ${nameOf(way.target)}` : `there is no route for ${range}`}`,
      closed6 ? takenFrom(graph, table) : [],
    );
  },
};

function judge(ways: readonly Route[], complete: boolean, message: string, causes: readonly Cause[] = []): Verdict {
  if (ways.some(({ target }) => target === 'unknown')) {
    return unknown('what the default route leads to is only known after apply');
  }
  return ways.length > 0 || complete
    ? fail(message, { causes })
    : unknown('a default route may be among those that this input does not show');
}

function leadsTo(ways: readonly Route[], ...targets: readonly RouteTarget[]): boolean {
  return ways.some(({ target }) => targets.includes(target));
}

function publicTable(route: readonly object[]): ExampleResources {
  return {
    aws_vpc: { main: { assign_generated_ipv6_cidr_block: true } },
    aws_internet_gateway: { main: { vpc_id: '${aws_vpc.main.id}' } },
    aws_subnet: {
      a: { vpc_id: '${aws_vpc.main.id}', ipv6_cidr_block: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 0)}' },
    },
    aws_route_table: { public: { vpc_id: '${aws_vpc.main.id}', route } },
    aws_route_table_association: {
      a: { subnet_id: '${aws_subnet.a.id}', route_table_id: '${aws_route_table.public.id}' },
    },
  };
}

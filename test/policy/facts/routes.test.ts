import type { Family } from '../../../core/cidr';
import {
  defaultRoutes,
  isAssociated,
  isPublicSubnet,
  leadsTo,
  mainTableOf,
  nameOf,
  nat64Routes,
  routesOf,
  routesOfSubnet,
  routesSaidBy,
  routeTableOf,
  subnetsServedBy,
  tableOf,
} from '../../../policy/facts/routes';
import { Resource, ResourceGraph } from '../../../policy/resource-graph';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

const GATEWAY = '${aws_internet_gateway.main.id}';
const NETWORK: PlainResources = {
  aws_vpc: { main: {} },
  aws_internet_gateway: { main: { vpc_id: '${aws_vpc.main.id}' } },
  aws_egress_only_internet_gateway: { main: { vpc_id: '${aws_vpc.main.id}' } },
  aws_nat_gateway: { main: {} },
  aws_subnet: { a: { vpc_id: '${aws_vpc.main.id}' }, b: { vpc_id: '${aws_vpc.main.id}' } },
  aws_route_table: { main: { vpc_id: '${aws_vpc.main.id}' } },
  aws_route_table_association: {
    a: { subnet_id: '${aws_subnet.a.id}', route_table_id: '${aws_route_table.main.id}' },
  },
};

function graphOf(resources: PlainResources): ResourceGraph {
  return readStackJson({ resource: { ...NETWORK, ...resources } });
}

function withRoutes(...route: readonly object[]): ResourceGraph {
  return graphOf({ aws_route_table: { main: { vpc_id: '${aws_vpc.main.id}', route } } });
}

function at(graph: ResourceGraph, address: string): Resource {
  return graph.at(address)!;
}

/** What a family's default route leads to; `none` where there is none. */
function defaultOf(graph: ResourceGraph, family: Family): string {
  return defaultRoutes(routesOf(graph, at(graph, 'aws_route_table.main')), family)[0]?.target ?? 'none';
}

describe('the default route of a family', () => {
  test('is found in a route resource and in an inline block alike', () => {
    const inline = withRoutes({ ipv6_cidr_block: '::/0', gateway_id: GATEWAY });
    const separate = graphOf({
      aws_route: {
        one: {
          route_table_id: '${aws_route_table.main.id}',
          destination_ipv6_cidr_block: '::/0',
          gateway_id: GATEWAY,
        },
      },
    });

    for (const graph of [inline, separate]) {
      expect(defaultOf(graph, 'ipv6')).toBe('internet-gateway');
      expect(defaultOf(graph, 'ipv4')).toBe('none');
    }
  });

  test.each<[string, Family, string, readonly string[]]>([
    ['whole', 'ipv6', 'internet-gateway', ['::/0']],
    ['in another spelling', 'ipv6', 'internet-gateway', ['0:0::0/0']],
    ['all of IPv6 that is given out', 'ipv6', 'internet-gateway', ['2000::/3']],
    ['cut in halves', 'ipv4', 'internet-gateway', ['0.0.0.0/1', '128.0.0.0/1']],
    ['half of it alone', 'ipv4', 'none', ['0.0.0.0/1']],
    ['some range', 'ipv4', 'none', ['10.0.0.0/8']],
    ['the range of a provider', 'ipv6', 'none', ['2001:db8::/32']],
  ])('%s', (_, family, expected, destinations) => {
    const name = family === 'ipv4' ? 'cidr_block' : 'ipv6_cidr_block';
    const graph = withRoutes(...destinations.map((one) => ({ [name]: one, gateway_id: GATEWAY })));

    expect(defaultOf(graph, family)).toBe(expected);
  });

  test('is what gets the Internet, as the longest prefix decides', () => {
    const everybody = { cidr_block: '0.0.0.0/0', gateway_id: GATEWAY };
    const elsewhere = (cidr_block: string) => ({ cidr_block, transit_gateway_id: 'tgw-1' });

    expect(defaultOf(withRoutes(everybody, elsewhere('10.0.0.0/8')), 'ipv4')).toBe('internet-gateway');
    expect(defaultOf(withRoutes(everybody, elsewhere('203.162.0.0/16')), 'ipv4')).toBe('internet-gateway');
    expect(defaultOf(withRoutes(everybody, elsewhere('0.0.0.0/1')), 'ipv4')).toBe('none');
    expect(defaultOf(withRoutes(everybody, elsewhere('0.0.0.0/1'), elsewhere('128.0.0.0/1')), 'ipv4')).toBe(
      'transit-gateway',
    );
  });

  test('is not one with a range of the other family', () => {
    expect(defaultOf(withRoutes({ ipv6_cidr_block: '0.0.0.0/0', gateway_id: GATEWAY }), 'ipv6')).toBe('none');
    expect(defaultOf(withRoutes({ cidr_block: '::/0', gateway_id: GATEWAY }), 'ipv6')).toBe('none');
  });
});

test.each<[string, object]>([
  ['internet-gateway', { gateway_id: GATEWAY }],
  ['internet-gateway', { gateway_id: 'igw-1' }],
  ['internet-gateway', { gateway_id: '${data.aws_internet_gateway.main.id}' }],
  ['virtual-private-gateway', { gateway_id: 'vgw-1' }],
  ['local', { gateway_id: 'local' }],
  ['egress-only-gateway', { egress_only_gateway_id: '${aws_egress_only_internet_gateway.main.id}' }],
  ['egress-only-gateway', { gateway_id: '${aws_egress_only_internet_gateway.main.id}' }],
  ['egress-only-gateway', { egress_only_gateway_id: '${data.terraform_remote_state.network.outputs.gateway}' }],
  ['nat-gateway', { nat_gateway_id: '${aws_nat_gateway.main.id}', gateway_id: null }],
  ['nat-gateway', { nat_gateway_id: 'nat-1', gateway_id: '' }],
  ['transit-gateway', { transit_gateway_id: '${var.gateway}' }],
  ['peering', { vpc_peering_connection_id: 'pcx-1' }],
  ['vpc-endpoint', { vpc_endpoint_id: 'vpce-1' }],
  ['network-interface', { network_interface_id: 'eni-1' }],
  ['network-interface', { instance_id: 'i-1' }],
  ['other', { local_gateway_id: 'lgw-1' }],
  ['unknown', { gateway_id: '${data.aws_something.else.id}' }],
  ['unknown', {}],
])('a route leads to %s by %j', (expected, target) => {
  const data = { aws_internet_gateway: { main: {} }, aws_something: { else: {} } };
  const resource = { ...NETWORK, aws_route: { one: { destination_cidr_block: '0.0.0.0/0', ...target } } };
  const graph = readStackJson({ resource, data });

  expect(routesSaidBy(graph, at(graph, 'aws_route.one'))[0]!.target).toBe(expected);
});

test('every target has a name with its article', () => {
  expect(nameOf('internet-gateway')).toBe('an internet gateway');
  expect(nameOf('egress-only-gateway')).toBe('an egress only gateway');
  expect(nameOf('nat-gateway')).toBe('a NAT gateway');
  expect(nameOf('vpc-endpoint')).toBe('a VPC endpoint');
  expect(nameOf('local')).toBe('the VPC itself');
  expect(nameOf('other')).toBe('something else');
});

describe('the table of a subnet', () => {
  test('is the one that it is associated with', () => {
    const graph = graphOf({});

    expect(routeTableOf(graph, at(graph, 'aws_subnet.a'))).toBe(at(graph, 'aws_route_table.main'));
    expect(isAssociated(graph, at(graph, 'aws_subnet.a'))).toBe(true);
    expect(subnetsServedBy(graph, at(graph, 'aws_route_table.main'))).toEqual([at(graph, 'aws_subnet.a')]);
  });

  test('is otherwise the main one, where that is managed', () => {
    const byDefault = graphOf({
      aws_default_route_table: { main: { default_route_table_id: '${aws_vpc.main.default_route_table_id}' } },
    });
    const byAssociation = graphOf({
      aws_main_route_table_association: {
        main: { vpc_id: '${aws_vpc.main.id}', route_table_id: '${aws_route_table.main.id}' },
      },
    });

    expect(routeTableOf(byDefault, at(byDefault, 'aws_subnet.b'))?.address).toBe('aws_default_route_table.main');
    expect(mainTableOf(byDefault, at(byDefault, 'aws_vpc.main'))?.address).toBe('aws_default_route_table.main');
    expect(routeTableOf(byAssociation, at(byAssociation, 'aws_subnet.b'))?.address).toBe('aws_route_table.main');
  });

  test('is otherwise that of AWS, with the local routes alone', () => {
    const graph = graphOf({});
    const subnet = at(graph, 'aws_subnet.b');

    expect(routeTableOf(graph, subnet)).toBeUndefined();
    expect(isAssociated(graph, subnet)).toBe(false);
    expect(routesOfSubnet(graph, subnet)).toEqual({ routes: [], complete: true });
    expect(leadsTo(graph, subnet, 'ipv6', 'internet-gateway')).toBe(false);
  });

  test.each<[string, PlainResources]>([
    ['an association is hidden', { aws_route_table_association: { a: { subnet_id: '${var.subnet}' } } }],
    ['the VPC is elsewhere', { aws_subnet: { b: { vpc_id: 'vpc-1' } } }],
    [
      'the main table is elsewhere',
      { aws_main_route_table_association: { main: { vpc_id: '${aws_vpc.main.id}', route_table_id: 'rtb-1' } } },
    ],
  ])('is not known where %s', (_, resources) => {
    const graph = graphOf(resources);
    const subnet = at(graph, 'aws_subnet.b');

    expect(routesOfSubnet(graph, subnet).complete).toBe(false);
    expect(leadsTo(graph, subnet, 'ipv6', 'internet-gateway')).toBeUndefined();
    expect(isPublicSubnet(graph, subnet)).toBeUndefined();
  });
});

describe('whether a way out can be seen', () => {
  const leads = (...route: readonly object[]) => {
    const graph = withRoutes(...route);
    return leadsTo(graph, at(graph, 'aws_subnet.a'), 'ipv6', 'internet-gateway');
  };

  test('a route that only apply will know may be it', () => {
    expect(leads()).toBe(false);
    expect(leads({ ipv6_cidr_block: '${var.everybody}', gateway_id: GATEWAY })).toBeUndefined();
    expect(leads({ ipv6_cidr_block: '::/0', gateway_id: '${data.aws_something.else.id}' })).toBeUndefined();
    expect(leads({ ipv6_cidr_block: '::/0', gateway_id: 'eigw-1' })).toBe(false);
  });

  test('a hidden list of routes, or a route for a hidden table, may have it', () => {
    const hidden = graphOf({ aws_route_table: { main: { vpc_id: '${aws_vpc.main.id}', route: '${var.routes}' } } });
    const two = { main: {}, other: {} };
    const elsewhere = graphOf({ aws_route_table: two, aws_route: { one: { route_table_id: '${var.table}' } } });

    expect(routesOf(hidden, at(hidden, 'aws_route_table.main')).complete).toBe(false);
    expect(routesOf(elsewhere, at(elsewhere, 'aws_route_table.main')).complete).toBe(false);
  });

  test('a subnet is public by either family', () => {
    const isPublic = (...route: readonly object[]) => {
      const graph = withRoutes(...route);
      return isPublicSubnet(graph, at(graph, 'aws_subnet.a'));
    };

    expect(isPublic({ ipv6_cidr_block: '::/0', gateway_id: GATEWAY })).toBe(true);
    expect(isPublic({ cidr_block: '0.0.0.0/0', gateway_id: GATEWAY })).toBe(true);
    expect(isPublic({ cidr_block: '0.0.0.0/0', nat_gateway_id: 'nat-1' })).toBe(false);
  });
});

test('a route that the plan deletes is gone, though AWS still reports it with its table', () => {
  const reported = [{ cidr_block: '', ipv6_cidr_block: '::/0', gateway_id: 'igw-1' }];
  const noOp = { actions: ['no-op'], replacePaths: [] };
  const table = new Resource({
    address: 'aws_route_table.main',
    type: 'aws_route_table',
    attributes: { id: 'rtb-1', route: reported },
    configured: new Set(),
    change: noOp,
  });
  const route = (actions: readonly string[]) =>
    new Resource({
      address: 'aws_route.ipv6',
      type: 'aws_route',
      attributes: { route_table_id: 'rtb-1', destination_ipv6_cidr_block: '::/0', gateway_id: 'igw-1' },
      change: { actions, replacePaths: [] },
    });

  expect(routesOf(new ResourceGraph([table, route(['no-op'])]), table).routes).toHaveLength(1);
  expect(routesOf(new ResourceGraph([table, route(['delete'])]), table).routes).toHaveLength(0);
});

test('NAT64 is the well-known prefix or a part of it', () => {
  const graph = withRoutes(
    { ipv6_cidr_block: '64:ff9b:0::/96', nat_gateway_id: 'nat-1' },
    { ipv6_cidr_block: '::/0', gateway_id: GATEWAY },
    { cidr_block: '0.0.0.0/0', nat_gateway_id: 'nat-1' },
  );
  const table = at(graph, 'aws_route_table.main');
  const found = nat64Routes(routesOf(graph, table));

  expect(found.map(({ gatewayId }) => gatewayId)).toEqual(['nat-1']);
  expect(tableOf(graph, found[0]!)).toBe(table);
});

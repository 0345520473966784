import { judge } from '../../../policy/check';
import type { Rule } from '../../../policy/rule';
import { rule as rt001 } from '../../../policy/rules/v6-rt-001';
import { rule as rt002 } from '../../../policy/rules/v6-rt-002';
import { rule as rt003 } from '../../../policy/rules/v6-rt-003';
import { rule as rt004 } from '../../../policy/rules/v6-rt-004';
import { rule as rt005 } from '../../../policy/rules/v6-rt-005';
import { rule as rt006 } from '../../../policy/rules/v6-rt-006';
import { rule as rt007 } from '../../../policy/rules/v6-rt-007';
import { rule as rt008 } from '../../../policy/rules/v6-rt-008';
import { rule as rt009 } from '../../../policy/rules/v6-rt-009';
import { rule as rt010 } from '../../../policy/rules/v6-rt-010';
import { Resource, ResourceGraph } from '../../../policy/resource-graph';
import { readStackJson } from '../../../policy/sources/stack-json';
import { GATEWAY, productionJson } from '../../helpers/agency';
import type { PlainResources } from '../../helpers/plain-stack';

type Attributes = Readonly<Record<string, unknown>>;

const ALL = [rt001, rt002, rt003, rt004, rt005, rt006, rt007, rt008, rt009, rt010];

function saysOf(resource: PlainResources, ...rules: readonly Rule[]): string[] {
  const { findings, crashes } = judge(readStackJson({ resource }), rules);
  expect(crashes).toEqual([]);
  return findings.map(
    ({ rule, result, severity, resource: { address }, message }) =>
      `${rule.slice(3)} ${result === 'fail' ? severity : result} ${address}: ${message}`,
  );
}

const VPC_ID = '${aws_vpc.main.id}';
const IGW = '${aws_internet_gateway.main.id}';
const EIGW = '${aws_egress_only_internet_gateway.main.id}';
const NAT = '${aws_nat_gateway.main.id}';

const subnet = (number: number, attributes: Attributes = {}) => ({
  vpc_id: VPC_ID,
  availability_zone: `ap-southeast-1${'ab'[number % 2]!}`,
  ipv6_cidr_block: `\${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, ${number})}`,
  ...attributes,
});

/** Public subnets with a load balancer and NAT, and application subnets, each tier in two zones. */
function network(edit: (resources: PlainResources) => void = () => {}): PlainResources {
  const route = (table: string, attributes: Attributes) => ({
    route_table_id: `\${aws_route_table.${table}.id}`,
    ...attributes,
  });
  const association = (name: string, table: string) => ({
    subnet_id: `\${aws_subnet.${name}.id}`,
    route_table_id: `\${aws_route_table.${table}.id}`,
  });
  const ids = (...names: readonly string[]) => names.map((name) => `\${aws_subnet.${name}.id}`);
  const resources: PlainResources = {
    aws_vpc: { main: { cidr_block: '10.0.0.0/16', assign_generated_ipv6_cidr_block: true } },
    aws_internet_gateway: { main: { vpc_id: VPC_ID } },
    aws_egress_only_internet_gateway: { main: { vpc_id: VPC_ID } },
    aws_subnet: { 'public-a': subnet(0), 'public-b': subnet(1), 'app-a': subnet(2), 'app-b': subnet(3) },
    aws_nat_gateway: { main: { subnet_id: '${aws_subnet.public-a.id}' } },
    aws_route_table: { public: { vpc_id: VPC_ID }, 'app-a': { vpc_id: VPC_ID }, 'app-b': { vpc_id: VPC_ID } },
    aws_route_table_association: {
      'public-a': association('public-a', 'public'),
      'public-b': association('public-b', 'public'),
      'app-a': association('app-a', 'app-a'),
      'app-b': association('app-b', 'app-b'),
    },
    aws_route: {
      'public-4': route('public', { destination_cidr_block: '0.0.0.0/0', gateway_id: IGW }),
      'public-6': route('public', { destination_ipv6_cidr_block: '::/0', gateway_id: IGW }),
      'app-a-4': route('app-a', { destination_cidr_block: '0.0.0.0/0', nat_gateway_id: NAT }),
      'app-a-6': route('app-a', { destination_ipv6_cidr_block: '::/0', egress_only_gateway_id: EIGW }),
      'app-b-4': route('app-b', { destination_cidr_block: '0.0.0.0/0', nat_gateway_id: NAT }),
      'app-b-6': route('app-b', { destination_ipv6_cidr_block: '::/0', egress_only_gateway_id: EIGW }),
    },
    aws_lb: { edge: { ip_address_type: 'dualstack', subnets: ids('public-a', 'public-b') } },
    aws_ecs_service: { portal: { network_configuration: { subnets: ids('app-a', 'app-b') } } },
  };
  edit(resources);
  return resources;
}

/** What all rules say of the network after an edit. */
function after(edit: (resources: PlainResources) => void): string[] {
  return saysOf(network(edit), ...ALL);
}

describe('a whole network', () => {
  test('in order has no finding', () => {
    expect(saysOf(network(), ...ALL)).toEqual([]);
  });

  test.each([
    ['containers', {}],
    ['containers without NAT', { network: { ipv4: '10.46.0.0/20', nat: 'none' as const } }],
    ['containers on IPv6 alone', { network: { ipv4: '10.46.0.0/20', appSubnets: 'ipv6-only' as const } }],
    ['a gateway to a data center', { portals: { motcua: GATEWAY } }],
  ])('of an agency with %s has no finding', (_, environment) => {
    expect(saysOf(productionJson(environment).resource, ...ALL)).toEqual([]);
  });
});

describe('one break, one finding', () => {
  test.each<[string, (resources: PlainResources) => void, string]>([
    [
      'the public route for IPv6 is gone',
      ({ aws_route }) => delete aws_route!['public-6'],
      'RT-001 error aws_route_table.public: 0.0.0.0/0 leads to an internet gateway, but there is no route for ::/0',
    ],
    [
      'the public route for IPv4 is gone, and the NAT gateway with it',
      ({ aws_route }) => delete aws_route!['public-4'],
      'RT-001 error aws_route_table.public: ::/0 leads to an internet gateway, but there is no route for 0.0.0.0/0',
    ],
    [
      'both public routes are gone',
      ({ aws_route }) => ['public-4', 'public-6'].forEach((name) => delete aws_route![name]),
      'RT-001 error aws_route_table.public: aws_lb.edge is here, but neither 0.0.0.0/0 nor ::/0 leads to an internet gateway',
    ],
    [
      'half of IPv4 leads elsewhere',
      ({ aws_route }) => {
        aws_route!.office = {
          route_table_id: '${aws_route_table.public.id}',
          destination_cidr_block: '0.0.0.0/1',
          vpc_peering_connection_id: 'pcx-1',
        };
      },
      'RT-001 error aws_route_table.public: ::/0 leads to an internet gateway, but there is no route for 0.0.0.0/0',
    ],
    [
      'the load balancer’s IPv6 leads to the egress-only gateway',
      ({ aws_route }) => {
        delete aws_route!['public-6']!.gateway_id;
        aws_route!['public-6']!.egress_only_gateway_id = EIGW;
      },
      'RT-001 error aws_route_table.public: 0.0.0.0/0 leads to an internet gateway, but ::/0 to an egress only gateway',
    ],
    [
      'the private IPv6 leads to the internet gateway',
      ({ aws_route }) => {
        delete aws_route!['app-a-6']!.egress_only_gateway_id;
        aws_route!['app-a-6']!.gateway_id = IGW;
      },
      'RT-002 error aws_route_table.app-a: 0.0.0.0/0 leads to a NAT gateway, but ::/0 to an internet gateway: whoever is on the Internet gets in',
    ],
    [
      'the private route for IPv6 is gone in one zone',
      ({ aws_route }) => delete aws_route!['app-a-6'],
      'RT-003 warning aws_route_table.app-a: 0.0.0.0/0 leads to a NAT gateway, but there is no route for ::/0',
    ],
    [
      'the private route for IPv4 is gone in one zone',
      ({ aws_route }) => delete aws_route!['app-a-4'],
      'RT-003 warning aws_route_table.app-a: aws_subnet.app-b has a route for 0.0.0.0/0, but this zone has none',
    ],
    [
      'an egress-only gateway is to carry IPv4',
      ({ aws_route }) => {
        delete aws_route!['public-4']!.gateway_id;
        aws_route!['public-4']!.egress_only_gateway_id = EIGW;
      },
      'RT-004 error aws_route.public-4: 0.0.0.0/0 leads to an egress-only internet gateway, which carries IPv6 alone',
    ],
    [
      'a gateway is that of another VPC',
      (resources) => {
        resources.aws_vpc!.other = {};
        resources.aws_internet_gateway!.other = { vpc_id: '${aws_vpc.other.id}' };
        resources.aws_route!['public-6']!.gateway_id = '${aws_internet_gateway.other.id}';
      },
      'RT-004 error aws_route.public-6: aws_internet_gateway.other belongs to aws_vpc.other, but the table to aws_vpc.main',
    ],
    [
      'the private IPv6 leads to the NAT gateway',
      ({ aws_route }) => {
        delete aws_route!['app-a-6']!.egress_only_gateway_id;
        aws_route!['app-a-6']!.nat_gateway_id = NAT;
      },
      'RT-006 warning aws_route.app-a-6: ::/0 leads to a NAT gateway, which translates 64:ff9b::/96 and nothing else of IPv6',
    ],
    [
      'a public subnet has lost its table',
      ({ aws_route_table_association: associations }) => delete associations!['public-b'],
      'RT-009 error aws_subnet.public-b: it has no table of its own, and the main one of its VPC leads nowhere outside: aws_lb.edge is in it',
    ],
    [
      'a private subnet has lost its table',
      ({ aws_route_table_association: associations }) => delete associations!['app-b'],
      'RT-009 error aws_subnet.app-b: it has no table of its own, and the main one of its VPC leads nowhere outside: aws_ecs_service.portal is in it',
    ],
  ])('%s', (_, edit, expected) => {
    expect(after(edit)).toEqual([expected]);
  });

  test('no route leads to the egress-only gateway any more: each private table says so', () => {
    expect(after(({ aws_route }) => ['app-a-6', 'app-b-6'].forEach((name) => delete aws_route![name]))).toEqual([
      'RT-003 warning aws_route_table.app-a: 0.0.0.0/0 leads to a NAT gateway, but there is no route for ::/0',
      'RT-003 warning aws_route_table.app-b: 0.0.0.0/0 leads to a NAT gateway, but there is no route for ::/0',
    ]);
  });
});

describe('V6-RT-001', () => {
  test('takes a firewall in between for the way to the Internet, if it is so for both families', () => {
    const through = (ipv6: Attributes) =>
      saysOf(
        network(({ aws_route }) => {
          const [four, six] = [aws_route!['public-4']!, aws_route!['public-6']!];
          delete four.gateway_id;
          delete six.gateway_id;
          Object.assign(four, { vpc_endpoint_id: 'vpce-1' });
          Object.assign(six, ipv6);
        }),
        rt001,
        rt002,
      );

    expect(through({ vpc_endpoint_id: 'vpce-1' })).toEqual([]);
    expect(through({ gateway_id: IGW })).toEqual([expect.stringMatching(/^RT-002 error .* VPC endpoint, but ::\/0/)]);
    expect(through({ egress_only_gateway_id: EIGW })).toEqual([expect.stringMatching(/^RT-001 error/)]);
  });

  test('asks for no public IPv4 where the load balancer has none', () => {
    const says = saysOf(
      network(({ aws_lb, aws_route }) => {
        aws_lb!.edge!.ip_address_type = 'dualstack-without-public-ipv4';
        delete aws_route!['public-4'];
      }),
      rt001,
    );

    expect(says).toEqual([]);
  });

  test.each<[string, (resources: PlainResources) => void]>([
    [
      'its subnets have no IPv6',
      ({ aws_subnet }) => Object.values(aws_subnet!).forEach((one) => delete one.ipv6_cidr_block),
    ],
    ['it serves no subnet', (resources) => void (resources.aws_route_table_association = {})],
  ])('is not about a table where %s', (_, edit) => {
    const broken = network(({ aws_route }) => delete aws_route!['public-6']);
    edit(broken);

    expect(saysOf(broken, rt001)).toEqual([]);
  });

  test('does not know a table of which routes are elsewhere', () => {
    const says = saysOf(
      network(({ aws_route, aws_route_table }) => {
        delete aws_route!['public-6'];
        aws_route_table!.public!.route = '${var.routes}';
      }),
      rt001,
    );

    expect(says).toEqual([
      'RT-001 unknown aws_route_table.public: a default route may be among those that this input does not show',
    ]);
  });
});

describe('V6-RT-002', () => {
  test('calls a subnet private that reaches IPv4 by NAT64', () => {
    const says = saysOf(
      network(({ aws_route }) => {
        Object.assign(aws_route!['app-a-4']!, {
          destination_cidr_block: null,
          destination_ipv6_cidr_block: '64:ff9b::/96',
        });
        Object.assign(aws_route!['app-a-6']!, { egress_only_gateway_id: null, gateway_id: IGW });
      }),
      rt002,
    );

    expect(says).toEqual([
      expect.stringMatching(/^RT-002 error aws_route_table.app-a: 64:ff9b::\/96 leads to a NAT gateway/),
    ]);
  });

  test('is not about subnets without IPv6', () => {
    const says = saysOf(
      network(({ aws_subnet, aws_route }) => {
        aws_subnet!['app-a']!.ipv6_cidr_block = null;
        Object.assign(aws_route!['app-a-6']!, { egress_only_gateway_id: null, gateway_id: IGW });
      }),
      rt002,
    );

    expect(says).toEqual([]);
  });
});

describe('V6-RT-003', () => {
  const without = (...names: readonly string[]) =>
    saysOf(
      network(({ aws_route }) => names.forEach((name) => delete aws_route![name])),
      rt003,
    );

  test('leaves alone subnets that have no way out at all', () => {
    expect(without('app-a-4', 'app-a-6', 'app-b-4', 'app-b-6')).toEqual([]);
  });

  test('leaves alone a network without NAT', () => {
    expect(without('app-a-4', 'app-b-4')).toEqual([]);
  });

  test('tells the zone that has lost the only way out', () => {
    expect(without('app-a-4', 'app-b-4', 'app-a-6')).toEqual([
      'RT-003 warning aws_route_table.app-a: aws_subnet.app-b has a route for ::/0, but this zone has none',
    ]);
  });

  test.each([
    ['a transit gateway', { transit_gateway_id: 'tgw-1' }],
    ['a firewall', { vpc_endpoint_id: 'vpce-1' }],
  ])('takes %s for a way out', (_, target) => {
    const says = saysOf(
      network(({ aws_route }) => {
        aws_route!['app-a-6'] = {
          route_table_id: '${aws_route_table.app-a.id}',
          destination_ipv6_cidr_block: '::/0',
          ...target,
        };
      }),
      rt003,
    );

    expect(says).toEqual([]);
  });

  test('asks IPv6-only subnets with NAT64 for a way out over IPv6', () => {
    const says = saysOf(
      network(({ aws_subnet, aws_route }) => {
        for (const name of ['app-a', 'app-b']) {
          Object.assign(aws_subnet![name]!, { ipv6_native: true });
          Object.assign(aws_route![`${name}-4`]!, {
            destination_cidr_block: '',
            destination_ipv6_cidr_block: '64:ff9b::/96',
          });
          delete aws_route![`${name}-6`];
        }
      }),
      rt003,
    );

    expect(says).toEqual([
      'RT-003 warning aws_route_table.app-a: IPv4 services are reached by NAT64, but there is no route for ::/0',
      'RT-003 warning aws_route_table.app-b: IPv4 services are reached by NAT64, but there is no route for ::/0',
    ]);
  });
});

describe('V6-RT-004', () => {
  test.each<[Attributes, string[]]>([
    [{ destination_ipv6_cidr_block: '::/0', gateway_id: 'igw-1' }, []],
    [
      { destination_cidr_block: '0.0.0.0/0', egress_only_gateway_id: '${var.gateway}' },
      ['0.0.0.0/0 leads to an egress-only internet gateway, which carries IPv6 alone'],
    ],
    [
      { destination_cidr_block: '${var.everybody}', egress_only_gateway_id: 'eigw-1' },
      ['an IPv4 range leads to an egress-only internet gateway, which carries IPv6 alone'],
    ],
    [
      { destination_cidr_block: '::/0', gateway_id: 'igw-1' },
      ['::/0 is an IPv6 range, but stands in the attribute for IPv4'],
    ],
    [
      { destination_ipv6_cidr_block: '10.0.0.0/8', gateway_id: 'igw-1' },
      ['10.0.0.0/8 is an IPv4 range, but stands in the attribute for IPv6'],
    ],
    [{ destination_cidr_block: '', destination_ipv6_cidr_block: '0::/0', egress_only_gateway_id: 'eigw-1' }, []],
  ])('of %j says %j', (attributes, expected) => {
    const says = saysOf({ aws_route: { one: { route_table_id: 'rtb-1', ...attributes } } }, rt004);

    expect(says).toEqual(expected.map((message) => `RT-004 error aws_route.one: ${message}`));
  });

  test('sees inline routes of plans and configurations', () => {
    const route = [{ cidr_block: '0.0.0.0/0', ipv6_cidr_block: '', egress_only_gateway_id: 'eigw-1', gateway_id: '' }];

    expect(saysOf({ aws_default_route_table: { main: { route } } }, rt004)).toEqual([
      'RT-004 error aws_default_route_table.main: 0.0.0.0/0 leads to an egress-only internet gateway, which carries IPv6 alone',
    ]);
  });
});

describe('V6-RT-005', () => {
  const gateway = { aws_vpc: { main: {} }, aws_egress_only_internet_gateway: { main: { vpc_id: VPC_ID } } };

  test('does not know of routes with a hidden gateway', () => {
    const two = { aws_egress_only_internet_gateway: { main: { vpc_id: VPC_ID }, other: { vpc_id: VPC_ID } } };
    const route = {
      aws_route: { one: { egress_only_gateway_id: '${var.gateway}', destination_ipv6_cidr_block: '::/0' } },
    };

    expect(saysOf({ ...gateway, ...two, ...route }, rt005)).toEqual([
      expect.stringMatching(/unknown .*main/),
      expect.stringMatching(/unknown .*other/),
    ]);
  });

  test('is content with a route for a part of IPv6', () => {
    const route = [{ ipv6_cidr_block: '2001:db8::/32', egress_only_gateway_id: EIGW }];

    expect(saysOf({ ...gateway, aws_route_table: { app: { vpc_id: VPC_ID, route } } }, rt005)).toEqual([]);
  });
});

describe('V6-RT-007', () => {
  const nat64 = (target: Attributes, edit: (resources: PlainResources) => void = () => {}) =>
    saysOf(
      network((resources) => {
        resources.aws_route!.nat64 = {
          route_table_id: '${aws_route_table.app-a.id}',
          destination_ipv6_cidr_block: '64:ff9b::/96',
          ...target,
        };
        edit(resources);
      }),
      rt007,
    ).map((text) => text.replace('RT-007 ', '').replace('aws_route.nat64: ', ''));

  test.each<[string, Attributes, string[]]>([
    ['a public NAT gateway', { nat_gateway_id: NAT }, []],
    ['a NAT gateway elsewhere', { nat_gateway_id: 'nat-1' }, ['unknown the NAT gateway is not part of this input']],
    [
      'an internet gateway',
      { gateway_id: IGW },
      ['error 64:ff9b::/96 leads to an internet gateway, which does not translate to IPv4'],
    ],
    [
      'the egress-only gateway',
      { egress_only_gateway_id: EIGW },
      ['error 64:ff9b::/96 leads to an egress only gateway, which does not translate to IPv4'],
    ],
    ['another VPC', { transit_gateway_id: 'tgw-1' }, []],
  ])('with %s', (_, target, expected) => {
    expect(nat64(target)).toEqual(expected);
  });

  test.each<[string, (resources: PlainResources) => void, string[]]>([
    [
      'in no public subnet',
      ({ aws_route }) => delete aws_route!['public-4'],
      ['error aws_nat_gateway.main is in aws_subnet.public-a, which has no way to the Internet over IPv4'],
    ],
    [
      'among its own clients',
      ({ aws_nat_gateway }) => (aws_nat_gateway!.main!.subnet_id = '${aws_subnet.app-a.id}'),
      ['error aws_nat_gateway.main is in aws_subnet.app-a, whose own packets this route leads to it'],
    ],
    [
      'of a region',
      ({ aws_nat_gateway }) => (aws_nat_gateway!.main = { availability_mode: 'regional', vpc_id: VPC_ID }),
      [],
    ],
  ])('with a NAT gateway %s', (_, edit, expected) => {
    expect(nat64({ nat_gateway_id: NAT }, edit)).toEqual(expected);
  });
});

describe('V6-RT-008', () => {
  test('is content with either style', () => {
    expect(saysOf(network(), rt008)).toEqual([]);
    expect(
      saysOf({ aws_route_table: { main: { route: [{ ipv6_cidr_block: '::/0', gateway_id: 'igw-1' }] } } }, rt008),
    ).toEqual([]);
  });

  test('takes what AWS reports in a plan or a state for what it is', () => {
    const route = [{ ipv6_cidr_block: '::/0', gateway_id: 'igw-1' }];
    const change = { actions: ['no-op'], replacePaths: [] };
    const table = { address: 'aws_route_table.main', type: 'aws_route_table', attributes: { id: 'rtb-1', route } };
    const separate = new Resource({
      address: 'aws_route.one',
      type: 'aws_route',
      attributes: { route_table_id: 'rtb-1' },
    });
    const says = (resource: Resource) => judge(new ResourceGraph([resource, separate]), [rt008]).findings.length;

    expect(says(new Resource(table))).toBe(0);
    expect(says(new Resource({ ...table, change, configured: new Set() }))).toBe(0);
    expect(says(new Resource({ ...table, change, configured: new Set(['route']) }))).toBe(1);
  });
});

describe('V6-RT-009', () => {
  const alone = { aws_vpc: { main: {} }, aws_subnet: { a: subnet(0), b: subnet(1) } };
  const tier = { aws_network_acl: { data: { subnet_ids: ['${aws_subnet.a.id}', '${aws_subnet.b.id}'] } } };
  const table = { aws_route_table: { data: { vpc_id: VPC_ID } } };
  const associated = {
    aws_route_table_association: {
      a: { subnet_id: '${aws_subnet.a.id}', route_table_id: '${aws_route_table.data.id}' },
    },
  };

  test('leaves alone subnets that use the main table on purpose', () => {
    expect(saysOf({ ...alone, ...tier }, rt009)).toEqual([]);
  });

  test('warns where only one zone of a tier has a table', () => {
    expect(saysOf({ ...alone, ...tier, ...table, ...associated }, rt009)).toEqual([
      'RT-009 warning aws_subnet.b: it has no table of its own, and the main one of its VPC leads nowhere outside, unlike aws_subnet.a',
    ]);
  });

  test('asks the main table, where that is managed', () => {
    const main = (route: readonly Attributes[]) => ({
      aws_default_route_table: { main: { default_route_table_id: '${aws_vpc.main.default_route_table_id}', route } },
    });

    expect(saysOf({ ...alone, ...tier, ...table, ...associated, ...main([]) }, rt009)).toEqual([]);
    expect(
      saysOf(
        { ...alone, ...tier, ...table, ...associated, ...main([{ ipv6_cidr_block: '::/0', gateway_id: IGW }]) },
        rt009,
      ),
    ).toEqual([]);
  });

  test('does not know a main table elsewhere', () => {
    const elsewhere = { aws_subnet: { a: subnet(0), b: subnet(1, { vpc_id: 'vpc-1' }) } };

    expect(saysOf({ ...alone, ...elsewhere, ...tier, ...table, ...associated }, rt009)).toEqual([
      'RT-009 unknown aws_subnet.b: it uses the main table of its VPC, which is not part of this input',
    ]);
  });
});

describe('V6-RT-010', () => {
  const vpc = { assign_generated_ipv6_cidr_block: true };
  const attachment = (attributes: Attributes) => ({
    aws_ec2_transit_gateway_vpc_attachment: { main: { vpc_id: VPC_ID, transit_gateway_id: 'tgw-1', ...attributes } },
  });
  const routed = (...route: readonly Attributes[]) => ({
    aws_vpc: { main: vpc },
    aws_route_table: { app: { vpc_id: VPC_ID, route } },
  });
  const ipv4 = { cidr_block: '10.0.0.0/8', transit_gateway_id: 'tgw-1' };
  const ipv6 = { ipv6_cidr_block: '2001:db8::/32', transit_gateway_id: 'tgw-1' };
  const says = (...resources: readonly PlainResources[]) =>
    saysOf(Object.assign({}, ...resources) as PlainResources, rt010).map((text) => text.replace('RT-010 ', ''));

  test.each<[string, string[], readonly PlainResources[]]>([
    ['that carries both', [], [routed(ipv4, ipv6), attachment({ ipv6_support: 'enable' })]],
    [
      'that carries IPv4 alone, where IPv4 alone is routed',
      ['notice aws_ec2_transit_gateway_vpc_attachment.main: the attachment of a dual-stack VPC carries no IPv6'],
      [routed(ipv4), attachment({ ipv6_support: 'disable' })],
    ],
    [
      'that carries IPv4 alone, where IPv6 is routed',
      [
        'warning aws_ec2_transit_gateway_vpc_attachment.main: aws_route_table.app leads IPv6 to the transit gateway, but the attachment does not carry it',
      ],
      [routed(ipv6), attachment({})],
    ],
    [
      'to another gateway',
      ['notice aws_ec2_transit_gateway_vpc_attachment.main: the attachment of a dual-stack VPC carries no IPv6'],
      [routed({ ...ipv6, transit_gateway_id: 'tgw-2' }), attachment({})],
    ],
    ['of a VPC without IPv6', [], [routed(ipv4), { aws_vpc: { main: {} } }, attachment({})]],
    [
      'that is missing',
      ['warning aws_vpc.main: aws_route_table.app leads to a transit gateway, but the VPC is not attached to one'],
      [routed(ipv4)],
    ],
  ])('an attachment %s', (_, expected, resources) => {
    expect(says(...resources)).toEqual(expected);
  });

  test('a peering connection between two VPCs with IPv6 gets both families', () => {
    const peering = { aws_vpc_peering_connection: { main: { vpc_id: VPC_ID, peer_vpc_id: '${aws_vpc.other.id}' } } };
    const target = { vpc_peering_connection_id: '${aws_vpc_peering_connection.main.id}' };
    const route = [{ cidr_block: '10.1.0.0/16', ...target }];
    const tables = (...more: readonly Attributes[]) => ({
      aws_route_table: { app: { vpc_id: VPC_ID, route: [...route, ...more] } },
    });
    const vpcs = (other: Attributes) => ({ aws_vpc: { main: vpc, other } });

    expect(says(peering, tables(), vpcs(vpc))).toEqual([
      'warning aws_vpc_peering_connection.main: both VPCs have IPv6, but the tables of aws_vpc.main lead IPv4 alone to the peering connection',
    ]);
    expect(says(peering, tables({ ipv6_cidr_block: '2001:db8::/56', ...target }), vpcs(vpc))).toEqual([]);
    expect(says(peering, tables(), vpcs({}))).toEqual([]);
  });
});

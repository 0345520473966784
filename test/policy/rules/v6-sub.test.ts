import { judge } from '../../../policy/check';
import type { Rule } from '../../../policy/rule';
import { rule as rt002 } from '../../../policy/rules/v6-rt-002';
import { rule as rt003 } from '../../../policy/rules/v6-rt-003';
import { rule as rt004 } from '../../../policy/rules/v6-rt-004';
import { rule as rt006 } from '../../../policy/rules/v6-rt-006';
import { rule as rt007 } from '../../../policy/rules/v6-rt-007';
import { rule as rt009 } from '../../../policy/rules/v6-rt-009';
import { rule as sub001 } from '../../../policy/rules/v6-sub-001';
import { rule as sub002 } from '../../../policy/rules/v6-sub-002';
import { rule as sub003 } from '../../../policy/rules/v6-sub-003';
import { rule as sub004 } from '../../../policy/rules/v6-sub-004';
import { rule as sub005 } from '../../../policy/rules/v6-sub-005';
import { rule as sub007 } from '../../../policy/rules/v6-sub-007';
import { rule as sub008 } from '../../../policy/rules/v6-sub-008';
import { rule as sub010 } from '../../../policy/rules/v6-sub-010';
import { rule as vpc003 } from '../../../policy/rules/v6-vpc-003';
import { readStackJson } from '../../../policy/sources/stack-json';
import { productionJson } from '../../helpers/agency';
import type { PlainResources } from '../../helpers/plain-stack';

type Attributes = Record<string, unknown>;

function saysOf(resource: PlainResources, ...rules: readonly Rule[]): string[] {
  const { findings, crashes } = judge(readStackJson({ resource }), rules);
  expect(crashes).toEqual([]);
  return findings.map(
    ({ result, severity, resource: { address }, message }) =>
      `${result === 'fail' ? severity : result} ${address}: ${message}`,
  );
}

const VPC_ID = '${aws_vpc.main.id}';
const AMAZON = { assign_generated_ipv6_cidr_block: true };

function cut(newbits: number, netnum: number, base = 'aws_vpc.main.ipv6_cidr_block'): string {
  return `\${cidrsubnet(${base}, ${newbits}, ${netnum})}`;
}

/** Subnets of one VPC by their IPv6 blocks. */
function subnets(
  vpc: Attributes,
  blocks: Readonly<Record<string, unknown>>,
  others: PlainResources = {},
): PlainResources {
  const named = Object.entries(blocks).map(([name, block]) => [
    name,
    { vpc_id: VPC_ID, cidr_block: '10.0.0.0/24', ipv6_cidr_block: block },
  ]);
  return { aws_vpc: { main: vpc }, aws_subnet: Object.fromEntries(named) as PlainResources[string], ...others };
}

describe('V6-SUB-001', () => {
  test.each<[string, unknown, Attributes, string[]]>([
    ['in a dual-stack VPC', VPC_ID, AMAZON, ['error aws_subnet.a: the subnet has no IPv6 block, but its VPC does']],
    ['in a VPC without IPv6', VPC_ID, {}, []],
    [
      'in a VPC that may have it',
      VPC_ID,
      { assign_generated_ipv6_cidr_block: '${var.x}' },
      [expect.stringMatching(/^unknown/) as string],
    ],
    ['in a VPC elsewhere', '${data.aws_vpc.main.id}', AMAZON, [expect.stringMatching(/^unknown/) as string]],
  ])('a subnet without a block %s', (_, vpc_id, vpc, expected) => {
    expect(saysOf({ aws_vpc: { main: vpc }, aws_subnet: { a: { vpc_id, ipv6_cidr_block: null } } }, sub001)).toEqual(
      expected,
    );
  });

  test('another subnet with a block shows that the VPC elsewhere has IPv6', () => {
    const vpc_id = 'vpc-0123456789abcdef0';
    const resource = { aws_subnet: { a: { vpc_id }, b: { vpc_id, ipv6_cidr_block: '${var.block}' } } };

    expect(saysOf(resource, sub001)).toEqual(['error aws_subnet.a: the subnet has no IPv6 block, but its VPC does']);
  });

  test.each<[Attributes]>([
    [{ ipv6_cidr_block: '${var.block}' }],
    [{ ipv6_ipam_pool_id: '${var.pool}', ipv6_netmask_length: 64 }],
  ])('is content with %j, wherever the VPC is', (attributes) => {
    expect(saysOf({ aws_subnet: { a: { vpc_id: 'vpc-0123456789abcdef0', ...attributes } } }, sub001)).toEqual([]);
  });
});

describe('V6-SUB-002', () => {
  test.each([
    ['2001:db8::/72', 'error aws_subnet.a: ipv6_cidr_block is a /72'],
    ['2001:db8::/62', 'error aws_subnet.a: ipv6_cidr_block is a /62'],
    ['2001:db8::/60', 'warning aws_subnet.a: ipv6_cidr_block is a /60'],
    ['10.0.0.0/24', 'error aws_subnet.a: ipv6_cidr_block is 10.0.0.0/24, which is no IPv6 block'],
    ['2001:db8::', 'error aws_subnet.a: ipv6_cidr_block is 2001:db8::, which is no IPv6 block'],
    ['2001:db8::1/64', 'error aws_subnet.a: ipv6_cidr_block is 2001:db8::1/64; the block is 2001:db8::/64'],
  ])('fails %s', (block, message) => {
    expect(saysOf({ aws_subnet: { a: { ipv6_cidr_block: block } } }, sub002)).toEqual([message]);
  });

  test.each(['2001:DB8:0:0:0::/64', cut(4, 1), undefined])('says nothing of %s', (block) => {
    expect(saysOf({ aws_subnet: { a: { ipv6_cidr_block: block } } }, sub002)).toEqual([]);
  });
});

describe('V6-SUB-003', () => {
  test.each<[string, PlainResources, string]>([
    [
      'the same number',
      subnets(AMAZON, { a: cut(8, 1), b: cut(8, 1) }),
      'error aws_subnet.b: its IPv6 block overlaps that of aws_subnet.a',
    ],
    [
      'the same number in other words',
      subnets(AMAZON, { a: cut(8, 17), b: '${cidrsubnet(cidrsubnet(aws_vpc.main.ipv6_cidr_block, 4, 1), 4, 1)}' }),
      'error aws_subnet.b: its IPv6 block overlaps that of aws_subnet.a',
    ],
    [
      'the same block in other words',
      subnets({ ipv6_cidr_block: '2001:db8::/56' }, { a: '2001:db8:0:1::/64', b: cut(8, 1) }),
      'error aws_subnet.b: its IPv6 block overlaps that of aws_subnet.a',
    ],
    [
      'the same literal block in other spelling',
      subnets({}, { a: '2001:db8:0:1::/64', b: '2001:DB8:0:1:0::/64' }),
      'error aws_subnet.b: its IPv6 block overlaps that of aws_subnet.a',
    ],
    [
      'too few bits for the VPC',
      subnets(AMAZON, { a: cut(4, 1) }),
      "warning aws_subnet.a: 4 bits more than the VPC's /56 make a /60, not a /64",
    ],
    [
      'too many bits',
      subnets(AMAZON, { a: cut(12, 1) }),
      "error aws_subnet.a: 12 bits more than the VPC's /56 make a /68, not a /64",
    ],
    [
      'the bits of a /56 for a /52',
      subnets({ ipv6_ipam_pool_id: '${var.pool}', ipv6_netmask_length: 52 }, { a: cut(8, 1) }),
      "warning aws_subnet.a: 8 bits more than the VPC's /52 make a /60, not a /64",
    ],
    [
      'a number that there is not',
      subnets(AMAZON, { a: cut(8, 256) }),
      'error aws_subnet.a: cidrsubnet has no block 256 of 8 bits',
    ],
    [
      'a block that is not in the VPC',
      subnets({ ipv6_cidr_block: '2001:db8::/56' }, { a: '2001:db8:0:100::/64' }),
      "error aws_subnet.a: 2001:db8:0:100::/64 is not in its VPC's 2001:db8::/56",
    ],
  ])('fails %s', (_, resource, message) => {
    expect(saysOf(resource, sub003)).toEqual([message]);
  });

  test('subnets that make the same mistake are one finding', () => {
    expect(
      saysOf(subnets(AMAZON, { a: cut(12, 0), b: cut(12, 1), c: cut(12, 2), d: cut(8, 200) }), sub003),
    ).toHaveLength(1);
  });

  test('a mistake in the size of the VPC is not that of its subnets', () => {
    const vpc = { ipv6_ipam_pool_id: '${var.pool}', ipv6_netmask_length: 57 };

    expect(saysOf(subnets(vpc, { a: cut(8, 0), b: cut(8, 1) }), sub003, vpc003)).toEqual([
      'error aws_vpc.main: ipv6_netmask_length is 57',
    ]);
  });

  test.each<[string, PlainResources]>([
    ['different numbers', subnets(AMAZON, { a: cut(8, 0), b: cut(8, 1), c: cut(8, 255) })],
    ['a pool of unknown size', subnets({ ipv6_ipam_pool_id: '${var.pool}' }, { a: cut(12, 0), b: cut(12, 1) })],
    [
      'the same number of two blocks',
      subnets(
        AMAZON,
        { a: cut(8, 0), b: cut(8, 0, 'aws_vpc_ipv6_cidr_block_association.x.ipv6_cidr_block') },
        {
          aws_vpc_ipv6_cidr_block_association: {
            x: { vpc_id: VPC_ID, ipv6_ipam_pool_id: '${var.pool}', ipv6_netmask_length: 56 },
          },
        },
      ),
    ],
    [
      'numbers of a loop',
      subnets(AMAZON, {
        a: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, each.value)}',
        b: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, each.value)}',
      }),
    ],
    [
      'a literal block of a VPC with a second block that is not known',
      subnets(
        { ipv6_cidr_block: '2001:db8::/56' },
        { a: '2001:db8:1::/64' },
        {
          aws_vpc_ipv6_cidr_block_association: { x: { vpc_id: VPC_ID, ipv6_netmask_length: 56 } },
        },
      ),
    ],
    [
      'the same number in two VPCs',
      {
        aws_vpc: { one: AMAZON, two: AMAZON },
        aws_subnet: {
          a: { vpc_id: '${aws_vpc.one.id}', ipv6_cidr_block: cut(8, 0, 'aws_vpc.one.ipv6_cidr_block') },
          b: { vpc_id: '${aws_vpc.two.id}', ipv6_cidr_block: cut(8, 0, 'aws_vpc.two.ipv6_cidr_block') },
        },
      },
    ],
  ])('is content with %s', (_, resource) => {
    expect(saysOf(resource, sub003)).toEqual([]);
  });

  test('does not doubt what AWS has taken', () => {
    const resource = subnets({ ipv6_cidr_block: '2001:db8::/56' }, { a: '2001:db8:1::/64' });
    resource.aws_subnet!.a!.id = 'subnet-0123456789abcdef0';

    expect(saysOf(resource, sub003)).toEqual([]);
  });
});

describe('V6-SUB-004', () => {
  test.each<[Attributes, string]>([
    [{ enable_dns64: 'true' }, 'enable_dns64 is true, but the subnet has no IPv6 block'],
    [
      {
        assign_ipv6_address_on_creation: true,
        enable_resource_name_dns_aaaa_record_on_launch: true,
        ipv6_cidr_block: '',
      },
      'assign_ipv6_address_on_creation and enable_resource_name_dns_aaaa_record_on_launch are true, but the subnet has no IPv6 block',
    ],
  ])('fails %j', (attributes, message) => {
    expect(saysOf({ aws_subnet: { a: attributes } }, sub004)).toEqual([`error aws_subnet.a: ${message}`]);
  });

  test('a block that was taken away is one finding', () => {
    const resource = {
      aws_vpc: { main: AMAZON },
      aws_subnet: { a: { vpc_id: VPC_ID, assign_ipv6_address_on_creation: true, enable_dns64: true } },
    };

    expect(saysOf(resource, sub001, sub004)).toEqual([
      'error aws_subnet.a: the subnet has no IPv6 block, but its VPC does',
    ]);
  });

  test.each<[Attributes]>([[{}], [{ assign_ipv6_address_on_creation: false, enable_dns64: null }]])(
    'says nothing of %j',
    (attributes) => {
      expect(saysOf({ aws_subnet: { a: attributes } }, sub004)).toEqual([]);
    },
  );
});

describe('V6-SUB-005', () => {
  const running = (users: PlainResources, subnet: Attributes = {}): PlainResources => ({
    aws_subnet: { a: { ipv6_cidr_block: '2001:db8::/64', ...subnet } },
    ...users,
  });
  const service = (attributes: Attributes): PlainResources => ({
    aws_ecs_service: { portal: { network_configuration: { subnets: ['${aws_subnet.a.id}'] }, ...attributes } },
  });
  const instance = (attributes: Attributes): PlainResources => ({
    aws_instance: { web: { subnet_id: '${aws_subnet.a.id}', ...attributes } },
  });

  test.each<[string, PlainResources, string]>([
    [
      'Fargate',
      service({ launch_type: 'FARGATE' }),
      'error aws_subnet.a: aws_ecs_service.portal: no IPv6 address, for the subnet assigns none',
    ],
    [
      'Fargate by capacity provider',
      service({ capacity_provider_strategy: [{ capacity_provider: 'FARGATE_SPOT' }] }),
      'error aws_subnet.a: aws_ecs_service.portal: no IPv6 address, for the subnet assigns none',
    ],
    [
      'tasks on machines',
      service({}),
      'warning aws_subnet.a: aws_ecs_service.portal: no IPv6 address, for the subnet assigns none',
    ],
    ['a machine', instance({}), 'warning aws_subnet.a: aws_instance.web: no IPv6 address, for the subnet assigns none'],
  ])('fails %s', (_, users, message) => {
    expect(saysOf(running(users), sub005)).toEqual([message]);
  });

  test('names all that is left without, and is as grave as the gravest', () => {
    const users = { ...service({ launch_type: 'FARGATE' }), ...instance({}) };

    expect(saysOf(running(users), sub005)).toEqual([
      'error aws_subnet.a: aws_ecs_service.portal, aws_instance.web: no IPv6 address, for the subnet assigns none',
    ]);
  });

  test.each<[string, PlainResources]>([
    ['what assigns', running(service({ launch_type: 'FARGATE' }), { assign_ipv6_address_on_creation: true })],
    ['a machine that asks', running(instance({ ipv6_address_count: 1 }))],
    [
      'a function, which gets its addresses otherwise',
      running({ aws_lambda_function: { probe: { vpc_config: { subnet_ids: ['${aws_subnet.a.id}'] } } } }),
    ],
    [
      'load balancers and databases',
      running({
        aws_lb: { edge: { subnets: ['${aws_subnet.a.id}'] } },
        aws_db_subnet_group: { data: { subnet_ids: ['${aws_subnet.a.id}'] } },
      }),
    ],
    ['a subnet without IPv6, of which another rule speaks', running(service({}), { ipv6_cidr_block: null })],
  ])('is content with %s', (_, resource) => {
    expect(saysOf(resource, sub005)).toEqual([]);
  });

  test('does not know of a launch template elsewhere', () => {
    const group = {
      aws_autoscaling_group: {
        web: { vpc_zone_identifier: ['${aws_subnet.a.id}'], launch_template: { id: '${var.template}' } },
      },
    };

    expect(saysOf(running(group), sub005)).toEqual([
      'unknown aws_subnet.a: the launch templates of what runs here are not part of this input',
    ]);
  });
});

describe('V6-SUB-007', () => {
  const subnet = (attributes: Attributes, others: PlainResources = {}): PlainResources => ({
    aws_subnet: { a: { ipv6_native: true, ipv6_cidr_block: '2001:db8::/64', ...attributes } },
    ...others,
  });
  const ids = ['${aws_subnet.a.id}'];

  test.each<[string, PlainResources, string]>([
    ['both families', subnet({ cidr_block: '10.0.0.0/24' }), 'ipv6_native is true, but the subnet has an IPv4 block'],
    [
      'neither',
      subnet({ ipv6_native: false, cidr_block: null }),
      'the subnet has no IPv4 block and is not IPv6-only either',
    ],
    [
      'a load balancer',
      subnet({}, { aws_lb: { edge: { subnets: ids } } }),
      'the subnet is IPv6-only, but aws_lb.edge needs IPv4 in it',
    ],
    [
      'a load balancer by mapping',
      subnet({}, { aws_lb: { edge: { subnet_mapping: [{ subnet_id: ids[0] }] } } }),
      'the subnet is IPv6-only, but aws_lb.edge needs IPv4 in it',
    ],
    [
      'a database',
      subnet({}, { aws_db_subnet_group: { data: { subnet_ids: ids } } }),
      'the subnet is IPv6-only, but aws_db_subnet_group.data needs IPv4 in it',
    ],
  ])('fails %s', (_, resource, message) => {
    expect(saysOf(resource, sub007)).toEqual([`error aws_subnet.a: ${message}`]);
  });

  test.each<[string, PlainResources]>([
    ['tasks', subnet({}, { aws_ecs_service: { portal: { network_configuration: { subnets: ids } } } })],
    [
      'a load balancer in a dual-stack subnet',
      subnet({ ipv6_native: false, cidr_block: '10.0.0.0/24' }, { aws_lb: { edge: { subnets: ids } } }),
    ],
    ['IPv4 from a pool', subnet({ ipv6_native: false, ipv4_ipam_pool_id: '${var.pool}' })],
    ['a variable where both would do', subnet({ ipv6_native: '${var.x}' })],
  ])('is content with %s', (_, resource) => {
    expect(saysOf(resource, sub007)).toEqual([]);
  });
});

describe('V6-SUB-008', () => {
  const NAT = { nat_gateway_id: 'nat-0123456789abcdef0' };
  const stack = (routes: readonly Attributes[], ...named: readonly Attributes[]): PlainResources => ({
    aws_subnet: Object.fromEntries(
      named.map((one, index) => [
        `app${index}`,
        { vpc_id: 'vpc-0123456789abcdef0', ipv6_cidr_block: `2001:db8:0:${index}::/64`, ...one },
      ]),
    ),
    aws_route_table: { app: { vpc_id: 'vpc-0123456789abcdef0', route: routes } },
    aws_route_table_association: Object.fromEntries(
      named.map((_, index) => [
        `app${index}`,
        { subnet_id: `\${aws_subnet.app${index}.id}`, route_table_id: '${aws_route_table.app.id}' },
      ]),
    ),
  });
  const dns64 = { enable_dns64: true };
  const native = { ipv6_native: true };

  test.each<[string, readonly Attributes[]]>([
    ['the prefix', [{ ipv6_cidr_block: '64:ff9b::/96', ...NAT }]],
    ['the prefix in other spelling', [{ ipv6_cidr_block: '0064:FF9B:0:0:0:0:0.0.0.0/96', ...NAT }]],
    [
      'two halves',
      [
        { ipv6_cidr_block: '64:ff9b::/97', ...NAT },
        { ipv6_cidr_block: '64:ff9b::8000:0/97', ...NAT },
      ],
    ],
    [
      'the prefix, though all else goes elsewhere',
      [
        { ipv6_cidr_block: '::/0', egress_only_gateway_id: 'eigw-1' },
        { ipv6_cidr_block: '64:ff9b::/96', ...NAT },
      ],
    ],
  ])('is content with a route for %s', (_, routes) => {
    expect(saysOf(stack(routes, dns64), sub008)).toEqual([]);
  });

  test.each<[string, readonly Attributes[], string]>([
    ['no route', [], 'has no route'],
    ['one half', [{ ipv6_cidr_block: '64:ff9b::/97', ...NAT }], 'has no route'],
    ['IPv4 alone', [{ cidr_block: '0.0.0.0/0', ...NAT }], 'has no route'],
    [
      'one half, with the other led astray',
      [
        { ipv6_cidr_block: '64:ff9b::/97', ...NAT },
        { ipv6_cidr_block: '::/0', egress_only_gateway_id: 'eigw-1' },
      ],
      'leads to an egress',
    ],
    [
      'an egress-only gateway for all',
      [{ ipv6_cidr_block: '0::/0', egress_only_gateway_id: 'eigw-1' }],
      'leads to an egress',
    ],
  ])('fails %s', (_, routes, reason) => {
    expect(saysOf(stack(routes, dns64), sub008)).toEqual([
      expect.stringContaining(`error aws_subnet.app0: enable_dns64 is true, but 64:ff9b::/96 ${reason}`),
    ]);
  });

  test('is one finding for all subnets of a table', () => {
    expect(saysOf(stack([], {}, dns64, dns64), sub008)).toEqual([expect.stringContaining('aws_subnet.app1')]);
  });

  test('is one finding with a subnet that has no table', () => {
    const vpc = { vpc_id: VPC_ID };
    const service = { network_configuration: { subnets: ['${aws_subnet.app0.id}', '${aws_subnet.app1.id}'] } };
    const {
      aws_subnet,
      aws_route_table,
      aws_route_table_association: associations,
    } = stack([{ ipv6_cidr_block: '64:ff9b::/96', ...NAT }], { ...dns64, ...vpc }, { ...dns64, ...vpc });
    const resources = (names: readonly string[]) => ({
      aws_vpc: { main: AMAZON },
      aws_subnet: aws_subnet!,
      aws_route_table: aws_route_table!,
      aws_route_table_association: Object.fromEntries(names.map((name) => [name, associations![name]!])),
      aws_ecs_service: { portal: service },
    });

    expect(saysOf(resources(['app0', 'app1']), sub008, rt009)).toEqual([]);
    expect(saysOf(resources(['app0']), sub008, rt009)).toEqual([
      expect.stringMatching(/^error aws_subnet\.app1: it has no table of its own/),
    ]);
  });

  test('is one finding with the other families of addresses that lead to the NAT gateway', () => {
    const routes = [
      { ipv6_cidr_block: '::/0', egress_only_gateway_id: 'eigw-1' },
      { ipv6_cidr_block: '2000::/4', ...NAT },
      { cidr_block: '0.0.0.0/0', ...NAT },
    ];

    expect(saysOf(stack(routes, dns64), sub008, rt003, rt006)).toEqual([
      expect.stringMatching(/^error aws_subnet\.app0: enable_dns64 is true/),
    ]);
    // What else is wrong with the subnet is no reason.
    expect(saysOf(stack(routes, { ...dns64, ipv6_cidr_block: '2001:db8::/72' }), sub002, rt003, rt006)).toEqual([
      expect.stringMatching(/^warning aws_route_table\.app: 2000::\/4 leads to a NAT gateway/),
      expect.stringMatching(/^error aws_subnet\.app0: ipv6_cidr_block is a \/72/),
    ]);
  });

  test('is one finding with the route that leads astray', () => {
    const routes = [{ ipv6_cidr_block: '64:ff9b::/96', egress_only_gateway_id: 'eigw-1' }];

    expect(saysOf(stack(routes, dns64), sub008, rt007)).toEqual([
      expect.stringContaining('error aws_route_table.app: '),
    ]);
  });

  test.each<[string, PlainResources]>([
    [
      'a transit gateway, behind which there may be one',
      stack([{ ipv6_cidr_block: '::/0', transit_gateway_id: 'tgw-1' }], dns64),
    ],
    ['a target that is not known', stack([{ ipv6_cidr_block: '64:ff9b::/96', gateway_id: '${var.gateway}' }], dns64)],
    ['a table elsewhere', { aws_subnet: { a: { vpc_id: 'vpc-1', ipv6_cidr_block: '2001:db8::/64', ...dns64 } } }],
    [
      'DNS64 that is not known',
      stack([{ ipv6_cidr_block: '64:ff9b::/96', ...NAT }], { ...native, enable_dns64: '${var.x}' }),
    ],
  ])('does not know of %s', (_, resource) => {
    expect(saysOf(resource, sub008)).toEqual([expect.stringMatching(/^unknown/)]);
  });

  test('fails an IPv6-only subnet with the route and without DNS64, and no dual-stack one', () => {
    const routes = [{ ipv6_cidr_block: '64:ff9b::/96', ...NAT }];

    expect(saysOf(stack(routes, native, {}), sub008)).toEqual([
      'error aws_subnet.app0: the subnet is IPv6-only and has a route for 64:ff9b::/96, but enable_dns64 is not true',
    ]);
  });

  test('says nothing without DNS64 and NAT64', () => {
    expect(saysOf(stack([{ ipv6_cidr_block: '::/0', egress_only_gateway_id: 'eigw-1' }], native, {}), sub008)).toEqual(
      [],
    );
  });
});

describe('V6-SUB-003 beside V6-SUB-002', () => {
  const blocks = (a: string, b: string) => saysOf(subnets(AMAZON, { a, b }), sub002, sub003);

  test.each([
    ['its own', '2406:da18:77::/64', '2406:da18:77::/65', 'b'],
    ["the other's", '2406:da18:77::/62', '2406:da18:77:1::/64', 'a'],
  ])('an overlap by a length that AWS refuses is said once: %s', (_, a, b, where) => {
    expect(blocks(a, b)).toEqual([expect.stringMatching(`^error aws_subnet\\.${where}: ipv6_cidr_block is a /`)]);
  });

  test('an overlap by a length that AWS takes is an error of its own', () => {
    expect(blocks('2406:da18:77::/60', '2406:da18:77:1::/64')).toEqual([
      'warning aws_subnet.a: ipv6_cidr_block is a /60',
      'error aws_subnet.b: its IPv6 block overlaps that of aws_subnet.a',
    ]);
  });
});

describe('V6-SUB-010', () => {
  const IGW = { gateway_id: 'igw-0123456789abcdef0' };
  const NAT = { nat_gateway_id: 'nat-0123456789abcdef0' };
  const stack = (
    ipv4: Attributes | undefined,
    others: PlainResources = {},
    subnet: Attributes = {},
  ): PlainResources => ({
    aws_vpc: { main: AMAZON },
    aws_subnet: {
      a: {
        vpc_id: VPC_ID,
        cidr_block: '10.0.0.0/24',
        ipv6_cidr_block: cut(8, 0),
        assign_ipv6_address_on_creation: true,
        ...subnet,
      },
    },
    aws_route_table: {
      a: {
        vpc_id: VPC_ID,
        route: [{ ipv6_cidr_block: '::/0', ...IGW }, ...(ipv4 ? [{ cidr_block: '0.0.0.0/0', ...ipv4 }] : [])],
      },
    },
    aws_route_table_association: { a: { subnet_id: '${aws_subnet.a.id}', route_table_id: '${aws_route_table.a.id}' } },
    ...others,
  });
  const instance = (attributes: Attributes = {}): PlainResources => ({
    aws_instance: { web: { subnet_id: '${aws_subnet.a.id}', ...attributes } },
  });
  const ALONE =
    'warning aws_subnet.a: no IPv4 comes in from the Internet, but ::/0 leads to an internet gateway and addresses are assigned';
  const EXPOSED =
    'warning aws_subnet.a: aws_instance.web gets no public IPv4 address here, but one of IPv6 that the Internet can reach';

  test.each<[string, PlainResources, string]>([
    ['without IPv4 to the Internet', stack(undefined), ALONE],
    ['with IPv4 behind NAT', stack(NAT), ALONE],
    ['with a machine that has no public IPv4', stack(IGW, instance()), EXPOSED],
  ])('fails a subnet %s', (_, resource, message) => {
    expect(saysOf(resource, sub010)).toEqual([message]);
  });

  test('is said once of the subnets of a table in which the same runs', () => {
    const two = (others: PlainResources) => {
      const resources = stack(IGW, others);
      const { a } = resources.aws_subnet!;
      return {
        ...resources,
        aws_subnet: { a: a!, b: { ...a, cidr_block: '10.0.1.0/24', ipv6_cidr_block: cut(8, 1) } },
        aws_route_table_association: {
          ...resources.aws_route_table_association,
          b: { subnet_id: '${aws_subnet.b.id}', route_table_id: '${aws_route_table.a.id}' },
        },
      };
    };
    const both = { vpc_config: { subnet_ids: ['${aws_subnet.a.id}', '${aws_subnet.b.id}'] } };
    const other = { aws_instance: { ...instance().aws_instance, other: { subnet_id: '${aws_subnet.b.id}' } } };

    expect(saysOf(two({ aws_lambda_function: { f: both } }), sub010)).toEqual([
      expect.stringMatching(/^warning aws_subnet\.a: aws_lambda_function\.f gets/),
    ]);
    expect(saysOf(two(other), sub010)).toEqual([
      EXPOSED,
      expect.stringMatching(/^warning aws_subnet\.b: aws_instance\.other gets/),
    ]);
  });

  test('is one finding with a route to the gateway of another VPC', () => {
    const foreign = {
      ...instance(),
      aws_vpc: { main: AMAZON, other: AMAZON },
      aws_internet_gateway: { other: { vpc_id: '${aws_vpc.other.id}' } },
    };

    const resources = stack(IGW, foreign);
    resources.aws_route_table!.a!.route = [{ cidr_block: '0.0.0.0/0', ...IGW }];
    resources.aws_route = {
      foreign: {
        route_table_id: '${aws_route_table.a.id}',
        destination_ipv6_cidr_block: '::/0',
        gateway_id: '${aws_internet_gateway.other.id}',
      },
    };
    expect(saysOf(resources, sub010)).toHaveLength(1);
    expect(saysOf(resources, rt004, sub010)).toEqual([expect.stringMatching(/^error aws_route\.foreign: /)]);
  });

  test('is one finding with the route that lets the Internet in', () => {
    expect(saysOf(stack(NAT, instance()), sub010, rt002)).toEqual([
      expect.stringContaining('error aws_route_table.a: '),
    ]);
  });

  test.each<[string, PlainResources]>([
    ['a public subnet for load balancers', stack(IGW, { aws_lb: { edge: { subnets: ['${aws_subnet.a.id}'] } } })],
    ['a machine with a public IPv4 address', stack(IGW, instance({ associate_public_ip_address: true }))],
    ['public IPv4 for all', stack(undefined, instance(), { map_public_ip_on_launch: true })],
    ['addresses only for who asks', stack(undefined, instance(), { assign_ipv6_address_on_creation: false })],
    ['no word of addresses', stack(undefined, instance(), { assign_ipv6_address_on_creation: undefined })],
    ['an IPv6-only subnet, which hides nothing', stack(undefined, instance(), { cidr_block: null, ipv6_native: true })],
  ])('is content with %s', (_, resource) => {
    expect(saysOf(resource, sub010)).toEqual([]);
  });
});

test.each([['public'], ['app'], ['data']])('the subnets of a portal6 stack cannot lose IPv6 unnoticed: %s', (tier) => {
  const { resource } = productionJson();
  const [name, subnet] = Object.entries(resource.aws_subnet!).find(([one]) => one.startsWith(`network_${tier}_`))!;
  const without = {
    ...resource,
    aws_subnet: { ...resource.aws_subnet, [name]: { ...subnet, ipv6_cidr_block: undefined } },
  };
  const rules = [sub001, sub002, sub003, sub004, sub005, sub007, sub008, sub010];

  expect(saysOf(resource, ...rules)).toEqual([]);
  expect(saysOf(without, ...rules)).toEqual([
    `error aws_subnet.${name}: the subnet has no IPv6 block, but its VPC does`,
  ]);
});

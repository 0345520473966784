import { judge } from '../../../policy/check';
import { type ExampleChange, planOf } from '../../../policy/plan-example';
import type { Rule } from '../../../policy/rule';
import { RULES } from '../../../policy/rules';
import { rule as res001 } from '../../../policy/rules/v6-res-001';
import { rule as res002 } from '../../../policy/rules/v6-res-002';
import { rule as res003 } from '../../../policy/rules/v6-res-003';
import { rule as res004 } from '../../../policy/rules/v6-res-004';
import { rule as res005 } from '../../../policy/rules/v6-res-005';
import { rule as res006 } from '../../../policy/rules/v6-res-006';
import { rule as sub002 } from '../../../policy/rules/v6-sub-002';
import { rule as sub003 } from '../../../policy/rules/v6-sub-003';
import { readPlanJson } from '../../../policy/sources/plan';
import { readStackJson } from '../../../policy/sources/stack-json';
import { verdictsOf } from '../../helpers/verdicts';

type Attributes = Record<string, unknown>;

function inPlan(rule: Rule, ...changes: ExampleChange[]): string[] {
  return verdictsOf(rule, readPlanJson(planOf(changes).plan));
}

/** Findings by a rule in a plan: what `causes` leave out is not among them. */
function foundInPlan(rule: Rule, ...changes: ExampleChange[]): string[] {
  const { findings } = judge(readPlanJson(planOf(changes).plan), [rule]);
  return findings.map(({ resource, message }) => `${resource.address}: ${message}`);
}

function updated(address: string, before: Attributes, after: Attributes): ExampleChange {
  return { address, actions: ['update'], before, after };
}

function kept(address: string, values: Attributes): ExampleChange {
  return { address, actions: ['no-op'], before: values, after: values };
}

function deleted(address: string, before: Attributes): ExampleChange {
  return { address, actions: ['delete'], before };
}

describe('V6-RES-001', () => {
  const subnet = (zone: unknown, ipv6_cidr_block?: string) => ({ availability_zone: zone, ipv6_cidr_block });
  const balanced = (subnets: unknown, portal: Attributes = {}) => ({
    aws_subnet: {
      a: subnet('ap-southeast-1a', '2001:db8:0:100::/64'),
      a2: subnet('ap-southeast-1a', '2001:db8:0:101::/64'),
      b: subnet('ap-southeast-1b', '2001:db8:0:102::/64'),
      c: subnet('ap-southeast-1c'),
      x: subnet('${data.aws_availability_zones.all.names[0]}', '2001:db8:0:103::/64'),
      y: subnet('${data.aws_availability_zones.all.names[1]}', '2001:db8:0:104::/64'),
      many: {
        ...subnet('${data.aws_availability_zones.all.names[count.index]}', '${cidrsubnet(var.block, 8, count.index)}'),
        count: '${length(var.zones)}',
      },
      three: {
        ...subnet('${data.aws_availability_zones.all.names[count.index]}', '${cidrsubnet(var.block, 8, count.index)}'),
        count: 3,
      },
    },
    aws_lb: { portal: { ip_address_type: 'dualstack', subnets, ...portal } },
  });
  const ref = (...names: string[]) => names.map((name) => `\${aws_subnet.${name}.id}`);

  test.each<[string, unknown, string]>([
    ['two zones', ref('a', 'b'), 'pass aws_lb.portal'],
    ['zones that only apply will know', ref('x', 'y'), 'pass aws_lb.portal'],
    ['ids that are written down', ['subnet-0123456789abcdef0', 'subnet-0fedcba9876543210'], 'pass aws_lb.portal'],
    ['one subnet', ref('a'), 'error aws_lb.portal: it is in one subnet alone'],
    ['two subnets in one zone', ref('a', 'a2'), 'error aws_lb.portal: all its subnets are in one zone'],
    ['IPv6 in one of two', ref('a', 'c'), 'error aws_lb.portal: only one of its subnets has IPv6'],
    ['IPv6 in none', ref('c'), 'error aws_lb.portal: none of its subnets has IPv6'],
    [
      'a list that is not known',
      '${var.subnets}',
      'unknown aws_lb.portal: how many subnets it has cannot be seen here',
    ],
    ['three subnets of one resource', '${aws_subnet.three[*].id}', 'pass aws_lb.portal'],
    [
      'subnets that only apply will count',
      '${aws_subnet.many[*].id}',
      'unknown aws_lb.portal: how many subnets it has cannot be seen here',
    ],
  ])('judges %s', (_, subnets, verdict) => {
    expect(verdictsOf(res001, balanced(subnets))).toEqual([verdict]);
  });

  test('only warns of network load balancers, which may be in one zone', () => {
    expect(verdictsOf(res001, balanced(ref('a'), { load_balancer_type: 'network' }))).toEqual([
      'warning aws_lb.portal: it is in one subnet alone',
    ]);
  });

  test.each<[Attributes]>([[{ ip_address_type: 'ipv4' }], [{ load_balancer_type: 'gateway' }], [{ subnets: null }]])(
    'is not about %j',
    (portal) => {
      expect(verdictsOf(res001, balanced(ref('a'), portal))).toEqual([]);
    },
  );
});

describe('V6-RES-002', () => {
  const record = (type: string, role: string, changes: Attributes = {}) => ({
    zone_id: 'Z0123456789ABCDEFGHIJ',
    name: 'portal.hue.gov.vn',
    type,
    set_identifier: `${role}-${type}`,
    failover_routing_policy: { type: role },
    records: [type === 'A' ? '203.0.113.7' : '2001:db8::7'],
    ...changes,
  });
  const primary = { a: record('A', 'PRIMARY'), aaaa: record('AAAA', 'PRIMARY') };
  const alone = 'warning aws_route53_record.aaaa: when the primary fails, aws_route53_record.s answers over IPv4 alone';

  test.each<[string, Record<string, Attributes>, string[]]>([
    [
      'a whole pair',
      { s: record('A', 'SECONDARY'), s6: record('AAAA', 'SECONDARY') },
      ['pass aws_route53_record.aaaa'],
    ],
    ['an A record alone', { s: record('A', 'SECONDARY') }, [alone]],
    ['an AAAA record alone', { s: record('AAAA', 'SECONDARY') }, [alone.replace('IPv4', 'IPv6')]],
    [
      'an AAAA record of another name',
      { s: record('A', 'SECONDARY'), s6: record('AAAA', 'SECONDARY', { name: 'other.hue.gov.vn' }) },
      [alone],
    ],
    [
      'the same name in other letters, with the dot of the root',
      { s: record('A', 'SECONDARY', { name: 'Portal.hue.gov.vn.' }), s6: record('AAAA', 'SECONDARY') },
      ['pass aws_route53_record.aaaa'],
    ],
    ['no secondary', {}, []],
  ])('judges %s', (_, secondary, verdicts) => {
    expect(verdictsOf(res002, { aws_route53_record: { ...primary, ...secondary } })).toEqual(verdicts);
  });

  test('is not about names without failover', () => {
    const weighted = { failover_routing_policy: null, weighted_routing_policy: { weight: 1 } };
    const records = { a: record('A', 'PRIMARY', weighted), aaaa: record('AAAA', 'PRIMARY', weighted) };

    expect(verdictsOf(res002, { aws_route53_record: records })).toEqual([]);
  });
});

describe('V6-RES-003', () => {
  const accelerated = (
    endpoint: Attributes,
    resources: Record<string, Record<string, Attributes>> = {},
    type = 'DUAL_STACK',
  ) => ({
    aws_globalaccelerator_accelerator: { ga: { ip_address_type: type } },
    aws_globalaccelerator_listener: { ga: { accelerator_arn: '${aws_globalaccelerator_accelerator.ga.arn}' } },
    aws_globalaccelerator_endpoint_group: {
      ga: { listener_arn: '${aws_globalaccelerator_listener.ga.arn}', endpoint_configuration: [endpoint] },
    },
    ...resources,
  });
  const network = (group: Attributes) => ({
    aws_lb: { portal: { load_balancer_type: 'network', ip_address_type: 'dualstack' } },
    aws_lb_listener: {
      tcp: {
        load_balancer_arn: '${aws_lb.portal.arn}',
        default_action: { type: 'forward', target_group_arn: '${aws_lb_target_group.x.arn}' },
      },
    },
    aws_lb_target_group: { x: group },
  });
  const portal = { endpoint_id: '${aws_lb.portal.arn}' };
  const ga = 'aws_globalaccelerator_accelerator.ga';

  test.each<[string, object, string]>([
    ['IPv4 alone', accelerated(portal, {}, 'IPV4'), `warning ${ga}: the accelerator has IPv4 addresses alone`],
    [
      'a dual-stack endpoint',
      accelerated(portal, { aws_lb: { portal: { ip_address_type: 'dualstack' } } }),
      `pass ${ga}`,
    ],
    ['an endpoint elsewhere', accelerated({ endpoint_id: 'arn:aws:elasticloadbalancing:x' }), `pass ${ga}`],
    [
      'an IPv4 endpoint',
      accelerated(portal, { aws_lb: { portal: { internal: true } } }),
      `error ${ga}: the endpoint aws_lb.portal is not dual-stack`,
    ],
    [
      'an endpoint that hides the clients',
      accelerated(
        { ...portal, client_ip_preservation_enabled: false },
        { aws_lb: { portal: { ip_address_type: 'dualstack' } } },
      ),
      `error ${ga}: the endpoint aws_lb.portal does not preserve client addresses`,
    ],
    [
      'a network load balancer with targets by address',
      accelerated(portal, network({ target_type: 'ip' })),
      `error ${ga}: the network load balancer aws_lb.portal forwards to targets by address: aws_lb_target_group.x`,
    ],
    [
      'a network load balancer with IPv6 instances',
      accelerated(portal, network({ ip_address_type: 'ipv6' })),
      `error ${ga}: the network load balancer aws_lb.portal forwards to IPv6 instances: aws_lb_target_group.x`,
    ],
    ['a network load balancer with IPv4 instances', accelerated(portal, network({})), `pass ${ga}`],
  ])('judges %s', (_, input, verdict) => {
    expect(verdictsOf(res003, input as Record<string, Record<string, Attributes>>)).toEqual([verdict]);
  });

  test.each<[string, Attributes, string]>([
    ['public', { name: 'hue.gov.vn' }, 'error'],
    ['private', { name: 'hue.gov.vn', vpc: [{ vpc_id: 'vpc-1' }] }, 'warning'],
  ])('IPv4 alone weighs by who is led there: a %s zone', (_, hue, severity) => {
    const record = {
      zone_id: '${aws_route53_zone.hue.zone_id}',
      name: 'hue.gov.vn',
      type: 'A',
      alias: [{ name: '${aws_globalaccelerator_accelerator.ga.dns_name}' }],
    };
    const input = { ...accelerated(portal, {}, 'IPV4'), aws_route53_zone: { hue }, aws_route53_record: { a: record } };

    expect(verdictsOf(res003, input)).toEqual([`${severity} ${ga}: the accelerator has IPv4 addresses alone`]);
  });
});

describe('V6-RES-004', () => {
  const replaced = (
    address: string,
    name: string,
    before: Attributes,
    after: Attributes,
    actions = ['delete', 'create'],
  ) => inPlan(res004, { address, actions, before, after, replaces: [name] });

  test.each<[string, string, Attributes, Attributes, string]>([
    [
      'aws_subnet.a',
      'ipv6_native',
      { ipv6_native: false },
      { ipv6_native: true },
      'warning aws_subnet.a: the plan replaces it, because of ipv6_native (false to true)',
    ],
    [
      'aws_elasticache_replication_group.a',
      'network_type',
      { network_type: 'ipv4' },
      { network_type: 'dual_stack' },
      'warning aws_elasticache_replication_group.a: the plan replaces it, because of network_type (ipv4 to dual_stack)',
    ],
    [
      'aws_eks_cluster.a',
      'kubernetes_network_config.0.ip_family',
      { name: 'a' },
      { name: 'a' },
      'warning aws_eks_cluster.a: the plan replaces it, because of ip_family',
    ],
    [
      'aws_route.a',
      'destination_ipv6_cidr_block',
      { destination_cidr_block: '0.0.0.0/0' },
      { destination_ipv6_cidr_block: '::/0' },
      'warning aws_route.a: the plan replaces it, because of destination_ipv6_cidr_block',
    ],
  ])('warns of %s by %s', (address, name, before, after, verdict) => {
    expect(replaced(address, name, before, after)).toEqual([verdict]);
  });

  test('passes a rule whose successor comes first: there is no gap', () => {
    const rule = 'aws_security_group_rule.a';

    expect(replaced(rule, 'ipv6_cidr_blocks', { type: 'ingress' }, { type: 'ingress' }, ['create', 'delete'])).toEqual([
      `pass ${rule}`,
    ]);
  });

  test('passes what changes in place, or for reasons that are not addresses', () => {
    expect(replaced('aws_subnet.a', 'availability_zone', { cidr_block: 'x' }, { cidr_block: 'x' })).toEqual([
      'pass aws_subnet.a',
    ]);
    expect(inPlan(res004, updated('aws_subnet.a', { cidr_block: 'x' }, { cidr_block: 'x' }))).toEqual([
      'pass aws_subnet.a',
    ]);
  });

  test('is not about configuration', () => {
    expect(verdictsOf(res004, { aws_subnet: { a: { ipv6_native: true } } })).toEqual([]);
  });
});

describe('V6-RES-005', () => {
  const vpc = { id: 'vpc-1', assign_generated_ipv6_cidr_block: true, ipv6_cidr_block: '2001:db8:0:100::/56' };
  const withoutBlock = { ...vpc, assign_generated_ipv6_cidr_block: false };
  const subnet = { id: 'subnet-1', vpc_id: 'vpc-1', ipv6_cidr_block: '2001:db8:0:100::/64' };

  test.each<[string, Attributes, Attributes, string[]]>([
    [
      'Amazon takes it back',
      vpc,
      withoutBlock,
      ['error aws_vpc.main: the VPC loses 2001:db8:0:100::/56: Amazon does not give the same one again'],
    ],
    [
      'a pool takes the place of Amazon',
      vpc,
      { ...withoutBlock, ipv6_ipam_pool_id: 'ipam-pool-1' },
      ['error aws_vpc.main: the VPC loses 2001:db8:0:100::/56: Amazon does not give the same one again'],
    ],
    [
      'the pool gets it back',
      { id: 'vpc-1', ipv6_ipam_pool_id: 'ipam-pool-1', ipv6_cidr_block: '2001:db8:0:100::/56' },
      { id: 'vpc-1', ipv6_cidr_block: '2001:db8:0:100::/56' },
      ['error aws_vpc.main: the VPC loses 2001:db8:0:100::/56'],
    ],
    ['another attribute changes', vpc, { ...vpc, enable_dns_hostnames: true }, ['pass aws_vpc.main']],
    ['it comes', { id: 'vpc-1' }, vpc, ['pass aws_vpc.main']],
  ])('judges the block of a VPC: %s', (_, before, after, verdicts) => {
    expect(inPlan(res005, updated('aws_vpc.main', before, after))).toEqual(verdicts);
  });

  test('says once that a VPC and its subnets lose their blocks', () => {
    const bare = { ...subnet, ipv6_cidr_block: null };

    expect(
      foundInPlan(res005, updated('aws_vpc.main', vpc, withoutBlock), updated('aws_subnet.a', subnet, bare)),
    ).toEqual(['aws_vpc.main: the VPC loses 2001:db8:0:100::/56: Amazon does not give the same one again']);
    expect(foundInPlan(res005, kept('aws_vpc.main', vpc), updated('aws_subnet.a', subnet, bare))).toEqual([
      'aws_subnet.a: the subnet loses 2001:db8:0:100::/64, and all in it their addresses',
    ]);
  });

  test('fails an association that goes while its VPC stays', () => {
    const association = { vpc_id: 'vpc-1', ipv6_cidr_block: '2001:db8:0:200::/56' };
    const gone = deleted('aws_vpc_ipv6_cidr_block_association.x', association);

    expect(foundInPlan(res005, kept('aws_vpc.main', { id: 'vpc-1' }), gone)).toEqual([
      'aws_vpc_ipv6_cidr_block_association.x: aws_vpc.main loses 2001:db8:0:200::/56',
    ]);
    expect(foundInPlan(res005, deleted('aws_vpc.main', { id: 'vpc-1' }), gone)).toEqual([]);
  });

  test.each<[string, string, unknown, unknown]>([
    ['aws_lb.x', 'ip_address_type', 'dualstack', 'ipv4'],
    ['aws_alb.x', 'ip_address_type', 'dualstack-without-public-ipv4', 'ipv4'],
    ['aws_cloudfront_distribution.x', 'is_ipv6_enabled', true, false],
    ['aws_globalaccelerator_accelerator.x', 'ip_address_type', 'DUAL_STACK', 'IPV4'],
    ['aws_apigatewayv2_api.x', 'ip_address_type', 'dualstack', 'ipv4'],
    ['aws_vpc_endpoint.x', 'ip_address_type', 'dualstack', 'ipv4'],
  ])('fails %s where %s goes from %s to %s, and passes the reverse', (address, name, on, off) => {
    const one = { name: 'x', [name]: on };
    const other = { name: 'x', [name]: off };

    expect(inPlan(res005, updated(address, one, other))).toEqual([
      `error ${address}: ${name} goes from ${String(on)} to ${String(off)}`,
    ]);
    expect(inPlan(res005, updated(address, other, one))).toEqual([`pass ${address}`]);
  });

  test('is not about a load balancer that goes as a whole', () => {
    expect(inPlan(res005, deleted('aws_lb.x', { ip_address_type: 'dualstack' }))).toEqual([]);
  });

  describe('of records', () => {
    const record = (type: string, changes: Attributes = {}) => ({
      zone_id: 'Z1',
      name: 'hue.gov.vn',
      type,
      ...changes,
    });
    const loses = 'hue.gov.vn loses its AAAA record, while aws_route53_record.a stays';

    test.each<[string, ExampleChange[], string[]]>([
      [
        'an AAAA record whose A record stays',
        [kept('aws_route53_record.a', record('A')), deleted('aws_route53_record.aaaa', record('AAAA'))],
        [`aws_route53_record.aaaa: ${loses}`],
      ],
      [
        'an AAAA record that becomes something else',
        [kept('aws_route53_record.a', record('A')), updated('aws_route53_record.aaaa', record('AAAA'), record('TXT'))],
        [`aws_route53_record.aaaa: ${loses}`],
      ],
      ['both', [deleted('aws_route53_record.a', record('A')), deleted('aws_route53_record.aaaa', record('AAAA'))], []],
      [
        'one that is made anew under another address',
        [
          kept('aws_route53_record.a', record('A')),
          deleted('aws_route53_record.aaaa', record('AAAA')),
          { address: 'aws_route53_record.new', actions: ['create'], after: record('AAAA', { name: 'Hue.gov.vn.' }) },
        ],
        [],
      ],
      [
        'one of another zone',
        [
          kept('aws_route53_record.a', record('A', { zone_id: 'Z2' })),
          deleted('aws_route53_record.aaaa', record('AAAA')),
        ],
        [],
      ],
      [
        'another type',
        [kept('aws_route53_record.a', record('A')), deleted('aws_route53_record.txt', record('TXT'))],
        [],
      ],
    ])('judges %s', (_, changes, found) => {
      expect(foundInPlan(res005, ...changes)).toEqual(found);
    });
  });

  describe('of routes', () => {
    const route = { route_table_id: 'rtb-1', destination_ipv6_cidr_block: '::/0', egress_only_gateway_id: 'eigw-1' };
    const served = [
      kept('aws_vpc.main', vpc),
      kept('aws_subnet.a', subnet),
      kept('aws_route_table_association.a', { subnet_id: 'subnet-1', route_table_id: 'rtb-1' }),
    ];
    const table = kept('aws_route_table.app', { id: 'rtb-1', vpc_id: 'vpc-1' });
    const gateway = { id: 'eigw-1', vpc_id: 'vpc-1' };

    test('fails a table that loses its route, as a resource or as a block', () => {
      const lost = 'aws_route_table.app loses its route for ::/0';
      const [before, after] = [
        { id: 'rtb-1', vpc_id: 'vpc-1', route: [{ ipv6_cidr_block: '0::/0' }] },
        { id: 'rtb-1', vpc_id: 'vpc-1', route: [] },
      ];

      expect(foundInPlan(res005, ...served, table, deleted('aws_route.x', route))).toEqual([`aws_route.x: ${lost}`]);
      expect(foundInPlan(res005, ...served, updated('aws_route_table.app', before, after))).toEqual([
        `aws_route_table.app: ${lost}`,
      ]);
    });

    test('says once that a gateway goes with the routes to it', () => {
      const changes = [deleted('aws_route.x', route), deleted('aws_egress_only_internet_gateway.x', gateway)];

      expect(foundInPlan(res005, ...served, table, ...changes)).toEqual([
        'aws_egress_only_internet_gateway.x: aws_vpc.main loses its way out over IPv6: aws_route_table.app has no route for ::/0 any more',
      ]);
    });

    test('passes where another route takes its place', () => {
      const other = { route_table_id: 'rtb-1', destination_ipv6_cidr_block: '::/0', transit_gateway_id: 'tgw-1' };
      const changes = [
        deleted('aws_route.x', route),
        deleted('aws_egress_only_internet_gateway.x', gateway),
        { address: 'aws_route.y', actions: ['create'], after: other },
      ];

      expect(foundInPlan(res005, ...served, table, ...changes)).toEqual([]);
    });

    test('is not about tables that serve no IPv6', () => {
      expect(foundInPlan(res005, table, deleted('aws_route.x', route))).toEqual([]);
    });
  });

  test('is not about configuration, nor about plans that make everything anew', () => {
    expect(verdictsOf(res005, readStackJson({ resource: { aws_lb: { x: { ip_address_type: 'ipv4' } } } }))).toEqual([]);
    expect(
      foundInPlan(res005, { address: 'aws_lb.x', actions: ['create'], after: { ip_address_type: 'ipv4' } }),
    ).toEqual([]);
  });
});

describe('what a plan takes away is said once, by all rules together', () => {
  const found = (...changes: ExampleChange[]): string[] =>
    judge(readPlanJson(planOf(changes).plan), RULES)
      .findings.filter(({ result, severity }) => result === 'fail' && severity !== 'notice')
      .map(({ rule, resource }) => `${rule} ${resource.address}`);
  const grows = (before: readonly ExampleChange[], after: readonly ExampleChange[]): string[] => {
    const known = found(...before);
    return found(...after).filter((one) => !known.includes(one));
  };
  const vpc = { id: 'vpc-1', assign_generated_ipv6_cidr_block: true, ipv6_cidr_block: '2406:da18:77::/56' };
  const subnet = { id: 'subnet-1', vpc_id: 'vpc-1', cidr_block: '10.0.0.0/24', ipv6_cidr_block: '2406:da18:77::/64' };
  const table = { id: 'rtb-1', vpc_id: 'vpc-1' };
  const association = { subnet_id: 'subnet-1', route_table_id: 'rtb-1' };
  const ipv4 = { route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' };
  const ipv6 = { route_table_id: 'rtb-1', destination_ipv6_cidr_block: '::/0', gateway_id: 'igw-1' };
  const network = [
    kept('aws_vpc.main', vpc),
    kept('aws_subnet.a', subnet),
    kept('aws_route_table_association.a', association),
  ];
  const open = [...network, kept('aws_route_table.public', table), kept('aws_route.ipv4', ipv4)];

  test('a route', () => {
    const before = [...open, kept('aws_route.ipv6', ipv6)];

    expect(grows(before, [...open, deleted('aws_route.ipv6', ipv6)])).toEqual(['V6-RES-005 aws_route.ipv6']);
    const moved = updated('aws_route.ipv6', ipv6, { ...ipv6, destination_ipv6_cidr_block: '2001:db8::/32' });
    expect(grows(before, [...open, moved])).toEqual(['V6-RES-005 aws_route.ipv6']);
  });

  test('a route that AWS reports in its table, too', () => {
    const reported = { ...table, route: [{ cidr_block: '', ipv6_cidr_block: '::/0', gateway_id: 'igw-1' }] };
    const away = updated('aws_route_table.public', reported, { ...table, route: [] });
    const rest = [...network, kept('aws_route.ipv4', ipv4)];
    const before = [...rest, kept('aws_route_table.public', reported), kept('aws_route.ipv6', ipv6)];

    expect(grows(before, [...rest, away, deleted('aws_route.ipv6', ipv6)])).toEqual(['V6-RES-005 aws_route.ipv6']);
  });

  test('a block of a table', () => {
    const routes = [
      { cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' },
      { ipv6_cidr_block: '::/0', gateway_id: 'igw-1' },
    ];
    const before = [...network, kept('aws_route_table.public', { ...table, route: routes })];
    const away = updated('aws_route_table.public', { ...table, route: routes }, { ...table, route: [routes[0]] });

    expect(grows(before, [...network, away])).toEqual(['V6-RES-005 aws_route_table.public']);
  });

  test('nothing, where a route that stays has lost a part of what it led to', () => {
    const nat = { route_table_id: 'rtb-1', destination_ipv6_cidr_block: '64:ff9b::/96', nat_gateway_id: 'nat-1' };
    const wide = updated('aws_route.nat', nat, { ...nat, destination_ipv6_cidr_block: '2000::/4' });
    const before = [...open, kept('aws_route.ipv6', ipv6), kept('aws_route.nat', nat)];

    expect(grows(before, [...open, kept('aws_route.ipv6', ipv6), wide])).not.toContainEqual(
      expect.stringContaining('V6-RES-005'),
    );
    const to = (ipv6_cidr_block: string) => ({
      ...table,
      route: [
        { ipv6_cidr_block: '::/0', gateway_id: 'igw-1' },
        { ipv6_cidr_block, nat_gateway_id: 'nat-1' },
      ],
    });
    const shadowed = updated('aws_route_table.public', to('64:ff9b::/96'), to('2000::/4'));
    expect(grows(network, [...network, shadowed])).not.toContainEqual(expect.stringContaining('V6-RES-005'));
  });

  test('an egress-only gateway with the route to it', () => {
    const gateway = { id: 'eigw-1', vpc_id: 'vpc-1' };
    const nat = { route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0', nat_gateway_id: 'nat-1' };
    const out = { ...ipv6, gateway_id: null, egress_only_gateway_id: 'eigw-1' };
    const rest = [...network, kept('aws_route_table.app', table), kept('aws_route.nat', nat)];
    const address = 'aws_egress_only_internet_gateway.e';
    const before = [...rest, kept(address, gateway), kept('aws_route.ipv6', out)];

    expect(grows(before, [...rest, deleted(address, gateway), deleted('aws_route.ipv6', out)])).toEqual([
      `V6-RES-005 ${address}`,
    ]);
    expect(grows(before, [...rest, kept(address, gateway), deleted('aws_route.ipv6', out)])).toEqual([
      'V6-RES-005 aws_route.ipv6',
    ]);
    // Nor is a gateway that nothing leads to any more told off where nothing else is said of the table.
    const alone = [...network, kept('aws_route_table.app', table), kept(address, gateway)];
    expect(grows([...alone, kept('aws_route.ipv6', out)], [...alone, deleted('aws_route.ipv6', out)])).toEqual([
      'V6-RES-005 aws_route.ipv6',
    ]);
  });

  test('the block of a VPC, and with it those of its subnets', () => {
    const bare = updated('aws_subnet.a', subnet, { ...subnet, ipv6_cidr_block: null });
    const shut = updated('aws_vpc.main', vpc, { ...vpc, assign_generated_ipv6_cidr_block: false, ipv6_cidr_block: '' });
    const before = [kept('aws_vpc.main', vpc), kept('aws_subnet.a', subnet)];

    expect(grows(before, [kept('aws_vpc.main', vpc), bare])).toEqual(['V6-RES-005 aws_subnet.a']);
    expect(grows(before, [shut, bare])).toEqual(['V6-RES-005 aws_vpc.main']);
  });

  test('the block of a VPC, which an ACL lets in', () => {
    const inside = { action: 'allow', rule_no: 100, protocol: '6', from_port: 0, to_port: 65535 };
    const entries = [
      { ...inside, cidr_block: '10.0.0.0/16' },
      { ...inside, rule_no: 101, ipv6_cidr_block: vpc.ipv6_cidr_block },
    ];
    const acl = { vpc_id: 'vpc-1', subnet_ids: ['subnet-1'], ingress: entries, egress: entries };
    const around = [kept('aws_subnet.a', subnet), kept('aws_network_acl.data', acl)];
    const shut = updated('aws_vpc.main', vpc, { ...vpc, assign_generated_ipv6_cidr_block: false, ipv6_cidr_block: '' });

    expect(grows([kept('aws_vpc.main', vpc), ...around], [shut, ...around])).toEqual(['V6-RES-005 aws_vpc.main']);
  });

  test('the AAAA record of a name, be it of several records', () => {
    const alias = { name: 'portal-1.elb.amazonaws.com', zone_id: 'Z1', evaluate_target_health: true };
    const lb = kept('aws_lb.portal', {
      id: 'lb-1',
      dns_name: 'portal-1.elb.amazonaws.com',
      internal: false,
      ip_address_type: 'dualstack',
    });
    const record = (type: string, set: Attributes = {}) => ({
      zone_id: 'Z0123456789ABCDEFGHIJ',
      name: 'hue.gov.vn',
      type,
      alias: [alias],
      ...set,
    });
    const aaaa = record('AAAA');
    const one = [lb, kept('aws_route53_record.a', record('A'))];
    const address = 'aws_route53_record.aaaa';

    expect(grows([...one, kept(address, aaaa)], [...one, deleted(address, aaaa)])).toEqual([`V6-RES-005 ${address}`]);
    const weighted = (name: string) =>
      kept(
        `aws_route53_record.${name}`,
        record('A', { set_identifier: name, weighted_routing_policy: [{ weight: 1 }] }),
      );
    const two = [lb, weighted('blue'), weighted('green')];
    expect(grows([...two, kept(address, aaaa)], [...two, deleted(address, aaaa)])).toEqual([`V6-RES-005 ${address}`]);
  });

  test('a second block of a VPC, and with it those of its subnets', () => {
    const second = { vpc_id: 'vpc-1', ipv6_cidr_block: '2406:da18:78::/56' };
    const there = { ...subnet, ipv6_cidr_block: '2406:da18:78::/64' };
    const bare = updated('aws_subnet.a', there, { ...there, ipv6_cidr_block: null });
    const address = 'aws_vpc_ipv6_cidr_block_association.x';
    const before = [kept('aws_vpc.main', vpc), kept(address, second), kept('aws_subnet.a', there)];

    expect(grows(before, [kept('aws_vpc.main', vpc), deleted(address, second), bare])).toEqual([
      `V6-RES-005 ${address}`,
    ]);
  });

  test.each<[string, Attributes, Attributes]>([
    [
      'aws_lb.x',
      { load_balancer_type: 'application', internal: false, ip_address_type: 'dualstack' },
      { ip_address_type: 'ipv4' },
    ],
    ['aws_cloudfront_distribution.x', { enabled: true, is_ipv6_enabled: true }, { is_ipv6_enabled: false }],
    ['aws_globalaccelerator_accelerator.x', { ip_address_type: 'DUAL_STACK' }, { ip_address_type: 'IPV4' }],
    ['aws_apigatewayv2_api.x', { protocol_type: 'HTTP', ip_address_type: 'dualstack' }, { ip_address_type: 'ipv4' }],
    [
      'aws_vpc_endpoint.x',
      {
        vpc_endpoint_type: 'Interface',
        service_name: 'com.amazonaws.ap-southeast-1.kms',
        private_dns_enabled: true,
        subnet_ids: ['subnet-1'],
        ip_address_type: 'dualstack',
      },
      { ip_address_type: 'ipv4' },
    ],
    [
      'aws_vpc_endpoint.x',
      { service_name: 'com.amazonaws.ap-southeast-1.s3', route_table_ids: ['rtb-1'], ip_address_type: 'dualstack' },
      { ip_address_type: 'ipv4' },
    ],
  ])('the switch of %s', (address, values, off) => {
    const native = { ...subnet, cidr_block: null, ipv6_native: true };
    const around = [
      kept('aws_vpc.main', vpc),
      kept('aws_subnet.a', address.startsWith('aws_vpc_endpoint') ? native : subnet),
      kept('aws_route_table_association.a', association),
      kept('aws_route_table.t', table),
    ];
    const before = [...around, kept(address, values)];

    expect(grows(before, [...around, updated(address, values, { ...values, ...off })])).toEqual([
      `V6-RES-005 ${address}`,
    ]);
  });
});

describe('V6-RES-006', () => {
  const before = { ipv6_cidr_block: '2001:db8:0:100::/64', assign_ipv6_address_on_creation: true };
  const other = { ...before, ipv6_cidr_block: '2001:db8:0:200::/64' };

  test.each<[string, Attributes, Attributes, string[]]>([
    [
      'another block',
      before,
      other,
      [
        'error aws_subnet.a: the block goes from 2001:db8:0:100::/64 to 2001:db8:0:200::/64, while the subnet gives its addresses to new interfaces',
      ],
    ],
    ['another spelling', before, { ...before, ipv6_cidr_block: '2001:0db8:0:100:0::/64' }, ['pass aws_subnet.a']],
    ['a subnet that gives none', { ...before, assign_ipv6_address_on_creation: false }, other, ['pass aws_subnet.a']],
    ['a block that goes, which is for V6-RES-005', before, { ...before, ipv6_cidr_block: null }, []],
    ['a block that comes', { assign_ipv6_address_on_creation: false }, before, []],
  ])('judges %s', (_, from, to, verdicts) => {
    expect(inPlan(res006, updated('aws_subnet.a', from, to))).toEqual(verdicts);
  });

  test('a block that is wrong in itself is said once', () => {
    const vpc = kept('aws_vpc.main', { id: 'vpc-1', ipv6_cidr_block: '2001:db8::/32' });
    const named = (name: string, block: string) => ({ ...before, vpc_id: 'vpc-1', name, ipv6_cidr_block: block });
    const becomes = (block: string) => [
      vpc,
      updated('aws_subnet.a', named('a', '2001:db8:0:100::/64'), named('a', block)),
      kept('aws_subnet.b', named('b', '2001:db8:0:200::/64')),
    ];
    const found = (block: string) =>
      judge(readPlanJson(planOf(becomes(block)).plan), [res006, sub002, sub003]).findings.map(
        ({ rule, resource }) => `${rule} ${resource.address}`,
      );

    expect(found('2001:db8:0:300::/64')).toEqual(['V6-RES-006 aws_subnet.a']);
    expect(found('2001:db8:0:300::/66')).toEqual(['V6-SUB-002 aws_subnet.a']);
    expect(found('2001:db8:0:200::/64')).toEqual(['V6-SUB-003 aws_subnet.b']);
  });

  test('does not know about a block that only apply will know', () => {
    const { plan } = planOf([updated('aws_subnet.a', before, { ...before })]);
    const json = plan as {
      resource_changes: { change: { after: Attributes; after_unknown: Attributes } }[];
    };
    const { change } = json.resource_changes[0]!;
    delete change.after.ipv6_cidr_block;
    change.after_unknown.ipv6_cidr_block = true;

    expect(verdictsOf(res006, readPlanJson(json))).toEqual([
      'unknown aws_subnet.a: whether 2001:db8:0:100::/64 stays the block of the subnet is only known after apply',
    ]);
  });

  test('is not about a subnet that is replaced', () => {
    expect(inPlan(res006, { address: 'aws_subnet.a', actions: ['delete', 'create'], before, after: other })).toEqual(
      [],
    );
  });
});

test('a secondary without IPv6 gets one finding of all rules about records', () => {
  const rules = RULES.filter(({ id }) => /^V6-(DNS|RES)-/.test(id));
  const { findings } = judge(readStackJson({ resource: res002.bad }), rules);

  expect(findings.filter(({ result, severity }) => result === 'fail' && severity !== 'notice')).toHaveLength(1);
});

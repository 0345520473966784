import { judge } from '../../../policy/check';
import { Resource, ResourceGraph } from '../../../policy/resource-graph';
import { RULES } from '../../../policy/rules';
import { rule as lb001 } from '../../../policy/rules/v6-lb-001';
import { rule as lb002 } from '../../../policy/rules/v6-lb-002';
import { rule as lb003 } from '../../../policy/rules/v6-lb-003';
import { rule as lb004 } from '../../../policy/rules/v6-lb-004';
import { rule as lb005 } from '../../../policy/rules/v6-lb-005';
import { rule as lb006 } from '../../../policy/rules/v6-lb-006';
import { rule as lb007 } from '../../../policy/rules/v6-lb-007';
import { rule as lb009 } from '../../../policy/rules/v6-lb-009';
import { rule as lb010 } from '../../../policy/rules/v6-lb-010';
import { rule as lb011 } from '../../../policy/rules/v6-lb-011';
import { readStackJson } from '../../../policy/sources/stack-json';
import { GATEWAY, production } from '../../helpers/agency';
import { type Edit, plainStack } from '../../helpers/plain-stack';
import { verdictsOf } from '../../helpers/verdicts';

type Attributes = Record<string, unknown>;

/** A load balancer called portal, and what is around it. */
function around(portal: Attributes, others: Record<string, Record<string, Attributes>> = {}) {
  return { aws_lb: { portal }, ...others };
}

const DUAL = { ip_address_type: 'dualstack' };

describe('V6-LB-001', () => {
  test.each<[Attributes, string]>([
    [{}, 'error aws_lb.portal: no address type is written, which makes it ipv4'],
    [{ ip_address_type: null, internal: null }, 'error aws_lb.portal: no address type is written, which makes it ipv4'],
    [{ ip_address_type: 'ipv4', internal: 'false' }, 'error aws_lb.portal: the address type is ipv4'],
    [{ load_balancer_type: 'network' }, 'error aws_lb.portal: no address type is written, which makes it ipv4'],
    [DUAL, 'pass aws_lb.portal'],
    [{ ip_address_type: 'dualstack-without-public-ipv4' }, 'pass aws_lb.portal'],
    [{ ip_address_type: '${var.type}' }, 'unknown aws_lb.portal: the address type is ${var.type}'],
    [
      { internal: '${var.internal}' },
      'unknown aws_lb.portal: the address type is ipv4, and whether it faces the Internet is only known after apply',
    ],
  ])('says of %j: %s', (portal, verdict) => {
    expect(verdictsOf(lb001, around(portal))).toEqual([verdict]);
  });

  test.each<[Attributes]>([[{ internal: true }], [{ internal: 'true' }], [{ load_balancer_type: 'gateway' }]])(
    'is not about %j, which clients on the Internet do not come to',
    (portal) => {
      expect(verdictsOf(lb001, around(portal))).toEqual([]);
    },
  );

  test('knows load balancers by their older name', () => {
    expect(verdictsOf(lb001, { aws_alb: { portal: {} } })).toEqual([
      'error aws_alb.portal: no address type is written, which makes it ipv4',
    ]);
  });

  test('only warns of the origin of a CloudFront distribution, which has IPv6 addresses for it', () => {
    const aws_cloudfront_distribution = { portal: { origin: [{ domain_name: '${aws_lb.portal.dns_name}' }] } };

    expect(verdictsOf(lb001, around({}, { aws_cloudfront_distribution }))).toEqual([
      'warning aws_lb.portal: no address type is written, which makes it ipv4',
    ]);
  });

  test('warns of a plan in which the load balancer is dual-stack, but nobody says so any more', () => {
    const portal = new Resource({
      address: 'aws_lb.portal',
      type: 'aws_lb',
      attributes: { ...DUAL, internal: false },
      configured: new Set(['internal']),
    });

    expect(verdictsOf(lb001, new ResourceGraph([portal]))).toEqual([
      'warning aws_lb.portal: the load balancer is dualstack, but the configuration does not say so',
    ]);
  });
});

describe('V6-LB-002', () => {
  const subnets = ['${aws_subnet.a.id}', '${aws_subnet.b.id}'];
  const vpc_id = '${aws_vpc.main.id}';
  const igw = '${aws_internet_gateway.main.id}';
  const complete = {
    aws_vpc: { main: { assign_generated_ipv6_cidr_block: true } },
    aws_internet_gateway: { main: { vpc_id } },
    aws_subnet: {
      a: { vpc_id, cidr_block: '10.0.0.0/24', ipv6_cidr_block: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 0)}' },
      b: { vpc_id, cidr_block: '10.0.1.0/24', ipv6_cidr_block: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 1)}' },
    },
    aws_route_table: {
      public: {
        vpc_id,
        route: [
          { cidr_block: '0.0.0.0/0', gateway_id: igw },
          { ipv6_cidr_block: '::/0', gateway_id: igw },
        ],
      },
    },
    aws_route_table_association: {
      a: { subnet_id: subnets[0], route_table_id: '${aws_route_table.public.id}' },
      b: { subnet_id: subnets[1], route_table_id: '${aws_route_table.public.id}' },
    },
  };
  const { a, b } = complete.aws_subnet;
  const noRoute = { public: { vpc_id, route: [{ cidr_block: '0.0.0.0/0', gateway_id: igw }] } };

  test.each<[string, Attributes]>([
    ['subnets', { subnets }],
    ['subnet mappings', { subnet_mapping: subnets.map((subnet_id) => ({ subnet_id })) }],
  ])('passes where all %s have a block and a way out', (_, written) => {
    expect(verdictsOf(lb002, around({ ...DUAL, ...written }, complete))).toEqual(['pass aws_lb.portal']);
  });

  test('fails a subnet mapping without a block', () => {
    const mapping = subnets.map((subnet_id) => ({ subnet_id }));
    const input = { ...complete, aws_subnet: { a, b: { ...b, ipv6_cidr_block: null } } };

    expect(verdictsOf(lb002, around({ ...DUAL, subnet_mapping: mapping }, input))).toEqual([
      'error aws_lb.portal: aws_subnet.b has no IPv6 block',
    ]);
  });

  test('asks for the route of those alone that face the Internet', () => {
    const input = { ...complete, aws_route_table: noRoute };

    expect(verdictsOf(lb002, around({ ...DUAL, subnets: [subnets[0]] }, input))).toEqual([
      'error aws_lb.portal: aws_subnet.a has no route for ::/0 to an internet gateway',
    ]);
    expect(verdictsOf(lb002, around({ ...DUAL, internal: true, subnets }, input))).toEqual(['pass aws_lb.portal']);
  });

  test('is not about load balancers without IPv6', () => {
    expect(verdictsOf(lb002, around({ subnets }, { aws_subnet: { a: {}, b: {} } }))).toEqual([]);
  });

  test.each<[string, Attributes]>([
    ['ids that are written down', { subnets: ['subnet-0123456789abcdef0'] }],
    ['one of two subnets', { subnets: ['${aws_subnet.a.id}', '${data.aws_subnet.b.id}'] }],
    ['no subnets at all', {}],
  ])('does not know about %s', (_, written) => {
    const input = { ...complete, aws_subnet: { a, spare: b } };

    expect(verdictsOf(lb002, around({ ...DUAL, ...written }, input))).toEqual([
      'unknown aws_lb.portal: not all of its subnets are part of this input',
    ]);
  });

  test.each<[string, object, string[]]>([
    [
      'a subnet without a block',
      { aws_subnet: { a, b: { ...b, ipv6_cidr_block: null } } },
      ['V6-SUB-001 aws_subnet.b'],
    ],
    ['a table without ::/0', { aws_route_table: noRoute }, ['V6-RT-001 aws_route_table.public']],
    [
      'a subnet without a table',
      { aws_route_table_association: { a: complete.aws_route_table_association.a } },
      ['V6-RT-009 aws_subnet.b'],
    ],
  ])('leaves %s to the rule about it', (_, broken, expected) => {
    const input = around({ ...DUAL, subnets }, { ...complete, ...broken });
    const rules = RULES.filter(({ id }) => /^V6-(LB-002|RES-001|SUB|RT|VPC)/.test(id));
    const found = judge(readStackJson({ resource: input }), rules).findings;

    expect(
      found.filter(({ severity }) => severity === 'error').map((one) => `${one.rule} ${one.resource.address}`),
    ).toEqual(expected);
  });
});

describe('V6-LB-003', () => {
  const without = { ip_address_type: 'dualstack-without-public-ipv4' };

  test.each<[Attributes, string[]]>([
    [
      { ...without, load_balancer_type: 'network' },
      ['error aws_lb.portal: a network load balancer cannot do without public IPv4'],
    ],
    [
      { ...without, load_balancer_type: 'gateway' },
      ['error aws_lb.portal: a gateway load balancer cannot do without public IPv4'],
    ],
    [{ ...DUAL, load_balancer_type: 'network' }, ['pass aws_lb.portal']],
    [without, []],
    [{ load_balancer_type: 'network' }, []],
    [{ load_balancer_type: 'network', ip_address_type: '${var.type}' }, []],
  ])('says of %j: %j', (portal, verdicts) => {
    expect(verdictsOf(lb003, around(portal))).toEqual(verdicts);
  });
});

describe('V6-LB-004', () => {
  const without = { ip_address_type: 'dualstack-without-public-ipv4' };
  const cut =
    'error aws_lb.portal: the load balancer has no public IPv4 addresses: citizens without IPv6 cannot reach it';

  test.each<[string, Attributes, string[]]>([
    ['one without public IPv4', without, [cut]],
    ['one with both', DUAL, ['pass aws_lb.portal']],
    ['an internal one', { ...without, internal: true }, []],
    ['a network load balancer', { ...without, load_balancer_type: 'network' }, []],
    ['an IPv4 one, which is for V6-LB-001', {}, []],
  ])('says the right thing of %s', (_, portal, verdicts) => {
    expect(verdictsOf(lb004, around(portal))).toEqual(verdicts);
  });

  test.each<[string, Record<string, Record<string, Attributes>>]>([
    ['CloudFront', { aws_cloudfront_distribution: { x: { origin: [{ domain_name: '${aws_lb.portal.dns_name}' }] } } }],
    [
      'CloudFront, by an origin in the VPC',
      { aws_cloudfront_vpc_origin: { x: { vpc_origin_endpoint_config: { arn: '${aws_lb.portal.arn}' } } } },
    ],
    [
      'Global Accelerator',
      {
        aws_globalaccelerator_endpoint_group: {
          x: { endpoint_configuration: [{ endpoint_id: '${aws_lb.portal.arn}' }] },
        },
      },
    ],
  ])('passes what is behind %s', (_, front) => {
    expect(verdictsOf(lb004, around(without, front))).toEqual(['pass aws_lb.portal']);
  });

  test.each(['default_action', 'rule'])('fails sign-in in a %s even behind CloudFront', (where) => {
    const action = [
      { type: 'authenticate-oidc', order: 1 },
      { type: 'forward', target_group_arn: 'arn' },
    ];
    const input = around(without, {
      aws_cloudfront_distribution: { x: { origin: [{ domain_name: '${aws_lb.portal.dns_name}' }] } },
      aws_lb_listener: {
        https: {
          load_balancer_arn: '${aws_lb.portal.arn}',
          ...(where === 'default_action' && { default_action: action }),
        },
      },
      ...(where === 'rule' && {
        aws_lb_listener_rule: { in: { listener_arn: '${aws_lb_listener.https.arn}', action } },
      }),
    });

    expect(verdictsOf(lb004, input)).toEqual([
      expect.stringMatching(/^error aws_lb.portal: .*signs people in by OIDC or Cognito$/),
    ]);
  });
});

describe('V6-LB-005', () => {
  const listening = (protocol: string, portal: Attributes) =>
    around(
      { load_balancer_type: 'network', ...portal },
      { aws_lb_listener: { udp: { load_balancer_arn: '${aws_lb.portal.arn}', protocol } } },
    );

  test.each<[string, Attributes, string[]]>([
    ['UDP', DUAL, ['error aws_lb_listener.udp: aws_lb.portal is dual-stack without a prefix for UDP']],
    ['TCP_UDP', DUAL, ['error aws_lb_listener.udp: aws_lb.portal is dual-stack without a prefix for TCP_UDP']],
    ['UDP', { ...DUAL, enable_prefix_for_ipv6_source_nat: 'on' }, ['pass aws_lb_listener.udp']],
    [
      'QUIC',
      { ...DUAL, enable_prefix_for_ipv6_source_nat: 'on' },
      ['error aws_lb_listener.udp: a dual-stack network load balancer has no QUIC: aws_lb.portal'],
    ],
    ['TCP', DUAL, ['pass aws_lb_listener.udp']],
    ['UDP', {}, []],
    ['UDP', { ...DUAL, load_balancer_type: 'application' }, []],
    [
      'UDP',
      { ip_address_type: '${var.type}' },
      ['unknown aws_lb_listener.udp: the address type of aws_lb.portal is only known after apply'],
    ],
  ])('says of %s on %j: %j', (protocol, portal, verdicts) => {
    expect(verdictsOf(lb005, listening(protocol, portal))).toEqual(verdicts);
  });
});

describe('V6-LB-006', () => {
  const mapped = (ipv6_address: unknown, portal: Attributes = {}) =>
    around(
      {
        ...DUAL,
        load_balancer_type: 'network',
        subnet_mapping: [{ subnet_id: '${aws_subnet.a.id}', ipv6_address }],
        ...portal,
      },
      { aws_subnet: { a: { ipv6_cidr_block: '2001:db8:0:100::/64' } } },
    );

  test.each<[string, string]>([
    ['2001:DB8:0:100:0::10', 'pass aws_lb.portal'],
    ['${cidrhost(aws_subnet.a.ipv6_cidr_block, 16)}', 'pass aws_lb.portal'],
    ['10.0.0.10', 'warning aws_lb.portal: 10.0.0.10 is no IPv6 address'],
    [
      '2001:db8:0:101::10',
      'warning aws_lb.portal: 2001:db8:0:101::10 is no address of aws_subnet.a, which has 2001:db8:0:100::/64',
    ],
    ['${var.x}', 'unknown aws_lb.portal: whether ${var.x} is an address of its subnet is only known after apply'],
  ])('says of %s: %s', (address, verdict) => {
    expect(verdictsOf(lb006, mapped(address))).toEqual([verdict]);
  });

  test.each<[Attributes, string]>([
    [{ ip_address_type: 'ipv4' }, 'the load balancer has a fixed IPv6 address, but is not dual-stack'],
    [{ internal: true }, 'the load balancer has a fixed IPv6 address, but is internal'],
    [{ load_balancer_type: 'application' }, 'only a network load balancer takes a fixed IPv6 address'],
  ])('fails one with %j', (portal, message) => {
    expect(verdictsOf(lb006, mapped('2001:db8:0:100::10', portal))).toEqual([`warning aws_lb.portal: ${message}`]);
  });

  test('is not about mappings without an address', () => {
    expect(verdictsOf(lb006, mapped(null))).toEqual([]);
  });
});

describe('V6-LB-007', () => {
  const behind = (group: Attributes, portal: Attributes = {}) =>
    around(
      { ...DUAL, load_balancer_type: 'network', ...portal },
      {
        aws_lb_listener: {
          tcp: {
            load_balancer_arn: '${aws_lb.portal.arn}',
            default_action: [
              { type: 'forward', forward: { target_group: [{ arn: '${aws_lb_target_group.api.arn}' }] } },
            ],
          },
        },
        aws_lb_target_group: { api: group },
      },
    );

  test.each<[Attributes, Attributes, string[]]>([
    [
      { preserve_client_ip: 'true' },
      {},
      ['warning aws_lb_target_group.api: aws_lb.portal cannot preserve the addresses of clients over IPv6'],
    ],
    [
      { preserve_client_ip: true, ip_address_type: 'ipv6' },
      {},
      ['warning aws_lb_target_group.api: aws_lb.portal cannot preserve the addresses of clients over IPv4'],
    ],
    [{ preserve_client_ip: true, proxy_protocol_v2: true }, {}, ['pass aws_lb_target_group.api']],
    // What AWS takes where nothing is written.
    [{}, {}, ['warning aws_lb_target_group.api: aws_lb.portal cannot preserve the addresses of clients over IPv6']],
    [{ target_type: 'ip' }, {}, ['pass aws_lb_target_group.api']],
    [
      { target_type: 'ip', protocol: 'UDP', ip_address_type: 'ipv6' },
      {},
      ['warning aws_lb_target_group.api: aws_lb.portal cannot preserve the addresses of clients over IPv4'],
    ],
    [
      { preserve_client_ip: 'false' },
      {},
      ['warning aws_lb_target_group.api: client addresses are not preserved, and no PROXY header brings them'],
    ],
    [{ preserve_client_ip: 'false', proxy_protocol_v2: true }, {}, ['pass aws_lb_target_group.api']],
    [{ preserve_client_ip: true }, { ip_address_type: 'ipv4' }, []],
    [{ preserve_client_ip: true }, { load_balancer_type: 'application' }, []],
  ])('says of %j behind %j: %j', (group, portal, verdicts) => {
    expect(verdictsOf(lb007, behind(group, portal))).toEqual(verdicts);
  });
});

describe('V6-LB-009', () => {
  const ruled = (condition: unknown, portal: Attributes = DUAL) =>
    around(portal, {
      aws_lb_listener: { https: { load_balancer_arn: '${aws_lb.portal.arn}' } },
      aws_lb_listener_rule: { office: { listener_arn: '${aws_lb_listener.https.arn}', condition } },
    });
  const from = (...values: string[]) => ({ source_ip: { values } });

  test.each<[string[], string]>([
    [['203.0.113.0/24', '::/0'], 'pass aws_lb_listener_rule.office'],
    [
      ['203.0.113.0/24', '198.51.100.7/32'],
      'warning aws_lb_listener_rule.office: all its source addresses are IPv4: clients over IPv6 never match',
    ],
    [
      ['2001:db8::/48'],
      'warning aws_lb_listener_rule.office: all its source addresses are IPv6: clients over IPv4 never match',
    ],
    [['${var.office}'], 'unknown aws_lb_listener_rule.office: not all source addresses are known here'],
  ])('says of %j: %s', (values, verdict) => {
    expect(verdictsOf(lb009, ruled([from(...values)]))).toEqual([verdict]);
  });

  test('judges each condition by itself', () => {
    expect(verdictsOf(lb009, ruled([from('203.0.113.0/24'), from('2001:db8::/48')]))).toHaveLength(2);
  });

  describe('of the rules that decide who gets to a portal', () => {
    const REFUSE = [{ type: 'fixed-response', fixed_response: { status_code: '403' } }];
    const TASKS = [{ type: 'forward', target_group_arn: '${aws_lb_target_group.tasks.arn}' }];
    const listening =
      (default_action: unknown, ...rules: readonly (readonly [action: unknown, ...sources: string[]])[]): Edit =>
      (resources) => {
        resources.aws_lb_listener!.https!.default_action = default_action;
        resources.aws_lb_listener_rule = Object.fromEntries(
          rules.map(([action, ...sources], index) => {
            const condition = [from(...sources)];
            return [`r${index}`, { listener_arn: '${aws_lb_listener.https.arn}', priority: index, action, condition }];
          }),
        );
      };
    const said = (edit: Edit) => {
      const before = judge(plainStack()).findings.map(({ rule, message }) => `${rule} ${message}`);
      return judge(plainStack(edit))
        .findings.filter(({ rule, message }) => !before.includes(`${rule} ${message}`))
        .map(({ rule, severity, result, message }) => `${result === 'fail' ? severity : result} ${rule} ${message}`);
    };

    test.each<[string, Edit, string[]]>([
      [
        'one that lets IPv4 alone in is an error',
        listening(REFUSE, [TASKS, '203.0.113.0/24']),
        ['error V6-LB-009 all its source addresses are IPv4: clients over IPv6 reach no target group'],
      ],
      [
        'one that lets IPv6 alone in likewise',
        listening(REFUSE, [TASKS, '2001:db8::/32']),
        ['error V6-LB-009 all its source addresses are IPv6: clients over IPv4 reach no target group'],
      ],
      [
        'one that refuses IPv6 likewise',
        listening(TASKS, [REFUSE, '::/0']),
        ['error V6-LB-009 all its source addresses are IPv6: clients over IPv6 reach no target group'],
      ],
      [
        'one beside a default that forwards is a warning',
        listening(TASKS, [TASKS, '203.0.113.0/24']),
        ['warning V6-LB-009 all its source addresses are IPv4: clients over IPv6 never match'],
      ],
      ['one that names both families is none', listening(REFUSE, [TASKS, '203.0.113.0/24', '2001:db8::/32']), []],
      [
        'one that names both, but a part of one, is found by the path',
        listening(REFUSE, [TASKS, '0.0.0.0/0', '2001:db8::/32']),
        [
          expect.stringMatching(
            /^error V6-PATH-001 closed over IPv6 at listener: forward requests to hue\.gov\.vn over all of IPv6/,
          ) as string,
        ],
      ],
    ])('%s, and one finding at most', (_, edit, findings) => {
      expect(said(edit)).toEqual(findings);
    });
  });

  test.each<[string, unknown, Attributes]>([
    ['other conditions', [{ host_header: { values: ['hue.gov.vn'] } }], DUAL],
    ['load balancers without IPv6', [from('203.0.113.0/24')], {}],
  ])('is not about %s', (_, condition, portal) => {
    expect(verdictsOf(lb009, ruled(condition, portal))).toEqual([]);
  });
});

describe('V6-LB-010', () => {
  const listening = (listeners: Record<string, Attributes>, portal: Attributes = {}, others = {}) =>
    around(portal, {
      aws_lb_target_group: { tasks: {} },
      aws_lb_listener: Object.fromEntries(
        Object.entries(listeners).map(([name, one]) => [name, { load_balancer_arn: '${aws_lb.portal.arn}', ...one }]),
      ),
      ...others,
    });
  const forward = [{ type: 'forward', target_group_arn: '${aws_lb_target_group.tasks.arn}' }];
  const refuse = [{ type: 'fixed-response', fixed_response: { status_code: '404' } }];
  const https = { port: 443, protocol: 'HTTPS', default_action: forward };

  test.each<[string, Record<string, Attributes>, string]>([
    ['one that forwards', { https }, 'pass aws_lb.portal'],
    ['a port that is a text', { https: { ...https, port: '443' } }, 'pass aws_lb.portal'],
    [
      'weights',
      {
        https: {
          ...https,
          default_action: [
            { type: 'forward', forward: [{ target_group: [{ arn: '${aws_lb_target_group.tasks.arn}' }] }] },
          ],
        },
      },
      'pass aws_lb.portal',
    ],
    [
      'a redirect to elsewhere',
      { https: { ...https, default_action: [{ type: 'redirect', redirect: { host: 'hue.gov.vn' } }] } },
      'pass aws_lb.portal',
    ],
    ['none', {}, 'error aws_lb.portal: it has no listener'],
    [
      'HTTP alone',
      { http: { port: 80, protocol: 'HTTP', default_action: forward } },
      'error aws_lb.portal: none of its listeners takes HTTPS on port 443: aws_lb_listener.http',
    ],
    [
      'another port',
      { https: { ...https, port: 8443 } },
      'error aws_lb.portal: none of its listeners takes HTTPS on port 443: aws_lb_listener.https',
    ],
    [
      'no action',
      { https: { ...https, default_action: [] } },
      'error aws_lb.portal: aws_lb_listener.https forwards to no target group',
    ],
    [
      'HTTP on port 443',
      { http: { port: 443, protocol: 'HTTP', default_action: forward } },
      'error aws_lb.portal: none of its listeners takes HTTPS on port 443: aws_lb_listener.http',
    ],
    [
      'TCP',
      { https: { ...https, protocol: 'TCP' } },
      'error aws_lb.portal: aws_lb_listener.https speaks TCP, which an application load balancer does not',
    ],
    [
      'one that refuses everybody',
      { https: { ...https, default_action: refuse } },
      'unknown aws_lb.portal: aws_lb_listener.https refuses everybody, unless rules of other stacks forward',
    ],
    [
      'a group that is not part of the input',
      {
        https: { ...https, default_action: [{ type: 'forward', target_group_arn: 'arn:aws:elasticloadbalancing:x' }] },
      },
      'unknown aws_lb.portal: the target group of aws_lb_listener.https is not part of this input',
    ],
  ])('says the right thing of %s', (_, listeners, verdict) => {
    expect(verdictsOf(lb010, listening(listeners))).toEqual([verdict]);
  });

  test('takes a rule that forwards', () => {
    const rules = { aws_lb_listener_rule: { in: { listener_arn: '${aws_lb_listener.https.arn}', action: forward } } };

    expect(verdictsOf(lb010, listening({ https: { ...https, default_action: refuse } }, {}, rules))).toEqual([
      'pass aws_lb.portal',
    ]);
  });

  test('leaves the port to CloudFront where that asks', () => {
    const cdn = { aws_cloudfront_distribution: { x: { origin: [{ domain_name: '${aws_lb.portal.dns_name}' }] } } };
    const http = { port: 8080, protocol: 'HTTP', default_action: forward };

    expect(verdictsOf(lb010, listening({ http }, {}, cdn))).toEqual(['pass aws_lb.portal']);
    expect(verdictsOf(lb010, listening({}, {}, cdn))).toEqual(['error aws_lb.portal: it has no listener']);
  });

  test.each<[Attributes]>([
    [{ internal: true }],
    [{ load_balancer_type: 'network' }],
    [{ internal: '${var.internal}' }],
  ])('is not about %j', (portal) => {
    expect(verdictsOf(lb010, listening({}, portal))).toEqual([]);
  });
});

describe('V6-LB-011', () => {
  const https = { load_balancer_arn: '${aws_lb.portal.arn}', port: 443, protocol: 'HTTPS' };
  const listening = (http: Attributes | undefined, others = {}) =>
    around(DUAL, {
      aws_lb_listener: {
        https,
        ...(http && { http: { load_balancer_arn: '${aws_lb.portal.arn}', port: 80, protocol: 'HTTP', ...http } }),
      },
      ...others,
    });
  const redirect = (protocol?: string) => [{ type: 'redirect', redirect: { status_code: 'HTTP_301', protocol } }];

  test.each<[string, Attributes | undefined, string]>([
    ['a redirect to HTTPS', { default_action: redirect('HTTPS') }, 'pass aws_lb.portal'],
    [
      'a redirect to HTTP',
      { default_action: redirect() },
      'warning aws_lb.portal: aws_lb_listener.http does not redirect to HTTPS',
    ],
    [
      'plain text',
      { default_action: [{ type: 'forward' }] },
      'warning aws_lb.portal: aws_lb_listener.http does not redirect to HTTPS',
    ],
    ['another protocol', { protocol: 'TCP' }, 'warning aws_lb.portal: aws_lb_listener.http speaks TCP on port 80'],
    ['nobody on port 80', undefined, 'warning aws_lb.portal: nothing listens on port 80'],
    [
      'a port that is not known',
      { port: '${var.port}' },
      'unknown aws_lb.portal: its listeners are not all part of this input',
    ],
    [
      'an action that is not known',
      { default_action: '${var.action}' },
      'unknown aws_lb.portal: what aws_lb_listener.http answers cannot be seen here',
    ],
  ])('says the right thing of %s', (_, http, verdict) => {
    expect(verdictsOf(lb011, listening(http))).toEqual([verdict]);
  });

  test('takes a rule that redirects', () => {
    const action = redirect('HTTPS');
    const rules = { aws_lb_listener_rule: { in: { listener_arn: '${aws_lb_listener.http.arn}', action } } };

    expect(verdictsOf(lb011, listening({ default_action: [{ type: 'fixed-response' }] }, rules))).toEqual([
      'pass aws_lb.portal',
    ]);
  });

  test('is not about load balancers without listeners, which V6-LB-010 is', () => {
    expect(verdictsOf(lb011, around(DUAL))).toEqual([]);
  });
});

test.each([
  ['a container', {}],
  ['a gateway', { portals: { portal: GATEWAY } }],
])('finds nothing in what portal6 makes for %s', (_, environment) => {
  const rules = RULES.filter(({ id }) => /^V6-(LB|TG|RES)-/.test(id));

  expect(judge(production(environment), rules)).toEqual({ findings: [], crashes: [] });
});

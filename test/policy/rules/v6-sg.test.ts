import { judge } from '../../../policy/check';
import type { Rule } from '../../../policy/rule';
import { rule as sg001 } from '../../../policy/rules/v6-sg-001';
import { rule as sg002 } from '../../../policy/rules/v6-sg-002';
import { rule as sg003 } from '../../../policy/rules/v6-sg-003';
import { rule as sg004 } from '../../../policy/rules/v6-sg-004';
import { rule as sg005 } from '../../../policy/rules/v6-sg-005';
import { rule as sg006 } from '../../../policy/rules/v6-sg-006';
import { rule as sg007 } from '../../../policy/rules/v6-sg-007';
import { rule as sg009 } from '../../../policy/rules/v6-sg-009';
import { rule as sg010 } from '../../../policy/rules/v6-sg-010';
import { Resource, ResourceGraph } from '../../../policy/resource-graph';
import { readStackJson } from '../../../policy/sources/stack-json';
import { CONTAINER, GATEWAY, productionJson } from '../../helpers/agency';
import type { PlainResources } from '../../helpers/plain-stack';

type Attributes = Readonly<Record<string, unknown>>;

const ALL = [sg001, sg002, sg003, sg004, sg005, sg006, sg007, sg009, sg010];

function saysOf(resource: PlainResources, rules: readonly Rule[], data: PlainResources = {}): string[] {
  const { findings, crashes } = judge(readStackJson({ resource, data }), rules);
  expect(crashes).toEqual([]);
  return findings.map(
    ({ rule, result, severity, resource: { address }, message }) =>
      `${rule.slice(3)} ${result === 'fail' ? severity : result} ${address}: ${message}`,
  );
}

const VPC_ID = '${aws_vpc.main.id}';
const SUBNETS = ['${aws_subnet.public.id}'];

const tcp = (from_port: number, to_port = from_port) => ({ protocol: 'tcp', from_port, to_port });
const v4 = (traffic: object, ...cidr_blocks: readonly string[]) => ({
  ...traffic,
  cidr_blocks: cidr_blocks.length > 0 ? cidr_blocks : ['0.0.0.0/0'],
});
const v6 = (traffic: object, ...ipv6_cidr_blocks: readonly string[]) => ({
  ...traffic,
  ipv6_cidr_blocks: ipv6_cidr_blocks.length > 0 ? ipv6_cidr_blocks : ['::/0'],
});
const both = (traffic: object) => [v4(traffic), v6(traffic)];

/** A load balancer for the web, in front of it a group with some inline rules. */
function portal(ingress: unknown, more: PlainResources = {}, lb: Attributes = {}): PlainResources {
  const listener = (port: number) => ({ load_balancer_arn: '${aws_lb.edge.arn}', port, protocol: 'HTTPS' });
  return {
    aws_vpc: { main: { assign_generated_ipv6_cidr_block: true } },
    aws_subnet: { public: { vpc_id: VPC_ID, ipv6_cidr_block: '${aws_vpc.main.ipv6_cidr_block}' } },
    aws_security_group: { edge: { vpc_id: VPC_ID, ingress } },
    aws_lb: {
      edge: {
        ip_address_type: 'dualstack',
        subnets: SUBNETS,
        security_groups: ['${aws_security_group.edge.id}'],
        ...lb,
      },
    },
    aws_lb_listener: { https: listener(443), http: listener(80) },
    ...more,
  };
}

function edge(...texts: readonly string[]): string[] {
  return texts.map((text) => text.replace(/^(\S+ \S+) /, '$1 aws_security_group.edge: '));
}

const WEB = [...both(tcp(80)), ...both(tcp(443))];

describe('a whole portal', () => {
  test('open to everybody, or to a list, has no finding', () => {
    expect(saysOf(portal(WEB), ALL)).toEqual([]);
    const list = { cidr_blocks: ['203.0.113.0/24'], ipv6_cidr_blocks: ['2001:db8:100::/48'] };
    expect(
      saysOf(
        portal([
          { ...tcp(80), ...list },
          { ...tcp(443), ...list },
        ]),
        ALL,
      ),
    ).toEqual([]);
  });

  test.each([
    ['for everybody', {}],
    ['for a list', { portals: { portal: { ...CONTAINER, allow: ['203.0.113.0/24', '2001:db8:100::/48'] } } }],
    ['on IPv6 alone', { network: { ipv4: '10.46.0.0/20', appSubnets: 'ipv6-only' as const } }],
    ['without NAT', { network: { ipv4: '10.46.0.0/20', nat: 'none' as const } }],
    ['in a data center', { portals: { motcua: GATEWAY } }],
  ])('of an agency %s has no finding', (_, environment) => {
    expect(saysOf(productionJson(environment).resource, ALL)).toEqual([]);
  });
});

describe('one break at the edge, one finding', () => {
  const list = { cidr_blocks: ['203.0.113.0/24'], ipv6_cidr_blocks: ['2001:db8:100::/48'] };

  test.each<[string, readonly object[], string[]]>([
    [
      'no rule for IPv6',
      [...both(tcp(80)), v4(tcp(443))],
      ['SG-001 error port 443 is open to everybody over IPv4, but not over IPv6'],
    ],
    [
      'no rule for IPv6 on any port',
      [v4(tcp(80)), v4(tcp(443))],
      ['SG-001 error ports 80 and 443 are open to everybody over IPv4, but not over IPv6'],
    ],
    [
      'a part of IPv6',
      [...both(tcp(80)), v4(tcp(443)), v6(tcp(443), '2001:db8::/32')],
      ['SG-001 error port 443 is open to everybody over IPv4, but not over IPv6'],
    ],
    [
      'no rule for IPv4',
      [...both(tcp(80)), v6(tcp(443))],
      ['SG-001 warning port 443 is open to everybody over IPv6, but to nobody over IPv4'],
    ],
    ['no rule at all', both(tcp(80)), ['SG-001 error port 443 is open to nobody']],
    [
      'IPv6 by UDP',
      [...both(tcp(80)), v4(tcp(443)), v6({ ...tcp(443), protocol: 'udp' })],
      ['SG-001 error port 443 is open to everybody over IPv4, but not over IPv6'],
    ],
    [
      'a list beside everybody over IPv6',
      [...both(tcp(80)), v4(tcp(443), '203.0.113.0/24'), v6(tcp(443))],
      ['SG-003 error port 443 is open to some over IPv4, but to everybody over IPv6'],
    ],
    [
      'a list of IPv4 alone',
      [{ ...tcp(80), ...list }, v4(tcp(443), '203.0.113.0/24')],
      ['SG-003 warning port 443 is open to a list over IPv4, but to nobody outside over IPv6'],
    ],
    [
      'a list of IPv6 alone',
      [{ ...tcp(80), ...list }, v6(tcp(443), '2001:db8:100::/48')],
      ['SG-003 warning port 443 is open to a list over IPv6, but to nobody outside over IPv4'],
    ],
    [
      'more ports for one list',
      [{ ...tcp(80), ...list }, v4(tcp(443), '203.0.113.0/24'), v6(tcp(443, 8443), '2001:db8:100::/48')],
      ['SG-003 warning port 444 is open to a list over IPv6, but to nobody outside over IPv4'],
    ],
    ['SSH', [...WEB, v6(tcp(22))], ['SG-002 error port 22 (SSH) is open to ::/0 by aws_security_group.edge']],
    [
      'a range of the other family',
      [...both(tcp(80)), v4(tcp(443)), v6(tcp(443), '0.0.0.0/0')],
      ['SG-005 error "0.0.0.0/0" is no IPv6 range, but stands in an attribute for those'],
    ],
  ])('%s', (_, ingress, expected) => {
    expect(saysOf(portal(ingress), ALL)).toEqual(edge(...expected));
  });

  test('a rule resource with a range of the other family explains that the port is closed', () => {
    const https = {
      security_group_id: '${aws_security_group.edge.id}',
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
    };
    const rules = {
      aws_vpc_security_group_ingress_rule: {
        ipv4: { ...https, cidr_ipv4: '0.0.0.0/0' },
        ipv6: { ...https, cidr_ipv6: '0.0.0.0/0' },
      },
    };
    const says = saysOf({ ...portal(null, rules), aws_lb_listener: {} }, ALL);

    expect(says).toEqual([expect.stringMatching(/^SG-005 error aws_vpc_security_group_ingress_rule.ipv6: /)]);
  });
});

describe('V6-SG-001', () => {
  test.each<[string, readonly object[]]>([
    ['halves', [v4(tcp(80), '0.0.0.0/1', '128.0.0.0/1'), v6(tcp(80), '2000::/4', '3000::/4'), ...both(tcp(443))]],
    ['all protocols', both({ protocol: '-1', from_port: 0, to_port: 0 })],
    [
      'other spellings',
      [v4(tcp(80)), v6(tcp(80), '0:0::/0'), v4({ ...tcp(443), protocol: 6 }), v6({ ...tcp(443), protocol: 'TCP' })],
    ],
  ])('is content with %s', (_, ingress) => {
    expect(saysOf(portal(ingress), [sg001])).toEqual([]);
  });

  test('adds up the rules of all groups of a load balancer, and speaks once', () => {
    const two = {
      aws_security_group: {
        edge: { ingress: [v4(tcp(80)), v4(tcp(443))] },
        more: { ingress: [v6(tcp(80)), v6(tcp(443))] },
      },
    };
    const groups = { security_groups: ['${aws_security_group.edge.id}', '${aws_security_group.more.id}'] };

    expect(saysOf(portal(null, two, groups), [sg001])).toEqual([]);
    const less = { aws_security_group: { ...two.aws_security_group, more: { ingress: [v6(tcp(80))] } } };
    expect(saysOf(portal(null, less, groups), [sg001])).toEqual(
      edge('SG-001 error port 443 is open to everybody over IPv4, but not over IPv6'),
    );
  });

  test('asks for every port that somebody listens on', () => {
    const other = {
      aws_lb_listener: { api: { load_balancer_arn: '${aws_lb.edge.arn}', port: 8443, protocol: 'HTTPS' } },
    };

    expect(saysOf(portal([...WEB, v4(tcp(8443))], other), [sg001])).toEqual(
      edge('SG-001 error port 8443 is open to everybody over IPv4, but not over IPv6'),
    );
  });

  test('a port that nobody may come to weighs less where those of the web are open', () => {
    const listener = (port: number) => ({ load_balancer_arn: '${aws_lb.edge.arn}', port, protocol: 'HTTPS' });
    const listening = (...ports: readonly number[]) => ({
      aws_lb_listener: Object.fromEntries(ports.map((port) => [`p${port}`, listener(port)])),
    });

    expect(saysOf(portal(WEB, listening(443, 8443)), [sg001])).toEqual(
      edge('SG-001 warning port 8443 is open to nobody'),
    );
    expect(saysOf(portal(WEB, listening(8443)), [sg001])).toEqual(edge('SG-001 error port 8443 is open to nobody'));
    expect(saysOf(portal([], listening(443, 8443)), [sg001])).toEqual(
      edge('SG-001 error ports 443 and 8443 are open to nobody'),
    );
  });

  test('asks nothing for UDP', () => {
    const dns = { aws_lb_listener: { dns: { load_balancer_arn: '${aws_lb.edge.arn}', port: 53, protocol: 'UDP' } } };

    expect(saysOf(portal(WEB, dns, { load_balancer_type: 'network' }), [sg001])).toEqual([]);
  });

  test.each<[string, Attributes]>([
    ['inside', { internal: true }],
    ['with IPv4 alone, which another rule is about', { ip_address_type: 'ipv4' }],
    ['of the network kind without groups', { load_balancer_type: 'network', security_groups: null }],
  ])('is not about a load balancer %s', (_, lb) => {
    expect(saysOf(portal([v4(tcp(443))], {}, lb), [sg001])).toEqual([]);
  });

  test('asks for no IPv4 where the load balancer has none', () => {
    const lb = { ip_address_type: 'dualstack-without-public-ipv4' };

    expect(saysOf(portal([v6(tcp(80)), v6(tcp(443))], {}, lb), [sg001])).toEqual([]);
  });

  test.each<[string, unknown, Attributes]>([
    ['a variable', [...both(tcp(80)), v4(tcp(443)), v6(tcp(443), '${var.citizens}')], {}],
    ['variables for both', [...both(tcp(80)), v4(tcp(443), '${var.a}'), v6(tcp(443), '${var.b}')], {}],
    ['a prefix list elsewhere', [...both(tcp(80)), { ...tcp(443), prefix_list_ids: ['pl-1'] }], {}],
    ['hidden rules', '${var.rules}', {}],
    ['another group', [v4(tcp(80)), v4(tcp(443))], { security_groups: ['${aws_security_group.edge.id}', 'sg-1'] }],
    ['a hidden address type', [v4(tcp(80)), v4(tcp(443))], { ip_address_type: '${var.type}' }],
  ])('does not know with %s', (_, ingress, lb) => {
    expect(saysOf(portal(ingress, {}, lb), [sg001])).toEqual([
      expect.stringMatching(/^SG-001 unknown aws_security_group.edge: who may come to port/),
    ]);
  });

  test('is content where CloudFront alone may come', () => {
    const data = { aws_ec2_managed_prefix_list: { cf: { name: 'com.amazonaws.global.cloudfront.origin-facing' } } };
    const list = { prefix_list_ids: ['${data.aws_ec2_managed_prefix_list.cf.id}'] };

    expect(
      saysOf(
        portal([
          { ...tcp(80), ...list },
          { ...tcp(443), ...list },
        ]),
        [sg001, sg003],
        data,
      ),
    ).toEqual([]);
  });

  test('a load balancer without a group lets nobody in', () => {
    const none = { security_groups: null };

    expect(saysOf(portal(WEB, {}, none), [sg001])).toEqual([
      'SG-001 error aws_lb.edge: it has no security group, and gets the default one of its VPC, which lets nobody in',
    ]);
    expect(saysOf(portal(WEB, {}, { ...none, subnets: ['subnet-1'] }), [sg001])).toEqual([
      'SG-001 unknown aws_lb.edge: it gets the default security group of its VPC, which is not part of this input',
    ]);
    const managed = { aws_default_security_group: { main: { vpc_id: VPC_ID, ingress: WEB } } };
    expect(saysOf(portal(WEB, managed, none), [sg001])).toEqual([]);
  });

  test('is about machines with addresses of their own, too', () => {
    const machine = {
      aws_internet_gateway: { main: {} },
      aws_route_table: {
        public: { route: [{ ipv6_cidr_block: '::/0', gateway_id: '${aws_internet_gateway.main.id}' }] },
      },
      aws_route_table_association: { a: { subnet_id: SUBNETS[0], route_table_id: '${aws_route_table.public.id}' } },
      aws_lb: {},
      aws_instance: {
        web: {
          subnet_id: SUBNETS[0],
          ipv6_address_count: 1,
          vpc_security_group_ids: ['${aws_security_group.edge.id}'],
        },
      },
    };

    expect(saysOf(portal([v4(tcp(443))], machine), [sg001])).toEqual(
      edge('SG-001 error port 443 is open to everybody over IPv4, but not over IPv6'),
    );
  });
});

describe('V6-SG-002', () => {
  const group = (...ingress: readonly object[]) => saysOf({ aws_security_group: { edge: { ingress } } }, [sg002]);

  test.each<[string, object, string]>([
    ['SSH over IPv4', v4(tcp(22)), 'port 22 (SSH) is open to 0.0.0.0/0'],
    [
      'RDP over both',
      { ...v4(tcp(3389)), ipv6_cidr_blocks: ['::/0'] },
      'port 3389 (RDP) is open to 0.0.0.0/0 and ::/0',
    ],
    ['a span with 443 in it', v6(tcp(1, 443)), 'ports 1 to 443 are open to ::/0'],
    [
      'all of the Internet by halves',
      v4(tcp(22), '0.0.0.0/1', '128.0.0.0/1'),
      'port 22 (SSH) is open to 0.0.0.0/1 and 128.0.0.0/1',
    ],
    ['many providers', v6(tcp(8080), '2001::/16'), 'port 8080 is open to 2001::/16'],
    ['a part of the world over IPv4', v4(tcp(8080), '0.0.0.0/4'), 'port 8080 is open to 0.0.0.0/4'],
    ['everything', v6({ protocol: -1, from_port: 0, to_port: 0 }), 'every port and protocol is open to ::/0'],
    ['UDP', v4({ protocol: 'udp', from_port: 3, to_port: 4 }), 'ports 3 to 4 (UDP) are open to 0.0.0.0/0'],
  ])('does not pass %s', (_, ingress, message) => {
    expect(group(ingress)).toEqual([`SG-002 error aws_security_group.edge: ${message} by aws_security_group.edge`]);
  });

  test.each<[string, object]>([
    ['the web', { ...v4(tcp(443)), ipv6_cidr_blocks: ['::/0'] }],
    ['the web over UDP', v6({ ...tcp(443), protocol: 'udp' })],
    ['one provider', v6(tcp(22), '2001:db8::/32')],
    ['an office', v4(tcp(22), '203.0.113.0/24')],
    ['private networks', { ...v4(tcp(22), '10.0.0.0/8'), ipv6_cidr_blocks: ['fc00::/7'] }],
    ['a VPC', v6(tcp(22), '${aws_vpc.main.ipv6_cidr_block}')],
    ['a group', { ...tcp(22), security_groups: ['sg-1'] }],
    ['ICMP', v4({ protocol: 'icmp', from_port: 3, to_port: 4 })],
    ['ICMPv6', v6({ protocol: '58', from_port: -1, to_port: -1 })],
  ])('passes %s', (_, ingress) => {
    expect(group(ingress)).toEqual([]);
  });

  test('names what it found in one finding, ports apart', () => {
    const rules = { ssh: 22, database: 5432, more: 6379 };
    const resources = Object.entries(rules).map(([name, port]) => [
      name,
      {
        security_group_id: '${aws_security_group.edge.id}',
        ip_protocol: 'tcp',
        from_port: port,
        to_port: port,
        cidr_ipv6: '::/0',
      },
    ]);
    const says = saysOf(
      {
        aws_security_group: { edge: {} },
        aws_vpc_security_group_ingress_rule: Object.fromEntries(resources) as PlainResources[string],
      },
      [sg002],
    );

    expect(says).toEqual([
      'SG-002 error aws_security_group.edge: port 22 (SSH) is open to ::/0 by aws_vpc_security_group_ingress_rule.ssh; ' +
        'port 5432 (PostgreSQL) is open to ::/0 by aws_vpc_security_group_ingress_rule.database; ' +
        'port 6379 (Redis) is open to ::/0 by aws_vpc_security_group_ingress_rule.more',
    ]);
  });

  test('lets citizens come to ports that a load balancer listens on, but never to administration', () => {
    const listening = (port: number) => ({
      aws_lb_listener: { other: { load_balancer_arn: '${aws_lb.edge.arn}', port, protocol: 'TCP' } },
    });

    expect(saysOf(portal(both(tcp(8443)), listening(8443)), [sg002])).toEqual([]);
    expect(saysOf(portal(both(tcp(8443))), [sg002])).toHaveLength(1);
    expect(saysOf(portal(both(tcp(22)), listening(22)), [sg002])).toHaveLength(1);
  });

  test('sees rules for groups elsewhere', () => {
    const rule = { protocol: 'tcp', from_port: 22, to_port: 22, ipv6_cidr_blocks: ['::/0'], security_group_id: 'sg-1' };
    const says = (type: string) => saysOf({ aws_security_group_rule: { ssh: { ...rule, type } } }, [sg002]);

    expect(says('ingress')).toEqual([
      'SG-002 error aws_security_group_rule.ssh: port 22 (SSH) is open to ::/0 by aws_security_group_rule.ssh',
    ]);
    expect(says('egress')).toEqual([]);
  });

  test.each<[string, object]>([
    ['a range', v6(tcp(22), '${var.office}')],
    ['a port', v6({ ...tcp(443), from_port: '${var.port}' })],
    ['a list', { ...tcp(22), prefix_list_ids: ['pl-1'] }],
  ])('does not know with %s that is hidden', (_, ingress) => {
    expect(group(ingress)).toEqual([expect.stringMatching(/^SG-002 unknown/)]);
  });

  test('asks nothing of a hidden range that may come to the web', () => {
    expect(group(v6(tcp(443), '${var.citizens}'))).toEqual([]);
  });
});

describe('V6-SG-003', () => {
  const own4 = '${aws_vpc.main.cidr_block}';
  const own6 = '${aws_vpc.main.ipv6_cidr_block}';

  test('is about any group that restricts IPv4 and opens IPv6', () => {
    const says = (...ingress: readonly object[]) => saysOf({ aws_security_group: { edge: { ingress } } }, [sg003]);

    expect(says(v4(tcp(443), '10.0.0.0/8'), v6(tcp(443)))).toEqual(
      edge('SG-003 error port 443 is open to some over IPv4, but to everybody over IPv6'),
    );
    expect(says(v4(tcp(443), own4), v6(tcp(443)))).toHaveLength(1);
    expect(says(v4(tcp(443), '${var.office}'), v6(tcp(443)))).toEqual([expect.stringMatching(/^SG-003 unknown/)]);
    expect(says({ ...tcp(443), security_groups: ['sg-1'] }, v6(tcp(443)))).toEqual([]);
    expect(says(v4(tcp(443), '203.0.113.0/24'))).toEqual([]);
  });

  test('leaves alone lists of addresses inside, and those of the probe', () => {
    expect(saysOf(portal([v4(tcp(443), '10.0.0.0/8')]), [sg003])).toEqual([]);
    const list = {
      cidr_blocks: ['203.0.113.0/24'],
      ipv6_cidr_blocks: ['2001:db8:100::/48', '${aws_vpc.probe.ipv6_cidr_block}'],
    };
    expect(saysOf(portal([{ ...tcp(443), ...list }], { aws_vpc: { main: {}, probe: {} } }), [sg003])).toEqual([]);
  });

  test('does not take the probe for citizens', () => {
    const probe = v6(tcp(443), '${aws_vpc.probe.ipv6_cidr_block}');
    const says = saysOf(portal([v4(tcp(443), '203.0.113.0/24'), probe], { aws_vpc: { main: {}, probe: {} } }), [sg003]);

    expect(says).toEqual(edge('SG-003 warning port 443 is open to a list over IPv4, but to nobody outside over IPv6'));
  });

  test('does not know who a variable lets in', () => {
    expect(saysOf(portal([v4(tcp(443), '203.0.113.0/24'), v6(tcp(443), '${var.office}')]), [sg003])).toEqual([
      expect.stringMatching(/^SG-003 unknown/),
    ]);
  });

  test.each<[string, string[], readonly object[], Attributes]>([
    ['with its twin', [], [v4(tcp(443), own4), v6(tcp(443), own6)], {}],
    [
      'of IPv4 alone',
      ['SG-003 warning aws_security_group.edge lets the IPv4 block of the VPC in, but no rule its IPv6 block'],
      [v4(tcp(443), own4)],
      {},
    ],
    [
      'of IPv6 alone',
      ['SG-003 warning aws_security_group.edge lets the IPv6 block of the VPC in, but no rule its IPv4 block'],
      [v6(tcp(443), own6)],
      {},
    ],
    ['of IPv4 alone, for what has IPv4 alone', [], [v4(tcp(443), own4)], { ip_address_type: 'ipv4' }],
  ])('a rule for the block of the VPC %s', (_, expected, ingress, endpoint) => {
    const resources = {
      aws_lb: {},
      aws_vpc_endpoint: {
        logs: {
          ip_address_type: 'dualstack',
          subnet_ids: SUBNETS,
          security_group_ids: ['${aws_security_group.edge.id}'],
          ...endpoint,
        },
      },
    };

    expect(saysOf(portal(ingress, resources), [sg003])).toEqual(edge(...expected));
  });
});

describe('V6-SG-004', () => {
  const all = { protocol: '-1', from_port: 0, to_port: 0 };
  const route = (attributes: Attributes) => ({ route: [attributes] });
  const workload = (egress: unknown, more: PlainResources = {}): string[] =>
    saysOf(
      {
        aws_vpc: { main: { assign_generated_ipv6_cidr_block: true } },
        aws_subnet: {
          app: {
            vpc_id: VPC_ID,
            ipv6_cidr_block: '${aws_vpc.main.ipv6_cidr_block}',
            assign_ipv6_address_on_creation: true,
          },
        },
        aws_route_table: { app: route({ cidr_block: '0.0.0.0/0', nat_gateway_id: 'nat-1' }) },
        aws_route_table_association: {
          app: { subnet_id: '${aws_subnet.app.id}', route_table_id: '${aws_route_table.app.id}' },
        },
        aws_security_group: { edge: { vpc_id: VPC_ID, egress } },
        aws_ecs_service: {
          portal: {
            network_configuration: {
              subnets: ['${aws_subnet.app.id}'],
              security_groups: ['${aws_security_group.edge.id}'],
            },
          },
        },
        ...more,
      },
      [sg004],
    );

  test.each<[string, readonly object[], string[]]>([
    ['both families', both(all), []],
    ['nothing', [], []],
    ['a group', [{ ...tcp(443), security_groups: ['sg-1'] }], []],
    ['a data center', [v4(tcp(443), '10.200.0.0/16')], []],
    [
      'IPv4',
      [v4(all)],
      ['SG-004 warning aws_security_group.edge lets out to everybody over IPv4, but no rule does over IPv6'],
    ],
    [
      'HTTPS over IPv4',
      [v4(tcp(443)), v6(tcp(80))],
      ['SG-004 warning aws_security_group.edge lets out to everybody over IPv4, but no rule does over IPv6'],
    ],
    [
      'IPv6',
      [v6(all)],
      ['SG-004 warning aws_security_group.edge lets out to everybody over IPv6, but no rule does over IPv4'],
    ],
    [
      'the IPv4 block of the VPC',
      [v4(tcp(443), '${aws_vpc.main.cidr_block}')],
      [
        'SG-004 warning aws_security_group.edge lets out to the IPv4 block of the VPC, but no rule does to its IPv6 block',
      ],
    ],
  ])('where %s may be reached', (_, egress, expected) => {
    expect(workload(egress)).toEqual(edge(...expected));
  });

  test('asks for no IPv4 in subnets without it', () => {
    const native = { vpc_id: VPC_ID, ipv6_native: true, ipv6_cidr_block: '${aws_vpc.main.ipv6_cidr_block}' };

    expect(workload([v6(all)], { aws_subnet: { app: native } })).toEqual([]);
  });

  test('asks for no IPv4 where none has a way out', () => {
    expect(
      workload([v6(all)], {
        aws_route_table: { app: route({ ipv6_cidr_block: '::/0', egress_only_gateway_id: 'eigw-1' }) },
      }),
    ).toEqual([]);
  });

  test.each<[string, PlainResources]>([
    ['interfaces have no IPv6', { aws_subnet: { app: { vpc_id: VPC_ID } } }],
    ['nothing has the group', { aws_ecs_service: {} }],
    [
      'a load balancer has it, which answers and asks nobody',
      {
        aws_ecs_service: {},
        aws_lb: {
          edge: {
            ip_address_type: 'dualstack',
            subnets: ['${aws_subnet.app.id}'],
            security_groups: ['${aws_security_group.edge.id}'],
          },
        },
      },
    ],
    [
      'a function has it, which is not let use IPv6',
      {
        aws_ecs_service: {},
        aws_lambda_function: {
          one: {
            vpc_config: { subnet_ids: ['${aws_subnet.app.id}'], security_group_ids: ['${aws_security_group.edge.id}'] },
          },
        },
      },
    ],
  ])('is silent where %s', (_, more) => {
    expect(workload([v4(all)], more)).toEqual([]);
  });

  test('does not know what a variable opens', () => {
    expect(workload([v4(all), v6(all, '${var.outside}')])).toEqual([expect.stringMatching(/^SG-004 unknown/)]);
  });
});

describe('V6-SG-005', () => {
  const rule = { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 443, to_port: 443 };

  test.each<[Attributes, string[]]>([
    [{ cidr_ipv4: '203.0.113.0/24' }, []],
    [{ cidr_ipv6: '${var.range}' }, []],
    [{ cidr_ipv4: '', cidr_ipv6: '::/0' }, []],
    [{ cidr_ipv4: '::/0' }, ['"::/0" is no IPv4 range, but stands in an attribute for those']],
    [{ cidr_ipv6: '2001:db8::1' }, ['"2001:db8::1" is no IPv6 range, but stands in an attribute for those']],
    [{ cidr_ipv4: '0.0.0.0/0', cidr_ipv6: '::/0' }, ['it has an IPv4 range and an IPv6 range: the rule takes one']],
  ])('of %j says %j', (range, expected) => {
    const says = saysOf({ aws_vpc_security_group_egress_rule: { one: { ...rule, ...range } } }, [sg005]);

    expect(says).toEqual(expected.map((text) => `SG-005 error aws_vpc_security_group_egress_rule.one: ${text}`));
  });

  test('lets an older rule have both', () => {
    const older = {
      ...tcp(443),
      type: 'ingress',
      security_group_id: 'sg-1',
      cidr_blocks: ['0.0.0.0/0'],
      ipv6_cidr_blocks: ['::/0'],
    };

    expect(saysOf({ aws_security_group_rule: { one: older } }, [sg005])).toEqual([]);
  });

  test('names a rule of a group once, where it is written', () => {
    const wrong = { ...rule, security_group_id: '${aws_security_group.edge.id}', cidr_ipv6: '10.0.0.0/8' };

    expect(
      saysOf({ aws_security_group: { edge: {} }, aws_vpc_security_group_ingress_rule: { one: wrong } }, [sg005]),
    ).toEqual([
      'SG-005 error aws_vpc_security_group_ingress_rule.one: "10.0.0.0/8" is no IPv6 range, but stands in an attribute for those',
    ]);
  });
});

describe('V6-SG-006', () => {
  const tooBig = { protocol: 'icmpv6', from_port: 2, to_port: 0 };
  const fragmentation = { protocol: 'icmp', from_port: 3, to_port: 4 };
  const network = { load_balancer_type: 'network' };

  test.each<[string, Attributes, readonly object[], string[]]>([
    ['an application load balancer needs neither', {}, [], []],
    ['it has both', {}, [v6(tooBig), v4(fragmentation)], []],
    [
      'it has one alone',
      {},
      [v4(fragmentation)],
      [
        'SG-006 warning ICMP type 3 (fragmentation needed) gets in over IPv4, but not its counterpart, ICMPv6 type 2 (packet too big)',
      ],
    ],
    [
      'it has the other alone',
      {},
      [v6(tooBig)],
      ['SG-006 warning ICMPv6 type 2 (packet too big) gets in, but not its counterpart over IPv4, ICMP type 3 code 4'],
    ],
    ['a network load balancer has it', network, [v6(tooBig)], []],
    ['a network load balancer has it among all', network, [v6({ protocol: 'icmpv6', from_port: -1, to_port: -1 })], []],
    [
      'a network load balancer lacks it',
      network,
      [],
      ['SG-006 warning ICMPv6 type 2 (packet too big) does not get in from everybody'],
    ],
    [
      'a network load balancer has it from some',
      network,
      [v6(tooBig, '2001:db8::/32')],
      ['SG-006 warning ICMPv6 type 2 (packet too big) does not get in from everybody'],
    ],
    [
      'a network load balancer has echo alone',
      network,
      [v6({ protocol: '58', from_port: 128, to_port: 0 })],
      ['SG-006 warning ICMPv6 type 2 (packet too big) does not get in from everybody'],
    ],
    ['an IPv4 load balancer has no use for it', { ...network, ip_address_type: 'ipv4' }, [], []],
  ])('%s', (_, lb, icmp, expected) => {
    expect(saysOf(portal([...WEB, ...icmp], {}, lb), [sg006])).toEqual(edge(...expected));
  });
});

describe('V6-SG-007', () => {
  const name = (middle: string) => `com.amazonaws.${middle}`;
  const data = {
    aws_ec2_managed_prefix_list: {
      cf: { name: name('global.cloudfront.origin-facing') },
      cf6: { name: name('global.ipv6.cloudfront.origin-facing') },
      r53: { name: name('ap-southeast-1.route53-healthchecks') },
      r536: { name: name('ap-southeast-1.ipv6.route53-healthchecks') },
      other: { name: name('global.groundstation') },
    },
  };
  const from = (...lists: readonly string[]) => ({
    ...tcp(443),
    prefix_list_ids: lists.map((list) => `\${data.aws_ec2_managed_prefix_list.${list}.id}`),
  });
  const distribution = (custom_origin_config: Attributes) => ({
    aws_cloudfront_distribution: {
      portal: { origin: [{ domain_name: '${aws_lb.edge.dns_name}', custom_origin_config }] },
    },
  });
  const check = (ip_address: string) => ({ aws_route53_health_check: { one: { ip_address, type: 'HTTPS' } } });
  const dual = distribution({ ip_address_type: 'dualstack' });

  test.each<[string, readonly object[], PlainResources, string[]]>([
    [
      'CloudFront comes over IPv6, too',
      [from('cf')],
      dual,
      [
        'SG-007 warning port 443 is open to com.amazonaws.global.cloudfront.origin-facing, but not to the list of its IPv6 addresses',
      ],
    ],
    ['it may', [from('cf', 'cf6')], dual, []],
    ['everybody may', [from('cf'), v6(tcp(443))], dual, []],
    ['CloudFront comes over IPv4 alone', [from('cf')], distribution({}), []],
    ['it is elsewhere', [from('cf')], {}, [expect.stringMatching(/^SG-007 unknown/) as string]],
    [
      'checks are made over IPv6',
      [from('r53')],
      check('2001:db8::1'),
      [
        'SG-007 warning port 443 is open to com.amazonaws.ap-southeast-1.route53-healthchecks, but not to the list of its IPv6 addresses',
      ],
    ],
    ['they may be', [from('r53', 'r536')], check('2001:db8::1'), []],
    ['checks are made over IPv4', [from('r53')], check('203.0.113.1'), []],
    ['a list has no twin', [from('other')], dual, []],
  ])('where %s', (_, ingress, more, expected) => {
    const says = saysOf(portal(ingress, more), [sg007], data);

    expect(says).toEqual(expected.map((text) => (typeof text === 'string' ? edge(text)[0] : text)));
  });
});

describe('V6-SG-009', () => {
  const list = (address_family: string, cidr: string) => ({ address_family, max_entries: 5, entry: [{ cidr }] });
  const lists = {
    aws_ec2_managed_prefix_list: {
      v4: list('IPv4', '203.0.113.0/24'),
      v6: list('IPv6', '2001:db8:100::/48'),
      later: { address_family: 'IPv4', entry: '${var.entries}' },
    },
  };
  const from = (port: number, ...names: readonly string[]) => ({
    ...tcp(port),
    prefix_list_ids: names.map((name) => `\${aws_ec2_managed_prefix_list.${name}.id}`),
  });

  test.each<[string, readonly object[], string[]]>([
    ['a list of each family', [from(443, 'v4', 'v6')], []],
    ['a list and ranges', [from(443, 'v4'), v6(tcp(443), '2001:db8::/32')], []],
    [
      'a list of IPv4',
      [from(443, 'v4')],
      [
        'SG-009 warning port 443 is open to aws_ec2_managed_prefix_list.v4, which holds IPv4 ranges, but to no list or range of IPv6',
      ],
    ],
    [
      'a list of IPv4, its ranges hidden',
      [from(443, 'later')],
      [
        'SG-009 warning port 443 is open to aws_ec2_managed_prefix_list.later, which holds IPv4 ranges, but to no list or range of IPv6',
      ],
    ],
    [
      'a twin for another port',
      [from(443, 'v4'), from(80, 'v4', 'v6')],
      [
        'SG-009 warning port 443 is open to aws_ec2_managed_prefix_list.v4, which holds IPv4 ranges, but to no list or range of IPv6',
      ],
    ],
    ['a list of IPv6', [from(443, 'v6')], []],
    ['a list beside everybody', [from(443, 'v4'), v4(tcp(443))], []],
  ])('with %s', (_, ingress, expected) => {
    expect(saysOf(portal(ingress, lists), [sg009])).toEqual(edge(...expected));
  });

  test('speaks in the place of the rule about lists of ranges', () => {
    expect(saysOf(portal([from(443, 'v4')], lists), [sg003, sg009])).toHaveLength(1);
  });

  test('is not about groups of what has no IPv6', () => {
    expect(saysOf(portal([from(443, 'v4')], lists, { ip_address_type: 'ipv4' }), [sg009])).toEqual([]);
  });
});

describe('V6-SG-010', () => {
  const rule = {
    security_group_id: '${aws_security_group.edge.id}',
    ip_protocol: 'tcp',
    from_port: 443,
    to_port: 443,
    cidr_ipv6: '::/0',
  };
  const ingress = { aws_vpc_security_group_ingress_rule: { one: rule } };

  test.each<[string, PlainResources, string[]]>([
    ['inline rules alone', { aws_security_group: { edge: { ingress: WEB } } }, []],
    ['resources alone', { aws_security_group: { edge: { ingress: [], egress: null } }, ...ingress }, []],
    [
      'both for one direction',
      { aws_security_group: { edge: { ingress: WEB } }, ...ingress },
      [
        'SG-010 error the group has inline ingress rules, and aws_vpc_security_group_ingress_rule.one adds another: each takes the other away',
      ],
    ],
    [
      'each for another direction',
      { aws_security_group: { edge: { egress: WEB } }, ...ingress },
      [
        'SG-010 notice the group has inline egress rules, and rule resources for ingress: one inline block there takes them away',
      ],
    ],
    [
      'the older kind of rule beside them',
      {
        aws_security_group: { edge: { egress: WEB } },
        aws_security_group_rule: {
          one: { type: 'egress', security_group_id: '${aws_security_group.edge.id}', ...v6(tcp(443)) },
        },
      },
      [
        'SG-010 error the group has inline egress rules, and aws_security_group_rule.one adds another: each takes the other away',
      ],
    ],
  ])('with %s', (_, resources, expected) => {
    expect(saysOf(resources, [sg010])).toEqual(edge(...expected));
  });

  test('takes what AWS reports in a state for what it is', () => {
    const group = new Resource({
      address: 'aws_security_group.edge',
      type: 'aws_security_group',
      attributes: { id: 'sg-1', ingress: WEB },
    });
    const one = new Resource({
      address: 'aws_security_group_rule.one',
      type: 'aws_security_group_rule',
      attributes: { type: 'ingress', security_group_id: 'sg-1' },
    });

    expect(judge(new ResourceGraph([group, one]), [sg010]).findings).toEqual([]);
  });
});

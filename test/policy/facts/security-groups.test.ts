import { AddressSet } from '../../../core/address-set';
import { formatCidr, parseCidr } from '../../../core/cidr';
import {
  admitted,
  awsListName,
  external,
  familyOfList,
  loneBlock,
  mayBeEverybody,
  openedTo,
  opensIcmp,
  opensPort,
  portBorders,
  protocolName,
  type SecurityRule,
  securityRules,
  securityRulesSaidBy,
} from '../../../policy/facts/security-groups';
import { Resource, ResourceGraph } from '../../../policy/resource-graph';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

const GROUP = '${aws_security_group.edge.id}';
const VPC: PlainResources = { aws_vpc: { main: { cidr_block: '10.0.0.0/16' } } };

function graphOf(resources: PlainResources): ResourceGraph {
  const data = {
    aws_ec2_managed_prefix_list: {
      cloudfront: { name: 'com.amazonaws.global.cloudfront.origin-facing' },
      cloudfront6: {
        filter: [{ name: 'prefix-list-name', values: ['com.amazonaws.global.ipv6.cloudfront.origin-facing'] }],
      },
      ours: { name: 'office' },
    },
    aws_prefix_list: { s3: { name: 'com.amazonaws.ap-southeast-1.s3' } },
  };
  return readStackJson({
    resource: { ...VPC, aws_security_group: { edge: { vpc_id: '${aws_vpc.main.id}' } }, ...resources },
    data,
  });
}

/** The rules of the group, as text: `tcp 443-443 0.0.0.0/0`. */
function said(graph: ResourceGraph, direction: 'ingress' | 'egress' = 'ingress'): string[] {
  return securityRules(graph, graph.at('aws_security_group.edge')!, direction).rules.map(textOf);
}

function textOf({ protocol, fromPort, toPort, peer }: SecurityRule): string {
  const who =
    peer.kind === 'range'
      ? formatCidr(peer.range)
      : peer.kind === 'group'
        ? (peer.group?.address ?? 'a group')
        : `${peer.kind} ${String(peer.value)}`;
  return `${protocol} ${fromPort}-${toPort} ${who}`;
}

function inline(...ingress: readonly object[]): ResourceGraph {
  return graphOf({ aws_security_group: { edge: { vpc_id: '${aws_vpc.main.id}', ingress } } });
}

describe('the rules of a group', () => {
  const expected = ['tcp 443-443 0.0.0.0/0', 'tcp 443-443 ::/0', 'tcp 443-443 aws_security_group.edge'];

  test('are the same in all ways of writing them', () => {
    const https = { from_port: 443, to_port: '443' };
    const current = { ...https, security_group_id: GROUP, ip_protocol: '6' };
    const ways = [
      graphOf({
        aws_vpc_security_group_ingress_rule: {
          ipv4: { ...current, cidr_ipv4: '0.0.0.0/0' },
          ipv6: { ...current, cidr_ipv6: '0::/0' },
          self: { ...current, referenced_security_group_id: GROUP },
        },
      }),
      graphOf({
        aws_security_group_rule: {
          all: {
            ...https,
            security_group_id: GROUP,
            type: 'ingress',
            protocol: 'TCP',
            cidr_blocks: ['0.0.0.0/0'],
            ipv6_cidr_blocks: ['::/0'],
            self: true,
          },
        },
      }),
      inline({
        ...https,
        protocol: 'tcp',
        cidr_blocks: ['0.0.0.0/0'],
        ipv6_cidr_blocks: ['::/0'],
        security_groups: [GROUP],
      }),
      inline({
        ...https,
        protocol: 'tcp',
        cidr_blocks: ['0.0.0.0/0'],
        ipv6_cidr_blocks: ['::/0'],
        self: 'true',
        security_groups: null,
      }),
    ];

    for (const graph of ways) {
      expect(said(graph)).toEqual(expected);
      expect(said(graph, 'egress')).toEqual([]);
    }
  });

  test('of the older kind have a direction, which may be hidden', () => {
    const rule = { security_group_id: GROUP, protocol: '-1', cidr_blocks: ['10.0.0.0/8'] };
    const graph = graphOf({
      aws_security_group_rule: { out: { ...rule, type: 'egress' }, any: { ...rule, type: '${var.x}' } },
    });

    expect(said(graph)).toHaveLength(1);
    expect(said(graph, 'egress')).toHaveLength(2);
  });

  test('that a rule resource says are known without its group', () => {
    const rule = { security_group_id: 'sg-1', ip_protocol: '-1', cidr_ipv6: '::/0' };
    const graph = graphOf({ aws_vpc_security_group_egress_rule: { out: rule } });
    const resource = graph.at('aws_vpc_security_group_egress_rule.out')!;

    expect(securityRulesSaidBy(graph, resource, 'egress').map(textOf)).toEqual(['all NaN-NaN ::/0']);
    expect(securityRulesSaidBy(graph, resource, 'ingress')).toEqual([]);
  });

  test('tell ranges of the wrong family, and hidden ones', () => {
    const graph = inline({
      protocol: 'tcp',
      from_port: 1,
      to_port: 1,
      cidr_blocks: ['::/0', '10.0.0.1', '${var.office}'],
    });

    expect(said(graph)).toEqual(['tcp 1-1 invalid ::/0', 'tcp 1-1 invalid 10.0.0.1', 'tcp 1-1 unknown ${var.office}']);
  });

  test('are not complete where some may be elsewhere', () => {
    const complete = (resources: PlainResources) => {
      const graph = graphOf(resources);
      return securityRules(graph, graph.at('aws_security_group.edge')!, 'ingress').complete;
    };
    const groups = { aws_security_group: { edge: {}, other: {} } };

    expect(complete({})).toBe(true);
    expect(complete({ aws_security_group: { edge: { ingress: '${var.rules}' } } })).toBe(false);
    expect(complete({ ...groups, aws_security_group_rule: { one: { security_group_id: '${var.group}' } } })).toBe(
      false,
    );
    expect(
      complete({ ...groups, aws_vpc_security_group_egress_rule: { one: { security_group_id: '${var.group}' } } }),
    ).toBe(true);
  });

  test('that the plan deletes are gone, though AWS still reports them with the group', () => {
    const change = (...actions: string[]) => ({ actions, replacePaths: [] });
    const group = new Resource({
      address: 'aws_security_group.edge',
      type: 'aws_security_group',
      attributes: {
        id: 'sg-1',
        ingress: [{ protocol: 'tcp', from_port: 443, to_port: 443, ipv6_cidr_blocks: ['::/0'] }],
      },
      configured: new Set(),
      change: change('no-op'),
    });
    const rule = new Resource({
      address: 'aws_vpc_security_group_ingress_rule.ipv6',
      type: 'aws_vpc_security_group_ingress_rule',
      attributes: { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv6: '::/0' },
      change: change('delete'),
    });

    expect(securityRules(new ResourceGraph([group]), group, 'ingress').rules).toHaveLength(1);
    expect(securityRules(new ResourceGraph([group, rule]), group, 'ingress').rules).toHaveLength(0);
  });
});

describe('a prefix list', () => {
  const https = { security_group_id: GROUP, ip_protocol: 'tcp', from_port: 443, to_port: 443 };
  const from = (prefix_list_id: string, lists: PlainResources[string] = {}) =>
    graphOf({
      aws_ec2_managed_prefix_list: lists,
      aws_vpc_security_group_ingress_rule: { list: { ...https, prefix_list_id } },
    });
  const OURS = '${aws_ec2_managed_prefix_list.office.id}';

  test('made here stands for its ranges, wherever they are written', () => {
    const entry = [{ cidr: '203.0.113.0/24' }];

    expect(said(from(OURS, { office: { address_family: 'IPv4', entry } }))).toEqual(['tcp 443-443 203.0.113.0/24']);
    const separate = graphOf({
      aws_ec2_managed_prefix_list: { office: { address_family: 'IPv4' } },
      aws_ec2_managed_prefix_list_entry: { one: { prefix_list_id: OURS, cidr: '198.51.100.0/24' } },
      aws_vpc_security_group_ingress_rule: { list: { ...https, prefix_list_id: OURS } },
    });
    expect(said(separate)).toEqual(['tcp 443-443 198.51.100.0/24']);
  });

  test.each<[string, PlainResources[string]]>([
    ['hidden ranges', { office: { entry: '${var.entries}' } }],
    ['one hidden range', { office: { entry: [{ cidr: '203.0.113.0/24' }, { cidr: '${var.office}' }] } }],
    ['no ranges yet', { office: {} }],
  ])('with %s stays a list', (_, lists) => {
    expect(said(from(OURS, lists))).toEqual([`tcp 443-443 prefix-list ${OURS}`]);
  });

  test.each<[string, string | undefined, 'ipv4' | 'ipv6' | undefined, boolean, boolean]>([
    [
      '${data.aws_ec2_managed_prefix_list.cloudfront.id}',
      'com.amazonaws.global.cloudfront.origin-facing',
      'ipv4',
      false,
      false,
    ],
    [
      '${data.aws_ec2_managed_prefix_list.cloudfront6.id}',
      'com.amazonaws.global.ipv6.cloudfront.origin-facing',
      'ipv6',
      false,
      false,
    ],
    ['${data.aws_prefix_list.s3.id}', 'com.amazonaws.ap-southeast-1.s3', undefined, false, false],
    ['${data.aws_ec2_managed_prefix_list.ours.id}', undefined, undefined, true, true],
    [OURS, undefined, 'ipv4', true, false],
    ['pl-1', undefined, undefined, true, true],
  ])('%s is known as %s, %s; may be everybody: %s over IPv4, %s over IPv6', (id, name, family, ipv4, ipv6) => {
    const graph = from(id, { office: { address_family: 'IPv4' } });
    const { peer } = securityRules(graph, graph.at('aws_security_group.edge')!, 'ingress').rules[0]!;
    const list = graph.at('aws_vpc_security_group_ingress_rule.list')!.value('prefix_list_id');
    expect(awsListName(graph, list)).toBe(name);
    expect(familyOfList(graph, list)).toBe(family);
    expect(mayBeEverybody(graph, peer, 'ipv4')).toBe(ipv4);
    expect(mayBeEverybody(graph, peer, 'ipv6')).toBe(ipv6);
  });
});

const rule = (protocol: string | undefined, fromPort: number, toPort: number): SecurityRule => ({
  resource: new Resource({ address: 'a', type: 'a', attributes: {} }),
  protocol,
  fromPort,
  toPort,
  peer: { kind: 'group', group: undefined, value: 'sg-1' },
});

test.each<[string, SecurityRule, boolean | undefined, boolean | undefined]>([
  ['all protocols', rule('all', NaN, NaN), true, true],
  ['TCP', rule('tcp', 443, 443), true, false],
  ['a span of UDP', rule('udp', 0, 65535), false, true],
  ['another port', rule('tcp', 80, 80), false, false],
  ['ICMP', rule('icmp', 3, 4), false, false],
  ['a hidden port', rule('tcp', NaN, 443), undefined, false],
  ['a hidden protocol', rule(undefined, 443, 443), undefined, undefined],
  ['a hidden protocol to another port', rule(undefined, 80, 80), false, false],
])('a rule for %s opens port 443', (_, one, tcp, udp) => {
  expect(opensPort(one, 443)).toBe(tcp);
  expect(opensPort(one, 443, 'udp')).toBe(udp);
});

test.each<[string, SecurityRule, boolean | undefined]>([
  ['all protocols', rule('all', NaN, NaN), true],
  ['all of ICMPv6', rule('icmpv6', -1, -1), true],
  ['its type and code', rule('icmpv6', 2, 0), true],
  ['its type', rule('icmpv6', 2, -1), true],
  ['another type', rule('icmpv6', 128, 0), false],
  ['ICMP of IPv4', rule('icmp', -1, -1), false],
  ['a hidden type', rule('icmpv6', NaN, 0), undefined],
])('a rule for %s lets "packet too big" in: %s', (_, one, expected) => {
  expect(opensIcmp(one, 'ipv6', 2, 0)).toBe(expected);
});

test('between two borders every port meets the same rules', () => {
  expect(portBorders([rule('tcp', 443, 443), rule('udp', 53, 60), rule('icmp', 3, 4), rule('all', NaN, NaN)])).toEqual([
    0, 53, 61, 443, 444,
  ]);
  expect(portBorders([rule('tcp', 0, 65535)])).toEqual([0]);
});

test('protocols have numbers and names', () => {
  expect(['-1', 6, 'UDP', '58', 'icmpv6', '50'].map(protocolName)).toEqual([
    'all',
    'tcp',
    'udp',
    'icmpv6',
    'icmpv6',
    '50',
  ]);
  expect([undefined, null, {}].map(protocolName)).toEqual([undefined, undefined, undefined]);
});

describe('who gets in', () => {
  const https = { protocol: 'tcp', from_port: 443, to_port: 443 };

  test('is who any of the rules lets in, by arithmetic', () => {
    const graph = inline({ ...https, cidr_blocks: ['0.0.0.0/1'] }, { protocol: '-1', cidr_blocks: ['128.0.0.0/1'] });
    const rules = securityRules(graph, graph.at('aws_security_group.edge')!, 'ingress');

    expect(openedTo(rules, 'ipv4', 443).addresses.holdsInternet).toBe(true);
    expect(openedTo(rules, 'ipv4', 80).addresses.holdsInternet).toBe(false);
    expect(openedTo(rules, 'ipv6', 443)).toMatchObject({ complete: true });
    expect(openedTo(rules, 'ipv6', 443).addresses.isEmpty).toBe(true);
  });

  test('adds up over groups', () => {
    const graph = graphOf({
      aws_security_group: {
        edge: { ingress: [{ ...https, cidr_blocks: ['0.0.0.0/1'] }] },
        other: { ingress: [{ ...https, cidr_blocks: ['128.0.0.0/1'] }] },
      },
    });
    const groups = graph.ofType('aws_security_group');

    expect(admitted(graph, groups, 'ingress', 'ipv4', 443).addresses.holdsInternet).toBe(true);
    expect(admitted(graph, groups.slice(1), 'ingress', 'ipv4', 443).addresses.holdsInternet).toBe(false);
  });

  test.each<[string, boolean, object]>([
    ['nobody', true, {}],
    ['the block of a VPC', true, { ipv6_cidr_blocks: ['${aws_vpc.main.ipv6_cidr_block}'] }],
    ['a group', true, { security_groups: ['${var.group}'] }],
    ['a variable', false, { ipv6_cidr_blocks: ['${var.office}'] }],
    ['a variable of the other family', true, { cidr_blocks: ['${var.office}'] }],
    ['a port that is hidden', false, { from_port: '${var.port}', ipv6_cidr_blocks: ['2001:db8::/32'] }],
    ['a list of AWS', true, { prefix_list_ids: ['${data.aws_ec2_managed_prefix_list.cloudfront6.id}'] }],
    ['some list', false, { prefix_list_ids: ['pl-1'] }],
  ])('over IPv6 beside %s is certain: %s', (_, certain, peer) => {
    const graph = inline({ ...https, ...peer });

    expect(admitted(graph, graph.ofType('aws_security_group'), 'ingress', 'ipv6', 443).certain).toBe(certain);
  });

  test('outside is not who has addresses of a private network', () => {
    const set = AddressSet.of('ipv4', [parseCidr('10.0.0.0/8')!, parseCidr('203.0.113.0/24')!]);

    expect(external(set).equals(AddressSet.of('ipv4', [parseCidr('203.0.113.0/24')!]))).toBe(true);
    expect(external(AddressSet.of('ipv6', [parseCidr('fd00::/8')!])).isEmpty).toBe(true);
  });
});

describe('the block of a VPC stands alone', () => {
  const IPV4 = '${aws_vpc.main.cidr_block}';
  const IPV6 = '${aws_vpc.main.ipv6_cidr_block}';
  const alone = (...ingress: readonly object[]) => {
    const graph = inline(...ingress.map((one) => ({ protocol: 'tcp', from_port: 443, to_port: 443, ...one })));
    return (
      loneBlock(graph, graph.ofType('aws_security_group'), 'ingress', graph.at('aws_vpc.main')!, 'ipv4') !== undefined
    );
  };

  test.each<[boolean, object[]]>([
    [true, [{ cidr_blocks: [IPV4] }]],
    [true, [{ cidr_blocks: ['10.0.0.0/16'] }]],
    [true, [{ cidr_blocks: [IPV4] }, { ipv6_cidr_blocks: [IPV6], from_port: 80, to_port: 80 }]],
    [false, [{ cidr_blocks: [IPV4], ipv6_cidr_blocks: [IPV6] }]],
    [false, [{ cidr_blocks: [IPV4], ipv6_cidr_blocks: ['::/0'] }]],
    [false, [{ cidr_blocks: [IPV4], ipv6_cidr_blocks: ['${var.block}'] }]],
    [false, [{ cidr_blocks: ['10.0.0.0/8'] }]],
    [false, [{ cidr_blocks: ['10.0.0.0/24'] }]],
    [false, [{ cidr_blocks: ['10.0.255.0/24'] }]],
    [false, [{ cidr_blocks: ['0.0.0.0/0'] }]],
  ])('%s: %j', (expected, ingress) => {
    expect(alone(...ingress)).toBe(expected);
  });
});

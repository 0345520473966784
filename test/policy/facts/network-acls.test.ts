import { AddressSet } from '../../../core/address-set';
import { type Family, parseCidr } from '../../../core/cidr';
import {
  aclEntries,
  aclOf,
  letsAnythingThrough,
  letsThrough,
  missingIn,
  passes,
  portsOf,
  refusedBy,
  subnetsGuardedBy,
  type Traffic,
} from '../../../policy/facts/network-acls';
import type { ResourceGraph } from '../../../policy/resource-graph';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

const VPC_ID = '${aws_vpc.main.id}';
const IPV6 = '${aws_vpc.main.ipv6_cidr_block}';

function graphOf(resources: PlainResources): ResourceGraph {
  const own = { a: { vpc_id: VPC_ID, ipv6_cidr_block: IPV6 }, b: { vpc_id: VPC_ID, ipv6_cidr_block: IPV6 } };
  return readStackJson({
    resource: { aws_vpc: { main: { cidr_block: '10.0.0.0/16' } }, aws_subnet: own, ...resources },
  });
}

function guarded(ingress: unknown, egress: unknown = ingress): ResourceGraph {
  return graphOf({
    aws_network_acl: { main: { vpc_id: VPC_ID, subnet_ids: ['${aws_subnet.a.id}'], ingress, egress } },
  });
}

function ingressOf(graph: ResourceGraph) {
  return aclEntries(graph, graph.at('aws_network_acl.main')!, 'ingress');
}

const ALL = { rule_no: 100, action: 'allow', protocol: '-1', from_port: 0, to_port: 0 };
const TCP = { ...ALL, protocol: '6', from_port: 0, to_port: 65535 };
const EVERYBODY = { ipv4: { cidr_block: '0.0.0.0/0' }, ipv6: { ipv6_cidr_block: '::/0' } };

describe('the ACL of a subnet', () => {
  const of = (resources: PlainResources, subnet: string) => {
    const graph = graphOf(resources);
    const acl = aclOf(graph, graph.at(`aws_subnet.${subnet}`)!);
    return typeof acl === 'string' ? acl : acl.address;
  };
  const named = { aws_network_acl: { main: { vpc_id: VPC_ID, subnet_ids: ['${aws_subnet.a.id}'] }, other: {} } };

  test.each<[string, string, string, PlainResources]>([
    ['aws_network_acl.main', 'that names it', 'a', named],
    ['unmanaged', 'of AWS, where none names it', 'b', named],
    [
      'aws_network_acl.other',
      'that an association names',
      'b',
      {
        ...named,
        aws_network_acl_association: {
          b: { subnet_id: '${aws_subnet.b.id}', network_acl_id: '${aws_network_acl.other.id}' },
        },
      },
    ],
    [
      'aws_default_network_acl.main',
      'that is managed for the VPC',
      'a',
      { aws_default_network_acl: { main: { default_network_acl_id: '${aws_vpc.main.default_network_acl_id}' } } },
    ],
    [
      'unknown',
      'of another VPC, perhaps',
      'a',
      { aws_default_network_acl: { main: { default_network_acl_id: 'acl-1' } } },
    ],
    [
      'unknown',
      'elsewhere',
      'a',
      { aws_network_acl_association: { a: { subnet_id: '${aws_subnet.a.id}', network_acl_id: 'acl-1' } } },
    ],
    ['unknown', 'of a hidden list', 'a', { aws_network_acl: { main: { subnet_ids: '${local.missing}' }, other: {} } }],
    ['unknown', 'of a VPC elsewhere', 'a', { aws_subnet: { a: { vpc_id: 'vpc-1' } } }],
  ])('is %s: the one %s', (expected, _, subnet, resources) => {
    expect(of(resources, subnet)).toBe(expected);
  });

  test('knows its subnets', () => {
    const graph = graphOf(named);

    expect(subnetsGuardedBy(graph, graph.at('aws_network_acl.main')!)).toEqual([graph.at('aws_subnet.a')]);
    expect(subnetsGuardedBy(graph, graph.at('aws_network_acl.other')!)).toEqual([]);
  });
});

describe('entries', () => {
  test('are read from blocks and from resources, in the order of their numbers', () => {
    const rule = { network_acl_id: '${aws_network_acl.main.id}', protocol: 'tcp', from_port: 443, to_port: 443 };
    const graph = graphOf({
      aws_network_acl: { main: {} },
      aws_network_acl_rule: {
        late: { ...rule, rule_number: 200, rule_action: 'ALLOW', cidr_block: '10.0.0.0/8' },
        early: { ...rule, rule_number: 9, rule_action: 'deny', ipv6_cidr_block: '::/0', egress: false },
        out: { ...rule, rule_number: 1, rule_action: 'allow', cidr_block: '0.0.0.0/0', egress: 'true' },
      },
    });
    const { entries, complete } = ingressOf(graph);

    expect(entries.map(({ number, family, allows, protocol }) => [number, family, allows, protocol])).toEqual([
      [9, 'ipv6', false, 'tcp'],
      [200, 'ipv4', true, 'tcp'],
    ]);
    expect(complete).toBe(true);
  });

  test.each<[string, boolean, unknown]>([
    ['written out', true, [{ ...ALL, ...EVERYBODY.ipv6 }]],
    ['hidden', false, '${var.entries}'],
    ['without a known number', false, [{ ...ALL, rule_no: '${var.number}', ...EVERYBODY.ipv6 }]],
  ])('%s are complete: %s', (_, expected, entries) => {
    expect(ingressOf(guarded(entries)).complete).toBe(expected);
  });
});

const HTTPS = { fromPort: 443, toPort: 443 };

function everybody(family: Family, traffic: Partial<Traffic> = {}): Traffic & { addresses: AddressSet } {
  return { family, ...HTTPS, ...traffic, addresses: AddressSet.internet(family) };
}

describe('traffic of everybody', () => {
  test.each<[string, boolean | undefined, object[]]>([
    ['an entry for all', true, [{ ...ALL, ...EVERYBODY.ipv6 }]],
    ['no entry', false, []],
    ['one for the other family', false, [{ ...ALL, ...EVERYBODY.ipv4 }]],
    ['one for its port', true, [{ ...TCP, from_port: 443, to_port: 443, ...EVERYBODY.ipv6 }]],
    ['one for another', false, [{ ...TCP, from_port: 80, to_port: 80, ...EVERYBODY.ipv6 }]],
    [
      'two that share the world',
      true,
      [
        { ...ALL, ipv6_cidr_block: '2000::/4' },
        { ...ALL, rule_no: 101, ipv6_cidr_block: '3000::/4' },
      ],
    ],
    [
      'a denial before it',
      false,
      [
        { ...ALL, rule_no: 99, action: 'deny', ipv6_cidr_block: '2000::/3' },
        { ...ALL, ...EVERYBODY.ipv6 },
      ],
    ],
    [
      'a denial behind it',
      true,
      [
        { ...ALL, rule_no: 101, action: 'deny', ...EVERYBODY.ipv6 },
        { ...ALL, ...EVERYBODY.ipv6 },
      ],
    ],
    [
      'a denial of the VPC before it',
      true,
      [
        { ...ALL, rule_no: 99, action: 'deny', ipv6_cidr_block: IPV6 },
        { ...ALL, ...EVERYBODY.ipv6 },
      ],
    ],
    [
      'a hidden range before it',
      undefined,
      [
        { ...ALL, rule_no: 99, action: 'deny', ipv6_cidr_block: '${var.bad}' },
        { ...ALL, ...EVERYBODY.ipv6 },
      ],
    ],
    ['a hidden action', undefined, [{ ...ALL, action: '${var.action}', ...EVERYBODY.ipv6 }]],
    ['a hidden protocol', undefined, [{ ...TCP, protocol: '${var.protocol}', ...EVERYBODY.ipv6 }]],
    ['a hidden port', undefined, [{ ...TCP, from_port: '${var.port}', ...EVERYBODY.ipv6 }]],
    ['ICMP alone', false, [{ ...ALL, protocol: '58', icmp_type: -1, icmp_code: -1, ...EVERYBODY.ipv6 }]],
  ])('by %s passes: %s', (_, expected, entries) => {
    expect(passes(ingressOf(guarded(entries)), everybody('ipv6'))).toBe(expected);
  });

  test('passes only where all of its ports do', () => {
    const entries = [
      { ...TCP, from_port: 1024, to_port: 32767, ...EVERYBODY.ipv6 },
      { ...TCP, rule_no: 101, from_port: 32768, to_port: 60999, ...EVERYBODY.ipv6 },
    ];
    const acl = ingressOf(guarded(entries));

    expect(passes(acl, everybody('ipv6', { fromPort: 1024, toPort: 60999 }))).toBe(true);
    expect(passes(acl, everybody('ipv6', { fromPort: 1024, toPort: 65535 }))).toBe(false);
    expect(portsOf(acl.entries, everybody('ipv6', { fromPort: 1024, toPort: 65535 }))).toEqual([1024, 32768, 61000]);
  });

  test('passes but for a list of those who are shut out', () => {
    const shutOut = (range: string) =>
      ingressOf(
        guarded([
          { ...ALL, rule_no: 99, action: 'deny', cidr_block: range },
          { ...ALL, ...EVERYBODY.ipv4 },
        ]),
      );

    expect(letsThrough(shutOut('203.162.0.0/16'), everybody('ipv4'))).toBe(true);
    expect(passes(shutOut('203.162.0.0/16'), everybody('ipv4'))).toBe(false);
    expect(letsThrough(shutOut('0.0.0.0/2'), everybody('ipv4'))).toBe(false);
    expect(refusedBy(shutOut('203.162.0.0/16'), everybody('ipv4')).addresses.size).toBe(65536n);
  });

  test('by UDP and ICMP meets entries of its own', () => {
    const acl = ingressOf(
      guarded([
        { ...TCP, protocol: '17', ...EVERYBODY.ipv6 },
        { ...ALL, rule_no: 101, protocol: 'ipv6-icmp', icmp_type: '2', icmp_code: 0, ...EVERYBODY.ipv6 },
        { ...ALL, rule_no: 102, protocol: '1', icmp_type: 3, icmp_code: -1, ...EVERYBODY.ipv4 },
      ]),
    );
    const icmp = (family: Family, type: number, code: number) =>
      passes(acl, everybody(family, { protocol: 'icmp', fromPort: type, toPort: type, code }));

    expect(passes(acl, everybody('ipv6', { protocol: 'udp' }))).toBe(true);
    expect(passes(acl, everybody('ipv6'))).toBe(false);
    expect([icmp('ipv6', 2, 0), icmp('ipv6', 2, 1), icmp('ipv6', 3, 0)]).toEqual([true, false, false]);
    expect([icmp('ipv4', 3, 4), icmp('ipv4', 11, 0)]).toEqual([true, false]);
  });
});

describe('traffic inside the VPC', () => {
  const OTHER = { ...ALL, rule_no: 101 };

  test.each<[string, Family, boolean | undefined, object[]]>([
    ['everybody', 'ipv6', true, [{ ...ALL, ...EVERYBODY.ipv6 }]],
    ['its block, which is computed', 'ipv6', true, [{ ...ALL, ipv6_cidr_block: IPV6 }]],
    ['its block, which is written', 'ipv4', true, [{ ...ALL, cidr_block: '10.0.0.0/16' }]],
    ['more than its block', 'ipv4', true, [{ ...ALL, cidr_block: '10.0.0.0/8' }]],
    ['a part of its block', 'ipv4', undefined, [{ ...ALL, cidr_block: '10.0.1.0/24' }]],
    ['another network', 'ipv4', false, [{ ...ALL, cidr_block: '10.1.0.0/16' }]],
    ['a range that may be in its hidden block', 'ipv6', undefined, [{ ...ALL, ipv6_cidr_block: '2001:db8::/32' }]],
    ['what somebody passes in', 'ipv6', undefined, [{ ...ALL, ipv6_cidr_block: '${var.block}' }]],
    [
      'what somebody passes in, or else everybody',
      'ipv6',
      true,
      [
        { ...ALL, ipv6_cidr_block: '${var.block}' },
        { ...OTHER, ...EVERYBODY.ipv6 },
      ],
    ],
    ['nobody', 'ipv6', false, []],
    [
      'nobody, before everybody',
      'ipv6',
      false,
      [
        { ...ALL, action: 'deny', ipv6_cidr_block: IPV6 },
        { ...OTHER, ...EVERYBODY.ipv6 },
      ],
    ],
    ['text that is no range', 'ipv6', false, [{ ...ALL, ipv6_cidr_block: '0.0.0.0/0' }]],
  ])('by an entry about %s passes over %s: %s', (_, family, expected, entries) => {
    expect(passes(ingressOf(guarded(entries)), { family, ...HTTPS, addresses: 'inside' })).toBe(expected);
  });
});

describe('a family', () => {
  const lets = (...entries: object[]) => letsAnythingThrough(ingressOf(guarded(entries)), 'ipv6');

  test('gets through by any entry that no denial makes void', () => {
    const allow = { ...TCP, ...EVERYBODY.ipv6 };
    const deny = { ...ALL, rule_no: 99, action: 'deny' };

    expect(lets()).toBe(false);
    expect(lets(allow)).toBe(true);
    expect(lets({ ...ALL, ...EVERYBODY.ipv4 })).toBe(false);
    expect(lets(allow, { ...deny, ...EVERYBODY.ipv6 })).toBe(false);
    expect(lets(allow, { ...deny, rule_no: 101, ...EVERYBODY.ipv6 })).toBe(true);
    expect(lets(allow, { ...deny, ipv6_cidr_block: '2000::/3' })).toBe(true);
    expect(lets(allow, { ...deny, protocol: '17', ...EVERYBODY.ipv6 })).toBe(true);
    expect(lets({ ...allow, action: '${var.action}' })).toBeUndefined();
  });

  const BOTH = [
    { ...ALL, ...EVERYBODY.ipv4 },
    { ...ALL, rule_no: 101, ...EVERYBODY.ipv6 },
  ];

  test.each<[string, unknown, unknown, unknown]>([
    ['misses nowhere', BOTH, BOTH, undefined],
    ['misses both ways', BOTH.slice(0, 1), BOTH.slice(0, 1), { family: 'ipv6', directions: ['ingress', 'egress'] }],
    ['misses on the way out', BOTH, BOTH.slice(0, 1), { family: 'ipv6', directions: ['egress'] }],
    ['misses on the way in, being IPv4', BOTH.slice(1), BOTH, { family: 'ipv4', directions: ['ingress'] }],
    ['misses like the other', [], BOTH, undefined],
    ['may be hidden', '${var.entries}', BOTH, 'unknown'],
  ])('%s', (_, ingress, egress, expected) => {
    const graph = guarded(ingress, egress);

    expect(missingIn(graph, graph.at('aws_network_acl.main')!)).toEqual(expected);
  });

  test('misses nothing in subnets that it is not in', () => {
    const acl = { subnet_ids: ['${aws_subnet.a.id}'], ingress: BOTH.slice(1), egress: BOTH.slice(0, 1) };
    const missing = (subnet: Record<string, unknown>) => {
      const graph = graphOf({ aws_subnet: { a: subnet }, aws_network_acl: { main: acl } });
      return missingIn(graph, graph.at('aws_network_acl.main')!);
    };

    expect(missing({ vpc_id: VPC_ID })).toBeUndefined();
    expect(missing({ vpc_id: VPC_ID, ipv6_native: true, ipv6_cidr_block: IPV6 })).toEqual({
      family: 'ipv6',
      directions: ['egress'],
    });
  });
});

test('a range in a set is refused where an entry before shuts it out', () => {
  const acl = ingressOf(guarded([{ ...ALL, cidr_block: '203.0.113.0/24' }]));
  const addresses = AddressSet.of('ipv4', [parseCidr('203.0.113.0/25')!]);

  expect(passes(acl, { family: 'ipv4', ...HTTPS, addresses })).toBe(true);
  expect(passes(acl, { family: 'ipv4', ...HTTPS, addresses: addresses.union(parseCidr('198.51.100.0/24')!) })).toBe(
    false,
  );
});

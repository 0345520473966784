import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { SubnetTier } from '../../../constructs/network/subnet-tier';
import { TierAcl, type TierAclProps } from '../../../constructs/network/tier-acl';
import { type Attributes, REGION, type Synthesized, synth } from '../../helpers/synth';

type From = TierAclProps['from'];

const KINDS: readonly From[] = ['internet', 'replies', 'vpc', 'transit'];

const acl = (from: From): Synthesized =>
  synth((scope) => {
    const vpc = new Vpc(scope, 'vpc', { cidrBlock: '10.0.0.0/20' });
    const tier = new SubnetTier(scope, 'tier', {
      vpc,
      ipv4: '10.0.0.0/20',
      ipv6Prefix: 56,
      tier: 'public',
      region: REGION,
      zones: ['a', 'b'],
      routeTables: 'shared',
      name: 'hue',
    });
    new TierAcl(scope, 'Acl', { vpc, tier, from, name: 'hue-public' });
  });

const rulesOf = (stack: Synthesized, direction: 'ingress' | 'egress'): Attributes[] =>
  stack.only('aws_network_acl')[direction] as Attributes[];

/** A rule in a few words: who, protocol, ports or ICMP type and code. */
function say(stack: Synthesized, rule: Attributes): string {
  const who = String(rule.cidr_block ?? rule.ipv6_cidr_block).replace(stack.addressOf('vpc'), 'vpc');
  const what = rule.icmp_type === null ? `${rule.from_port}-${rule.to_port}` : `${rule.icmp_type}/${rule.icmp_code}`;
  return `${who} ${rule.protocol} ${what}`;
}

const INSIDE = ['${vpc.cidr_block} -1 0-0', '${vpc.ipv6_cidr_block} -1 0-0'];
const ANYBODY = ['0.0.0.0/0 -1 0-0', '::/0 -1 0-0'];
const WEB = ['0.0.0.0/0 6 80-80', '::/0 6 80-80', '0.0.0.0/0 6 443-443', '::/0 6 443-443'];
const REPLIES = ['0.0.0.0/0 6 1024-65535', '::/0 6 1024-65535', '0.0.0.0/0 17 1024-65535', '::/0 17 1024-65535'];
const ICMP_ERRORS = [
  // Destination unreachable; in IPv4 this is also how a router says "fragmentation needed".
  '0.0.0.0/0 1 3/-1',
  '::/0 58 1/-1',
  // Time exceeded.
  '0.0.0.0/0 1 11/-1',
  '::/0 58 3/-1',
  // Packet Too Big: routers never fragment IPv6, so without it large answers hang.
  '::/0 58 2/0',
];

test.each<[From, string[], string[]]>([
  ['internet', [...INSIDE, ...WEB, ...REPLIES, ...ICMP_ERRORS], ANYBODY],
  ['replies', [...INSIDE, ...REPLIES, ...ICMP_ERRORS], ANYBODY],
  ['vpc', INSIDE, INSIDE],
  ['transit', ANYBODY, ANYBODY],
])('from %s, both families get in and out alike', (from, ingress, egress) => {
  const stack = acl(from);

  expect(rulesOf(stack, 'ingress').map((rule) => say(stack, rule))).toEqual(ingress);
  expect(rulesOf(stack, 'egress').map((rule) => say(stack, rule))).toEqual(egress);
});

describe.each(KINDS)('from %s', (from) => {
  const stack = acl(from);

  test.each(['ingress', 'egress'] as const)(
    'every IPv4 %s rule has its IPv6 twin under the next number',
    (direction) => {
      const rules = rulesOf(stack, direction);
      const twins = new Map(rules.map((rule) => [Number(rule.rule_no), rule]));

      for (const rule of rules.filter(({ cidr_block }) => cidr_block !== null)) {
        const twin = twins.get(Number(rule.rule_no) + 1);
        expect(twin?.ipv6_cidr_block).toBeTruthy();
        expect([twin?.from_port, twin?.to_port, twin?.action]).toEqual([rule.from_port, rule.to_port, rule.action]);
      }
    },
  );

  test.each(['ingress', 'egress'] as const)('%s numbers are used once, and a rule has one family', (direction) => {
    const rules = rulesOf(stack, direction);

    expect(new Set(rules.map(({ rule_no }) => rule_no)).size).toBe(rules.length);
    for (const { cidr_block, ipv6_cidr_block } of rules) expect([cidr_block, ipv6_cidr_block]).toContain(null);
  });

  test('stays within the 20 rules that AWS allows for a family and a direction', () => {
    for (const direction of ['ingress', 'egress'] as const) {
      for (const family of ['cidr_block', 'ipv6_cidr_block']) {
        expect(rulesOf(stack, direction).filter((rule) => rule[family] !== null).length).toBeLessThanOrEqual(20);
      }
    }
  });
});

test('holds for all subnets of the tier', () => {
  const stack = acl('internet');

  expect(stack.only('aws_network_acl')).toMatchObject({
    vpc_id: stack.ref('vpc'),
    subnet_ids: [stack.ref('tier/a/Resource'), stack.ref('tier/b/Resource')],
    tags: { Name: 'hue-public' },
  });
});

test('ICMPv6 is protocol 58 with type and code; the provider refuses its name here', () => {
  const icmp = rulesOf(acl('replies'), 'ingress').filter(({ icmp_type }) => icmp_type !== null);

  for (const rule of icmp) expect(rule.protocol).toBe(rule.cidr_block === null ? '58' : '1');
});

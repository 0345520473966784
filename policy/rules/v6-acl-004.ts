import { parseCidr } from '../../core/cidr';
import { isWritten } from '../facts/inline';
import { ACLS } from '../facts/network-acls';
import { protocolName } from '../facts/security-groups';
import { type ExampleResources, fail, PASS, type Rule } from '../rule';
import type { Block } from '../value';

export const rule: Rule = {
  id: 'V6-ACL-004',
  title: 'An entry about ICMPv6 says its type and code, and is about IPv6 ranges',
  group: 'firewalls',
  kind: 'danger',
  severity: 'error',
  types: ['aws_network_acl_rule', ...ACLS],
  why: 'AWS refuses an entry for protocol 58 without type and code, and one for an IPv4 range lets every kind of ICMP through. The plan accepts both, so it shows when it is applied, or never.',
  fix: 'Write `protocol = "58"` with `ipv6_cidr_block`, `icmp_type` and `icmp_code`; -1 stands for all of them.',
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/network_acl_rule',
    'measured with AWS provider 5.100.0: the plan takes it, but refuses the name "icmpv6"',
  ],
  good: entry({ protocol: '58', ipv6_cidr_block: '::/0', icmp_type: 2, icmp_code: 0 }),
  bad: entry({ protocol: '58', ipv6_cidr_block: '::/0' }),

  check(resource) {
    const isRule = resource.type === 'aws_network_acl_rule';
    const inline = (['ingress', 'egress'] as const).filter((direction) => isWritten(resource, direction));
    const blocks = isRule ? [resource] : inline.flatMap((direction) => resource.blocks(direction));
    const mistakes = new Set(
      blocks.flatMap((block) => {
        const mistake = mistakeOf(block);
        const number = block.known('rule_no');
        return mistake ? [isRule || !number ? mistake : `entry ${number}: ${mistake}`] : [];
      }),
    );
    if (mistakes.size > 0) return fail([...mistakes].join('; '));
    return blocks.length > 0 ? PASS : undefined;
  },
};

function mistakeOf(block: Block): string | undefined {
  if (block.has('cidr_block') && block.has('ipv6_cidr_block'))
    return 'an entry is about one family, but this has a range of each';
  for (const [name, family, word] of [
    ['cidr_block', 'ipv4', 'IPv4'],
    ['ipv6_cidr_block', 'ipv6', 'IPv6'],
  ] as const) {
    const text = block.known(name);
    if (text !== undefined && parseCidr(text)?.family !== family)
      return `"${text}" is no ${word} range, but stands in \`${name}\``;
  }
  const protocol = protocolName(block.value('protocol'));
  if (block.known('protocol')?.toLowerCase() === 'icmpv6')
    return 'the provider does not know the protocol "icmpv6" here: it is "58"';
  if (protocol === 'icmp' && block.has('ipv6_cidr_block'))
    return 'protocol 1 (ICMP) is about an IPv6 range: ICMPv6 is protocol 58';
  if (protocol !== 'icmpv6') return undefined;
  if (block.has('cidr_block'))
    return 'protocol 58 (ICMPv6) is about an IPv4 range, and lets every kind of ICMP through';
  const unset = ['icmp_type', 'icmp_code'].filter((name) => !block.has(name));
  return unset.length > 0
    ? `protocol 58 (ICMPv6) has no ${unset.map((name) => `\`${name}\``).join(' and ')}`
    : undefined;
}

function entry(attributes: object): ExampleResources {
  return {
    aws_network_acl_rule: {
      icmp: { network_acl_id: 'acl-0123456789abcdef0', rule_number: 171, rule_action: 'allow', ...attributes },
    },
  };
}

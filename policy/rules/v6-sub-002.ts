import { formatCidr, hasHostBits, parseCidr } from '../../core/cidr';
import { isSubnetPrefix } from '../facts/address-blocks';
import { type ExampleResources, fail, PASS, type Rule } from '../rule';

export const rule: Rule = {
  id: 'V6-SUB-002',
  title: "A subnet's IPv6 block is a /64",
  group: 'addressing',
  kind: 'danger',
  severity: 'error',
  types: ['aws_subnet'],
  why: 'Terraform plans any length, and AWS refuses what is not on its list. It has others than /64 on that list, but the provider documents /64 alone, and so does most of what is built on top.',
  fix: 'Write a /64, or let `cidrsubnet(aws_vpc.x.ipv6_cidr_block, 8, n)` cut one out of a /56.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/subnet',
    'measured with AWS provider 5.100.0',
  ],
  good: stack('2001:db8:0:100::/64'),
  bad: stack('2001:db8:0:100::/72'),

  check(subnet) {
    const block = subnet.known('ipv6_cidr_block');
    if (block === undefined) return undefined;
    const range = parseCidr(block);
    if (range?.family !== 'ipv6') return fail(`ipv6_cidr_block is ${block}, which is no IPv6 block`);
    if (hasHostBits(range)) return fail(`ipv6_cidr_block is ${block}; the block is ${formatCidr(range)}`);
    if (range.prefix === 64) return PASS;
    // AWS takes these.
    const severity = isSubnetPrefix(range.prefix) ? 'warning' : 'error';
    return fail(`ipv6_cidr_block is a /${range.prefix}`, { severity });
  },
};

function stack(block: string): ExampleResources {
  return { aws_subnet: { a: { vpc_id: 'vpc-0123456789abcdef0', cidr_block: '10.0.0.0/24', ipv6_cidr_block: block } } };
}

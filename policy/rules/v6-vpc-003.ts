import { parseCidr } from '../../core/cidr';
import { isVpcPrefix } from '../facts/address-blocks';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';
import { Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-VPC-003',
  title: "A VPC's IPv6 block is of a size that AWS has",
  group: 'addressing',
  kind: 'danger',
  severity: 'error',
  types: ['aws_vpc', 'aws_vpc_ipv6_cidr_block_association'],
  why: 'AWS gives IPv6 blocks of /44, /48, /52, /56 and /60 to VPCs, and refuses everything else.',
  fix: 'Ask for a /56, which has room for 256 subnets, or for a /52 where that is too small.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#vpc-sizing-ipv6',
    'measured with AWS provider 5.100.0',
  ],
  good: stack(56),
  bad: stack(58),
  unknown: stack('${var.netmask_length}'),

  check(owner) {
    const block = owner.string('ipv6_cidr_block');
    if (typeof block === 'string') {
      const range = parseCidr(block);
      if (range?.family !== 'ipv6') return fail(`ipv6_cidr_block is ${block}, which is no IPv6 block`);
      return isVpcPrefix(range.prefix) ? PASS : fail(`ipv6_cidr_block is a /${range.prefix}`);
    }
    const length = owner.number('ipv6_netmask_length') ?? block;
    // States have 0 where a block is of no pool.
    if (length === undefined || length === 0) return undefined;
    if (length instanceof Unknown) return unknown('how long the block is going to be is only known after apply');
    return isVpcPrefix(length) ? PASS : fail(`ipv6_netmask_length is ${length}`);
  },
};

function stack(length: number | string): ExampleResources {
  return {
    aws_vpc: {
      main: {
        cidr_block: '10.0.0.0/16',
        ipv6_ipam_pool_id: 'ipam-pool-0123456789abcdef0',
        ipv6_netmask_length: length,
      },
    },
  };
}

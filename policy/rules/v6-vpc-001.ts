import { vpcHasIpv6 } from '../facts/address-blocks';
import { takenFrom } from '../facts/removals';
import { fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-VPC-001',
  title: 'A VPC has an IPv6 block',
  group: 'addressing',
  kind: 'presence',
  severity: 'error',
  hop: 'route',
  types: ['aws_vpc'],
  why: 'Subnets, load balancers and tasks get their IPv6 addresses from the block of their VPC. Without one nothing in it can speak IPv6.',
  fix: 'Set `assign_generated_ipv6_cidr_block = true`, or take a block from an IPAM pool with `ipv6_ipam_pool_id` and `ipv6_netmask_length`.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#vpc-sizing-ipv6'],
  good: { aws_vpc: { main: { cidr_block: '10.0.0.0/16', assign_generated_ipv6_cidr_block: true } } },
  bad: { aws_vpc: { main: { cidr_block: '10.0.0.0/16' } } },
  unknown: {
    aws_vpc: { main: { cidr_block: '10.0.0.0/16', assign_generated_ipv6_cidr_block: '${var.ipv6}' } },
  },

  check(vpc, graph) {
    const has = vpcHasIpv6(graph, vpc);
    if (has === undefined) return unknown('whether the VPC has an IPv6 block depends on what this input does not show');
    return has ? PASS : fail('the VPC has no IPv6 block', { causes: takenFrom(graph, vpc) });
  },
};

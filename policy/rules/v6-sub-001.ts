import { isInDualStackVpc, subnetHasIpv6 } from '../facts/address-blocks';
import { takenFrom } from '../facts/removals';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-SUB-001',
  title: 'A subnet of a dual-stack VPC has an IPv6 block',
  group: 'addressing',
  kind: 'presence',
  severity: 'error',
  hop: 'route',
  types: ['aws_subnet'],
  why: "A VPC's IPv6 block is not handed down: each subnet needs a part of it. Without one nothing in the subnet can have an IPv6 address, and no load balancer there can be dual-stack.",
  fix: 'Set `ipv6_cidr_block = cidrsubnet(aws_vpc.x.ipv6_cidr_block, 8, n)`, with a number that no other subnet has.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html'],
  good: stack('${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 1)}'),
  bad: stack(undefined),
  unknown: { aws_subnet: { a: { vpc_id: 'vpc-0123456789abcdef0', cidr_block: '10.0.0.0/24' } } },

  check(subnet, graph) {
    if (subnetHasIpv6(subnet)) return PASS;
    const isDualStack = isInDualStackVpc(graph, subnet);
    if (isDualStack === undefined) {
      return unknown('the subnet has no IPv6 block, and whether its VPC has one is not seen');
    }
    // A VPC without IPv6 is what is to be mended first.
    if (!isDualStack) return undefined;
    return fail('the subnet has no IPv6 block, but its VPC does', { causes: takenFrom(graph, subnet) });
  },
};

function stack(block: unknown): ExampleResources {
  return {
    aws_vpc: { main: { cidr_block: '10.0.0.0/16', assign_generated_ipv6_cidr_block: true } },
    aws_subnet: { a: { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.0.0.0/24', ipv6_cidr_block: block } },
  };
}

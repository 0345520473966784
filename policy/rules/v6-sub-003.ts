import { formatCidr } from '../../core/cidr';
import { isSubnetPrefix, isVpcPrefix } from '../facts/address-blocks';
import { neighborsOf, overlappedBy, strayFrom, type SubnetBlock, subnetBlockOf } from '../facts/subnet-blocks';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, type Verdict } from '../rule';

export const rule: Rule = {
  id: 'V6-SUB-003',
  title: "Each subnet has a /64 of its own out of its VPC's block",
  group: 'addressing',
  kind: 'danger',
  severity: 'error',
  types: ['aws_subnet'],
  why: 'Terraform only knows the blocks once the VPC exists. Two subnets with one number, or a wrong number of bits, look fine in the plan; AWS refuses them in the middle of the apply.',
  fix: 'Give each subnet of the VPC another number in `cidrsubnet(aws_vpc.x.ipv6_cidr_block, newbits, netnum)`, with `newbits` 8 for a /56 and 12 for a /52.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
    'https://developer.hashicorp.com/terraform/language/functions/cidrsubnet',
  ],
  good: stack(1),
  bad: stack(0),

  check(subnet, graph) {
    const block = subnetBlockOf(graph, subnet);
    if (!block) return undefined;
    return sizeProblem(graph, subnet, block) ?? strayProblem(graph, subnet) ?? overlap(graph, subnet) ?? PASS;
  },
};

function sizeProblem(graph: ResourceGraph, subnet: Resource, block: SubnetBlock): Verdict | undefined {
  const { cut, parentPrefix } = block;
  if (!cut) return undefined;
  if (!cut.fits) return fail(`cidrsubnet has no block ${cut.netnum} of ${cut.newbits} bits`);
  // A block of a length that no VPC can have is what is to be mended first.
  if (parentPrefix === undefined || !isVpcPrefix(parentPrefix) || parentPrefix + cut.newbits === 64) return undefined;
  const length = parentPrefix + cut.newbits;
  // Subnets that are cut by the same mistake are one finding, that of the first.
  const first = neighborsOf(graph, subnet).find((other) => {
    const its = subnetBlockOf(graph, other);
    return its?.cut?.newbits === cut.newbits && its.parentPrefix === parentPrefix;
  });
  return fail(`${cut.newbits} bits more than the VPC's /${parentPrefix} make a /${length}, not a /64`, {
    severity: isSubnetPrefix(length) ? 'warning' : 'error',
    ...(first && first !== subnet && { causes: [first] }),
  });
}

function strayProblem(graph: ResourceGraph, subnet: Resource): Verdict | undefined {
  // AWS has checked those that exist.
  if (subnet.known('id') !== undefined) return undefined;
  const stray = strayFrom(graph, subnet);
  return stray && fail(`${formatCidr(stray.range)} is not in its VPC's ${stray.blocks.map(formatCidr).join(' or ')}`);
}

function overlap(graph: ResourceGraph, subnet: Resource): Verdict | undefined {
  const [other] = overlappedBy(graph, subnet);
  if (!other) return undefined;
  // A block of a length that AWS refuses is what is to be mended first.
  const causes = [subnet, other].map((resource) => ({ rule: 'V6-SUB-002', resource }));
  return fail(`its IPv6 block overlaps that of ${other.address}`, { causes });
}

function stack(number: number): ExampleResources {
  const subnet = (cidr: string, netnum: number) => ({
    vpc_id: '${aws_vpc.main.id}',
    cidr_block: cidr,
    ipv6_cidr_block: `\${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, ${netnum})}`,
  });
  return {
    aws_vpc: { main: { cidr_block: '10.0.0.0/16', assign_generated_ipv6_cidr_block: true } },
    aws_subnet: { a: subnet('10.0.0.0/24', 0), b: subnet('10.0.1.0/24', number) },
  };
}

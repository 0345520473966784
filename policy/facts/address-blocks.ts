import { parseCidr } from '../../core/cidr';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type Maybe, some, Unknown } from '../value';
import { poolOf } from './ipam';

/** Attributes by which a VPC gets IPv6. */
const VPC_SOURCES = ['ipv6_ipam_pool_id', 'ipv6_cidr_block'] as const;

/** Whether a VPC has an IPv6 block; undefined where somebody else may give it one. */
export function vpcHasIpv6(graph: ResourceGraph, vpc: Resource): Maybe {
  return graph.fact(vpc, vpcHasIpv6, () => {
    const generated = vpc.is('assign_generated_ipv6_cidr_block', true, false);
    // A computed block of an existing VPC is known, and is IPv6 whoever set it.
    const own = some([generated, ...VPC_SOURCES.map((name) => vpc.has(name))]);
    if (own || graph.referring('aws_vpc_ipv6_cidr_block_association', 'vpc_id', vpc).length > 0) return true;
    return graph.mayRefer('aws_vpc_ipv6_cidr_block_association', 'vpc_id', 'aws_vpc') ? undefined : own;
  });
}

/** The VPC of a resource with a `vpc_id`, where it is part of this input. */
export function vpcOf(graph: ResourceGraph, resource: Resource): Resource | undefined {
  return graph.referenceIn(resource.value('vpc_id'), 'aws_vpc');
}

/** Whether a subnet is in a VPC with IPv6; undefined where this input neither has the VPC nor shows it otherwise. */
export function isInDualStackVpc(graph: ResourceGraph, subnet: Resource): Maybe {
  const vpc = vpcOf(graph, subnet);
  if (vpc) return vpcHasIpv6(graph, vpc);
  const read = graph.referencesIn(subnet.value('vpc_id'));
  // A data source with a block was read; a default VPC may have been given one.
  if (read.some((one) => VPCS.includes(one.type) && vpcHasIpv6(graph, one) === true)) return true;
  const vpcName = vpcNameOf(graph, subnet);
  return vpcName !== undefined && namesOfDualStackVpcs(graph).has(vpcName) ? true : undefined;
}

const VPCS: readonly string[] = ['aws_vpc', 'aws_default_vpc'];

/**
 * What two subnets of one VPC have in common, wherever the VPC is: its address, its id, or the expression that stands for
 * it; undefined where that is hidden, or another one each time.
 */
export function vpcNameOf(graph: ResourceGraph, subnet: Resource): string | undefined {
  const vpc = vpcOf(graph, subnet);
  if (vpc) return vpc.address;
  const id = subnet.string('vpc_id');
  if (!(id instanceof Unknown)) return id;
  return id.text === undefined || /\b(each|count)\./.test(id.text) ? undefined : `${id.module} ${id.text}`;
}

/** A subnet with an IPv6 block shows that its VPC has one. */
function namesOfDualStackVpcs(graph: ResourceGraph): ReadonlySet<string> {
  return graph.fact(graph, namesOfDualStackVpcs, () => {
    const names = graph
      .ofType('aws_subnet')
      .filter(subnetHasIpv6)
      .map((subnet) => vpcNameOf(graph, subnet));
    return new Set(names.filter((name) => name !== undefined));
  });
}

/** Whether AWS has IPv6 blocks of a length for VPCs: /44 to /60, every fourth. */
export function isVpcPrefix(length: number): boolean {
  return length >= 44 && length <= 60 && length % 4 === 0;
}

/** Whether AWS takes an IPv6 block of a length for a subnet. */
export function isSubnetPrefix(length: number): boolean {
  return isVpcPrefix(length) || length === 64;
}

/** Amazon's own blocks are all of this size. */
const GENERATED_PREFIX = 56;

/** Length of the IPv6 block that a VPC has, or that an association adds to it; undefined where that is not known. */
export function ipv6PrefixOf(graph: ResourceGraph, owner: Resource): number | undefined {
  const block = parseCidr(owner.known('ipv6_cidr_block') ?? '');
  if (block) return block.prefix;
  if (owner.is('assign_generated_ipv6_cidr_block', true)) return GENERATED_PREFIX;
  const length =
    owner.number('ipv6_netmask_length') ?? poolOf(graph, owner)?.number('allocation_default_netmask_length');
  return typeof length === 'number' && length > 0 ? length : undefined;
}

/** Attributes by which a subnet gets IPv6; those of pools are newer than provider 6.25. */
const SUBNET_SOURCES = ['ipv6_cidr_block', 'ipv6_ipam_pool_id'] as const;

/** Whether a subnet has an IPv6 block. One that only apply will know was set by somebody. */
export function subnetHasIpv6(subnet: Resource): boolean {
  return SUBNET_SOURCES.some((name) => subnet.has(name));
}

/** Whether a subnet has no IPv4 at all. */
export function isIpv6Only(subnet: Resource): Maybe {
  const native = subnet.boolean('ipv6_native');
  return native instanceof Unknown ? undefined : native === true;
}

/** The subnets of a VPC that are part of this input. */
export function subnetsOf(graph: ResourceGraph, vpc: Resource): readonly Resource[] {
  return graph.referring('aws_subnet', 'vpc_id', vpc);
}

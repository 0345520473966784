import type { Resource, ResourceGraph } from '../resource-graph';
import { every, type Maybe, some, Unknown } from '../value';

/** Attributes by which a VPC gets IPv6. */
const VPC_SOURCES = ['ipv6_ipam_pool_id', 'ipv6_cidr_block'] as const;

/** Whether a VPC has an IPv6 block; undefined where somebody else may give it one. */
export function vpcHasIpv6(graph: ResourceGraph, vpc: Resource): Maybe {
  return graph.fact(vpc, vpcHasIpv6, () => {
    const generated = vpc.is('assign_generated_ipv6_cidr_block', true, false);
    // A computed block of an existing VPC is known, and is IPv6 whoever set it.
    const own = some([generated, ...VPC_SOURCES.map((name) => vpc.has(name))]);
    if (own !== false) return own;
    if (graph.referring('aws_vpc_ipv6_cidr_block_association', 'vpc_id', vpc).length > 0) return true;
    return graph.mayRefer('aws_vpc_ipv6_cidr_block_association', 'vpc_id', 'aws_vpc') ? undefined : false;
  });
}

/** The VPC of a resource with a `vpc_id`, where it is part of this input. */
export function vpcOf(graph: ResourceGraph, resource: Resource): Resource | undefined {
  return graph.referenceIn(resource.value('vpc_id'), 'aws_vpc');
}

/** Whether a subnet is in a VPC with IPv6; undefined where the VPC is not part of this input. */
export function isInDualStackVpc(graph: ResourceGraph, subnet: Resource): Maybe {
  const vpc = vpcOf(graph, subnet);
  return vpc && vpcHasIpv6(graph, vpc);
}

/** Attributes by which a subnet gets IPv6; those of pools are newer than provider 6.25. */
const SUBNET_SOURCES = ['ipv6_cidr_block', 'ipv6_ipam_pool_id'] as const;

/** Whether a subnet has an IPv6 block. One that only apply will know was set by somebody. */
export function subnetHasIpv6(subnet: Resource): boolean {
  return SUBNET_SOURCES.some((name) => subnet.has(name));
}

/** Whether all subnets behind some ids have IPv6; undefined where one of them is not part of this input. */
export function haveIpv6(graph: ResourceGraph, ids: unknown): Maybe {
  const { found, complete } = graph.resolve(ids, 'aws_subnet');
  return every([...found.map(subnetHasIpv6), complete ? true : undefined]);
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

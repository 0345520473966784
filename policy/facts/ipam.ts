import type { Resource, ResourceGraph } from '../resource-graph';

/**
 * The pool that a VPC or an association draws its IPv6 block from, where it is part of this input: named itself, or by
 * way of the range that was put into it.
 */
export function poolOf(graph: ResourceGraph, owner: Resource): Resource | undefined {
  const id = owner.value('ipv6_ipam_pool_id');
  const pool = graph.referenceIn(id, 'aws_vpc_ipam_pool');
  if (pool) return pool;
  const [range] = rangesIn(graph, id);
  return range && graph.referenceIn(range.value('ipam_pool_id'), 'aws_vpc_ipam_pool');
}

function rangesIn(graph: ResourceGraph, id: unknown): readonly Resource[] {
  return graph.referencesIn(id).filter(({ type }) => type === 'aws_vpc_ipam_pool_cidr');
}

/** What draws IPv6 blocks from a pool: VPCs, and associations that add one to a VPC. */
export function drawersOf(graph: ResourceGraph, pool: Resource): readonly Resource[] {
  return graph.ofType(...DRAWERS).filter((drawer) => poolOf(graph, drawer) === pool);
}

/** The shares by which other accounts draw from a pool. */
export function sharesOf(graph: ResourceGraph, pool: Resource): readonly Resource[] {
  return graph.referring('aws_ram_resource_association', 'resource_arn', pool);
}

/** The pool that a range was put into, and the one above it that the range is a part of. */
export function poolsOfRange(graph: ResourceGraph, range: Resource): { pool?: Resource; parent?: Resource } {
  const pool = graph.referenceIn(range.value('ipam_pool_id'), 'aws_vpc_ipam_pool');
  const parent = pool && graph.referenceIn(pool.value('source_ipam_pool_id'), 'aws_vpc_ipam_pool');
  return { pool, parent };
}

/** Types of what draws IPv6 blocks from pools. */
export const DRAWERS = ['aws_vpc', 'aws_vpc_ipv6_cidr_block_association'] as const;

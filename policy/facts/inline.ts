import type { Resource, ResourceGraph } from '../resource-graph';
import type { Block } from '../value';

/** How resources of their own say what could be an inline block, too: their types, and the attribute that names whose. */
export interface Separate {
  readonly type: readonly string[];
  readonly attribute: string;
}

/**
 * The inline blocks of a resource.
 *
 * A plan also has there what AWS reported where the configuration sets nothing: the separate resources as they were
 * before. Those say themselves what they will be, so the report only counts where there are none.
 */
export function inlineBlocks(
  graph: ResourceGraph,
  resource: Resource,
  attribute: string,
  separate: Separate,
): readonly Block[] {
  const blocks = resource.blocks(attribute);
  if (blocks.length === 0 || resource.configures(attribute)) return blocks;
  return hasSeparate(graph, resource, separate) ? [] : blocks;
}

/**
 * Whether the configuration writes inline blocks. A state does not say who wrote what it reports, so nothing there is.
 */
export function isWritten(resource: Resource, attribute: string): boolean {
  const isState = resource.change === undefined && resource.known('id') !== undefined;
  return !isState && resource.configures(attribute) && resource.has(attribute);
}

function hasSeparate(graph: ResourceGraph, resource: Resource, { type, attribute }: Separate): boolean {
  return (
    type.some((one) => graph.referring(one, attribute, resource).length > 0) ||
    graph.deleted(...type).some((one) => graph.referencesIn(one.value(attribute)).includes(resource))
  );
}

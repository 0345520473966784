import type { Resource, ResourceGraph } from '../resource-graph';
import { recordsLeadingTo } from './records';

/**
 * Whether something answers only while something else is down, such as a page that says so: all records that lead to it
 * are secondary ones. It is no portal of its own.
 */
export function isStandIn(graph: ResourceGraph, front: Resource): boolean {
  const records = recordsLeadingTo(graph, front);
  return records.length > 0 && records.every(isSecondary);
}

function isSecondary(record: Resource): boolean {
  return record.block('failover_routing_policy').known('type')?.toUpperCase() === 'SECONDARY';
}

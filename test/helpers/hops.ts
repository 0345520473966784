import type { Family } from '../../core/cidr';
import { edgesOf } from '../../policy/hops/edges';
import type { HopName, HopResult } from '../../policy/hops/hop';
import { hopsOf } from '../../policy/hops/hops';
import { type Edit, plainStack } from './plain-stack';

export type Step = [title: string, edit: Edit];

export const PASS: HopResult = { state: 'pass' };
export const fail = (reason: string): HopResult => ({ state: 'fail', reason });
export const unknown = (reason: string): HopResult => ({ state: 'unknown', reason });

/** What a family finds at a hop of the plain stack, changed by some edits. */
export function find(hop: HopName, family: Family, ...edits: readonly Edit[]): HopResult {
  const graph = plainStack(...edits);
  const [edge] = edgesOf(graph);
  return hopsOf(graph, edge!, family)[hop];
}

export function expectBoth(hop: HopName, edit: Edit, expected: Record<Family, HopResult>): void {
  expect({ ipv4: find(hop, 'ipv4', edit), ipv6: find(hop, 'ipv6', edit) }).toEqual(expected);
}

import type { ResourceGraph } from '../policy/resource-graph';

/** One stack on one side of a diff. */
export interface Snapshot {
  /** Id of the stack, by which the two sides are paired. */
  readonly stack: string;
  readonly kind: 'stack' | 'plan' | 'state';
  readonly graph: ResourceGraph;
  /** What it was read from: a configuration in JSON, or what `terraform show -json` says. */
  readonly json: unknown;
}

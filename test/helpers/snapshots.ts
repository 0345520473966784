import { readStackJson } from '../../policy/sources/stack-json';
import type { Snapshot } from '../../review/snapshot';
import { type agencyFile, productionJson } from './agency';

type Environment = NonNullable<Parameters<typeof agencyFile>[0]>;

/** One side of a diff, from a configuration in Terraform's JSON syntax. */
export function snapshot(json: object, stack = 'hue-production'): Snapshot {
  return { stack, kind: 'stack', json, graph: readStackJson(json) };
}

/** One side of a diff, from resources alone: type to name to attributes. */
export function resources(resource: Record<string, Record<string, object>>): Snapshot {
  return snapshot({ resource });
}

/** The stack of the agency that tests have, with what one changes. */
export function designed(environment: Environment = {}): Snapshot {
  return snapshot(productionJson(environment));
}

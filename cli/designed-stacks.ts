import type { LoadedAgency } from '../config/load';
import type { Problem } from '../config/problem';
import { stackId } from '../core/names';
import { readStackJson } from '../policy/sources/stack-json';
import type { ResourceGraph } from '../policy/resource-graph';
import { stackJson } from '../stacks/synthesize';
import { select } from './selections';

/** A stack as config has it, which no file holds. */
export interface DesignedStack {
  readonly stack: string;
  readonly graph: ResourceGraph;
}

export interface Designed {
  readonly agencies: readonly LoadedAgency[];
  readonly problems: readonly Problem[];
  /** Synthesized one by one, as they are asked for. */
  readonly stacks: Iterable<DesignedStack>;
}

/** The stacks of the targets, or of all agencies, synthesized in memory. */
export function designedStacks(targets: readonly string[], config: string): Designed {
  const { fleet, selections } = select(targets, config);
  return {
    agencies: fleet.agencies,
    problems: fleet.problems,
    stacks: (function* () {
      for (const { config: agency, files, environments = Object.keys(agency.environments) } of selections) {
        for (const environment of [...environments].sort()) {
          const json = stackJson({ config: agency, files, environments: [environment] });
          yield { stack: stackId(agency.agency.id, environment), graph: readStackJson(json) };
        }
      }
    })(),
  };
}

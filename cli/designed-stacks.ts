import type { LoadedAgency } from '../config/load';
import type { Problem } from '../config/problem';
import { REGISTRY_STACK, stackId } from '../core/names';
import { readStackJson } from '../policy/sources/stack-json';
import type { ResourceGraph } from '../policy/resource-graph';
import type { Selection } from '../stacks/app';
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

/** The stacks of the targets, or of all agencies and the registry, synthesized in memory. */
export function designedStacks(targets: readonly string[], config: string): Designed {
  const { fleet, selections } = select(targets, config);
  return {
    agencies: fleet.agencies,
    problems: fleet.problems,
    stacks: (function* () {
      for (const selection of selections) {
        if ('registry' in selection) yield designed(REGISTRY_STACK, selection);
        else if ('state' in selection) yield designed(selection.state.id, selection);
        else {
          const { config: agency, files, environments = Object.keys(agency.environments) } = selection;
          for (const environment of [...environments].sort()) {
            yield designed(stackId(agency.agency.id, environment), {
              config: agency,
              files,
              environments: [environment],
            });
          }
        }
      }
    })(),
  };
}

function designed(stack: string, selection: Selection): DesignedStack {
  return { stack, graph: readStackJson(stackJson(selection)) };
}

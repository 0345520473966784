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
  /** What the graph was read from. */
  readonly json: unknown;
}

/** The same, before it is synthesized. */
export interface StackDesign {
  readonly stack: string;
  /** Absent where the stack belongs to none. */
  readonly agency?: string;
  /** Key of the environment in the agency file; absent where the stack has no portals. */
  readonly environment?: string;
  synthesize(): DesignedStack;
}

export interface Designed {
  readonly agencies: readonly LoadedAgency[];
  readonly problems: readonly Problem[];
  readonly designs: readonly StackDesign[];
  /** Synthesized one by one, as they are asked for. */
  readonly stacks: Iterable<DesignedStack>;
}

/** The stacks of the targets, or of all agencies and the registry, synthesized in memory. */
export function designedStacks(targets: readonly string[], config: string): Designed {
  const { fleet, selections } = select(targets, config);
  const designs = selections.flatMap(designsOf);
  return {
    agencies: fleet.agencies,
    problems: fleet.problems,
    designs,
    stacks: (function* () {
      for (const { synthesize } of designs) yield synthesize();
    })(),
  };
}

function designsOf(selection: Selection): StackDesign[] {
  if ('registry' in selection) return [design(REGISTRY_STACK, selection)];
  if ('state' in selection) return [design(selection.state.id, selection)];
  const { config, files, environments = Object.keys(config.environments) } = selection;
  return [...environments].sort().map((environment) => ({
    ...design(stackId(config.agency.id, environment), { config, files, environments: [environment] }),
    agency: config.agency.id,
    environment,
  }));
}

function design(stack: string, selection: Selection): StackDesign {
  return {
    stack,
    synthesize: () => {
      const json = stackJson(selection);
      return { stack, json, graph: readStackJson(json) };
    },
  };
}

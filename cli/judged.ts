import { mayHaveWaivers } from '../config/may-have-waivers';
import { today } from '../core/days';
import { stackId } from '../core/names';
import { assemble, type Assembly, type CheckedStack } from '../policy/assemble';
import type { ReportFinding } from '../policy/report';
import type { Rule } from '../policy/rule';
import { RULES } from '../policy/rules';
import { applyWaivers, type WaiverRule } from '../policy/waivers';
import { agencyIdsIn, type CheckedInput } from './checked-input';

/** The rules to ask, and those about waivers. */
export interface ChosenRules {
  readonly rules: readonly Rule[];
  readonly aboutWaivers: readonly WaiverRule[];
}

export interface Judged {
  readonly assembly: Assembly;
  /** Those of the assembly as waivers leave them, and what there is to say of the waivers. */
  readonly findings: readonly ReportFinding[];
}

/**
 * Judges one stack after the other, and holds the findings against the waivers of the config folder.
 *
 * @param look gets to see each stack before its resources are let go
 * @throws UserError when a waiver is wrong
 */
export function judgeInput(
  input: CheckedInput,
  chosen: ChosenRules,
  config: string,
  look?: (stack: CheckedStack) => void,
): Judged {
  const assembly = assemble(look ? lookedAt(input.stacks, look) : input.stacks, chosen.rules);
  return { assembly, findings: settle(assembly, input, chosen, config) };
}

function* lookedAt(stacks: Iterable<CheckedStack>, look: (stack: CheckedStack) => void): Generator<CheckedStack> {
  for (const stack of stacks) {
    yield stack;
    look(stack);
  }
}

function settle(
  { findings, stacks }: Assembly,
  { designed, seen, isComplete }: CheckedInput,
  chosen: ChosenRules,
  config: string,
): ReportFinding[] {
  const day = today();
  const agencies = agencyIdsIn(config).filter((id) => stacks.some((stack) => stack.startsWith(stackId(id, ''))));
  const waivers = mayHaveWaivers(config, agencies)
    ? load.waivers().waiversFor(config, designed?.agencies ?? [], agencies, {
        knownRules: RULES.map(({ id }) => id),
        today: day,
      })
    : [];
  const ids = new Set([...chosen.rules, ...chosen.aboutWaivers].map(({ id }) => id));
  return applyWaivers(findings, waivers, {
    today: day,
    stacks: seen.filter(({ hasConstructs }) => hasConstructs).map(({ stack }) => stack),
    complete: isComplete,
    rules: chosen.rules.map(({ id }) => id),
  }).filter(({ rule }) => ids.has(rule));
}

/** Few runs have waivers, and the config schema takes long to load. */
const load = {
  waivers: () => require('./waivers') as typeof import('./waivers'),
};

import { assemble, type CheckedStack } from '../policy/assemble';
import type { ReportFinding } from '../policy/report';
import type { ResourceGraph } from '../policy/resource-graph';
import { RULES } from '../policy/rules';
import { addressChanges } from './address-changes';
import { type ConfigEdit, explained } from './causes';
import { diffStack, isEmpty } from './diff';
import { exposureBetween } from './exposure';
import { fingerprintOf } from './fingerprint';
import { pathChanges } from './path-changes';
import type { ResourceChange, StackDiff, StackReview } from './report';
import type { Sides } from './sides';

/** A stack to review, and what leads from it back to the configuration. */
export interface ReviewedStack extends Sides {
  /** What a plan of the side after says, where there is one. */
  readonly plan?: Sides['after'];
  /** What differs in the configuration that it is made from. */
  readonly edits: readonly ConfigEdit[];
  /** Keys of the configuration that decide about a construct, by its path. */
  readonly keysOf: (construct: string) => readonly (string | number)[] | undefined;
  /** Lines behind the findings of either side. */
  readonly originBefore?: CheckedStack['originOf'];
  readonly originAfter?: CheckedStack['originOf'];
}

/** What there is to say of one stack, and its findings before waivers. */
export interface ReviewedOne {
  /** Absent where nothing changes. */
  readonly review?: StackReview;
  readonly findingsBefore: readonly ReportFinding[];
  readonly findingsAfter: readonly ReportFinding[];
  /** Addresses after of what moved, by those before. */
  readonly renamed: ReadonlyMap<string, string>;
  readonly crashes: readonly { readonly rule: string; readonly address: string; readonly error: unknown }[];
}

/** Looks at one stack on both sides; neither is held on to. */
export function reviewStack(stack: ReviewedStack): ReviewedOne {
  const { before, after, plan, edits, keysOf } = stack;
  const changed = diffStack(before, plan ?? after);
  const designed = plan ? diffStack(before, after) : changed;
  const moved = renames(designed.changes);
  const [old, now] = [
    judged(stack.stack, before?.graph, stack.originBefore),
    judged(stack.stack, after?.graph, stack.originAfter),
  ];
  const isSame = isEmpty(changed) && isEmpty(designed);
  const named = plan ? withConstructs(changed.changes, after?.graph) : changed.changes;
  return {
    ...(!isSame && {
      review: {
        ...changed,
        ...(plan && { presence: designed.presence, settings: allSettings(designed, changed) }),
        ...(after && { fingerprint: fingerprintOf(after.json) }),
        ...explained(named, edits, keysOf),
        ...(after ? surroundings(before?.graph, after.graph, moved) : NOTHING_CHANGES),
      },
    }),
    // What was found in a stack that is only left behind is not mended by that.
    findingsBefore: after ? old.findings : [],
    findingsAfter: now.findings,
    renamed: moved,
    crashes: [...old.crashes, ...now.crashes],
  };
}

/** Those of the configuration, and what a plan adds, such as what it puts off. */
function allSettings(designed: StackDiff, planned: StackDiff): StackDiff['settings'] {
  const told = new Set(designed.settings.map(({ path }) => path));
  const added = planned.settings.filter(({ path }) => !told.has(path) && !path.startsWith('output'));
  return [...designed.settings, ...added];
}

/** Where no file asks for a stack any more, what it made stays: nothing becomes of it until somebody destroys it. */
const NOTHING_CHANGES = { exposure: [], paths: [], addresses: [] };

function surroundings(before: ResourceGraph | undefined, after: ResourceGraph, moved: ReadonlyMap<string, string>) {
  return {
    exposure: exposureBetween(before, after, moved),
    paths: pathChanges(before, after),
    addresses: addressChanges(before, after),
  };
}

function judged(
  stack: string,
  graph: ResourceGraph | undefined,
  originOf: CheckedStack['originOf'],
): Pick<ReturnType<typeof assemble>, 'findings' | 'crashes'> {
  return assemble(graph ? [{ stack, graph, ...(originOf && { originOf }) }] : [], RULES);
}

function renames(changes: readonly ResourceChange[]): ReadonlyMap<string, string> {
  return new Map(changes.flatMap(({ from, address }) => (from === undefined ? [] : [[from, address] as const])));
}

/** A plan does not know the constructs; the configuration that it was made from does. */
function withConstructs(changes: readonly ResourceChange[], graph: ResourceGraph | undefined): ResourceChange[] {
  return changes.map((change) => {
    const construct = graph?.at(change.address)?.constructPath;
    return construct === undefined ? change : { ...change, construct };
  });
}

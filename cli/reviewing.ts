import { setImmediate } from 'node:timers/promises';
import { agencyEdits, registryEdits } from '../config/edits';
import { formatProblem, type Problem } from '../config/problem';
import type { PlacedWaiver } from '../config/waivers';
import { UserError } from '../core/errors';
import { REGISTRY_STACK } from '../core/names';
import { addDays, today } from '../core/days';
import type { CheckedStack } from '../policy/assemble';
import type { ReportFinding, SourceLocation } from '../policy/report';
import type { ResourceGraph } from '../policy/resource-graph';
import { RULES } from '../policy/rules';
import { applyWaivers, EXPIRES_SOON, SOON, type Waiver } from '../policy/waivers';
import { readInput } from '../policy/sources/input';
import type { ConfigEdit } from '../review/causes';
import { comparedFindings } from '../review/findings';
import type { ExpiringWaiver, Review, StackReview } from '../review/report';
import { reviewStack } from '../review/review';
import type { Snapshot } from '../review/snapshot';
import { concluded } from '../review/verdict';
import { configPathOf, registryPathOf } from '../stacks/config-path';
import type { Comparison } from './comparison';
import { agencyIdsIn } from './checked-input';
import type { SideStack } from './ref-side';
import { sourceLines } from './source-lines';
import { agreementOf, twinAmong } from './synth-twin';
import { waiversFor } from './waivers';

export interface ReviewingOptions {
  /** Plans of the side after, as JSON. */
  readonly plans: readonly string[];
  /** Addresses that may be replaced. */
  readonly allowReplace: readonly string[];
  /** When it is, RFC 3339. */
  readonly now: string;
}

/** A review, and what broke down on the way. */
export interface ReviewResult {
  readonly review: Review;
  readonly crashes: readonly {
    readonly stack: string;
    readonly rule: string;
    readonly address: string;
    readonly error: unknown;
  }[];
}

/** Reviews what a comparison holds, stack by stack; between two of them a signal may end it. */
export async function reviewOf(comparison: Comparison, options: ReviewingOptions): Promise<ReviewResult> {
  const { base, head, configs, before, after, touched } = comparison;
  const nothing = {
    version: 1 as const,
    base,
    head,
    validAt: options.now,
    same: 0,
    stacks: [],
    findings: [],
    expiring: [],
    notes: comparison.notes,
  };
  if (!configs) {
    const unread = options.plans.length > 0 ? ['The plans were not read: no stack of theirs may have changed.'] : [];
    const notes = [...comparison.notes, ...unread];
    return { review: concluded({ ...nothing, notes, outcome: 'untouched' }, [], 0), crashes: [] };
  }

  const stacks: StackReview[] = [];
  const crashes: ReviewResult['crashes'][number][] = [];
  const found = { before: [] as ReportFinding[], after: [] as ReportFinding[] };
  const renamed = new Map<string, string>();
  const seen: string[] = [];
  let same = 0;
  const origins = {
    before: originsIn(configs.before, comparison.fileName),
    after: originsIn(configs.after, comparison.fileName),
  };
  const { plans, notes: planNotes } = plansBy(options.plans, after.stacks);
  for (const stack of [...new Set([...before.stacks.keys(), ...after.stacks.keys()])].sort()) {
    const [old, now] = [before.stacks.get(stack), after.stacks.get(stack)];
    const owner = (now ?? old)?.agency ?? stack;
    // Nothing is known of what a file with errors asks for: neither that it comes nor that it goes.
    if (before.broken.has(owner) || after.broken.has(owner)) continue;
    await setImmediate();
    const { review, ...rest } = reviewStack({
      stack,
      before: old?.read(),
      after: now?.read(),
      plan: plans.get(stack),
      edits: editsOf(configs, now ?? old).map((edit) => placed(edit, comparison.fileName)),
      keysOf: keysIn(now ?? old),
      originBefore: origins.before,
      originAfter: origins.after,
    });
    seen.push(stack);
    if (review) stacks.push(review);
    else same += 1;
    found.before.push(...rest.findingsBefore);
    found.after.push(...rest.findingsAfter);
    for (const [from, to] of rest.renamed) renamed.set(`${stack} ${from}`, to);
    crashes.push(...rest.crashes.map((crash) => ({ stack, ...crash })));
  }
  const day = today(new Date(options.now));
  const broken = new Set([...before.broken, ...after.broken]);
  const agencies = { touched: touched.agencies, broken };
  const old = waiversBefore(configs.before, agencies, day);
  const waivers = { before: old ?? [], after: waiversIn(configs.after, agencies, day) };
  const [was, is] = (['before', 'after'] as const).map((one) => waived(found[one], waivers[one], seen, day));
  const reviewed = {
    ...nothing,
    outcome: stacks.length > 0 ? ('changed' as const) : ('same' as const),
    stacks,
    same,
    // What expires soon is told in a list of its own, for all waivers.
    findings: comparedFindings(was!, is!, renamed).filter(({ rule }) => rule !== EXPIRES_SOON.id),
    expiring: expiringBy(waivers.after, day).map((waiver) => placed(waiver, comparison.fileName)),
    notes: [
      ...comparison.notes,
      ...planNotes,
      ...(old ? [] : [`On ${base} a waiver is wrong, so that none was held against what is found there.`]),
      ...notesBefore(before.problems, base, comparison),
      ...notesAfter(after.problems, comparison),
    ],
  };
  return { review: concluded(reviewed, options.allowReplace, errorsIn(after.problems)), crashes };
}

/**
 * Of its own stack a plan has every text, and 96 % while a line or two differ; of another agency's, at most 88 %, since all
 * stacks have the same addresses (test/fixtures/plans/edits beside the examples).
 */
const MIN_AGREEMENT = 0.93;

/** Plans by the stacks that they are of, and what is to be known of them. */
function plansBy(files: readonly string[], stacks: Comparison['after']['stacks']) {
  const seen = new Set<string>();
  const plans = new Map<string, Snapshot>();
  const notes: string[] = [];
  for (const file of files) {
    const plan = readInput(file);
    if (plan.kind !== 'plan') throw new UserError(`${file}: is no plan; write it with terraform show -json`);
    const graphOf = (stack: string): ResourceGraph => stacks.get(stack)!.read().graph;
    const twin = twinAmong(plan.graph, file, [...stacks.keys()], graphOf);
    const agreement = twin && agreementOf(plan.graph, graphOf(twin.stack));
    if (!agreement || agreement.share < MIN_AGREEMENT)
      throw new UserError(
        `${file}: is the plan of none of the stacks that may have changed: ${[...stacks.keys()].join(', ')}`,
      );
    if (seen.has(twin.stack)) throw new UserError(`${file}: there is another plan of ${twin.stack} already`);
    seen.add(twin.stack);
    const { differing } = agreement;
    if (differing.length === 0) plans.set(twin.stack, { ...plan, stack: twin.stack });
    else {
      const rest = differing.length > 1 ? ` and ${differing.length - 1} more` : '';
      notes.push(
        `The plan of ${twin.stack} is of another version than what is reviewed: they differ in ${differing[0]!}${rest}. It was left aside: make it anew.`,
      );
    }
  }
  return { plans, notes };
}

function editsOf(
  configs: { readonly before: string; readonly after: string },
  stack: SideStack | undefined,
): ConfigEdit[] {
  if (stack?.agency === undefined) return registryEdits(configs.before, configs.after, 'registry.yaml');
  const { agency, environment } = stack;
  return agencyEdits(configs.before, configs.after, agency).filter(
    ({ path: [first, second] }) => first !== 'environments' || second === undefined || second === environment,
  );
}

function keysIn(stack: SideStack | undefined): (construct: string) => readonly (string | number)[] | undefined {
  const environment = stack?.environment;
  return (construct) => {
    const path = construct.slice(construct.indexOf('/') + 1);
    if (construct.startsWith(`${REGISTRY_STACK}/`)) return registryPathOf(path);
    return environment === undefined ? undefined : configPathOf(environment, path);
  };
}

type FileName = Comparison['fileName'];

function originsIn(config: string, fileName: FileName): CheckedStack['originOf'] {
  const lineOf = sourceLines(config);
  return ({ constructPath }) => {
    const source = constructPath === undefined ? undefined : lineOf(constructPath);
    return source ? placed({ source }, fileName) : {};
  };
}

/** With the file called as in the working copy. */
function placed<T extends { readonly source?: SourceLocation }>(one: T, fileName: FileName): T {
  return one.source ? { ...one, source: { ...one.source, file: fileName(one.source.file) } } : one;
}

interface Agencies {
  readonly touched: ReadonlySet<string> | 'all';
  /** Of which no stack is looked at. */
  readonly broken: ReadonlySet<string>;
}

function waiversIn(config: string, { touched, broken }: Agencies, day: string): readonly PlacedWaiver[] {
  const there = agencyIdsIn(config).filter((id) => (touched === 'all' || touched.has(id)) && !broken.has(id));
  return waiversFor(config, [], there, { knownRules: RULES.map(({ id }) => id), today: day });
}

/** Undefined where one is wrong: whoever mends it is not to be held up by it. */
function waiversBefore(config: string, agencies: Agencies, day: string): readonly PlacedWaiver[] | undefined {
  try {
    return waiversIn(config, agencies, day);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function waived(
  findings: readonly ReportFinding[],
  waivers: readonly Waiver[],
  stacks: readonly string[],
  day: string,
): ReportFinding[] {
  return applyWaivers(findings, waivers, { today: day, stacks, complete: false, rules: RULES.map(({ id }) => id) });
}

function expiringBy(waivers: readonly PlacedWaiver[], day: string): ExpiringWaiver[] {
  const last = addDays(day, SOON);
  return waivers
    .filter(({ expires }) => expires >= day && expires <= last)
    .map(({ rule, at, owner, reason, expires, source }) => ({ rule, at, owner, reason, expires, source }));
}

function errorsIn(problems: readonly Problem[]): number {
  return problems.filter(({ severity }) => severity === 'error').length;
}

function notesBefore(problems: readonly Problem[], base: string, { fileName }: Comparison): string[] {
  const files = new Set(problems.filter(({ severity }) => severity === 'error').map(({ file }) => fileName(file)));
  if (files.size === 0) return [];
  return [
    `On ${base} some files do not validate, so that their stacks cannot be held against anything: ${[...files].join(', ')}`,
  ];
}

function notesAfter(problems: readonly Problem[], { fileName }: Comparison): string[] {
  return problems
    .filter(({ severity }) => severity === 'error')
    .map((problem) => `Does not validate: ${formatProblem({ ...problem, file: fileName(problem.file) })}`);
}

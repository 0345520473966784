import { agencyEdits, registryEdits } from '../config/edits';
import { formatProblem, type Problem } from '../config/problem';
import { UserError } from '../core/errors';
import { REGISTRY_STACK } from '../core/names';
import { addDays, today } from '../core/days';
import type { CheckedStack } from '../policy/assemble';
import type { ReportFinding } from '../policy/report';
import { RULES } from '../policy/rules';
import { applyWaivers, type Waiver } from '../policy/waivers';
import { readInput } from '../policy/sources/input';
import type { ConfigEdit } from '../review/causes';
import { comparedFindings } from '../review/findings';
import type { ExpiringWaiver, Review, StackReview } from '../review/report';
import { reviewStack } from '../review/review';
import type { Snapshot } from '../review/snapshot';
import { concluded } from '../review/verdict';
import { configPathOf, registryPathOf } from '../stacks/config-path';
import type { Comparison } from './comparison';
import { agencyIds } from './config-folder';
import type { SideStack } from './ref-side';
import { sourceLines } from './source-lines';
import { twinAmong } from './synth-twin';
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

/** Reviews what a comparison holds, stack by stack. */
export function reviewOf(comparison: Comparison, options: ReviewingOptions): ReviewResult {
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
  if (!configs) return { review: concluded({ ...nothing, outcome: 'untouched' }, [], 0), crashes: [] };

  const stacks: StackReview[] = [];
  const crashes: ReviewResult['crashes'][number][] = [];
  const found = { before: [] as ReportFinding[], after: [] as ReportFinding[] };
  const renamed = new Map<string, string>();
  const seen: string[] = [];
  let same = 0;
  const origins = { before: originsIn(configs.before), after: originsIn(configs.after) };
  const plans = plansBy(options.plans, after.stacks);
  for (const stack of [...new Set([...before.stacks.keys(), ...after.stacks.keys()])].sort()) {
    const [old, now] = [before.stacks.get(stack), after.stacks.get(stack)];
    const agency = (now ?? old)?.agency;
    // Nothing is known of what a file with errors asks for: neither that it comes nor that it goes.
    if (agency !== undefined && (before.broken.has(agency) || after.broken.has(agency))) continue;
    const { review, ...rest } = reviewStack({
      stack,
      before: old?.read(),
      after: now?.read(),
      plan: plans.get(stack),
      edits: editsOf(configs, now ?? old),
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
  const waivers = {
    before: waiversIn(configs.before, touched.agencies, day),
    after: waiversIn(configs.after, touched.agencies, day),
  };
  const [was, is] = (['before', 'after'] as const).map((one) => waived(found[one], waivers[one], seen, day));
  const reviewed = {
    ...nothing,
    outcome: stacks.length > 0 ? ('changed' as const) : ('same' as const),
    stacks,
    same,
    findings: comparedFindings(was!, is!, renamed).filter(({ rule }) => rule !== EXPIRES_SOON),
    expiring: expiringBy(waivers.after, day),
    notes: [
      ...comparison.notes,
      ...problemNotes(before.problems, 'before', base),
      ...problemNotes(after.problems, 'after', head),
    ],
  };
  return { review: concluded(reviewed, options.allowReplace, errorsIn(after.problems)), crashes };
}

/** Told in a list of its own, for all waivers. */
const EXPIRES_SOON = 'V6-WVR-003';

/** Days within which a waiver's end is told. */
const SOON = 30;

/** Plans by the stacks that they are of. */
function plansBy(files: readonly string[], stacks: Comparison['after']['stacks']): ReadonlyMap<string, Snapshot> {
  const plans = new Map<string, Snapshot>();
  for (const file of files) {
    const plan = readInput(file);
    if (plan.kind !== 'plan') throw new UserError(`${file}: is no plan; write it with terraform show -json`);
    const twin = twinAmong(plan.graph, file, [...stacks.keys()], (stack) => stacks.get(stack)!.read().graph);
    if (!twin)
      throw new UserError(
        `${file}: is the plan of none of the stacks that may have changed: ${[...stacks.keys()].join(', ')}`,
      );
    if (plans.has(twin.stack)) throw new UserError(`${file}: there is another plan of ${twin.stack} already`);
    plans.set(twin.stack, { ...plan, stack: twin.stack });
  }
  return plans;
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

function originsIn(config: string): CheckedStack['originOf'] {
  const lineOf = sourceLines(config);
  return ({ constructPath }) => {
    const source = constructPath === undefined ? undefined : lineOf(constructPath);
    return source ? { source } : {};
  };
}

function waiversIn(config: string, agencies: ReadonlySet<string> | 'all', day: string): readonly Waiver[] {
  const there = agencyIds(config).filter((id) => agencies === 'all' || agencies.has(id));
  return waiversFor(config, [], there, { knownRules: RULES.map(({ id }) => id), today: day });
}

function waived(
  findings: readonly ReportFinding[],
  waivers: readonly Waiver[],
  stacks: readonly string[],
  day: string,
): ReportFinding[] {
  return applyWaivers(findings, waivers, { today: day, stacks, complete: false, rules: RULES.map(({ id }) => id) });
}

function expiringBy(waivers: readonly Waiver[], day: string): ExpiringWaiver[] {
  const last = addDays(day, SOON);
  return waivers
    .filter(({ expires }) => expires >= day && expires <= last)
    .map(({ rule, at, owner, reason, expires, source }) => ({ rule, at, owner, reason, expires, source }));
}

function errorsIn(problems: readonly Problem[]): number {
  return problems.filter(({ severity }) => severity === 'error').length;
}

function problemNotes(problems: readonly Problem[], side: 'before' | 'after', name: string): string[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return [];
  if (side === 'after') return errors.map((problem) => `Does not validate: ${formatProblem(problem)}`);
  return [
    `On ${name} some files do not validate, so that their stacks cannot be held against anything: ${errors.map(({ file }) => file).join(', ')}`,
  ];
}

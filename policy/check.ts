import { explainedAmong, type Failure } from './explained';
import type { HopName } from './hops/hop';
import type { Resource, ResourceGraph } from './resource-graph';
import type { Rule, Severity, Verdict } from './rule';
import { RULES } from './rules';
import { decidedBy, type World, worldsOf } from './worlds';

/** Something a rule has to say of a resource. */
export interface Finding {
  /** Id of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  /** `unknown` where this input does not tell. */
  readonly result: 'fail' | 'unknown';
  readonly resource: Resource;
  readonly message: string;
  readonly fix: string;
  /** The hop of a citizen's packet that it is about. */
  readonly hop?: HopName;
  /** Whether the rule rests on a link that is not written down: the only candidate was taken. */
  readonly inferred: boolean;
}

/** A rule that broke down, which is a mistake of ours. */
export interface Crash {
  readonly rule: string;
  readonly address: string;
  readonly error: unknown;
}

export interface Judgement {
  /** By rule and address. */
  readonly findings: readonly Finding[];
  readonly crashes: readonly Crash[];
}

/** What the rules say of all resources of a graph. What some of them say only if something is made is not known. */
export function judge(graph: ResourceGraph, rules: readonly Rule[] = RULES): Judgement {
  const worlds = worldsOf(graph);
  return worlds.length === 0 ? judgeOne(graph, rules) : judgeAll(worlds, rules);
}

function judgeOne(graph: ResourceGraph, rules: readonly Rule[]): Judgement {
  const raised: Raised[] = [];
  const crashes: Crash[] = [];
  for (const rule of rules) {
    const deleted = rule.aboutDeletions ? graph.deleted(...rule.types) : [];
    for (const resource of [...graph.ofType(...rule.types), ...deleted]) {
      try {
        for (const verdict of verdictsOf(rule, resource, graph)) {
          if (verdict.result === 'pass') continue;
          raised.push({ rule, resource, verdict, inferred: restsOnInference(rule, resource, verdict, graph) });
        }
      } catch (error) {
        crashes.push({ rule: rule.id, address: resource.address, error });
      }
    }
  }
  const explained = explainedAmong(raised.filter(isFailure));
  const findings = raised
    .filter((one) => !isFailure(one) || !explained.has(one))
    .map(({ rule, resource, verdict, inferred }): Finding => {
      const { severity = rule.severity, fix = rule.fix, hop = rule.hop } = verdict.result === 'fail' ? verdict : {};
      const { result, message } = verdict;
      return { rule: rule.id, severity, result, resource, message, fix, inferred, ...(hop && { hop }) };
    })
    .sort(inOrder);
  return { findings, crashes };
}

interface Raised {
  readonly rule: Rule;
  readonly resource: Resource;
  readonly verdict: Exclude<Verdict, { result: 'pass' }>;
  readonly inferred: boolean;
}

/** Whether a rule would not say the same if no hidden link were guessed at, by itself or by a fact that it asks. */
function restsOnInference(
  rule: Rule,
  resource: Resource,
  { result, message }: Raised['verdict'],
  graph: ResourceGraph,
): boolean {
  if (!graph.hasInferred()) return false;
  const sure = verdictsOf(rule, resource, graph.withoutInference());
  return !sure.some((one) => one.result === result && one.message === message);
}

function isFailure(raised: Raised): raised is Raised & Failure {
  return raised.verdict.result === 'fail';
}

function verdictsOf(rule: Rule, resource: Resource, graph: ResourceGraph): readonly Verdict[] {
  const verdict = rule.check(resource, graph);
  if (verdict === undefined) return [];
  return Array.isArray(verdict) ? (verdict as readonly Verdict[]) : [verdict as Verdict];
}

interface Outcome {
  readonly world: World;
  readonly findings: readonly Finding[];
}

function judgeAll(worlds: readonly World[], rules: readonly Rule[]): Judgement {
  const judged = worlds.map((world) => ({ world, ...judgeOne(world.graph, rules) }));
  const all = judged.flatMap(({ findings }) => findings);
  const subjects = new Map(all.map((finding) => [keyOf(finding), finding]));
  const findings = [...subjects].flatMap(([key, { resource }]) =>
    agreed(
      judged
        .filter(({ world }) => !world.absent.has(resource))
        .map((one) => ({ world: one.world, findings: one.findings.filter((finding) => keyOf(finding) === key) })),
    ),
  );
  const crashes = new Map(
    judged.flatMap((one) => one.crashes).map((crash) => [`${crash.rule} ${crash.address}`, crash]),
  );
  return { findings: findings.sort(inOrder), crashes: [...crashes.values()] };
}

/** What a rule says of a resource, whatever is made beside it; and as not known, what depends on that. */
function agreed(outcomes: readonly Outcome[]): readonly Finding[] {
  const all = outcomes.flatMap(({ findings }) => findings);
  const common = outcomes[0]!.findings.filter((one) => outcomes.every(({ findings }) => findings.some(isLike(one))));
  const failures = outcomes.map(({ findings }) => findings.filter(({ result }) => result === 'fail'));
  if (failures.every((some) => some.length > 0)) {
    // It does not hold in any case, be it in other words.
    return common.some(({ result }) => result === 'fail') ? common : [...failures[0]!, ...common];
  }
  const rest = all.filter((one) => !common.some(isLike(one)));
  const finding = rest.find(({ result }) => result === 'fail') ?? rest[0];
  return finding ? [...common, undecided(finding, outcomes)] : common;
}

function undecided(finding: Finding, outcomes: readonly Outcome[]): Finding {
  const says = ({ findings }: Outcome): boolean => findings.some(isLike(finding));
  const worldsWhere = (so: boolean): World[] => outcomes.filter((one) => says(one) === so).map(({ world }) => world);
  const message = `${finding.message}, ${decidedBy(worldsWhere(true), worldsWhere(false))}`;
  return { ...finding, result: 'unknown', message };
}

function isLike(finding: Finding): (other: Finding) => boolean {
  return ({ result, message }) => result === finding.result && message === finding.message;
}

function keyOf({ rule, resource }: Finding): string {
  return `${rule} ${resource.address}`;
}

function inOrder(one: Finding, other: Finding): number {
  return (
    compare(one.rule, other.rule) ||
    compare(one.resource.address, other.resource.address) ||
    compare(one.message, other.message)
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

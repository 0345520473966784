import { explainedAmong, type Failure } from './explained';
import type { HopName } from './hops/hop';
import type { Resource, ResourceGraph } from './resource-graph';
import type { Rule, Severity, Verdict } from './rule';
import { RULES } from './rules';

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

/** What the rules say of all resources of a graph. */
export function judge(graph: ResourceGraph, rules: readonly Rule[] = RULES): Judgement {
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

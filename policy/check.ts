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
          if (verdict.result !== 'pass') raised.push({ rule, resource, verdict });
        }
      } catch (error) {
        crashes.push({ rule: rule.id, address: resource.address, error });
      }
    }
  }
  const failed = new Set(raised.flatMap(({ resource, verdict }) => (isRoot(verdict) ? [resource] : [])));
  const hops = new Set(raised.flatMap(({ rule, verdict }) => (isRoot(verdict) && rule.hop ? [rule.hop] : [])));
  const findings = raised
    .filter(({ verdict }) => !isExplained(verdict, failed, hops))
    .map(({ rule, resource, verdict }): Finding => {
      const { severity = rule.severity, fix = rule.fix, hop = rule.hop } = verdict.result === 'fail' ? verdict : {};
      const { result, message } = verdict;
      const inferred = graph.isInferred(resource);
      return { rule: rule.id, severity, result, resource, message, fix, inferred, ...(hop && { hop }) };
    })
    .sort(inOrder);
  return { findings, crashes };
}

interface Raised {
  readonly rule: Rule;
  readonly resource: Resource;
  readonly verdict: Exclude<Verdict, { result: 'pass' }>;
}

function verdictsOf(rule: Rule, resource: Resource, graph: ResourceGraph): readonly Verdict[] {
  const verdict = rule.check(resource, graph);
  if (verdict === undefined) return [];
  return Array.isArray(verdict) ? (verdict as readonly Verdict[]) : [verdict as Verdict];
}

function isRoot(verdict: Verdict): boolean {
  return verdict.result === 'fail' && !verdict.causes && !verdict.hop;
}

function isExplained(verdict: Verdict, failed: ReadonlySet<Resource>, hops: ReadonlySet<HopName>): boolean {
  if (verdict.result !== 'fail') return false;
  return explaining(verdict).some((hop) => hops.has(hop)) || (verdict.causes ?? []).some((one) => failed.has(one));
}

function explaining({ hop, explainedAt }: Extract<Verdict, { result: 'fail' }>): readonly HopName[] {
  return explainedAt ?? (hop ? [hop] : []);
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

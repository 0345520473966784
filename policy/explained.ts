import type { Resource } from './resource-graph';
import type { Cause, Rule, Severity, Verdict } from './rule';

/** What a rule finds wrong with a resource. */
export interface Failure {
  readonly rule: Rule;
  readonly resource: Resource;
  readonly verdict: Extract<Verdict, { result: 'fail' }>;
}

/** Those of which others say why: at their causes, or at their hop. */
export function explainedAmong(failures: readonly Failure[]): ReadonlySet<Failure> {
  // A closed hop is where the others end, and explains nothing itself.
  const others = failures.filter(({ verdict }) => !verdict.hop);
  const places = new Places(others);
  const hops = new Set(others.flatMap(({ rule }) => rule.hop ?? []));
  const closed = failures.filter((one) => {
    const { hop, explainedAt = hop ? [hop] : [] } = one.verdict;
    return explainedAt.some((at) => hops.has(at)) || (hop !== undefined && places.explain(one));
  });
  return new Set([...closed, ...followersAmong(others)]);
}

/** Those whose causes have findings, which may follow from others in turn. */
function followersAmong(failures: readonly Failure[]): readonly Failure[] {
  const followers: Failure[] = [];
  const settled = new Places([]);
  let rest = failures;
  while (rest.length > 0) {
    const explained = rest.filter((one) => settled.explain(one));
    followers.push(...explained);
    const next = new Set(explained.length > 0 ? explained : headsOf(rest));
    for (const one of next) settled.add(one);
    rest = rest.filter((one) => !next.has(one));
  }
  return followers;
}

/** Those that follow from none of the others; of a ring, the first. */
function headsOf(failures: readonly Failure[]): readonly Failure[] {
  const places = new Places(failures);
  const heads = failures.filter((one) => !places.explain(one));
  return heads.length > 0 ? heads : failures.slice(0, 1);
}

/** Where there are findings. */
class Places {
  private readonly failures = new Map<Resource, Failure[]>();

  constructor(failures: readonly Failure[]) {
    for (const one of failures) this.add(one);
  }

  public add(failure: Failure): void {
    const here = this.failures.get(failure.resource);
    if (here) here.push(failure);
    else this.failures.set(failure.resource, [failure]);
  }

  /** Whether one of the causes of a finding has one that weighs no less: an error must not go with a warning. */
  public explain(failure: Failure): boolean {
    return (failure.verdict.causes ?? []).some((cause) =>
      this.at(cause).some((one) => one !== failure && weightOf(one) >= weightOf(failure)),
    );
  }

  private at(cause: Cause): readonly Failure[] {
    if (!('rule' in cause)) return this.failures.get(cause) ?? [];
    return (this.failures.get(cause.resource) ?? []).filter(({ rule }) => rule.id === cause.rule);
  }
}

const WEIGHTS: Readonly<Record<Severity, number>> = { notice: 0, warning: 1, error: 2 };

function weightOf({ rule, verdict }: Failure): number {
  return WEIGHTS[verdict.severity ?? rule.severity];
}

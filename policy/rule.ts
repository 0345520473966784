import type { HopName } from './hops/hop';
import type { Resource, ResourceGraph } from './resource-graph';

/** How much a finding weighs. An error breaks IPv6, or opens what should be closed; a notice is worth knowing. */
export type Severity = 'error' | 'warning' | 'notice';

export const GROUPS = [
  'addressing',
  'routing',
  'firewalls',
  'load balancing',
  'targets and health',
  'DNS',
  'TLS',
  'CDN',
  'compute',
  'endpoints',
  'observability',
  'governance',
] as const;

export type Group = (typeof GROUPS)[number];

/** `presence`: IPv6 is there; `parity`: both families are treated alike; `danger`: what hurts, or what AWS refuses. */
export type Kind = 'presence' | 'parity' | 'danger';

/** What a finding may follow from: all that is found at a resource, or what one rule finds there. */
export type Cause = Resource | { readonly rule: string; readonly resource: Resource };

/** What a rule says of one resource. Nothing at all means that the rule is not about it. */
export type Verdict =
  | { readonly result: 'pass' }
  | { readonly result: 'unknown'; readonly message: string }
  | {
      readonly result: 'fail';
      readonly message: string;
      /** @default - the rule's */
      readonly severity?: Severity;
      /** @default - the rule's */
      readonly fix?: string;
      /**
       * Hop that it is about, where that is not the rule's: then it is left out where another rule has a finding there.
       */
      readonly hop?: HopName;
      /**
       * Hops at which the finding of another rule explains this one, where not at `hop` alone.
       *
       * @default - `hop`
       */
      readonly explainedAt?: readonly HopName[];
      /** Where the findings are that explain this one: it is left out where one of them has one. */
      readonly causes?: readonly Cause[];
    };

/** Resources in Terraform's JSON syntax: type to name to attributes. A data source has `data.` before its type. */
export type ExampleResources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** What a rule is shown to pass and fail: configuration, or a plan where it is about changes. */
export type Example = ExampleResources | { readonly plan: unknown };

export interface Rule {
  /** As in the catalogue: `V6-LB-001`. */
  readonly id: string;
  /** What holds where the rule passes, in one sentence without a full stop. */
  readonly title: string;
  readonly group: Group;
  readonly kind: Kind;
  readonly severity: Severity;
  /** The hop of a citizen's packet that it guards; absent for rules about operations. */
  readonly hop?: HopName;
  /** Types of the resources that it looks at. */
  readonly types: readonly string[];
  /** Whether it also looks at what a plan deletes. */
  readonly aboutDeletions?: true;
  /** Why it matters, for somebody who has never seen IPv6 on AWS. */
  readonly why: string;
  /** What to do about it. */
  readonly fix: string;
  /** Where that is written: addresses of AWS pages, RFCs, or what was measured. */
  readonly sources: readonly string[];
  /** Passes, and the rule does say so. */
  readonly good: Example;
  /** Fails, exactly once. */
  readonly bad: Example;
  /** Cannot be known, where there is such a case. */
  readonly unknown?: Example;

  check(resource: Resource, graph: ResourceGraph): Verdict | readonly Verdict[] | undefined;
}

export const PASS: Verdict = { result: 'pass' };

export function fail(
  message: string,
  options: Omit<Extract<Verdict, { result: 'fail' }>, 'result' | 'message'> = {},
): Verdict {
  return { result: 'fail', message, ...options };
}

export function unknown(message: string): Verdict {
  return { result: 'unknown', message };
}

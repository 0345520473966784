import type { HopName } from './hops/hop';
import type { Rule, Severity } from './rule';

/** A place in a file, counted from 1. Without a line the whole file is meant. */
export interface SourceLocation {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** What a check found, as people and machines get it. Its JSON Schema is docs/check-report.schema.json. */
export interface Report {
  readonly version: 1;
  readonly summary: Summary;
  /** By stack, rule, address and message. */
  readonly findings: readonly ReportFinding[];
  /** One for each public name, by stack and name. */
  readonly portals: readonly ReportPortal[];
}

export interface Summary {
  readonly stacks: number;
  readonly resources: number;
  /** Edges that citizens connect to: a portal with two names is one. */
  readonly portals: number;
  /** Findings that fail and are neither waived nor in the baseline, by severity. */
  readonly errors: number;
  readonly warnings: number;
  readonly notices: number;
  /** What this input does not tell. */
  readonly unknown: number;
  readonly waived: number;
  /** Findings that a baseline has already. */
  readonly known: number;
}

export interface ReportFinding {
  /** Id of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  readonly result: 'fail' | 'unknown' | 'waived';
  /** The resource's address; for findings about a waiver, the `at` of the waiver. */
  readonly address: string;
  readonly message: string;
  readonly fix: string;
  /** Id of the stack, or the name of the file that was checked; empty for findings about waivers of all stacks. */
  readonly stack: string;
  readonly hop?: HopName;
  /** Path of the construct, where cdktf says so. */
  readonly construct?: string;
  /** The line of YAML that made the resource, or else the file that was checked. */
  readonly source?: SourceLocation;
  readonly waiver?: { readonly reason: string; readonly owner: string; readonly expires: string };
  /** Present, and true, where a baseline has this finding. */
  readonly known?: true;
  /** Present, and true, where the rule rests on a link that is not written down: the only candidate was taken. */
  readonly inferred?: true;
}

/** Whether clients of a family get through. */
export type HopState = 'open' | 'closed' | 'unknown';

export interface ReportPortal {
  readonly stack: string;
  /** The name that citizens type; absent for an edge without a name. */
  readonly name?: string;
  /** Address of what answers for it; where that is not part of this input, what the records of the name say. */
  readonly edge: string;
  /** Readiness level by this input alone, 0 to 4. */
  readonly level: number;
  /** Present, and true, where nothing that is known withholds the next level: the portal is at that level or higher. */
  readonly atLeast?: true;
  /** What the next level asks for. */
  readonly missing: readonly string[];
  readonly hops: readonly {
    readonly hop: HopName;
    readonly ipv4: HopState;
    readonly ipv6: HopState;
    /** Why they are not open, where one of them is not. */
    readonly reasons?: readonly string[];
  }[];
}

/** From which weight on a finding makes the run end with 1; `unknown` takes warnings, and what cannot be known, too. */
export const FAIL_ON = ['error', 'warning', 'unknown', 'never'] as const;

export type FailOn = (typeof FAIL_ON)[number];

/** What reporters have to know beside the report. */
export interface ReportContext {
  /** The rules that ran, and those about waivers. */
  readonly rules: readonly Pick<Rule, 'id' | 'title' | 'why' | 'group' | 'kind' | 'severity' | 'fix' | 'sources'>[];
  readonly failOn: FailOn;
  /** What was checked, with findings or without. */
  readonly stacks: readonly string[];
  /** Of portal6. */
  readonly version: string;
  /** Whether the findings were held against a baseline. */
  readonly baseline: boolean;
}

import type { Family } from '../core/cidr';
import type { HopName } from '../policy/hops/hop';
import type { HopState, ReportFinding, SourceLocation } from '../policy/report';

/** What becomes of a resource, in Terraform's words; a replacement is one action of its own. */
export const ACTIONS = ['delete', 'replace', 'create', 'update', 'move', 'import', 'forget'] as const;

export type Action = (typeof ACTIONS)[number];

/** What stands for a value that is no longer written, and that the provider leaves as it is. */
export const LEFT_AS_IT_IS = '(left as it is)';

/** One attribute that is not what it was. A side is absent where the attribute is not set there. */
export interface AttributeChange {
  /** `tags.Name`; `ingress` where a member of a set comes or goes; `action[0].type` within a list. */
  readonly path: string;
  /** The value as JSON; an expression as it is written, `(known after apply)` where a plan says no more. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** Present, and true, where the values are secret and left out. */
  readonly sensitive?: true;
  /** Present, and true, where this is why the resource is replaced. */
  readonly replaces?: true;
}

export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** Its address before, where it moves. */
  readonly from?: string;
  /** Present, and true, where it is replaced for no other reason than that no `moved` block says where it went. */
  readonly unwritten?: true;
  /** Present, and true, where no plan says so: it follows from what the provider does with such changes. */
  readonly predicted?: true;
  /** Why it is replaced, or what a plan says about its action. */
  readonly reasons?: readonly string[];
  /** What is lost with it: present where it is deleted or replaced and holds an address, a name or data. */
  readonly holds?: string;
  /** Path of the construct. */
  readonly construct?: string;
  /** The edit that it comes from: the path of a `Cause`; empty for a file that is new or gone. Only in reviews. */
  readonly cause?: string;
  readonly attributes: readonly AttributeChange[];
}

/** A stack on both sides. */
export interface StackDiff {
  readonly stack: string;
  /** `new` and `gone` where one side does not have it. */
  readonly presence: 'both' | 'new' | 'gone';
  /** Whether a plan says what will be done, or the synthesized stacks alone. */
  readonly by: 'plan' | 'synth';
  /** By action, those that lose something first, then by address. */
  readonly changes: readonly ResourceChange[];
  /** What is not a resource: backend, provider, outputs, variables; by path, such as `provider.aws.region`. */
  readonly settings: readonly AttributeChange[];
  /** What a plan found changed outside Terraform. */
  readonly drift: readonly ResourceChange[];
}

/** What `portal6 diff --format json` writes. Its JSON Schema is docs/diff.schema.json. */
export interface Diff {
  readonly version: 1;
  readonly base: string;
  readonly head: string;
  /** The stacks with changes, by name. */
  readonly stacks: readonly StackDiff[];
  /** How many stacks have none. */
  readonly same: number;
}

/** One hop of the way to a portal, before and after. */
export interface HopChange {
  readonly hop: HopName;
  readonly ipv4: FamilyChange;
  readonly ipv6: FamilyChange;
}

/** How a family fares at a hop; a side is absent where the portal is not there. */
export interface FamilyChange {
  readonly before?: HopState;
  readonly after?: HopState;
  /** What makes the hop, in Terraform's words, where that changes. */
  readonly was?: readonly string[];
  readonly is?: readonly string[];
}

/** The way to what answers for some names. */
export interface PathChange {
  readonly names: readonly string[];
  /** `L3`, `L1?`; absent where the portal is not there. */
  readonly levelBefore?: string;
  readonly levelAfter?: string;
  readonly hops: readonly HopChange[];
}

/** Who may connect where, as far as that changes. */
export interface Exposure {
  /** `hue.gov.vn`, or the address of a security group. */
  readonly subject: string;
  /** The whole of it as a sentence. */
  readonly text: string;
  /** `opened` weighs most: somebody gets in who did not before. */
  readonly kind: 'opened' | 'closed' | 'moved';
  /** Families for which it changes. */
  readonly families: readonly Family[];
}

/** A block of the address plan that is not what it was. */
export interface AddressChange {
  /** Name of the subnet, or `VPC`. */
  readonly name: string;
  readonly family: Family;
  readonly before?: string;
  readonly after?: string;
}

/** A line of a file that a person changed, and what comes of it. */
export interface Cause {
  readonly source?: SourceLocation;
  /** Keys, such as `environments.production.network.ipv4`. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** How many resources change by it, by action. */
  readonly counts: Readonly<Partial<Record<Action, number>>>;
}

/** What there is to review about one stack. */
export interface StackReview extends StackDiff {
  /** SHA-256 of what the stack will be, volatile fields left out; absent where it is gone. */
  readonly fingerprint?: string;
  readonly causes: readonly Cause[];
  readonly exposure: readonly Exposure[];
  readonly paths: readonly PathChange[];
  readonly addresses: readonly AddressChange[];
}

/** A finding, and what became of it. */
export interface ReviewFinding extends ReportFinding {
  readonly status: 'new' | 'fixed' | 'unchanged';
}

/** A waiver that will not hold for long. */
export interface ExpiringWaiver {
  readonly rule: string;
  readonly at: string;
  readonly owner: string;
  readonly reason: string;
  /** Its last day, as `2026-10-01`. */
  readonly expires: string;
  readonly source: SourceLocation;
}

/** What `portal6 review --format json` writes. Its JSON Schema is docs/review.schema.json. */
export interface Review {
  readonly version: 1;
  /** What the change is held against, as a person says it: `main (1a2b3c4)`. */
  readonly base: string;
  readonly head: string;
  /** When it was found out, RFC 3339. */
  readonly validAt: string;
  /** `untouched`: no file that makes stacks has changed. `same`: files have, the stacks have not. */
  readonly outcome: 'untouched' | 'same' | 'changed';
  /** Whether nothing new is wrong, and nothing that holds something is replaced without leave. */
  readonly passes: boolean;
  /** Why it does not. */
  readonly objections: readonly string[];
  readonly stacks: readonly StackReview[];
  readonly same: number;
  readonly findings: readonly ReviewFinding[];
  readonly expiring: readonly ExpiringWaiver[];
  /** What a reader should know of how this was made. */
  readonly notes: readonly string[];
}

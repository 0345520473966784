import { daysBetween } from '../core/days';
import { plural } from '../core/plural';
import type { ReportFinding, SourceLocation } from './report';
import type { Rule } from './rule';

/** Somebody's word that findings of a rule are known and accepted, until a day. */
export interface Waiver {
  /** Id of the rule. */
  readonly rule: string;
  /**
   * Address of a resource, or path of a construct, which covers all below it. `*` stands for any characters within a
   * part of it, `**` for any at all. Without a stack's id an address is that resource in every stack.
   */
  readonly at: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day that it holds, as `2026-10-01`. */
  readonly expires: string;
  readonly source: SourceLocation;
  /**
   * Ids of the stacks that it is for. Then the path of a construct may leave out the stack's id.
   *
   * @default - all
   */
  readonly stacks?: readonly string[];
}

/** What was judged: a waiver that covers nothing is unused only if what it is for was looked at. */
export interface Scope {
  /** The day on which waivers have to hold, as `2026-10-01`. */
  readonly today: string;
  /** Ids of the stacks that were judged with the paths of their constructs; not those of plans without them. */
  readonly stacks: readonly string[];
  /** Whether these are all stacks that there are. */
  readonly complete: boolean;
  /** Ids of the rules that were asked. */
  readonly rules: readonly string[];
}

/** What there is to know of a finding that comes from a waiver and not from a resource. */
export type WaiverRule = Pick<Rule, 'id' | 'title' | 'group' | 'kind' | 'severity' | 'why' | 'fix' | 'sources'>;

const EXPIRED: WaiverRule = {
  id: 'V6-WVR-001',
  title: 'Waivers have not expired',
  group: 'governance',
  kind: 'danger',
  severity: 'error',
  why:
    'A waiver accepts a finding until a day, so that somebody looks at it again. Once that day is over nobody has ' +
    'accepted the finding any more, and it counts like every other.',
  fix:
    'Repair what the waiver was for and take it out. If it has to stay, let its owner look at it again and write a new ' +
    'day in `expires`, at most 365 days off.',
  sources: [],
};

const UNUSED: WaiverRule = {
  id: 'V6-WVR-002',
  title: 'Every waiver covers a finding',
  group: 'governance',
  kind: 'danger',
  severity: 'warning',
  why:
    'A waiver that covers nothing was for something that is repaired or renamed, or has a typing error. Left in the ' +
    'file it would silently cover the next mistake at the same place.',
  fix: 'Take the waiver out, or correct `rule` and `at`: they have to be as the finding says them.',
  sources: [],
};

export const EXPIRES_SOON: WaiverRule = {
  id: 'V6-WVR-003',
  title: 'Waivers hold for more than 30 days',
  group: 'governance',
  kind: 'danger',
  severity: 'notice',
  why: 'Once a waiver expires, what it covers counts again, and a run that passed yesterday does not today.',
  fix: 'Repair what the waiver is for before it expires, or let its owner look at it again and write a new day.',
  sources: [],
};

/** The rules about waivers themselves. */
export const WAIVER_RULES: readonly WaiverRule[] = [EXPIRED, UNUSED, EXPIRES_SOON];

/** Expiring within so many days is worth a notice. */
export const SOON = 30;

/**
 * The findings with those marked that waivers cover, in their order, and behind them what there is to say of the
 * waivers. An expired waiver covers nothing.
 */
export function applyWaivers(
  findings: readonly ReportFinding[],
  waivers: readonly Waiver[],
  scope: Scope,
): ReportFinding[] {
  const uses = waivers.map((waiver) => ({ waiver, covered: findings.filter((finding) => covers(waiver, finding)) }));
  const held = new Map<ReportFinding, Waiver>();
  for (const { waiver, covered } of uses) {
    if (isExpired(waiver, scope)) continue;
    for (const finding of covered) {
      const other = held.get(finding);
      if (!other || other.expires < waiver.expires) held.set(finding, waiver);
    }
  }
  return [
    ...findings.map((finding) => waive(finding, held.get(finding))),
    ...uses.flatMap(({ waiver, covered }) => {
      if (isExpired(waiver, scope)) return expired(waiver, covered, held, scope);
      return covered.length === 0 ? unused(waiver, scope) : expiresSoon(waiver, scope);
    }),
  ];
}

function waive(finding: ReportFinding, waiver: Waiver | undefined): ReportFinding {
  if (!waiver) return finding;
  const { reason, owner, expires } = waiver;
  return { ...finding, result: 'waived', waiver: { reason, owner, expires } };
}

function expired(
  waiver: Waiver,
  covered: readonly ReportFinding[],
  held: ReadonlyMap<ReportFinding, Waiver>,
  scope: Scope,
): ReportFinding[] {
  if (covered.length === 0 && !isJudged(waiver, scope)) return [];
  const days = daysBetween(waiver.expires, scope.today);
  const open = [...new Set(covered.filter((finding) => !held.has(finding)).map(({ address }) => address))].sort();
  const outcome = open.length > 0 ? `no longer covers ${list(open)}` : 'has nothing left to cover';
  return [about(waiver, EXPIRED, `expired on ${waiver.expires}, ${plural(days, 'day')} ago, and ${outcome}`)];
}

function unused(waiver: Waiver, scope: Scope): ReportFinding[] {
  return isJudged(waiver, scope) ? [about(waiver, UNUSED, 'covers no finding')] : [];
}

function expiresSoon(waiver: Waiver, { today }: Scope): ReportFinding[] {
  const days = daysBetween(today, waiver.expires);
  if (days > SOON) return [];
  const message = `expires ${days === 0 ? 'today' : `in ${plural(days, 'day')}`}, on ${waiver.expires}`;
  return [about(waiver, EXPIRES_SOON, message)];
}

function about(
  { rule, at, owner, source, stacks }: Waiver,
  { id, severity, fix }: WaiverRule,
  message: string,
): ReportFinding {
  return {
    rule: id,
    severity,
    result: 'fail',
    address: at,
    message: `the waiver of ${rule} at ${at}, owned by ${owner}, ${message}`,
    fix,
    stack: stacks?.length === 1 ? stacks[0]! : '',
    source,
  };
}

/** More addresses than this are counted: their own findings name them. */
const LISTED = 3;

function list(addresses: readonly string[]): string {
  const rest = addresses.length - LISTED;
  return rest > 0 ? `${addresses.slice(0, LISTED).join(', ')} and ${rest} more` : addresses.join(', ');
}

/** It holds through its last day. */
function isExpired({ expires }: Waiver, { today }: Scope): boolean {
  return expires < today;
}

/** Whether all was looked at that the waiver could cover. */
function isJudged({ rule, at, stacks }: Waiver, scope: Scope): boolean {
  if (!scope.rules.includes(rule)) return false;
  const [stack] = at.split('/', 1);
  return scope.complete || scope.stacks.includes(stack!) || (stacks?.every((id) => scope.stacks.includes(id)) ?? false);
}

/** Whether a waiver, were it not for the day, covers a finding. What is said of waivers is covered by none. */
function covers({ rule, at, stacks }: Waiver, finding: ReportFinding): boolean {
  if (finding.rule !== rule || WAIVER_RULES.some(({ id }) => id === rule)) return false;
  const path = finding.construct;
  // A second stack of one id is called by its file; its constructs still say whose they are.
  if (stacks && !stacks.some((id) => id === finding.stack || path?.startsWith(`${id}/`))) return false;
  if (matches(at, finding.address, '.')) return true;

  if (path === undefined) return false;
  const below = path.slice(path.indexOf('/') + 1);
  return matchesTree(at, path) || (stacks !== undefined && below !== path && matchesTree(at, below));
}

function matchesTree(pattern: string, path: string): boolean {
  return matches(pattern, path, '/') || matches(`${pattern}/**`, path, '/');
}

/**
 * Whether a text is as the pattern says: `*` is any run of letters without a separator, `**` any at all, and all else
 * is itself. No glob library, because to these the brackets and braces of `aws_subnet.public["a"]` have a meaning, and
 * a `/` in a key ends a part. Goes through the text once with all ways of reading the pattern, so that no pattern takes long.
 */
function matches(pattern: string, text: string, separator: '.' | '/'): boolean {
  const tokens = pattern.match(/\*\*|[^]/g) ?? [];
  /** A wildcard may stand for nothing, so what comes behind it is reached as well. */
  const reach = (states: Set<number>, state: number): Set<number> => {
    states.add(state);
    return isWildcard(tokens[state]) ? reach(states, state + 1) : states;
  };
  const ends = endsOfParts(text, separator);
  let states = reach(new Set(), 0);
  for (let index = 0; index < text.length; index++) {
    const next = new Set<number>();
    for (const state of states) {
      const token = tokens[state];
      if (token === '**' || (token === '*' && !ends.has(index))) reach(next, state);
      else if (!isWildcard(token) && token === text[index]) reach(next, state + 1);
    }
    states = next;
  }
  return states.has(tokens.length);
}

function isWildcard(token: string | undefined): boolean {
  return token === '*' || token === '**';
}

/** Where the separators are, but for those within a key, as in `aws_route.out["10.0.0.0/8"]`. */
function endsOfParts(text: string, separator: '.' | '/'): ReadonlySet<number> {
  const ends = new Set<number>();
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const letter = text[index];
    if (letter === '\\' && quoted) index++;
    else if (letter === '"') quoted = !quoted;
    else if (letter === separator && !quoted) ends.add(index);
  }
  return ends;
}

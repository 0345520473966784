import { plural } from '../core/plural';
import type { ResourceChange, Review, ReviewFinding, StackReview } from './report';

/** What a review rests on, before its verdict. */
export type Reviewed = Omit<Review, 'passes' | 'objections'>;

/**
 * The review with its verdict: it passes unless something new is wrong, or something that holds addresses, a name or data is
 * replaced without leave. What is deleted was asked for, and is told first, but stops nobody.
 *
 * @param allowed what may be replaced: a stack as a whole, or addresses, `hue-production:aws_vpc.network` where more than
 *   one stack has such an address
 * @param mistakes how many there are in the files after, so that not all of them can be reviewed
 */
export function concluded(reviewed: Reviewed, allowed: readonly string[], mistakes: number): Review {
  const objections = [
    ...(mistakes > 0 ? [`${plural(mistakes, 'mistake')} in agency files`] : []),
    ...newErrors(reviewed.findings),
    ...reviewed.stacks.flatMap((stack) => [...departures(stack, allowed), ...replacements(stack, allowed)]),
  ];
  return { ...reviewed, passes: objections.length === 0, objections };
}

/** Which leave is for nothing that is replaced or goes elsewhere: a typing error, most likely. */
export function unusedLeave({ stacks }: Pick<Review, 'stacks'>, allowed: readonly string[]): string[] {
  const asked = new Set(
    stacks.flatMap((stack) => [
      ...departures(stack, []).map(() => stack.stack),
      ...lostByReplacement(stack).flatMap(({ address }) => [stack.stack, address, `${stack.stack}:${address}`]),
    ]),
  );
  return allowed.filter((one) => !asked.has(one));
}

/** What came out, in a few words: `Blocked: 1 new error, 12 replacements that lose something`. */
export function verdictText({ outcome, passes, objections, stacks, findings }: Review): string {
  if (outcome === 'untouched') return 'Nothing to review: no file that makes stacks has changed';
  const fresh = findings.filter(({ status, result }) => status === 'new' && result === 'fail').length;
  const fixed = findings.filter(({ status }) => status === 'fixed').length;
  const waived = findings.filter(({ status, result }) => status === 'new' && result === 'waived').length;
  const counts = [
    ...(fresh > 0 ? [plural(fresh, 'new finding')] : []),
    ...(waived > 0 ? [`${waived} newly waived`] : []),
    ...(fixed > 0 ? [`${fixed} fixed`] : []),
  ];
  if (!passes) return `Blocked: ${objections.join('; ')}`;
  if (outcome === 'same') return ['No change: the stacks are the same', ...counts].join(', ');
  return [`Passed: ${plural(stacks.length, 'stack')} changed`, ...counts].join(', ');
}

function newErrors(findings: readonly ReviewFinding[]): string[] {
  const errors = findings.filter(
    ({ status, result, severity }) => status === 'new' && result === 'fail' && severity === 'error',
  );
  return errors.length === 0 ? [] : [plural(errors.length, 'new error')];
}

/** Terraform finds nothing of what is there, makes all of it anew and leaves the old behind. */
function departures({ stack, settings }: StackReview, allowed: readonly string[]): string[] {
  const moves = settings.some(
    ({ path, before, after }) => before !== undefined && after !== undefined && ELSEWHERE.test(path),
  );
  return moves && !allowed.includes(stack) ? [`${stack} goes to another account or region`] : [];
}

/** Settings of a provider that say where its resources are. */
export const ELSEWHERE = /^provider\b.*(region|allowed_account_ids|assume_role)/;

function replacements(review: StackReview, allowed: readonly string[]): string[] {
  const { stack } = review;
  const lost = lostByReplacement(review).filter(
    ({ address }) => ![stack, address, `${stack}:${address}`].some((one) => allowed.includes(one)),
  );
  if (lost.length === 0) return [];
  const what = `${plural(lost.length, 'resource')} that ${lost.length === 1 ? 'holds' : 'hold'}`;
  return [`${stack} replaces ${what} addresses, names or data`];
}

function lostByReplacement({ changes }: StackReview): readonly ResourceChange[] {
  return changes.filter(({ action, holds }) => action === 'replace' && holds !== undefined);
}

import type { ReportFinding } from '../policy/report';
import type { ReviewFinding } from './report';

/**
 * What became of each finding: new, fixed, or as it was. One is the same finding if rule, stack and address are, whatever
 * its words and its line; of several, those first that say the same.
 *
 * @param renamed addresses after of what moved, by `stack address` before
 */
export function comparedFindings(
  before: readonly ReportFinding[],
  after: readonly ReportFinding[],
  renamed: ReadonlyMap<string, string> = new Map(),
): ReviewFinding[] {
  const moved = before.map((finding) => {
    const address = renamed.get(`${finding.stack} ${finding.address}`);
    return address === undefined ? finding : { ...finding, address };
  });
  const pairs = new Map<ReportFinding, ReportFinding>();
  const left = new Set(moved);
  for (const isAlike of [isSame, isSameSubject]) {
    for (const finding of after) {
      if (pairs.has(finding)) continue;
      const other = [...left].find((one) => isAlike(one, finding));
      if (!other) continue;
      pairs.set(finding, other);
      left.delete(other);
    }
  }
  return [
    ...after.map((finding) => ({ ...finding, status: pairs.has(finding) ? ('unchanged' as const) : ('new' as const) })),
    // What is waived from now on is not mended.
    ...[...left]
      .filter(
        (one) => one.result === 'fail' && !after.some((other) => other.result !== 'fail' && isSameResource(one, other)),
      )
      .map((finding) => ({ ...finding, status: 'fixed' as const })),
  ];
}

function isSame(one: ReportFinding, other: ReportFinding): boolean {
  return isSameSubject(one, other) && one.message === other.message;
}

/** What was waived and is not any more is a new failure, and the other way round. */
function isSameSubject(one: ReportFinding, other: ReportFinding): boolean {
  return isSameResource(one, other) && one.result === other.result;
}

function isSameResource(one: ReportFinding, other: ReportFinding): boolean {
  return one.rule === other.rule && one.stack === other.stack && one.address === other.address;
}

import { UserError } from '../core/errors';
import type { ReportFinding } from './report';
import { isRecord } from './value';

/** The failures of an earlier report: the messages of each, by what identifies it. */
export type Baseline = ReadonlyMap<string, readonly string[]>;

type Identified = Pick<ReportFinding, 'rule' | 'stack' | 'address'>;

/**
 * Reads the report of an earlier run.
 *
 * @param file what to call it in an error
 * @throws UserError when it is no such report.
 */
export function readBaseline(json: unknown, file: string): Baseline {
  const findings = isRecord(json) && json.version === 1 ? json.findings : undefined;
  if (!Array.isArray(findings) || !findings.every(isFinding)) {
    throw new UserError(
      `${file} is no report of \`portal6 check --format json\`, version 1; make one with that and --output`,
    );
  }
  const baseline = new Map<string, string[]>();
  for (const finding of findings) {
    // What was waived or not known then has not been accepted as a failure.
    if (finding.result !== 'fail') continue;
    const key = identity(finding);
    baseline.set(key, [...(baseline.get(key) ?? []), finding.message]);
  }
  return baseline;
}

/** An expired waiver is nothing that one gets used to. */
const NEVER_KNOWN = ['V6-WVR-001'];

/**
 * Marks the failures that the baseline has too. Of several with one identity as many are known as it has, and those
 * first that have its words.
 */
export function markKnown(findings: readonly ReportFinding[], baseline: Baseline): ReportFinding[] {
  const left = new Map([...baseline].map(([key, messages]) => [key, [...messages]]));
  const candidates = findings.filter(({ result, rule }) => result === 'fail' && !NEVER_KNOWN.includes(rule));
  const known = new Set<ReportFinding>();
  const take = (finding: ReportFinding, choose: (messages: readonly string[]) => number): void => {
    const messages = left.get(identity(finding)) ?? [];
    const index = known.has(finding) ? -1 : choose(messages);
    if (index < 0) return;
    messages.splice(index, 1);
    known.add(finding);
  };
  for (const finding of candidates) take(finding, (messages) => messages.indexOf(finding.message));
  for (const finding of candidates) take(finding, (messages) => messages.length - 1);
  return findings.map((finding) => (known.has(finding) ? { ...finding, known: true } : finding));
}

/** Neither line nor message: both change without a change of what they are about. */
function identity({ rule, stack, address }: Identified): string {
  return JSON.stringify([rule, stack, address]);
}

function isFinding(value: unknown): value is Identified & { readonly result: string; readonly message: string } {
  return (
    isRecord(value) && ['rule', 'stack', 'address', 'result', 'message'].every((key) => typeof value[key] === 'string')
  );
}

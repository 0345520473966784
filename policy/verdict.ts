import { plural } from '../core/plural';
import type { FailOn, Report, ReportFinding } from './report';
import type { Severity } from './rule';

export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'notice'];

/** Whether a finding makes the run end with 1. What is waived, or was there before, does not. */
export function isDecisive({ result, severity, known }: ReportFinding, failOn: FailOn): boolean {
  if (result === 'waived' || known || failOn === 'never') return false;
  if (result === 'unknown') return failOn === 'unknown';
  return severity === 'error' || (severity === 'warning' && failOn !== 'error');
}

export function passes({ findings }: Report, failOn: FailOn): boolean {
  return !findings.some((finding) => isDecisive(finding, failOn));
}

/** Whether a finding is one to act on now. */
export function isOpen({ result, known }: ReportFinding): boolean {
  return result === 'fail' && !known;
}

/** Worst first, otherwise in the order of the report. */
export function worstFirst(findings: readonly ReportFinding[]): ReportFinding[] {
  return SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

/** What came out, in one line: `Passed, with 2 notices and 1 waived: 4 stacks, 480 resources, 7 portals`. */
export function summaryLine(report: Report, failOn: FailOn): string {
  const { summary } = report;
  const size = [
    plural(summary.stacks, 'stack'),
    plural(summary.resources, 'resource'),
    plural(summary.portals, 'portal'),
  ].join(', ');
  const counts = countsOf(report);
  if (passes(report, failOn)) return `Passed${counts && `, with ${counts}`}: ${size}`;
  return `Not passed: ${counts} (${size})`;
}

/** `2 errors, 1 notice, 5 unknown`; empty where there is nothing to count. */
export function countsOf({ summary }: Report): string {
  const counts: readonly (readonly [number, string])[] = [
    [summary.errors, plural(summary.errors, 'error')],
    [summary.warnings, plural(summary.warnings, 'warning')],
    [summary.notices, plural(summary.notices, 'notice')],
    [summary.unknown, `${summary.unknown} unknown`],
    [summary.waived, `${summary.waived} waived`],
    [summary.known, `${summary.known} known before`],
  ];
  return counts.flatMap(([count, text]) => (count > 0 ? [text] : [])).join(', ');
}

/** A place as editors and terminals make a link of: `config/agencies/hue.yaml:12:7`. */
export function placeOf({ source }: ReportFinding): string | undefined {
  if (!source) return undefined;
  return source.line === undefined ? source.file : `${source.file}:${source.line}:${source.column ?? 1}`;
}

import type { Report, ReportContext, ReportFinding } from '../report';
import { isDecisive, placeOf } from '../verdict';

/**
 * For CI servers: a suite for each stack, a case for each rule that ran.
 *
 * A case is red where the run is: findings below `--fail-on` are its output. What is waived, known before or unknown was
 * not judged, so the case is skipped. The counts of what went wrong are left out where they are zero, because a run that
 * passes must not hold the word.
 */
export function junitReport(report: Report, { rules, failOn, stacks: checked }: ReportContext): string {
  const stacks = [...new Set([...checked, ...report.findings.map(({ stack }) => stack)])].sort();
  const suites = stacks.map((stack) => {
    const own = report.findings.filter((finding) => finding.stack === stack);
    const ids = [...new Set([...rules.map(({ id }) => id), ...own.map(({ rule }) => rule)])].sort();
    const cases = ids.map((id) => {
      const title = rules.find((rule) => rule.id === id)?.title;
      const name = title === undefined ? id : `${id} ${title}`;
      return testcase(
        stack,
        name,
        own.filter(({ rule }) => rule === id),
        (one) => isDecisive(one, failOn),
      );
    });
    return { stack, cases };
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'portal6 check', ...countsOf(suites.flatMap(({ cases }) => cases)) })}>`,
    ...suites.flatMap(({ stack, cases }) => [
      `  <testsuite${attributes({ name: stack === '' ? 'waivers' : stack, ...countsOf(cases), ...skippedOf(cases) })}>`,
      ...cases.map(({ xml }) => xml),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Case {
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly xml: string;
}

function testcase(
  stack: string,
  name: string,
  findings: readonly ReportFinding[],
  isRed: (finding: ReportFinding) => boolean,
): Case {
  const open = `    <testcase${attributes({ name, classname: stack === '' ? 'waivers' : stack })}`;
  if (findings.length === 0) return { state: 'passed', xml: `${open}/>` };
  const red = findings.filter(isRed);
  const aside = findings.filter(({ result, known }) => result !== 'fail' || known);
  const rest = findings.filter((finding) => !red.includes(finding));
  const state = red.length > 0 ? 'failed' : aside.length === findings.length ? 'skipped' : 'passed';
  const parts = [
    ...(red.length > 0
      ? [
          `      <failure${attributes({ message: summaryOf(red), type: red[0]!.severity })}>${escapeText(red.map(describe).join('\n'))}</failure>`,
        ]
      : []),
    ...(state === 'skipped' ? [`      <skipped${attributes({ message: aside.map(reasonOf).join('; ') })}/>`] : []),
    ...(rest.length > 0 ? [`      <system-out>${escapeText(rest.map(describe).join('\n'))}</system-out>`] : []),
  ];
  return { state, xml: [`${open}>`, ...parts, '    </testcase>'].join('\n') };
}

function summaryOf(findings: readonly ReportFinding[]): string {
  const { address, message } = findings[0]!;
  return `${address}: ${message}${findings.length > 1 ? ` (and ${findings.length - 1} more)` : ''}`;
}

function reasonOf({ result, waiver, message }: ReportFinding): string {
  if (result === 'unknown') return `unknown: ${message}`;
  return result === 'waived' ? `waived: ${waiver?.reason ?? message}` : `known before: ${message}`;
}

function describe(finding: ReportFinding): string {
  const { severity, address, message, fix, hop, result, known, waiver } = finding;
  const state = result === 'unknown' ? 'unknown' : result === 'waived' ? 'waived' : known ? 'known before' : severity;
  const place = placeOf(finding);
  return [
    `${state}: ${address}: ${message}`,
    ...(place === undefined ? [] : [`  at ${place}`]),
    ...(hop === undefined ? [] : [`  hop: ${hop}`]),
    ...(waiver ? [`  waived: ${waiver.reason} (${waiver.owner}, until ${waiver.expires})`] : [`  fix: ${fix}`]),
  ].join('\n');
}

function countsOf(cases: readonly Case[]): Readonly<Record<string, number>> {
  const failures = cases.filter(({ state }) => state === 'failed').length;
  return { tests: cases.length, ...(failures > 0 && { failures, errors: 0 }) };
}

function skippedOf(cases: readonly Case[]): Readonly<Record<string, number>> {
  return { skipped: cases.filter(({ state }) => state === 'skipped').length };
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) => ` ${name}="${escapeText(String(value)).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')}"`,
    )
    .join('');
}

/** What XML 1.0 has no place for, not even escaped: most control characters, and half characters. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escapeText(text: string): string {
  return text
    .replace(FORBIDDEN, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

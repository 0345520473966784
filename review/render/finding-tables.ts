import { plural } from '../../core/plural';
import type { SourceLocation } from '../../policy/report';
import type { Severity } from '../../policy/rule';
import { code, escape, folded, grid } from '../../policy/reporters/markdown-text';
import type { Review, ReviewFinding } from '../report';
import { andMore, MAX_SENTENCE } from './cut';

/** More findings than these are folded. */
const MAX_FINDINGS = 5;

const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 };

/** What is newly wrong, the worst of it in sight, and what is wrong no longer. */
export function findingTables(findings: readonly ReviewFinding[], room: number): string[] {
  const weighty = findings.filter((one) => one.result === 'fail' && one.severity !== 'notice');
  const fresh = weighty
    .filter(({ status }) => status === 'new')
    .sort((one, other) => WEIGHT[one.severity] - WEIGHT[other.severity]);
  const more = fresh.slice(MAX_FINDINGS);
  return [
    fresh.length === 0 ? '' : `New findings:\n\n${findingGrid(fresh.slice(0, MAX_FINDINGS))}`,
    foldedGrid(`${more.length} more new findings`, more, room),
    foldedGrid(
      `${weighty.filter(({ status }) => status === 'fixed').length} fixed`,
      weighty.filter(({ status }) => status === 'fixed'),
      room,
    ),
  ];
}

/** The first of some findings, and how many more there are. */
function foldedGrid(title: string, findings: readonly ReviewFinding[], room: number): string {
  if (findings.length === 0) return '';
  return folded(
    title,
    ...[findingGrid(findings.slice(0, room)), andMore(findings.length - room, 'finding')].filter((part) => part !== ''),
  );
}

function findingGrid(findings: readonly ReviewFinding[]): string {
  if (findings.length === 0) return '';
  return grid(
    ['', 'rule', 'where', 'what', 'fix'],
    findings.map(({ severity, rule, stack, construct, address, source, message, fix, result, waiver }) => [
      result === 'fail' ? severity : result,
      escape(rule),
      [escape(stack, MAX_SENTENCE), code(construct ?? address), source ? code(placeOf(source)) : '']
        .filter((part) => part !== '')
        .join('<br>'),
      escape(message, MAX_SENTENCE),
      escape(waiver ? `waived: ${waiver.reason} (${waiver.owner}, until ${waiver.expires})` : fix, MAX_SENTENCE),
    ]),
  );
}

/** What weighs less: waivers that end, notices, what is as it was, what is waived. */
export function asides({ findings, expiring }: Review, room: number): string[] {
  const notices = findings.filter(
    ({ status, result, severity }) => status === 'new' && result === 'fail' && severity === 'notice',
  );
  const unchanged = findings.filter(({ status, result }) => status === 'unchanged' && result === 'fail');
  const waived = findings.filter(({ result }) => result === 'waived');
  return [
    expiring.length === 0
      ? ''
      : folded(
          `${plural(expiring.length, 'waiver')} will expire within 30 days`,
          ...[expiringGrid(expiring.slice(0, room)), andMore(expiring.length - room, 'waiver')].filter(
            (part) => part !== '',
          ),
        ),
    foldedGrid(plural(notices.length, 'new notice'), notices, room),
    foldedGrid(`${plural(unchanged.length, 'finding')} as before`, unchanged, room),
    foldedGrid(`${waived.length} waived`, waived, room),
  ];
}

function expiringGrid(expiring: Review['expiring']): string {
  return grid(
    ['rule', 'where', 'owner', 'until', 'reason'],
    expiring.map(({ rule, at, owner, expires, reason }) => [
      escape(rule),
      code(at),
      escape(owner, MAX_SENTENCE),
      escape(expires),
      escape(reason, MAX_SENTENCE),
    ]),
  );
}

/** `hue.yaml:12`. */
export function placeOf({ file, line }: SourceLocation): string {
  return `${file}${line === undefined ? '' : `:${line}`}`;
}

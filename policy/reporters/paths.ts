import { plural } from '../../core/plural';
import { HOPS } from '../hops/hop';
import type { HopState, Report, ReportPortal } from '../report';

/** The way to one edge as tables show it. */
export interface PathRow {
  readonly stack: string;
  /** The names that lead there, the first few of them. */
  readonly names: readonly string[];
  /** `and 12 more`, where there are more names than that; empty otherwise. */
  readonly moreNames: string;
  /** `L3`, or `L1?` where the input does not tell whether it is higher. */
  readonly level: string;
  /** One for each hop, both families side by side. */
  readonly cells: readonly string[];
  /** What is closed or unknown, and why. */
  readonly notes: readonly string[];
}

export const PATH_HEAD: readonly string[] = ['stack', 'name', 'level', ...HOPS];

export const OPEN_CELL = '4+6';

export const CLOSED_CELL = 'none';

export const UNKNOWN_CELL = '?';

/** What the cells mean, where not all are alike; empty otherwise. */
export function legendOf(rows: readonly PathRow[]): string {
  const cells = `${OPEN_CELL}: open over IPv4 and IPv6. ${UNKNOWN_CELL}: this input does not tell.`;
  const parts = [rows.every(isAllOpen) ? '' : cells, levelLegend(rows.map(({ level }) => level))];
  return parts.filter((part) => part !== '').join(' ');
}

/** `L3`; `L1?` where what the next level asks for is not known, as against withheld. */
export function levelText({ level, atLeast }: { readonly level: number; readonly atLeast?: boolean }): string {
  return `L${level}${atLeast ? UNKNOWN_CELL : ''}`;
}

/** What the question mark behind a level means, where there is one; empty otherwise. */
export function levelLegend(levels: readonly string[]): string {
  const [least] = levels.filter((level) => level.endsWith(UNKNOWN_CELL)).sort();
  return least === undefined
    ? ''
    : `${least}: at least ${least.slice(0, -1)}; whether it is more, this input does not tell.`;
}

/** More names than this are counted: cells of many lines are no use to people, and take terminals' tables seconds each. */
const MAX_NAMES = 8;

/** One row for each edge, in the order of the report. */
export function pathRows({ portals }: Report): PathRow[] {
  const byEdge = new Map<string, ReportPortal[]>();
  for (const portal of portals) {
    const key = JSON.stringify([portal.stack, portal.edge]);
    byEdge.set(key, [...(byEdge.get(key) ?? []), portal]);
  }
  return [...byEdge.values()].map((same) => {
    const { stack, edge, hops } = same[0]!;
    const names = same.flatMap(({ name }) => name ?? []);
    const shown = names.length > MAX_NAMES ? names.slice(0, MAX_NAMES - 1) : names;
    return {
      stack,
      names: shown.length > 0 ? shown : [`(${edge})`],
      moreNames: shown.length < names.length ? `and ${names.length - shown.length} more` : '',
      level: levelText(same[0]!),
      cells: HOPS.map((name) => {
        const hop = hops.find((one) => one.hop === name);
        return hop ? cell(hop.ipv4, hop.ipv6) : UNKNOWN_CELL;
      }),
      notes: hops.flatMap(({ hop, ipv4, ipv6, reasons }) => {
        const state = stateOf(ipv4, ipv6);
        return state ? [`${hop} ${state}${reasons ? `: ${reasons.join('; ')}` : ''}`] : [];
      }),
    };
  });
}

export function isAllOpen({ cells }: PathRow): boolean {
  return cells.every((text) => text === OPEN_CELL);
}

/** At most `max` rows, those that are not open all the way first to stay, and how many were left out. */
export function foldPaths(
  rows: readonly PathRow[],
  max: number,
): { readonly rows: readonly PathRow[]; readonly more: string } {
  if (rows.length <= max) return { rows, more: '' };
  const shut = rows.filter((row) => !isAllOpen(row));
  const open = rows.length - shut.length;
  const left = [
    ...(shut.length > max ? [`${plural(shut.length - max, 'more path')} not open all the way`] : []),
    ...(open > 0 ? [`${plural(open, 'path')} open over both families at every hop`] : []),
  ];
  return { rows: shut.slice(0, max), more: `and ${left.join(', and ')}` };
}

function cell(ipv4: HopState, ipv6: HopState): string {
  if (ipv4 === 'unknown' && ipv6 === 'unknown') return UNKNOWN_CELL;
  const families = [family('4', ipv4), family('6', ipv6)].filter((text) => text !== '');
  if (families.length === 0) return CLOSED_CELL;
  return families.length === 2 ? families.join('+') : `${families[0]} only`;
}

function family(digit: string, state: HopState): string {
  return state === 'closed' ? '' : `${digit}${state === 'unknown' ? '?' : ''}`;
}

/** `closed over IPv6`, `unknown over both families`; undefined where both are open. */
function stateOf(ipv4: HopState, ipv6: HopState): string | undefined {
  const states = (['closed', 'unknown'] as const).flatMap((state) => {
    if (ipv4 === state && ipv6 === state) return [`${state} over both families`];
    return ipv4 === state ? [`${state} over IPv4`] : ipv6 === state ? [`${state} over IPv6`] : [];
  });
  return states.length > 0 ? states.join(', ') : undefined;
}

import Table from 'cli-table3';
import { stringify } from 'csv-stringify/sync';
import pc from 'picocolors';
import { formatProblem, type Problem } from '../config/problem';
import type { Io } from './io';

export { plural } from '../core/plural';

/** How results are written. */
export type Format = 'text' | 'table' | 'json' | 'csv';

type Stream = Io['stdout'];
type Colors = ReturnType<typeof pc.createColors>;

/**
 * A table in columns, without borders, so that it reads alike in a terminal, a log and a mail. Widths are those of the
 * letters as seen, so Vietnamese text stays in its column.
 */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[], colors = NO_COLORS): string {
  const table = new Table({
    head: head.map((title) => colors.bold(title)),
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  table.push(...rows.map((row) => [...row]));
  return `${table.toString().replace(/[ \t]+$/gm, '')}\n`;
}

/** JSON for machines; 2 spaces, so that people may look at it too. */
export function renderJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** CSV as RFC 4180 has it, with a line of column names. */
export function renderCsv(columns: readonly string[], rows: readonly object[]): string {
  return stringify([...rows], { columns: [...columns], header: true });
}

/** Problems, one per line, in colors by weight. */
export function renderProblems(problems: readonly Problem[], colors = NO_COLORS): string {
  const paint = { error: colors.red, warning: colors.yellow, notice: colors.dim };
  return problems.map((problem) => `${paint[problem.severity](formatProblem(problem))}\n`).join('');
}

/** Colors for a stream: none unless it is a terminal, nor where NO_COLOR is set (https://no-color.org). */
export function colorsFor(stream: Stream, env: Io['env']): Colors {
  return pc.createColors(Boolean(stream.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb');
}

const NO_COLORS = pc.createColors(false);

const NO_BORDERS = Object.fromEntries(
  ['top', 'bottom', 'mid', 'left', 'right']
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .concat('middle')
    .map((part) => [part, '']),
);

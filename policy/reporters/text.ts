import type { Report, ReportContext, ReportFinding } from '../report';
import type { Severity } from '../rule';
import { isOpen, passes, placeOf, summaryLine, worstFirst } from '../verdict';
import { CLOSED_CELL, foldPaths, legendOf, OPEN_CELL, PATH_HEAD, type PathRow, pathRows } from './paths';

type Paint = (text: string) => string;

/** How a terminal shows things; without colors, the same texts as they are. */
export interface TextStyle {
  table(head: readonly string[], rows: readonly (readonly string[])[]): string;
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
  readonly green: Paint;
}

/** More paths than this are folded: those that are open all the way need no line each. */
const MAX_PATHS = 40;

/** Up to so many paths, the table is followed by what is closed, and why. */
const EXPLAINED_PATHS = 3;

/** How many of the findings that ask for no work now are listed, of each kind. */
const MAX_ASIDE = 10;

const WIDTH = 118;

/** For people at a terminal: paths, findings worst first, what is set apart, and one line that sums up. */
export function textReport(report: Report, context: ReportContext, style: TextStyle): string {
  const { findings } = report;
  const sections = [
    pathsSection(report, style),
    ...findingSections(findings.filter(isOpen), context, style),
    aside(
      'Waived',
      findings.filter(({ result }) => result === 'waived'),
      style,
      waiverOf,
    ),
    aside(
      'Known before, by the baseline',
      findings.filter(({ known, result }) => known && result === 'fail'),
      style,
    ),
    aside(
      'Unknown: this input does not tell',
      findings.filter(({ result }) => result === 'unknown'),
      style,
    ),
    `${(passes(report, context.failOn) ? style.green : style.red)(summaryLine(report, context.failOn))}\n`,
  ];
  return sections.filter((section) => section !== '').join('\n');
}

function pathsSection(report: Report, style: TextStyle): string {
  const all = pathRows(report);
  if (all.length === 0) return '';
  const { rows, more } = foldPaths(all, MAX_PATHS);
  const legend = legendOf(all);
  const head = PATH_HEAD.map((title) => title.toUpperCase());
  const table = style.table(
    head,
    rows.map(({ stack, names, moreNames, level, cells }) => [
      stack,
      [...names, ...(moreNames ? [moreNames] : [])].join('\n'),
      level,
      ...cells.map(painted(style)),
    ]),
  );
  return [
    rows.length > 0 ? table : '',
    more && `${style.dim(more)}\n`,
    legend && `${style.dim(legend)}\n`,
    all.length <= EXPLAINED_PATHS ? all.map(explained).join('') : '',
  ].join('');
}

function explained({ names, notes }: PathRow): string {
  return notes.map((note) => `${wrap(`${names[0]}: ${note}`, '  ', '    ')}\n`).join('');
}

function painted({ green, yellow, red }: TextStyle): Paint {
  return (cell) => (cell === OPEN_CELL ? green(cell) : cell === CLOSED_CELL ? red(cell) : yellow(cell));
}

function findingSections(findings: readonly ReportFinding[], context: ReportContext, style: TextStyle): string[] {
  const explainedRules = new Set<string>();
  return [...groupBy(findings, ({ stack }) => stack).entries()].map(([stack, own]) => {
    const groups = groupBy(worstFirst(own), ({ rule, severity, fix }) => JSON.stringify([severity, rule, fix]));
    const texts = [...groups.values()].map((same) => {
      const why = explainedRules.has(same[0]!.rule) ? undefined : ruleOf(same[0]!, context)?.why;
      explainedRules.add(same[0]!.rule);
      return groupText(same, why, context, style);
    });
    return [stack && `${style.bold(stack)}\n`, ...texts].filter((text) => text !== '').join('\n');
  });
}

/** One rule's findings in a stack that have the same cure. */
function groupText(
  findings: readonly ReportFinding[],
  why: string | undefined,
  context: ReportContext,
  style: TextStyle,
): string {
  const { rule, severity, fix, hop } = findings[0]!;
  const title = ruleOf(findings[0]!, context)?.title;
  const paint: Readonly<Record<Severity, Paint>> = { error: style.red, warning: style.yellow, notice: style.dim };
  return [
    `  ${paint[severity](severity)}  ${style.bold(rule)}${title === undefined ? '' : `  ${title}`}`,
    ...findings.flatMap(({ address, message, inferred, ...finding }) => [
      `    ${address}`,
      wrap(
        `${message}${inferred ? ' (rests on a link that is taken for granted: there is one candidate)' : ''}`,
        '      ',
      ),
      ...(placeOf({ address, message, ...finding }) ? [`      at ${placeOf({ address, message, ...finding })}`] : []),
      ...(finding.construct === undefined ? [] : [style.dim(`      of ${finding.construct}`)]),
    ]),
    ...(hop ? [`    hop  ${hop}`] : []),
    why === undefined ? style.dim(`    why  as above; or: portal6 rules ${rule}`) : wrap(why, '    why  ', '         '),
    wrap(fix, '    fix  ', '         '),
    '',
  ].join('\n');
}

function ruleOf({ rule }: ReportFinding, { rules }: ReportContext): ReportContext['rules'][number] | undefined {
  return rules.find(({ id }) => id === rule);
}

/** Findings in a line each, folded. */
function aside(
  title: string,
  findings: readonly ReportFinding[],
  style: TextStyle,
  more: (finding: ReportFinding) => string = () => '',
): string {
  if (findings.length === 0) return '';
  const lines = findings.slice(0, MAX_ASIDE).map((finding) => {
    const { rule, stack, address, message } = finding;
    const where = stack === '' ? address : `${stack} ${address}`;
    return `${wrap(`${rule} ${where}: ${message}${more(finding)}`, '  ', '    ')}\n`;
  });
  const rest = findings.length - lines.length;
  const folded = rest > 0 ? style.dim(`  and ${rest} more; --format json lists all\n`) : '';
  return `${style.bold(title)}\n${lines.join('')}${folded}`;
}

function waiverOf({ waiver }: ReportFinding): string {
  return waiver ? `. Waived: ${waiver.reason} (${waiver.owner}, until ${waiver.expires})` : '';
}

/** A text in lines that fit, indented; words are never cut. */
function wrap(text: string, first: string, next = first): string {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(/\s+/)) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = next;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join('\n');
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

import { plural } from '../../core/plural';
import type { Report, ReportContext, ReportFinding } from '../report';
import { isOpen, placeOf, summaryLine, worstFirst } from '../verdict';
import { code, escape, grid } from './markdown-text';
import { foldPaths, legendOf, PATH_HEAD, pathRows } from './paths';

/** GitHub refuses comments of more than 65,536 characters. */
const MAX_LENGTH = 65_000;

/** How many rows a table may have, from the first that makes the page short enough. */
const ROWS = [400, 200, 100, 50, 20, 10, 5, 2, 0];

/** So many findings are in plain sight; more are folded. */
const MAX_IN_SIGHT = 20;

const MAX_PATHS_IN_SIGHT = 20;

/** For a comment on a pull request: the verdict, the paths, the findings, and all else folded. */
export function markdownReport(report: Report, context: ReportContext): string {
  const pages = ROWS.map((max) => () => page(report, context, max));
  for (const make of pages) {
    const text = make();
    if (text.length <= MAX_LENGTH) return text;
  }
  return `${verdict(report, context)}\n`;
}

function page(report: Report, context: ReportContext, max: number): string {
  const open = worstFirst(report.findings.filter(isOpen));
  const weighty = open.filter(({ severity }) => severity !== 'notice');
  const asides = [
    { title: 'notice', findings: open.filter(({ severity }) => severity === 'notice') },
    { title: 'waived', findings: report.findings.filter(({ result }) => result === 'waived') },
    { title: 'known before', findings: report.findings.filter(({ result, known }) => result === 'fail' && known) },
    { title: 'unknown', findings: report.findings.filter(({ result }) => result === 'unknown') },
  ];
  const inSight = weighty.slice(0, Math.min(max, MAX_IN_SIGHT));
  const folded = weighty.slice(inSight.length);
  const sections = [
    verdict(report, context),
    paths(report, max),
    inSight.length === 0 ? '' : table(inSight),
    list(folded, plural(folded.length, 'more finding'), max),
    why(open, context, max),
    ...asides.map(({ title, findings }) =>
      list(findings, title === 'notice' ? plural(findings.length, title) : `${findings.length} ${title}`, max),
    ),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function verdict(report: Report, { failOn }: ReportContext): string {
  return `**${escape(summaryLine(report, failOn))}**`;
}

function paths(report: Report, max: number): string {
  const all = pathRows(report);
  if (all.length === 0) return '';
  const { rows, more } = foldPaths(all, Math.min(max, MAX_PATHS_IN_SIGHT));
  const notes = rows.flatMap(({ names, notes: some }) => some.map((note) => `- ${code(names[0]!)}: ${escape(note)}`));
  return [
    rows.length === 0
      ? ''
      : grid(
          PATH_HEAD,
          rows.map(({ stack, names, moreNames, level, cells }) => [
            escape(stack),
            [...names.map(code), ...(moreNames ? [moreNames] : [])].join('<br>'),
            level,
            ...cells,
          ]),
        ),
    more && `${sentence(more)}.`,
    legendOf(all),
    notes.join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function table(findings: readonly ReportFinding[]): string {
  return grid(
    ['', 'rule', 'where', 'what', 'fix'],
    findings.map((finding) => {
      const { severity, rule, stack, address, message, fix, hop, waiver, inferred } = finding;
      const place = placeOf(finding);
      return [
        severity,
        rule,
        [stack === '' ? '' : escape(stack), code(address), place === undefined ? '' : code(place)]
          .filter((part) => part !== '')
          .join('<br>'),
        `${hop ? `${hop}: ` : ''}${escape(message)}${inferred ? ' (by the only candidate for a hidden link)' : ''}`,
        waiver ? escape(`waived: ${waiver.reason} (${waiver.owner}, until ${waiver.expires})`) : escape(fix),
      ];
    }),
  );
}

function list(findings: readonly ReportFinding[], title: string, max: number): string {
  if (findings.length === 0) return '';
  const shown = findings.slice(0, max);
  const rest = findings.length - shown.length;
  return [
    `<details><summary>${title}</summary>`,
    ...(shown.length > 0 ? [table(shown)] : []),
    ...(rest > 0 ? [`${rest} cut, so that this fits a comment; \`--format json\` lists all.`] : []),
    '</details>',
  ].join('\n\n');
}

function why(findings: readonly ReportFinding[], { rules }: ReportContext, max: number): string {
  const raised = new Set(findings.map(({ rule }) => rule));
  const explained = rules.filter(({ id }) => raised.has(id)).slice(0, max);
  if (explained.length === 0) return '';
  const items = explained.map((rule) => `- **${rule.id}** ${escape(rule.title)}. ${escape(rule.why)}`);
  return ['<details><summary>Why these rules</summary>', items.join('\n'), '</details>'].join('\n\n');
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

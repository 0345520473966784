import { plural } from '../../core/plural';
import type { HopState } from '../../policy/report';
import { code, escape, fenced, folded, grid } from '../../policy/reporters/markdown-text';
import { dangersOf, stackSummary } from '../dangers';
import type { FamilyChange, HopChange, PathChange, Review, ReviewFinding, StackReview } from '../report';
import { verdictText } from '../verdict';
import { attributeLines, configText, countsOf, countsText, movedBlocks } from '../words';
import { changeText, middleCut } from './change-lines';

/** How much a comment may hold, in characters, with room for what posting adds. */
export const LIMITS = { github: 65_000, gitlab: 900_000, azure: 140_000 } as const;

export type Platform = keyof typeof LIMITS;

export interface MarkdownOptions {
  readonly platform?: Platform;
  /** Where the whole of it can be had. */
  readonly artifactUrl?: string;
}

/** How many of each kind of detail there may be, from the first that makes the comment short enough. */
const ROOM = [2000, 400, 100, 40, 15, 5, 0];

/** A comment for a pull request: the verdict, what is dangerous, both families at every hop, and all else folded. */
export function reviewMarkdown(review: Review, { platform = 'github', artifactUrl }: MarkdownOptions = {}): string {
  for (const room of ROOM) {
    const text = page(review, room, artifactUrl);
    if (text.length <= LIMITS[platform]) return text;
  }
  return `${head(review)}\n\n${cutNote(artifactUrl)}\n`.slice(0, LIMITS[platform]);
}

function page(review: Review, room: number, artifactUrl: string | undefined): string {
  const { stacks, findings } = review;
  const isCut = room < ROOM[0]!;
  const sections = [
    head(review),
    ...review.notes.map((note) => `_${escape(note)}_`),
    isCut ? cutNote(artifactUrl) : '',
    ...stacks.slice(0, Math.max(room, 3)).map((stack) => inSight(stack, stacks.length > 1, room)),
    ...findingTables(findings, room),
    ...stacks.slice(0, room).flatMap((stack) => details(stack, stacks.length > 1, room)),
    ...asides(review, room),
    footer(review, artifactUrl),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function cutNote(artifactUrl: string | undefined): string {
  const where =
    artifactUrl === undefined ? '`--format json` has all of it' : `[the whole of it](${artifactUrl}) has all`;
  return `_Cut to fit a comment; ${where}._`;
}

function head(review: Review): string {
  const counts = review.stacks.slice(0, MAX_STACKS).map((stack) => escape(stackSummary(stack)));
  const rest = review.stacks.length - counts.length;
  return `**${escape(verdictText(review))}**${counts.length > 0 ? ` · ${counts.join(' · ')}` : ''}${rest > 0 ? ` · and ${plural(rest, 'stack')} more` : ''}`;
}

/** More stacks than these are counted in the first line. */
const MAX_STACKS = 5;

/** More sentences than these are folded. */
const MAX_DANGERS = 8;

/** More tables than these are folded. */
const MAX_TABLES = 2;

function inSight(stack: StackReview, isOneOfMany: boolean, room: number): string {
  const dangers = dangersOf(stack);
  const closed = stack.exposure.filter(({ kind }) => kind === 'closed').map(({ text }) => text);
  // Of a way that is gone nothing is left to compare.
  const ways = stack.paths.filter(({ levelAfter }) => levelAfter !== undefined);
  const tables = ways.slice(0, Math.max(room, 1)).map(pathTable);
  const parts = [
    isOneOfMany ? `**${escape(stack.stack)}**` : '',
    bullets([...dangers.slice(0, MAX_DANGERS), ...closed.slice(0, 3)]),
    dangers.length > MAX_DANGERS
      ? folded(
          `${dangers.length - MAX_DANGERS} more of this kind`,
          bullets(dangers.slice(MAX_DANGERS, room + MAX_DANGERS)),
        )
      : '',
    ...tables.slice(0, MAX_TABLES),
    tables.length > MAX_TABLES
      ? folded(`The ways to ${plural(tables.length - MAX_TABLES, 'more name')}`, ...tables.slice(MAX_TABLES))
      : '',
    causes(stack, room),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function bullets(sentences: readonly string[]): string {
  return sentences.map((text) => `- ${escape(text)}`).join('\n');
}

const HOP_TITLES: Readonly<Record<HopChange['hop'], string>> = {
  dns: 'DNS',
  edge: 'Edge',
  listener: 'Listener',
  firewall: 'Firewall',
  route: 'Route',
  target: 'Target',
  health: 'Health',
};

function pathTable({ names, levelBefore, levelAfter, hops }: PathChange): string {
  const level =
    levelBefore === levelAfter ? (levelAfter ?? '') : `${levelBefore ?? 'none'} → **${levelAfter ?? 'none'}**`;
  const shown = names.slice(0, 3).map(code).join(', ');
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return grid(
    [`${shown}${more}: ${level}`, 'IPv4', 'IPv6', ''],
    hops.map((hop) => [HOP_TITLES[hop.hop], familyCell(hop.ipv4), familyCell(hop.ipv6), markOf(hop)]),
  );
}

function familyCell({ before, after, was = [], is = [] }: FamilyChange): string {
  const state = before === after ? (after ?? 'none') : `${before ?? 'none'} → **${after ?? 'none'}**`;
  // Of a way that is new or gone the state says enough.
  if (before === undefined || after === undefined) return state;
  const gone = was.filter((line) => !is.includes(line));
  const come = is.filter((line) => !was.includes(line));
  if (gone.length + come.length === 0) return state;
  return `${state}<br>${[list(gone), list(come)].join(' → ')}`;
}

function list(lines: readonly string[]): string {
  if (lines.length === 0) return 'nothing';
  return `${lines.slice(0, 2).map(code).join(', ')}${lines.length > 2 ? ` and ${lines.length - 2} more` : ''}`;
}

/** What the two families have in common, once this is applied. */
function markOf({ ipv4, ipv6 }: HopChange): string {
  const [four, six]: readonly (HopState | undefined)[] = [ipv4.after, ipv6.after];
  if (four === undefined || six === undefined) return 'gone';
  if (four === 'unknown' || six === 'unknown') return 'unknown until apply';
  if (four === six) return four === 'open' ? 'same' : '**neither**';
  return four === 'open' ? '**only IPv4**' : '**only IPv6**';
}

function causes({ causes: all, changes, presence }: StackReview, room: number): string {
  if (all.length === 0) {
    return changes.length === 0 ? '' : 'No line of YAML has changed for this stack: it comes from portal6 itself.';
  }
  const lines = all.slice(0, Math.max(3, Math.min(room, 8))).map(({ source, path, before, after, counts }) => {
    const place = source ? `${source.file}${source.line === undefined ? '' : `:${source.line}`}` : '';
    const change =
      path === ''
        ? before === undefined
          ? 'new file'
          : 'file deleted'
        : `${code(path)}: ${code(configText(before))} → ${code(configText(after))}`;
    const effect = presence === 'gone' ? '' : countsText(counts);
    return `- ${place === '' ? '' : `${code(place)} `}${change}${effect === '' ? '' : ` (${effect})`}`;
  });
  const rest = all.length - lines.length;
  return ['By these lines:', ...lines, ...(rest > 0 ? [`- and ${rest} more`] : [])].join('\n');
}

function findingTables(findings: readonly ReviewFinding[], room: number): string[] {
  const weighty = (one: ReviewFinding): boolean => one.result === 'fail' && one.severity !== 'notice';
  const fresh = findings.filter((one) => one.status === 'new' && weighty(one));
  const fixed = findings.filter((one) => one.status === 'fixed' && weighty(one));
  return [
    fresh.length === 0 ? '' : `New findings:\n\n${findingGrid(fresh.slice(0, Math.min(room, 5)))}`,
    fresh.length > 5 ? folded(`${fresh.length - 5} more new findings`, findingGrid(fresh.slice(5, room))) : '',
    fixed.length === 0 ? '' : folded(`${fixed.length} fixed`, findingGrid(fixed.slice(0, room))),
  ];
}

function findingGrid(findings: readonly ReviewFinding[]): string {
  return grid(
    ['', 'rule', 'where', 'what', 'fix'],
    findings.map(({ severity, rule, stack, construct, address, source, message, fix, result, waiver }) => [
      result === 'fail' ? severity : result,
      rule,
      [
        escape(stack),
        code(construct ?? address),
        source ? code(`${source.file}${source.line === undefined ? '' : `:${source.line}`}`) : '',
      ]
        .filter((part) => part !== '')
        .join('<br>'),
      escape(message),
      waiver ? escape(`waived: ${waiver.reason} (${waiver.owner}, until ${waiver.expires})`) : escape(fix),
    ]),
  );
}

function details(stack: StackReview, isOneOfMany: boolean, room: number): string[] {
  const of = isOneOfMany ? ` of ${escape(stack.stack)}` : '';
  const moved = movedBlocks(stack.changes);
  return [
    stack.changes.length === 0
      ? ''
      : folded(
          `What changes${of}: ${countsText(countsOf(stack.changes))}${stack.by === 'plan' ? ' (by a plan)' : ' (from the configuration alone)'}`,
          fenced(middleCut(stack.changes.map(changeText), room).join('\n\n'), 'diff'),
        ),
    moved === ''
      ? ''
      : folded(
          `\`moved\` blocks to add${of}`,
          'In a file of their own beside `cdk.tf.json`, such as `moved.tf`:',
          fenced(moved, 'hcl'),
        ),
    stack.drift.length === 0 || room === 0
      ? ''
      : folded(
          `Changed outside Terraform${of}: ${countsText(countsOf(stack.drift))}`,
          fenced(middleCut(stack.drift.map(changeText), room).join('\n\n'), 'diff'),
        ),
    stack.addresses.length === 0
      ? ''
      : folded(
          `Address plan${of}: ${plural(stack.addresses.length, 'block')}`,
          grid(
            ['', 'family', 'before', 'after'],
            stack.addresses
              .slice(0, room)
              .map(({ name, family, before, after }) => [
                escape(name),
                family === 'ipv4' ? 'IPv4' : 'IPv6',
                before ?? '',
                after ?? '',
              ]),
          ),
        ),
    stack.settings.length === 0
      ? ''
      : folded(
          `Beside resources${of}`,
          fenced(
            middleCut(
              stack.settings.map((one) => attributeLines(one).join('\n')),
              room,
            ).join('\n'),
            'diff',
          ),
        ),
  ];
}

function asides({ findings, expiring }: Review, room: number): string[] {
  const notices = findings.filter(
    ({ status, result, severity }) => status === 'new' && result === 'fail' && severity === 'notice',
  );
  const unchanged = findings.filter(({ status, result }) => status === 'unchanged' && result === 'fail');
  const waived = findings.filter(({ result }) => result === 'waived');
  const group = (title: string, some: readonly ReviewFinding[]): string =>
    some.length === 0 ? '' : folded(title, findingGrid(some.slice(0, room)));
  return [
    expiring.length === 0
      ? ''
      : folded(
          `${plural(expiring.length, 'waiver')} will expire within 30 days`,
          grid(
            ['rule', 'where', 'owner', 'until', 'reason'],
            expiring
              .slice(0, room)
              .map(({ rule, at, owner, expires, reason }) => [rule, code(at), escape(owner), expires, escape(reason)]),
          ),
        ),
    group(plural(notices.length, 'new notice'), notices),
    group(`${plural(unchanged.length, 'finding')} as before`, unchanged),
    group(`${waived.length} waived`, waived),
  ];
}

function footer({ base, head: to, stacks, validAt }: Review, artifactUrl: string | undefined): string {
  const prints = stacks.flatMap(({ stack, fingerprint }) =>
    fingerprint === undefined ? [] : [`${stack} ${fingerprint}`],
  );
  return [
    prints.length === 0 ? '' : folded('Fingerprints of what was reviewed', fenced(prints.join('\n'), 'text')),
    `<sub>${escape(`${base} → ${to}`)}, ${validAt}${artifactUrl === undefined ? '' : ` · [the whole of it](${artifactUrl})`}</sub>`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

import { plural } from '../../core/plural';
import { oneLine } from '../../core/visible';
import { code, escape, fenced, folded, link, strong } from '../../policy/reporters/markdown-text';
import { dangersOf, stackSummary } from '../dangers';
import type { Review, StackReview } from '../report';
import { verdictText } from '../verdict';
import { configText, countsText } from '../words';
import { andMore, MAX_SENTENCE, middleCut, ROOM } from './cut';
import { asides, findingTables, placeOf } from './finding-tables';
import { foldedDetails } from './folded-details';
import { LIMITS, type Platform } from './limits';
import { wayTable } from './way-table';

export interface MarkdownOptions {
  readonly platform?: Platform;
  /** Where the whole of it can be had. */
  readonly artifactUrl?: string;
}

/** A comment for a pull request: the verdict, what is dangerous, both families at every hop, and all else folded. */
export function reviewMarkdown(review: Review, { platform = 'github', artifactUrl }: MarkdownOptions = {}): string {
  for (const room of ROOM) {
    const text = page(review, room, artifactUrl);
    if (text.length <= LIMITS[platform]) return text;
  }
  return `${[head(review), cutNote(artifactUrl)].join('\n\n')}\n`;
}

function page(review: Review, room: number, artifactUrl: string | undefined): string {
  const { stacks, findings } = review;
  const isOneOfMany = stacks.length > 1;
  const worst = stacks.length > MAX_STACKS ? worstFirst(stacks) : stacks;
  const shown = worst.slice(0, Math.max(room, MAX_STACKS));
  const sections = [
    head(review),
    ...review.notes.slice(0, MAX_NOTES).map((note) => `_${escape(note, MAX_SENTENCE)}_`),
    andMore(review.notes.length - MAX_NOTES, 'note'),
    room === Infinity ? '' : cutNote(artifactUrl),
    ...shown.slice(0, MAX_STACKS).map((stack) => inSight(stack, isOneOfMany, room)),
    ...shown.slice(MAX_STACKS).map((stack) => folded(stackSummary(stack), inSight(stack, false, room))),
    andMore(stacks.length - shown.length, 'stack'),
    ...findingTables(findings, room),
    ...worst.slice(0, room).flatMap((stack) => foldedDetails(stack, isOneOfMany, room)),
    ...asides(review, room),
    footer(review, artifactUrl, room),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/** What is dangerous is never what is cut, or folded. */
function worstFirst(stacks: readonly StackReview[]): readonly StackReview[] {
  const dangerous = new Set(stacks.filter((stack) => dangersOf(stack).length > 0));
  return [...dangerous, ...stacks.filter((stack) => !dangerous.has(stack))];
}

function cutNote(artifactUrl: string | undefined): string {
  const where =
    artifactUrl === undefined ? '`--format json` has all of it' : `${link('the whole of it', artifactUrl)} has all`;
  return `_Cut to fit a comment; ${where}._`;
}

function head(review: Review): string {
  const { objections, stacks } = review;
  const verdict = verdictText({
    ...review,
    objections: [
      ...objections.slice(0, MAX_OBJECTIONS),
      ...(objections.length > MAX_OBJECTIONS ? [`and ${objections.length - MAX_OBJECTIONS} more`] : []),
    ],
  });
  const counts = stacks.slice(0, MAX_SUMMARIES).map((stack) => escape(stackSummary(stack), MAX_SENTENCE));
  const rest = stacks.length - counts.length;
  return `${strong(verdict, 3 * MAX_SENTENCE)}${counts.length > 0 ? ` · ${counts.join(' · ')}` : ''}${rest > 0 ? ` · and ${plural(rest, 'stack')} more` : ''}`;
}

/** More than these are counted in the first line. */
const MAX_SUMMARIES = 5;

const MAX_OBJECTIONS = 5;

/** More stacks than these are folded. */
const MAX_STACKS = 3;

const MAX_NOTES = 10;

/** More sentences than these are folded. */
const MAX_DANGERS = 8;

/** More sentences than these about what is closed are counted. */
const MAX_CLOSED = 3;

/** More tables than these are folded. */
const MAX_TABLES = 2;

function inSight(stack: StackReview, isOneOfMany: boolean, room: number): string {
  const dangers = dangersOf(stack);
  const more = dangers.slice(MAX_DANGERS);
  const closed = stack.exposure.filter(({ kind }) => kind === 'closed').map(({ text }) => text);
  const rest = closed.length - MAX_CLOSED;
  // Of a way that is gone nothing is left to compare.
  const ways = stack.paths.filter(({ levelAfter }) => levelAfter !== undefined);
  const tables = ways.slice(0, Math.max(room, 1)).map(wayTable);
  const parts = [
    isOneOfMany ? strong(stack.stack) : '',
    bullets([
      ...dangers.slice(0, MAX_DANGERS),
      ...closed.slice(0, MAX_CLOSED),
      ...(rest > 0 ? [`and ${rest} more that ${rest === 1 ? 'closes' : 'close'}`] : []),
    ]),
    more.length > 0
      ? folded(
          `${more.length} more of this kind`,
          bullets(more.slice(0, room)),
          andMore(more.length - room, 'sentence'),
        )
      : '',
    ...tables.slice(0, MAX_TABLES),
    tables.length > MAX_TABLES
      ? folded(`The ways to ${plural(tables.length - MAX_TABLES, 'more name')}`, ...tables.slice(MAX_TABLES))
      : '',
    andMore(ways.length - tables.length, 'way'),
    causes(stack, room),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function bullets(sentences: readonly string[]): string {
  return sentences.map((text) => `- ${escape(text, MAX_SENTENCE)}`).join('\n');
}

function causes({ causes: all, changes, presence }: StackReview, room: number): string {
  if (all.length === 0) {
    return changes.length === 0 ? '' : 'No line of YAML has changed for this stack: it comes from portal6 itself.';
  }
  const lines = all.slice(0, Math.max(3, Math.min(room, 8))).map(({ source, path, before, after, counts }) => {
    const place = source ? placeOf(source) : '';
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

function footer({ base, head: to, stacks, validAt }: Review, artifactUrl: string | undefined, room: number): string {
  // As sha256sum writes them, so that no line begins with what somebody has made up.
  const prints = stacks.flatMap(({ stack, fingerprint }) =>
    fingerprint === undefined ? [] : [`${fingerprint}  ${oneLine(stack)}`],
  );
  return [
    prints.length === 0
      ? ''
      : folded('Fingerprints of what was reviewed', fenced(middleCut(prints, room).join('\n'), 'text')),
    `<sub>${escape(`${base} → ${to}`, MAX_SENTENCE)}, ${validAt}${artifactUrl === undefined ? '' : ` · ${link('the whole of it', artifactUrl)}`}</sub>`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

import { plural } from '../../core/plural';
import { oneLine } from '../../core/visible';
import { HOPS } from '../../policy/hops/hop';
import { dangersOf, stackSummary } from '../dangers';
import type { FamilyChange, PathChange, Review, ReviewFinding, StackReview } from '../report';
import { verdictText } from '../verdict';
import { configText, countsText, movedBlocks } from '../words';
import type { Colors } from './style';

/** What a terminal needs to show a review. */
export interface ReviewStyle extends Colors {
  table(head: readonly string[], rows: readonly (readonly string[])[]): string;
}

/** More than these are counted: `--format markdown` and `json` have the rest. */
const MANY = 20;

/** A review for people at a terminal: what is dangerous first, the verdict last, where the eye is. */
export function reviewText(review: Review, style: ReviewStyle): string {
  const { stacks, findings, expiring, notes } = review;
  const sections = [
    ...stacks.map((stack) => stackText(stack, style)),
    findingsText(
      'New findings',
      findings.filter(({ status, result }) => status === 'new' && result === 'fail'),
      style,
    ),
    findingsText(
      'Fixed',
      findings.filter(({ status }) => status === 'fixed'),
      style,
    ),
    expiring.length === 0
      ? ''
      : `${style.bold('Waivers that will expire within 30 days')}\n${lines(expiring.map(({ rule, at, owner, expires }) => `${rule} at ${at}, until ${expires} (${owner})`))}`,
    notes.map((note) => `${style.dim(oneLine(note))}\n`).join(''),
    `${(review.passes ? style.green : style.red)(oneLine(verdictText(review)))}\n`,
  ];
  return sections.filter((section) => section !== '').join('\n');
}

function stackText(stack: StackReview, style: ReviewStyle): string {
  const moved = movedBlocks(stack.changes);
  const closed = stack.exposure.filter(({ kind }) => kind === 'closed').map(({ text }) => text);
  return [
    `${style.bold(oneLine(stackSummary(stack)))}${stack.by === 'plan' ? ' (by a plan)' : ''}\n`,
    lines(
      dangersOf(stack).map((text) => text.replaceAll('`', '')),
      style.red,
    ),
    lines(closed),
    ...stack.paths.filter(({ levelAfter }) => levelAfter !== undefined).map((path) => pathText(path, style)),
    lines(
      stack.causes.map(({ source, path, before, after, counts }) => {
        const place = source
          ? `${source.file}${source.line === undefined ? '' : `:${source.line}:${source.column ?? 1}`}: `
          : '';
        const change =
          path === ''
            ? before === undefined
              ? 'new file'
              : 'file deleted'
            : `${path}: ${configText(before)} → ${configText(after)}`;
        const effect = stack.presence === 'gone' ? '' : countsText(counts);
        return `${place}${change}${effect === '' ? '' : ` (${effect})`}`;
      }),
    ),
    moved === ''
      ? ''
      : `  Add these beside cdk.tf.json, so that these resources move and are not destroyed:\n\n${moved.replace(/^/gm, '    ').trimEnd()}\n`,
    beside(stack, style),
    stack.fingerprint === undefined ? '' : style.dim(`  fingerprint ${stack.fingerprint}\n`),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function lines(texts: readonly string[], paint = (text: string): string => text): string {
  const rest = texts.length - MANY;
  return [...texts.slice(0, MANY).map((text) => paint(oneLine(text))), ...(rest > 0 ? [`and ${rest} more`] : [])]
    .map((text) => `  ${text}\n`)
    .join('');
}

/** What the markdown tells beside. */
function beside({ changes, drift, addresses, settings }: StackReview, style: ReviewStyle): string {
  const counts = [
    changes.length === 0 ? '' : plural(changes.length, 'resource'),
    drift.length === 0 ? '' : `${drift.length} changed outside Terraform`,
    addresses.length === 0 ? '' : `${plural(addresses.length, 'block')} of the address plan`,
    settings.length === 0 ? '' : `${plural(settings.length, 'setting')} beside resources`,
  ].filter((count) => count !== '');
  return counts.length === 0 ? '' : style.dim(`  one by one in --format markdown and json: ${counts.join(', ')}\n`);
}

function pathText({ names, levelBefore, levelAfter, hops }: PathChange, style: ReviewStyle): string {
  const level = levelBefore === levelAfter ? (levelAfter ?? '') : `${levelBefore ?? 'none'} → ${levelAfter ?? 'none'}`;
  const rows = HOPS.flatMap((name) => hops.filter(({ hop }) => hop === name)).map(({ hop, ipv4, ipv6 }) => [
    hop,
    cell(ipv4, style),
    cell(ipv6, style),
  ]);
  const table = style.table(
    [
      oneLine(`${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}: ${level}`),
      'IPv4',
      'IPv6',
    ],
    rows,
  );
  return table.replace(/^(?=.)/gm, '  ');
}

function cell({ before, after, was = [], is = [] }: FamilyChange, style: ReviewStyle): string {
  const state = before === after ? (after ?? 'none') : style.yellow(`${before ?? 'none'} → ${after ?? 'none'}`);
  if (before === undefined || after === undefined) return state;
  const gone = was.filter((line) => !is.includes(line)).map((line) => `- ${oneLine(line)}`);
  const come = is.filter((line) => !was.includes(line)).map((line) => `+ ${oneLine(line)}`);
  const all = [...gone, ...come];
  return [state, ...all.slice(0, 4), ...(all.length > 4 ? [`and ${all.length - 4} more`] : [])].join('\n');
}

function findingsText(title: string, findings: readonly ReviewFinding[], style: ReviewStyle): string {
  if (findings.length === 0) return '';
  const paint = { error: style.red, warning: style.yellow, notice: style.dim };
  const texts = findings.slice(0, MANY).map(({ severity, rule, stack, construct, address, message, fix, source }) => {
    const place = source
      ? `${source.file}${source.line === undefined ? '' : `:${source.line}:${source.column ?? 1}`}`
      : stack;
    return `  ${oneLine(place)}: ${paint[severity](severity)} ${oneLine(`${rule} ${construct ?? address}: ${message}`)}\n    fix: ${oneLine(fix)}\n`;
  });
  const rest = findings.length - texts.length;
  return `${style.bold(title)}\n${texts.join('')}${rest > 0 ? `  and ${rest} more\n` : ''}`;
}

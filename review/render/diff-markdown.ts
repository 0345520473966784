import { plural } from '../../core/plural';
import { code, fenced, folded, strong } from '../../policy/reporters/markdown-text';
import type { Diff, StackDiff } from '../report';
import { countsOf, countsText, movedBlocks } from '../words';
import { changeText, linesOf } from './change-lines';
import { andMore, middleCut, ROOM } from './cut';

/** GitHub takes 65,536 characters. */
const MAX_LENGTH = 65_000;

/** What changes, stack by stack, for a page or a comment. */
export function diffMarkdown(diff: Diff): string {
  for (const room of ROOM) {
    const text = page(diff, room);
    if (text.length <= MAX_LENGTH) return text;
  }
  return `${[head(diff), CUT].join('\n\n')}\n`;
}

const CUT = '_Cut to fit a comment; `--format json` has all of it._';

function head({ base, head: to, stacks, same }: Diff): string {
  const counts = countsText(countsOf(stacks.flatMap(({ changes }) => changes)));
  const verdict =
    stacks.length === 0 ? 'No change' : `${plural(stacks.length, 'stack')} changed${counts && `: ${counts}`}`;
  return `**${verdict}**, ${same} the same · ${code(base)} → ${code(to)}`;
}

function page(diff: Diff, room: number): string {
  const shown = diff.stacks.slice(0, Math.max(room, 1));
  const parts = [
    head(diff),
    room === Infinity ? '' : CUT,
    ...shown.map((stack) => section(stack, room)),
    andMore(diff.stacks.length - shown.length, 'stack'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function section(stack: StackDiff, room: number): string {
  const { changes, settings, drift, presence, by } = stack;
  const title = `${strong(stack.stack)}${presence === 'both' ? '' : ` (${presence})`}: ${countsText(countsOf(changes)) || 'no resource changes'}${by === 'plan' ? ', by a plan' : ''}`;
  const moved = room === 0 ? '' : movedBlocks(changes);
  return [
    title,
    changes.length === 0 ? '' : fenced(middleCut(changes.map(changeText), room).join('\n\n'), 'diff'),
    moved === '' ? '' : folded('`moved` blocks to add', fenced(moved, 'hcl')),
    drift.length === 0
      ? ''
      : folded('Changed outside Terraform', fenced(middleCut(drift.map(changeText), room).join('\n\n'), 'diff')),
    settings.length === 0
      ? ''
      : folded('Beside resources', fenced(middleCut(linesOf(settings), room).join('\n'), 'diff')),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

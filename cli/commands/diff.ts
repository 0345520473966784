import { existsSync } from 'node:fs';
import { UserError } from '../../core/errors';
import { diffStack, isEmpty } from '../../review/diff';
import { diffMarkdown } from '../../review/render/diff-markdown';
import { diffText } from '../../review/render/diff-text';
import type { Diff, StackDiff } from '../../review/report';
import { pairSides, type Side, sideOf } from '../../review/sides';
import type { Io } from '../io';
import { colorsFor, renderJson } from '../output';
import { writeWholeFile } from '../write-file';

export interface DiffOptions {
  readonly config: string;
  readonly format: 'text' | 'markdown' | 'json';
  /** File to write to. */
  readonly output?: string;
  /** Whether to exit with 1 where something differs. */
  readonly exitCode?: boolean;
}

export async function diffCommand(
  base: string,
  head: string | undefined,
  options: DiffOptions,
  io: Io,
): Promise<number> {
  const { sides, close } = sidesOf(base, head, options);
  try {
    const diff = diffOf(base, head ?? base, sides);
    const colors = colorsFor(options.output === undefined ? io.stdout : { ...io.stdout, isTTY: false }, io.env);
    const text =
      options.format === 'json'
        ? renderJson(diff)
        : options.format === 'markdown'
          ? diffMarkdown(diff)
          : diffText(diff, colors);
    if (options.output === undefined) io.stdout.write(text);
    else {
      writeWholeFile(options.output, text);
      io.stderr.write(`Wrote ${options.output}\n`);
    }
    return options.exitCode && diff.stacks.length > 0 ? 1 : 0;
  } finally {
    close();
  }
}

interface DiffSides {
  readonly before: Side;
  readonly after: Side;
}

function diffOf(base: string, head: string, { before, after }: DiffSides): Diff {
  let same = 0;
  const stacks: StackDiff[] = [];
  for (const pair of pairSides(before, after, () => (same += 1))) {
    const diff = diffStack(pair.before, pair.after);
    if (isEmpty(diff)) same += 1;
    else stacks.push({ ...diff, stack: pair.stack });
  }
  return { version: 1, base, head, stacks, same };
}

/** A plan alone has both sides in it. A folder, file or ref stands for one. */
function sidesOf(base: string, head: string | undefined, { config }: DiffOptions): { sides: DiffSides; close(): void } {
  if (head === undefined) return { sides: planAlone(base), close: () => undefined };
  const files = [base, head].map((side) => existsSync(side));
  if (files.every(Boolean)) return { sides: { before: sideOf(base), after: sideOf(head) }, close: () => undefined };
  const refs = load.comparison().compareRefs(files[0] ? undefined : base, files[1] ? undefined : head, config);
  return {
    sides: {
      before: files[0] ? sideOf(base) : refs.before.stacks,
      after: files[1] ? sideOf(head) : refs.after.stacks,
    },
    close: refs.close,
  };
}

function planAlone(path: string): DiffSides {
  const side = existsSync(path) ? sideOf(path) : undefined;
  const [source] = side?.values() ?? [];
  const plan = side?.size === 1 ? source?.read() : undefined;
  if (plan?.kind !== 'plan') {
    throw new UserError(`${path}: name a second side to hold it against; only the JSON of a plan has both in it`);
  }
  return { before: side!, after: new Map([[plan.stack, { read: () => plan }]]) };
}

const load = {
  comparison: () => require('../comparison') as typeof import('../comparison'),
};

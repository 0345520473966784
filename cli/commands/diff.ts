import { existsSync, statSync } from 'node:fs';
import { UserError } from '../../core/errors';
import { stackId } from '../../core/names';
import { diffStack, isEmpty } from '../../review/diff';
import { diffMarkdown } from '../../review/render/diff-markdown';
import { diffText } from '../../review/render/diff-text';
import type { Diff, StackDiff } from '../../review/report';
import { pairSides, type Side, sideOf } from '../../review/sides';
import type { Io } from '../io';
import { tellMistakes } from '../mistakes';
import { colorsFor, renderJson } from '../output';
import type { DesignedSide } from '../ref-side';
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
  const sides = openSides(base, head, options, io);
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
    if (sides.mistakes) return 2;
    return options.exitCode && diff.stacks.length > 0 ? 1 : 0;
  } finally {
    sides.close();
  }
}

interface DiffSides {
  readonly before: Side;
  readonly after: Side;
  /** Whether stacks go by what they are called; files may be called anything. */
  readonly byName: boolean;
  /** Whether files of a ref are wrong, so that their stacks are on neither side. */
  readonly mistakes: boolean;
  close(): void;
}

function diffOf(base: string, head: string, sides: DiffSides): Diff {
  let same = 0;
  const stacks: StackDiff[] = [];
  for (const pair of pairSides(sides.before, sides.after, sides.byName, () => (same += 1))) {
    const diff = diffStack(pair.before, pair.after);
    if (isEmpty(diff)) same += 1;
    else stacks.push({ ...diff, stack: pair.stack });
  }
  return { version: 1, base, head, stacks, same };
}

/** A plan alone has both sides in it. A folder, file or ref stands for one. */
function openSides(base: string, head: string | undefined, { config }: DiffOptions, io: Io): DiffSides {
  const read = { byName: false, mistakes: false, close: () => undefined };
  if (head === undefined) return { ...read, ...planAlone(base) };
  const [isFile, isHeadFile] = [existsSync(base), existsSync(head)];
  if (isFile && isHeadFile) {
    return { ...read, before: sideOf(base), after: sideOf(head), byName: [base, head].every(isFolder) };
  }
  for (const side of [base, head]) refusePath(side);
  const refs = load.comparison().compareRefs(isFile ? undefined : base, isHeadFile ? undefined : head, config);
  tellMistakes(refs.before, refs, io);
  tellMistakes(refs.after, refs, io);
  const broken = new Set([...refs.before.broken, ...refs.after.broken]);
  return {
    before: isFile ? without(broken, sideOf(base)) : sound(refs.before, broken),
    after: isHeadFile ? without(broken, sideOf(head)) : sound(refs.after, broken),
    byName: !isFile && !isHeadFile,
    mistakes: broken.size > 0,
    close: refs.close,
  };
}

/** The folders of stacks are called as the stacks are. */
function isFolder(path: string): boolean {
  return statSync(path).isDirectory();
}

/** What looks like a path and is not there would be looked for among the branches. */
function refusePath(side: string): void {
  if (existsSync(side) || !/^[./~]|\.json$|\/$/.test(side)) return;
  throw new UserError(`${side}: there is no such file or folder`);
}

/** What a file with errors asks for is not known: neither that it comes nor that it goes. */
function sound({ stacks }: DesignedSide, broken: ReadonlySet<string>): Side {
  return new Map([...stacks].filter(([stack, { agency }]) => !broken.has(agency ?? stack)));
}

/** As `sound`, of files, of which only names tell whose they are. */
function without(broken: ReadonlySet<string>, side: Side): Side {
  return new Map(
    [...side].filter(([stack]) => ![...broken].some((one) => stack === one || stack.startsWith(stackId(one, '')))),
  );
}

function planAlone(path: string): Pick<DiffSides, 'before' | 'after'> {
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

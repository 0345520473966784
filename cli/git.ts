import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ToolError, UserError } from '../core/errors';

/** The working copy that a folder is in. */
export interface WorkingCopy {
  /** Its top folder. */
  readonly root: string;
  /** The folder that was asked about, seen from the top; empty where it is the top. */
  readonly prefix: string;
}

/**
 * @throws UserError where the folder is in none
 * @throws ToolError where there is no git, or it refuses to look at this one
 */
export function workingCopy(folder: string): WorkingCopy {
  const answer = ask(folder, ['rev-parse', '--show-toplevel', '--show-prefix']);
  if (answer.refusal?.includes('not a git repository')) throw new UserError(`${folder} is in no git repository`);
  const [root = '', prefix = ''] = textOf(answer).split('\n');
  return { root, prefix: prefix.replace(/\/$/, '') };
}

/** The commit that a ref names; undefined where there is none. */
export function commitOf({ root }: WorkingCopy, ref: string): string | undefined {
  return ask(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]).text?.trim();
}

/** Where two commits parted; undefined where the history here does not reach so far back. */
export function mergeBase({ root }: WorkingCopy, one: string, other: string): string | undefined {
  return ask(root, ['merge-base', one, other]).text?.trim();
}

/**
 * Files, seen from the top, that are not the same in a commit and in another one, or in the working copy with all that is
 * not committed.
 */
export function changedFiles({ root }: WorkingCopy, from: string, to?: string): string[] {
  const range = to === undefined ? [from] : [from, to];
  const changed = git(root, ['diff', '--name-only', '--no-renames', '-z', ...range, '--']);
  const added = to === undefined ? git(root, ['ls-files', '--others', '--exclude-standard', '-z']) : '';
  return [...new Set(namesIn(`${changed}${added}`))].sort();
}

/** Whether a commit has a file or folder, seen from the top. */
export function hasPath({ root }: WorkingCopy, commit: string, path: string): boolean {
  return ask(root, ['cat-file', '-e', `${commit}:${path}`]).text !== undefined;
}

/** Names in a folder of a commit, seen from the top; none where there is no such folder. */
export function namesAt({ root }: WorkingCopy, commit: string, folder: string): string[] {
  return namesIn(ask(root, ['ls-tree', '--name-only', '-z', `${commit}:${folder}`]).text ?? '');
}

/** Whether something is not committed. */
export function isDirty({ root }: WorkingCopy): boolean {
  return git(root, ['status', '--porcelain']) !== '';
}

/** The first digits of a commit, as people name it. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 8);
}

/** A commit, checked out in a folder of its own, which `remove` takes away; so does the end of the process. */
export interface Checkout {
  readonly folder: string;
  remove(): void;
}

/**
 * No worktree of git's: that is written down in the repository, which may be read-only, and runs the hooks of whoever works
 * there. An index beside the folder leaves the repository as it is.
 */
export function checkOut({ root }: WorkingCopy, commit: string): Checkout {
  const made: string[] = [];
  // Without a listener a signal ends the process before anything is taken away.
  const stops = SIGNALS.map(([signal, number]) => [signal, () => process.exit(128 + number)] as const);
  const remove = (): void => {
    process.off('exit', remove);
    for (const [signal, stop] of stops) process.off(signal, stop);
    for (const one of made) rmSync(one, { recursive: true, force: true });
  };
  process.once('exit', remove);
  for (const [signal, stop] of stops) process.once(signal, stop);
  try {
    const parent = temporaryFolder();
    made.push(parent);
    const folder = join(parent, 'base');
    mkdirSync(folder);
    const env = { GIT_INDEX_FILE: join(parent, 'index') };
    git(root, [...WHOLE_INDEX, 'read-tree', commit], env);
    git(root, [...WHOLE_INDEX, 'checkout-index', '--all', '--quiet', `--prefix=${folder}/`], env);
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function temporaryFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'portal6-review-'));
  } catch (error) {
    throw new ToolError(`nothing can be checked out in ${tmpdir()}: ${(error as Error).message}`);
  }
}

const SIGNALS = [
  ['SIGHUP', 1],
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const;

/** A user's settings may leave files out, or write a part of each index into the repository. */
const WHOLE_INDEX = ['-c', 'core.sparseCheckout=false', '-c', 'core.splitIndex=false'];

/** What git wrote, or why it did not do what it was asked for. */
interface Answer {
  readonly text?: string;
  readonly refusal?: string;
}

function git(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  return textOf(ask(folder, args, env));
}

function textOf({ text, refusal }: Answer): string {
  if (text === undefined) throw new ToolError(`git failed: ${refusal ?? ''}`);
  return text;
}

/** @throws ToolError where there is no git */
function ask(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Answer {
  try {
    const text = execFileSync('git', args, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...withoutHookSettings(process.env), LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', ...env },
    });
    return { text };
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string };
    if (code === 'ENOENT') throw new ToolError('git is not installed, or not on the PATH');
    const [reason = ''] = (stderr ?? (error as Error).message).trim().split('\n');
    return { refusal: reason };
  }
}

function namesIn(text: string): string[] {
  return text.split('\0').filter((name) => name !== '');
}

/** A hook is told of an index and a folder that are not those of what is checked out beside. */
function withoutHookSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^GIT_(DIR|INDEX_FILE|WORK_TREE|PREFIX|COMMON_DIR)$/.test(name)),
  );
}

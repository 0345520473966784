import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
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
 * @throws ToolError where there is no git
 */
export function workingCopy(folder: string): WorkingCopy {
  const lines = tryGit(folder, 'rev-parse', '--show-toplevel', '--show-prefix');
  if (lines === undefined) throw new UserError(`${folder} is in no git repository`);
  const [root = '', prefix = ''] = lines.split('\n');
  return { root, prefix: prefix.replace(/\/$/, '') };
}

/** The commit that a ref names; undefined where there is none. */
export function commitOf({ root }: WorkingCopy, ref: string): string | undefined {
  return tryGit(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)?.trim();
}

/** Where two commits parted; undefined where the history here does not reach so far back. */
export function mergeBase({ root }: WorkingCopy, one: string, other: string): string | undefined {
  return tryGit(root, 'merge-base', one, other)?.trim();
}

/**
 * Files, seen from the top, that are not the same in a commit and in another one, or in the working copy with all that is
 * not committed.
 */
export function changedFiles({ root }: WorkingCopy, from: string, to?: string): string[] {
  const range = to === undefined ? [from] : [from, to];
  const changed = git(root, 'diff', '--name-only', '--no-renames', '-z', ...range, '--');
  const added = to === undefined ? git(root, 'ls-files', '--others', '--exclude-standard', '-z') : '';
  return [...new Set(`${changed}${added}`.split('\0'))].filter((file) => file !== '').sort();
}

/** Whether something is not committed. */
export function isDirty({ root }: WorkingCopy): boolean {
  return git(root, 'status', '--porcelain') !== '';
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

export function checkOut(copy: WorkingCopy, commit: string): Checkout {
  const folder = join(mkdtempSync(join(tmpdir(), 'portal6-')), 'base');
  // Without a listener a signal ends the process before anything is taken away.
  const stop = (): void => process.exit(130);
  const remove = (): void => {
    process.off('exit', remove).off('SIGINT', stop).off('SIGTERM', stop);
    tryGit(copy.root, 'worktree', 'remove', '--force', folder);
    rmSync(join(folder, '..'), { recursive: true, force: true });
    tryGit(copy.root, 'worktree', 'prune');
  };
  process.once('exit', remove).once('SIGINT', stop).once('SIGTERM', stop);
  try {
    git(copy.root, 'worktree', 'add', '--detach', '--quiet', folder, commit);
  } catch (error) {
    remove();
    throw error;
  }
  return { folder, remove };
}

function git(folder: string, ...args: readonly string[]): string {
  try {
    return run(folder, args);
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string };
    if (code === 'ENOENT') throw new ToolError('git is not installed, or not on the PATH');
    const [reason = ''] = (stderr ?? (error as Error).message).trim().split('\n');
    throw new ToolError(`git ${args[0] ?? ''} failed: ${reason}`);
  }
}

/** Undefined where git says no. */
function tryGit(folder: string, ...args: readonly string[]): string | undefined {
  try {
    return run(folder, args);
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') throw new ToolError('git is not installed, or not on the PATH');
    return undefined;
  }
}

function run(folder: string, args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withoutHookSettings(process.env), LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
  });
}

/** A hook is told of an index and a folder that are not those of what is checked out beside. */
function withoutHookSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^GIT_(DIR|INDEX_FILE|WORK_TREE|PREFIX)$/.test(name)),
  );
}

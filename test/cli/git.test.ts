import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { changedFiles, checkOut, commitOf, hasPath, mergeBase, namesAt, workingCopy } from '../../cli/git';
import { ToolError, UserError } from '../../core/errors';
import { packageRoot } from '../../core/package-root';
import { ScratchRepo } from '../helpers/scratch-repo';

test('finds the top of the working copy, and where in it a folder is', () => {
  const repo = new ScratchRepo();

  expect(workingCopy(join(repo.root, 'config/agencies'))).toEqual({ root: repo.root, prefix: 'config/agencies' });
  expect(workingCopy(repo.root)).toEqual({ root: repo.root, prefix: '' });
});

test('fails where there is no repository, and as an outside tool where git refuses to look', () => {
  const repo = new ScratchRepo();
  expect(() => workingCopy(join(repo.root, '..'))).toThrow(UserError);
  writeFileSync(join(repo.root, '.git/config'), '[core');

  expect(() => workingCopy(repo.root)).toThrow(ToolError);
  expect(() => workingCopy(repo.root)).toThrow(/^git failed: .*bad config/);
});

test('takes no ref for an option of git', () => {
  const copy = workingCopy(new ScratchRepo().root);

  expect(['--all', '-h', '', 'main..main', 'nothing'].map((ref) => commitOf(copy, ref))).toEqual(
    Array(5).fill(undefined),
  );
  expect(commitOf(copy, 'main')).toMatch(/^[0-9a-f]{40}$/);
});

test('lists what is changed, added, deleted and not committed, in any script', () => {
  const repo = new ScratchRepo(['hue', 'langson']);
  const copy = workingCopy(repo.root);
  const main = commitOf(copy, 'main')!;
  repo.edit('hue', ['kind: city', 'kind: province']);
  repo.remove('config/agencies/langson.yaml');
  const commit = repo.commit();
  repo.write('tệp "mới".txt', '');
  repo.write('.gitignore', 'ignored\n');
  repo.write('ignored', '');

  expect(changedFiles(copy, main, commit)).toEqual(['config/agencies/hue.yaml', 'config/agencies/langson.yaml']);
  expect(changedFiles(copy, commit)).toEqual(['.gitignore', 'tệp "mới".txt']);
  expect(mergeBase(copy, main, commit)).toBe(main);
  expect([hasPath(copy, main, 'config'), hasPath(copy, main, ''), hasPath(copy, main, 'confg')]).toEqual([
    true,
    true,
    false,
  ]);
  expect(namesAt(copy, commit, 'config/agencies')).toEqual(['hue.yaml']);
  expect(namesAt(copy, commit, 'nowhere')).toEqual([]);
});

test('checks a commit out as a whole, runs no hook, and leaves nothing in the repository or behind', () => {
  const repo = new ScratchRepo();
  const copy = workingCopy(repo.root);
  repo.git('config', 'core.sparseCheckout', 'true');
  writeFileSync(join(repo.root, '.git/info/sparse-checkout'), '/README.md\n');
  repo.git('config', 'core.splitIndex', 'true');
  writeFileSync(join(repo.root, '.git/hooks/post-checkout'), '#!/bin/sh\ntouch "$(git rev-parse --git-dir)/hooked"\n');
  chmodSync(join(repo.root, '.git/hooks/post-checkout'), 0o755);
  const before = readdirSync(join(repo.root, '.git'));
  const { folder, remove } = checkOut(copy, 'main');

  expect(readdirSync(folder).sort()).toEqual(['README.md', 'config']);
  expect(readFileSync(join(folder, 'config/agencies/hue.yaml'), 'utf8')).toBe(repo.read('config/agencies/hue.yaml'));
  expect(readdirSync(join(repo.root, '.git'))).toEqual(before);
  remove();
  expect(existsSync(join(folder, '..'))).toBe(false);
});

test('leaves nothing behind where the commit cannot be checked out', () => {
  const temporary = inTemporary(() => {
    expect(() => checkOut(workingCopy(new ScratchRepo().root), '0'.repeat(40))).toThrow(ToolError);
  });

  expect(temporary).toEqual([]);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)(
  'takes away what is checked out when %s ends it',
  async (signal, code) => {
    const repo = new ScratchRepo(['hue']);
    // So many that a review is still at it when the signal comes.
    for (let n = 0; n < 60; n += 1) {
      repo.write(`config/agencies/a${n}.yaml`, repo.read('config/agencies/hue.yaml').replace('id: hue', `id: a${n}`));
    }
    repo.commit();
    repo.write('config/defaults.yaml', 'region: ap-southeast-2\n');
    const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'scratch-tmp-')));
    const child = spawn(process.execPath, [join(packageRoot(), 'dist/cli/bin.js'), 'review', '--base', 'main'], {
      cwd: repo.root,
      env: { ...process.env, TMPDIR: temporary },
      stdio: 'ignore',
    });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    while (readdirSync(temporary).length === 0 && child.exitCode === null) await setTimeout(5);
    child.kill(signal);

    expect(await ended).toBe(code);
    expect(readdirSync(temporary)).toEqual([]);
    expect(repo.git('worktree', 'list').split('\n')).toHaveLength(1);
    rmSync(temporary, { recursive: true });
  },
  60_000,
);

/** What is in a temporary folder of its own after some work. */
function inTemporary(work: () => void): string[] {
  const { TMPDIR } = process.env;
  const folder = mkdtempSync(join(tmpdir(), 'scratch-tmp-'));
  process.env.TMPDIR = folder;
  try {
    work();
    return readdirSync(folder).filter((name) => name.startsWith('portal6-'));
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    rmSync(folder, { recursive: true });
  }
}

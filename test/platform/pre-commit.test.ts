import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { edit, HUE } from '../helpers/config-folder';
import { ScratchRepository } from './helpers/scratch-repository';
import { ROOT } from './helpers/steps';

const DANANG = HUE.replaceAll('hue', 'danang').replaceAll('Hue', 'Danang').replaceAll('10.46', '10.47');
const BROKEN = edit(HUE, ['zones: 3', 'zonez: 3']);
const EXPIRED = `waivers:
  - { rule: V6-LB-001, at: aws_lb.x, reason: It was so in the old days., owner: a@hue.gov.vn, expires: 2026-01-31 }
`;

/** An `npx` that says which portal6 it was to run where, and refuses; the real one takes half a second to start. */
const bin = mkdtempSync(join(tmpdir(), 'portal6-bin-'));
writeFileSync(
  join(bin, 'npx'),
  `#!/bin/sh
[ "$1 $2 $4" = '--no-install --prefix portal6' ] && [ -d "$3/.git" ] || exit 9
shift 4
printf '%s ' asked: "$@"; echo
find . -type f -o -type l | sort
exit 1
`,
  { mode: 0o755 },
);
afterAll(() => rmSync(bin, { recursive: true }));

/** A repository with two agencies in a folder whose name has spaces; portal6 is a dependency, or its stand-in. */
function repository(portal6: 'portal6' | 'stand-in' = 'stand-in', config = 'config'): ScratchRepository {
  const scratch = new ScratchRepository('cổng thông tin', portal6 === 'portal6' ? undefined : bin);
  scratch.write('package.json', '{ "name": "portals", "version": "1.0.0", "private": true }');
  scratch.write('.gitignore', 'node_modules/\nhooks/\n');
  scratch.write(`${config}/agencies/hue.yaml`, HUE);
  scratch.write(`${config}/agencies/danang.yaml`, DANANG);
  scratch.git('add', '.');
  scratch.git('commit', '--quiet', '--message=first');
  if (portal6 === 'portal6') {
    mkdirSync(join(scratch.folder, 'node_modules/.bin'), { recursive: true });
    symlinkSync(join(ROOT, 'dist/cli/bin.js'), join(scratch.folder, 'node_modules/.bin/portal6'));
  }
  mkdirSync(join(scratch.folder, 'hooks'));
  copyFileSync(join(ROOT, 'hooks/pre-commit'), join(scratch.folder, 'hooks/pre-commit'));
  scratch.git('config', 'core.hooksPath', 'hooks');
  return scratch;
}

function commit(scratch: ScratchRepository, ...args: readonly string[]) {
  return scratch.run('git', 'commit', '--quiet', '--message=second', ...args);
}

describe('with portal6 itself', () => {
  test('a right file is committed without a word', () => {
    const scratch = repository('portal6');
    scratch.write('config/agencies/hue.yaml', edit(HUE, ['zones: 3', 'zones: 2']));
    scratch.git('add', '.');

    expect(commit(scratch)).toEqual({ code: 0, out: '' });
  });

  test('fails for a wrong file that is staged, though it is right on disk, and names it as it is called here', () => {
    const scratch = repository('portal6');
    scratch.write('config/agencies/hue.yaml', BROKEN);
    scratch.git('add', '.');
    scratch.write('config/agencies/hue.yaml', HUE);
    const { code, out } = commit(scratch);

    expect(code).not.toBe(0);
    expect(out).toMatch(/^config\/agencies\/hue\.yaml:\d+:\d+: .*zonez/m);
    expect(out).toContain('This is about what is staged. See it again with: npx portal6 validate hue\n');
  });

  test('a file that is wrong on disk alone is not what is committed', () => {
    const scratch = repository('portal6');
    scratch.write('config/agencies/danang.yaml', edit(DANANG, ['zones: 3', 'zones: 2']));
    scratch.git('add', '.');
    scratch.write('config/agencies/danang.yaml', BROKEN);

    expect(commit(scratch)).toEqual({ code: 0, out: '' });
  });

  test('fails for what the check finds', () => {
    const scratch = repository('portal6');
    scratch.write('config/waivers.yaml', EXPIRED);
    scratch.git('add', '.');
    const { code, out } = commit(scratch);

    expect(code).not.toBe(0);
    expect(out).toMatch(/expired/);
    expect(out).toContain('See it again with: npx portal6 check\n');
  });
});

/** What portal6 is asked for first when these files are staged. */
function askedFor(change: (scratch: ScratchRepository) => void, config?: string): string | undefined {
  const scratch = repository('stand-in', config);
  change(scratch);
  scratch.git('add', '--all', '.');
  return /^asked: (.*?) *$/m.exec(commit(scratch).out)?.[1];
}

test.each<[string, (scratch: ScratchRepository) => void, string | undefined]>([
  ['nothing of ours', (scratch) => scratch.write('README.md', '# Portals'), undefined],
  ['code beside the config', (scratch) => scratch.write('config/schema.ts', 'x'), undefined],
  ['a new agency', (scratch) => scratch.write('config/agencies/langson.yml', HUE), 'langson'],
  ['a name with spaces', (scratch) => scratch.write('config/agencies/da nang.yaml', HUE), 'da nang'],
  ['a name that looks like an option', (scratch) => scratch.write('config/agencies/--help.yaml', HUE), '--help'],
  ['an agency that is gone', (scratch) => scratch.git('rm', '-q', 'config/agencies/danang.yaml'), ''],
  ['a new name', (scratch) => scratch.git('mv', 'config/agencies/danang.yaml', 'config/agencies/langson.yaml'), ''],
  ['what all agencies share', (scratch) => scratch.write('config/defaults.yaml', '{}'), ''],
  ['what an agency names by its file', (scratch) => scratch.write('config/agencies/init/web.sh', '#!/bin/sh'), ''],
])('judges the agencies that are concerned when there is staged: %s', (_, change, agencies) => {
  const expected = agencies === undefined ? undefined : `validate --config config -- ${agencies}`.trim();

  expect(askedFor(change)).toBe(expected);
});

test('takes the config folder from the settings of git', () => {
  const config = 'infra/cấu hình';
  const change = (scratch: ScratchRepository) => {
    scratch.git('config', 'portal6.config', `${config}/`);
    scratch.write(`${config}/agencies/hue.yaml`, edit(HUE, ['zones: 3', 'zones: 2']));
  };

  expect(askedFor(change, config)).toBe(`validate --config ${config} -- hue`);
});

test('judges in a folder that has what is staged of the config, and leaves nothing behind', () => {
  const scratch = repository();
  scratch.write('config/agencies/init.sh', '#!/bin/sh');
  scratch.git('add', '.');
  scratch.write('config/not-staged.yaml', 'x');
  const { out } = commit(scratch);

  expect(out.match(/^\.\/.*$/gm)).toEqual([
    './config/agencies/danang.yaml',
    './config/agencies/hue.yaml',
    './config/agencies/init.sh',
  ]);
  expect(scratch.git('status', '--short')).toBe('A  config/agencies/init.sh\n?? config/not-staged.yaml\n');
});

test('judges what `git commit FILE` commits, not all that is staged', () => {
  const scratch = repository();
  scratch.write('config/agencies/danang.yaml', BROKEN);
  scratch.git('add', '.');
  scratch.write('config/agencies/hue.yaml', edit(HUE, ['zones: 3', 'zones: 2']));

  expect(commit(scratch, 'config/agencies/hue.yaml').out).toMatch(/^asked: validate --config config -- hue *$/m);
});

test('says nothing once the last agency is gone', () => {
  const scratch = repository();
  scratch.git('rm', '-rq', 'config');

  expect(commit(scratch)).toEqual({ code: 0, out: '' });
});

test('works before the first commit', () => {
  const scratch = new ScratchRepository('new', bin);
  scratch.write('config/agencies/hue.yaml', HUE);
  scratch.git('add', 'config');

  expect(scratch.run(join(ROOT, 'hooks/pre-commit')).out).toMatch(/^asked: validate --config config -- hue *$/m);
});

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
}

const [hook] = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as [Hook];

test.each([
  ['config/agencies/hue.yaml', true],
  ['agencies/hue.yml', true],
  ['infra/config/agencies/init/web.sh', true],
  ['config/waivers.yaml', true],
  ['config/schema.ts', false],
  ['docs/defaults.md', false],
])('the framework hands %s to the hook: %s', (file, expected) => {
  expect(new RegExp(hook.files).test(file)).toBe(expected);
  expect(hook.entry).toBe('hooks/pre-commit');
});

describe('in the pre-commit framework', () => {
  if (spawnSync('pre-commit', ['--version']).status !== 0) {
    const reason = 'there is no pre-commit in PATH';
    console.error(`SKIPPED: the hook is not run by the pre-commit framework: ${reason}`);
    test.skip(`the hook judges the files that it is handed (SKIPPED: ${reason})`, () => undefined);
    return;
  }

  test('the hook is as the framework has it, and judges the files that it is handed', () => {
    const hooks = new ScratchRepository('hooks');
    for (const file of ['hooks/pre-commit', '.pre-commit-hooks.yaml']) {
      hooks.write(file, readFileSync(join(ROOT, file), 'utf8'), 0o755);
    }
    hooks.git('add', '.');
    hooks.git('commit', '--quiet', '--message=hooks');
    expect(hooks.run('pre-commit', 'validate-manifest', '.pre-commit-hooks.yaml')).toEqual({ code: 0, out: '' });

    const scratch = repository();
    const { code, out } = scratch.run('pre-commit', 'try-repo', hooks.folder, hook.id, '--all-files');
    expect(code).toBe(1);
    expect(out).toMatch(/^asked: validate --config config -- danang hue *$/m);
  });
});

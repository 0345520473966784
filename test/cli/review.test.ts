import { chmodSync, existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { marked as Marked } from 'marked' with { 'resolution-mode': 'import' };
import { addDays, today } from '../../core/days';
import type { Review, StackReview } from '../../review/report';
import { readReview } from '../../review/report-schema';
import { edit } from '../helpers/config-folder';
import { example } from '../helpers/agencies';
import { Sink } from '../helpers/cli';
import { GithubServer } from '../helpers/github-server';
import { fixtureFile } from '../helpers/plan-fixture';
import { ScratchRepo } from '../helpers/scratch-repo';

// The package has an entry for `import` alone, which jest does not take.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { marked } = require(join(__dirname, '../../node_modules/marked/lib/marked.umd.js')) as { marked: typeof Marked };

const IMAGE = ['hue/portal:1.4.2', 'hue/portal:1.4.3'] as const;
const CIDR = ['ipv4: 10.46.0.0/20', 'ipv4: 10.99.0.0/20'] as const;
const STAGING = /\n {2}# Where changes are tried[^]*$/;

/** A branch `change` of a repository with these agencies. */
function changed(...examples: ConstructorParameters<typeof ScratchRepo>[0] & object): ScratchRepo {
  const repo = new ScratchRepo(examples.length > 0 ? examples : ['hue']);
  repo.branch('change');
  return repo;
}

/** What the command says as JSON, as its schema has it. */
async function reviewOf(
  repo: ScratchRepo,
  ...argv: readonly string[]
): Promise<{ readonly code: number; readonly review: Review; readonly err: string }> {
  const { code, out, err } = await repo.run(['review', '--base', 'main', '--format', 'json', ...argv]);
  const review = out === '' ? undefined : readReview(JSON.parse(out));
  if (!review) throw new Error(`no review: ${out}${err}`);
  return { code, review, err };
}

function stacksIn({ stacks }: Review): string[] {
  return stacks.map(({ stack }) => stack);
}

function presences({ stacks }: Review): string[] {
  return stacks.map(({ stack, presence }) => `${stack} ${presence}`);
}

function causesIn({ causes }: StackReview): string[] {
  return causes.map(
    ({ source, path, before, after }) =>
      `${source?.file ?? ''}:${source?.line ?? ''} ${path}: ${JSON.stringify(before)} > ${JSON.stringify(after)}`,
  );
}

describe('what a branch changes', () => {
  test('has nothing to review where only documents change, and makes no comment', async () => {
    const repo = changed();
    repo.write('README.md', '# Other\n');
    repo.write('config/README.md', '# Config\n');
    repo.commit();

    expect(await repo.run(['review', '--base', 'main'])).toEqual({
      code: 0,
      out: 'Nothing to review: no file that makes stacks has changed\n',
      err: '',
    });
    const posted = await repo.run(['review', '--base', 'main', '--post', 'github']);
    expect(posted.err).toContain('there is nothing to post');
    expect(existsSync(join(repo.root, 'review.md'))).toBe(false);
  });

  test('is no change where keys change places and comments their words', async () => {
    const repo = changed();
    repo.edit(
      'hue',
      ['# Example, not a real', '# Sample, not a real'],
      ['          cpu: 512\n          memory: 1024\n', '          memory: 1024\n          cpu: 512\n'],
    );
    repo.commit();
    const { code, out } = await repo.run(['review', '--base', 'main']);

    expect([code, out]).toEqual([0, 'No change: the stacks are the same\n']);
  });

  test('is told with the line of YAML and what follows from it', async () => {
    const repo = changed();
    repo.edit('hue', IMAGE);
    repo.commit();
    const { code, review } = await reviewOf(repo);

    expect(code).toBe(0);
    expect(presences(review)).toEqual(['hue-production both']);
    expect(causesIn(review.stacks[0]!)).toEqual([
      expect.stringMatching(
        /^config\/agencies\/hue\.yaml:41 environments\.production\.portals\.portal\.hosting\.image: ".*1\.4\.2" > ".*1\.4\.3"$/,
      ),
    ]);
    expect(review.stacks[0]!.changes.map(({ type, action }) => `${action} ${type}`)).toEqual([
      'replace aws_ecs_task_definition',
      'update aws_ecs_service',
    ]);
  });

  test('leaves out what came to the base since the branch parted from it', async () => {
    const repo = changed('hue', 'langson');
    repo.edit('hue', IMAGE);
    repo.commit();
    repo.git('checkout', '-q', 'main');
    repo.edit('langson', ['zones: 2', 'zones: 3']);
    repo.commit();
    repo.git('checkout', '-q', 'change');

    expect(stacksIn((await reviewOf(repo)).review)).toEqual(['hue-production']);
  });

  test('has what is not committed and what git does not know yet', async () => {
    const repo = changed();
    repo.edit('hue', IMAGE);
    repo.write('config/agencies/langson.yaml', example('langson'));
    const { review } = await reviewOf(repo);

    expect(review.head).toMatch(/^[0-9a-f]{8} and what is not committed$/);
    expect(presences(review)).toEqual(['hue-production both', 'langson-production new']);
  });

  test('is that of --head, whatever the working copy has', async () => {
    const repo = changed();
    repo.edit('hue', IMAGE);
    const commit = repo.commit();
    repo.git('checkout', '-q', 'main');
    repo.edit('hue', CIDR);
    const { review } = await reviewOf(repo, '--head', 'change');

    expect(review.head).toBe(`change (${commit.slice(0, 8)})`);
    expect(causesIn(review.stacks[0]!)).toEqual([expect.stringMatching(/^config\/agencies\/hue\.yaml:41 .*image/)]);
  });

  test('is found where no branch is checked out', async () => {
    const repo = changed();
    repo.edit('hue', IMAGE);
    repo.git('checkout', '-q', '--detach', repo.commit());

    expect(stacksIn((await reviewOf(repo)).review)).toEqual(['hue-production']);
  });

  test('is held against all of the base, and says so, where a shallow clone does not tell where they parted', async () => {
    const origin = changed();
    origin.edit('hue', IMAGE);
    origin.commit();
    origin.git('checkout', '-q', 'main');
    origin.write('README.md', 'later');
    origin.commit();
    const repo = new ScratchRepo([]);
    repo.git('fetch', '-q', '--depth', '1', `file://${origin.root}`, 'change', '+main:parted');
    repo.git('checkout', '-q', 'FETCH_HEAD');
    const { code, out } = await repo.run(['review', '--base', 'parted', '--format', 'json']);
    const review = readReview(JSON.parse(out))!;

    expect([code, stacksIn(review)]).toEqual([0, ['hue-production']]);
    expect(review.notes).toEqual([expect.stringMatching(/^Where the branch parted from parted is not in the history/)]);
  });
});

describe('agencies that come and go', () => {
  test('a new one is new, by its file', async () => {
    const repo = changed();
    repo.write('config/agencies/langson.yaml', example('langson'));
    repo.commit();
    const { review } = await reviewOf(repo);

    expect(presences(review)).toEqual(['langson-production new']);
    expect(review.stacks[0]!.causes).toMatchObject([{ source: { file: 'config/agencies/langson.yaml' }, path: '' }]);
  });

  test('what a deleted one made is left behind, until somebody runs terraform destroy', async () => {
    const repo = changed('hue', 'langson');
    repo.remove('config/agencies/langson.yaml');
    repo.commit();
    const { code, out } = await repo.run(['review', '--base', 'main', '--format', 'markdown']);

    expect(code).toBe(0);
    expect(out).toMatch(/langson-production: gone, \d+ resources left behind/);
    expect(out).toContain('run `terraform destroy` in `cdktf.out/stacks/langson-production` before this is merged');
    expect(out).not.toContain(tmpdir());
  });

  test('the last of all may go, and the first may come', async () => {
    const repo = changed();
    repo.remove('config/agencies/hue.yaml');
    repo.commit();
    expect(presences((await reviewOf(repo)).review)).toEqual(['hue-production gone', 'hue-staging gone']);

    const empty = new ScratchRepo([]);
    empty.git('rm', '-q', '-r', 'config');
    empty.commit();
    empty.branch('change');
    empty.write('config/agencies/hue.yaml', edit(example('hue')));
    empty.commit();
    expect(presences((await reviewOf(empty)).review)).toEqual(['hue-production new', 'hue-staging new']);
  });

  test('an environment that goes is left behind; the other is the same', async () => {
    const repo = changed();
    repo.write('config/agencies/hue.yaml', example('hue').replace(STAGING, '\n'));
    repo.commit();
    const { review } = await reviewOf(repo);

    expect([presences(review), review.same]).toEqual([['hue-staging gone'], 1]);
    expect(causesIn(review.stacks[0]!)).toEqual([expect.stringContaining('environments.staging: {')]);
  });

  test('a portal with another name shows the moved blocks, and what is replaced all the same', async () => {
    const repo = changed();
    repo.edit('hue', ['      portal:\n', '      cong:\n']);
    repo.commit();
    const { code, out } = await repo.run(['review', '--base', 'main', '--format', 'markdown']);

    expect(code).toBe(1);
    expect(out).toMatch(
      /moved \{\n {2}from = aws_acm_certificate\.portals_portal_\S+\n {2}to {3}= aws_acm_certificate\.portals_cong_/,
    );
    expect(out).toContain('Destroyed: `portals/portal/edge` (`aws_lb`)');
  });
});

describe('files that are wrong', () => {
  test('stop nobody else, and make no stack look new or gone', async () => {
    const repo = changed('hue', 'langson');
    repo.edit('hue', ['kind: city', 'kin: city']);
    repo.edit('langson', ['zones: 2', 'zones: 3']);
    repo.commit();
    const { code, review, err } = await reviewOf(repo);

    expect([code, review.passes, presences(review)]).toEqual([2, false, ['langson-production both']]);
    expect(err).toBe('config/agencies/hue.yaml:10:3: agency.kin: unknown key; did you mean `kind`?\n');
    expect(review.notes.join()).toContain('Does not validate: config/agencies/hue.yaml:10:3');
  });

  test('are called as in the working copy, whichever commit they are of', async () => {
    const repo = changed();
    repo.edit('hue', ['kind: city', 'kin: city']);
    repo.commit();
    const { err, review } = await reviewOf(repo, '--head', 'change');

    expect(err).toMatch(/^config\/agencies\/hue\.yaml:10:3: /);
    expect(JSON.stringify(review)).not.toContain(tmpdir());
  });

  test('on the base are said, and do not block whoever mends them', async () => {
    const repo = new ScratchRepo();
    repo.edit('hue', ['kind: city', 'kin: city']);
    repo.commit();
    repo.branch('change');
    repo.edit('hue', ['kin: city', 'kind: city']);
    repo.commit();
    const { code, review } = await reviewOf(repo);

    expect([code, presences(review)]).toEqual([0, []]);
    expect(review.notes).toEqual([
      expect.stringMatching(/^On main .* do not validate.*: config\/agencies\/hue\.yaml$/),
    ]);
  });

  test('that all agencies share make no stack look gone', async () => {
    const repo = changed('hue', 'langson');
    repo.write('config/defaults.yaml', 'regio: ap-southeast-1\n');
    repo.commit();
    const { code, review, err } = await reviewOf(repo);

    expect([code, presences(review)]).toEqual([2, []]);
    expect(err).toMatch(/^config\/defaults\.yaml:1:1: regio: unknown key/);
  });

  test('that make the registry make its stack neither new nor gone', async () => {
    const repo = new ScratchRepo([]);
    repo.write('config/registry.yaml', edit(REGISTRY));
    repo.commit();
    repo.branch('change');
    repo.write('config/registry.yaml', edit(REGISTRY, ['region:', 'regio:']));
    repo.commit();
    const { code, review } = await reviewOf(repo);

    expect([code, presences(review)]).toEqual([2, []]);
  });
});

describe('what is shared', () => {
  test('changes all agencies, by the line of defaults.yaml', async () => {
    const repo = changed('hue', 'langson');
    repo.write('config/defaults.yaml', `${repo.read('config/defaults.yaml')}\nprotected: false\n`);
    repo.commit();
    const { review } = await reviewOf(repo);

    expect(stacksIn(review)).toEqual(['hue-production', 'langson-production']);
    for (const stack of review.stacks) {
      expect(causesIn(stack)).toEqual(['config/defaults.yaml:7 environments.production.protected: undefined > false']);
    }
  });

  test('lets an error through while it is waived, and blocks when the waiver goes', async () => {
    const repo = new ScratchRepo();
    repo.edit('hue', ['aaaa: live', 'aaaa: off']);
    const unwaived = await reviewOf(repo, 'hue/production');
    const [error] = unwaived.review.findings.filter(({ severity, status }) => severity === 'error' && status === 'new');
    expect([unwaived.code, error?.result]).toEqual([1, 'fail']);

    repo.write('config/waivers.yaml', waivers(...waivable(unwaived.review)));
    const waived = await reviewOf(repo, 'hue/production');
    expect(waived.code).toBe(0);
    expect(waived.review.findings.find(({ rule }) => rule === error!.rule)).toMatchObject({
      result: 'waived',
      waiver: { owner: 'ipv6@hue.gov.vn' },
    });

    repo.git('add', '--all');
    repo.git('commit', '-q', '-m', 'waived');
    repo.branch('change');
    repo.write('config/waivers.yaml', 'waivers: []\n');
    const again = await reviewOf(repo);
    expect([again.code, again.review.objections]).toEqual([1, unwaived.review.objections]);
  });

  test('says which waivers end within 30 days', async () => {
    const repo = changed();
    const soon = { rule: 'V6-CMP-001', at: 'hue-*/portals/**', expires: addDays(today(), 10) };
    repo.write('config/waivers.yaml', waivers(soon, { ...soon, rule: 'V6-DNS-009', expires: addDays(today(), 90) }));
    repo.commit();
    const { review } = await reviewOf(repo);

    expect(review.expiring).toMatchObject([{ ...soon, source: { file: 'config/waivers.yaml' } }]);
  });

  test('can be mended where a waiver on the base is wrong', async () => {
    const repo = new ScratchRepo();
    repo.write('config/waivers.yaml', 'waivers: [{}]\n');
    repo.commit();
    repo.branch('change');
    repo.write('config/waivers.yaml', 'waivers: []\n');
    repo.commit();
    const { code, review } = await reviewOf(repo);

    expect(code).toBe(0);
    expect(review.notes).toEqual([expect.stringMatching(/^On main \(\w+\) a waiver is wrong/)]);
  });
});

describe('plans', () => {
  const plan = (name: string): string => fixtureFile(`edits/${name}.plan.json`);

  test('are left aside where they are of another version, and that is said', async () => {
    const repo = changed();
    repo.edit('hue', CIDR);
    repo.commit();
    const { review } = await reviewOf(repo, '--plan', plan('cidr-change'));

    expect(review.stacks).toMatchObject([{ stack: 'hue-production', by: 'synth' }]);
    expect(review.notes).toEqual([expect.stringMatching(/^The plan of hue-production is of another version/)]);
  });

  test('say what will be done where they are of what is reviewed', async () => {
    const repo = changed();
    repo.edit('hue', ['ipv4: 10.46.0.0/20', 'ipv4: 10.62.0.0/20']);
    repo.commit();
    const { review } = await reviewOf(repo, '--plan', plan('cidr-change'));

    expect(review.notes).toEqual([]);
    expect(review.stacks).toMatchObject([{ stack: 'hue-production', by: 'plan' }]);
    expect(review.stacks[0]!.changes.some(({ predicted }) => predicted)).toBe(false);
  });

  test('are told not to be read where nothing is to review', async () => {
    const { review } = await reviewOf(changed(), '--plan', plan('cidr-change'));

    expect(review.notes).toEqual(['The plans were not read: no stack of theirs may have changed.']);
  });

  test('fails for what is none', async () => {
    const repo = changed();
    repo.edit('hue', IMAGE);
    repo.commit();
    const { code, out, err } = await repo.run(['review', '--base', 'main', '--plan', 'README.md']);

    expect([code, out, err]).toEqual([2, '', expect.stringContaining('README.md')]);
  });

  test('fails for that of another agency, whose stack has the same addresses', async () => {
    const repo = new ScratchRepo([]);
    const other = example('hue')
      .replace('  id: hue', '  id: danang')
      .replaceAll('hue.gov.vn', 'danang.gov.vn')
      .replaceAll('hue/portal', 'danang/portal')
      .replace('ipv4: 10.46.0.0/20', 'ipv4: 10.60.0.0/20');
    repo.write('config/agencies/danang.yaml', other);
    repo.commit();
    repo.branch('change');
    repo.write('config/agencies/danang.yaml', other.replace('portal:1.4.2', 'portal:1.4.3'));
    repo.commit();
    const { code, out, err } = await repo.run(['review', '--base', 'main', '--plan', plan('image-changed')]);

    expect([code, out, err]).toEqual([
      2,
      '',
      expect.stringMatching(/is the plan of none of the stacks .*: danang-production/),
    ]);
  });

  test('fails for two of one stack', async () => {
    const repo = changed();
    repo.edit('hue', CIDR);
    repo.commit();
    const twice = [plan('cidr-change'), plan('image-changed')].flatMap((file) => ['--plan', file]);

    expect(await repo.run(['review', '--base', 'main', ...twice])).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is another plan of hue-production already') as string,
    });
  });
});

describe('replacement', () => {
  test('of what holds addresses blocks, unless it is allowed by stack or address', async () => {
    const repo = changed();
    repo.edit('hue', CIDR);
    repo.commit();
    const { code, review } = await reviewOf(repo);
    expect([code, review.passes]).toEqual([1, false]);

    expect((await reviewOf(repo, '--allow-replace', 'hue-production')).code).toBe(0);
    expect((await reviewOf(repo, '--allow-replace', 'hue-staging')).code).toBe(1);
    const all = review.stacks[0]!.changes.flatMap(({ address }) => ['--allow-replace', `hue-production:${address}`]);
    expect((await reviewOf(repo, ...all)).code).toBe(0);
    expect((await reviewOf(repo, ...all.slice(2))).review.stacks).toEqual(review.stacks);
  });
});

describe('targets', () => {
  test('leave out other agencies and environments', async () => {
    const repo = changed('hue', 'langson');
    repo.edit('hue', IMAGE, ['ipv4: 10.46.16.0/20', 'ipv4: 10.99.16.0/20']);
    repo.edit('langson', ['zones: 2', 'zones: 3']);
    repo.commit();

    expect(stacksIn((await reviewOf(repo, 'hue')).review)).toEqual(['hue-production', 'hue-staging']);
    expect(stacksIn((await reviewOf(repo, 'hue/production')).review)).toEqual(['hue-production']);
  });

  test('that did not change leave nothing to review', async () => {
    const repo = changed('hue', 'langson');
    repo.edit('hue', IMAGE);
    repo.commit();

    expect((await reviewOf(repo, 'langson')).review.outcome).toBe('untouched');
  });

  test('fails for an agency that neither side has, and takes one that only one has', async () => {
    const repo = changed('hue', 'langson');
    repo.remove('config/agencies/langson.yaml');
    repo.commit();

    expect(await repo.run(['review', '--base', 'main', 'hui'])).toEqual({
      code: 2,
      out: '',
      err: 'no agency `hui` on either side; did you mean `hue`?\n',
    });
    expect(presences((await reviewOf(repo, 'langson')).review)).toEqual(['langson-production gone']);
  });
});

describe('where it is run', () => {
  test('fails where the base is not there, with the way to get it', async () => {
    const repo = changed();
    expect(await repo.run(['review', '--base', 'develop'])).toMatchObject({
      code: 2,
      err: 'no branch, tag or commit `develop` here; if it is on the server, run git fetch origin develop first\n',
    });
    repo.git('update-ref', 'refs/remotes/origin/develop', 'HEAD');
    expect((await repo.run(['review', '--base', 'develop'])).err).toContain('did you mean `origin/develop`?');
  });

  test('fails outside of a repository, and for a config folder that is not there or outside', async () => {
    const repo = changed();
    const other = new ScratchRepo();
    const run = async (...argv: readonly string[]) => repo.run(['review', '--base', 'main', ...argv]);

    expect(await run('--config', 'confg')).toMatchObject({ code: 2, err: expect.stringContaining('no folder confg;') });
    const outside = await run('--config', join(other.root, 'config'));
    expect(outside).toMatchObject({ code: 2, err: expect.stringContaining('is outside the git repository') });
    const nowhere = await repo.run(['review', '--base', 'main'], {}, '..');
    expect(nowhere).toMatchObject({ code: 2, err: expect.stringContaining('is in no git repository\n') });
  });

  test('fails with the outside tool where git is not installed', async () => {
    const repo = changed();
    const { PATH } = process.env;
    process.env.PATH = join(repo.root, 'config');
    try {
      expect(await repo.run(['review', '--base', 'main'])).toEqual({
        code: 3,
        out: '',
        err: 'git is not installed, or not on the PATH\n',
      });
    } finally {
      process.env.PATH = PATH;
    }
  });

  test('finds the files from a folder below, with spaces in its path, behind a link, or called otherwise', async () => {
    const repo = new ScratchRepo(['hue'], 'hạ tầng/fleet files', 'my portals');
    repo.branch('change');
    repo.edit('hue', IMAGE);
    repo.commit();
    symlinkSync(join(repo.root, 'hạ tầng'), join(repo.root, 'link'));

    for (const [config, folder] of [
      ['hạ tầng/fleet files', ''],
      ['link/fleet files', ''],
      ['fleet files', 'hạ tầng'],
      [join(repo.root, 'hạ tầng/fleet files'), 'hạ tầng'],
    ] as const) {
      const { out } = await repo.run(['review', '--base', 'main', '--config', config, '--format', 'json'], {}, folder);
      expect(stacksIn(JSON.parse(out) as Review)).toEqual(['hue-production']);
    }
  });

  test('reviews the repository that it stands in, whatever a hook says of another', async () => {
    const repo = changed();
    repo.edit('hue', IMAGE);
    repo.commit();
    const other = new ScratchRepo(['langson']);
    const hook = { GIT_DIR: join(other.root, '.git'), GIT_INDEX_FILE: join(other.root, '.git/index') };
    Object.assign(process.env, hook);
    try {
      expect(stacksIn((await reviewOf(repo)).review)).toEqual(['hue-production']);
    } finally {
      for (const name of Object.keys(hook)) delete process.env[name];
    }
  });

  test('writes nothing into the repository, so that two may run at once and it may be read-only', async () => {
    const repo = changed();
    repo.edit('hue', IMAGE);
    repo.commit();
    const listed = () => `${repo.git('worktree', 'list')}\n${readdirSync(join(repo.root, '.git')).join()}`;
    const before = listed();
    const { TMPDIR } = process.env;
    process.env.TMPDIR = join(repo.root, 'config');
    chmodSync(join(repo.root, '.git'), 0o555);
    try {
      const io = { stdout: new Sink(), stderr: new Sink() };
      const both = await Promise.all([repo.run(['review', '--base', 'main'], io), reviewOf(repo)]);
      expect(both.map(({ code }) => code)).toEqual([0, 0]);
    } finally {
      chmodSync(join(repo.root, '.git'), 0o755);
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }

    expect(listed()).toBe(before);
    expect(repo.git('status', '--porcelain')).toBe('');
  });

  test('says that both sides are made by what is installed, where the packages change', async () => {
    const repo = changed();
    repo.write('package.json', '{ "dependencies": { "portal6": "0.2.0" } }\n');
    repo.commit();
    const { review } = await reviewOf(repo);

    expect([review.outcome, review.notes]).toEqual([
      'untouched',
      ['package.json has changed: both sides were made by the portal6 that is installed here.'],
    ]);
  });
});

describe('what comes out', () => {
  test('has colors on a terminal alone', async () => {
    const repo = changed();
    repo.edit('hue', CIDR);
    repo.commit();
    const terminal = { stdout: new Sink(true) };
    await repo.run(['review', '--base', 'main'], terminal);
    const { out } = await repo.run(['review', '--base', 'main']);

    // eslint-disable-next-line no-control-regex
    expect(terminal.stdout.text).toMatch(/\u001b\[31m/);
    expect(out).not.toContain('\u001b');
  });

  test('goes to a file in each format, and says so', async () => {
    const repo = changed();
    repo.edit('hue', IMAGE);
    repo.commit();
    const run = async (...argv: readonly string[]) => repo.run(['review', '--base', 'main', ...argv]);

    expect(await run('--format', 'markdown', '--output', 'out/review.md')).toEqual({
      code: 0,
      out: '',
      err: 'Passed: 1 stack changed\nWrote out/review.md\n',
    });
    expect(repo.read('out/review.md')).toMatch(/^\*\*Passed: 1 stack changed\*\* · hue-production: 1 to replace/);
    await run('--format', 'json', '--output', 'out/review.json');
    expect(readReview(JSON.parse(repo.read('out/review.json')))).toMatchObject({ passes: true });
  });

  test('is written to a file where there is no token to post it with', async () => {
    const repo = changed();
    repo.edit('hue', IMAGE);
    repo.commit();
    const post = ['review', '--base', 'main', '--post', 'github'];
    const { code, err } = await repo.run(post);

    expect([code, err]).toEqual([0, expect.stringContaining('Wrote review.md instead\n')]);
    expect(repo.read('review.md')).toMatch(/^<!-- portal6-review \S+ \S+ -->\n\*\*Passed/);
    repo.remove('review.md');
    await repo.run([...post, '--format', 'json', '--output', 'review.json']);
    expect(repo.read('review.md')).toMatch(/^<!-- portal6-review \S+ \S+ -->\n\*\*Passed/);
    expect(await repo.run(post)).toMatchObject({ code: 0 });
  });

  test("is not written over somebody's file", async () => {
    const repo = changed();
    repo.edit('hue', IMAGE);
    repo.commit();
    repo.write('review.md', '# What I think\n');

    expect(await repo.run(['review', '--base', 'main', '--post', 'github'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('review.md: is there, and no review of portal6 is in it') as string,
    });
    expect(repo.read('review.md')).toBe('# What I think\n');
  });

  test('is posted as one comment, by a job that has nothing but the JSON', async () => {
    const repo = changed();
    repo.edit('hue', CIDR);
    repo.commit();
    await repo.run(['review', '--base', 'main', '--format', 'json', '--output', 'review.json']);
    const server = new GithubServer();
    await server.start();
    {
      const env = {
        GITHUB_TOKEN: server.token,
        GITHUB_REPOSITORY: 'hue/portals',
        GITHUB_API_URL: server.url,
        GITHUB_REF: 'refs/pull/7/merge',
      };
      const { code, err } = await repo.run(['review', '--from', 'review.json', '--post', 'github'], { env });
      expect([code, err]).toEqual([0, expect.stringMatching(/^created: https:/)]);
      expect(server.comments[0]!.body).toContain('**Blocked: hue-production replaces 10 resources');
      expect(server.labels).toEqual(['portal6: destroy']);
    }
  });
});

describe('a review that is there', () => {
  test('is shown as it was', async () => {
    const repo = changed();
    repo.edit('hue', IMAGE);
    repo.commit();
    const args = ['review', '--base', 'main', '--format'];
    await repo.run([...args, 'json', '--output', '../review.json']);
    const { out } = await repo.run([...args, 'markdown']);
    const again = await repo.run(['review', '--from', '../review.json', '--format', 'markdown']);

    const timeless = (text: string): string => text.replace(/\d{4}-\d\d-\d\dT[^<]*/, '');
    expect([again.code, timeless(again.out)]).toEqual([0, timeless(out)]);
  });

  test.each([
    ['half of one', '{"version":1,', 'cannot be read as JSON'],
    ['another version', '{"version":2}', 'is no review'],
    ['a list', '[]', 'is no review'],
    ['null', 'null', 'is no review'],
    ['brackets alone', '['.repeat(200_000), 'cannot be read as JSON'],
    ['more brackets than can be shown', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'cannot be read as JSON'],
    ['a file that is not there', undefined, 'cannot be read as JSON'],
  ])('fails for %s', async (_, text, message) => {
    const repo = new ScratchRepo([]);
    if (text !== undefined) writeFileSync(join(repo.root, 'review.json'), text);
    const { code, out, err } = await repo.run(['review', '--from', 'review.json']);

    expect([code, out, err]).toEqual([2, '', expect.stringContaining(message)]);
  });

  test.each([
    ['a value of 10 million characters', 'x'.repeat(10_000_000)],
    ['markup', '</details><script>alert(1)</script> @everyone `````` | ![x](https://example.com/x.png)'],
  ])('holds a comment in its limits with %s', async (_, value) => {
    const repo = changed();
    repo.edit('hue', IMAGE);
    repo.commit();
    const { review } = await reviewOf(repo);
    const [stack] = review.stacks;
    const causes = [{ ...stack!.causes[0]!, before: value, after: value }];
    const hostile = { ...review, stacks: [{ ...stack!, causes }], notes: [typeof value === 'string' ? value : ''] };
    repo.write('review.json', JSON.stringify(hostile));
    const { code, out } = await repo.run(['review', '--from', 'review.json', '--format', 'markdown']);

    expect(code).toBe(0);
    expect(out.length).toBeLessThanOrEqual(65_000);
    // As code all of this is harmless.
    const html = await marked.parse(out);
    expect(html.replace(/<code[^>]*>[^]*?<\/code>/g, '')).not.toMatch(/<script|<img|@everyone/);
  });
});

const REGISTRY = `region: ap-southeast-1
account: "111122223333"
ipv4: { cidr: 10.0.0.0/8 }
pools: {}
`;

interface WaiverLines {
  readonly rule: string;
  readonly at: string;
  readonly expires?: string;
}

/** The text of a file with these waivers. */
function waivers(...all: readonly WaiverLines[]): string {
  const lines = all.map(({ rule, at, expires = addDays(today(), 100) }) =>
    JSON.stringify({ rule, at, expires, reason: 'It is being replaced.', owner: 'ipv6@hue.gov.vn' }),
  );
  return `waivers: [${lines.join(', ')}]\n`;
}

/** What would have to be waived for a review to pass. */
function waivable({ findings }: Review): WaiverLines[] {
  return findings
    .filter(({ severity, status, result }) => severity === 'error' && status === 'new' && result === 'fail')
    .map(({ rule, construct, address }) => ({ rule, at: construct ?? address }));
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diff } from '../../review/report';
import { diffSchema } from '../../review/report-schema';
import { example } from '../helpers/agencies';
import { Sink } from '../helpers/cli';
import { fixtureFile } from '../helpers/plan-fixture';
import { ScratchRepo } from '../helpers/scratch-repo';

const IMAGE = ['hue/portal:1.4.2', 'hue/portal:1.4.3'] as const;

const plan = (name: string): string => fixtureFile(`edits/${name}.plan.json`);
const stack = (name: string): string => fixtureFile(`edits/${name}.cdk.tf.json`);

async function diffOf(repo: ScratchRepo, ...sides: readonly string[]): Promise<Diff> {
  const { out } = await repo.run(['diff', ...sides, '--format', 'json']);
  return diffSchema.parse(JSON.parse(out)) as Diff;
}

/** `hue-production both: replace 1, update 1` */
function told({ stacks }: Diff): string[] {
  return stacks.map(({ stack: id, presence, changes }) => {
    const actions = [...new Set(changes.map(({ action }) => action))];
    const counts = actions.map((action) => `${action} ${changes.filter((one) => one.action === action).length}`);
    return `${id} ${presence}: ${counts.join(', ')}`;
  });
}

describe('of two refs', () => {
  const repo = new ScratchRepo(['hue', 'langson']);
  repo.branch('change');
  repo.edit('hue', IMAGE);
  repo.commit();

  test('tells what changes between them, in each direction', async () => {
    expect(told(await diffOf(repo, 'main', 'HEAD'))).toEqual(['hue-production both: replace 1, update 1']);
    expect(told(await diffOf(repo, 'HEAD', 'main'))).toEqual(['hue-production both: replace 1, update 1']);
    expect(told(await diffOf(repo, 'main', 'main'))).toEqual([]);
  });

  test('exits with 1 for a difference only where that is asked for', async () => {
    expect((await repo.run(['diff', 'main', 'HEAD'])).code).toBe(0);
    expect((await repo.run(['diff', 'main', 'HEAD', '--exit-code'])).code).toBe(1);
    expect((await repo.run(['diff', 'main', 'main', '--exit-code'])).code).toBe(0);
  });

  test('goes to a file without colors, and to a terminal with them', async () => {
    const terminal = { stdout: new Sink(true) };
    await repo.run(['diff', 'main', 'HEAD'], terminal);
    const { out, err } = await repo.run(['diff', 'main', 'HEAD', '--output', 'diff.txt'], { stdout: new Sink(true) });

    expect(terminal.stdout.text).toContain('\u001b[');
    expect([out, err]).toEqual(['', 'Wrote diff.txt\n']);
    expect(repo.read('diff.txt')).not.toContain('\u001b[');
  });

  test('takes two agencies for two, though either side has but one', async () => {
    const other = new ScratchRepo(['bkhcn']);
    other.branch('change');
    other.remove('config/agencies/bkhcn.yaml');
    other.write('config/agencies/langson.yaml', example('langson'));
    other.commit();

    expect(told(await diffOf(other, 'main', 'change'))).toEqual([
      expect.stringMatching(/^bkhcn-production gone: delete \d+$/),
      expect.stringMatching(/^langson-production new: create \d+$/),
    ]);
  });

  test('names mistakes, exits with 2, and takes nothing for gone', async () => {
    const broken = new ScratchRepo(['hue', 'langson']);
    broken.branch('change');
    broken.edit('hue', ['kind: city', 'kin: city']);
    broken.edit('langson', ['zones: 2', 'zones: 3']);
    broken.commit();
    const { code, out, err } = await broken.run(['diff', 'main', 'HEAD', '--format', 'json']);

    expect(code).toBe(2);
    expect(err).toBe('config/agencies/hue.yaml:10:3: agency.kin: unknown key; did you mean `kind`?\n');
    expect((JSON.parse(out) as Diff).stacks.map(({ stack: id }) => id)).toEqual(['langson-production']);
  });
});

describe('of files', () => {
  const repo = new ScratchRepo(['hue']);

  test('tells of two folders what is not the same, and of a folder and a ref', async () => {
    await repo.run(['synth', '--out', 'before']);
    repo.copy('before', 'after');
    const file = 'after/stacks/hue-production/cdk.tf.json';
    repo.write(file, repo.read(file).replaceAll(IMAGE[0], IMAGE[1]));

    expect(told(await diffOf(repo, 'before', 'after'))).toEqual(['hue-production both: replace 1, update 1']);
    expect(told(await diffOf(repo, 'main', 'after'))).toEqual(['hue-production both: replace 1, update 1']);
    expect(told(await diffOf(repo, 'before', 'main'))).toEqual([]);
  });

  test.each(['cidr-change', 'image-changed', 'portal-deleted', 'failover-on', 'container-to-gateway'])(
    'tells of the plan %s what Terraform says, alone or beside the stack before',
    async (name) => {
      const alone = await diffOf(repo, plan(name));
      const beside = await diffOf(repo, stack('before'), plan(name));

      expect(alone.stacks.map(({ by }) => by)).toEqual(['plan']);
      expect(beside.stacks[0]!.changes).toEqual(alone.stacks[0]!.changes);
    },
  );

  test.each([
    ['a folder without a second side', ['config'], /config: .*/],
    ['a stack without one', [stack('before')], /name a second side to hold it against/],
    ['a path that is not there', ['./before-all', 'HEAD'], /^\.\/before-all: there is no such file or folder\n$/],
    [
      'a file that is not there',
      ['HEAD', 'plan-of-hue.json'],
      /^plan-of-hue\.json: there is no such file or folder\n$/,
    ],
    ['a ref that is not there', ['develop', 'HEAD'], /^no branch, tag or commit `develop` here/],
    ['a config folder that is not there', ['main', 'HEAD', '--config', 'confg'], /^no folder confg;/],
  ])('fails for %s', async (_, argv, message) => {
    const { code, out, err } = await repo.run(['diff', ...argv]);

    expect([code, out, err]).toEqual([2, '', expect.stringMatching(message)]);
  });

  test('fails for a folder in which nothing is', async () => {
    mkdirSync(join(repo.root, 'empty'), { recursive: true });
    writeFileSync(join(repo.root, 'empty/README.md'), '');

    expect((await repo.run(['diff', 'empty', 'empty'])).code).toBe(2);
  });
});

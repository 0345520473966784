import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../core/errors';
import { removeOtherStacks, synthesize } from '../../stacks/synthesize';
import { agencyFile } from '../helpers/agency';

let out: string;

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'portal6-synth-'));
});

afterEach(() => rmSync(out, { recursive: true }));

const config = agencyFile();
const other = { ...config, agency: { ...config.agency, id: 'danang' } };
const json = (id: string, folder = out): string => readFileSync(join(folder, 'stacks', id, 'cdk.tf.json'), 'utf8');
const stacksInManifest = (): string[] =>
  Object.keys((JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as { stacks: object }).stacks);

test('says which stacks it wrote and where', () => {
  expect(synthesize([{ config }], out)).toEqual([
    {
      id: 'hue-production',
      agency: 'hue',
      environment: 'production',
      directory: join(out, 'stacks', 'hue-production'),
      file: join(out, 'stacks', 'hue-production', 'cdk.tf.json'),
    },
  ]);
});

test('two runs give the same bytes, whatever the folder and whoever else is synthesized', () => {
  const elsewhere = join(out, 'some', 'where', 'else');
  synthesize([{ config }], out);
  synthesize([{ config: other }, { config }], elsewhere);

  expect(json('hue-production', elsewhere)).toBe(json('hue-production'));
});

test('the order of portals and environments in the file changes nothing', () => {
  const [portal] = Object.values(config.environments.production!.portals);
  const portals = { b: { ...portal!, domain: 'b.hue.gov.vn' }, a: { ...portal!, domain: 'a.hue.gov.vn' } };
  const reordered = (map: typeof portals) => ({
    ...config,
    environments: { production: { ...config.environments.production!, portals: map } },
  });
  synthesize([{ config: reordered(portals) }], out);
  const first = json('hue-production');
  synthesize([{ config: reordered({ a: portals.a, b: portals.b }) }], out);

  expect(json('hue-production')).toBe(first);
});

test('no path of this machine and no time is in what is written', () => {
  synthesize([{ config }], out);

  expect(json('hue-production')).not.toContain(process.cwd());
  expect(json('hue-production')).not.toContain(out);
  expect(json('hue-production')).not.toMatch(/20\d\d-\d\d-\d\dT/);
});

test('the probe’s code is beside the stack, where the JSON says', () => {
  synthesize([{ config }], out);
  const [file] = /assets\/[^"]+\.zip/.exec(json('hue-production'))!;

  expect(existsSync(join(out, 'stacks', 'hue-production', file))).toBe(true);
});

test('synthesizing one agency keeps the others in the manifest', () => {
  synthesize([{ config }], out);
  synthesize([{ config: other }], out);

  expect(stacksInManifest()).toEqual(['danang-production', 'hue-production']);
});

test('a bug in a construct comes out with its stack trace, and leaves nothing behind', () => {
  const environments = { production: { ...config.environments.production!, region: 'mars-1' } };
  const thrown = catching(() => synthesize([{ config: { ...config, environments } }], out));

  expect(thrown?.stack).toMatch(/`region` must be one whose zones are known, got: "mars-1"\n +at .*\n +at /);
  expect(readdirSync(out)).toEqual([]);
});

test('leaves nothing of its own behind but stacks and a manifest', () => {
  synthesize([{ config }], out);

  expect(readdirSync(out).sort()).toEqual(['manifest.json', 'stacks']);
});

test('what Terraform keeps beside a stack survives the next run', () => {
  synthesize([{ config }], out);
  const state = join(out, 'stacks', 'hue-production', 'terraform.tfstate');
  writeFileSync(state, 'precious');
  synthesize([{ config }], out);

  expect(readFileSync(state, 'utf8')).toBe('precious');
});

test('what a run that was killed has left is taken away by the next; what is still running is not', () => {
  mkdirSync(join(out, '.synth-999999999'));
  mkdirSync(join(out, `.synth-${process.ppid}`));
  synthesize([{ config }], out);

  expect(readdirSync(out).sort()).toEqual([`.synth-${process.ppid}`, 'manifest.json', 'stacks']);
});

test('assets that are there already are left where they are, because another run may be using them', () => {
  synthesize([{ config }], out);
  const [file] = /assets\/[^"]+\.zip/.exec(json('hue-production'))!;
  const before = statSync(join(out, 'stacks', 'hue-production', file)).ino;
  const stale = join(out, 'stacks', 'hue-production', 'assets', 'probe_code', 'old');
  mkdirSync(stale, { recursive: true });
  writeFileSync(join(stale, 'probe.zip'), 'old');
  synthesize([{ config }], out);

  expect(statSync(join(out, 'stacks', 'hue-production', file)).ino).toBe(before);
  expect(existsSync(stale)).toBe(false);
});

test.each([
  ['a file', (): string => join(out, 'file'), /file cannot be written to: /],
  ['no name', (): string => '', /^name a folder to write to$/],
])('fails as a mistake of the user’s when the folder is %s', (_, folder, message) => {
  writeFileSync(join(out, 'file'), 'text');

  const thrown = catching(() => synthesize([{ config }], folder()));

  expect(thrown).toBeInstanceOf(UserError);
  expect(thrown?.message).toMatch(message);
});

describe('a stack that no file asks for any more', () => {
  test('goes, from the folder and from the manifest', () => {
    synthesize([{ config }, { config: other }], out);

    expect(removeOtherStacks(out, new Set(['hue-production']))).toEqual([]);
    expect(readdirSync(join(out, 'stacks'))).toEqual(['hue-production']);
    expect(stacksInManifest()).toEqual(['hue-production']);
  });

  test('stays whole where it has a state, because nobody could destroy it otherwise, and is named', () => {
    synthesize([{ config }, { config: other }], out);
    const folder = join(out, 'stacks', 'danang-production');
    writeFileSync(join(folder, 'terraform.tfstate'), 'precious');

    expect(removeOtherStacks(out, new Set(['hue-production']))).toEqual([folder]);
    expect(readdirSync(folder).sort()).toEqual(['assets', 'cdk.tf.json', 'terraform.tfstate']);
  });

  test('is told from what somebody else has put beside the stacks, which is left alone', () => {
    synthesize([{ config }], out);
    const theirs = join(out, 'stacks', 'mine');
    mkdirSync(theirs);
    writeFileSync(join(theirs, 'cdk.tf.json'), '{}');
    writeFileSync(join(out, 'stacks', 'README.md'), 'Stacks');

    expect(removeOtherStacks(out, new Set(['hue-production']))).toEqual([]);
    expect(readdirSync(join(out, 'stacks')).sort()).toEqual(['README.md', 'hue-production', 'mine']);
    expect(existsSync(join(theirs, 'cdk.tf.json'))).toBe(true);
  });

  test('is looked for only in a folder that has stacks', () => {
    mkdirSync(join(out, 'empty'));
    expect(removeOtherStacks(join(out, 'empty'), new Set())).toEqual([]);
  });
});

function catching(work: () => unknown): Error | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

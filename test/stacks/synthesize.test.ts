import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

describe('a stack that no file asks for any more', () => {
  test('goes, from the folder and from the manifest', () => {
    synthesize([{ config }, { config: other }], out);

    expect(removeOtherStacks(out, new Set(['hue-production']))).toEqual([]);
    expect(readdirSync(join(out, 'stacks'))).toEqual(['hue-production']);
    expect(stacksInManifest()).toEqual(['hue-production']);
  });

  test('leaves its state where it is, and the folder is named', () => {
    synthesize([{ config }, { config: other }], out);
    const folder = join(out, 'stacks', 'danang-production');
    writeFileSync(join(folder, 'terraform.tfstate'), 'precious');

    expect(removeOtherStacks(out, new Set(['hue-production']))).toEqual([folder]);
    expect(readdirSync(folder)).toEqual(['terraform.tfstate']);
    expect(stacksInManifest()).toEqual(['hue-production']);
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

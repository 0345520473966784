import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configFolder, portal6 } from '../helpers/cli';
import { edit, HUE } from '../helpers/config-folder';
import { AMAZON_REGISTRY } from '../helpers/registry';

const withState = (state: string, text = HUE) => edit(text, ['    network:\n', `    state: ${state}\n    network:\n`]);

const LANGSON = edit(
  HUE,
  ['id: hue', 'id: langson'],
  ['10.46.0.0/20', '10.47.0.0/20'],
  ['"111122223333"', '"444455556666"'],
  ['domain: hue.gov.vn', 'domain: langson.gov.vn'],
  ['aliases: [www.hue.gov.vn]', 'aliases: []'],
  ['{ id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }', '{ id: Z0123456789LANGSON, name: langson.gov.vn }'],
);

function folder(files: Readonly<Record<string, string>>) {
  const config = configFolder(files);
  const out = join(dirname(config), 'out');
  const stacks = join(out, 'stacks');
  return {
    config,
    out,
    synth: (...argv: string[]) => portal6(['synth', ...argv, '--config', config, '--out', out]),
    stacks: () => (existsSync(stacks) ? readdirSync(stacks).sort() : []),
  };
}

const OWN = {
  'agencies/hue.yaml': withState('{ bucket: hue-tfstate }'),
  'agencies/langson.yaml': withState('{ bucket: langson-tfstate }', LANGSON),
};

const SHARED = (hue: string, langson = '{ bucket: province }') => ({
  'agencies/hue.yaml': withState(hue),
  'agencies/langson.yaml': withState(langson, LANGSON),
});

test('the stack of an agency is written when it is named, and the same bytes again', async () => {
  const { synth, out, stacks } = folder(OWN);
  const file = join(out, 'stacks', 'hue-state', 'cdk.tf.json');
  const { code, out: said } = await synth('hue/state');
  const first = readFileSync(file, 'utf8');

  expect(code).toBe(0);
  expect(said).toBe(
    `hue-state: makes hue-tfstate. To apply before the first init of the stacks that keep their state there;\n  its own state stays in ${join(out, 'stacks', 'hue-state')}, so keep that folder\n`,
  );
  expect(stacks()).toEqual(['hue-state']);
  await synth('hue/state');
  expect(readFileSync(file, 'utf8')).toBe(first);
});

test('all of them are written when `state` is named, and with other targets', async () => {
  const all = folder(OWN);
  const mixed = folder(OWN);

  expect((await all.synth('state', 'hue/state')).err).toContain('2 stacks written to');
  expect(all.stacks()).toEqual(['hue-state', 'langson-state']);
  await mixed.synth('langson', 'hue/state');
  expect(mixed.stacks()).toEqual(['hue-state', 'langson-production']);
});

test('they are not written otherwise, and stay where they are', async () => {
  const { synth, stacks } = folder(OWN);

  await synth();
  expect(stacks()).toEqual(['hue-production', 'langson-production']);
  await synth('state');
  const { err } = await synth();
  expect(stacks()).toEqual(['hue-production', 'hue-state', 'langson-production', 'langson-state']);
  expect(err).not.toContain('stays');
});

test('one goes when no file names its bucket any more', async () => {
  const { synth, stacks, config } = folder(OWN);
  await synth('state');
  writeFileSync(join(config, 'agencies', 'hue.yaml'), HUE);
  await synth();

  expect(stacks()).toEqual(['hue-production', 'langson-production', 'langson-state']);
});

test('the owner of a shared bucket makes it, and knows the others', async () => {
  const { synth, out, stacks } = folder(SHARED('{ bucket: province, owner: true }'));
  const { code } = await synth('state');

  expect([code, stacks()]).toEqual([0, ['hue-state']]);
  expect(readFileSync(join(out, 'stacks', 'hue-state', 'cdk.tf.json'), 'utf8')).toContain('444455556666');
  expect((await synth('langson/state')).err).toBe(
    "langson-production keeps its state in province, which is another agency's\n",
  );
});

test('fails when nobody says whose a shared bucket is', async () => {
  const { synth } = folder(SHARED('{ bucket: province }'));
  const message =
    'province holds the states of hue-production and langson-production; say `owner: true` beside it in the account that has it\n';

  for (const target of ['state', 'hue/state', 'langson/state']) {
    expect(await synth(target)).toEqual({ code: 2, out: '', err: message });
  }
});

test('warns of such a bucket beside others that are made', async () => {
  const third = edit(
    LANGSON,
    ['id: langson', 'id: caobang'],
    ['10.47.0.0/20', '10.48.0.0/20'],
    ['domain: langson.gov.vn', 'domain: caobang.gov.vn'],
    ['"444455556666"', '"777788889999"'],
    ['{ id: Z0123456789LANGSON, name: langson.gov.vn }', '{ id: Z0123456789CAOBANG, name: caobang.gov.vn }'],
  );
  const { synth, stacks, config } = folder({
    ...SHARED('{ bucket: province }'),
    'agencies/caobang.yaml': withState('{ bucket: caobang }', third),
  });
  const { code, err } = await synth('state');

  expect([code, stacks()]).toEqual([0, ['caobang-state']]);
  expect(err.replaceAll(`${config}/`, '')).toContain(
    'agencies/hue.yaml:13:14: environments.production.state.bucket: warning: province holds the states of hue-production and langson-production; say',
  );
});

test('names a few of many', async () => {
  const defaults = 'state: { bucket: province }\n';
  const many = Array.from({ length: 7 }, (_, n) =>
    edit(
      LANGSON,
      ['id: langson', `id: a${n}`],
      ['10.47.0.0/20', `10.${50 + n}.0.0/20`],
      ['domain: langson.gov.vn', `domain: a${n}.gov.vn`],
      ['{ id: Z0123456789LANGSON, name: langson.gov.vn }', '{ external: true }'],
    ),
  );
  const files = Object.fromEntries(many.map((text, n) => [`agencies/a${n}.yaml`, text]));
  const { synth } = folder({ 'defaults.yaml': defaults, ...files });

  expect((await synth('state')).err).toBe(
    'province holds the states of a0-production, a1-production, a2-production, a3-production and a4-production and 2 more; say `owner: true` beside it in the account that has it\n',
  );
});

test('fails when there is no bucket', async () => {
  const { synth } = folder({ 'agencies/hue.yaml': HUE });

  expect((await synth('hue/state')).err).toBe(
    'no stack of hue keeps its state in a bucket; `state: { bucket: ... }` in an environment says which\n',
  );
  expect((await synth('state')).err).toBe(
    'no stack keeps its state in a bucket; `state: { bucket: ... }` in an environment says which\n',
  );
});

test.each([
  ['of its own', 'zones: 9'],
  ['beside other keys', 'zones: 4'],
])('an agency with a mistake %s gets none, and is told so; those of others are theirs', async (_, zones) => {
  const { synth, stacks } = folder({
    ...OWN,
    'agencies/hue.yaml': edit(OWN['agencies/hue.yaml'], ['zones: 3', zones]),
  });

  const { code, err } = await synth('hue/state');
  expect([code, err.includes('network.zones: ')]).toEqual([2, true]);
  expect(stacks()).toEqual([]);
  expect(await synth('langson/state')).toMatchObject({ code: 0, err: expect.not.stringContaining('zones') as string });
  expect(stacks()).toEqual(['langson-state']);
});

test("the registry's state has a stack as well", async () => {
  const registry = edit(AMAZON_REGISTRY, ['ipv6: amazon', 'state: { bucket: registry-tfstate }\nipv6: amazon']);
  const { synth, stacks } = folder({ 'registry.yaml': registry });

  expect((await synth('address-registry/state')).code).toBe(0);
  expect(stacks()).toEqual(['address-registry-state']);
});

test("the check judges them, and leads to the bucket's line", async () => {
  const { synth, config, out } = folder(OWN);
  await synth('hue/state');
  const file = join(out, 'stacks', 'hue-state', 'cdk.tf.json');
  const statement =
    '{\\"Effect\\":\\"Allow\\",\\"Principal\\":\\"*\\",\\"Action\\":\\"s3:*\\",\\"Resource\\":\\"*\\",\\"Condition\\":{\\"IpAddress\\":{\\"aws:SourceIp\\":[\\"203.0.113.0/24\\"]}}},';
  writeFileSync(file, readFileSync(file, 'utf8').replace('\\"Statement\\":[', `\\"Statement\\":[${statement}`));
  const { out: report } = await portal6(['check', file, '--config', config, '--format', 'json']);
  const { findings } = JSON.parse(report) as {
    findings: { construct: string; source: { file: string; line: number } }[];
  };

  expect((await portal6(['check', 'hue/state', '--config', config])).out).toMatch(/^Passed: 1 stack, /);
  expect(findings.map(({ construct, source: { line } }) => [construct, line])).toEqual([
    ['hue-state/buckets/hue-tfstate/policy', 13],
  ]);
});

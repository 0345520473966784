import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemaTexts } from '../../config/json-schema';
import { EXAMPLES } from '../helpers/agencies';
import { configFolder, portal6 } from '../helpers/cli';

const TEXTS = jsonSchemaTexts();

test('writes the schemas, and says so when there is nothing to do', async () => {
  const config = configFolder();
  const [agency, registry] = ['agency.schema.json', 'registry.schema.json'].map((name) => join(config, name));

  expect(await portal6(['schema', '--config', config])).toEqual({
    code: 0,
    out: `Wrote ${agency}\nWrote ${registry}\n`,
    err: '',
  });
  for (const [name, text] of Object.entries(TEXTS)) expect(readFileSync(join(config, name), 'utf8')).toBe(text);
  expect(await portal6(['schema', '--config', config])).toEqual({
    code: 0,
    out: `${agency} is up to date\n${registry} is up to date\n`,
    err: '',
  });
});

test.each([
  ['missing', undefined],
  ['stale', '{}\n'],
])('only says that a schema is %s when told to check', async (was, text) => {
  const config = configFolder({ ...TEXTS, 'agency.schema.json': text ?? '' });
  const file = join(config, 'agency.schema.json');
  if (text === undefined) rmSync(file);

  expect(await portal6(['schema', '--check', '--config', config])).toEqual({
    code: 1,
    out: `${file} is ${was}; run portal6 schema\n${join(config, 'registry.schema.json')} is up to date\n`,
    err: '',
  });
  if (text !== undefined) expect(readFileSync(file, 'utf8')).toBe(text);
});

test('checks the schema of the examples', async () => {
  expect((await portal6(['schema', '--check', '--config', EXAMPLES])).code).toBe(0);
});

test('fails when the schema cannot be written', async () => {
  const config = configFolder({ 'agency.schema.json/in-the-way': '' });

  const { code, out, err } = await portal6(['schema', '--config', config]);

  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(`${join(config, 'agency.schema.json')} cannot be written: `);
});

test('fails when there is no config folder', async () => {
  const config = join(configFolder(), 'none');

  expect(await portal6(['schema', '--config', config])).toEqual({
    code: 2,
    out: '',
    err: `no folder ${config}; run portal6 where your config folder is, or name it with --config DIR\n`,
  });
});

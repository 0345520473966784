import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { readDirectory } from '../../config/directory';
import { draftAgency } from '../../config/draft';
import { agencyJsonSchema, jsonSchemaTexts, registryJsonSchema } from '../../config/json-schema';

const config = join(__dirname, '../../config');
const agencies = join(config, 'agencies');
// ajv knows formats by another package; the schema's patterns say as much.
const accepts = new Ajv({ validateFormats: false }).compile(agencyJsonSchema());
const drafted = () => draftAgency(readDirectory()[0]!);

test.each(Object.entries(jsonSchemaTexts()))(
  'the committed %s is current; `portal6 schema` writes it anew',
  (name, text) => {
    expect(readFileSync(join(config, name), 'utf8')).toBe(text);
  },
);

test('accepts the example of a registry, and refuses what the registry refuses', () => {
  const text = readFileSync(join(config, 'reference', 'registry.yaml'), 'utf8');
  const acceptsRegistry = new Ajv({ validateFormats: false }).compile(registryJsonSchema());

  acceptsRegistry(parse(text));
  expect(acceptsRegistry.errors).toBeNull();
  for (const [right, wrong] of [
    ['tier: advanced', 'tier: expensive'],
    ['netmask: 56', 'netmask: 60'],
    ['byoip:', 'byopi:'],
    ["'999900001111'", '999900001111'],
  ]) {
    expect(text).toContain(right);
    expect(acceptsRegistry(parse(text.replace(right!, wrong!)))).toBe(false);
  }
});

test.each(readdirSync(agencies).filter((name) => name.endsWith('.yaml')))('accepts the example %s', (name) => {
  accepts(parse(readFileSync(join(agencies, name), 'utf8')));

  expect(accepts.errors).toBeNull();
});

test('accepts what init writes', () => {
  accepts(parse(drafted()));

  expect(accepts.errors).toBeNull();
});

test('accepts a file that leaves to defaults.yaml what every environment shares', () => {
  expect(accepts(parse(drafted().replace('region: ap-southeast-1\n', '\n')))).toBe(true);
});

test('accepts host names with capitals and Vietnamese letters, as validate does', () => {
  expect(accepts(parse(drafted().replaceAll('domain: hanoi.gov.vn', 'domain: Hànội.gov.vn')))).toBe(true);
});

test.each([
  ['an unknown key', 'zones: 2', 'zone: 2'],
  ['a value that is none of the choices', 'nat: per-zone', 'nat: per-region'],
  ['an account without quotes', '"111122223333"', '111122223333'],
  ['too many zones', 'zones: 2', 'zones: 9'],
  ['a hosting type of another version', 'type: container', 'type: static'],
])('refuses %s', (_, right, wrong) => {
  expect(drafted()).toContain(right);
  expect(accepts(parse(drafted().replace(right, wrong)))).toBe(false);
});

test('tells editors what each key of an agency means', () => {
  const { properties } = agencyJsonSchema().properties!.agency as {
    properties: Record<string, { description: string }>;
  };

  expect(Object.keys(properties)).toEqual(['id', 'name', 'kind', 'contact']);
  for (const { description } of Object.values(properties)) expect(description).toMatch(/\w\.$/);
});

test('is draft 07, which the YAML language server reads', () => {
  expect(agencyJsonSchema().$schema).toBe('http://json-schema.org/draft-07/schema#');
});

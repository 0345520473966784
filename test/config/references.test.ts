import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadReferences } from '../../config/references';
import { EXAMPLES } from '../helpers/agencies';
import { configFolder, edit, HUE } from '../helpers/config-folder';

const CATALOGUE = `references:
  - id: hue
    level: 3
    title: { en: Hue, vi: Huế }
    purpose: [{ en: For Hue., vi: Cho Huế. }]
    limits: [{ en: Not for others., vi: Không cho nơi khác. }]
`;

function load(files: Readonly<Record<string, string>>): () => unknown {
  const folder = configFolder({ 'reference/hue.yaml': HUE, 'reference.yaml': CATALOGUE, ...files });
  return () => {
    try {
      return loadReferences(folder);
    } catch (error) {
      throw new Error((error as Error).message.replaceAll(`${folder}/`, ''));
    }
  };
}

test('the references come in the order of the catalogue, each with its file as it is written', () => {
  const references = loadReferences(EXAMPLES);

  expect(references.length).toBeGreaterThan(6);
  for (const { id, agency, text } of references) {
    expect(agency.id).toBe(id);
    expect(text).toBe(readFileSync(join(EXAMPLES, 'reference', `${id}.yaml`), 'utf8'));
  }
});

test('a registry beside the references is none of them', () => {
  expect(load({ 'reference/registry.yaml': 'registry: {}\n' })).not.toThrow();
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  [
    'a file has no entry',
    {
      'reference/other.yaml': edit(
        HUE,
        ['id: hue', 'id: other'],
        ['10.46.0.0', '10.47.0.0'],
        ['domain: hue.gov.vn\n', 'domain: a.hue.gov.vn\n'],
        ['aliases: [www.hue.gov.vn]', 'aliases: []'],
      ),
    },
    'reference/other.yaml: has no entry `other` in reference.yaml',
  ],
  [
    'an entry has no file',
    { 'reference.yaml': edit(CATALOGUE, ['id: hue', 'id: lao-cai']) },
    'reference/hue.yaml: has no entry `hue` in reference.yaml',
  ],
  [
    'a text lacks a language',
    { 'reference.yaml': edit(CATALOGUE, ['{ en: Hue, vi: Huế }', '{ en: Hue }']) },
    'reference.yaml:4:5: references[0].title.vi: is missing; in Vietnamese',
  ],
  ['the catalogue is not there', { 'reference.yaml': '' }, 'reference.yaml: is empty'],
  [
    'a file is wrong',
    { 'reference/hue.yaml': edit(HUE, ['zones: 3', 'zones: 9']) },
    'reference/hue.yaml:15:7: environments.production.network.zones',
  ],
])('fails when %s', (_, files, message) => {
  expect(load(files)).toThrow(message);
});

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mayHaveWaivers } from '../../config/may-have-waivers';
import { EXAMPLES } from '../helpers/agencies';
import { configFolder, HUE } from '../helpers/config-folder';

const WAIVERS = 'waivers:\n  - rule: V6-LB-001\n';

test('the examples have none, so that their check is quick', () => {
  expect(mayHaveWaivers(EXAMPLES, ['hue', 'langson', 'bkhcn'])).toBe(false);
});

test.each<[string, Record<string, string>, boolean]>([
  ['there is no file', {}, false],
  ['the file is empty', { 'waivers.yaml': '' }, false],
  ['the file has comments alone', { 'waivers.yaml': '# waivers:\n#   - rule: V6-LB-001\n' }, false],
  ['the list is empty', { 'waivers.yaml': '# none\n\nwaivers: []\n' }, false],
  ['the fleet has one', { 'waivers.yaml': WAIVERS }, true],
  ['the file has something else', { 'waivers.yaml': 'waiver: []\n' }, true],
  ['the agency has one', { 'agencies/hue.yaml': HUE + WAIVERS }, true],
  ['the agency has one, in a .yml', { 'agencies/hue.yml': HUE + WAIVERS }, true],
  ['another agency has one', { 'agencies/danang.yaml': HUE + WAIVERS }, false],
])('where %s', (_, files, expected) => {
  expect(mayHaveWaivers(configFolder({ 'agencies/hue.yaml': HUE, ...files }), ['hue'])).toBe(expected);
});

test('what cannot be read may have one', () => {
  const folder = configFolder({});
  mkdirSync(join(folder, 'waivers.yaml'));

  expect(mayHaveWaivers(folder, [])).toBe(true);
});

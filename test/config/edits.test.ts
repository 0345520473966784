import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agencyEdits, registryEdits } from '../../config/edits';
import { configFolder, edit, HUE } from '../helpers/config-folder';

const PORTAL = ['environments', 'production', 'portals', 'portal'];

/** Edits between two texts of Hue's file, as path, before, after and line. */
function between(before: string, after: string) {
  const [old, now] = [before, after].map((text) => configFolder({ 'agencies/hue.yaml': text }));
  return agencyEdits(old!, now!, 'hue').map(({ path, source, ...values }) => [path.join('.'), values, source.line]);
}

test('are none between texts that say the same in other words', () => {
  const other = edit(
    HUE,
    [
      '    region: ap-southeast-1\n    dataLocation: abroad\n',
      '    dataLocation: "abroad"\n    region: ap-southeast-1\n',
    ],
    ['      zones: 3\n', '      zones: 0x3 # three\n'],
    ['approval: {', 'approval: &a {'],
  );

  expect(between(HUE, other)).toEqual([]);
});

test('name the deepest key that is another, with its line now', () => {
  const now = edit(HUE, ['zones: 3', 'zones: 2'], ['aliases: [www.hue.gov.vn]', 'aliases: [m.hue.gov.vn]']);

  expect(between(HUE, now)).toEqual([
    ['environments.production.network.zones', { before: 3, after: 2 }, 15],
    ['environments.production.portals.portal.aliases', { before: ['www.hue.gov.vn'], after: ['m.hue.gov.vn'] }, 19],
  ]);
});

test('of a key that goes stand at the deepest of its parents that is left', () => {
  const now = edit(HUE, ['        aliases: [www.hue.gov.vn]\n', '']);

  expect(between(HUE, now)).toEqual([[[...PORTAL, 'aliases'].join('.'), { before: ['www.hue.gov.vn'] }, 17]]);
});

test('take one hosting in the place of another for one edit', () => {
  const now = edit(HUE, [/hosting:[^]*$/.exec(HUE)![0], 'hosting:\n          type: static\n']);

  expect(between(HUE, now)).toMatchObject([[[...PORTAL, 'hosting'].join('.'), { after: { type: 'static' } }, 21]]);
});

test.each(['yaml', 'yml'])('of a file that comes or goes is that file, with the ending .%s', (ending) => {
  const [without, withIt] = [configFolder({}), configFolder({ [`agencies/hue.${ending}`]: HUE })];

  expect(agencyEdits(without, withIt, 'hue')).toMatchObject([
    { path: [], after: { agency: { id: 'hue' } }, source: { file: join(withIt, `agencies/hue.${ending}`) } },
  ]);
  expect(agencyEdits(withIt, without, 'hue')).toMatchObject([
    { path: [], before: { agency: { id: 'hue' } }, source: { file: join(without, `agencies/hue.${ending}`) } },
  ]);
});

test('of defaults.yaml stand in that file, under each environment', () => {
  const [old, now] = ['region: ap-southeast-1\n', 'region: ap-southeast-1\nprotected: false\n'].map((defaults) =>
    configFolder({ 'agencies/hue.yaml': HUE, 'defaults.yaml': defaults }),
  );

  expect(agencyEdits(old!, now!, 'hue')).toEqual([
    {
      path: ['environments', 'production', 'protected'],
      after: false,
      source: { file: join(now!, 'defaults.yaml'), line: 2, column: 1 },
    },
  ]);
});

test('of user data stand in the file that is named, not in the one that names it', () => {
  const named = edit(HUE, ['type: container', 'type: instances\n          userData: user-data/hue.sh']);
  const [old, now] = ['#!/bin/sh\n', '#!/bin/sh\necho\n'].map((text) =>
    configFolder({ 'agencies/hue.yaml': named, 'agencies/user-data/hue.sh': text }),
  );

  expect(agencyEdits(old!, now!, 'hue')).toEqual([
    {
      path: [...PORTAL, 'hosting', 'userData'],
      before: 'user-data/hue.sh, SHA-256 a8076d3d28d2',
      after: expect.stringMatching(/^user-data\/hue\.sh, SHA-256 [0-9a-f]{12}$/) as string,
      source: { file: join(now!, 'agencies/user-data/hue.sh') },
    },
  ]);
  writeFileSync(join(now!, 'agencies/user-data/hue.sh'), '#!/bin/sh\n');
  expect(agencyEdits(old!, now!, 'hue')).toEqual([]);
});

test('of the registry are those of its file', () => {
  const [old, now] = ['pools: {}\n', 'pools: { hue: {} }\n'].map((text) => configFolder({ 'registry.yaml': text }));

  expect(registryEdits(old!, now!, 'registry.yaml')).toMatchObject([{ path: ['pools', 'hue'], after: {} }]);
});

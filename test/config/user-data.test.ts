import { loadAgency } from '../../config/load';
import { configFolder, edit, HUE, printed } from '../helpers/config-folder';

const MACHINES = edit(
  HUE,
  ['type: container', 'type: instances'],
  [
    '          image: 111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/portal:1.4.2\n',
    '          ami: ami-0123456789abcdef0\n          userData: user-data/portal.sh\n',
  ],
);

const PLACE = 'environments.production.portals.portal.hosting.userData: ';

function load(files: Readonly<Record<string, string | Uint8Array>>, text = MACHINES) {
  const folder = configFolder({ 'agencies/hue.yaml': text, ...files });
  const { agencies, problems } = loadAgency(folder, 'hue');
  const lines = printed(folder, problems).map((line) => line.replaceAll(`${folder}/`, ''));
  return { files: agencies[0]?.files, lines };
}

test('user data is read from below the folder of the agency file', () => {
  const { files, lines } = load({ 'agencies/user-data/portal.sh': '#!/bin/sh\n' });

  expect(lines).toEqual([]);
  expect([...files!]).toEqual([['user-data/portal.sh', '#!/bin/sh\n']]);
});

test.each<[string, Record<string, string | Uint8Array>, string]>([
  ['is not there', {}, `${PLACE}agencies/user-data/portal.sh is not there; write it, or take \`userData\` out`],
  [
    'is a folder',
    { 'agencies/user-data/portal.sh/x': '' },
    `${PLACE}agencies/user-data/portal.sh is no file; name one`,
  ],
  [
    'is larger than EC2 takes',
    { 'agencies/user-data/portal.sh': `#!${'x'.repeat(16 * 1024)}` },
    `${PLACE}agencies/user-data/portal.sh has 16386 bytes; EC2 takes at most 16384`,
  ],
  [
    'is no text',
    { 'agencies/user-data/portal.sh': Uint8Array.from([0xff, 0xfe, 0xff]) },
    `${PLACE}agencies/user-data/portal.sh cannot be read as text: The encoded data was not valid for encoding utf-8`,
  ],
])('fails when the file %s', (_, written, message) => {
  const { files, lines } = load(written);

  expect(lines).toEqual([`agencies/hue.yaml:24:11: ${message}`]);
  expect(files).toBeUndefined();
});

test('a file that cloud-init would leave alone is told', () => {
  expect(load({ 'agencies/user-data/portal.sh': 'echo hello\n' }).lines).toEqual([
    `agencies/hue.yaml:24:11: ${PLACE}warning: user-data/portal.sh begins neither with #! nor with #cloud-config, so cloud-init does nothing with it`,
  ]);
});

test.each(['/etc/passwd', '../hue.yaml', 'a//b', 'a/../../b'])('fails when the path leads elsewhere: %s', (path) => {
  const { lines } = load({}, edit(MACHINES, ['user-data/portal.sh', path]));

  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(PLACE);
});

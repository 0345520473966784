import { loadAgency } from '../../config/load';
import { configFolder, edit, HUE, printed } from '../helpers/config-folder';

const CONTAINER =
  '          type: container\n          image: 111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/portal:1.4.2\n';

/** What is said of a portal with some keys more, without the place in front. */
function said(keys: string, ...replacements: [from: string, to: string][]): string[] {
  const text = edit(HUE, ['        hosting:', `        ${keys}\n        hosting:`], ...replacements);
  const folder = configFolder({ 'agencies/hue.yaml': text });
  return printed(folder, loadAgency(folder, 'hue').problems).map((line) =>
    line.replace(/^.*environments\.production\.portals\.portal\./, ''),
  );
}

const BEHIND_CLOUDFRONT: [from: string, to: string] = [CONTAINER, '          type: static\n'];

test.each([
  'alarms: {}',
  'alarms: { errors: 2.5 }',
  'alarms: { latency: 1.5, errors: 10 }',
  'alarms: { email: truc-ban@hue.gov.vn }',
])('%s is right', (keys) => {
  expect(said(keys)).toEqual([]);
});

test.each([
  ['alarms: { errors: 0 }', 'alarms.errors: write at least 0.1, got 0'],
  ['alarms: { errors: 100 }', 'alarms.errors: write at most 99, got 100'],
  ['alarms: { latency: 61 }', 'alarms.latency: write at most 60, got 61'],
  ['alarms: { email: hue }', 'alarms.email: write an e-mail address'],
])('fails for %s', (keys, message) => {
  expect(said(keys)).toEqual([message]);
});

test('fails for an alarm that nothing could raise', () => {
  expect(said('alarms: { latency: 2, errors: 3 }', BEHIND_CLOUDFRONT)).toEqual([
    'alarms.latency: does not go with CloudFront, which does not count it; take it out',
  ]);
  expect(said('alarms: { errors: 3, latency: 2 }\n        edge: network')).toEqual([
    'alarms.errors: does not go with `edge: network`, which knows nothing of requests; take it out',
    'alarms.latency: does not go with `edge: network`, which knows nothing of requests; take it out',
  ]);
});

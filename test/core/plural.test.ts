import { plural } from '../../core/plural';

test.each([
  [0, 'agency', '0 agencies'],
  [1, 'agency', '1 agency'],
  [2, 'error', '2 errors'],
  [2, 'day', '2 days'],
])('counts %i %s as %s', (count, noun, expected) => {
  expect(plural(count, noun)).toBe(expected);
});

import fc from 'fast-check';
import { portalName, shortName, stackId, stagedName, stateStackId } from '../../core/names';

/** What names of stacks and portals are made of. */
const name = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,10}){0,8}$/);

test('a name that fits stays as it is', () => {
  expect(shortName('hue-production-portal', 32)).toBe('hue-production-portal');
  expect(shortName('a'.repeat(32), 32)).toBe('a'.repeat(32));
});

test('a name that is too long ends in 6 digits of its hash', () => {
  expect(shortName('thanh-pho-ho-chi-minh-production-portal', 32)).toMatch(/^thanh-pho-ho-chi-minh-pro-[0-9a-f]{6}$/);
});

test('the cut leaves no two hyphens in a row', () => {
  expect(shortName(`${'a'.repeat(24)}-${'b'.repeat(20)}`, 32)).toMatch(/^a{24}-[0-9a-f]{6}$/);
});

test('long names that begin alike stay apart', () => {
  const beginning = 'a'.repeat(40);

  expect(shortName(`${beginning}1`, 32)).not.toBe(shortName(`${beginning}2`, 32));
});

test('a short name is never too long, begins like the text, and ends as AWS allows', () => {
  fc.assert(
    fc.property(name, fc.integer({ min: 16, max: 64 }), (text, max) => {
      const short = shortName(text, max);

      expect(short.length).toBeLessThanOrEqual(max);
      expect(short).toMatch(/^[a-z0-9-]*[a-z0-9]$/);
      expect(text.slice(0, 6)).toBe(short.slice(0, 6).padEnd(text.slice(0, 6).length));
      expect(shortName(text, max)).toBe(short);
    }),
  );
});

test('a stack is called by its agency and its environment', () => {
  expect(stackId('hue', 'production')).toBe('hue-production');
});

test('the staged name stands below the domain', () => {
  expect(stagedName('hue.gov.vn')).toBe('v6.hue.gov.vn');
});

test('no two portals of an account share a name, however their ids are cut', () => {
  expect(portalName('hue-a', 'b-c')).toBe('hue-a--b-c');
  expect(portalName('hue-a-b', 'c')).toBe('hue-a-b--c');
});

test('the stack for states of an agency is called after it, and where there are more after an environment', () => {
  expect(stateStackId('hue')).toBe('hue-state');
  expect(stateStackId('hue', 'staging')).toBe('hue-state-staging');
});

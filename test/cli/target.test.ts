import { isRegistry, parseTarget, stateHolder } from '../../cli/target';

test.each([
  ['hue', { agency: 'hue' }],
  ['so-khcn/production', { agency: 'so-khcn', environment: 'production' }],
  ['hue/production/portal', { agency: 'hue', environment: 'production', portal: 'portal' }],
])('reads %s', (text, target) => {
  expect(parseTarget(text)).toEqual(target);
});

test.each([
  '',
  '/',
  'hue/',
  '/hue',
  'hue//portal',
  'Hue',
  'hue/production/portal/x',
  '../hue',
  'huế',
  'hue production',
])('fails for %j', (text) => {
  expect(() => parseTarget(text)).toThrow(
    `write agency or agency/environment or agency/environment/portal, got: ${text}`,
  );
});

test('fails when the target goes deeper than the command does', () => {
  expect(() => parseTarget('hue/production', 1)).toThrow('write agency, got: hue/production');
  expect(() => parseTarget('hue/production/portal', 2)).toThrow(
    'write agency or agency/environment, got: hue/production/portal',
  );
});

test('fails with a suggestion when a shell has completed the name of the file', () => {
  expect(() => parseTarget('config/agencies/hue.yaml')).toThrow('got: config/agencies/hue.yaml; did you mean `hue`?');
});

test.each([
  ['state', 'all'],
  ['hue/state', 'hue'],
  ['address-registry/state', 'address-registry'],
  ['hue', undefined],
  ['hue/production', undefined],
  ['hue/state/portal', undefined],
])('whose buckets %s means: %s', (text, holder) => {
  expect(stateHolder(text)).toBe(holder);
});

test('fails when nobody can be called as whose buckets are meant', () => {
  expect(() => stateHolder('Huế/state')).toThrow('write agency or agency/environment, got: Huế/state');
});

test('tells the registry from agencies', () => {
  expect(['address-registry', 'hue', 'address-registry/state'].map(isRegistry)).toEqual([true, false, false]);
});

import { changedSettings, withoutComments } from '../../review/settings';

test('resources, moves and comments are told elsewhere, or not at all', () => {
  const before = {
    '//': { version: 1 },
    resource: { a: 1 },
    moved: [{ from: 'a', to: 'b' }],
    output: { x: { '//': 1, value: 'a' } },
  };
  const after = { '//': { version: 2 }, resource: { a: 2 }, output: { x: { '//': 2, value: 'b' } } };

  expect(changedSettings(before, after)).toEqual([{ path: 'output.x.value', before: 'a', after: 'b' }]);
});

test('a secret of a provider is left out', () => {
  expect(
    JSON.stringify(
      changedSettings(
        { provider: { aws: [{ secret_key: 'hunter2' }] } },
        { provider: { aws: [{ secret_key: 'correct' }] } },
      ),
    ),
  ).not.toMatch(/hunter2|correct/);
});

test('comments are taken out at every depth', () => {
  expect(withoutComments({ a: [{ '//': 1, b: 2 }], '//': 3 })).toEqual({ a: [{ b: 2 }] });
});

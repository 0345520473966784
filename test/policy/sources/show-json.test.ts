import { isMarked, resourcesOf, withoutSecrets } from '../../../policy/sources/show-json';
import { Unknown } from '../../../policy/value';

test('resources are found in modules of modules, with the address of each', () => {
  const resource = (address: string, name: string) => ({ address, type: 'aws_eip', name, mode: 'managed' });
  const root = {
    resources: [resource('aws_eip.a["k"]', 'a'), { ...resource('data.aws_eip.d[0]', 'd'), mode: 'data' }],
    child_modules: [
      {
        address: 'module.net["x.y"]',
        resources: [resource('module.net["x.y"].aws_eip.b', 'b')],
        child_modules: [
          {
            address: 'module.net["x.y"].module.nat',
            resources: [resource('module.net["x.y"].module.nat.aws_eip.c', 'c')],
          },
        ],
      },
    ],
  };

  expect(resourcesOf(root).map(({ name, module, key }) => [name, module, key])).toEqual([
    ['aws_eip.a', '', '["k"]'],
    ['data.aws_eip.d', '', '[0]'],
    ['aws_eip.b', 'module.net["x.y"]', undefined],
    ['aws_eip.c', 'module.net["x.y"].module.nat', undefined],
  ]);
});

test.each([
  ['nothing', undefined],
  ['no address', { resources: [{ type: 'aws_eip', name: 'a', mode: 'managed' }] }],
  ['an ephemeral resource', { resources: [{ address: 'a.b', type: 'a', name: 'b', mode: 'ephemeral' }] }],
  ['no lists', { resources: 'x', child_modules: { resources: [] } }],
])('%s is no resource', (_, module) => {
  expect(resourcesOf(module)).toEqual([]);
});

describe('what is marked as sensitive', () => {
  test('cannot be read, however deep it is', () => {
    const attributes = { name: 'x', key: 's3cret', auth: [{ user: 'u', password: 's3cret' }], list: ['s3cret', 'y'] };
    const marks = { key: true, auth: [{ password: true }], list: [true, false] };
    const safe = withoutSecrets(attributes, marks, '');

    expect(JSON.stringify(safe)).toBe(
      '{"name":"x","key":"(sensitive)","auth":[{"user":"u","password":"(sensitive)"}],"list":["(sensitive)","y"]}',
    );
    expect(safe.key).toBeInstanceOf(Unknown);
    expect((safe.key as Unknown).references).toEqual({ addresses: [], opaque: true });
  });

  test('may be all of it', () => {
    expect(JSON.stringify(withoutSecrets({ a: 1, b: { c: 's3cret' } }, true, ''))).toBe(
      '{"a":"(sensitive)","b":"(sensitive)"}',
    );
  });

  test('stays unset where it is', () => {
    const unset = { a: null, b: '', c: [] };

    expect(withoutSecrets(unset, { a: true, b: true, c: true, d: true }, '')).toEqual(unset);
  });
});

test.each([
  [true, true],
  [{ a: [{ b: true }] }, true],
  [{ a: [{ b: false }] }, false],
  [false, false],
  [undefined, false],
  [null, false],
  ['true', false],
])('of %j it is %s that something is marked', (marks, expected) => {
  expect(isMarked(marks)).toBe(expected);
});

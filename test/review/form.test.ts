import * as fc from 'fast-check';
import { Unknown } from '../../policy/value';
import { formOf, formText } from '../../review/form';

const unknown = (text: string): Unknown => new Unknown(text, '', () => ({ addresses: [], opaque: false }));

test.each([
  [1, '1'],
  [true, 'true'],
  [null, undefined],
  [[], undefined],
])('%j means the same as %j', (one, other) => {
  expect(formText(formOf(one))).toBe(formText(formOf(other)));
});

test.each([
  [1, 2],
  [
    [1, 2],
    [2, 1],
  ],
  [{}, undefined],
  ['', undefined],
  [{ a: 1 }, { a: 1, b: 1 }],
])('%j does not mean the same as %j', (one, other) => {
  expect(formText(formOf(one))).not.toBe(formText(formOf(other)));
});

test('the order of keys means nothing, and keys without a value are none', () => {
  expect(formText(formOf({ a: 1, b: null, c: 2 }))).toBe(formText(formOf({ c: '2', a: '1' })));
});

test('a document in a text is what is in it, however it is spaced, and with the expressions in it', () => {
  expect(formOf('[{"name": "portal",\n "port": 80}]')).toEqual([{ name: 'portal', port: '80' }]);
  expect(formOf(unknown('{"group": "${aws_cloudwatch_log_group.logs.name}"}'))).toEqual({
    group: '${aws_cloudwatch_log_group.logs.name}',
  });
});

test('in a document null and an empty list say something', () => {
  expect(formText(formOf('{"a": null, "b": []}'))).not.toBe(formText(formOf('{}')));
});

test.each(['{not a document', '[1, 2', '{{ mustache }}'])(
  'a text that only begins as a document is a text: %s',
  (text) => {
    expect(formOf(text)).toBe(text);
  },
);

test('a text that looks like an expression is none', () => {
  expect(formText(formOf('${aws_vpc.main.id}'))).not.toBe(formText(formOf(unknown('${aws_vpc.main.id}'))));
});

test('expressions are given in the words of the other side', () => {
  expect(formOf([unknown('${aws_vpc.old.id}')], (text) => text.replace('old', 'new'))).toEqual(['${aws_vpc.new.id}']);
});

test('the same JSON has the same text, and other JSON has another', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      expect(formText(formOf(value))).toBe(formText(formOf(structuredClone(value))));
      expect(formText(formOf({ value, more: 1 }))).not.toBe(formText(formOf({ value })));
    }),
  );
});

import fc from 'fast-check';
import {
  type Bindings,
  countOf,
  isNamedIn,
  repetitionsOf,
  setIn,
  substitute,
} from '../../../policy/sources/repetition';

const BOUND: Bindings = {
  each: {
    key: 'a',
    value: { name: 'portal', port: 443, on: true, 'x.y': [5, { z: 'deep' }], ref: '${aws_vpc.v.id}', price: '5 ${' },
  },
  count: { index: 2 },
  rule: { key: 0, value: 'text' },
};

test.each<[unknown, number | undefined]>([
  [0, 0],
  [3, 3],
  ['3', 3],
  ['', undefined],
  [-1, undefined],
  [1.5, undefined],
  [257, undefined],
  [true, undefined],
  [[3], undefined],
  ['${var.x}', undefined],
])('a count of %j is %s', (count, expected) => {
  expect(countOf(count)).toBe(expected);
});

test.each<[unknown, unknown]>([
  [
    { a: 1, b: 2 },
    { a: 1, b: 2 },
  ],
  [['x', 'y'], { 0: 'x', 1: 'y' }],
  [{}, {}],
  [{ '$${a}': 1 }, { '$${a}': 1 }],
  [{ '${var.a}': 1 }, undefined],
  ['${var.a}', undefined],
  [null, undefined],
  [Array.from({ length: 257 }, () => 'x'), undefined],
])('%j is gone through as %j', (collection, expected) => {
  const times = repetitionsOf(collection);

  expect(times && Object.fromEntries(times.map(({ key, value }) => [key, value]))).toEqual(expected);
});

test.each<[string, unknown]>([
  ['${toset(["a", "b"])}', { a: 'a', b: 'b' }],
  ['${ toset( [ "a", "a", ] ) }', { a: 'a' }],
  ['${toset([])}', {}],
  ['${toset(["${var.a}"])}', undefined],
  ['${toset([1])}', undefined],
  ['${toset(var.a)}', undefined],
  ['${toset([each.key])}', undefined],
  ['["a"]', undefined],
])('the set %s is %j', (text, expected) => {
  expect(setIn(text)).toEqual(expected);
});

test.each<[unknown, unknown]>([
  ['${each.key}', 'a'],
  ['${ each.value.port }', 443],
  ['${each.value["port"]}', 443],
  ['${each.value["x.y"][0]}', 5],
  ['${each.value["x.y"][1].z}', 'deep'],
  ['${each.value.ref}', '${aws_vpc.v.id}'],
  ['${count.index}', 2],
  ['${rule.value}', 'text'],
  ['x-${each.key}-${each.value.port}', 'x-a-443'],
  ['each.key of ${each.key}', 'each.key of a'],
  ['${cidrsubnet(aws_vpc.v.block, 8, count.index)}', '${cidrsubnet(aws_vpc.v.block, 8, 2)}'],
  ['${aws_subnet.x[each.key].id}', '${aws_subnet.x["a"].id}'],
  ['${format("each.key %s", each.key)}', '${format("each.key %s", "a")}'],
  ['${{ name = each.value.name }}', '${{ name = "portal" }}'],
  ['${f("x")} and ${each.key}', '${f("x")} and a'],
  ['n${count.index + 1}', 'n${2 + 1}'],
  [{ deep: ['${each.key}', 7, null] }, { deep: ['a', 7, null] }],
])('%j becomes %j', (value, expected) => {
  expect(substitute(value, BOUND)).toEqual(expected);
});

test.each([
  '${each.value.missing}',
  '${each.value.port.more}',
  '${lookup(each.value, "name", null)}',
  '${upper(each.value.ref)}',
  'v-${each.value.ref}',
  '${upper(each.value.price)}',
  '${other.key}',
  '${aws_x.each.key}',
  '$${each.key}',
  'each.key',
])('%s stays as it is', (text) => {
  expect(substitute(text, BOUND)).toBe(text);
});

test('a text with braces stays a text', () => {
  expect(substitute('${each.key}', { each: { key: '${x} %{y}' } })).toBe('${x} %{y}');
  expect(substitute('<${each.key}>', { each: { key: 'a$b' } })).toBe('<a$b>');
});

test('whether something bound is still named', () => {
  expect(isNamedIn([{ x: '${f(each.value, 1)}' }], 'each')).toBe(true);
  expect(isNamedIn([{ x: '${f(aws_each.value, 1)}', y: 5 }], 'each')).toBe(false);
});

test('any text can be gone through', () => {
  const text = fc
    .array(fc.constantFrom('${', '}', '"', '\\', '$', '{', 'each.key', 'each.value', '.name', '["', '"]', '[0]', ' '))
    .map((parts) => parts.join(''));
  fc.assert(fc.property(text, (value) => void substitute(value, BOUND)));
});

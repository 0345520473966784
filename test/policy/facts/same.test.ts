import { expressionOf, isSame } from '../../../policy/facts/same';
import { readStackJson } from '../../../policy/sources/stack-json';
import { Unknown } from '../../../policy/value';

/** A value as a stack has it: texts with expressions are not known. */
function read(value: unknown): unknown {
  return readStackJson({ resource: { aws_x: { x: { value } } } })
    .at('aws_x.x')!
    .value('value');
}

test.each<[unknown, unknown, boolean | undefined]>([
  [10, '10', true],
  [true, 'true', true],
  [null, undefined, true],
  [[], '', true],
  ['a', ['a'], true],
  [[{ weight: 10 }], { weight: '10', other: null }, true],
  [[['a']], [['a']], true],
  ['a', 'b', false],
  ['a', undefined, false],
  [['a', 'b'], ['a'], false],
  [{ weight: 10 }, { weight: 20 }, false],
  [{ weight: 10 }, 10, false],
  ['${var.x}', '${var.x}', true],
  ['${var.x}', '${var.y}', undefined],
  ['${var.x}', 'a', undefined],
  ['${var.x}', undefined, undefined],
  ['${each.value}', '${each.value}', undefined],
  [{ weight: '${var.x}' }, { weight: 10 }, undefined],
  [{ weight: '${var.x}', type: 'a' }, { weight: 10, type: 'b' }, false],
])('%j and %j', (one, other, expected) => {
  expect([isSame(read(one), read(other)), isSame(read(other), read(one))]).toEqual([expected, expected]);
});

test('what is written in two modules is not one expression, and what is not seen is none', () => {
  const written = (text: string | undefined, module: string) =>
    new Unknown(text, module, () => ({ addresses: [], opaque: true }));

  expect(isSame(written('${var.x}', 'module.a'), written('${var.x}', 'module.b'))).toBeUndefined();
  expect(isSame(written(undefined, ''), written(undefined, ''))).toBeUndefined();
  expect(isSame(written('(sensitive)', ''), written('(sensitive)', ''))).toBeUndefined();
  expect(expressionOf('a')).toBeUndefined();
});

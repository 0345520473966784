import { Block, every, isRecord, some, Unknown } from '../../policy/value';

const later = new Unknown('${var.x}', '', () => ({ addresses: [], opaque: true }));

describe('a block', () => {
  test.each([
    ['null', null],
    ['empty text, which plans write', ''],
    ['an empty list', []],
    ['nothing', undefined],
  ])('has no attribute that is %s', (_, value) => {
    expect(new Block({ one: value }).has('one')).toBe(false);
  });

  test.each([
    ['false', false],
    ['zero', 0],
    ['what only apply will know', later],
    ['a nested block', {}],
  ])('has an attribute that is %s', (_, value) => {
    expect(new Block({ one: value }).has('one')).toBe(true);
  });

  test('has nothing that every object has', () => {
    expect(new Block({}).has('constructor')).toBe(false);
  });

  test('reads booleans and numbers that are texts, as Terraform does', () => {
    const block = new Block({ primary_ipv6: 'true', port: '443', off: 'false', word: 'many' });

    expect(block.boolean('primary_ipv6')).toBe(true);
    expect(block.boolean('off')).toBe(false);
    expect(block.number('port')).toBe(443);
    expect(block.number('word')).toBeUndefined();
    expect(block.is('primary_ipv6', true)).toBe(true);
    expect(block.is('port', 443)).toBe(true);
  });

  test('says neither yes nor no of what is not known', () => {
    const block = new Block({ type: later });

    expect(block.is('type', 'dualstack')).toBeUndefined();
    expect(block.known('type')).toBeUndefined();
    expect(block.boolean('type')).toBe(later);
    expect(block.number('type')).toBe(later);
  });

  test('takes the default of an attribute that is not set', () => {
    expect(new Block({ internal: null }).is('internal', false, false)).toBe(true);
    expect(new Block({}).is('internal', false)).toBe(false);
  });

  test('takes one nested block as a list of one, and leaves out what is no block', () => {
    expect(new Block({ alias: { name: 'x' } }).block('alias').known('name')).toBe('x');
    expect(new Block({ route: [{ a: 1 }, later, 'text', null] }).blocks('route')).toHaveLength(1);
    expect(new Block({ route: [{ a: 1 }, later] }).hides('route')).toBe(true);
    expect(new Block({}).block('alias').known('name')).toBeUndefined();
  });
});

test('an unknown value looks like what was written, and asks once what it is made from', () => {
  let asked = 0;
  const value = new Unknown(undefined, '', () => {
    asked += 1;
    return { addresses: ['aws_vpc.main'], opaque: false };
  });

  expect(value.references).toBe(value.references);
  expect(asked).toBe(1);
  expect(JSON.stringify([later, value])).toBe('["${var.x}","(known after apply)"]');
  expect(isRecord(later)).toBe(false);
});

test.each([
  [[true, true], true, true],
  [[true, false], false, true],
  [[true, undefined], undefined, true],
  [[false, undefined], false, undefined],
  [[], true, false],
] as const)('of %j all are %j and some are %j', (truths, all, any) => {
  expect(every(truths)).toBe(all);
  expect(some(truths)).toBe(any);
});

import {
  attributeLines,
  configText,
  countsOf,
  countsText,
  enumerated,
  movedBlocks,
  nameOf,
  valueText,
} from '../../review/words';

test('counts are in the order of their weight', () => {
  const changes = [{ action: 'create' }, { action: 'replace' }, { action: 'create' }, { action: 'delete' }] as const;

  expect(countsText(countsOf(changes))).toBe('1 to destroy, 1 to replace, 2 to add');
  expect(countsText({})).toBe('');
});

test('a resource is called by its construct below the stack, or by its address', () => {
  expect(nameOf({ address: 'aws_lb.a', construct: 'hue-production/portals/portal/edge/Resource' })).toBe(
    'portals/portal/edge',
  );
  expect(nameOf({ address: 'module.network.aws_lb.a' })).toBe('module.network.aws_lb.a');
});

test.each([
  ['10.46.0.0/20', '"10.46.0.0/20"'],
  ['${aws_vpc.v.id}', '${aws_vpc.v.id}'],
  ['(known after apply)', '(known after apply)'],
  [{ a: ['1'] }, '{"a":["1"]}'],
])('the value %j is shown as %s', (value, text) => {
  expect(valueText(value)).toBe(text);
});

test('a long value is cut, and says how much of it is missing', () => {
  expect(valueText('x'.repeat(1000))).toMatch(/^"x{159}… \(842 characters more\)$/);
});

test.each([
  [undefined, 'not set'],
  ['staged', '"staged"'],
  [{ type: 'gateway', origin: {} }, 'gateway'],
  [{ portal: {}, motcua: {} }, '{ portal, motcua }'],
])('a value of a configuration, %j, is told as %s', (value, text) => {
  expect(configText(value)).toBe(text);
});

test('what forces a replacement is said where it stands', () => {
  expect(attributeLines({ path: 'cidr_block', before: 'a', after: 'b', replaces: true })).toEqual([
    '- cidr_block = "a"',
    '+ cidr_block = "b"  # forces replacement',
  ]);
  expect(attributeLines({ path: 'name', before: 'a', replaces: true })).toEqual(['- name = "a"  # forces replacement']);
});

test('a secret that changes is told without its values', () => {
  expect(attributeLines({ path: 'password', before: '(sensitive)', after: '(sensitive)', sensitive: true })).toEqual([
    '! password = (sensitive, changed)',
  ]);
});

test('moved blocks are for what no block says yet', () => {
  const moved = { type: 'aws_eip', action: 'replace', attributes: [] } as const;

  expect(
    movedBlocks([
      { ...moved, address: 'aws_eip.b', from: 'aws_eip.a', unwritten: true },
      { ...moved, address: 'aws_eip.d', from: 'aws_eip.c' },
    ]),
  ).toBe('moved {\n  from = aws_eip.a\n  to   = aws_eip.b\n}\n');
});

test.each([
  [['80'], '80'],
  [['80', '443'], '80 and 443'],
  [['22', '80', '443'], '22, 80 and 443'],
])('%j reads %s', (texts, expected) => {
  expect(enumerated(texts)).toBe(expected);
});

import { changeText, linesOf } from '../../../review/render/change-lines';
import type { ResourceChange } from '../../../review/report';
import { HOSTILE } from '../../helpers/markdown';

const changed = (extra: Partial<ResourceChange> = {}): ResourceChange => ({
  address: 'aws_vpc.network',
  type: 'aws_vpc',
  action: 'update',
  attributes: [{ path: 'cidr_block', before: '10.0.0.0/20', after: '10.1.0.0/20' }],
  ...extra,
});

test('a change is a title and its attributes, before and after', () => {
  expect(changeText(changed())).toBe(
    ['@@ ~ aws_vpc.network @@', '- cidr_block = "10.0.0.0/20"', '+ cidr_block = "10.1.0.0/20"'].join('\n'),
  );
});

test('a construct is called by its path, and its type and address stand beside', () => {
  expect(changeText(changed({ construct: 'hue-production/network/Resource' }))).toMatch(
    /^@@ ~ network \(aws_vpc\) @@\n# aws_vpc\.network\n/,
  );
});

test('says why, where it was, and what is only predicted', () => {
  const attributes = [{ path: 'cidr_block', before: 'a', after: 'b', replaces: true as const }];

  expect(
    changeText(
      changed({
        action: 'replace',
        from: 'aws_vpc.old',
        unwritten: true,
        predicted: true,
        reasons: ['cidr_block'],
        attributes,
      }),
    ),
  ).toBe(
    [
      '@@ -/+ aws_vpc.network @@',
      '# was aws_vpc.old, and no moved block says so',
      '# predicted: cidr_block',
      '- cidr_block = "a"',
      '+ cidr_block = "b"  # forces replacement',
    ].join('\n'),
  );
});

test('of many reasons the first three are told, and how many more there are', () => {
  expect(changeText(changed({ reasons: ['a', 'b', 'c', 'd', 'e'] }))).toContain(
    '# a\n# b\n# c\n# and 2 reasons more\n',
  );
});

test('of what goes, the attributes are not told', () => {
  expect(changeText(changed({ action: 'delete' }))).toBe('@@ - aws_vpc.network @@');
});

test('of many attributes the first hundred lines are shown, and how many more there are', () => {
  const attributes = Array.from({ length: 150 }, (_, index) => ({ path: `tags.t${index}`, after: 'x' }));

  expect(linesOf(attributes)).toHaveLength(101);
  expect(linesOf(attributes).at(-1)).toBe('# and 50 lines more');
});

test.each(HOSTILE)('nothing makes a line of its own, or turns one: %j', (text) => {
  const change = changed({
    address: text,
    type: text,
    from: text,
    reasons: [text],
    construct: text,
    attributes: [
      { path: text, before: text, after: `\${${text}}` },
      { path: text, after: [text] },
    ],
  });
  const lines = changeText(change).split('\n');

  expect(lines.map((line) => line[0])).toEqual(['@', '#', '#', '#', '-', '+', '+']);
  expect(lines.join('')).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
  for (const line of lines) expect(line.length).toBeLessThan(520);
});

test('secret values are called so', () => {
  expect(linesOf([{ path: 'password', before: '(sensitive)', after: '(sensitive)', sensitive: true }])).toEqual([
    '! password = (sensitive, changed)',
  ]);
});

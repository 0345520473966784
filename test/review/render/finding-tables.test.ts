import { asides, findingTables, placeOf } from '../../../review/render/finding-tables';
import { tablesIn } from '../../helpers/markdown';
import { findingWith, reviewWith } from '../../helpers/reviews';

const titles = (parts: readonly string[]): string[] =>
  parts.filter((part) => part !== '').map((part) => /<summary>(.*)<\/summary>/.exec(part)?.[1] ?? part.split('\n')[0]!);

test('errors come before warnings, and what weighs nothing is not among them', () => {
  const [table, ...rest] = findingTables(
    [
      findingWith({ severity: 'warning' }),
      findingWith({ severity: 'notice' }),
      findingWith({ result: 'unknown' }),
      findingWith({ result: 'waived' }),
      findingWith({ status: 'unchanged' }),
      findingWith(),
    ],
    Infinity,
  );

  expect(tablesIn(table!)[0]!.rows.map(([severity]) => severity!.text)).toEqual(['error', 'warning']);
  expect(rest).toEqual(['', '']);
});

test('what is more than five is folded, what is fixed, too, and each says how many', () => {
  const findings = [...Array.from({ length: 8 }, () => findingWith()), findingWith({ status: 'fixed' })];

  expect(titles(findingTables(findings, Infinity))).toEqual(['New findings:', '3 more new findings', '1 fixed']);
  expect(findingTables(findings, 2)[1]).toContain('And 1 finding more, cut here.');
  expect(findingTables(findings, 0)[1]).toBe(
    '<details><summary>3 more new findings</summary>\n\nAnd 3 findings more, cut here.\n\n</details>',
  );
});

test('a row says what, where, why and what to do, and of a waiver its reason, owner and end', () => {
  const waiver = { reason: 'until the move', owner: 'ipv6@hue.gov.vn', expires: '2026-12-01' };
  const findings = [
    findingWith({ result: 'waived', waiver, source: { file: 'hue.yaml', line: 3 }, construct: 'hue/edge' }),
  ];
  const [, , , waived] = asides(reviewWith({ findings }), Infinity);

  expect(tablesIn(waived!)[0]!.rows[0]!.map(({ text }) => text)).toEqual([
    'waived',
    'V6-SG-001',
    'hue-production<br>`hue/edge`<br>`hue.yaml:3`',
    'port 443 is not open',
    'waived: until the move (ipv6@&#8203;hue.gov.vn, until 2026-12-01)',
  ]);
});

test('waivers that end, notices, and what is as it was stay in sight as numbers', () => {
  const expiring = [
    { rule: 'V6-SG-001', at: 'hue/**', owner: 'o', reason: 'r', expires: '2026-12-01', source: { file: 'w' } },
  ];
  const findings = [findingWith({ severity: 'notice' }), findingWith({ status: 'unchanged' })];

  expect(titles(asides(reviewWith({ findings, expiring }), Infinity))).toEqual([
    '1 waiver will expire within 30 days',
    '1 new notice',
    '1 finding as before',
  ]);
  expect(asides(reviewWith({ expiring }), 0)[0]).toContain('And 1 waiver more, cut here.');
});

test('a place is a file and its line', () => {
  expect(placeOf({ file: 'hue.yaml', line: 3, column: 7 })).toBe('hue.yaml:3');
  expect(placeOf({ file: 'hue.yaml' })).toBe('hue.yaml');
});

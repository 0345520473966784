import { wayTable } from '../../../review/render/way-table';
import type { FamilyChange, PathChange } from '../../../review/report';
import { tablesIn } from '../../helpers/markdown';

const OPEN: FamilyChange = { before: 'open', after: 'open' };

const way = (extra: Partial<PathChange> = {}): PathChange => ({
  names: ['hue.gov.vn'],
  levelBefore: 'L3',
  levelAfter: 'L3',
  hops: [{ hop: 'dns', ipv4: OPEN, ipv6: OPEN }],
  ...extra,
});

const cells = (ipv4: FamilyChange, ipv6: FamilyChange): string[] =>
  tablesIn(wayTable(way({ hops: [{ hop: 'firewall', ipv4, ipv6 }] })))[0]!.rows[0]!.map(({ text }) => text);

const head = (extra: Partial<PathChange>): string => tablesIn(wayTable(way(extra)))[0]!.header[0]!.text;

test.each([
  [{ levelAfter: 'L3' }, '`hue.gov.vn`: L3'],
  [{ levelAfter: 'L1?' }, '`hue.gov.vn`: L3 → **L1?**'],
  [{ levelBefore: undefined }, '`hue.gov.vn`: none → **L3**'],
  [{ names: ['a', 'b', 'c', 'd', 'e'] }, '`a`, `b`, `c` and 2 more: L3'],
  [{ levelAfter: '*x*' }, '`hue.gov.vn`: L3 → **\\*x\\***'],
])('the head has names and level: %j', (extra, expected) => {
  expect(head(extra)).toBe(expected);
});

test.each<[FamilyChange, FamilyChange, string]>([
  [OPEN, OPEN, 'same'],
  [OPEN, { before: 'open', after: 'closed' }, '**only IPv4**'],
  [{ before: 'open', after: 'closed' }, OPEN, '**only IPv6**'],
  [{ after: 'closed' }, { after: 'closed' }, '**neither**'],
  [OPEN, { before: 'open', after: 'unknown' }, 'unknown until apply'],
  [{ after: 'closed' }, { after: 'unknown' }, 'unknown until apply'],
  [{ before: 'open' }, { before: 'open' }, 'gone'],
])('says what the families have in common afterwards: %j and %j', (ipv4, ipv6, mark) => {
  expect(cells(ipv4, ipv6)[3]).toBe(mark);
});

test('a cell has the state, and what makes it as far as that changes', () => {
  const change = { before: 'open' as const, after: 'closed' as const, was: ['a', 'b'], is: ['b', 'c', 'd', 'e'] };

  expect(cells(OPEN, change).slice(0, 3)).toEqual([
    'Firewall',
    'open',
    'open → **closed**<br>`a` → `c`, `d` and 1 more',
  ]);
  expect(cells(OPEN, { after: 'open', is: ['a'] })[2]).toBe('none → **open**');
  expect(cells(OPEN, { ...OPEN, was: ['a'], is: [] })[2]).toBe('open<br>`a` → nothing');
});

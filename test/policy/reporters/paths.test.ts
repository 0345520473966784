import { foldPaths, isAllOpen, legendOf, pathRows } from '../../../policy/reporters/paths';
import { portal, report } from '../../helpers/report';

test.each([
  ['open', 'open', '4+6'],
  ['open', 'closed', '4 only'],
  ['closed', 'open', '6 only'],
  ['closed', 'closed', 'none'],
  ['open', 'unknown', '4+6?'],
  ['unknown', 'open', '4?+6'],
  ['unknown', 'unknown', '?'],
  ['closed', 'unknown', '6? only'],
] as const)('shows a hop that is %s over IPv4 and %s over IPv6 as %s', (ipv4, ipv6, expected) => {
  const [row] = pathRows(report([], [portal({ route: { ipv4, ipv6 } })]));

  expect(row!.cells[4]).toBe(expected);
  expect(isAllOpen(row!)).toBe(expected === '4+6');
});

test('says of each hop that is not open why', () => {
  const [row] = pathRows(
    report(
      [],
      [
        portal({
          route: { ipv6: 'closed', reasons: ['add a route for ::/0'] },
          firewall: { ipv4: 'unknown', ipv6: 'unknown' },
          target: { ipv4: 'unknown', ipv6: 'closed' },
        }),
      ],
    ),
  );

  expect(row!.notes).toEqual([
    'firewall unknown over both families',
    'route closed over IPv6: add a route for ::/0',
    'target closed over IPv6, unknown over IPv4',
  ]);
});

test('shows a level with a question mark where the input does not tell whether it is higher, and says what that means', () => {
  const legend = (...portals: Parameters<typeof report>[1] & object) => {
    const rows = pathRows(report([], portals));
    return [rows.map(({ level }) => level).join(), legendOf(rows)];
  };
  const hidden = { ipv4: 'unknown', ipv6: 'unknown' } as const;
  const cells = '4+6: open over IPv4 and IPv6. ?: this input does not tell.';
  const least = (level: string) => `${level}?: at least ${level}; whether it is more, this input does not tell.`;

  expect(legend(portal())).toEqual(['L3', '']);
  expect(legend(portal({ dns: hidden }, { level: 0 }))).toEqual(['L0', cells]);
  expect(legend(portal({ dns: hidden }, { level: 0, atLeast: true }))).toEqual(['L0?', `${cells} ${least('L0')}`]);
  expect(legend(portal(), portal({}, { edge: 'aws_lb.x', name: 'x', level: 2, atLeast: true }))).toEqual([
    'L3,L2?',
    least('L2'),
  ]);
});

test('puts the names of one edge together, and an edge without a name by its address', () => {
  const rows = pathRows(
    report(
      [],
      [
        portal({}, { name: 'www.hue.gov.vn' }),
        portal({}, { name: 'hue.gov.vn' }),
        portal({}, { name: undefined, edge: 'aws_lb.other' }),
        portal({}, { stack: 'langson-production' }),
      ],
    ),
  );

  expect(rows.map(({ stack, names }) => [stack, ...names])).toEqual([
    ['hue-production', '(aws_lb.other)'],
    ['hue-production', 'hue.gov.vn', 'www.hue.gov.vn'],
    ['langson-production', 'hue.gov.vn'],
  ]);
});

test('of many names of one edge, shows eight lines', () => {
  const named = (count: number) =>
    pathRows(
      report(
        [],
        Array.from({ length: count }, (_, index) => portal({}, { name: `n${index + 100}` })),
      ),
    ).map(({ names, moreNames }) => [names.length, names[0], moreNames]);

  expect(named(8)).toEqual([[8, 'n100', '']]);
  expect(named(9)).toEqual([[7, 'n100', 'and 2 more']]);
  expect(named(3000)).toEqual([[7, 'n100', 'and 2993 more']]);
});

test('of many paths, keeps those that are not open and counts the others', () => {
  const many = Array.from({ length: 6 }, (_, index) =>
    portal(index < 3 ? { dns: { ipv6: 'closed' } } : {}, { edge: `aws_lb.e${index}`, name: `n${index}` }),
  );
  const rows = pathRows(report([], many));

  expect(foldPaths(rows, 6)).toEqual({ rows, more: '' });
  expect(foldPaths(rows, 2).rows.map(({ names }) => names[0])).toEqual(['n0', 'n1']);
  expect(foldPaths(rows, 2).more).toBe(
    'and 1 more path not open all the way, and 3 paths open over both families at every hop',
  );
  expect(foldPaths(rows, 5).more).toBe('and 3 paths open over both families at every hop');
});

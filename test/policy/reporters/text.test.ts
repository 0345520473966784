import { type TextStyle, textReport } from '../../../policy/reporters/text';
import { context, finding, OF_EACH_KIND, portal, QUIET_RULE, report, RULE } from '../../helpers/report';

const style: TextStyle = {
  table: (head, rows) => [head, ...rows].map((cells) => `${cells.join(' | ').replaceAll('\n', ', ')}\n`).join(''),
  bold: (text) => text,
  dim: (text) => text,
  red: (text) => text,
  yellow: (text) => text,
  green: (text) => text,
};

test('a portal that is open everywhere is a table and a line', () => {
  expect(textReport(report(), context(), style)).toBe(
    [
      'STACK | NAME | LEVEL | DNS | EDGE | LISTENER | FIREWALL | ROUTE | TARGET | HEALTH',
      'hue-production | hue.gov.vn | L3 | 4+6 | 4+6 | 4+6 | 4+6 | 4+6 | 4+6 | 4+6',
      '',
      'Passed: 1 stack, 113 resources, 1 portal',
      '',
    ].join('\n'),
  );
});

test('of many names of one portal, the table has the first few and how many more there are', () => {
  const many = Array.from({ length: 500 }, (_, index) => portal({}, { name: `n${index + 100}.hue.gov.vn` }));

  expect(textReport(report([], many), context(), style).split('\n')[1]).toMatch(
    /^hue-production \| n100\.hue\.gov\.vn, .*n106\.hue\.gov\.vn, and 493 more \| L3 /,
  );
});

test('a level that may be higher has a question mark, and the line below says so', () => {
  expect(
    textReport(report([], [portal({}, { level: 2, atLeast: true })]), context(), style)
      .split('\n')
      .slice(1, 3),
  ).toEqual([
    'hue-production | hue.gov.vn | L2? | 4+6 | 4+6 | 4+6 | 4+6 | 4+6 | 4+6 | 4+6',
    'L2?: at least L2; whether it is more, this input does not tell.',
  ]);
});

test('a finding says rule, address, place, hop, why and fix', () => {
  const shut = portal({ route: { ipv6: 'closed', reasons: ['add a route for ::/0'] } });

  expect(textReport(report([finding()], [shut]), context(), style)).toBe(
    [
      'STACK | NAME | LEVEL | DNS | EDGE | LISTENER | FIREWALL | ROUTE | TARGET | HEALTH',
      'hue-production | hue.gov.vn | L3 | 4+6 | 4+6 | 4+6 | 4+6 | 4 only | 4+6 | 4+6',
      '4+6: open over IPv4 and IPv6. ?: this input does not tell.',
      '  hue.gov.vn: route closed over IPv6: add a route for ::/0',
      '',
      'hue-production',
      '',
      '  error  V6-RT-001  A table that leads IPv4 to the Internet leads IPv6 there, too',
      '    aws_route_table.public',
      '      0.0.0.0/0 leads to the internet gateway, but there is no route for ::/0',
      '      at config/agencies/hue.yaml:18:7',
      '      of hue-production/network/public/route-table',
      '    hop  route',
      '    why  Each family has its own default route; without `::/0` answers find no way out.',
      '    fix  Add a route with `destination_ipv6_cidr_block = "::/0"`.',
      '',
      'Not passed: 1 error (1 stack, 113 resources, 1 portal)',
      '',
    ].join('\n'),
  );
});

test('findings of one rule with one cure stand together, and the worst come first', () => {
  const text = textReport(
    report([
      finding({ severity: 'notice', rule: QUIET_RULE.id }),
      finding({ address: 'aws_route_table.b' }),
      finding({ address: 'aws_route_table.a', inferred: true }),
      finding({ stack: 'langson-production' }),
    ]),
    context(),
    style,
  );

  expect(text.match(/^ {2}(error|notice) {2}\S+|^ {4}aws_\S+|^\S+-production$|^ {4}why.{12}/gm)).toEqual([
    'hue-production',
    '  error  V6-RT-001',
    '    aws_route_table.a',
    '    aws_route_table.b',
    '    why  Each famil',
    '  notice  V6-VPC-001',
    '    aws_route_table.public',
    '    why  Each famil',
    'langson-production',
    '  error  V6-RT-001',
    '    aws_route_table.public',
    '    why  as above; ',
  ]);
  expect(text.replace(/\s+/g, ' ')).toContain('rests on a link that is taken for granted');
});

test('what is waived, known or unknown stands apart', () => {
  const text = textReport(report(OF_EACH_KIND), context(), style);

  expect(text).toContain('Waived\n  V6-RT-001 hue-production aws_route_table.waived: 0.0.0.0/0 leads');
  expect(text.replace(/\s+/g, ' ')).toContain(
    'Waived: the data center follows in 2027 (net@hue.gov.vn, until 2027-01-31)',
  );
  expect(text).toContain('Known before, by the baseline\n  V6-RT-001 hue-production aws_route_table.known: ');
  expect(text).toContain('Unknown: this input does not tell\n  V6-RT-001 hue-production aws_route_table.hidden: ');
});

test('many unknowns are folded', () => {
  const many = Array.from({ length: 14 }, (_, index) => finding({ result: 'unknown', address: `aws_vpc.v${index}` }));
  const text = textReport(report(many), context(), style);

  expect(text.match(/aws_vpc\.v\d+/g)).toHaveLength(10);
  expect(text).toContain('  and 4 more; --format json lists all\n');
});

test('no line of prose is longer than a terminal is wide', () => {
  const long = 'many words that go on '.repeat(30);
  const rules = [{ ...RULE, why: long }];
  const text = textReport(
    report(OF_EACH_KIND.map((one) => ({ ...one, message: long, fix: long }))),
    context({ rules }),
    style,
  );

  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});

test('a fleet shows the portals that are not open all the way and counts the others', () => {
  const fleet = Array.from({ length: 300 }, (_, index) =>
    portal(index === 7 ? { dns: { ipv6: 'closed', reasons: ['publish AAAA'] } } : {}, { stack: `agency-${index}` }),
  );
  const text = textReport(report([], fleet), context(), style);

  expect(text.match(/^agency-\S+/gm)).toEqual(['agency-7']);
  expect(text).toContain('and 299 paths open over both families at every hop');
});

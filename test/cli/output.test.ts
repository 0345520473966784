import { colorsFor, renderCsv, renderJson, renderProblems, renderTable } from '../../cli/output';
import { Sink } from '../helpers/cli';

const problem = { file: 'a.yaml', line: 1, column: 2, path: 'agency.id', message: 'is wrong' };

test('lines up columns by the letters that are seen, without borders or trailing spaces', () => {
  // The last name is decomposed: 7 letters in 11 code points.
  const table = renderTable(
    ['agency', 'name', 'kind'],
    [
      ['hue', 'Thành phố Huế', 'city'],
      ['vn', 'Đà Nẵng', ''],
      ['nfd', 'Đà Nẵng'.normalize('NFD'), 'city'],
      ['wide', '越南', 'other'],
    ],
  );

  expect(table.normalize('NFC').split('\n')).toEqual([
    'agency  name           kind',
    'hue     Thành phố Huế  city',
    'vn      Đà Nẵng',
    'nfd     Đà Nẵng        city',
    'wide    越南           other',
    '',
  ]);
});

test('writes a table of no rows as its head', () => {
  expect(renderTable(['tier', 'zone'], [])).toBe('tier  zone\n');
});

test('writes JSON that ends its last line', () => {
  expect(renderJson({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}\n');
});

test('writes CSV with quotes where they are needed, and nothing for what is not there', () => {
  expect(renderCsv(['name', 'ipv4', 'ipv6'], [{ name: 'a "b", c', ipv6: '…10::/64' }])).toBe(
    'name,ipv4,ipv6\n"a ""b"", c",,…10::/64\n',
  );
});

test('writes each problem in a line of its own', () => {
  expect(
    renderProblems([
      { ...problem, severity: 'error' },
      { ...problem, severity: 'warning' },
    ]),
  ).toBe('a.yaml:1:2: agency.id: is wrong\na.yaml:1:2: agency.id: warning: is wrong\n');
});

test.each([
  ['a terminal', true, {}, true],
  ['no terminal', false, {}, false],
  ['a terminal and NO_COLOR', true, { NO_COLOR: '1' }, false],
  ['a terminal and an empty NO_COLOR', true, { NO_COLOR: '' }, true],
  ['a dumb terminal', true, { TERM: 'dumb' }, false],
])('on %s, colors are %s: %j', (_, isTTY, env, colored) => {
  const text = renderProblems([{ ...problem, severity: 'error' }], colorsFor(new Sink(isTTY), env));

  expect(text.includes('\u001B[')).toBe(colored);
});

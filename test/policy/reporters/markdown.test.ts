import { join } from 'node:path';
import type { marked as Marked, Token, Tokens } from 'marked' with { 'resolution-mode': 'import' };
import { markdownReport } from '../../../policy/reporters/markdown';
import type { ReportContext, ReportFinding, ReportPortal } from '../../../policy/report';
import { context, finding, OF_EACH_KIND, portal, report } from '../../helpers/report';

// The package has an entry for `import` alone, which jest does not take.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { marked } = require(join(__dirname, '../../../node_modules/marked/lib/marked.umd.js')) as {
  marked: typeof Marked;
};

test('the first line is the verdict with its counts', () => {
  expect(page([]).split('\n')[0]).toBe('**Passed: 1 stack, 113 resources, 1 portal**');
  expect(page([finding()]).split('\n')[0]).toBe('**Not passed: 1 error (1 stack, 113 resources, 1 portal)**');
});

test('a portal that is open everywhere is a table and nothing else', () => {
  expect(page([])).toBe(
    [
      '**Passed: 1 stack, 113 resources, 1 portal**',
      '',
      '| stack | name | level | dns | edge | listener | firewall | route | target | health |',
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
      '| hue-production | `hue.gov.vn` | L3 | 4+6 | 4+6 | 4+6 | 4+6 | 4+6 | 4+6 | 4+6 |',
      '',
    ].join('\n'),
  );
});

test('a level that may be higher has a question mark, and the line below says so', () => {
  const text = page([], {}, [portal({}, { level: 2, atLeast: true })]);

  expect(text).toContain('| `hue.gov.vn` | L2? |');
  expect(text).toContain('\n\nL2?: at least L2; whether it is more, this input does not tell.\n');
});

test('of many names of one portal, shows the first few and how many more there are', () => {
  const many = Array.from({ length: 20 }, (_, index) => portal({}, { name: `n${index + 10}` }));
  const [[, names] = []] = cellsOf(tablesOf(page([], {}, many))[0]!);

  expect(names).toMatch(/^`n10`<br>`n11`<br>.*`n16`<br>and 13 more$/);
});

test('shows paths with what is closed, findings with their line, and folds the rest', () => {
  const shut = portal({ route: { ipv6: 'closed', reasons: ['add a route for ::/0'] } });
  const text = page(OF_EACH_KIND, {}, [shut]);
  const tokens = marked.lexer(text);
  const [paths, findings, ...folded] = tokens.filter((token): token is Tokens.Table => token.type === 'table');

  expect(cellsOf(paths!)).toEqual([
    ['hue-production', '`hue.gov.vn`', 'L3', '4+6', '4+6', '4+6', '4+6', '4 only', '4+6', '4+6'],
  ]);
  expect(text).toContain('- `hue.gov.vn`: route closed over IPv6: add a route for ::/0');
  expect(cellsOf(findings!).map(([severity, rule, where]) => [severity, rule, where])).toEqual([
    ['error', 'V6-RT-001', 'hue-production<br>`aws_route_table.public`<br>`config/agencies/hue.yaml:18:7`'],
    ['warning', 'V6-RT-001', 'hue-production<br>`aws_route_table.warned`<br>`config/agencies/hue.yaml:18:7`'],
  ]);
  expect(text.match(/<summary>.*<\/summary>/g)).toEqual([
    '<summary>Why these rules</summary>',
    '<summary>1 notice</summary>',
    '<summary>1 waived</summary>',
    '<summary>1 known before</summary>',
    '<summary>1 unknown</summary>',
  ]);
  expect(folded).toHaveLength(4);
});

test('nothing that a user wrote is markup, breaks the table or calls somebody', () => {
  const message = 'a | b <img src=x> @octocat *bold* [link](x) `code | <b>` \\ ~~x~~ & &lt;\n# head';
  const [table] = tablesOf(page([finding({ message, address: 'aws_vpc.main["a|`b`"]', hop: undefined })])).slice(1);
  const [, , where, what] = table!.rows[0]!;

  expect(table!.rows).toHaveLength(1);
  expect(plainText(where!.tokens)).toContain('aws_vpc.main["a|`b`"]');
  expect(typesIn(what!.tokens)).toEqual(['escape', 'html', 'text']);
  expect(plainText(what!.tokens)).toBe(
    'a | b <img src=x> @\u200Boctocat *bold* [link](x) code | <b> \\ ~~x~~ & &lt; # head',
  );
});

test('a lone backtick opens no code', () => {
  const [table] = tablesOf(page([finding({ message: 'a ` b | c', hop: undefined })])).slice(1);

  expect(plainText(table!.rows[0]![3]!.tokens)).toBe('a ` b | c');
});

test.each([1, 21, 500, 20_000])(
  'fits a comment with %i findings of each kind, whole and saying what it cut',
  (count) => {
    const many = Array.from({ length: count }, (_, index) =>
      OF_EACH_KIND.map((one) => ({ ...one, address: `${one.address}_${index}` })),
    ).flat();
    const portals = Array.from({ length: count }, (_, index) =>
      portal({ dns: { ipv6: 'closed', reasons: ['publish AAAA records'] } }, { edge: `aws_lb.e${index}` }),
    );
    const text = page(many, {}, portals);

    expect(text.length).toBeLessThanOrEqual(65_000);
    expect(text.split('\n')[0]).toContain(`${count} error`);
    expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)!.length);
    for (const table of tablesOf(text)) for (const row of table.rows) expect(row).toHaveLength(table.header.length);
    if (count > 400) expect(text).toMatch(/\d+ cut, so that this fits a comment/);
  },
);

test('fits a comment however long the texts are', () => {
  const long = finding({ message: 'x'.repeat(100_000), fix: '|'.repeat(100_000), address: 'y'.repeat(100_000) });

  expect(page([long, long]).length).toBeLessThanOrEqual(65_000);
});

function page(
  findings: readonly ReportFinding[],
  changes: Partial<ReportContext> = {},
  portals: readonly ReportPortal[] = [portal()],
): string {
  return markdownReport(report(findings, portals), context(changes));
}

function tablesOf(text: string): Tokens.Table[] {
  return marked.lexer(text).filter((token): token is Tokens.Table => token.type === 'table');
}

function cellsOf({ rows }: Tokens.Table): string[][] {
  return rows.map((row) => row.map(({ text }) => text));
}

function typesIn(tokens: readonly Token[]): string[] {
  return [...new Set(tokens.map(({ type }) => type))].sort();
}

/** What a reader sees. */
function plainText(tokens: readonly Token[]): string {
  const html = marked.parseInline(tokens.map(({ raw }) => raw).join('')) as string;
  return html
    .replaceAll('<br>', ' ')
    .replace(/<\/?code>/g, '')
    .replace(/&#(\d+);/g, (_, number: string) => String.fromCharCode(Number(number)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

import * as fc from 'fast-check';
import { code, escape, fenced, folded, grid, link } from '../../../policy/reporters/markdown-text';
import { blocksOf, HOSTILE, htmlOf, kindsIn, seenIn, tablesIn, tagsIn } from '../../helpers/markdown';

const text = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom('`', '|', '\\', '<', '>', '*', '_', '[', ']', '(', ')', '#', '\n', ' ', 'a', '~', '&', '@'),
      {
        maxLength: 30,
      },
    )
    .map((letters) => letters.join('')),
);

/** What may stand between the words of a paragraph. */
const HARMLESS = ['codespan', 'escape', 'html', 'paragraph', 'space', 'text'];

test('in a cell any text stays in its cell', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const page = grid(['a', 'b', 'c'], [[escape(one), code(other), 'end']]);
      const [table] = tablesIn(page);

      expect(blocksOf(page)).toHaveLength(1);
      expect(table!.rows).toHaveLength(1);
      expect(table!.rows[0]!.map((cell) => cell.text)).toHaveLength(3);
      expect(table!.rows[0]![2]!.text).toBe('end');
    }),
    { numRuns: 1000 },
  );
});

test('in a list or a paragraph any text is words and code, and no tag comes of it but that of code', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      for (const page of [`- ${escape(one)} ${code(other)}`, `x ${escape(one)} ${code(other)}`, escape(one)]) {
        const allowed = [...HARMLESS, 'list', 'list_item', 'link'];
        expect(kindsIn(page).filter((kind) => !allowed.includes(kind))).toEqual([]);
        expect(tagsIn(page).filter((tag) => !/^\/?(p|ul|li|code|a)$/.test(tag))).toEqual([]);
        expect(htmlOf(page)).not.toMatch(/href="(?!https?:|mailto:|ftp:)/);
      }
    }),
    { numRuns: 1000 },
  );
});

const legible = HOSTILE.filter((one) => one.length < 1000 && !/`|(?!\n)[\p{Cc}\p{Bidi_Control}]/u.test(one));

test.each(legible)('what a reader sees is what was written: %j', (hostile) => {
  const words = hostile.replace(/\s+/g, ' ').trim();

  expect(
    seenIn(`x ${escape(hostile)}`)
      .replaceAll('\u200b', '')
      .trim(),
  ).toBe(`x ${words}`.trim());
  expect(seenIn(`x ${code(hostile)}`).trim()).toBe(`x ${words}`.trim());
});

test('a bar and a backslash before it are seen as they are, in a table and out of it', () => {
  for (const hostile of ['a | b', 'a \\| b', 'a \\\\| b']) {
    expect(seenIn(code(hostile)).trim()).toBe(hostile);
    expect(seenIn(grid(['x'], [[code(hostile)]])).trim()).toContain(hostile);
    expect(seenIn(grid(['x'], [[escape(hostile)]])).trim()).toContain(hostile);
  }
});

test('nobody is called, no issue mentioned and no command given', () => {
  expect(escape('@everyone')).not.toMatch(/@\w/);
  expect(escape('see #123 and !45')).not.toMatch(/(?<!&)#\d|!\d/);
  expect(escape('/merge')).not.toMatch(/^\//);
  expect(folded('@everyone in #123')).not.toMatch(/@\w|(?<!&)#\d/);
});

test('marks that turn the order of letters are seen', () => {
  expect(escape('a\u202eb')).toContain('u202e');
  expect(code('a\u202eb')).toBe('`a\\u202eb`');
  expect(fenced('a\u202eb', 'diff')).toContain('a\\u202eb');
  expect(folded('a\u202eb')).toContain('a\\u202eb');
});

test('no text ends its block of code', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const page = `${fenced(`${one}\n${other}`, 'diff')}\n\nend`;
      const kinds = blocksOf(page).map(({ type }) => type);

      expect(kinds).toEqual(['code', 'space', 'paragraph']);
    }),
  );
});

test('a title is HTML: Markdown is not read there, and no tag comes of it', () => {
  const page = folded('hue_production `moved` </summary><script>', 'inside');

  expect(page).toContain('<summary>hue_production <code>moved</code> &lt;/summary>&lt;script></summary>');
  expect(tagsIn(page)).toEqual(['details', 'summary', 'code', '/code', '/summary', 'p', '/p', '/details']);
});

test('long texts are cut and end in three dots', () => {
  expect(escape('x'.repeat(2000))).toBe(`${'x'.repeat(1500)}…`);
  expect(escape('x'.repeat(20), 10)).toBe(`${'x'.repeat(10)}…`);
  expect(code('x'.repeat(2000))).toBe(`\`${'x'.repeat(300)}…\``);
});

test('a link leads where it says, and to nothing but pages', () => {
  expect(htmlOf(link('all', 'https://ci.example/a b)<c>|d`"'))).toContain(
    '<a href="https://ci.example/a%20b)%3Cc%3E%7Cd%60%22">all</a>',
  );
  expect(tagsIn(link('all', 'javascript:alert(1)'))).not.toContain('a');
});

test('of no text there is no code span, which the next one would end', () => {
  expect(code('')).toBe('');
  expect(seenIn(`${code('')}: x → ${code(' ')}`).trim()).toBe(': x →');
});

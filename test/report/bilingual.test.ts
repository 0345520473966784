import { both, embedded, english, numberText, partly } from '../../report/bilingual';

test('a text is there in both languages, and each says which it is', () => {
  expect(String(both({ en: 'open <b>', vi: 'thông' }))).toBe(
    '<span class="en" lang="en">open &lt;b&gt;</span><span class="vi" lang="vi">thông</span>',
  );
});

test('a text that is the same in both is there once', () => {
  expect(String(both({ en: 'Internet', vi: 'Internet' }))).toBe('Internet');
});

test("a number has the reader's own separators", () => {
  expect(numberText(114094)).toEqual({ en: '114,094', vi: '114.094' });
});

test('code in a text of policy is code, and a backtick that stands alone is itself', () => {
  expect(String(english('set `a < b` to 1'))).toBe('<span lang="en">set <code>a &lt; b</code> to 1</span>');
  expect(String(english('a ` alone'))).toBe('<span lang="en">a ` alone</span>');
});

test('a text that has no Vietnamese yet stands in English, and says so', () => {
  expect(String(partly({ en: 'open' }))).toBe('<span lang="en">open</span>');
  expect(String(partly({ en: 'open', vi: 'thông' }))).toContain('thông');
});

test('nothing in embedded JSON ends the script that holds it, and it reads back as it was', () => {
  const value = { text: '</script><!-- <script> \u2028 "quoted"' };

  expect(embedded(value)).not.toContain('<');
  expect(JSON.parse(embedded(value))).toEqual(value);
});

import { oneLine, shortened, visible } from '../../core/visible';

test('Vietnamese, line ends and tabs stay as they are', () => {
  expect(visible('Thành phố Huế\n\tcổng 🌈')).toBe('Thành phố Huế\n\tcổng 🌈');
});

test.each([
  ['\u001b[2J', '\\u001b[2J'],
  ['a\u202eb\u2066c', 'a\\u202eb\\u2066c'],
  ['\u009b31m\r', '\\u009b31m\\u000d'],
  ['a\u2028b', 'a\\u2028b'],
])('what hides or turns a text is written out: %j', (text, expected) => {
  expect(visible(text)).toBe(expected);
});

test('one line has no line ends', () => {
  expect(oneLine(' a\r\n\tb\u2028c\u202e ')).toBe('a b c\\u202e');
});

test('a cut falls between letters', () => {
  expect(shortened('abc', 3)).toBe('abc');
  expect(shortened('ab🌈c', 3)).toBe('ab…');
});

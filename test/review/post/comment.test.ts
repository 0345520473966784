import fc from 'fast-check';
import { readTag, textOf, withTag } from '../../../review/post/comment';

const VALID_AT = '2026-11-24T08:00:00Z';

test('reads back the tag and the text, whatever they are', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme-ascii' }), fc.string(), (key, text) => {
      const body = withTag({ key, validAt: VALID_AT }, text);

      expect(readTag(body)).toEqual({ key, validAt: VALID_AT });
      expect(textOf(body)).toBe(textOf(text));
    }),
  );
});

test('shows nothing of the tag, for it is a comment of HTML', () => {
  expect(withTag({ key: 'a--b >', validAt: VALID_AT }, 'text').split('\n')[0]).toBe(
    `<!-- portal6-review key=a-%2Db%20%3E valid-at=${VALID_AT} -->`,
  );
});

test.each([
  ['line ends of Windows', `<!-- portal6-review key=review valid-at=${VALID_AT} -->\r\nfine\r\n`],
  ['white space in front', `\n <!-- portal6-review key=review valid-at=${VALID_AT} -->\nfine`],
  ['no white space in the tag', `<!--portal6-review key=review valid-at=${VALID_AT}-->\n\nfine\n\n`],
])('knows a comment again that a platform or an editor gave %s', (_, body) => {
  expect(readTag(body)).toEqual({ key: 'review', validAt: VALID_AT });
  expect(textOf(body)).toBe('fine');
});

test('knows a comment again whose time somebody took away', () => {
  expect(readTag('<!-- portal6-review key=review -->\nfine')).toEqual({ key: 'review' });
});

test.each([
  ['has no tag', 'fine'],
  ['has the tag of another program', '<!-- infracost-comment key=review -->'],
  ['quotes ours', `> <!-- portal6-review key=review valid-at=${VALID_AT} -->\n> fine`],
  ['speaks about it', `see <!-- portal6-review key=review valid-at=${VALID_AT} -->`],
  ['has a key that cannot be read', '<!-- portal6-review key=%E0%A4%A -->'],
])('does not take a comment for ours that %s', (_, body) => {
  expect(readTag(body)).toBeUndefined();
});

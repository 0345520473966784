import * as fc from 'fast-check';
import { escapeHtml, markup, raw } from '../../report/html';

test('values are escaped, markup is not, lists are joined, and nothing is left out for 0', () => {
  const name = `<b title="x">&'`;

  expect(String(markup`<p>${name} ${0} ${['a', markup`<i>${'<'}</i>`]}${undefined}${raw('<br>')}</p>`)).toBe(
    '<p>&lt;b title=&quot;x&quot;&gt;&amp;&#39; 0 a<i>&lt;</i><br></p>',
  );
});

test('no text breaks out of an element or an attribute', () => {
  fc.assert(fc.property(fc.string(), (text) => !/[<>"']/.test(escapeHtml(text))));
});

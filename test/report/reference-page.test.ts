import { referenceIndex, referencePage, type Reference } from '../../report/reference-page';
import { CONTAINER, production } from '../helpers/agency';

const reference: Reference = {
  id: 'container',
  title: { en: 'On containers', vi: 'Trên container' },
  purpose: [{ en: 'For <images>.', vi: 'Dành cho ảnh.' }],
  limits: [{ en: 'No database.', vi: 'Không có cơ sở dữ liệu.' }],
  file: 'agency: { id: container } # <&>\n',
  graph: production(),
};

test('a page says what it is for, what it does not do, and shows the file, letter for letter', async () => {
  const page = await referencePage(reference, 'en');

  expect(page).toContain('<h1>On containers</h1>');
  expect(page).toContain('<p>For &lt;images&gt;.</p>');
  expect(page).toContain('<li>No database.</li>');
  expect(page).toContain('<pre><code>agency: { id: container } # &lt;&amp;&gt;\n</code></pre>');
});

test('both families stand side by side at each hop', async () => {
  const page = await referencePage(reference, 'en');
  const rows = [...page.matchAll(/<tr><th scope="row">(\w+)<br>.*?<\/th>(.*)<\/tr>/g)].map(([, hop, cells]) => [
    hop,
    cells!
      .split('<td>')
      .slice(1)
      .map((cell) => /<span class="(\w+)">/.exec(cell)![1]),
  ]);

  expect(rows.map(([hop]) => hop)).toEqual(['DNS', 'Edge', 'Listener', 'Firewall', 'Route', 'Target', 'Health']);
  expect(rows.map(([, states]) => states)).toEqual(Array.from({ length: 7 }, () => ['open', 'open']));
});

test('what is closed is called so, and nothing is said to make it', async () => {
  const staged = {
    ...reference,
    graph: production({ portals: { portal: { ...CONTAINER, publish: { aaaa: 'off' } } } }),
  };

  expect(await referencePage(staged, 'en')).toMatch(/DNS<br>.*?<span class="closed">closed<\/span> <\/td>/);
});

test('what the next level asks is in the language of the page', async () => {
  expect(await referencePage(reference, 'en')).toContain('<li>run the application subnets IPv6-only</li>');
  expect(await referencePage(reference, 'vi')).toContain('<li>chạy các mạng con ứng dụng chỉ với IPv6</li>');
});

test('the pages of both languages have the same parts', async () => {
  const tags = (page: string) => page.slice(page.indexOf('<main>')).match(/<(h\d|table|tr|td|th|li|figure|pre)\b/g);

  expect(tags(await referencePage(reference, 'vi'))).toEqual(tags(await referencePage(reference, 'en')));
});

test('pages lead to each other', async () => {
  expect(await referencePage(reference, 'vi')).toContain('href="container.en.html" lang="en"');
  expect(referenceIndex([reference], 'vi')).toContain('<a href="container.vi.html">Trên container</a>');
  expect(referenceIndex([reference], 'en')).toContain('<span class="level">L3</span> works well');
});

import { createHash } from 'node:crypto';
import { markup } from '../../report/html';
import { pageText } from '../../report/page';

const page = pageText({ language: 'vi', title: 'A < B', description: 'Mô tả', body: markup`<p>${'thân'}</p>` });

test('a page says its language, title and content', () => {
  expect(page).toContain('<html lang="vi">');
  expect(page).toContain('<title>A &lt; B</title>');
  expect(page).toContain('<p>thân</p>');
});

test('a page asks nobody for anything: no script, no link, and a policy that lets none in', () => {
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
  expect(page).not.toMatch(/<script|<link|src=|@import|url\(/);
});

test('a page is readable in light and dark, and on paper', () => {
  expect(page).toContain('@media screen and (prefers-color-scheme:dark)');
  expect(page).toContain('@media print');
});

test('a page lets its own script run, and no other', () => {
  const script = 'document.title = "<a>";';
  const text = pageText({ language: 'en', title: 'A', description: 'B', body: markup`<p></p>`, script });
  const digest = createHash('sha256').update(script).digest('base64');

  expect(text).toContain(`script-src 'sha256-${digest}'`);
  expect(text).toContain(`<script>${script}</script>`);
  expect(text.match(/<script/g)).toHaveLength(1);
});

test('a page names what made it where it is told to', () => {
  const text = pageText({ language: 'en', title: 'A', description: 'B', body: markup`<p></p>`, generator: 'x "y"' });

  expect(text).toContain('<meta name="generator" content="x &quot;y&quot;">');
  expect(page).not.toContain('generator');
});

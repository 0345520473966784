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
  expect(page).toContain('@media (prefers-color-scheme:dark)');
  expect(page).toContain('@media print');
});

test.each(['light', 'dark'])('words and lines stand out from the paper in %s', (scheme) => {
  const [light, dark] = [...page.matchAll(/:root\{([^}]*)\}/g)].map(([, text]) => coloursOf(text!));
  const colours = scheme === 'light' ? light! : dark!;

  // WCAG 2.2: 4.5 for text (1.4.3), 3 for lines of a picture (1.4.11).
  for (const ink of ['ink', 'soft', 'good', 'bad', 'link', 'ipv4', 'ipv6']) {
    expect([ink, contrast(colours[ink]!, colours.paper!) >= 4.5]).toEqual([ink, true]);
  }
});

function coloursOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/--([\w]+):(#[0-9a-f]+)/g)].map(([, name, colour]) => [name, colour]));
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const digits = colour.length === 4 ? colour.replace(/[0-9a-f]/g, '$&$&') : colour;
  const [red, green, blue] = [1, 3, 5]
    .map((at) => parseInt(digits.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

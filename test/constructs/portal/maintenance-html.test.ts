import { maintenanceHtml } from '../../../constructs/portal/maintenance-html';
import { parseHtml, type Element } from '../../helpers/html';

const html = maintenanceHtml({ domain: 'hue.gov.vn', agency: { vi: 'Thành phố Huế', en: 'Hue City' } });
const page = parseHtml(html);

const all = (name: string, within: Element = page): Element[] => within.descendants(name);

test('is a whole page of HTML', () => {
  expect(html).toMatch(/^<!doctype html>\n<html /);
  expect(page.children.map(({ name }) => name)).toEqual(['html']);
  expect(all('html')[0]!.children.map(({ name }) => name)).toEqual(['head', 'body']);
  expect(
    all('meta').map(({ attributes }) => attributes.charset ?? attributes.name ?? attributes['http-equiv']),
  ).toEqual(['utf-8', 'viewport', 'robots', 'Content-Security-Policy']);
  expect(all('title')[0]!.text).toBe('Tạm ngừng phục vụ · Temporarily unavailable');
});

test('says in Vietnamese first and then in English whose portal is away', () => {
  const [vietnamese, english] = all('section');

  expect(all('html')[0]!.attributes.lang).toBe('vi');
  expect(vietnamese!.text).toMatch(/^Thành phố Huế\s+Cổng hue\.gov\.vn đang tạm ngừng phục vụ\s/);
  expect(english!.attributes.lang).toBe('en');
  expect(english!.text).toMatch(/^Hue City\s+hue\.gov\.vn is temporarily unavailable\s/);
});

test('asks for nothing outside, and may not', () => {
  const references = page
    .descendants()
    .flatMap(({ attributes }) => ['src', 'href', 'action', 'srcset', 'data'].flatMap((name) => attributes[name] ?? []));

  expect(references).toEqual(['data:,']);
  expect(html).not.toMatch(/https?:|\/\/|@import|url\(/);
  expect(all('script')).toEqual([]);
  const policy = all('meta').find(({ attributes }) => attributes['http-equiv'])!;
  expect(policy.attributes.content).toBe("default-src 'none'; img-src data:; style-src 'unsafe-inline'");
});

test('is no page for search engines', () => {
  expect(all('meta').find(({ attributes }) => attributes.name === 'robots')!.attributes.content).toBe('noindex');
});

test('whatever an agency is called is text, to browsers as to Terraform', () => {
  const agency = { vi: 'Sở <script>&"\'', en: '100 %{ if } ${file("/etc/passwd")}' };
  const strange = maintenanceHtml({ domain: 'hue.gov.vn', agency });

  expect(strange).not.toMatch(/[$%]\{/);
  const [vietnamese, english] = parseHtml(strange).descendants('section');
  expect(vietnamese!.text).toContain(agency.vi);
  expect(english!.text).toContain(agency.en);
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { CONTAINER, GATEWAY, production } from '../../helpers/agency';
import { findChromium, startChromium } from '../../helpers/chromium';
import { HUE, pageOf } from '../../helpers/fleet';
import { finding, WAIVER } from '../../helpers/report';

const executable = findChromium();

if (executable === undefined) {
  console.warn(
    'SKIPPED: the report of the fleet is not opened in a browser: there is no Chromium on the path or in CHROMIUM',
  );
}

// A browser on a busy machine takes its time.
jest.setTimeout(30_000);

const inBrowser = executable === undefined ? describe.skip : describe;

const EVIL = '</script><img src=x onerror="window.hacked = 1">\'"`<b>';

const members = [
  {
    stack: 'hue-production',
    graph: production({ portals: { portal: CONTAINER, motcua: GATEWAY } }),
    agency: HUE,
    environment: 'production',
  },
  {
    stack: 'highlands-production',
    graph: production({
      portals: { portal: { ...CONTAINER, domain: 'caonguyen.gov.vn', aliases: [], publish: { aaaa: 'off' } } },
    }),
    // What only the Vietnamese name has can be found by that alone.
    agency: { id: 'highlands', name: { vi: 'Tỉnh Đắk Lắk', en: 'Highlands' } },
    environment: 'production',
  },
  {
    stack: EVIL,
    graph: production({ portals: { portal: { ...CONTAINER, domain: 'xau.gov.vn', aliases: [] } } }),
    agency: { id: 'xau', name: { en: EVIL, vi: EVIL } },
    environment: EVIL,
  },
];

const findings = [
  finding({ construct: 'hue-production/portals/portal/edge', rule: 'V6-LB-001', severity: 'warning' }),
  finding({ construct: 'hue-production/network', rule: 'V6-RT-001' }),
  finding({ rule: 'V6-RT-002', result: 'unknown' }),
  finding({ rule: 'V6-RT-003', result: 'waived', waiver: WAIVER, construct: 'hue-production/portals/portal/x' }),
  finding({ stack: EVIL, message: EVIL, address: EVIL, fix: EVIL, source: { file: EVIL } }),
];

inBrowser('in a browser the report', () => {
  let folder: string;
  let url: string;
  let browser: Browser;
  let page: Page;
  let seen: { readonly requests: string[]; readonly problems: string[] };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portal6-browser-'));
    const file = join(folder, 'báo cáo.html');
    const broken = [{ file: 'config/agencies/hong.yaml', problems: ['config/agencies/hong.yaml:3:3: agency: wrong'] }];
    writeFileSync(file, await pageOf(members, findings, { broken }));
    url = String(pathToFileURL(file));
    browser = await startChromium(executable!);
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  afterEach(async () => {
    await page.context().close();
    expect(seen.problems).toEqual([]);
    expect(seen.requests.filter((one) => one.split('#')[0] !== url)).toEqual([]);
  });

  async function open(hash = '', options: BrowserContextOptions = {}): Promise<void> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    page = await context.newPage();
    seen = { requests: [], problems: [] };
    page.on('request', (request) => seen.requests.push(request.url()));
    page.on('console', (message) => seen.problems.push(message.text()));
    page.on('pageerror', (error) => seen.problems.push(error.message));
    await page.goto(`${url}${hash}`);
  }

  const names = () => page.locator('.fleet tbody tr:visible td:nth-child(2) a').allTextContents();

  test('asks nobody for anything but itself, and has nothing to complain of', async () => {
    await open();

    expect(seen.requests).toEqual([url]);
    expect(await names()).toEqual(['motcua.hue.gov.vn', 'portal.hue.gov.vn', 'caonguyen.gov.vn', 'xau.gov.vn']);
  });

  test('lets no other script run, and loads nothing, whatever gets into it', async () => {
    await open();
    const blocked = await page.evaluate(`new Promise((resolve) => {
      const kinds = [];
      document.addEventListener('securitypolicyviolation', (event) => {
        kinds.push(event.effectiveDirective);
        if (kinds.length === 3) resolve(kinds.sort());
      });
      const script = document.createElement('script');
      script.textContent = 'window.hacked = 1';
      document.body.append(script);
      const handler = document.createElement('button');
      handler.setAttribute('onclick', 'window.hacked = 1');
      document.body.append(handler);
      handler.click();
      const image = document.createElement('img');
      image.src = 'https://example.invalid/x.png';
      document.body.append(image);
    })`);

    expect(blocked).toEqual(['img-src', 'script-src-attr', 'script-src-elem']);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    // Chromium says so of each, and the request is named before it is refused.
    seen.problems.length = 0;
    seen.requests.length = 0;
  });

  test('shows what files say as they say it, and runs none of it', async () => {
    await open();
    await page.click('text=xau.gov.vn');

    expect(await page.locator('#detail .finding').first().textContent()).toContain(EVIL.split('`')[0]);
    expect(await page.locator('#detail img').count()).toBe(0);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
  });

  test.each([
    ['hue', ['motcua.hue.gov.vn', 'portal.hue.gov.vn']],
    ['Huế', ['motcua.hue.gov.vn', 'portal.hue.gov.vn']],
    ['tinh dak lak', ['caonguyen.gov.vn']],
    ['Đắk LẮK', ['caonguyen.gov.vn']],
    ['www.hue.gov.vn', ['portal.hue.gov.vn']],
    ['highlands production', ['caonguyen.gov.vn']],
    ['nobody', []],
  ])('finds by names, ids and domains, with or without their marks: %s', async (search, found) => {
    await open();
    await page.fill('#search', search);

    expect(await names()).toEqual(found);
    expect(await page.locator('#shown').innerText()).toBe(`${found.length} of 4 shown`);
    expect(await page.locator('#nothing').isVisible()).toBe(found.length === 0);
  });

  test('filters by level, beside the search', async () => {
    await open();
    await page.getByRole('radio', { name: 'L0' }).check();
    expect(await names()).toEqual(['caonguyen.gov.vn']);

    await page.fill('#search', 'hue');
    expect(await names()).toEqual([]);

    await page.getByRole('radio', { name: 'All' }).check();
    expect(await names()).toEqual(['motcua.hue.gov.vn', 'portal.hue.gov.vn']);
  });

  test('sorts by each column, the other way round the second time, and says so', async () => {
    await open();
    const title = page.getByRole('columnheader', { name: 'Portal' });
    await title.getByRole('button').click();
    const sorted = ['caonguyen.gov.vn', 'motcua.hue.gov.vn', 'portal.hue.gov.vn', 'xau.gov.vn'];

    expect(await names()).toEqual(sorted);
    expect(await title.getAttribute('aria-sort')).toBe('ascending');

    await title.getByRole('button').click();
    expect(await names()).toEqual([...sorted].reverse());
    expect(await title.getAttribute('aria-sort')).toBe('descending');

    await page.getByRole('button', { name: 'Level' }).click();
    expect((await names())[0]).toBe('caonguyen.gov.vn');
    expect(await title.getAttribute('aria-sort')).toBeNull();

    const findingsTitle = page.getByRole('button', { name: 'Open findings' });
    await findingsTitle.click();
    await findingsTitle.click();
    expect((await names())[0]).toBe('portal.hue.gov.vn');
    expect(await page.locator('.fleet thead th button').count()).toBe(12);
  });

  test('switches its language, in both views and for screen readers', async () => {
    await open();
    await page.getByRole('button', { name: 'Tiếng Việt' }).click();

    expect(await page.locator('html').getAttribute('lang')).toBe('vi');
    expect(await page.title()).toContain('Mức sẵn sàng');
    expect(await page.locator('.fleet tbody th').first().innerText()).toContain('Thành phố Huế');
    expect(await page.locator('.fleet tbody th').first().innerText()).not.toContain('Hue City');

    await page.click('text=caonguyen.gov.vn');
    expect(await page.locator('#detail').innerText()).toContain('công bố bản ghi AAAA cho caonguyen.gov.vn');
    expect(await page.locator('#detail svg:visible').textContent()).toContain('Người dân');

    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.locator('#detail').innerText()).toContain('publish AAAA for caonguyen.gov.vn');
    expect(await page.locator('#detail svg:visible').textContent()).toContain('Citizen');
  });

  test('opens the portal that a link names, from disk, and only what is its own', async () => {
    await open('#hue-production/motcua.hue.gov.vn');

    expect(await page.getByRole('heading', { level: 2 }).first().innerText()).toBe('motcua.hue.gov.vn');
    expect(await page.title()).toContain('motcua.hue.gov.vn');
    expect(await page.locator('#list').isVisible()).toBe(false);
    const text = await page.locator('#detail').innerText();
    expect(text).toContain('V6-RT-001');
    expect(text).not.toContain('V6-LB-001');
    expect(text).not.toContain(WAIVER.reason);
  });

  test('shows path, picture, addresses, findings and waivers of a portal', async () => {
    await open('#hue-production/portal.hue.gov.vn');
    const text = await page.locator('#detail').innerText();

    for (const part of [
      'AAAA portal.hue.gov.vn',
      '10.46.',
      'config/agencies/hue.yaml:18:7',
      ...Object.values(WAIVER),
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('In the picture: (1) motcua.hue.gov.vn, (2) portal.hue.gov.vn');
    expect(await page.locator('#detail svg:visible').count()).toBe(1);
  });

  test('stays with the list when the address names nothing of it', async () => {
    await open('#%E0%A4%A');

    expect(await page.locator('#list').isVisible()).toBe(true);
  });

  test('can be used by keyboard alone, there and back', async () => {
    await open();
    await page.getByRole('link', { name: 'caonguyen.gov.vn', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.locator('#detail-title:focus').waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.locator('.fleet a:focus', { hasText: 'caonguyen.gov.vn' }).waitFor();

    expect(await page.locator('#list').isVisible()).toBe(true);
  });

  test('is readable without its script', async () => {
    await open('', { javaScriptEnabled: false });

    expect(await page.locator('.fleet tbody tr').count()).toBe(4);
    expect(await page.locator('.fleet tbody tr').first().innerText()).toMatch(/Hue City.*motcua\.hue\.gov\.vn.*L3/s);
    expect(await page.locator('#tools, #language, .fleet button').filter({ visible: true }).count()).toBe(0);
  });

  test.each(['', '#hue-production/portal.hue.gov.vn'])(
    'scrolls sideways on a phone in boxes alone: %s',
    async (hash) => {
      await open(hash, { viewport: { width: 360, height: 740 } });

      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      expect(
        await page.evaluate(`[...document.querySelectorAll('main *')].filter((one) =>
        one.getBoundingClientRect().right > 361 && !one.closest('.scroll') && one.getClientRects().length > 0,
      ).map((one) => one.outerHTML.slice(0, 200))`),
      ).toEqual([]);
    },
  );

  test('is all there on paper: the table, then the findings, nothing cut off, and dark on white', async () => {
    await open();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.setViewportSize({ width: 1040, height: 720 });

    expect(await page.locator('#tools').isVisible()).toBe(false);
    expect(await page.evaluate("getComputedStyle(document.body).getPropertyValue('--paper')")).toBe('#fff');
    // Titles that are drawn as buttons are missing from the second page on.
    expect(await page.evaluate("getComputedStyle(document.querySelector('.fleet th button')).display")).toBe(
      'contents',
    );
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1040);
    expect(
      await page.evaluate(`[...document.querySelectorAll('.scroll')].filter((one) =>
        one.scrollWidth > one.clientWidth).length`),
    ).toBe(0);
    expect(await page.locator('#findings').innerText()).toContain('V6-RT-001');
  });

  describe.each([
    { colorScheme: 'light' as const, hash: '' },
    { colorScheme: 'light' as const, hash: '#hue-production/portal.hue.gov.vn' },
    { colorScheme: 'dark' as const, hash: '' },
    { colorScheme: 'dark' as const, hash: '#hue-production/portal.hue.gov.vn' },
  ])('in $colorScheme at "$hash"', ({ colorScheme, hash }) => {
    test('keeps the rules of WCAG that axe knows', async () => {
      await open(hash, { colorScheme, bypassCSP: true });
      await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
      const violations = await page.evaluate(`axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`);

      expect(violations).toEqual([]);
    });
  });
});

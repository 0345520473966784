import { FLEET_GENERATOR } from '../../report/fleet-page';
import { CONTAINER, production } from '../helpers/agency';
import { DA_NANG, HUE, pageOf } from '../helpers/fleet';
import { finding } from '../helpers/report';

const hue = { stack: 'hue-production', graph: production(), agency: HUE, environment: 'production' };
const daNang = {
  stack: 'danang-production',
  graph: production({ portals: { portal: { ...CONTAINER, domain: 'danang.gov.vn', aliases: [] } } }),
  agency: DA_NANG,
  environment: 'production',
};

test('the same fleet gives the same page, byte for byte', async () => {
  expect(await pageOf([hue, daNang], [finding()])).toBe(await pageOf([hue, daNang], [finding()]));
});

test('a page says what made it, and when', async () => {
  const page = await pageOf([hue]);

  expect(page).toContain(`<meta name="generator" content="${FLEET_GENERATOR}">`);
  expect(page).toContain('<time datetime="2026-10-01">');
});

test('a page opens in the language that is asked for, and has the other', async () => {
  const page = await pageOf([hue], [], { language: 'vi' });

  expect(page).toContain('<html lang="vi">');
  expect(page).toContain('Thành phố Huế');
  expect(page).toContain('Hue City');
});

test('stacks that are built alike have one picture in the page', async () => {
  expect((await pageOf([hue, daNang])).match(/<template/g)).toHaveLength(2);
});

test('broken files are listed with what is wrong', async () => {
  const broken = [
    { file: 'config/agencies/a.yaml', problems: ['config/agencies/a.yaml:3:3: agency.kin: unknown key'] },
  ];
  const page = await pageOf([hue], [], { broken });

  expect(page).toContain('<code>config/agencies/a.yaml:3:3: agency.kin: unknown key</code>');
  expect(await pageOf([hue])).not.toContain('class="broken"');
});

test('nothing that a file or a plan says becomes markup', async () => {
  const evil = '</script></template><script>alert(1)</script><img src=x onerror="alert(1)">\'"';
  const name = { en: evil, vi: evil };
  const page = await pageOf(
    [{ ...hue, stack: evil, agency: { id: evil, name }, environment: evil }],
    [
      finding({ stack: evil, message: evil, address: evil, fix: evil, source: { file: evil } }),
      finding({ stack: evil, result: 'waived', waiver: { reason: evil, owner: evil, expires: evil } }),
    ],
    { broken: [{ file: evil, problems: [evil] }] },
  );
  const plain = await pageOf([hue]);
  const scripts = (text: string) => text.match(/<\/?script[^>]*>/g)?.length;

  expect(page).not.toContain('<img');
  expect(page).not.toContain('alert(1)</script>');
  expect(scripts(page)).toBe(scripts(plain));
});

import { fleetTable, linkTo } from '../../report/fleet-table';
import { CONTAINER, GATEWAY, production } from '../helpers/agency';
import { fleetOf, HUE } from '../helpers/fleet';
import { finding } from '../helpers/report';

/** Cells of each row, as a reader sees them in English. */
function rowsOf(html: string): string[][] {
  const rows = html.slice(html.indexOf('<tbody>')).match(/<tr .*?<\/tr>/gs) ?? [];
  return rows.map((row) =>
    row
      .replace(/<span class="vi".*?<\/span>/g, '')
      .split(/<\/t[hd]>/)
      .slice(0, -1)
      .map((cell) => cell.replace(/<br>/g, ' ').replace(/<[^>]+>/g, '')),
  );
}

const member = (graph = production()) => ({ stack: 'hue-production', graph, agency: HUE, environment: 'production' });

test('a row has whose it is, its names, level and every hop of both families', () => {
  const html = String(fleetTable(fleetOf([member()]), new Map()));

  expect(rowsOf(html)).toEqual([
    ['Hue City hue', 'portal.hue.gov.vn www.hue.gov.vn', 'L3', 'production', ...Array(7).fill('4✓ 6✓'), '–'],
  ]);
});

test('a family that is closed is told from the other, without colours', () => {
  const graph = production({ portals: { portal: { ...CONTAINER, publish: { aaaa: 'off' } } } });
  const html = String(fleetTable(fleetOf([member(graph)]), new Map()));

  expect(rowsOf(html)[0]!.slice(2, 6)).toEqual(['L0', 'production', '4✓ 6✗', '4✓ 6✓']);
  expect(html).toContain('<span class="closed">6✗</span>');
});

test('open findings are counted by weight, those of another portal and waived ones left out', () => {
  const graph = production({ portals: { portal: CONTAINER, motcua: GATEWAY } });
  const findings = [
    finding({ construct: 'hue-production/network' }),
    finding({ construct: 'hue-production/portals/portal/edge', severity: 'notice' }),
    finding({ construct: 'hue-production/portals/portal/edge', severity: 'notice' }),
    finding({ result: 'waived' }),
    finding({ result: 'unknown' }),
  ];
  const html = String(fleetTable(fleetOf([member(graph)]), new Map([['hue-production', findings]])));
  const counts = Object.fromEntries(rowsOf(html).map((cells) => [cells[1]!.split(' ')[0], cells.at(-1)]));

  expect(counts).toEqual({ 'portal.hue.gov.vn': '1 error2 notices', 'motcua.hue.gov.vn': '1 error' });
});

test('a stack without a portal has a row, for its findings', () => {
  const graph = production({ portals: {} });
  const html = String(fleetTable(fleetOf([{ stack: 'address-registry', graph }]), new Map()));

  expect(rowsOf(html)).toEqual([['address-registry', 'no portal', '', '', ...Array(7).fill(''), '–']]);
});

test('of many names the first are shown, and the rest can be found', () => {
  const aliases = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}.hue.gov.vn`);
  const html = String(
    fleetTable(fleetOf([member(production({ portals: { portal: { ...CONTAINER, aliases } } }))]), new Map()),
  );

  expect(rowsOf(html)[0]![1]).toMatch(/^portal\.hue\.gov\.vn a\.hue\.gov\.vn b\.hue\.gov\.vn c\.hue\.gov\.vn \+ 2$/);
  expect(html).toContain('data-more="d.hue.gov.vn e.hue.gov.vn"');
});

test('a link names stack and portal, whatever they are called', () => {
  expect(linkTo('hue-production', { names: ['hue.gov.vn'], edge: 'aws_lb.x' })).toBe('#hue-production/hue.gov.vn');
  expect(linkTo('plan "1".json', { names: [], edge: 'aws_lb.x' })).toBe('#plan%20%221%22.json/aws_lb.x');
  expect(linkTo('address-registry')).toBe('#address-registry/');
});

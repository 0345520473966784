import { loadAgency } from '../../config/load';
import { configFolder, edit, HUE, printed } from '../helpers/config-folder';

const ZONE = 'zone: { id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }';

/** What is said of a portal at hue.gov.vn and one below it, in zones that are made for them. */
function said(above: string, below: string): string[] {
  const zone = (dnssec: string) => `zone: { create: true, delegated: true, dnssec: ${dnssec} }`;
  const [, hosting] = HUE.split(/(?=^ {8}hosting:)/m);
  const other = `      motcua:\n        domain: motcua.hue.gov.vn\n        ${zone(below)}\n${hosting}`;
  const text = edit(HUE, [ZONE, zone(above)]) + other;
  const folder = configFolder({ 'agencies/hue.yaml': text });
  return printed(folder, loadAgency(folder, 'hue').problems).map((line) =>
    line.replace(/^.*environments\.production\./, ''),
  );
}

test.each([
  ['true', 'true'],
  ['false', 'false'],
  ['true', 'false'],
  ['false', 'without-ds'],
  ['without-ds', 'true'],
])('a zone with dnssec %s above one with %s is fine', (above, below) => {
  expect(said(above, below)).toEqual([]);
});

test('a zone that is signed below one that is not is of no use yet', () => {
  expect(said('false', 'true')).toEqual([
    'portals.motcua.zone.dnssec: warning: nobody looks at the signatures while the zone above, hue.gov.vn of `portal`, is not signed; write `dnssec: true` there, too',
  ]);
});

test('fails for anything else', () => {
  expect(said('true', 'yes please')).toEqual(['portals.motcua.zone.dnssec: write true, false or without-ds']);
});

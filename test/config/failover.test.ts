import { loadAgency } from '../../config/load';
import { configFolder, edit, HUE, printed } from '../helpers/config-folder';

const CONTAINER =
  '          type: container\n          image: 111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/portal:1.4.2\n';

type Replacement = [from: string, to: string];

/** What is said of a portal with a maintenance page, without the place in front. */
function said(...replacements: Replacement[]): string[] {
  const text = edit(HUE, ['        hosting:', '        failover: maintenance-page\n        hosting:'], ...replacements);
  const folder = configFolder({ 'agencies/hue.yaml': text });
  return printed(folder, loadAgency(folder, 'hue').problems).map((line) =>
    line.replace(/^.*environments\.production\.portals\.portal\./, ''),
  );
}

const hosting = (text: string): Replacement => [CONTAINER, `          ${text}\n`];
const also = (key: string): Replacement => ['failover: maintenance-page', `failover: maintenance-page\n        ${key}`];
const CDN = hosting('type: gateway\n          origin: { host: goc.example.vn }');

test('a portal behind a load balancer may have a maintenance page, and one behind CloudFront with an origin', () => {
  expect(said()).toEqual([]);
  expect(said(CDN)).toEqual([]);
  expect(said(also('edge: accelerator'))).toEqual([]);
});

test('fails for another way to fail over', () => {
  expect(said(['failover: maintenance-page', 'failover: other-region'])).toEqual([
    'failover: write maintenance-page, or leave it out',
  ]);
});

test('fails for files, which have nothing that could be unhealthy', () => {
  expect(said(hosting('type: static'))).toEqual([
    'failover: does not go with `type: static`: files in S3 have no targets that could be unhealthy; take it out',
  ]);
});

test('fails for a zone elsewhere, whose records lead to one place; a distribution shows the page by itself', () => {
  const zone: Replacement = ['zone: { id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }', 'zone: { external: true }'];

  expect(said(zone).filter((line) => line.startsWith('failover'))).toEqual([
    'failover: does not go with a zone outside Route 53: records that are entered there by hand lead to one place, however it is; take it out',
  ]);
  expect(said(zone, CDN).filter((line) => line.startsWith('failover'))).toEqual([]);
});

test('who speaks another protocol than HTTP cannot read a page', () => {
  expect(said(also('edge: network'))).toEqual([
    'failover: notice: is a page for browsers; clients that speak another protocol than HTTP cannot read it',
  ]);
});

test('whom the portal does not let in sees the page', () => {
  expect(said(also('allow: [203.0.113.0/24, 2001:db8::/32]'))).toEqual([
    'failover: notice: is shown to everybody, and not only to those whom `allow` lets in',
  ]);
});

test('fails where CloudFront writes no access logs', () => {
  const region: Replacement = ['region: ap-southeast-1', 'region: ap-southeast-3'];

  expect(said(region).filter((line) => line.startsWith('failover'))).toEqual([
    'failover: shows its page by CloudFront, which writes no access logs to buckets in ap-southeast-3; use a region that no account has to opt in to, such as ap-southeast-1, or take it out',
  ]);
});

test('requests of a portal whose data is in Vietnam leave it while the page answers, which is told', () => {
  const gateway = hosting(
    'type: gateway\n          origin: { addresses: [10.1.2.3] }\n' +
      '          connection: { transitGateway: tgw-0123456789abcdef0, routes: [10.1.0.0/16] }',
  );

  expect(said(gateway, ['dataLocation: abroad', 'dataLocation: vietnam']).join('\n')).toContain(
    'environments.production.dataLocation: notice: while a maintenance page answers, requests go to the edge locations of CloudFront, all over the world',
  );
});

import { parse } from 'yaml';
import { draftAgency } from '../../config/draft';
import { accountNeeds, exceedsQuota, formatNeeds } from '../../config/quotas';
import { type AgencyFile, agencyFileSchema, type Environment, type GatewayHosting } from '../../config/schema';

const drafted = agencyFileSchema.parse(
  parse(draftAgency({ slug: 'hue', name: { vi: 'Huế', en: 'Hue' }, kind: 'city', domain: 'hue.gov.vn' })),
);
const production = drafted.environments.production!;
const portal = production.portals.portal!;
const gateway: GatewayHosting = {
  type: 'gateway',
  origin: { addresses: ['10.1.2.3'], port: 443, protocol: 'https' },
};
const subnet = { id: 'subnet-01234567', zone: 'a', ipv6: '2001:db8::/64' } as const;
const existing = {
  vpc: 'vpc-01234567',
  ipv4: '10.9.0.0/16',
  ipv6: '2001:db8::/56',
  subnets: { public: [subnet], app: [subnet] },
};

const agency = (environments: Record<string, Partial<Environment>>): AgencyFile => ({
  ...drafted,
  environments: Object.fromEntries(
    Object.entries(environments).map(([id, changes]) => [id, { ...production, ...changes }]),
  ),
});
const needs = (changes: Partial<Environment> = {}) => accountNeeds([agency({ production: changes })])[0]!;
const count = (what: string, changes: Partial<Environment> = {}) =>
  needs(changes).needs.find((need) => need.what === what)!.count;
const network = (changes: object) => ({ network: { ...production.network, ...changes } }) as Partial<Environment>;

test.each([
  ['per-zone', 3, 3],
  ['single', 3, 1],
  ['none', 3, 0],
])('NAT %s over %i zones needs %i Elastic IP addresses', (nat, zones, expected) => {
  expect(count('Elastic IP addresses', network({ nat, zones }))).toBe(expected);
});

test('an existing network needs no VPC, but its probe does', () => {
  expect(count('VPCs', { network: { existing } })).toBe(1);
  expect(count('Elastic IP addresses', { network: { existing } })).toBe(0);
  expect(count('egress-only internet gateways', { network: { existing } })).toBe(1);
});

test('a network and its probe need a VPC and an egress-only gateway each', () => {
  expect(count('VPCs')).toBe(2);
  expect(count('egress-only internet gateways')).toBe(2);
});

test('no probe is needed where no portal has an AAAA', () => {
  const portals = { portal: { ...portal, publish: { aaaa: 'off' as const } } };

  expect(count('VPCs', { portals })).toBe(1);
  expect(count('egress-only internet gateways', { portals })).toBe(1);
});

test('each portal needs a load balancer', () => {
  expect(count('Application Load Balancers', { portals: { one: portal, two: portal } })).toBe(2);
});

test('a network load balancer needs an Elastic IP address in each zone, and no probe', () => {
  const portals = { one: { ...portal, edge: 'network' as const }, two: { ...portal, edge: 'network' as const } };

  expect(count('Network Load Balancers', { portals })).toBe(2);
  expect(count('Application Load Balancers', { portals })).toBe(0);
  expect(count('Elastic IP addresses', { portals, ...network({ nat: 'none', zones: 3 }) })).toBe(6);
  expect(count('Elastic IP addresses', { portals, network: { existing } })).toBe(2);
  expect(count('VPCs', { portals })).toBe(1);
});

test('an accelerator stands in front of a load balancer, and belongs to no region', () => {
  const portals = { portal: { ...portal, edge: 'accelerator' as const } };
  const [here, there] = accountNeeds([agency({ production: { portals }, staging: { portals, region: 'us-east-1' } })]);

  expect(count('Application Load Balancers', { portals })).toBe(1);
  for (const { needs: all } of [here!, there!]) {
    expect(all.find(({ what }) => what === 'accelerators')).toMatchObject({ count: 2, quota: 20 });
  }
});

test('VPNs that are made here share a gateway', () => {
  const behind = (address: string) => {
    const connection = { vpn: { address, asn: 65000 }, routes: ['10.1.0.0/16'] };
    return { ...portal, hosting: { ...gateway, connection } };
  };
  const portals = { one: behind('203.0.113.9'), two: behind('203.0.113.10') };
  const other = { vpnGateway: 'vgw-0123456789abcdef0', routes: ['10.1.0.0/16'] };

  expect(count('virtual private gateways', { portals })).toBe(1);
  expect(
    count('virtual private gateways', {
      portals: { portal: { ...portal, hosting: { ...gateway, connection: other } } },
    }),
  ).toBe(0);
});

test('a web ACL needs two IP sets for each list, and one for the probe', () => {
  const waf = { managedRules: true, rateLimit: 2000, allow: ['2001:db8::/32'], block: ['203.0.113.0/24'] };
  const site = { type: 'static' as const, index: 'index.html', singlePage: false };
  const portals = {
    one: { ...portal, waf },
    off: { ...portal, waf: { ...waf, allow: [] }, publish: { aaaa: 'off' as const } },
    site: { ...portal, waf: { ...waf, allow: [], block: [] }, hosting: site },
    none: portal,
  };

  expect(count('WAF web ACLs', { portals })).toBe(2);
  expect(count('WAF IP sets', { portals })).toBe(5 + 2);
  expect(count('WAF web ACLs for CloudFront', { portals })).toBe(1);
  expect(count('WAF IP sets for CloudFront', { portals })).toBe(1);
});

test('a maintenance page needs a distribution, unless there is one already', () => {
  const site = { type: 'static' as const, index: 'index.html', singlePage: false };
  const failover = 'maintenance-page' as const;
  const portals = { away: { ...portal, failover }, site: { ...portal, hosting: site }, none: portal };

  expect(count('CloudFront distributions', { portals })).toBe(2);
  expect(count('CloudFront response headers policies', { portals })).toBe(2);
  expect(count('Application Load Balancers', { portals })).toBe(2);
});

test.each([
  ['dual-stack containers need', {}, true],
  ['containers in an existing network need', { network: { existing } }, true],
  ['IPv6-only containers do not need', network({ appSubnets: 'ipv6-only' }), false],
  ['gateways do not need', { portals: { portal: { ...portal, hosting: gateway } } }, false],
])('%s the account setting dualStackIPv6', (_, changes, expected) => {
  expect(needs(changes).dualStackTasks).toBe(expected);
});

test('adds up the environments of one account and region, of all agencies', () => {
  const other = { ...agency({ production: {} }), agency: { ...drafted.agency, id: 'danang' } };
  const all = accountNeeds([agency({ production: {}, staging: { region: 'ap-southeast-7' } }), other]);

  expect(all.map(({ region, environments }) => [region, environments])).toEqual([
    ['ap-southeast-1', ['hue/production', 'danang/production']],
    ['ap-southeast-7', ['hue/staging']],
  ]);
  expect(all[0]!.needs.filter((need) => need.count > 0).map((need) => need.count)).toEqual([4, 4, 4, 2]);
});

test('says what exceeds the quotas of a new account', () => {
  const fits = needs();
  const exceeds = accountNeeds([agency({ one: {}, two: {}, three: {} })])[0]!;

  expect(exceedsQuota(fits)).toBe(false);
  expect(formatNeeds(fits)).toBe(
    'account 111122223333, ap-southeast-1 (hue/production): VPCs 2 of 5, Elastic IP addresses 2 of 5, ' +
      'egress-only internet gateways 2 of 5, Application Load Balancers 1 of 50, ' +
      'ECS account setting dualStackIPv6 enabled',
  );
  expect(exceedsQuota(exceeds)).toBe(true);
  expect(formatNeeds(exceeds)).toContain('VPCs 6 of 5 (ask AWS for more), ');
});

test('says so when an environment needs nothing', () => {
  expect(formatNeeds(needs({ network: { existing }, portals: {} }))).toMatch(/: nothing that AWS limits$/);
});

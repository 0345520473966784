import { parse } from 'yaml';
import { addressRows, type AddressTableOptions } from '../../config/address-table';
import { draftAgency } from '../../config/draft';
import { agencyFileSchema, type Environment } from '../../config/schema';
import { type Tier, TIERS } from '../../core/address-plan';

const drafted = agencyFileSchema.parse(
  parse(
    draftAgency(
      { slug: 'hue', name: { vi: 'Huế', en: 'Hue' }, kind: 'city', domain: 'hue.gov.vn' },
      { ipv4: '10.46.0.0/20' },
    ),
  ),
);
const production = drafted.environments.production!;
const subnet = (id: string, zone: 'a' | 'b', ipv6: string) => ({ id: `subnet-${id}`, zone, ipv6 });
const existing = {
  vpc: 'vpc-01234567',
  ipv4: '10.9.0.0/16',
  ipv6: '2001:db8::/56',
  subnets: {
    public: [subnet('00000001', 'a', '2001:db8::/64'), subnet('00000002', 'b', '2001:db8:0:1::/64')],
    app: [subnet('00000003', 'a', '2001:db8:0:2::/64'), subnet('00000004', 'b', '2001:db8:0:3::/64')],
  },
};

const network = (changes: object) => ({ network: { ...production.network, ...changes } }) as Partial<Environment>;
const rows = (changes: Partial<Environment> = {}, options?: AddressTableOptions) =>
  addressRows({ ...production, ...changes }, options);
const usedTiers = (changes: Partial<Environment> = {}) => [
  ...new Set(
    rows(changes)
      .filter(({ state }) => state === 'used')
      .map(({ tier }) => tier),
  ),
];
const ipv6Of = (tier: Tier, changes: Partial<Environment>, options?: AddressTableOptions) =>
  rows(changes, options)
    .filter((row) => row.tier === tier)
    .map(({ ipv6 }) => ipv6);

test('has every tier in every zone of the region', () => {
  expect(rows().map(({ tier, zone }) => `${tier} ${zone}`)).toEqual(
    Object.keys(TIERS).flatMap((tier) => ['a', 'b', 'c'].map((zone) => `${tier} ap-southeast-1${zone}`)),
  );
});

test('keeps the zones that are not used for later', () => {
  expect(
    rows()
      .filter(({ tier }) => tier === 'public')
      .map(({ state }) => state),
  ).toEqual(['used', 'used', 'reserved']);
});

test('takes the letters that the region has', () => {
  const zones = rows({ region: 'ap-northeast-1' }).filter(({ tier }) => tier === 'app');

  expect(zones.map(({ zone, state, ipv6 }) => [zone, state, ipv6])).toEqual([
    ['ap-northeast-1a', 'used', '…10::/64'],
    ['ap-northeast-1c', 'used', '…12::/64'],
    ['ap-northeast-1d', 'reserved', '…13::/64'],
  ]);
});

test('gives each tier and zone its IPv4 block, but none to the IPv6-only tier', () => {
  const ipv4 = (tier: Tier) =>
    rows()
      .filter((row) => row.tier === tier)
      .map((row) => row.ipv4);

  expect(ipv4('public')).toEqual(['10.46.0.0/25', '10.46.0.128/25', '10.46.1.0/25']);
  expect(ipv4('app')).toEqual(['10.46.2.0/25', '10.46.2.128/25', '10.46.3.0/25']);
  expect(ipv4('app6')).toEqual([undefined, undefined, undefined]);
});

const connection = { transitGateway: 'tgw-01234567', routes: ['10.1.0.0/16'] };
const gateway = (changes: object) => ({
  portals: {
    portal: {
      ...production.portals.portal!,
      hosting: {
        type: 'gateway' as const,
        origin: { addresses: ['10.1.2.3'], port: 443, protocol: 'https' as const },
        ...changes,
      },
    },
  },
});

const waiting = {
  portals: {
    portal: { ...production.portals.portal!, zone: { create: true as const, delegated: false, dnssec: false } },
  },
};

test.each<[string, Partial<Environment>, Tier[]]>([
  ['dual-stack tasks', {}, ['public', 'app', 'data']],
  ['IPv6-only tasks', network({ appSubnets: 'ipv6-only' }), ['public', 'app6', 'data']],
  ['dual-stack tasks without NAT', network({ nat: 'none' }), ['public', 'app', 'data', 'endpoints']],
  ['IPv6-only tasks without NAT', network({ appSubnets: 'ipv6-only', nat: 'none' }), ['public', 'app6', 'data']],
  ['a gateway with a connection', gateway({ connection }), ['public', 'app', 'data', 'transit']],
  ['a gateway without one', gateway({}), ['public', 'app', 'data']],
  ['a gateway without NAT', { ...gateway({}), ...network({ nat: 'none' }) }, ['public', 'app', 'data']],
  ['a portal that waits for its zone', { ...waiting, ...network({ nat: 'none' }) }, ['public', 'app', 'data']],
])('uses the tiers that %s need', (_, changes, expected) => {
  expect(usedTiers(changes)).toEqual(expected);
});

test.each([
  [44, ['…0:20::/64', '…0:21::/64', '…0:22::/64'], '2001:db8:100::/44', '2001:db8:100:20::/64'],
  [48, ['…:20::/64', '…:21::/64', '…:22::/64'], '2001:db8:abcd::/48', '2001:db8:abcd:20::/64'],
  [52, ['…020::/64', '…021::/64', '…022::/64'], '2001:db8:1:a000::/52', '2001:db8:1:a020::/64'],
  [56, ['…20::/64', '…21::/64', '…22::/64'], '2001:db8:1:ab00::/56', '2001:db8:1:ab20::/64'],
])('writes the end of a /64 in a /%i as the whole one ends', (netmask, ends, ipv6Prefix, whole) => {
  const changes = network({ ipv6: { pool: 'ipam-pool-01234567', netmask } });

  expect(ipv6Of('app6', changes)).toEqual(ends);
  expect(ipv6Of('app6', changes, { ipv6Prefix })[0]).toBe(whole);
  expect(whole.endsWith(ends[0]!.slice(1))).toBe(true);
});

test('lists the subnets of an existing network as the file gives them', () => {
  expect(rows({ network: { existing } })).toEqual([
    { tier: 'public', zone: 'ap-southeast-1a', state: 'used', ipv6: '2001:db8::/64', subnet: 'subnet-00000001' },
    { tier: 'public', zone: 'ap-southeast-1b', state: 'used', ipv6: '2001:db8:0:1::/64', subnet: 'subnet-00000002' },
    { tier: 'app', zone: 'ap-southeast-1a', state: 'used', ipv6: '2001:db8:0:2::/64', subnet: 'subnet-00000003' },
    { tier: 'app', zone: 'ap-southeast-1b', state: 'used', ipv6: '2001:db8:0:3::/64', subnet: 'subnet-00000004' },
  ]);
});

test.each<[string, Partial<Environment>, string, string]>([
  ['no range', {}, 'x', 'write a range such as 2001:db8::/56, not x'],
  ['IPv4', {}, '10.0.0.0/20', 'write a range such as 2001:db8::/56, not 10.0.0.0/20'],
  ['with host bits', {}, '2001:db8::1/56', '2001:db8::1/56 has host bits set; did you mean 2001:db8::/56?'],
  ['of another size', {}, '2001:db8::/48', "the network's block is a /56, got: 2001:db8::/48"],
  [
    'for an existing network',
    { network: { existing } },
    '2001:db8::/56',
    'an existing network has its IPv6 addresses in the file',
  ],
])('fails when the IPv6 prefix is %s', (_, changes, ipv6Prefix, message) => {
  expect(() => rows(changes, { ipv6Prefix })).toThrow(`--ipv6-prefix: ${message}`);
});

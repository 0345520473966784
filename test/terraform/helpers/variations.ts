import type * as z from 'zod';
import type { agencyFileSchema } from '../../../config/schema';
import { type Pair, pairwise, type Row } from './pairwise';

/** What a person writes. */
export type AgencyFileInput = z.input<typeof agencyFileSchema>;
export type EnvironmentInput = AgencyFileInput['environments'][string];
type NetworkInput = EnvironmentInput['network'];
export type PortalInput = NonNullable<EnvironmentInput['portals']>[string];
type HostingInput = PortalInput['hosting'];

/**
 * What of network and hosting varies. `given` is what an adopted network has already and nobody chooses; a /56 comes
 * from Amazon or from a pool.
 */
export const FACTORS = {
  zones: ['2', '3', '4', 'given'],
  source: ['amazon', 'pool', 'given'],
  netmask: ['44', '56', 'given'],
  nat: ['per-zone', 'single', 'none', 'given'],
  subnets: ['dual-stack', 'ipv6-only', 'given'],
  hosting: ['container', 'instances', 'transit-gateway', 'vpn-gateway', 'given-gateway'],
  portals: ['one', 'several'],
  zone: ['route-53', 'created', 'external'],
  aaaa: ['off', 'staged', 'live'],
  allow: ['everybody', 'few'],
  state: ['local', 's3'],
  environment: ['production', 'staging'],
  names: ['short', 'longest'],
} as const;

export type Variation = Row<typeof FACTORS>;

/** What only a network that is built has a choice of. */
const NETWORK = ['zones', 'source', 'netmask', 'nat', 'subnets'] as const;

/** Whether two choices may meet in one agency file. */
export function mayMeet(pair: Pair<typeof FACTORS>): boolean {
  const { source, netmask, hosting, zone, aaaa } = pair;
  const given = new Set(NETWORK.flatMap((name) => (pair[name] ? [pair[name] === 'given'] : [])));
  if (hosting?.endsWith('gateway')) given.add(hosting === 'given-gateway');
  return (
    given.size <= 1 &&
    (source !== 'amazon' || !netmask || netmask === '56') &&
    // A CNAME elsewhere answers for both families at once.
    (zone !== 'external' || aaaa !== 'off')
  );
}

/** At most 20 variations in which every allowed pair of choices comes up. */
export const variations = (): Variation[] => pairwise(FACTORS, mayMeet);

/** The choices of a variation in one line. */
export function titleOf(variation: Variation): string {
  return Object.entries(variation)
    .filter(([, level]) => level !== 'given')
    .map(([name, level]) => `${name} ${level}`)
    .join(', ');
}

/** Id of the agency of a variation: the file's name. */
export function agencyIdOf({ names }: Variation): string {
  return names === 'short' ? 'so' : 'so-co-ten-dai-nhat-co-the-duoc';
}

/** The agency file of a variation. */
export function agencyFileOf(variation: Variation): AgencyFileInput {
  return {
    agency: {
      id: agencyIdOf(variation),
      name: { vi: 'Sở Thử nghiệm', en: 'Department of Trials' },
      kind: 'other',
      contact: 'ipv6@thunghiem.gov.vn',
    },
    environments: { [variation.environment]: environmentOf(variation) },
  };
}

const ACCOUNT = '111122223333';

function environmentOf(variation: Variation): EnvironmentInput {
  return {
    account: ACCOUNT,
    region: regionOf(variation),
    dataLocation: 'abroad',
    securityLevel: 3,
    approval: { number: '1/QD-STN', date: '2026-10-01', signedBy: 'Nguyễn Văn A' },
    ...(variation.state === 's3' ? { state: { bucket: 'thunghiem-tfstate', region: 'ap-southeast-2' } } : {}),
    network: networkOf(variation),
    portals: portalsOf(variation),
  };
}

/** Seoul is the nearest region with four zones. */
function regionOf({ zones }: Variation): string {
  return zones === '4' ? 'ap-northeast-2' : 'ap-southeast-1';
}

function networkOf({ zones, source, netmask, nat, subnets }: Variation): NetworkInput {
  if (zones === 'given' || source === 'given' || netmask === 'given' || nat === 'given' || subnets === 'given') {
    return {
      existing: {
        vpc: 'vpc-0123456789abcdef0',
        ipv4: '10.8.0.0/16',
        ipv6: '2001:db8:0:1100::/56',
        subnets: {
          public: [
            { id: 'subnet-0a00000000000000a', zone: 'a', ipv6: '2001:db8:0:1100::/64' },
            { id: 'subnet-0a00000000000000b', zone: 'b', ipv6: '2001:db8:0:1101::/64' },
          ],
          app: [
            { id: 'subnet-0b00000000000000a', zone: 'a', ipv6: '2001:db8:0:1110::/64' },
            { id: 'subnet-0b00000000000000b', zone: 'b', ipv6: '2001:db8:0:1111::/64' },
          ],
        },
      },
    };
  }
  return {
    ipv4: '10.8.0.0/20',
    ipv6: source === 'amazon' ? 'amazon' : { pool: 'ipam-pool-0123456789abcdef0', netmask: NETMASKS[netmask] },
    zones: Number(zones),
    nat,
    appSubnets: subnets,
  };
}

const NETMASKS = { '44': 44, '56': 56 } as const;

/** One portal; or one more like it, one of the other kind, and one whose zone waits for its delegation. */
function portalsOf(variation: Variation): Record<string, PortalInput> {
  const { hosting, portals, zones } = variation;
  const main = { [nameOf('cong', variation)]: portalOf('cong', hosting, variation) };
  if (portals === 'one') return main;

  const gateway = zones === 'given' ? 'given-gateway' : 'transit-gateway';
  return {
    ...main,
    [nameOf('giong', variation)]: portalOf('giong', hosting, variation),
    [nameOf('khac', variation)]: portalOf('khac', hosting === 'container' ? gateway : 'container', variation),
    [nameOf('cho', variation)]: { ...portalOf('cho', hosting, variation), zone: { create: true }, takeOver: false },
  };
}

/** A key of at most 30 characters. */
function nameOf(name: string, { names }: Variation): string {
  return names === 'short' ? name : `${name}-`.padEnd(30, 'x');
}

function portalOf(name: string, hosting: Variation['hosting'], variation: Variation): PortalInput {
  const domain = `${name}.thunghiem.gov.vn`;
  return {
    domain,
    aliases: [`www.${domain}`],
    ...zoneOf(variation),
    hosting: hostingOf(hosting, variation),
    publish: { aaaa: variation.aaaa },
    ...(variation.allow === 'few'
      ? { allow: ['203.0.113.0/24', '198.51.100.7/32', '2001:db8:100::/48', '2001:db8:200::1/128'] }
      : {}),
  };
}

function zoneOf({ zone }: Variation): Pick<PortalInput, 'zone' | 'caa' | 'takeOver'> {
  switch (zone) {
    case 'route-53':
      return { zone: { id: 'Z0123456789ABCDEFGHIJ', name: 'thunghiem.gov.vn' }, caa: ['amazon.com'], takeOver: true };
    case 'created':
      return { zone: { create: true, delegated: true } };
    case 'external':
      return { zone: { external: true } };
  }
}

function hostingOf(hosting: Variation['hosting'], variation: Variation): HostingInput {
  if (hosting === 'container') return containerOf(variation);
  if (hosting === 'instances') return { type: 'instances', ami: 'ami-0123456789abcdef0', ipv6Bootstrap: true };
  return gatewayOf(hosting);
}

function containerOf(variation: Variation): HostingInput {
  const region = regionOf(variation);
  const arn = (service: string, resource: string): string => `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;
  const registry = variation.subnets === 'ipv6-only' ? `dkr-ecr.${region}.on.aws` : `dkr.ecr.${region}.amazonaws.com`;
  return {
    type: 'container',
    image: `${ACCOUNT}.${registry}/portal:1.0.0`,
    environment: { LANGUAGES: 'vi,en', A_SECOND_ONE: 'with "quotes", ${dollars} and ế' },
    // Something that only containers have, so no factor of its own.
    ...(variation.environment === 'production'
      ? {
          secrets: {
            DATABASE_PASSWORD: arn('secretsmanager', 'secret:portal-AbCdEf:password::'),
            API_KEY: arn('ssm', 'parameter/portal/api-key'),
          },
        }
      : {}),
  };
}

function gatewayOf(hosting: Exclude<Variation['hosting'], 'container' | 'instances'>): HostingInput {
  const routes = ['10.200.0.0/16', '10.201.0.0/16'];
  switch (hosting) {
    case 'given-gateway':
      return { type: 'gateway', origin: { addresses: ['10.200.1.1'] } };
    case 'transit-gateway':
      return {
        type: 'gateway',
        origin: { addresses: ['10.200.1.1', '10.201.1.1'] },
        connection: { transitGateway: 'tgw-0123456789abcdef0', routes },
      };
    case 'vpn-gateway':
      return {
        type: 'gateway',
        origin: { addresses: ['10.200.1.1'], port: 8080, protocol: 'http' },
        connection: { vpnGateway: 'vgw-0123456789abcdef0', routes },
      };
  }
}

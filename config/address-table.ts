import { ipv4Subnet, ipv6Slot, ipv6Subnet, type Tier, TIERS } from '../core/address-plan';
import { type Cidr, formatCidr, hasHostBits, parseCidr } from '../core/cidr';
import { UserError } from '../core/errors';
import { zonesOf } from '../core/regions';
import { hasEdge } from './portal-front';
import type { Environment, ManagedNetwork, Network } from './schema';

/** One subnet of the address plan: there, or kept free for later. */
export interface AddressRow {
  readonly tier: Tier;
  /** Full name of the zone, as in `ap-southeast-1a`. */
  readonly zone: string;
  readonly state: 'used' | 'reserved';
  /** Absent in the IPv6-only tier, and in an existing network, whose file does not say it. */
  readonly ipv4?: string;
  /** The /64, or its end, as in `…10::/64`, where the block is known only once the network is there. */
  readonly ipv6: string;
  /** Id of the subnet in an existing network. */
  readonly subnet?: string;
}

export interface AddressTableOptions {
  /** The IPv6 block that the network got, as `2001:db8:0:100::/56`: writes whole /64s. */
  readonly ipv6Prefix?: string;
}

/**
 * The address plan of an environment: every tier in every zone of its region, or the subnets of an existing network.
 * Empty for an environment without a VPC.
 *
 * @throws UserError when `ipv6Prefix` cannot be the network's block.
 */
export function addressRows(
  { region, network, portals }: Environment,
  options: AddressTableOptions = {},
): AddressRow[] {
  if (!network) {
    if (options.ipv6Prefix !== undefined) throw new UserError('--ipv6-prefix: the environment has no network');
    return [];
  }
  if ('existing' in network) return existingRows(region, network, options);

  const vpc = parseCidr(network.ipv4)!;
  const netmask = ipv6Netmask(network);
  const prefix = options.ipv6Prefix === undefined ? undefined : requirePrefix(options.ipv6Prefix, netmask);
  const tiers = usedTiers(network, portals);
  return (Object.keys(TIERS) as Tier[]).flatMap((tier) =>
    zonesOf(region).map((zone, index) => ({
      tier,
      zone: region + zone,
      state: tiers.has(tier) && index < network.zones ? 'used' : 'reserved',
      ...(tier === 'app6' ? {} : { ipv4: formatCidr(ipv4Subnet(vpc, tier, zone)) }),
      ipv6: prefix
        ? formatCidr(ipv6Subnet(prefix, tier, zone))
        : slotText(ipv6Slot(tier, zone, netmask).netnum, netmask),
    })),
  );
}

/** Size of the IPv6 block that the network asks for; Amazon gives a /56. */
export function ipv6Netmask({ ipv6 }: ManagedNetwork): number {
  return ipv6 === 'amazon' ? 56 : ipv6.netmask;
}

function existingRows(region: string, { existing }: ExistingNetwork, options: AddressTableOptions): AddressRow[] {
  if (options.ipv6Prefix !== undefined) {
    throw new UserError('--ipv6-prefix: an existing network has its IPv6 addresses in the file');
  }
  return (['public', 'app'] as const).flatMap((tier) =>
    existing.subnets[tier].map(({ id, zone, ipv6 }) => ({
      tier,
      zone: region + zone,
      state: 'used' as const,
      ipv6,
      subnet: id,
    })),
  );
}

type ExistingNetwork = Extract<Network, { existing: unknown }>;

function usedTiers({ nat, appSubnets }: ManagedNetwork, portals: Environment['portals']): Set<Tier> {
  const dualStack = appSubnets === 'dual-stack';
  const used = new Set<Tier>(['public', dualStack ? 'app' : 'app6', 'data']);
  // A portal that waits for the delegation of its zone has nothing but the zone.
  const answering = Object.values(portals).filter(hasEdge);
  if (
    answering.some(
      ({ hosting }) => hosting.type === 'gateway' && hosting.connection && 'transitGateway' in hosting.connection,
    )
  )
    used.add('transit');
  // Without NAT, dual-stack tasks reach the registry and the logs by interface endpoints.
  const tasks = answering.some(({ hosting }) => hosting.type === 'container');
  if (nat === 'none' && dualStack && tasks) used.add('endpoints');
  return used;
}

function requirePrefix(text: string, netmask: number): Cidr {
  const cidr = parseCidr(text);
  if (cidr?.family !== 'ipv6')
    throw new UserError(`--ipv6-prefix: write a range such as 2001:db8::/${netmask}, not ${text}`);
  if (hasHostBits(cidr)) {
    throw new UserError(`--ipv6-prefix: ${text} has host bits set; did you mean ${formatCidr(cidr)}?`);
  }
  if (cidr.prefix !== netmask) {
    throw new UserError(`--ipv6-prefix: the network's block is a /${netmask}, got: ${text}`);
  }
  return cidr;
}

/**
 * The end of a /64 as it will read in the whole one: the digits that the slot decides, and no others. On a /56 these
 * are two, `…10::/64`; a /44 decides the last digit of the third group too, `…0:10::/64`.
 */
function slotText(slot: number, netmask: number): string {
  const hex = slot.toString(16);
  const digits = (64 - netmask) / 4;
  if (digits < 4) return `…${hex.padStart(digits, '0')}::/64`;
  // From /48 on the fourth group is the slot's alone, so leading zeros are not written.
  return digits === 4 ? `…:${hex}::/64` : `…0:${hex}::/64`;
}

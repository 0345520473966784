import { createHash } from 'node:crypto';
import { type Cidr, subnetOf } from './cidr';
import type { Zone } from './regions';

/**
 * The tiers of a VPC and their fixed numbers. A number is never given to another tier, because it decides the
 * addresses of live subnets. 6 and 7 are reserved.
 */
export const TIERS = {
  /** Load balancers and NAT gateways. */
  public: 0,
  /** Dual-stack application subnets. */
  app: 1,
  /** IPv6-only application subnets. */
  app6: 2,
  /** Databases and caches: no route to the Internet. */
  data: 3,
  /** Attachments to a transit gateway. */
  transit: 4,
  /** Interface endpoints. */
  endpoints: 5,
} as const;

export type Tier = keyof typeof TIERS;

const ZONE_NUMBERS: Readonly<Record<Zone, number>> = { a: 0, b: 1, c: 2, d: 3 };

/** IPv4: 8 tiers x 4 zones are 32 subnets, so 5 bits. */
const IPV4_NEWBITS = 5;

/** Sizes of an IPv6 block that hold the plan; AWS gives out multiples of 4 bits. A /60 has 16 subnets: too few. */
export const IPV6_NETMASKS = [44, 48, 52, 56] as const;

/** Arguments of Terraform's `cidrsubnet(vpc, newbits, netnum)`. */
export interface Slot {
  readonly newbits: number;
  readonly netnum: number;
}

/** Where a subnet's IPv4 block lies in the VPC's: `tier x 4 + zone`. */
export function ipv4Slot(tier: Tier, zone: Zone): Slot {
  return { newbits: IPV4_NEWBITS, netnum: TIERS[tier] * 4 + ZONE_NUMBERS[zone] };
}

/**
 * Where a subnet's /64 lies in the VPC's IPv6 block: `tier x 16 + zone`, so that on a /56 the last byte of the
 * prefix reads tier, zone.
 *
 * @param vpcPrefix prefix length of the VPC's block: 44, 48, 52 or 56
 */
export function ipv6Slot(tier: Tier, zone: Zone, vpcPrefix: number): Slot {
  return { newbits: 64 - vpcPrefix, netnum: TIERS[tier] * 16 + ZONE_NUMBERS[zone] };
}

/**
 * Number of the IPv6 address that something keeps in each of its subnets, as Terraform's `cidrhost(subnet, number)` has
 * it. From its name, so that what comes and goes beside it moves nothing; the first four addresses are AWS's own.
 */
export function fixedHost(name: string): number {
  return 16 + createHash('sha256').update(name).digest().readUInt32BE(0);
}

/** The IPv4 block of a subnet in a known VPC block (/16 to /22). */
export function ipv4Subnet(vpc: Cidr, tier: Tier, zone: Zone): Cidr {
  const { newbits, netnum } = ipv4Slot(tier, zone);
  return subnetOf(vpc, newbits, netnum);
}

/** The /64 of a subnet in a known VPC block (/44 to /56). */
export function ipv6Subnet(vpc: Cidr, tier: Tier, zone: Zone): Cidr {
  const { newbits, netnum } = ipv6Slot(tier, zone, vpc.prefix);
  return subnetOf(vpc, newbits, netnum);
}

import { AddressSet } from './address-set';
import { type Cidr, contains, parseCidr } from './cidr';

/** RFC 1918. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((text) => parseCidr(text)!);

/** Shared address space, RFC 6598. */
const SHARED = parseCidr('100.64.0.0/10')!;

/** Whether a range lies in the private IPv4 blocks (RFC 1918), where a VPC belongs. */
export function isPrivateRange(range: Cidr): boolean {
  return PRIVATE.some((block) => contains(block, range));
}

/**
 * Whether a load balancer reaches this address outside its VPC: private IPv4 or shared address space alone
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html).
 */
export function isOriginAddress(address: string): boolean {
  const range = parseCidr(`${address}/32`);
  return range?.family === 'ipv4' && [...PRIVATE, SHARED].some((block) => contains(block, range));
}

/** What examples are written with (RFC 5737): public but for that nobody has them. */
const DOCUMENTATION = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'].map((text) => parseCidr(text)!);

/** Whether this is one IPv4 address that the Internet reaches, or stands for one in an example. */
export function isPublicIpv4(address: string): boolean {
  const range = parseCidr(`${address}/32`);
  if (range?.family !== 'ipv4') return false;
  return AddressSet.internet('ipv4').holds(range) || DOCUMENTATION.some((block) => contains(block, range));
}

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

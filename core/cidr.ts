import { Address4, Address6 } from 'ip-address';

export type Family = 'ipv4' | 'ipv6';

/** A range of addresses. Built by `parseCidr` or `subnetOf`, so its host bits are known. */
export interface Cidr {
  readonly family: Family;
  /** The address as written, host bits included. */
  readonly address: bigint;
  /** First address of the range. */
  readonly first: bigint;
  /** Last address of the range. */
  readonly last: bigint;
  /** Prefix length in bits. */
  readonly prefix: number;
}

const BITS: Record<Family, number> = { ipv4: 32, ipv6: 128 };

/** Number of bits in an address of a family. */
export function addressBits(family: Family): number {
  return BITS[family];
}

/**
 * Reads `10.0.0.0/20` or `2001:db8::/56`, in any spelling that RFC 4291 allows.
 *
 * @returns undefined when the text is no range: no prefix length, zone ids and IPv4 with leading zeros included.
 */
export function parseCidr(text: string): Cidr | undefined {
  if (PARSED.has(text)) return PARSED.get(text);
  const parsed = readCidr(text);
  if (PARSED.size >= MAX_PARSED) PARSED.clear();
  PARSED.set(text, parsed);
  return parsed;
}

/** The same few ranges stand in every rule of every stack, and reading one is slow. */
const PARSED = new Map<string, Cidr | undefined>();
const MAX_PARSED = 1000;

function readCidr(text: string): Cidr | undefined {
  const match = /^([0-9a-fA-F:.]+)\/(0|[1-9][0-9]{0,2})$/.exec(text);
  if (!match) return undefined;
  const address = parseAddress(match[1]!);
  const prefix = Number(match[2]);
  if (!address || prefix > BITS[address.family]) return undefined;
  return range(address.family, address.value, prefix);
}

/**
 * Reads one address, without a prefix length.
 *
 * @returns undefined when the text is no address.
 */
export function parseAddress(text: string): { readonly family: Family; readonly value: bigint } | undefined {
  if (/^[0-9.]+$/.test(text)) {
    // Leading zeros are octal to some readers and decimal to others (RFC 6943, 3.1.1).
    if (/(^|\.)0[0-9]/.test(text) || !/^\d+\.\d+\.\d+\.\d+$/.test(text) || !Address4.isValid(text)) return undefined;
    return { family: 'ipv4', value: new Address4(text).bigInt() };
  }
  if (!/^[0-9a-fA-F:.]+$/.test(text) || !Address6.isValid(text)) return undefined;
  return { family: 'ipv6', value: new Address6(text).bigInt() };
}

/** The range in canonical text: host bits cleared, IPv6 as RFC 5952 writes it. */
export function formatCidr({ family, first, prefix }: Cidr): string {
  return `${formatAddress(family, first)}/${prefix}`;
}

/** One address in canonical text (RFC 5952 for IPv6). */
export function formatAddress(family: Family, value: bigint): string {
  return family === 'ipv4' ? Address4.fromBigInt(value).correctForm() : Address6.fromBigInt(value).correctForm();
}

/** Whether the address as written is not the first of its range, as in `10.0.0.1/20`. */
export function hasHostBits({ address, first }: Cidr): boolean {
  return address !== first;
}

/** Whether every address of `inner` is in `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether the two ranges share an address. */
export function overlaps(one: Cidr, other: Cidr): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last;
}

/**
 * The same arithmetic as Terraform's `cidrsubnet(parent, newbits, netnum)`.
 *
 * @throws RangeError when the result would not fit, as Terraform does.
 */
export function subnetOf(parent: Cidr, newbits: number, netnum: number): Cidr {
  const prefix = parent.prefix + newbits;
  const bits = BITS[parent.family];
  if (newbits < 0 || prefix > bits) throw new RangeError(`${formatCidr(parent)} has no room for ${newbits} more bits`);
  if (netnum < 0 || BigInt(netnum) >= 1n << BigInt(newbits)) {
    throw new RangeError(`${formatCidr(parent)} has no subnet ${netnum} of ${newbits} bits`);
  }
  return range(parent.family, parent.first + (BigInt(netnum) << BigInt(bits - prefix)), prefix);
}

/**
 * The same arithmetic as Terraform's `cidrhost(block, number)`.
 *
 * @throws RangeError when the block has no such address, as Terraform does.
 */
export function hostOf(block: Cidr, number: number): string {
  const value = block.first + BigInt(number);
  if (number < 0 || value > block.last) throw new RangeError(`${formatCidr(block)} has no address ${number}`);
  return formatAddress(block.family, value);
}

/**
 * The first block of `prefix` bits in `parent` that overlaps none of `taken`.
 *
 * @returns undefined when the parent is full.
 */
export function firstFreeBlock(parent: Cidr, prefix: number, taken: readonly Cidr[]): Cidr | undefined {
  const size = 1n << BigInt(BITS[parent.family] - prefix);
  const obstacles = taken.filter((other) => overlaps(parent, other)).sort((a, b) => (a.last < b.last ? -1 : 1));
  let first = parent.first;
  for (;;) {
    if (first + size - 1n > parent.last) return undefined;
    const block = range(parent.family, first, prefix);
    const obstacle = obstacles.find((other) => overlaps(block, other));
    if (!obstacle) return block;
    // On to the next multiple of the block's size behind the obstacle.
    first = ((obstacle.last + size) / size) * size;
  }
}

function range(family: Family, address: bigint, prefix: number): Cidr {
  const hostBits = BigInt(BITS[family] - prefix);
  const first = (address >> hostBits) << hostBits;
  return { family, address, first, last: first + (1n << hostBits) - 1n, prefix };
}

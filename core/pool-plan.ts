import { type Cidr, contains, overlaps, subnetOf } from './cidr';

/**
 * How many blocks of `prefix` bits a range of `outer` bits holds: 1 for blocks of its own size, 0 for larger ones.
 */
export function blockCount(outer: number, prefix: number): number {
  return prefix < outer ? 0 : 2 ** (prefix - outer);
}

/**
 * How many blocks of `prefix` bits are left in a range of `outer` bits once blocks of the lengths `taken` are out of it,
 * each where it fits first. Negative where these alone are too much.
 *
 * For ranges whose addresses are not known yet: in whatever order such blocks are given out, no gap between them is
 * larger than it has to be.
 */
export function blocksLeft(outer: number, prefix: number, taken: readonly number[]): number {
  // Counted in blocks of the smallest size that takes part.
  const unit = Math.max(outer, prefix, ...taken);
  const left = blockCount(outer, unit) - taken.reduce((sum, length) => sum + blockCount(length, unit), 0);
  return Math.floor(left / blockCount(prefix, unit));
}

/** What of a range none of `taken` touches: as few ranges as can be, in order of address. */
export function freeRanges(range: Cidr, taken: readonly Cidr[]): Cidr[] {
  const inside = taken.filter((other) => overlaps(range, other));
  if (inside.length === 0) return [range];
  if (inside.some((other) => contains(other, range))) return [];
  return [0, 1].flatMap((half) => freeRanges(subnetOf(range, 1, half), inside));
}

/** How many blocks of `prefix` bits of a range none of `taken` touches. */
export function freeBlockCount(range: Cidr, prefix: number, taken: readonly Cidr[]): number {
  return freeRanges(range, taken).reduce((sum, free) => sum + blockCount(free.prefix, prefix), 0);
}

import fc from 'fast-check';
import { AddressSet } from '../../core/address-set';
import { type Cidr, contains, firstFreeBlock, formatCidr, overlaps, parseCidr } from '../../core/cidr';
import { blockCount, blocksLeft, freeBlockCount, freeRanges } from '../../core/pool-plan';

const cidr = (text: string): Cidr => parseCidr(text)!;
const texts = (ranges: readonly Cidr[]) => ranges.map(formatCidr);

/** A small world in which every address can be looked at. */
const WORLDS = [cidr('10.0.0.0/26'), cidr('2001:db8::/122')];
const world = fc.constantFrom(...WORLDS);

const rangesIn = ({ family, first, prefix }: Cidr) =>
  fc.array(
    fc
      .record({ length: fc.integer({ min: 0, max: 6 }), offset: fc.integer({ min: 0, max: 63 }) })
      .map(({ length, offset }): Cidr => {
        const size = 1n << BigInt(6 - length);
        const start = first + (BigInt(offset) / size) * size;
        return { family, address: start, first: start, last: start + size - 1n, prefix: prefix + length };
      }),
    { maxLength: 6 },
  );

const worldWithRanges = world.chain((outer) => fc.tuple(fc.constant(outer), rangesIn(outer)));

/** The first free block again and again, as an allocator without plan gives them out. */
function giveOut(outer: Cidr, lengths: readonly number[]): Cidr[] | undefined {
  const given: Cidr[] = [];
  for (const length of lengths) {
    const block = firstFreeBlock(outer, length, given);
    if (!block) return undefined;
    given.push(block);
  }
  return given;
}

test.each([
  [10, 20, 1024],
  [20, 20, 1],
  [20, 16, 0],
  [52, 56, 16],
  [32, 56, 16777216],
])('a /%i holds blocks of /%i: %i', (outer, prefix, count) => {
  expect(blockCount(outer, prefix)).toBe(count);
});

test.each([
  [52, 56, [], 16],
  [52, 56, [56, 56], 14],
  [52, 56, [53], 8],
  [52, 52, [56], 0],
  [52, 56, [52], 0],
  [54, 56, [56, 56, 56, 56, 56], -1],
  [54, 56, [52], -12],
])('a /%i has blocks of /%i left after %j: %i', (outer, prefix, taken, left) => {
  expect(blocksLeft(outer, prefix, taken)).toBe(left);
});

test('blocks of unknown place fit if and only if they fit in whatever order they are given out', () => {
  const lengths = (outer: Cidr) =>
    fc.array(
      fc.integer({ min: 0, max: 6 }).map((bits) => outer.prefix + bits),
      { maxLength: 8 },
    );
  const sizes = world.chain((outer) => fc.tuple(fc.constant(outer), lengths(outer), fc.integer({ min: 0, max: 6 })));

  fc.assert(
    fc.property(sizes, ([outer, taken, bits]) => {
      const prefix = outer.prefix + bits;
      const left = blocksLeft(outer.prefix, prefix, taken);
      const given = giveOut(outer, taken);

      expect(given !== undefined).toBe(left >= 0);
      if (given) expect(freeBlockCount(outer, prefix, given)).toBe(left);
    }),
  );
});

test.each([
  ['10.0.0.0/8', ['10.0.0.0/10', '10.128.0.0/10'], ['10.64.0.0/10', '10.192.0.0/10']],
  ['10.0.0.0/8', [], ['10.0.0.0/8']],
  ['10.0.0.0/8', ['0.0.0.0/0'], []],
  ['10.0.0.0/8', ['172.16.0.0/12', '2001:db8::/32'], ['10.0.0.0/8']],
  ['2001:db8::/32', ['2001:db8:8000::/33'], ['2001:db8::/33']],
])('of %s without %j is left %j', (range, taken, free) => {
  expect(texts(freeRanges(cidr(range), taken.map(cidr)))).toEqual(free);
});

test('what is free and what is taken are all of the range, and nothing is both', () => {
  fc.assert(
    fc.property(worldWithRanges, ([range, taken]) => {
      const free = freeRanges(range, taken);
      const set = (ranges: readonly Cidr[]) => AddressSet.of(range.family, ranges);

      expect(free.some((one) => taken.some((other) => overlaps(one, other)))).toBe(false);
      expect(
        set(free)
          .union(set(taken).intersect(range))
          .equals(set([range])),
      ).toBe(true);
    }),
  );
});

test('what is free is in order, and no two of it are the halves of one range', () => {
  fc.assert(
    fc.property(worldWithRanges, ([range, taken]) => {
      const free = freeRanges(range, taken);

      free.slice(1).forEach((next, index) => {
        const before = free[index]!;
        expect(before.last < next.first).toBe(true);
        const size = before.last - before.first + 1n;
        const halves = before.prefix === next.prefix && before.last + 1n === next.first;
        expect(halves && before.first % (2n * size) === 0n).toBe(false);
      });
    }),
  );
});

test('counts as many free blocks as there are', () => {
  fc.assert(
    fc.property(worldWithRanges, fc.integer({ min: 0, max: 6 }), ([range, taken], bits) => {
      const blocks = Array.from({ length: 2 ** bits }, (_, index): Cidr => {
        const size = 1n << BigInt(6 - bits);
        const first = range.first + BigInt(index) * size;
        return { ...range, address: first, first, last: first + size - 1n, prefix: range.prefix + bits };
      });
      const free = blocks.filter((block) => !taken.some((other) => overlaps(block, other)));

      expect(free.every((block) => contains(range, block))).toBe(true);
      expect(freeBlockCount(range, range.prefix + bits, taken)).toBe(free.length);
    }),
  );
});

import fc from 'fast-check';
import { AddressSet } from '../../core/address-set';
import { type Cidr, type Family, formatAddress, parseCidr, subnetOf } from '../../core/cidr';

const cidr = (text: string): Cidr => parseCidr(text)!;
const setOf = (...texts: readonly string[]): AddressSet =>
  AddressSet.of(
    cidr(texts[0]!).family,
    texts.map((text) => cidr(text)),
  );

/** A world of 64 addresses in which each can be looked at. */
const WORLDS: Readonly<Record<Family, Cidr>> = { ipv4: cidr('192.0.2.64/26'), ipv6: cidr('2001:db8::40/122') };

const family = fc.constantFrom<Family>('ipv4', 'ipv6');

/** Ranges of the small world, anywhere in it. */
function ranges(of: Family): fc.Arbitrary<readonly Cidr[]> {
  const world = WORLDS[of];
  const range = fc
    .record({ length: fc.integer({ min: 0, max: 6 }), offset: fc.bigInt(0n, 63n) })
    .map(({ length, offset }) => cidr(`${formatAddress(of, world.first + offset)}/${world.prefix + length}`));
  return fc.array(range, { maxLength: 6 });
}

const twoSets = family.chain((of) =>
  fc.record({ of: fc.constant(of), one: ranges(of), other: ranges(of) }).map(({ one, other }) => ({ of, one, other })),
);

/** The same set as a list of addresses. */
function model(of: Family, members: readonly Cidr[]): Set<bigint> {
  const world = WORLDS[of];
  const all = Array.from({ length: 64 }, (_, index) => world.first + BigInt(index));
  return new Set(all.filter((address) => members.some(({ first, last }) => first <= address && address <= last)));
}

/** Which addresses of the small world a set holds, asked one by one. */
function membersOf(set: AddressSet): Set<bigint> {
  const world = WORLDS[set.family];
  const bits = set.family === 'ipv4' ? 32 : 128;
  const all = Array.from({ length: 64 }, (_, index) => world.first + BigInt(index));
  return new Set(all.filter((address) => set.holds(cidr(`${formatAddress(set.family, address)}/${bits}`))));
}

describe('the algebra of small sets is that of lists of addresses', () => {
  test('union, intersection, difference and size', () => {
    fc.assert(
      fc.property(twoSets, ({ of, one, other }) => {
        const [a, b] = [AddressSet.of(of, one), AddressSet.of(of, other)];
        const [inA, inB] = [model(of, one), model(of, other)];

        expect(membersOf(a.union(b))).toEqual(new Set([...inA, ...inB]));
        expect(membersOf(a.intersect(b))).toEqual(new Set([...inA].filter((address) => inB.has(address))));
        expect(membersOf(a.minus(b))).toEqual(new Set([...inA].filter((address) => !inB.has(address))));
        expect(a.size).toBe(BigInt(inA.size));
        expect(a.isEmpty).toBe(inA.size === 0);
      }),
    );
  });

  test('whether one holds the other, overlaps it, is it', () => {
    fc.assert(
      fc.property(twoSets, ({ of, one, other }) => {
        const [a, b] = [AddressSet.of(of, one), AddressSet.of(of, other)];
        const [inA, inB] = [[...model(of, one)], [...model(of, other)]];

        expect(a.holds(b)).toBe(inB.every((address) => inA.includes(address)));
        expect(a.overlaps(b)).toBe(inB.some((address) => inA.includes(address)));
        expect(a.equals(b)).toBe(inA.length === inB.length && inB.every((address) => inA.includes(address)));
      }),
    );
  });

  test('one range is the set of that range', () => {
    fc.assert(
      fc.property(twoSets, ({ of, one, other }) => {
        const set = AddressSet.of(of, one);
        for (const range of other) {
          const alone = AddressSet.of(of, [range]);

          expect(set.holds(range)).toBe(set.holds(alone));
          expect(set.overlaps(range)).toBe(set.overlaps(alone));
          expect(set.minus(range).equals(set.minus(alone))).toBe(true);
          expect(set.union(range).equals(set.union(alone))).toBe(true);
        }
      }),
    );
  });

  test('what is left and what was taken make the whole, and share nothing', () => {
    fc.assert(
      fc.property(twoSets, ({ of, one, other }) => {
        const [a, b] = [AddressSet.of(of, one), AddressSet.of(of, other)];

        expect(a.minus(b).union(a.intersect(b)).equals(a)).toBe(true);
        expect(a.minus(b).overlaps(b)).toBe(false);
      }),
    );
  });
});

test('a range cut in pieces, in any order, is the range', () => {
  const pieces = family.chain((of) =>
    fc.record({ of: fc.constant(of), bits: fc.integer({ min: 0, max: 6 }) }).chain(({ bits }) => {
      const world = WORLDS[of];
      const all = Array.from({ length: 2 ** bits }, (_, index) => subnetOf(world, bits, index));
      return fc.shuffledSubarray(all, { minLength: all.length }).map((parts) => ({ world, parts }));
    }),
  );

  fc.assert(
    fc.property(pieces, ({ world, parts }) => {
      expect(AddressSet.of(world.family, parts).equals(AddressSet.of(world.family, [world]))).toBe(true);
    }),
  );
});

test.each([
  ['::/0', '0::/0', '0:0:0:0:0:0:0:0/0', '::0.0.0.0/0'],
  ['2001:db8::/32', '2001:DB8:0:0::/32', '2001:0db8:0000::1/32'],
  ['10.0.0.0/8', '10.1.2.3/8'],
])('%s is one set in every spelling', (...texts) => {
  for (const text of texts) expect(setOf(text).equals(setOf(texts[0]))).toBe(true);
});

test.each<[string, boolean, readonly string[]]>([
  ['everybody', true, ['0.0.0.0/0']],
  ['the two halves', true, ['128.0.0.0/1', '0.0.0.0/1']],
  ['one half', false, ['0.0.0.0/1']],
  ['all but an eighth', false, ['0.0.0.0/1', '128.0.0.0/2']],
  ['everybody over IPv6', true, ['::/0']],
  ['the IPv6 that is given out', true, ['2000::/3']],
  ['its two halves', true, ['2000::/4', '3000::/4']],
  ['all of IPv6 but that', false, ['8000::/1', '4000::/2', '::/3']],
  ['one provider', false, ['2001:db8::/32']],
])('%s is the Internet: %s', (_, expected, texts) => {
  expect(setOf(...texts).holdsInternet).toBe(expected);
});

test('what is nobody’s on the Internet may lack', () => {
  expect(setOf('0.0.0.0/0').minus(cidr('10.0.0.0/8')).minus(cidr('224.0.0.0/4')).holdsInternet).toBe(true);
  expect(setOf('::/0').minus(cidr('fc00::/7')).holdsInternet).toBe(true);
});

test('the families have nothing in common', () => {
  const [ipv4, ipv6] = [setOf('0.0.0.0/0'), setOf('::/0')];

  expect(ipv4.holds(ipv6)).toBe(false);
  expect(ipv6.overlaps(cidr('10.0.0.0/8'))).toBe(false);
  expect(ipv4.minus(ipv6).equals(ipv4)).toBe(true);
  expect(ipv4.union(ipv6).equals(ipv4)).toBe(true);
  expect(AddressSet.of('ipv4', [cidr('::/0')]).isEmpty).toBe(true);
  expect(AddressSet.none('ipv6').isEmpty).toBe(true);
});

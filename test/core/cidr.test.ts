import fc from 'fast-check';
import {
  addressBits,
  type Cidr,
  contains,
  type Family,
  firstFreeBlock,
  formatAddress,
  formatCidr,
  hasHostBits,
  hostOf,
  overlaps,
  parseAddress,
  parseCidr,
  subnetOf,
} from '../../core/cidr';

const cidr = (text: string): Cidr => parseCidr(text)!;

const ipv4Value = fc.bigInt(0n, 2n ** 32n - 1n);
/** Many zero groups, because that is where spellings differ. */
const groups = fc.array(fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 0, max: 0xffff })), {
  minLength: 8,
  maxLength: 8,
});

/** A small world in which every address can be looked at: the ranges inside 10.0.0.0/26 and 2001:db8::/122. */
const smallRange = fc
  .record({
    family: fc.constantFrom<Family>('ipv4', 'ipv6'),
    length: fc.integer({ min: 0, max: 6 }),
    offset: fc.integer({ min: 0, max: 63 }),
  })
  .map(({ family, length, offset }) => {
    const base = family === 'ipv4' ? cidr('10.0.0.0/26') : cidr('2001:db8::/122');
    return cidr(`${formatAddress(family, base.first + BigInt(offset))}/${base.prefix + length}`);
  });

function addresses({ family, first, last }: Cidr): string[] {
  return Array.from({ length: Number(last - first) + 1 }, (_, index) => `${family} ${first + BigInt(index)}`);
}

function spellings(parts: readonly number[]): string[] {
  const plain = parts.map((part) => part.toString(16));
  const written = [
    plain.join(':'),
    plain.join(':').toUpperCase(),
    plain.map((part) => part.padStart(4, '0')).join(':'),
    // The last two groups in the form of an IPv4 address.
    [...plain.slice(0, 6), dotted(parts[6]!, parts[7]!)].join(':'),
  ];
  // Every run of zero groups may be the one that is left out.
  for (let start = 0; start < 8; start += 1) {
    for (let end = start + 1; end <= 8 && parts[end - 1] === 0; end += 1) {
      written.push(`${plain.slice(0, start).join(':')}::${plain.slice(end).join(':')}`);
    }
  }
  return written;
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

describe('reading', () => {
  test('takes every spelling of an IPv6 address that RFC 4291 allows for the same address', () => {
    fc.assert(
      fc.property(groups, (parts) => {
        const value = parts.reduce((sum, part) => sum * 65536n + BigInt(part), 0n);
        for (const text of spellings(parts))
          expect([text, parseAddress(text)]).toEqual([text, { family: 'ipv6', value }]);
      }),
      { numRuns: 50 },
    );
  });

  test('takes back what it has written, of either family and any length', () => {
    const anyRange = fc.oneof(
      fc.record({ family: fc.constant<Family>('ipv4'), value: ipv4Value, prefix: fc.integer({ min: 0, max: 32 }) }),
      fc.record({
        family: fc.constant<Family>('ipv6'),
        value: fc.bigInt(0n, 2n ** 128n - 1n),
        prefix: fc.integer({ min: 0, max: 128 }),
      }),
    );
    fc.assert(
      fc.property(anyRange, ({ family, value, prefix }) => {
        const range = cidr(`${formatAddress(family, value)}/${prefix}`);

        expect(range).toMatchObject({ family, address: value, prefix });
        expect(cidr(formatCidr(range))).toEqual({ ...range, address: range.first });
        expect(hasHostBits(range)).toBe(range.first !== value);
      }),
    );
  });

  test.each([
    ['10.0.0.1/20', '10.0.0.0/20', true],
    ['0:0:0:0:0:0:0:0/0', '::/0', false],
    ['2001:DB8:0:0:1:0:0:1/128', '2001:db8::1:0:0:1/128', false],
    ['2001:db8:0:1:1:1:1:1/64', '2001:db8:0:1::/64', true],
    ['::ffff:203.0.113.9/128', '::ffff:cb00:7109/128', false],
  ])('%s is written %s', (text, canonical, hostBits) => {
    expect(formatCidr(cidr(text))).toBe(canonical);
    expect(hasHostBits(cidr(text))).toBe(hostBits);
  });

  test.each([
    '',
    '10.0.0.0',
    '10.0.0/24',
    '10.0.0.0/33',
    '10.0.0.0/024',
    '10.0.0.0/-1',
    '10.0.0.0/24/24',
    ' 10.0.0.0/24',
    '010.0.0.0/8',
    '10.0.0.256/32',
    '2001:db8::',
    '2001:db8::/129',
    '2001:db8::%eth0/64',
    '2001::db8::/32',
    '2001:db8:1/48',
    '2001:db8:0:0:0:0:0:0:0/64',
    ':::/0',
    '12345::/16',
    '[::]/0',
    '::1.2.3/128',
    '::1.2.3.04/128',
    '${aws_vpc.vpc.cidr_block}',
  ])('%j is no range', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  test.each(['', '10.0.0.0/8', '1.2.3', '01.2.3.4', '1.2.3.4.5', 'fe80::1%eth0', 'x::1', '::/0'])(
    '%j is no address',
    (text) => {
      expect(parseAddress(text)).toBeUndefined();
    },
  );

  test('knows how many bits an address has', () => {
    expect([addressBits('ipv4'), addressBits('ipv6')]).toEqual([32, 128]);
  });
});

describe('comparing', () => {
  test('contains and overlaps are what the addresses say', () => {
    fc.assert(
      fc.property(smallRange, smallRange, (one, other) => {
        const [ours, theirs] = [new Set(addresses(one)), addresses(other)];

        expect(contains(one, other)).toBe(theirs.every((address) => ours.has(address)));
        expect(overlaps(one, other)).toBe(theirs.some((address) => ours.has(address)));
      }),
    );
  });

  test('ranges of different families have nothing in common, whatever their numbers', () => {
    expect(contains(cidr('::/0'), cidr('10.0.0.0/8'))).toBe(false);
    expect(overlaps(cidr('0.0.0.0/0'), cidr('::a00:0/128'))).toBe(false);
  });
});

describe('subnetOf', () => {
  // Answers of `terraform console`.
  test.each([
    ['10.0.0.0/20', 5, 0, '10.0.0.0/25'],
    ['10.0.0.0/20', 5, 31, '10.0.15.128/25'],
    ['10.0.0.9/20', 4, 2, '10.0.2.0/24'],
    ['2001:db8:0:1100::/56', 8, 16, '2001:db8:0:1110::/64'],
    ['2001:db8::/44', 20, 1048575, '2001:db8:f:ffff::/64'],
    ['10.0.0.0/24', 0, 0, '10.0.0.0/24'],
  ])('cidrsubnet("%s", %i, %i) is %s', (parent, newbits, netnum, expected) => {
    expect(formatCidr(subnetOf(cidr(parent), newbits, netnum))).toBe(expected);
  });

  test('cuts a parent into parts that fill it, in order and without overlap', () => {
    fc.assert(
      fc.property(smallRange, fc.integer({ min: 0, max: 4 }), (parent, newbits) => {
        fc.pre(parent.prefix + newbits <= addressBits(parent.family));
        const parts = Array.from({ length: 2 ** newbits }, (_, netnum) => subnetOf(parent, newbits, netnum));

        expect(parts.flatMap(addresses)).toEqual(addresses(parent));
      }),
    );
  });

  test.each([
    ['10.0.0.0/24', 9, 0, '10.0.0.0/24 has no room for 9 more bits'],
    ['2001:db8::/120', 9, 0, '2001:db8::/120 has no room for 9 more bits'],
    ['10.0.0.0/24', -1, 0, '10.0.0.0/24 has no room for -1 more bits'],
    ['10.0.0.0/24', 2, 4, '10.0.0.0/24 has no subnet 4 of 2 bits'],
    ['10.0.0.0/24', 2, -1, '10.0.0.0/24 has no subnet -1 of 2 bits'],
  ])('fails for cidrsubnet("%s", %i, %i), as Terraform does', (parent, newbits, netnum, message) => {
    expect(() => subnetOf(cidr(parent), newbits, netnum)).toThrow(new RangeError(message));
  });
});

describe('hostOf', () => {
  test.each([
    ['10.0.0.0/24', 0, '10.0.0.0'],
    ['10.0.0.0/24', 255, '10.0.0.255'],
    ['2001:db8:0:100::/64', 16, '2001:db8:0:100::10'],
    ['2001:db8:0:100::/64', 4294967311, '2001:db8:0:100:0:1:0:f'],
  ])('of %s, number %i is %s', (range, number, expected) => {
    expect(hostOf(cidr(range), number)).toBe(expected);
  });

  test('counts the addresses of a range, in order', () => {
    fc.assert(
      fc.property(smallRange, (range) => {
        const hosts = addresses(range).map((_, number) => parseAddress(hostOf(range, number))!);

        expect(hosts.map(({ family, value }) => `${family} ${value}`)).toEqual(addresses(range));
      }),
    );
  });

  test.each([
    ['10.0.0.0/24', 256],
    ['2001:db8::/64', -1],
  ])('fails for cidrhost("%s", %i), as Terraform does', (range, number) => {
    expect(() => hostOf(cidr(range), number)).toThrow(new RangeError(`${range} has no address ${number}`));
  });
});

describe('firstFreeBlock', () => {
  test('gives the first block that overlaps nothing, or none when there is none', () => {
    const question = fc
      .record({
        family: fc.constantFrom<Family>('ipv4', 'ipv6'),
        length: fc.integer({ min: 0, max: 6 }),
        taken: fc.array(smallRange, { maxLength: 8 }),
      })
      .map(({ family, length, taken }) => {
        const parent = family === 'ipv4' ? cidr('10.0.0.0/26') : cidr('2001:db8::/122');
        return { parent, length, taken };
      });
    fc.assert(
      fc.property(question, ({ parent, length, taken }) => {
        const candidates = Array.from({ length: 2 ** length }, (_, netnum) => subnetOf(parent, length, netnum));
        const expected = candidates.find((block) => !taken.some((other) => overlaps(block, other)));

        const found = firstFreeBlock(parent, parent.prefix + length, taken);

        expect(found && formatCidr(found)).toBe(expected && formatCidr(expected));
      }),
      { numRuns: 300 },
    );
  });

  test('walks around a large obstacle without looking at every block in it', () => {
    const free = firstFreeBlock(cidr('2001:db8::/32'), 64, [cidr('2001:db8::/33'), cidr('2001:db8:8000::/64')]);

    expect(formatCidr(free!)).toBe('2001:db8:8000:1::/64');
  });

  test('has no block in a parent that is too small, or inside somebody else', () => {
    expect(firstFreeBlock(cidr('10.0.0.0/24'), 20, [])).toBeUndefined();
    expect(firstFreeBlock(cidr('10.0.0.0/20'), 24, [cidr('10.0.0.0/8')])).toBeUndefined();
  });
});

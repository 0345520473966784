import fc from 'fast-check';
import {
  fixedHost,
  IPV6_NETMASKS,
  ipv4Slot,
  ipv4Subnet,
  ipv6Slot,
  ipv6Subnet,
  type Tier,
  TIERS,
} from '../../core/address-plan';
import { type Cidr, contains, formatCidr, overlaps, parseCidr, subnetOf } from '../../core/cidr';
import type { Zone } from '../../core/regions';

const ALL_TIERS = Object.keys(TIERS) as Tier[];
const ALL_ZONES: readonly Zone[] = ['a', 'b', 'c', 'd'];
const PLACES = ALL_TIERS.flatMap((tier) => ALL_ZONES.map((zone) => ({ tier, zone })));

const cidr = (text: string): Cidr => parseCidr(text)!;

function expectApart(subnets: readonly Cidr[]): void {
  subnets.forEach((one, index) => {
    for (const other of subnets.slice(index + 1)) expect(overlaps(one, other)).toBe(false);
  });
}

test('the numbers of the tiers decide the addresses of live subnets, so they are these forever', () => {
  expect(TIERS).toEqual({ public: 0, app: 1, app6: 2, data: 3, transit: 4, endpoints: 5 });
});

describe('IPv6', () => {
  test('on a /56 the last byte of the prefix reads tier, zone', () => {
    const vpc = cidr('2001:db8:0:1100::/56');

    expect(formatCidr(ipv6Subnet(vpc, 'public', 'a'))).toBe('2001:db8:0:1100::/64');
    expect(formatCidr(ipv6Subnet(vpc, 'app', 'c'))).toBe('2001:db8:0:1112::/64');
    expect(formatCidr(ipv6Subnet(vpc, 'endpoints', 'd'))).toBe('2001:db8:0:1153::/64');
  });

  test.each(IPV6_NETMASKS)('in a /%i every place is a /64 of its own inside the VPC', (netmask) => {
    const block = fc.bigInt(0n, 2n ** BigInt(netmask) - 1n).map((value) => {
      const first = value << BigInt(128 - netmask);
      return { ...cidr(`::/${netmask}`), address: first, first, last: first + 2n ** BigInt(128 - netmask) - 1n };
    });
    fc.assert(
      fc.property(block, (vpc) => {
        const subnets = PLACES.map(({ tier, zone }) => ipv6Subnet(vpc, tier, zone));

        for (const subnet of subnets) {
          expect(subnet.prefix).toBe(64);
          expect(contains(vpc, subnet)).toBe(true);
        }
        expectApart(subnets);
      }),
      { numRuns: 20 },
    );
  });

  test.each(IPV6_NETMASKS)('8 tiers of 16 places fit in a /%i, so no number of tier is too high', (netmask) => {
    const last = ipv6Slot('public', 'a', netmask).netnum + 7 * 16 + 15;

    expect(last).toBeLessThan(2 ** ipv6Slot('public', 'a', netmask).newbits);
  });

  test('a block of Amazon, known only after apply, is cut where a known one is', () => {
    const known = fc.bigInt(0n, 2n ** 56n - 1n).map((value) => cidr(`${hex(value << 72n)}/56`));
    fc.assert(
      fc.property(known, fc.constantFrom(...PLACES), (vpc, { tier, zone }) => {
        // What Terraform computes from the arguments in the stack.
        const { newbits, netnum } = ipv6Slot(tier, zone, 56);

        expect(subnetOf(vpc, newbits, netnum)).toEqual(ipv6Subnet(vpc, tier, zone));
      }),
    );
  });
});

describe('IPv4', () => {
  test.each([16, 17, 18, 19, 20, 21, 22])('in a /%i every place has a block of its own, /27 or larger', (prefix) => {
    const vpc = cidr(`10.32.0.0/${prefix}`);
    const subnets = PLACES.map(({ tier, zone }) => ipv4Subnet(vpc, tier, zone));

    for (const subnet of subnets) {
      // A load balancer asks for a /27.
      expect(subnet.prefix).toBe(prefix + 5);
      expect(subnet.prefix).toBeLessThanOrEqual(27);
      expect(contains(vpc, subnet)).toBe(true);
    }
    expectApart(subnets);
  });

  test('tiers lie four zones apart', () => {
    expect(formatCidr(ipv4Subnet(cidr('10.0.0.0/20'), 'public', 'b'))).toBe('10.0.0.128/25');
    expect(formatCidr(ipv4Subnet(cidr('10.0.0.0/20'), 'data', 'd'))).toBe('10.0.7.128/25');
  });
});

describe('stability', () => {
  test('a place depends on its tier and its zone, and no two places are one', () => {
    const slots = PLACES.map(({ tier, zone }) => [ipv4Slot(tier, zone), ipv6Slot(tier, zone, 56)]);

    expect(new Set(slots.map(([ipv4]) => ipv4!.netnum)).size).toBe(PLACES.length);
    expect(new Set(slots.map(([, ipv6]) => ipv6!.netnum)).size).toBe(PLACES.length);
  });

  test('no edit of zones, tiers or the application mode moves a subnet that is there before and after', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => {
        let network: Shape = { zones: 2, appSubnets: 'dual-stack', transit: false, endpoints: false };
        const seen = new Map<string, string>();
        for (const change of edits) {
          network = { ...network, ...change };
          for (const [name, blocks] of planOf(network)) {
            // Blocks come back where they were, even when a tier was gone in between.
            expect([name, blocks]).toEqual([name, seen.get(name) ?? blocks]);
            seen.set(name, blocks);
          }
        }
      }),
    );
  });
});

interface Shape {
  readonly zones: number;
  readonly appSubnets: 'dual-stack' | 'ipv6-only';
  readonly transit: boolean;
  readonly endpoints: boolean;
}

const edit: fc.Arbitrary<Partial<Shape>> = fc.oneof(
  fc.record({ zones: fc.integer({ min: 2, max: 4 }) }),
  fc.record({ appSubnets: fc.constantFrom<Shape['appSubnets']>('dual-stack', 'ipv6-only') }),
  fc.record({ transit: fc.boolean() }),
  fc.record({ endpoints: fc.boolean() }),
);

/** The blocks of a network's subnets, by name. */
function planOf({ zones, appSubnets, transit, endpoints }: Shape): [string, string][] {
  const tiers: Tier[] = ['public', appSubnets === 'ipv6-only' ? 'app6' : 'app', 'data'];
  if (transit) tiers.push('transit');
  if (endpoints) tiers.push('endpoints');
  return tiers.flatMap((tier) =>
    ALL_ZONES.slice(0, zones).map((zone): [string, string] => [
      `${tier}-${zone}`,
      [ipv4Subnet(cidr('10.46.0.0/20'), tier, zone), ipv6Subnet(cidr('2001:db8:0:1100::/56'), tier, zone)]
        .map(formatCidr)
        .join(' '),
    ]),
  );
}

function hex(value: bigint): string {
  return value.toString(16).padStart(32, '0').match(/.{4}/g)!.join(':');
}

describe('fixed addresses', () => {
  test('are those of their names forever', () => {
    expect(fixedHost('hue-production--portal')).toBe(3176128096);
    expect(fixedHost('hue-production--motcua')).not.toBe(3176128096);
  });

  test('keep clear of what AWS has at the beginning of a subnet, and are in every /64', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const host = fixedHost(name);

        expect(host).toBeGreaterThanOrEqual(16);
        expect(host).toBeLessThan(2 ** 33);
      }),
    );
  });
});

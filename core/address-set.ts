import { type Cidr, type Family, parseCidr } from './cidr';

interface Interval {
  readonly first: bigint;
  readonly last: bigint;
}

/** Addresses of one family, as a set: however its ranges are cut or spelled, the same addresses are the same set. */
export class AddressSet {
  public static of(family: Family, ranges: readonly Cidr[]): AddressSet {
    return new AddressSet(family, merge(ranges.filter((range) => range.family === family)));
  }

  public static none(family: Family): AddressSet {
    return new AddressSet(family, []);
  }

  /** The addresses of the public Internet: unicast for IPv4, 2000::/3 for IPv6 (IANA's registries of address space). */
  public static internet(family: Family): AddressSet {
    return INTERNET[family];
  }

  private static intervalsOf(addresses: AddressSet | Cidr): readonly Interval[] {
    return addresses instanceof AddressSet ? addresses.intervals : [addresses];
  }

  private count: bigint | undefined;

  private constructor(
    public readonly family: Family,
    /** In order, with gaps between them. */
    private readonly intervals: readonly Interval[],
  ) {}

  public get isEmpty(): boolean {
    return this.intervals.length === 0;
  }

  /** Whether everybody on the Internet is in it. */
  public get holdsInternet(): boolean {
    return this.holds(AddressSet.internet(this.family));
  }

  public get size(): bigint {
    return (this.count ??= this.intervals.reduce((sum, { first, last }) => sum + last - first + 1n, 0n));
  }

  public holds(other: AddressSet | Cidr): boolean {
    if (other.family !== this.family) return other instanceof AddressSet && other.isEmpty;
    // An interval has no gap in it, so it lies in one of these or is not in the set.
    return AddressSet.intervalsOf(other).every(({ first, last }) =>
      this.intervals.some((own) => own.first <= first && last <= own.last),
    );
  }

  public overlaps(other: AddressSet | Cidr): boolean {
    return this.own(other).some(({ first, last }) =>
      this.intervals.some((own) => own.first <= last && first <= own.last),
    );
  }

  public equals(other: AddressSet): boolean {
    return this.holds(other) && other.holds(this);
  }

  public union(other: AddressSet | Cidr): AddressSet {
    if (other.family !== this.family || (other instanceof AddressSet && other.isEmpty)) return this;
    if (other instanceof AddressSet && this.isEmpty) return other;
    return new AddressSet(this.family, merge([...this.intervals, ...this.own(other)]));
  }

  public intersect(other: AddressSet | Cidr): AddressSet {
    if (other instanceof AddressSet ? other.holds(this) : this.isIn(other)) return this;
    if (other instanceof AddressSet && other.family === this.family && this.holds(other)) return other;
    const others = this.own(other);
    const common = this.intervals.flatMap(({ first, last }) =>
      others
        .filter((one) => one.first <= last && first <= one.last)
        .map((one) => ({ first: one.first < first ? first : one.first, last: one.last < last ? one.last : last })),
    );
    return new AddressSet(this.family, common);
  }

  public minus(other: AddressSet | Cidr): AddressSet {
    if (!(other instanceof AddressSet) && this.isIn(other)) return AddressSet.none(this.family);
    if (!this.overlaps(other)) return this;
    let rest: Interval[] = [...this.intervals];
    for (const hole of this.own(other)) {
      rest = rest.flatMap(({ first, last }) => {
        if (hole.last < first || last < hole.first) return [{ first, last }];
        return [
          ...(first < hole.first ? [{ first, last: hole.first - 1n }] : []),
          ...(hole.last < last ? [{ first: hole.last + 1n, last }] : []),
        ];
      });
    }
    return new AddressSet(this.family, rest);
  }

  private isIn({ family, first, last }: Cidr): boolean {
    return family === this.family && this.intervals.every((own) => first <= own.first && own.last <= last);
  }

  private own(other: AddressSet | Cidr): readonly Interval[] {
    return other.family === this.family ? AddressSet.intervalsOf(other) : [];
  }
}

function merge(intervals: readonly Interval[]): Interval[] {
  const merged: { first: bigint; last: bigint }[] = [];
  for (const { first, last } of [...intervals].sort((one, other) => (one.first < other.first ? -1 : 1))) {
    const before = merged[merged.length - 1];
    if (before && first <= before.last + 1n) {
      if (last > before.last) before.last = last;
    } else merged.push({ first, last });
  }
  return merged;
}

/** Of IPv4 what is nobody's on the Internet: this network, private use, loopback, link-local, multicast and above. */
const NOT_INTERNET = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
].concat(
  ['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24'],
  ['203.0.113.0/24', '224.0.0.0/3'],
);

const INTERNET: Readonly<Record<Family, AddressSet>> = {
  ipv4: NOT_INTERNET.reduce(
    (rest, text) => rest.minus(parseCidr(text)!),
    AddressSet.of('ipv4', [parseCidr('0.0.0.0/0')!]),
  ),
  ipv6: AddressSet.of('ipv6', [parseCidr('2000::/3')!]),
};

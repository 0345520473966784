import type { AliasTarget } from '../dns/dual-stack-alias';

/** What answers for a portal's names: by which name of AWS's, for which family. */
export interface Front {
  /** Where alias records of each type lead. Most fronts have one name for both. */
  readonly aliases: Readonly<Record<'A' | 'AAAA', AliasTarget>>;

  /** Name that answers A and AAAA: what a CNAME in a zone outside Route 53 leads to. */
  readonly dnsName: string;

  /** Addresses that stay as they are, by the type of record that holds them. Undefined where AWS changes them. */
  readonly addresses?: Readonly<Record<'A' | 'AAAA', readonly FixedAddress[]>>;
}

/** One address of a front, known after apply. */
export interface FixedAddress {
  /** What it is known by among those of its family: a zone's letter, or a number. */
  readonly id: string;
  readonly address: string;
}

import { Wafv2IpSet } from '@cdktf/provider-aws/lib/wafv2-ip-set';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { formatCidr, parseCidr } from '../../core/cidr';
import { invalidProp } from '../../core/errors';

/** Properties for `IpSetPair`. */
export interface IpSetPairProps {
  /** What the names of the two sets begin with. */
  readonly name: string;

  /** Ranges of both families in canonical text, none of them /0, at most 10,000 of each family. */
  readonly ranges: readonly string[];

  readonly scope: 'REGIONAL' | 'CLOUDFRONT';

  /**
   * Provider of the region that the sets are in.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
}

const FAMILIES = ['ipv4', 'ipv6'] as const;

/** AWS's limit for a set (https://docs.aws.amazon.com/waf/latest/developerguide/limits.html). */
const MAX_RANGES = 10_000;

/**
 * One list of ranges as the two IP sets of AWS WAF, which knows sets of one family alone.
 *
 * Both are made whatever the list holds, and one statement refers to both, so that what is said of one family is said of
 * the other. A set without ranges matches nobody.
 */
export class IpSetPair extends Construct {
  /** Matches whoever is in the list, for a rule of a web ACL. */
  public readonly statement: object;

  constructor(scope: Construct, id: string, props: IpSetPairProps) {
    super(scope, id);
    this.requireRanges(props.ranges);

    const sets = FAMILIES.map((family) => this.defineSet(family, props));
    this.statement = {
      or_statement: { statement: sets.map(({ arn }) => ({ ip_set_reference_statement: { arn } })) },
    };
  }

  private defineSet(family: 'ipv4' | 'ipv6', { name, ranges, scope, provider }: IpSetPairProps): Wafv2IpSet {
    const addresses = ranges.filter((range) => range.includes(':') === (family === 'ipv6'));
    return new Wafv2IpSet(this, family, {
      name: `${name}-${family}`,
      scope,
      ipAddressVersion: family.toUpperCase(),
      // To Terraform an empty set is none.
      addresses: addresses.length > 0 ? addresses : undefined,
      provider,
      // AWS deletes no set that a web ACL still refers to.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private requireRanges(ranges: readonly string[]): void {
    const families = ranges.map((text) => {
      const range = parseCidr(text);
      if (!range || formatCidr(range) !== text) {
        const rule = 'must hold ranges in canonical text, such as 203.0.113.0/24 or 2001:db8::/32';
        throw invalidProp(this, 'ranges', rule, text);
      }
      if (range.prefix === 0) throw invalidProp(this, 'ranges', 'must not hold everybody, which AWS WAF refuses', text);
      return range.family;
    });
    for (const family of FAMILIES) {
      const count = families.filter((one) => one === family).length;
      if (count > MAX_RANGES) throw invalidProp(this, 'ranges', 'must hold at most 10,000 ranges a family', count);
    }
    if (new Set(ranges).size < ranges.length) {
      const twice = ranges.find((range, index) => ranges.indexOf(range) !== index);
      throw invalidProp(this, 'ranges', 'must name each range once', twice);
    }
  }
}

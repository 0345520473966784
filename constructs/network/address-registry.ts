import { VpcIpam } from '@cdktf/provider-aws/lib/vpc-ipam';
import { Construct } from 'constructs';
import { contains, parseCidr } from '../../core/cidr';
import { invalidProp } from '../../core/errors';
import { IpamPool, type IpamPoolProps, type PoolNetmasks } from './ipam-pool';
import { PoolShare } from './pool-share';

/** The addresses of one group of agencies. */
export interface AddressPool {
  /** Region whose VPCs draw from it; one of the operating regions. */
  readonly region: string;

  /**
   * A part of the registry's IPv4 range. IPAM takes in the VPCs that have blocks of it.
   *
   * @default - no IPv4
   */
  readonly ipv4?: { readonly cidr: string; readonly netmask: PoolNetmasks };

  /**
   * A part of the registry's own IPv6 range, or the size of one that AWS chooses.
   *
   * @default - no IPv6
   */
  readonly ipv6?: ({ readonly cidr: string } | { readonly size: number }) & { readonly netmask: PoolNetmasks };

  /**
   * Tags that a VPC must have to draw from it.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;

  /**
   * Accounts by their 12 digits, and organizations and their units by their ARNs, that may draw from it, too.
   *
   * @default - the registry's own account alone
   */
  readonly shareWith?: readonly string[];

  /**
   * Let accounts be among them that are not in the organization of the registry.
   *
   * @default false
   */
  readonly outsideOrganization?: boolean;
}

/** Properties for `AddressRegistry`. */
export interface AddressRegistryProps {
  /** What names and `Name` tags begin with. */
  readonly name: string;

  /** Home region of the IPAM: the provider's. */
  readonly region: string;

  /**
   * Regions that may have pools, the home region among them.
   *
   * @default - the home region alone
   */
  readonly operatingRegions?: readonly string[];

  /**
   * Tier of IPAM. `free` knows neither private IPv4 pools nor other regions nor sharing
   * (https://aws.amazon.com/vpc/pricing/, IPAM).
   *
   * @default 'advanced'
   */
  readonly tier?: 'free' | 'advanced';

  /**
   * Private range at the top of the IPv4 pools.
   *
   * @default - no IPv4 pools
   */
  readonly ipv4?: string;

  /**
   * The top of the IPv6 pools: a contiguous block of Amazon in each region that has pools, or a range of one's own. Of
   * the latter the top pool is made at once, and what is below it once a person has provisioned the range: AWS wants to
   * be shown whose it is.
   *
   * @default - no IPv6 pools
   */
  readonly ipv6?:
    | { readonly amazon: { readonly netmask: number } }
    | { readonly byoip: { readonly cidr: string; readonly advertise: boolean; readonly provisioned: boolean } };

  /** Pools by name, one for each group of agencies. */
  readonly pools: Readonly<Record<string, AddressPool>>;
}

/** Ids of pools by family. */
export type PoolIds = Readonly<Record<string, string>>;

/**
 * The pools from which the VPCs of many agencies get their addresses: an IPAM, a pool at the top for each family, and
 * below it those of each group of agencies, shared with their accounts.
 */
export class AddressRegistry extends Construct {
  public readonly ipamId: string;

  /** The pools at the top: `ipv4`, `ipv6`, or `ipv6-<region>` of Amazon's blocks. */
  public readonly topPoolIds: PoolIds;

  /** The pools of the groups by name: `ipv4` and `ipv6`, as far as they are there. */
  public readonly poolIds: Readonly<Record<string, PoolIds>>;

  private readonly props: AddressRegistryProps;
  private readonly ipam: VpcIpam;

  constructor(scope: Construct, id: string, props: AddressRegistryProps) {
    super(scope, id);
    this.props = props;
    const regions = this.requireRegions();
    this.requireTier(regions);
    for (const [name, pool] of Object.entries(props.pools)) this.requireInside(name, pool, regions);

    this.ipam = new VpcIpam(this, 'Resource', {
      description: props.name,
      operatingRegions: [...regions].sort().map((regionName) => ({ regionName })),
      tier: props.tier ?? 'advanced',
      tags: { Name: props.name },
    });
    const tops = new Map([...this.defineIpv4Top(), ...this.defineIpv6Tops()]);
    const scopeOfPools = new Construct(this, 'pools');
    const pools = Object.entries(props.pools).map(
      ([name, pool]) => [name, this.definePools(scopeOfPools, name, pool, tops)] as const,
    );

    this.ipamId = this.ipam.id;
    this.topPoolIds = idsOf(Object.fromEntries(tops));
    this.poolIds = Object.fromEntries(pools.map(([name, byFamily]) => [name, idsOf(byFamily)]));
  }

  private requireRegions(): readonly string[] {
    const { region, operatingRegions = [region] } = this.props;
    if (operatingRegions.includes(region)) return operatingRegions;
    throw invalidProp(this, 'operatingRegions', `must hold the home region, ${region}`, operatingRegions);
  }

  private requireTier(regions: readonly string[]): void {
    const { tier, ipv4, pools } = this.props;
    if (tier !== 'free') return;
    const shared = Object.values(pools).some(({ shareWith = [] }) => shareWith.length > 0);
    if (ipv4 === undefined && regions.length === 1 && !shared) return;
    throw invalidProp(this, 'tier', 'must be advanced for IPv4 pools, several regions and shared pools', tier);
  }

  private requireInside(name: string, { region, ipv4, ipv6 }: AddressPool, regions: readonly string[]): void {
    const { ipv4: ipv4Top, ipv6: source } = this.props;
    if (!regions.includes(region)) {
      throw invalidProp(this, `pools.${name}.region`, `must be one of ${regions.join(', ')}`, region);
    }
    if (ipv4 && !isPart(ipv4.cidr, ipv4Top)) {
      throw invalidProp(
        this,
        `pools.${name}.ipv4.cidr`,
        `must be a part of ${ipv4Top ?? 'an `ipv4` range'}`,
        ipv4.cidr,
      );
    }
    if (!ipv6) return;
    if ('cidr' in ipv6) {
      const top = source && 'byoip' in source ? source.byoip.cidr : undefined;
      if (isPart(ipv6.cidr, top)) return;
      throw invalidProp(
        this,
        `pools.${name}.ipv6.cidr`,
        `must be a part of ${top ?? 'a range of your own'}`,
        ipv6.cidr,
      );
    }
    const top = source && 'amazon' in source ? source.amazon.netmask : undefined;
    if (top !== undefined && ipv6.size >= top) return;
    const rule = top === undefined ? 'needs a block of Amazon at the top' : `must fit into the /${top} of Amazon`;
    throw invalidProp(this, `pools.${name}.ipv6.size`, rule, ipv6.size);
  }

  private defineIpv4Top(): [string, IpamPool][] {
    const { ipv4: cidr, name } = this.props;
    if (cidr === undefined) return [];
    const pool = new IpamPool(this, 'ipv4', {
      name: `${name}-ipv4`,
      family: 'ipv4',
      scopeId: this.ipam.privateDefaultScopeId,
      range: { cidr },
    });
    return [['ipv4', pool]];
  }

  private defineIpv6Tops(): [string, IpamPool][] {
    const { ipv6: source, pools, name } = this.props;
    if (!source) return [];
    const common = { family: 'ipv6', scopeId: this.ipam.publicDefaultScopeId } as const;
    if ('byoip' in source) {
      const { advertise } = source.byoip;
      // No region, so that parts of it can be given to several. Its range is provisioned by a person.
      return [['ipv6', new IpamPool(this, 'ipv6', { ...common, name: `${name}-ipv6`, source: { advertise } })]];
    }
    const used = Object.values(pools).flatMap(({ ipv6, region }) => (ipv6 ? [region] : []));
    const scope = new Construct(this, 'ipv6');
    return [...new Set(used)].sort().map((region) => [
      `ipv6-${region}`,
      new IpamPool(scope, region, {
        ...common,
        name: `${name}-ipv6-${region}`,
        source: 'amazon',
        region,
        range: { size: source.amazon.netmask },
      }),
    ]);
  }

  private definePools(
    scope: Construct,
    name: string,
    { region, ipv4, ipv6, tags, shareWith = [], outsideOrganization }: AddressPool,
    tops: ReadonlyMap<string, IpamPool>,
  ): Record<string, IpamPool> {
    const own = new Construct(scope, name);
    const { ipv6: source } = this.props;
    const define = (family: 'ipv4' | 'ipv6', props: Omit<IpamPoolProps, 'name' | 'family' | 'region' | 'tags'>) =>
      new IpamPool(own, family, { name: `${this.props.name}-${name}-${family}`, family, region, tags, ...props });

    const pools: Record<string, IpamPool> = {};
    if (ipv4) {
      pools.ipv4 = define('ipv4', {
        scopeId: this.ipam.privateDefaultScopeId,
        parent: tops.get('ipv4'),
        range: { cidr: ipv4.cidr },
        netmask: ipv4.netmask,
        autoImport: true,
      });
    }
    if (ipv6 && source && !('byoip' in source && !source.byoip.provisioned)) {
      pools.ipv6 = define('ipv6', {
        scopeId: this.ipam.publicDefaultScopeId,
        source: 'amazon' in source ? 'amazon' : { advertise: source.byoip.advertise },
        parent: tops.get('amazon' in source ? `ipv6-${region}` : 'ipv6'),
        range: 'cidr' in ipv6 ? { cidr: ipv6.cidr } : { size: ipv6.size },
        netmask: ipv6.netmask,
      });
    }
    if (shareWith.length > 0 && Object.keys(pools).length > 0) {
      const shareName = `${this.props.name}-${name}`;
      new PoolShare(own, 'share', { name: shareName, pools, shareWith, outsideOrganization });
    }
    return pools;
  }
}

function isPart(text: string, top: string | undefined): boolean {
  const [inner, outer] = [parseCidr(text), top === undefined ? undefined : parseCidr(top)];
  return inner !== undefined && outer !== undefined && contains(outer, inner);
}

function idsOf(pools: Readonly<Record<string, IpamPool>>): PoolIds {
  return Object.fromEntries(Object.entries(pools).map(([key, { id }]) => [key, id]));
}

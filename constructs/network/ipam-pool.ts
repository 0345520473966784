import { VpcIpamPool } from '@cdktf/provider-aws/lib/vpc-ipam-pool';
import { VpcIpamPoolCidr } from '@cdktf/provider-aws/lib/vpc-ipam-pool-cidr';
import { Construct } from 'constructs';
import type { Family } from '../../core/cidr';
import { invalidProp } from '../../core/errors';

/** Lengths of the blocks that a pool gives out. */
export interface PoolNetmasks {
  /** Where nobody asks for another. */
  readonly default: number;

  /** Of the largest block. */
  readonly min: number;

  /** Of the smallest block. */
  readonly max: number;
}

/** Properties for `IpamPool`. */
export interface IpamPoolProps {
  /** Its `Name` tag. */
  readonly name: string;

  readonly family: Family;

  /** Scope of the IPAM: the private one, or the public one for what the Internet may reach. */
  readonly scopeId: string;

  /**
   * Whose public addresses these are: Amazon's, or one's own, which AWS announces or does not.
   *
   * @default - private addresses
   */
  readonly source?: 'amazon' | { readonly advertise: boolean };

  /**
   * Region whose VPCs draw from it. A pool without one is for other pools alone.
   *
   * @default - none
   */
  readonly region?: string;

  /**
   * Pool that its range is a part of.
   *
   * @default - it is at the top
   */
  readonly parent?: IpamPool;

  /**
   * Its range, or the length of one that AWS chooses.
   *
   * @default - a range is provisioned by hand
   */
  readonly range?: { readonly cidr: string } | { readonly size: number };

  /**
   * How long the blocks are that VPCs get from it.
   *
   * @default - AWS's own limits
   */
  readonly netmask?: PoolNetmasks;

  /**
   * Tags that a VPC must have to draw from it.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;

  /**
   * Take in VPCs that already have blocks of its range.
   *
   * @default false
   */
  readonly autoImport?: boolean;
}

/** A pool of IPAM with its range. */
export class IpamPool extends Construct {
  public readonly id: string;
  public readonly arn: string;

  /** What has to be there before anybody gets addresses from the pool; undefined where a person provisions it. */
  public readonly range: VpcIpamPoolCidr | undefined;

  constructor(scope: Construct, id: string, props: IpamPoolProps) {
    super(scope, id);
    const { name, family, scopeId, source, region, parent, range, netmask, tags = {}, autoImport } = props;
    if (netmask && !(netmask.min <= netmask.default && netmask.default <= netmask.max)) {
      throw invalidProp(this, 'netmask', 'must have a default between min and max', netmask);
    }
    if (source && !region && source === 'amazon') {
      throw invalidProp(this, 'region', 'must be set where the addresses are of Amazon', region);
    }

    const pool = new VpcIpamPool(this, 'Resource', {
      addressFamily: family,
      description: name,
      ipamScopeId: scopeId,
      sourceIpamPoolId: parent?.id,
      locale: region,
      ...publicAttributes(source, region),
      allocationDefaultNetmaskLength: netmask?.default,
      allocationMinNetmaskLength: netmask?.min,
      allocationMaxNetmaskLength: netmask?.max,
      allocationResourceTags: Object.keys(tags).length > 0 ? { ...tags } : undefined,
      autoImport,
      tags: { Name: name },
    });
    this.id = pool.id;
    this.arn = pool.arn;
    this.range = range
      ? new VpcIpamPoolCidr(this, 'range', {
          ipamPoolId: pool.id,
          ...('cidr' in range ? { cidr: range.cidr } : { netmaskLength: range.size }),
          // The parent's id is there before its addresses are.
          dependsOn: parent?.range ? [parent.range] : undefined,
        })
      : undefined;
  }
}

/**
 * AWS refuses `publicly_advertisable` beside Amazon's addresses, and Terraform sends false where it is left out beside
 * one's own (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateIpamPool.html).
 */
function publicAttributes(source: IpamPoolProps['source'], region: string | undefined) {
  if (!source) return {};
  // What VPCs draw from names the service that uses the addresses; there is this one.
  const service = region === undefined ? {} : { awsService: 'ec2' };
  return source === 'amazon'
    ? { publicIpSource: 'amazon', ...service }
    : { publicIpSource: 'byoip', publiclyAdvertisable: source.advertise, ...service };
}

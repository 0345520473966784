import { Construct } from 'constructs';
import type { Network, PublicSubnet } from './network';

/** A subnet that is there already. */
export interface ExistingSubnet {
  /** Id of the subnet. */
  readonly id: string;
  /** Letter of its zone. */
  readonly zone: string;
}

/** Properties for `ExistingNetwork`. */
export interface ExistingNetworkProps {
  /** Id of a VPC that is dual-stack already. */
  readonly vpc: string;

  /** Its IPv4 block. */
  readonly ipv4: string;

  /** Its IPv6 block. */
  readonly ipv6: string;

  /** Its subnets by tier, each with a /64 and, in the application tier, IPv6 given on creation. */
  readonly subnets: {
    readonly public: readonly (ExistingSubnet & { readonly ipv6: string })[];
    readonly app: readonly ExistingSubnet[];
  };
}

/**
 * A VPC that somebody else looks after.
 *
 * Defines nothing: its routes, NACLs, flow logs and endpoints stay as they are, and nobody here can know them.
 */
export class ExistingNetwork extends Construct implements Network {
  public readonly vpcId: string;
  public readonly ipv4Cidr: string;
  public readonly ipv6Cidr: string;
  public readonly publicSubnetIds: readonly string[];
  public readonly publicSubnets: readonly PublicSubnet[];
  public readonly appSubnetIds: readonly string[];
  public readonly appSubnets = 'dual-stack';
  public readonly routes = [];

  constructor(scope: Construct, id: string, props: ExistingNetworkProps) {
    super(scope, id);

    this.vpcId = props.vpc;
    this.ipv4Cidr = props.ipv4;
    this.ipv6Cidr = props.ipv6;
    this.publicSubnets = byZone(props.subnets.public).map(({ id: subnet, zone, ipv6 }) => ({
      id: subnet,
      zone,
      ipv6Cidr: ipv6,
    }));
    this.publicSubnetIds = this.publicSubnets.map((subnet) => subnet.id);
    this.appSubnetIds = byZone(props.subnets.app).map((subnet) => subnet.id);
  }
}

/** By zone, so that the order in which a person lists subnets changes nothing. */
function byZone<T extends ExistingSubnet>(subnets: readonly T[]): T[] {
  return [...subnets].sort((a, b) => a.zone.localeCompare(b.zone));
}

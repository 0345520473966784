import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet, type SubnetConfig } from '@cdktf/provider-aws/lib/subnet';
import type { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { ipv4Subnet, ipv6Slot, type Tier } from '../../core/address-plan';
import { formatCidr, parseCidr } from '../../core/cidr';
import { invalidProp } from '../../core/errors';
import type { Zone } from '../../core/regions';

/** What the subnets of a tier carry. */
export type Stack = 'dual-stack' | 'ipv6-only';

/** Properties for `SubnetTier`. */
export interface SubnetTierProps {
  readonly vpc: Vpc;

  /** IPv4 block of the VPC, known at synthesis: the subnets' blocks are cut from it here. */
  readonly ipv4: string;

  /** Prefix length of the VPC's IPv6 block. */
  readonly ipv6Prefix: number;

  /** Which range of the address plan. */
  readonly tier: Tier;

  /** Region of the VPC. */
  readonly region: string;

  /** Letters of the zones, a subnet each. */
  readonly zones: readonly Zone[];

  /**
   * What the subnets carry.
   *
   * @default 'dual-stack'
   */
  readonly stack?: Stack;

  /**
   * Whether tasks or machines live here: their interfaces then get an IPv6 address on creation, and names that answer
   * AAAA.
   *
   * @default false
   */
  readonly compute?: boolean;

  /**
   * Let the resolver make up AAAA records from A records (DNS64). Only with a route for 64:ff9b::/96 to a NAT gateway
   * in the same tables: otherwise the made-up addresses lead nowhere.
   *
   * @default false
   */
  readonly dns64?: boolean;

  /** One route table for all zones, or one for each so that each can use its own NAT gateway. */
  readonly routeTables: 'shared' | 'per-zone';

  /** What the `Name` tags begin with. */
  readonly name: string;
}

/** The subnets of one tier, one per zone, at the places that the address plan keeps for them. */
export class SubnetTier extends Construct {
  public readonly tier: Tier;
  public readonly zones: readonly Zone[];

  private readonly subnets = new Map<Zone, Subnet>();
  private readonly tables = new Map<Zone, RouteTable>();

  constructor(scope: Construct, id: string, props: SubnetTierProps) {
    super(scope, id);
    if (props.dns64 && props.stack !== 'ipv6-only') {
      throw invalidProp(this, 'dns64', 'is for IPv6-only subnets: hosts with IPv4 need no made-up addresses', true);
    }

    this.tier = props.tier;
    this.zones = props.zones;
    for (const zone of props.zones) this.defineSubnet(zone, props);
  }

  /** Ids of the subnets, in the order of the zones. */
  public get subnetIds(): string[] {
    return this.zones.map((zone) => this.subnet(zone).id);
  }

  /** The route tables of the tier, each once. */
  public get routeTables(): RouteTable[] {
    return [...new Set(this.tables.values())];
  }

  public subnet(zone: Zone): Subnet {
    return this.subnets.get(zone)!;
  }

  public routeTable(zone: Zone): RouteTable {
    return this.tables.get(zone)!;
  }

  private defineSubnet(zone: Zone, props: SubnetTierProps): void {
    const { vpc, tier, region, stack = 'dual-stack', compute = false, dns64 = false } = props;
    const scope = new Construct(this, zone);
    const slot = ipv6Slot(tier, zone, props.ipv6Prefix);
    const name = `${props.name}-${tier}-${zone}`;

    const subnet = new Subnet(scope, 'Resource', {
      vpcId: vpc.id,
      availabilityZone: `${region}${zone}`,
      ...(stack === 'dual-stack'
        ? { cidrBlock: formatCidr(ipv4Subnet(parseCidr(props.ipv4)!, tier, zone)) }
        : { ipv6Native: true }),
      ipv6CidrBlock: Fn.cidrsubnet(vpc.ipv6CidrBlock, slot.newbits, slot.netnum),
      ...(compute ? computeAttributes(stack) : {}),
      ...(stack === 'ipv6-only' ? { enableDns64: dns64 } : {}),
      tags: { Name: name },
    });
    this.subnets.set(zone, subnet);

    const table = this.defineRouteTable(zone, scope, props);
    this.tables.set(zone, table);
    new RouteTableAssociation(scope, 'route-table-association', { subnetId: subnet.id, routeTableId: table.id });
  }

  private defineRouteTable(
    zone: Zone,
    scope: Construct,
    { vpc, routeTables, tier, name }: SubnetTierProps,
  ): RouteTable {
    if (routeTables === 'shared') {
      return (
        this.tables.values().next().value ??
        new RouteTable(this, 'route-table', { vpcId: vpc.id, tags: { Name: `${name}-${tier}` } })
      );
    }
    return new RouteTable(scope, 'route-table', { vpcId: vpc.id, tags: { Name: `${name}-${tier}-${zone}` } });
  }
}

/** AAAA answers exist for resource names only, so the two come together. */
function computeAttributes(stack: Stack): Partial<SubnetConfig> {
  return {
    assignIpv6AddressOnCreation: true,
    privateDnsHostnameTypeOnLaunch: 'resource-name',
    enableResourceNameDnsAaaaRecordOnLaunch: true,
    ...(stack === 'dual-stack' ? { enableResourceNameDnsARecordOnLaunch: true } : {}),
  };
}

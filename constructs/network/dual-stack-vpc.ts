import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { EgressOnlyInternetGateway } from '@cdktf/provider-aws/lib/egress-only-internet-gateway';
import { Eip } from '@cdktf/provider-aws/lib/eip';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { VpnGateway } from '@cdktf/provider-aws/lib/vpn-gateway';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { IPV6_NETMASKS, type Tier } from '../../core/address-plan';
import { hasHostBits, parseCidr } from '../../core/cidr';
import { invalidProp } from '../../core/errors';
import { type Zone, zonesOf } from '../../core/regions';
import { type DataCenter, DataCenterLink, gatewayOf } from './data-center-link';
import { DefaultRoutes, NAT64_PREFIX } from './default-routes';
import { FlowLogs } from './flow-logs';
import { type EndpointService, InterfaceEndpoints } from './interface-endpoints';
import type { Network, PublicSubnet } from './network';
import type { SiteToSiteVpn } from './site-to-site-vpn';
import { SubnetTier, type SubnetTierProps } from './subnet-tier';
import { TierAcl, type TierAclProps } from './tier-acl';

/** Properties for `DualStackVpc`. */
export interface DualStackVpcProps {
  /** What names and `Name` tags begin with. */
  readonly name: string;

  /** Region of the VPC; its zone letters are known here. */
  readonly region: string;

  /** IPv4 block, /16 to /22. */
  readonly ipv4: string;

  /**
   * Where the IPv6 block comes from: a /56 of Amazon, or a block of an IPAM pool (/44, /48, /52 or /56).
   *
   * @default 'amazon'
   */
  readonly ipv6?: 'amazon' | { readonly pool: string; readonly netmask: number };

  /**
   * How many zones, 2 to 4, as many as the region has.
   *
   * @default 2
   */
  readonly zones?: number;

  /**
   * NAT gateways for IPv4 out of the application subnets: one per zone, one for all zones, or none.
   *
   * @default 'per-zone'
   */
  readonly nat?: 'per-zone' | 'single' | 'none';

  /**
   * What the application subnets carry. IPv6-only subnets reach IPv4 services by NAT64 and DNS64, where there is NAT.
   *
   * @default 'dual-stack'
   */
  readonly appSubnets?: 'dual-stack' | 'ipv6-only';

  /**
   * AWS services that tasks reach by interface endpoints.
   *
   * @default - none; tasks reach AWS by the default routes
   */
  readonly endpoints?: readonly EndpointService[];

  /**
   * Data centers that load balancers reach, one per gateway.
   *
   * @default - none
   */
  readonly dataCenters?: readonly DataCenter[];

  /**
   * Key that encrypts the flow logs at rest.
   *
   * @default - AWS's own key
   */
  readonly dataKeyArn?: string;
}

/** The props with their defaults. */
type FilledProps = Required<Omit<DualStackVpcProps, 'dataKeyArn'>> & Pick<DualStackVpcProps, 'dataKeyArn'>;

/**
 * A VPC in which every hop exists for both families: blocks, subnets, gateways, routes, ACLs, flow logs.
 *
 * Subnets lie where the address plan has them (`core/address-plan.ts`), so that no edit of zones, tiers or modes moves
 * one that is there.
 */
export class DualStackVpc extends Construct implements Network {
  public readonly vpcId: string;
  public readonly ipv4Cidr: string;
  public readonly ipv6Cidr: string;
  public readonly publicSubnetIds: readonly string[];
  public readonly publicSubnets: readonly PublicSubnet[];
  public readonly appSubnetIds: readonly string[];
  public readonly appSubnets: 'dual-stack' | 'ipv6-only';
  public readonly routes: readonly ITerraformDependable[];
  /** The VPN connections of our own to data centers. */
  public readonly vpns: readonly SiteToSiteVpn[];

  private readonly props: FilledProps;
  private readonly zones: readonly Zone[];
  private readonly vpc: Vpc;

  constructor(scope: Construct, id: string, props: DualStackVpcProps) {
    super(scope, id);
    this.props = {
      ...props,
      ipv6: props.ipv6 ?? 'amazon',
      zones: props.zones ?? 2,
      nat: props.nat ?? 'per-zone',
      appSubnets: props.appSubnets ?? 'dual-stack',
      endpoints: props.endpoints ?? [],
      dataCenters: props.dataCenters ?? [],
    };
    this.zones = this.requireZones();
    this.requireBlocks();

    this.vpc = this.defineVpc();
    const internet = new InternetGateway(this, 'internet-gateway', { vpcId: this.vpc.id, tags: this.tags('internet') });
    const egress = new EgressOnlyInternetGateway(this, 'egress-only-gateway', {
      vpcId: this.vpc.id,
      tags: this.tags('egress-only'),
    });

    const inside = this.definePublicTier(internet);
    const natGateways = this.defineNatGateways(inside.tier, inside.routes);
    const app = this.defineAppTier(egress, natGateways);
    this.defineTier('data', 'vpc', { routeTables: 'shared' });
    const links = this.defineDataCenterLinks(inside.tier);
    this.defineEndpoints(app.tier);
    new FlowLogs(this, 'flow-logs', {
      vpc: this.vpc,
      logGroup: `/portal6/${this.props.name}/flow-logs`,
      dataKeyArn: this.props.dataKeyArn,
    });

    this.vpcId = this.vpc.id;
    this.ipv4Cidr = this.vpc.cidrBlock;
    this.ipv6Cidr = this.vpc.ipv6CidrBlock;
    this.publicSubnets = inside.tier.zones.map((zone) => {
      const subnet = inside.tier.subnet(zone);
      return { id: subnet.id, zone, ipv6Cidr: subnet.ipv6CidrBlock };
    });
    this.publicSubnetIds = this.publicSubnets.map((subnet) => subnet.id);
    this.appSubnetIds = app.tier.subnetIds;
    this.appSubnets = this.props.appSubnets;
    this.routes = [...inside.routes, ...app.routes, ...links.flatMap(({ routes }) => routes)];
    this.vpns = links.flatMap(({ vpn }) => vpn ?? []);
  }

  private requireZones(): Zone[] {
    const { region, zones } = this.props;
    const letters = zonesOf(region);
    if (letters.length === 0) throw invalidProp(this, 'region', 'must be one whose zones are known', region);
    if (!Number.isInteger(zones) || zones < 2 || zones > letters.length) {
      throw invalidProp(this, 'zones', `must be 2 to ${letters.length} in ${region} (${letters.join(', ')})`, zones);
    }
    return letters.slice(0, zones);
  }

  private requireBlocks(): void {
    const { ipv4, ipv6, dataCenters } = this.props;
    const block = parseCidr(ipv4);
    if (block?.family !== 'ipv4' || block.prefix < 16 || block.prefix > 22 || hasHostBits(block)) {
      throw invalidProp(this, 'ipv4', 'must be an IPv4 block from /16 to /22 without host bits', ipv4);
    }
    if (ipv6 !== 'amazon' && !IPV6_NETMASKS.some((netmask) => netmask === ipv6.netmask)) {
      throw invalidProp(this, 'ipv6.netmask', `must be one of ${IPV6_NETMASKS.join(', ')}`, ipv6.netmask);
    }
    const vpns = dataCenters.filter((dataCenter) => 'vpn' in dataCenter || 'vpnGateway' in dataCenter);
    if (vpns.some((dataCenter) => 'vpnGateway' in dataCenter) && vpns.length > 1) {
      throw invalidProp(this, 'dataCenters', 'must have one VPN gateway: a VPC takes no more', vpns.map(gatewayOf));
    }
    const ranges = dataCenters.flatMap(({ routes }) => routes);
    const twice = ranges.find((range, index) => ranges.indexOf(range) !== index);
    if (twice) throw invalidProp(this, 'dataCenters', 'must name each range once: a table has one route for it', twice);
  }

  private defineVpc(): Vpc {
    const { ipv4, ipv6, name } = this.props;
    const vpc = new Vpc(this, 'Resource', {
      cidrBlock: ipv4,
      ...(ipv6 === 'amazon'
        ? { assignGeneratedIpv6CidrBlock: true }
        : { ipv6IpamPoolId: ipv6.pool, ipv6NetmaskLength: ipv6.netmask }),
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: name },
    });
    // Without rules: nothing that forgets its own group gets to talk.
    new DefaultSecurityGroup(this, 'default-security-group', {
      vpcId: vpc.id,
      ingress: [],
      egress: [],
      tags: this.tags('default-closed'),
    });
    return vpc;
  }

  private definePublicTier(internet: InternetGateway): { tier: SubnetTier; routes: readonly Route[] } {
    const tier = this.defineTier('public', 'internet', { routeTables: 'shared' });
    const target = { gatewayId: internet.id };
    const [routeTable] = tier.routeTables;
    return {
      tier,
      routes: new DefaultRoutes(tier, 'default', { routeTable: routeTable!, ipv4: target, ipv6: target }).routes,
    };
  }

  private defineNatGateways(publicTier: SubnetTier, routes: readonly Route[]): ReadonlyMap<Zone, NatGateway> {
    const { nat } = this.props;
    const zones = { 'per-zone': this.zones, single: this.zones.slice(0, 1), none: [] }[nat];
    const gateways = zones.map((zone) => {
      const scope = new Construct(this, `nat-${zone}`);
      const address = new Eip(scope, 'address', {
        domain: 'vpc',
        tags: this.tags(`nat-${zone}`),
        dependsOn: [...routes],
      });
      const gateway = new NatGateway(scope, 'Resource', {
        allocationId: address.id,
        subnetId: publicTier.subnet(zone).id,
        tags: this.tags(`nat-${zone}`),
        dependsOn: [...routes],
      });
      return [zone, gateway] as const;
    });
    const own = new Map(gateways);
    const shared = gateways[0]?.[1];
    return new Map(this.zones.flatMap((zone) => [[zone, own.get(zone) ?? shared] as const]).filter(hasGateway));
  }

  private defineAppTier(
    egress: EgressOnlyInternetGateway,
    natGateways: ReadonlyMap<Zone, NatGateway>,
  ): { tier: SubnetTier; routes: readonly Route[] } {
    const { appSubnets } = this.props;
    const onlyIpv6 = appSubnets === 'ipv6-only';
    const tier = this.defineTier(onlyIpv6 ? 'app6' : 'app', 'replies', {
      routeTables: 'per-zone',
      stack: appSubnets,
      compute: true,
      dns64: onlyIpv6 && natGateways.size > 0,
    });

    const routes = this.zones.flatMap((zone) => {
      const routeTable = tier.routeTable(zone);
      const nat = natGateways.get(zone);
      const { routes: defaults } = new DefaultRoutes(tier, `default-${zone}`, {
        routeTable,
        ipv4: nat && !onlyIpv6 ? { natGatewayId: nat.id } : undefined,
        ipv6: { egressOnlyGatewayId: egress.id },
      });
      if (!nat || !onlyIpv6) return defaults;
      return [
        ...defaults,
        new Route(tier, `nat64-${zone}`, {
          routeTableId: routeTable.id,
          destinationIpv6CidrBlock: NAT64_PREFIX,
          natGatewayId: nat.id,
        }),
      ];
    });
    return { tier, routes };
  }

  private defineDataCenterLinks(publicTier: SubnetTier): readonly DataCenterLink[] {
    const { dataCenters, name, dataKeyArn } = this.props;
    if (dataCenters.length === 0) return [];
    const transit = dataCenters.some((dataCenter) => 'transitGateway' in dataCenter)
      ? this.defineTier('transit', 'transit', { routeTables: 'shared' })
      : undefined;
    // A VPC takes one, whatever the number of connections.
    const vpnGateway = dataCenters.some((dataCenter) => 'vpn' in dataCenter)
      ? new VpnGateway(this, 'vpn-gateway', { vpcId: this.vpc.id, tags: this.tags('vpn') })
      : undefined;
    const [routeTable] = publicTier.routeTables;
    return dataCenters.map(
      (dataCenter) =>
        new DataCenterLink(this, `data-center-${gatewayOf(dataCenter)}`, {
          vpc: this.vpc,
          dataCenter,
          transitSubnetIds: transit?.subnetIds ?? [],
          vpnGateway,
          routeTable: routeTable!,
          name,
          dataKeyArn,
        }),
    );
  }

  private defineEndpoints(app: SubnetTier): void {
    const { endpoints: services, region, name } = this.props;
    new VpcEndpoint(this, 's3', {
      vpcId: this.vpc.id,
      serviceName: `com.amazonaws.${region}.s3`,
      vpcEndpointType: 'Gateway',
      ipAddressType: 'dualstack',
      routeTableIds: app.routeTables.map(({ id }) => id),
      tags: this.tags('s3'),
    });
    if (services.length === 0) return;
    const tier = this.defineTier('endpoints', 'vpc', { routeTables: 'shared' });
    new InterfaceEndpoints(this, 'interface-endpoints', { vpc: this.vpc, region, tier, services, name });
  }

  private defineTier(
    tier: Tier,
    from: TierAclProps['from'],
    props: Pick<SubnetTierProps, 'routeTables' | 'stack' | 'compute' | 'dns64'>,
  ): SubnetTier {
    const { ipv4, ipv6, region, name } = this.props;
    const subnets = new SubnetTier(this, tier, {
      ...props,
      vpc: this.vpc,
      ipv4,
      ipv6Prefix: ipv6 === 'amazon' ? 56 : ipv6.netmask,
      tier,
      region,
      zones: this.zones,
      name,
    });
    new TierAcl(subnets, 'acl', { vpc: this.vpc, tier: subnets, from, name: `${name}-${tier}` });
    return subnets;
  }

  private tags(suffix: string): Record<string, string> {
    return { Name: `${this.props.name}-${suffix}` };
  }
}

function hasGateway(entry: readonly [Zone, NatGateway | undefined]): entry is readonly [Zone, NatGateway] {
  return entry[1] !== undefined;
}

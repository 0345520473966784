import { Ec2TransitGatewayVpcAttachment } from '@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment';
import { Route } from '@cdktf/provider-aws/lib/route';
import type { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import type { Vpc } from '@cdktf/provider-aws/lib/vpc';
import type { VpnGateway } from '@cdktf/provider-aws/lib/vpn-gateway';
import { VpnGatewayAttachment } from '@cdktf/provider-aws/lib/vpn-gateway-attachment';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { SiteToSiteVpn, type SiteToSiteVpnProps } from './site-to-site-vpn';

/** A way to a data center: the gateway at the VPC's edge, or a VPN of our own, and the IPv4 ranges behind it. */
export type DataCenter = { readonly routes: readonly string[] } & (
  | { readonly transitGateway: string }
  | { readonly vpnGateway: string }
  | { readonly vpn: Pick<SiteToSiteVpnProps, 'address' | 'asn' | 'email'> }
);

/** By what a data center is known: the id of its gateway, or the address of its VPN device. */
export function gatewayOf(dataCenter: DataCenter): string {
  if ('vpn' in dataCenter) return dataCenter.vpn.address;
  return 'transitGateway' in dataCenter ? dataCenter.transitGateway : dataCenter.vpnGateway;
}

/** Properties for `DataCenterLink`. */
export interface DataCenterLinkProps {
  readonly vpc: Vpc;
  readonly dataCenter: DataCenter;

  /** Subnets that hold the attachment to a transit gateway; a virtual private gateway needs none. */
  readonly transitSubnetIds: readonly string[];

  /**
   * The VPC's own virtual private gateway, for connections of our own.
   *
   * @default - there is none: the gateway is somebody else's
   */
  readonly vpnGateway?: VpnGateway;

  /** Table of those who speak to the data center. */
  readonly routeTable: RouteTable;

  /** What the `Name` tags begin with. */
  readonly name: string;

  /**
   * Key that encrypts what a VPN of our own logs and tells.
   *
   * @default - AWS's own key
   */
  readonly dataKeyArn?: string;
}

/**
 * Attaches a VPC to a transit gateway or a virtual private gateway, or connects it by a VPN, and routes the data center's
 * IPv4 ranges there.
 *
 * The routes are the VPC's own, so that another gateway changes them where they are rather than making a second one for
 * the same range. The routes back are the gateway owner's. The attachment carries IPv6 too, but no IPv6 is routed: a VPN connection
 * carries one family inside, and here that is IPv4.
 */
export class DataCenterLink extends Construct {
  public readonly routes: readonly ITerraformDependable[];
  /** The VPN of our own, if it is one. */
  public readonly vpn: SiteToSiteVpn | undefined;

  constructor(scope: Construct, id: string, props: DataCenterLinkProps) {
    super(scope, id);
    const { dataCenter, vpnGateway, routeTable, name, dataKeyArn } = props;

    if ('vpn' in dataCenter) {
      this.vpn = new SiteToSiteVpn(this, 'vpn', {
        ...dataCenter.vpn,
        name,
        gateway: vpnGateway!,
        routes: dataCenter.routes,
        dataKeyArn,
      });
    }
    const { target, attachment } = this.defineAttachment(props);
    this.routes = dataCenter.routes.map(
      (range) =>
        new Route(scope, `to-${range}`, {
          routeTableId: routeTable.id,
          destinationCidrBlock: range,
          ...target,
          // A route to a gateway is refused until the gateway is attached.
          ...(attachment ? { dependsOn: [attachment] } : {}),
        }),
    );
  }

  /** Where routes lead, and what they wait for. Our own gateway is attached as soon as it is there. */
  private defineAttachment({ vpc, dataCenter, vpnGateway, transitSubnetIds, name }: DataCenterLinkProps): Attachment {
    if ('vpn' in dataCenter) return { target: { gatewayId: vpnGateway!.id } };
    if ('vpnGateway' in dataCenter) {
      const vpnGatewayId = dataCenter.vpnGateway;
      return {
        target: { gatewayId: vpnGatewayId },
        attachment: new VpnGatewayAttachment(this, 'attachment', { vpcId: vpc.id, vpnGatewayId }),
      };
    }
    const transitGatewayId = dataCenter.transitGateway;
    return {
      target: { transitGatewayId },
      attachment: new Ec2TransitGatewayVpcAttachment(this, 'attachment', {
        vpcId: vpc.id,
        transitGatewayId,
        subnetIds: [...transitSubnetIds],
        dnsSupport: 'enable',
        ipv6Support: 'enable',
        tags: { Name: `${name}-data-center` },
      }),
    };
  }
}

interface Attachment {
  readonly target: { readonly gatewayId: string } | { readonly transitGatewayId: string };
  readonly attachment?: ITerraformDependable;
}

import { Ec2TransitGatewayVpcAttachment } from '@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment';
import { Route } from '@cdktf/provider-aws/lib/route';
import type { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import type { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpnGatewayAttachment } from '@cdktf/provider-aws/lib/vpn-gateway-attachment';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

/** A way to a data center: the gateway at the VPC's edge and the IPv4 ranges behind it. */
export type DataCenter = { readonly routes: readonly string[] } & (
  { readonly transitGateway: string } | { readonly vpnGateway: string }
);

/** Id of the gateway of a data center. */
export function gatewayOf(dataCenter: DataCenter): string {
  return 'transitGateway' in dataCenter ? dataCenter.transitGateway : dataCenter.vpnGateway;
}

/** Properties for `DataCenterLink`. */
export interface DataCenterLinkProps {
  readonly vpc: Vpc;
  readonly dataCenter: DataCenter;

  /** Subnets that hold the attachment to a transit gateway; a virtual private gateway needs none. */
  readonly transitSubnetIds: readonly string[];

  /** Table of those who speak to the data center. */
  readonly routeTable: RouteTable;

  /** What the `Name` tags begin with. */
  readonly name: string;
}

/**
 * Attaches a VPC to a transit gateway or a virtual private gateway and routes the data center's IPv4 ranges there.
 *
 * The routes are the VPC's own, so that another gateway changes them where they are rather than making a second one for
 * the same range. The routes back are the gateway owner's. The attachment carries IPv6 too, but no IPv6 is routed: a VPN connection
 * carries one family inside, and here that is IPv4.
 */
export class DataCenterLink extends Construct {
  public readonly routes: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DataCenterLinkProps) {
    super(scope, id);

    const attachment = this.defineAttachment(props);
    this.routes = props.dataCenter.routes.map(
      (range) =>
        new Route(scope, `to-${range}`, {
          routeTableId: props.routeTable.id,
          destinationCidrBlock: range,
          ...('transitGateway' in props.dataCenter
            ? { transitGatewayId: props.dataCenter.transitGateway }
            : { gatewayId: props.dataCenter.vpnGateway }),
          // A route to a gateway is refused until the gateway is attached.
          dependsOn: [attachment],
        }),
    );
  }

  private defineAttachment({ vpc, dataCenter, transitSubnetIds, name }: DataCenterLinkProps): ITerraformDependable {
    if ('vpnGateway' in dataCenter) {
      return new VpnGatewayAttachment(this, 'attachment', { vpcId: vpc.id, vpnGatewayId: dataCenter.vpnGateway });
    }
    return new Ec2TransitGatewayVpcAttachment(this, 'attachment', {
      vpcId: vpc.id,
      transitGatewayId: dataCenter.transitGateway,
      subnetIds: [...transitSubnetIds],
      dnsSupport: 'enable',
      ipv6Support: 'enable',
      tags: { Name: `${name}-data-center` },
    });
  }
}

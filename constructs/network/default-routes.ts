import { Route } from '@cdktf/provider-aws/lib/route';
import type { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { Construct } from 'constructs';

/** Where a packet goes: one attribute of `aws_route`. */
export type RouteTarget =
  { readonly gatewayId: string } | { readonly natGatewayId: string } | { readonly egressOnlyGatewayId: string };

/** Properties for `DefaultRoutes`. */
export interface DefaultRoutesProps {
  readonly routeTable: RouteTable;

  /**
   * Where IPv4 leaves the VPC.
   *
   * @default - there is no way out over IPv4
   */
  readonly ipv4?: RouteTarget;

  /** Where IPv6 leaves the VPC. */
  readonly ipv6: RouteTarget;
}

/** The ways out of a route table: 0.0.0.0/0 and ::/0, made together so that neither is forgotten. */
export class DefaultRoutes extends Construct {
  public readonly routes: readonly Route[];

  constructor(scope: Construct, id: string, { routeTable, ipv4, ipv6 }: DefaultRoutesProps) {
    super(scope, id);
    const routeTableId = routeTable.id;

    this.routes = [
      ...(ipv4 ? [new Route(this, 'ipv4', { routeTableId, destinationCidrBlock: '0.0.0.0/0', ...ipv4 })] : []),
      new Route(this, 'ipv6', { routeTableId, destinationIpv6CidrBlock: '::/0', ...ipv6 }),
    ];
  }
}

/** Well-known prefix of NAT64 (RFC 6052, 2.1); the only one that NAT gateways translate. */
export const NAT64_PREFIX = '64:ff9b::/96';

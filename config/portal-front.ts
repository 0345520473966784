import { DEFAULT_HEALTH, type Environment, type GatewayHosting, type Portal, type StaticHosting } from './schema';

/** A gateway to an origin that is elsewhere and has a public name. */
export type CdnGatewayHosting = GatewayHosting & {
  readonly origin: Extract<GatewayHosting['origin'], { host: string }>;
};

/** A gateway to private addresses of a data center. */
export type AddressGatewayHosting = GatewayHosting & {
  readonly origin: Extract<GatewayHosting['origin'], { addresses: string[] }>;
};

/** What is behind CloudFront; all else is behind a load balancer, in a VPC. */
export type DistributedHosting = StaticHosting | CdnGatewayHosting;

export function isDistributed(hosting: Portal['hosting']): hosting is DistributedHosting {
  return hosting.type === 'static' || (hosting.type === 'gateway' && isCdnGateway(hosting));
}

/** Whether records lead elsewhere while a portal is away; behind CloudFront they do not have to. */
export function failsOver({ hosting, failover }: Pick<Portal, 'hosting' | 'failover'>): boolean {
  return failover !== undefined && !isDistributed(hosting);
}

/** Whether CloudFront answers for a portal, be it only with the page that says that the portal is away. */
export function usesCloudFront({ hosting, failover }: Pick<Portal, 'hosting' | 'failover'>): boolean {
  return isDistributed(hosting) || failsOver({ hosting, failover });
}

export function isCdnGateway(hosting: GatewayHosting): hosting is CdnGatewayHosting {
  return 'host' in hosting.origin;
}

export function isAddressGateway(hosting: GatewayHosting): hosting is AddressGatewayHosting {
  return 'addresses' in hosting.origin;
}

/** A portal whose zone still waits for its delegation has a zone and nothing else. */
export function hasEdge({ zone }: Portal): boolean {
  return !('create' in zone) || zone.delegated;
}

/** The ids of the portals of an environment that cannot be without a VPC. */
export function portalsInVpc({ portals }: Pick<Environment, 'portals'>): string[] {
  return Object.entries(portals).flatMap(([id, portal]) =>
    hasEdge(portal) && !isDistributed(portal.hosting) ? [id] : [],
  );
}

/** How a portal is asked whether it is well. */
export function healthOf({ health }: Portal): Readonly<NonNullable<Portal['health']>> {
  return health ?? DEFAULT_HEALTH;
}

import type { Construct } from 'constructs';
import { ValidatedCertificate } from '../constructs/dns/validated-certificate';
import type { AccessLogBucket } from '../constructs/edge/access-log-bucket';
import { DualStackLoadBalancer } from '../constructs/edge/dual-stack-load-balancer';
import { ContainerService } from '../constructs/portal/container-service';
import { GatewayOrigin } from '../constructs/portal/gateway-origin';
import { stagedName } from '../core/names';
import type { PortalContext } from './portal-context';

const DEFAULT_PORTS = { https: 443, http: 80 } as const;

export interface LoadBalancerFront {
  readonly edge: DualStackLoadBalancer;
  readonly certificate: ValidatedCertificate;
}

/** A load balancer with its certificate, and behind it what the portal runs on. */
export function defineLoadBalancerFront(
  scope: Construct,
  context: PortalContext,
  accessLogs: AccessLogBucket,
  zoneId: string | undefined,
): LoadBalancerFront {
  const { portal, network, probe, id, name } = context;
  const certificate = new ValidatedCertificate(scope, 'certificate', {
    names: [portal.domain, ...portal.aliases, stagedName(portal.domain)],
    zoneId,
  });
  const edge = new DualStackLoadBalancer(scope, 'edge', {
    name,
    network,
    allow: portal.allow,
    probe: portal.publish.aaaa === 'off' ? undefined : probe?.ipv6Cidr,
    certificateArn: certificate.arn,
    accessLogs,
    accessLogPrefix: id,
    deletionProtection: context.protected,
  });
  defineHosting(scope, context, edge);
  return { edge, certificate };
}

function defineHosting(
  scope: Construct,
  { portal, network, region, name }: PortalContext,
  edge: DualStackLoadBalancer,
) {
  const { hosting, health } = portal;
  if (hosting.type === 'container') {
    const { type: _, ...container } = hosting;
    new ContainerService(scope, 'hosting', { ...container, name, region, network, edge, health });
    return;
  }
  const { addresses, protocol, port = DEFAULT_PORTS[protocol] } = hosting.origin;
  new GatewayOrigin(scope, 'hosting', { addresses, protocol, port, network, edge, health });
}

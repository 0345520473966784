import type { Construct } from 'constructs';
import { ValidatedCertificate } from '../constructs/dns/validated-certificate';
import type { AccessLogBucket } from '../constructs/edge/access-log-bucket';
import { DualStackLoadBalancer } from '../constructs/edge/dual-stack-load-balancer';
import { ContainerService } from '../constructs/portal/container-service';
import { GatewayOrigin } from '../constructs/portal/gateway-origin';
import { InstanceGroup } from '../constructs/portal/instance-group';
import { stagedName } from '../core/names';
import { healthOf, isAddressGateway } from '../config/portal-front';
import type { Files } from './app';
import type { VpcContext } from './portal-context';
import { defineWebAcl } from './portal-waf';

const DEFAULT_PORTS = { https: 443, http: 80 } as const;

export interface LoadBalancerFront {
  readonly edge: DualStackLoadBalancer;
  readonly certificate: ValidatedCertificate;
}

/** A load balancer with its certificate, and behind it what the portal runs on. */
export function defineLoadBalancerFront(
  scope: Construct,
  context: VpcContext,
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
  defineWebAcl(scope, context, 'load-balancer')?.guard(edge.arn);
  defineHosting(scope, context, edge);
  return { edge, certificate };
}

/** What the portal runs on: this is the one place that knows a construct for each type of hosting. */
function defineHosting(scope: Construct, context: VpcContext, edge: DualStackLoadBalancer): void {
  const { portal, network, region, name, files, tags } = context;
  const { hosting } = portal;
  const health = healthOf(portal);
  const common = { name, region, network, edge, health, dataKeyArn: context.dataKeys.arn };
  switch (hosting.type) {
    case 'container': {
      const { type: _, ...container } = hosting;
      new ContainerService(scope, 'hosting', { ...common, ...container });
      return;
    }
    case 'instances': {
      const { ami, instanceType, port, instances, volume, userData } = hosting;
      new InstanceGroup(scope, 'hosting', {
        ...common,
        ami: ami.replace(/^ssm:/, 'resolve:ssm:'),
        instanceType,
        port,
        instances,
        volumeGib: volume.gib,
        rootDevice: volume.device,
        userData: userData === undefined ? undefined : textOf(files, userData),
        tags,
      });
      return;
    }
    case 'gateway': {
      if (!isAddressGateway(hosting)) break;
      const { addresses, protocol, port = DEFAULT_PORTS[protocol] } = hosting.origin;
      new GatewayOrigin(scope, 'hosting', { addresses, protocol, port, network, edge, health });
    }
  }
}

function textOf(files: Files, path: string): string {
  const text = files.get(path);
  if (text === undefined) throw new Error(`${path} was not read with the agency file`);
  return text;
}

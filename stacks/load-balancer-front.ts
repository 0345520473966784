import type { Construct } from 'constructs';
import { ValidatedCertificate } from '../constructs/dns/validated-certificate';
import type { AccessLogBucket } from '../constructs/edge/access-log-bucket';
import { DualStackAccelerator } from '../constructs/edge/dual-stack-accelerator';
import { DualStackLoadBalancer } from '../constructs/edge/dual-stack-load-balancer';
import { DualStackNetworkLoadBalancer } from '../constructs/edge/dual-stack-network-load-balancer';
import type { Front } from '../constructs/edge/front';
import type { LoadBalancer } from '../constructs/edge/load-balancer';
import { ContainerService } from '../constructs/portal/container-service';
import { GatewayOrigin } from '../constructs/portal/gateway-origin';
import { InstanceGroup } from '../constructs/portal/instance-group';
import type { Targets } from '../constructs/portal/targets';
import { stagedName } from '../core/names';
import { healthOf, isAddressGateway } from '../config/portal-front';
import type { Files } from './app';
import type { VpcContext } from './portal-context';
import type { PortalFront } from './portal-front';
import { defineWebAcl } from './portal-waf';

const DEFAULT_PORTS = { https: 443, http: 80 } as const;

/** A load balancer with its certificate, what is in front of it, and behind it what the portal runs on. */
export function defineLoadBalancerFront(
  scope: Construct,
  context: VpcContext,
  accessLogs: AccessLogBucket,
  zoneId: string | undefined,
): PortalFront {
  const { portal, network, probe, id, name, region } = context;
  const certificate = new ValidatedCertificate(scope, 'certificate', {
    names: [portal.domain, ...portal.aliases, stagedName(portal.domain)],
    zoneId,
  });
  const common = {
    name,
    network,
    allow: portal.allow,
    certificateArn: certificate.arn,
    accessLogs,
    accessLogPrefix: id,
    deletionProtection: context.protected,
  };
  if (portal.edge === 'network') {
    const edge = new DualStackNetworkLoadBalancer(scope, 'edge', common);
    const targets = defineHosting(scope, context, edge);
    const outputs = { load_balancer: edge.dnsName, ...addressesOf(edge) };
    return { edge, certificate, ...watch(edge, targets), outputs };
  }
  const loadBalancer = new DualStackLoadBalancer(scope, 'edge', {
    ...common,
    probe: portal.publish.aaaa === 'off' ? undefined : probe?.ipv6Cidr,
  });
  defineWebAcl(scope, context, 'load-balancer')?.guard(loadBalancer.arn);
  const watched = watch(loadBalancer, defineHosting(scope, context, loadBalancer));
  const outputs = { load_balancer: loadBalancer.dnsName };
  if (portal.edge === 'load-balancer') return { edge: loadBalancer, certificate, ...watched, outputs };
  const accelerator = new DualStackAccelerator(scope, 'accelerator', {
    name,
    region,
    edge: loadBalancer,
    accessLogs,
    accessLogPrefix: id,
  });
  return {
    edge: accelerator,
    certificate,
    ...watched,
    outputs: { ...outputs, accelerator: accelerator.dnsName, ...addressesOf(accelerator) },
  };
}

function watch(
  { speaks, metricName: loadBalancer }: LoadBalancer,
  targets: Targets,
): Pick<PortalFront, 'watched' | 'cpu'> {
  const namespace = speaks === 'http' ? 'AWS/ApplicationELB' : 'AWS/NetworkELB';
  const { metricName: targetGroup, family, cpu } = targets;
  return { watched: { kind: 'load-balancer', targetGroup: { namespace, loadBalancer, targetGroup }, family }, cpu };
}

/** For the firewalls of others. */
function addressesOf({ addresses }: Front): Record<string, readonly string[]> {
  const list = (type: 'A' | 'AAAA'): string[] => (addresses?.[type] ?? []).map(({ address }) => address);
  return { ipv4_addresses: list('A'), ipv6_addresses: list('AAAA') };
}

/** What the portal runs on: this is the one place that knows a construct for each type of hosting. */
function defineHosting(scope: Construct, context: VpcContext, edge: LoadBalancer): Targets {
  const { portal, network, region, name, files, tags } = context;
  const { hosting } = portal;
  const health = healthOf(portal);
  const common = { name, region, network, edge, health, dataKeyArn: context.dataKeys.arn };
  switch (hosting.type) {
    case 'container': {
      const { type: _, ...container } = hosting;
      return new ContainerService(scope, 'hosting', { ...common, ...container });
    }
    case 'instances': {
      const { ami, instanceType, port, instances, volume, userData } = hosting;
      return new InstanceGroup(scope, 'hosting', {
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
    }
    case 'gateway': {
      if (!isAddressGateway(hosting)) break;
      const { addresses, protocol, port = DEFAULT_PORTS[protocol] } = hosting.origin;
      return new GatewayOrigin(scope, 'hosting', { addresses, protocol, port, network, edge, health });
    }
  }
  throw new Error(`${hosting.type} is behind CloudFront`);
}

function textOf(files: Files, path: string): string {
  const text = files.get(path);
  if (text === undefined) throw new Error(`${path} was not read with the agency file`);
  return text;
}

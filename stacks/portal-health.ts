import type { Construct } from 'constructs';
import { healthOf } from '../config/portal-front';
import { DEFAULT_ERROR_PERCENT } from '../config/schema';
import type { CertificateCopy } from '../constructs/dns/certificate-copy';
import { AlarmTopic } from '../constructs/health/alarm-topic';
import { CertificateAlarm } from '../constructs/health/certificate-alarm';
import { DistributionAlarms } from '../constructs/health/distribution-alarms';
import { Ipv6Health } from '../constructs/health/ipv6-health';
import { Ipv6ShareAlarm } from '../constructs/health/ipv6-share-alarm';
import { LoadBalancerAlarms } from '../constructs/health/load-balancer-alarms';
import { PortalDashboard, type Watched } from '../constructs/health/portal-dashboard';
import { TargetAlarms } from '../constructs/health/target-alarms';
import { stagedName } from '../core/names';
import { GLOBAL_REGION } from '../core/regions';
import { defineAddressHealth, type GlobalTopic } from './address-health';
import type { PortalContext } from './portal-context';
import type { PortalFront } from './portal-front';

/**
 * Who hears what of a portal, and what they look at.
 *
 * @param standIn the certificate of the maintenance page, where it has one of its own
 */
export function defineHealth(
  scope: Construct,
  context: PortalContext,
  front: PortalFront,
  standIn: CertificateCopy | undefined,
): void {
  const { name, agency, portal, dataKeys } = context;
  const topic = new AlarmTopic(scope, 'alarms', {
    name,
    email: portal.alarms.email ?? agency.contact,
    dataKeyArn: dataKeys.arn,
  });
  defineIpv6Health(scope, context, front.watched, topic.arn);
  defineAddressHealth(scope, context, front.edge, () => globalTopic(topic, context));
  defineAlarms(topic, context, front);
  if (standIn) {
    new CertificateAlarm(topic, 'maintenance-certificate', {
      name: `${name}-maintenance-certificate`,
      certificateArn: standIn.arn,
      ...globalTopic(topic, context),
    });
  }
  defineDashboard(scope, context, front);
}

/** Whether somebody asks the portal over IPv6. The probe speaks HTTP, which a network load balancer need not. */
function isProbed({ probe, portal }: PortalContext): boolean {
  return probe !== undefined && portal.publish.aaaa !== 'off' && portal.edge !== 'network';
}

function defineIpv6Health(scope: Construct, context: PortalContext, watched: Watched, alarmTopicArn: string): void {
  const { stack, id, name, region, probe, portal } = context;
  const { domain, publish } = portal;
  if (!probe || !isProbed(context)) return;
  new Ipv6Health(scope, 'health', {
    stack,
    region,
    probe,
    alarmTopicArn,
    portal: id,
    host: domain,
    lookup: publish.aaaa === 'live' ? undefined : stagedName(domain),
    ...healthOf(portal),
  });
  if (publish.aaaa !== 'live' || watched.kind === 'distribution') return;
  const { namespace, loadBalancer } = watched.targetGroup;
  // Nothing else counts requests by family.
  if (namespace !== 'AWS/ApplicationELB') return;
  new Ipv6ShareAlarm(scope, 'ipv6-share', {
    name: `${name}-ipv6-share`,
    loadBalancer,
    probe: { stack, portal: id },
    alarmTopicArn,
  });
}

function defineAlarms(topic: AlarmTopic, context: PortalContext, { watched, certificate }: PortalFront): void {
  const { name, portal } = context;
  const { errors: errorPercent = DEFAULT_ERROR_PERCENT, latency: latencySeconds } = portal.alarms;
  const expiring = { name: `${name}-certificate`, certificateArn: certificate.arn };
  if (watched.kind === 'distribution') {
    const { distributionId } = watched;
    const global = globalTopic(topic, context);
    new DistributionAlarms(topic, 'distribution', {
      name: `${name}-distribution`,
      distributionId,
      errorPercent,
      ...global,
    });
    new CertificateAlarm(topic, 'certificate', { ...expiring, ...global });
    return;
  }
  const { targetGroup } = watched;
  const alarmTopicArn = topic.arn;
  if (targetGroup.namespace === 'AWS/ApplicationELB') {
    const { loadBalancer } = targetGroup;
    new LoadBalancerAlarms(topic, 'load-balancer', { name, loadBalancer, errorPercent, latencySeconds, alarmTopicArn });
  }
  new TargetAlarms(topic, 'targets', { name, targetGroup, alarmTopicArn });
  new CertificateAlarm(topic, 'certificate', { ...expiring, alarmTopicArn });
}

/** Where alarms on what AWS keeps in `GLOBAL_REGION` go: a topic takes alarms of its own region alone. */
function globalTopic(
  topic: AlarmTopic,
  { name, region, agency, portal, providers, dataKeys }: PortalContext,
): GlobalTopic {
  const provider = providers.global;
  if (region === GLOBAL_REGION) return { alarmTopicArn: topic.arn, provider };
  const made = topic.node.tryFindChild('global') as AlarmTopic | undefined;
  const { arn } =
    made ??
    new AlarmTopic(topic, 'global', {
      name,
      email: portal.alarms.email ?? agency.contact,
      dataKeyArn: dataKeys.globalArn,
      provider,
    });
  return { alarmTopicArn: arn, provider };
}

function defineDashboard(scope: Construct, context: PortalContext, { watched, certificate, cpu }: PortalFront): void {
  const { stack, id, name, region, portal } = context;
  new PortalDashboard(scope, 'dashboard', {
    name,
    domain: portal.domain,
    region,
    watched,
    certificate: { arn: certificate.arn, region: watched.kind === 'distribution' ? GLOBAL_REGION : region },
    errorPercent: portal.alarms.errors ?? DEFAULT_ERROR_PERCENT,
    probe: isProbed(context) ? { stack, portal: id } : undefined,
    cpu,
  });
}

import { Construct } from 'constructs';
import { hasEdge, healthOf, isDistributed } from '../config/portal-front';
import { CaaRecord } from '../constructs/dns/caa-record';
import { DualStackAlias } from '../constructs/dns/dual-stack-alias';
import { HostedZone } from '../constructs/dns/hosted-zone';
import type { ValidatedCertificate } from '../constructs/dns/validated-certificate';
import type { Front } from '../constructs/edge/front';
import { AlarmTopic } from '../constructs/health/alarm-topic';
import { Ipv6Health } from '../constructs/health/ipv6-health';
import { Ipv6ShareAlarm } from '../constructs/health/ipv6-share-alarm';
import { portalName, stagedName } from '../core/names';
import { defineAddressHealth } from './address-health';
import { defineDistributionFront } from './distribution-front';
import { defineLoadBalancerFront } from './load-balancer-front';
import { output } from './output';
import type { PortalContext } from './portal-context';
import { GLOBAL_REGION } from './providers';
import { recordsToEnter } from './records-to-enter';
import { verbatim } from './verbatim';

/** Properties for `PortalPart`. */
export type PortalPartProps = Omit<PortalContext, 'id' | 'name'>;

/** What stands between citizens and the portal. */
interface PortalFront {
  readonly edge: Front;
  readonly certificate: ValidatedCertificate;

  /** By which CloudWatch knows the load balancer; undefined where there is none that counts requests by family. */
  readonly metricName?: string;

  /** What the steps after apply need to know of it. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** One portal of an agency: zone, certificate, edge, hosting, records and health, from its entry in the file. */
export class PortalPart extends Construct {
  /** The zone that is created for the portal, if any. */
  public readonly createdZone: HostedZone | undefined;

  private readonly context: PortalContext;

  constructor(scope: Construct, id: string, props: PortalPartProps) {
    super(scope, id);
    const portal = verbatim(props.portal);
    this.context = { ...props, id, name: portalName(props.stack, id), portal };

    this.createdZone = this.defineCreatedZone();
    const zoneId = this.createdZone?.zoneId ?? ('id' in portal.zone ? portal.zone.id : undefined);
    if (!hasEdge(portal)) return;

    if (zoneId) this.defineCaa(zoneId);

    const front = this.defineFront(zoneId);
    if (zoneId) this.defineRecords(zoneId, front.edge);
    this.defineHealth(front);
    this.defineOutputs(front, zoneId);
  }

  /** What its portals need, the stack has. */
  private defineFront(zoneId: string | undefined): PortalFront {
    const { portal, network, accessLogs, distributionLogs } = this.context;
    if (isDistributed(portal.hosting)) {
      return defineDistributionFront(this, this.context, portal.hosting, distributionLogs!, zoneId);
    }
    return defineLoadBalancerFront(this, { ...this.context, network: network! }, accessLogs!, zoneId);
  }

  private defineCreatedZone(): HostedZone | undefined {
    const { id, name, account, agency, portal, providers, dataKeys } = this.context;
    const { zone, domain, alarms } = portal;
    if (!('create' in zone)) return undefined;
    const created = new HostedZone(this, 'zone', { name: domain });
    if (zone.dnssec) {
      const email = alarms?.email ?? agency.contact;
      created.sign(
        { name, account, email, provider: providers.global, dataKeyArn: dataKeys.globalArn },
        { announce: zone.dnssec === true },
      );
    }
    output(this, `zone-${id}`, {
      name: domain,
      name_servers: created.nameServers,
      delegated: zone.delegated,
      ...(created.dsRecord === undefined ? {} : { ds: created.dsRecord }),
    });
    return created;
  }

  /** A zone of somebody else's keeps its own rules unless the file has others. */
  private defineCaa(zoneId: string): void {
    const { zone, domain, caa } = this.context.portal;
    const authorities = caa ?? ('create' in zone ? ['amazon.com'] : undefined);
    if (authorities) new CaaRecord(this, 'caa', { zoneId, name: domain, authorities });
  }

  private defineRecords(zoneId: string, { aliases: targets }: Front): void {
    const { domain, aliases, publish, takeOver } = this.context.portal;
    const dns = new Construct(this, 'dns');
    for (const name of [domain, ...aliases]) {
      new DualStackAlias(dns, name, {
        zoneId,
        name,
        targets,
        types: publish.aaaa === 'live' ? ['A', 'AAAA'] : ['A'],
        takeOver,
      });
    }
    if (publish.aaaa === 'off') return;
    const name = stagedName(domain);
    new DualStackAlias(dns, name, { zoneId, name, targets, types: ['AAAA'], takeOver });
  }

  private defineHealth({ edge, metricName }: PortalFront): void {
    const { name, region, agency, portal, providers, dataKeys } = this.context;
    if (portal.publish.aaaa === 'off' && !edge.addresses) return;
    const email = portal.alarms?.email ?? agency.contact;
    const topic = new AlarmTopic(this, 'alarms', { name, email, dataKeyArn: dataKeys.arn });
    this.defineIpv6Health(metricName, topic.arn);
    defineAddressHealth(this, this.context, edge, () => {
      const provider = providers.global;
      if (region === GLOBAL_REGION) return { alarmTopicArn: topic.arn, provider };
      const { arn } = new AlarmTopic(topic, 'global', { name, email, dataKeyArn: dataKeys.globalArn, provider });
      return { alarmTopicArn: arn, provider };
    });
  }

  /** @param loadBalancer by which CloudWatch knows the load balancer, if there is one */
  private defineIpv6Health(loadBalancer: string | undefined, alarmTopicArn: string): void {
    const { stack, id, name, region, probe, portal } = this.context;
    const { domain, publish, edge } = portal;
    if (publish.aaaa === 'off' || !probe || edge === 'network') return;
    new Ipv6Health(this, 'health', {
      stack,
      region,
      probe,
      alarmTopicArn,
      portal: id,
      host: domain,
      lookup: publish.aaaa === 'live' ? undefined : stagedName(domain),
      ...healthOf(portal),
    });
    // CloudFront does not count requests by family.
    if (publish.aaaa === 'live' && loadBalancer !== undefined) {
      new Ipv6ShareAlarm(this, 'ipv6-share', {
        name: `${name}-ipv6-share`,
        loadBalancer,
        probe: { stack, portal: id },
        alarmTopicArn,
      });
    }
  }

  private defineOutputs({ edge, certificate, outputs }: PortalFront, zoneId: string | undefined): void {
    const { id, portal } = this.context;
    const { domain, aliases, publish } = portal;
    output(this, `portal-${id}`, {
      domain,
      aliases,
      staged_name: stagedName(domain),
      aaaa: publish.aaaa,
      ...outputs,
    });
    if (zoneId) return;
    output(this, `records-to-enter-${id}`, recordsToEnter(portal, edge, certificate.validationRecords));
  }
}

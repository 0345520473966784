import { Construct } from 'constructs';
import type { Agency, Portal } from '../config/schema';
import { CaaRecord } from '../constructs/dns/caa-record';
import { DualStackAlias } from '../constructs/dns/dual-stack-alias';
import { HostedZone } from '../constructs/dns/hosted-zone';
import { ValidatedCertificate } from '../constructs/dns/validated-certificate';
import type { AccessLogBucket } from '../constructs/edge/access-log-bucket';
import { DualStackLoadBalancer } from '../constructs/edge/dual-stack-load-balancer';
import { AlarmTopic } from '../constructs/health/alarm-topic';
import { Ipv6Health } from '../constructs/health/ipv6-health';
import type { Ipv6Probe } from '../constructs/health/ipv6-probe';
import { Ipv6ShareAlarm } from '../constructs/health/ipv6-share-alarm';
import type { Network } from '../constructs/network/network';
import { ContainerService } from '../constructs/portal/container-service';
import { GatewayOrigin } from '../constructs/portal/gateway-origin';
import { portalName, stagedName } from '../core/names';
import { output } from './output';
import { verbatim } from './verbatim';

const DEFAULT_PORTS = { https: 443, http: 80 } as const;

/** Properties for `PortalPart`. */
export interface PortalPartProps {
  /** Id of the stack. */
  readonly stack: string;

  readonly agency: Agency;
  readonly portal: Portal;
  readonly region: string;
  readonly network: Network;

  /** Absent while no portal of the stack publishes an AAAA. */
  readonly probe: Ipv6Probe | undefined;

  /** Absent while no portal of the stack has a load balancer. */
  readonly accessLogs: AccessLogBucket | undefined;

  /** Refuse to delete the load balancer. */
  readonly protected: boolean;
}

/** One portal of an agency: zone, certificate, edge, hosting, records and health, from its entry in the file. */
export class PortalPart extends Construct {
  /** The zone that is created for the portal, if any. */
  public readonly createdZone: HostedZone | undefined;

  private readonly portal: Portal;
  private readonly name: string;

  constructor(scope: Construct, id: string, props: PortalPartProps) {
    super(scope, id);
    const { accessLogs } = props;
    const portal = verbatim(props.portal);
    this.portal = portal;
    this.name = portalName(props.stack, id);

    this.createdZone = this.defineCreatedZone(id);
    const zoneId = this.createdZone?.zoneId ?? ('id' in portal.zone ? portal.zone.id : undefined);
    if (!accessLogs || ('create' in portal.zone && !portal.zone.delegated)) return;

    if (zoneId) this.defineCaa(zoneId);

    const certificate = new ValidatedCertificate(this, 'certificate', {
      names: [portal.domain, ...portal.aliases, stagedName(portal.domain)],
      zoneId,
    });
    const edge = this.defineEdge(id, certificate, accessLogs, props);
    this.defineHosting(edge, props);
    if (zoneId) this.defineRecords(zoneId, edge);
    this.defineHealth(id, edge, props);
    this.defineOutputs(id, edge, certificate, zoneId);
  }

  private defineCreatedZone(id: string): HostedZone | undefined {
    const { zone, domain } = this.portal;
    if (!('create' in zone)) return undefined;
    const created = new HostedZone(this, 'zone', { name: domain });
    output(this, `zone-${id}`, { name: domain, name_servers: created.nameServers, delegated: zone.delegated });
    return created;
  }

  /** A zone of somebody else's keeps its own rules unless the file has others. */
  private defineCaa(zoneId: string): void {
    const { zone, domain, caa } = this.portal;
    const authorities = caa ?? ('create' in zone ? ['amazon.com'] : undefined);
    if (authorities) new CaaRecord(this, 'caa', { zoneId, name: domain, authorities });
  }

  private defineEdge(
    id: string,
    certificate: ValidatedCertificate,
    accessLogs: AccessLogBucket,
    props: PortalPartProps,
  ): DualStackLoadBalancer {
    return new DualStackLoadBalancer(this, 'edge', {
      name: this.name,
      network: props.network,
      allow: this.portal.allow,
      probe: this.portal.publish.aaaa === 'off' ? undefined : props.probe?.ipv6Cidr,
      certificateArn: certificate.arn,
      accessLogs,
      accessLogPrefix: id,
      deletionProtection: props.protected,
    });
  }

  private defineHosting(edge: DualStackLoadBalancer, { network, region }: PortalPartProps): void {
    const { hosting, health } = this.portal;
    if (hosting.type === 'container') {
      const { type: _, ...container } = hosting;
      new ContainerService(this, 'hosting', { ...container, name: this.name, region, network, edge, health });
      return;
    }
    const { addresses, protocol, port = DEFAULT_PORTS[protocol] } = hosting.origin;
    new GatewayOrigin(this, 'hosting', { addresses, protocol, port, network, edge, health });
  }

  private defineRecords(zoneId: string, target: DualStackLoadBalancer): void {
    const { domain, aliases, publish, takeOver } = this.portal;
    const dns = new Construct(this, 'dns');
    for (const name of [domain, ...aliases]) {
      new DualStackAlias(dns, name, {
        zoneId,
        name,
        target,
        types: publish.aaaa === 'live' ? ['A', 'AAAA'] : ['A'],
        takeOver,
      });
    }
    if (publish.aaaa === 'off') return;
    const name = stagedName(domain);
    new DualStackAlias(dns, name, { zoneId, name, target, types: ['AAAA'], takeOver });
  }

  private defineHealth(id: string, edge: DualStackLoadBalancer, props: PortalPartProps): void {
    const { domain, health, publish, alarms } = this.portal;
    if (publish.aaaa === 'off' || !props.probe) return;
    const email = alarms?.email ?? props.agency.contact;
    const { arn: alarmTopicArn } = new AlarmTopic(this, 'alarms', { name: this.name, email });

    new Ipv6Health(this, 'health', {
      stack: props.stack,
      region: props.region,
      probe: props.probe,
      alarmTopicArn,
      portal: id,
      host: domain,
      lookup: publish.aaaa === 'live' ? undefined : stagedName(domain),
      ...health,
    });
    if (publish.aaaa === 'live') {
      new Ipv6ShareAlarm(this, 'ipv6-share', {
        name: `${this.name}-ipv6-share`,
        loadBalancer: edge.metricName,
        probe: { stack: props.stack, portal: id },
        alarmTopicArn,
      });
    }
  }

  private defineOutputs(
    id: string,
    edge: DualStackLoadBalancer,
    { validationRecords }: ValidatedCertificate,
    zoneId: string | undefined,
  ): void {
    const { domain, aliases, publish } = this.portal;
    output(this, `portal-${id}`, {
      domain,
      aliases,
      staged_name: stagedName(domain),
      aaaa: publish.aaaa,
      load_balancer: edge.dnsName,
    });
    if (zoneId) return;
    const staged = publish.aaaa === 'off' ? [] : [stagedName(domain)];
    output(this, `records-to-enter-${id}`, [
      ...validationRecords.map(({ name, value }) => ({ name, type: 'CNAME', value })),
      // A CNAME answers for both families at once: what is published over IPv6 is decided by which names are entered.
      ...[...staged, domain, ...aliases].map((name) => ({ name, type: 'CNAME', value: edge.dnsName })),
    ]);
  }
}

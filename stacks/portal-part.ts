import { Construct } from 'constructs';
import { failsOver, hasEdge, isDistributed } from '../config/portal-front';
import { CaaRecord } from '../constructs/dns/caa-record';
import type { CertificateCopy } from '../constructs/dns/certificate-copy';
import { DualStackAlias } from '../constructs/dns/dual-stack-alias';
import { HostedZone } from '../constructs/dns/hosted-zone';
import { portalName, stagedName } from '../core/names';
import { defineDistributionFront } from './distribution-front';
import { defineStandIn, primaryRole, type PrimaryAnswer } from './failover';
import { defineLoadBalancerFront } from './load-balancer-front';
import { output } from './output';
import type { PortalContext } from './portal-context';
import type { PortalFront } from './portal-front';
import { defineHealth } from './portal-health';
import { recordsToEnter } from './records-to-enter';
import { verbatim } from './verbatim';

/** Properties for `PortalPart`. */
export type PortalPartProps = Omit<PortalContext, 'id' | 'name'>;

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
    const answers = zoneId ? this.defineRecords(zoneId, front) : [];
    const standIn = failsOver(portal) ? this.defineStandIn(front, answers) : undefined;
    defineHealth(this, this.context, front, standIn);
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
      const email = alarms.email ?? agency.contact;
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

  /** Returns the names that citizens type, with their records. */
  private defineRecords(zoneId: string, front: PortalFront): PrimaryAnswer[] {
    const { domain, aliases, publish, takeOver } = this.context.portal;
    const dns = new Construct(this, 'dns');
    const types: readonly ('A' | 'AAAA')[] = publish.aaaa === 'live' ? ['A', 'AAAA'] : ['A'];
    const { aliases: targets } = front.edge;
    const failover = primaryRole(this, this.context, front.watched);
    const answers = [domain, ...aliases].map((name) => {
      const common = { zoneId, name, types, takeOver };
      const { records } = new DualStackAlias(dns, name, { ...common, targets, failover });
      return { name: common, records };
    });
    if (publish.aaaa !== 'off') {
      const name = stagedName(domain);
      new DualStackAlias(dns, name, { zoneId, name, targets, types: ['AAAA'], takeOver });
    }
    return answers;
  }

  private defineStandIn({ certificate }: PortalFront, answers: readonly PrimaryAnswer[]): CertificateCopy | undefined {
    return defineStandIn(this, this.context, certificate, this.context.distributionLogs!, answers);
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

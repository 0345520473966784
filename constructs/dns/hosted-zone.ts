import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { Construct } from 'constructs';
import { ZoneSigning, type ZoneSigningProps } from './zone-signing';

/** Properties for `HostedZone`. */
export interface HostedZoneProps {
  /** Name of the zone, e.g. `hue.gov.vn`. */
  readonly name: string;
}

/**
 * A public zone of its own. The parent zone has to point to its name servers, which answer over IPv4 and IPv6.
 */
export class HostedZone extends Construct {
  public readonly name: string;
  public readonly zoneId: string;
  /** What the parent zone has to point to; known after apply. */
  public readonly nameServers: string[];

  private announced: ZoneSigning | undefined;

  constructor(scope: Construct, id: string, { name }: HostedZoneProps) {
    super(scope, id);

    const zone = new Route53Zone(this, 'Resource', { name, comment: 'Managed by portal6' });
    this.name = name;
    this.zoneId = zone.zoneId;
    this.nameServers = zone.nameServers;
  }

  /** Value of the DS record that the parent zone has to have; known after apply. Undefined while it has to have none. */
  public get dsRecord(): string | undefined {
    return this.announced?.dsRecord;
  }

  /**
   * Signs the zone (DNSSEC).
   *
   * @param options.announce whether the parent zone says so, by a DS record
   */
  public sign(props: Omit<ZoneSigningProps, 'zone'>, { announce }: { readonly announce: boolean }): void {
    const signing = new ZoneSigning(this, 'signing', { ...props, zone: this });
    if (announce) this.announced = signing;
  }

  /** Makes the parent point here, where the parent is a zone of ours too. */
  public delegateFrom(parent: HostedZone): void {
    new Route53Record(this, 'delegation', {
      zoneId: parent.zoneId,
      name: this.name,
      type: 'NS',
      ttl: 3600,
      records: this.nameServers,
    });
    if (!this.announced) return;
    new Route53Record(this, 'ds', {
      zoneId: parent.zoneId,
      name: this.name,
      type: 'DS',
      // Five minutes, so that a mistake is soon forgotten.
      ttl: 300,
      records: [this.announced.dsRecord],
      dependsOn: [this.announced.signed],
    });
  }
}

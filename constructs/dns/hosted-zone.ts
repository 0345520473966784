import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { Construct } from 'constructs';

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

  constructor(scope: Construct, id: string, { name }: HostedZoneProps) {
    super(scope, id);

    const zone = new Route53Zone(this, 'Resource', { name, comment: 'Managed by portal6' });
    this.name = name;
    this.zoneId = zone.zoneId;
    this.nameServers = zone.nameServers;
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
  }
}

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
  public readonly zoneId: string;
  /** What the parent zone has to point to; known after apply. */
  public readonly nameServers: string[];

  constructor(scope: Construct, id: string, { name }: HostedZoneProps) {
    super(scope, id);

    const zone = new Route53Zone(this, 'Resource', { name, comment: 'Managed by portal6' });
    this.zoneId = zone.zoneId;
    this.nameServers = zone.nameServers;
  }
}

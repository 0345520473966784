import { GlobalacceleratorAccelerator } from '@cdktf/provider-aws/lib/globalaccelerator-accelerator';
import { GlobalacceleratorEndpointGroup } from '@cdktf/provider-aws/lib/globalaccelerator-endpoint-group';
import { GlobalacceleratorListener } from '@cdktf/provider-aws/lib/globalaccelerator-listener';
import { Construct } from 'constructs';
import { shortName } from '../../core/names';
import type { AccessLogBucket } from './access-log-bucket';
import type { DualStackLoadBalancer } from './dual-stack-load-balancer';
import type { FixedAddress, Front } from './front';

/** Properties for `DualStackAccelerator`. */
export interface DualStackAcceleratorProps {
  /** Name; cut to the 64 characters that AWS takes. */
  readonly name: string;

  /** Region of the load balancer. */
  readonly region: string;

  /** What answers behind it. A dual-stack accelerator takes dual-stack load balancers alone. */
  readonly edge: DualStackLoadBalancer;

  /** Where flow logs go; log delivery has to be allowed to write there. */
  readonly accessLogs: AccessLogBucket;

  /** First part of the flow logs' keys. */
  readonly accessLogPrefix: string;
}

/** AWS gives so many addresses of each family. */
const ADDRESSES_PER_FAMILY = 2;

/**
 * A Global Accelerator in front of a load balancer: two IPv4 and two IPv6 addresses that stay as they are, announced by
 * AWS's edge locations.
 *
 * Clients' addresses are preserved, so the load balancer's allow list holds for those who come by the accelerator. How
 * the load balancer is the accelerator sees by its targets; the health check settings of an endpoint group are for other
 * kinds of endpoints
 * (https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoint-groups-health-check-options.html).
 */
export class DualStackAccelerator extends Construct implements Front {
  /** Name that answers A and AAAA. */
  public readonly dnsName: string;
  public readonly aliases: Front['aliases'];
  public readonly addresses: NonNullable<Front['addresses']>;

  constructor(scope: Construct, id: string, props: DualStackAcceleratorProps) {
    super(scope, id);
    const { name, region, edge, accessLogs, accessLogPrefix } = props;

    const accelerator = new GlobalacceleratorAccelerator(this, 'Resource', {
      name: shortName(name, 64),
      ipAddressType: 'DUAL_STACK',
      enabled: true,
      attributes: {
        flowLogsEnabled: true,
        flowLogsS3Bucket: accessLogs.bucket,
        flowLogsS3Prefix: accessLogPrefix,
      },
      tags: { Name: name },
      dependsOn: [accessLogs.policy],
    });
    const listener = new GlobalacceleratorListener(this, 'listener', {
      acceleratorArn: accelerator.id,
      protocol: 'TCP',
      portRange: [
        { fromPort: 80, toPort: 80 },
        { fromPort: 443, toPort: 443 },
      ],
    });
    new GlobalacceleratorEndpointGroup(this, 'endpoint-group', {
      listenerArn: listener.id,
      endpointGroupRegion: region,
      endpointConfiguration: [{ endpointId: edge.arn, clientIpPreservationEnabled: true, weight: 128 }],
    });

    this.dnsName = accelerator.dualStackDnsName;
    this.aliases = {
      A: { dnsName: accelerator.dnsName, zoneId: accelerator.hostedZoneId },
      // The other name has IPv4 addresses alone.
      AAAA: { dnsName: accelerator.dualStackDnsName, zoneId: accelerator.hostedZoneId },
    };
    this.addresses = { A: addressesOf(accelerator, 'A'), AAAA: addressesOf(accelerator, 'AAAA') };
  }
}

/** Picked by what they look like, and in an order of their own: the provider promises none of its sets. */
function addressesOf(accelerator: GlobalacceleratorAccelerator, type: 'A' | 'AAAA'): FixedAddress[] {
  const sets = `${accelerator.terraformResourceType}.${accelerator.friendlyUniqueId}.ip_sets`;
  const isOfFamily = type === 'AAAA' ? 'strcontains(address, ":")' : '!strcontains(address, ":")';
  return Array.from({ length: ADDRESSES_PER_FAMILY }, (_, index) => ({
    id: String(index + 1),
    address: `\${sort([for address in flatten(${sets}[*].ip_addresses) : address if ${isOfFamily}])[${index}]}`,
  }));
}

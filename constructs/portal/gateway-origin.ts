import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment';
import { Construct } from 'constructs';
import { invalidProp } from '../../core/errors';
import { isOriginAddress } from '../../core/private-addresses';
import type { LoadBalancer } from '../edge/load-balancer';
import type { Network } from '../network/network';
import type { Health } from './target-health';
import { targetTraffic } from './target-traffic';
import type { Targets } from './targets';

/** Properties for `GatewayOrigin`. */
export interface GatewayOriginProps {
  readonly network: Network;

  /** The front; it gets its listeners here. */
  readonly edge: LoadBalancer;

  /** Private IPv4 addresses of the origin (RFC 1918 or RFC 6598), reached by a gateway of the VPC. */
  readonly addresses: readonly string[];

  readonly port: number;

  /**
   * How the load balancer speaks to the origin. It does not verify the origin's certificate. A network load balancer ends
   * TLS and hands on what is inside: `http`.
   */
  readonly protocol: 'https' | 'http';

  readonly health: Health;
}

/**
 * A portal that stays in its data center, behind a dual-stack load balancer: citizens come over IPv6, the origin sees
 * IPv4. The client's address is in `X-Forwarded-For`, so the origin has to log it from there, in full; behind a network
 * load balancer it is in the PROXY header.
 */
export class GatewayOrigin extends Construct implements Targets {
  public readonly metricName: string;
  public readonly family = 'ipv4';

  constructor(scope: Construct, id: string, props: GatewayOriginProps) {
    super(scope, id);
    const { network, edge, addresses, port, health } = props;
    const outside = addresses.find((address) => !isOriginAddress(address));
    if (outside !== undefined) {
      throw invalidProp(this, 'addresses', 'must be private IPv4 addresses (RFC 1918 or RFC 6598)', outside);
    }
    if (edge.speaks === 'tcp' && props.protocol === 'https') {
      throw invalidProp(
        this,
        'protocol',
        'must be http behind a network load balancer, which ends TLS',
        props.protocol,
      );
    }
    const protocol = props.protocol === 'https' ? 'HTTPS' : 'HTTP';

    const targetGroup = new LbTargetGroup(this, 'target-group', {
      namePrefix: 'p6-gw-',
      vpcId: network.vpcId,
      targetType: 'ip',
      ipAddressType: this.family,
      port,
      ...targetTraffic(edge, health, protocol),
      deregistrationDelay: '30',
      lifecycle: { createBeforeDestroy: true },
    });
    for (const address of addresses) {
      new LbTargetGroupAttachment(this, `target-${address}`, {
        targetGroupArn: targetGroup.arn,
        targetId: address,
        port,
        // Addresses outside the VPC belong to no zone.
        availabilityZone: 'all',
      });
    }
    edge.allowTo({ addresses }, port);
    edge.serve(targetGroup);
    this.metricName = targetGroup.arnSuffix;
  }
}

import type { LbTargetGroupConfig } from '@cdktf/provider-aws/lib/lb-target-group';
import type { LoadBalancer } from '../edge/load-balancer';
import { type Health, targetHealthCheck } from './target-health';

/** What of a target group depends on the load balancer in front of it. */
export type TargetTraffic = Pick<
  LbTargetGroupConfig,
  'protocol' | 'healthCheck' | 'proxyProtocolV2' | 'preserveClientIp'
>;

/**
 * What targets are spoken to in, and how they are checked.
 *
 * Behind a network load balancer they get the bytes of a connection, and before these a PROXY header (version 2) with the
 * client's address: the load balancer translates between the families, and then cannot preserve it
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html). Its health checks
 * send no such header, so they only connect.
 */
export function targetTraffic(
  { speaks }: Pick<LoadBalancer, 'speaks'>,
  health: Health,
  protocol: 'HTTP' | 'HTTPS' = 'HTTP',
): TargetTraffic {
  if (speaks === 'http') return { protocol, healthCheck: targetHealthCheck(health, protocol) };
  return {
    protocol: 'TCP',
    proxyProtocolV2: true,
    preserveClientIp: 'false',
    healthCheck: {
      enabled: true,
      protocol: 'TCP',
      interval: 10,
      timeout: 5,
      healthyThreshold: 3,
      unhealthyThreshold: 3,
    },
  };
}

import type { LbTargetGroupHealthCheck } from '@cdktf/provider-aws/lib/lb-target-group';

/** How to tell that a portal is well. */
export interface Health {
  /** Path to ask for. */
  readonly path: string;

  /** Status codes that mean well, e.g. `200-299`. */
  readonly codes: string;
}

/** The load balancer's health check, which runs over the family of the target group. */
export function targetHealthCheck({ path, codes }: Health, protocol: 'HTTP' | 'HTTPS'): LbTargetGroupHealthCheck {
  return {
    enabled: true,
    protocol,
    path,
    matcher: codes,
    interval: 15,
    timeout: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 3,
  };
}

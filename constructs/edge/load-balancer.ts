import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { ITerraformDependable } from 'cdktf';

/** What hosting stands behind: a load balancer of either kind. */
export interface LoadBalancer {
  readonly securityGroupId: string;

  /** Value of the CloudWatch dimension `LoadBalancer`: the end of its ARN. */
  readonly metricName: string;

  /** What it hands on to targets: requests, or the bytes of a connection. */
  readonly speaks: 'http' | 'tcp';

  /** Adds the listeners that lead to the targets. Returns what a service has to wait for. */
  serve(targetGroup: LbTargetGroup): ITerraformDependable;

  /** Lets the load balancer speak to its targets, for traffic and health checks. */
  allowTo(peer: TargetPeer, port: number): void;
}

/** Who the load balancer may speak to: members of a security group, or addresses. */
export type TargetPeer = { readonly securityGroupId: string } | { readonly addresses: readonly string[] };

/**
 * TLS 1.2 and 1.3, forward secrecy and AEAD alone. Not 1.3 alone: Route 53's HTTPS checks end at 1.2
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html).
 */
export const SSL_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06';

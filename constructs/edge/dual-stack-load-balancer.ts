import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { shortName } from '../../core/names';
import type { Network } from '../network/network';
import type { AccessLogBucket } from './access-log-bucket';
import { edgeSecurityGroup, openToTargets } from './edge-security-group';
import type { Front } from './front';
import { type LoadBalancer, SSL_POLICY, type TargetPeer } from './load-balancer';

/** Properties for `DualStackLoadBalancer`. */
export interface DualStackLoadBalancerProps {
  /** Name; cut to the 32 characters that AWS takes. */
  readonly name: string;

  readonly network: Network;

  /**
   * Who may connect to ports 80 and 443: ranges of both families in canonical text, at most 29 of each.
   *
   * @default - everybody: 0.0.0.0/0 and ::/0
   */
  readonly allow?: readonly string[];

  /**
   * IPv6 block of the probe, which may connect whoever else may.
   *
   * @default - there is no probe
   */
  readonly probe?: string;

  /** Certificate for the HTTPS listener. */
  readonly certificateArn: string;

  /** Where access logs go. */
  readonly accessLogs: AccessLogBucket;

  /** First part of the access logs' keys. */
  readonly accessLogPrefix: string;

  /**
   * Refuse deletion until this is false.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}

const PORTS = [
  [443, 'HTTPS'],
  [80, 'HTTP, redirected to HTTPS'],
] as const;

/**
 * An application load balancer that answers over IPv4 and IPv6 alike.
 *
 * One allow list opens both families; plain HTTP is redirected to HTTPS over both. What it serves is said by `serve`.
 */
export class DualStackLoadBalancer extends Construct implements Front, LoadBalancer {
  public readonly arn: string;
  /** Name that answers A and AAAA. */
  public readonly dnsName: string;
  public readonly aliases: Front['aliases'];
  public readonly metricName: string;
  public readonly securityGroupId: string;
  public readonly speaks = 'http';

  private readonly loadBalancer: Lb;
  private readonly certificateArn: string;

  constructor(scope: Construct, id: string, props: DualStackLoadBalancerProps) {
    super(scope, id);
    const { network, accessLogs, deletionProtection = true } = props;

    this.securityGroupId = edgeSecurityGroup(this, { ...props, ports: PORTS });
    this.loadBalancer = new Lb(this, 'Resource', {
      name: shortName(props.name, 32),
      loadBalancerType: 'application',
      internal: false,
      ipAddressType: 'dualstack',
      subnets: [...network.publicSubnetIds],
      securityGroups: [this.securityGroupId],
      dropInvalidHeaderFields: true,
      enableDeletionProtection: deletionProtection,
      accessLogs: { enabled: true, bucket: accessLogs.bucket, prefix: props.accessLogPrefix },
      dependsOn: [accessLogs.policy, ...network.routes],
    });

    this.certificateArn = props.certificateArn;
    this.arn = this.loadBalancer.arn;
    this.dnsName = this.loadBalancer.dnsName;
    const alias = { dnsName: this.dnsName, zoneId: this.loadBalancer.zoneId };
    this.aliases = { A: alias, AAAA: alias };
    this.metricName = this.loadBalancer.arnSuffix;
  }

  /** Adds the listeners: HTTPS to the targets, HTTP to HTTPS. Returns what a service has to wait for. */
  public serve(targetGroup: LbTargetGroup): ITerraformDependable {
    new LbListener(this, 'http', {
      loadBalancerArn: this.loadBalancer.arn,
      port: 80,
      protocol: 'HTTP',
      defaultAction: [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } }],
    });
    return new LbListener(this, 'https', {
      loadBalancerArn: this.loadBalancer.arn,
      port: 443,
      protocol: 'HTTPS',
      sslPolicy: SSL_POLICY,
      certificateArn: this.certificateArn,
      defaultAction: [{ type: 'forward', targetGroupArn: targetGroup.arn }],
    });
  }

  public allowTo(peer: TargetPeer, port: number): void {
    openToTargets(this, this.securityGroupId, peer, port);
  }
}

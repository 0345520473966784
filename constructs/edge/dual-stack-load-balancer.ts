import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { formatCidr, parseCidr } from '../../core/cidr';
import { invalidProp } from '../../core/errors';
import { shortName } from '../../core/names';
import type { Network } from '../network/network';
import type { AccessLogBucket } from './access-log-bucket';
import type { Front } from './front';

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

/** Who the load balancer may speak to: members of a security group, or addresses. */
export type TargetPeer = { readonly securityGroupId: string } | { readonly addresses: readonly string[] };

/**
 * TLS 1.2 and 1.3, forward secrecy and AEAD alone. Not 1.3 alone: Route 53's HTTPS checks end at 1.2
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html).
 */
const SSL_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06';

const EVERYBODY = ['0.0.0.0/0', '::/0'];

/** AWS's limit on rules is 60 a family; a range takes two, the probe and ICMP one each. */
const MAX_RANGES = 29;

/**
 * An application load balancer that answers over IPv4 and IPv6 alike.
 *
 * One allow list opens both families; plain HTTP is redirected to HTTPS over both. What it serves is said by `serve`.
 */
export class DualStackLoadBalancer extends Construct implements Front {
  /** Name that answers A and AAAA. */
  public readonly dnsName: string;
  public readonly aliases: Front['aliases'];
  /** Value of the CloudWatch dimension `LoadBalancer`. */
  public readonly metricName: string;
  public readonly securityGroupId: string;

  private readonly loadBalancer: Lb;
  private readonly certificateArn: string;

  constructor(scope: Construct, id: string, props: DualStackLoadBalancerProps) {
    super(scope, id);
    const { network, accessLogs, allow = EVERYBODY, deletionProtection = true } = props;
    this.requireRanges(allow);

    const group = this.defineSecurityGroup(props.name, network);
    this.openTo(group, allow, props.probe);
    this.loadBalancer = new Lb(this, 'Resource', {
      name: shortName(props.name, 32),
      loadBalancerType: 'application',
      internal: false,
      ipAddressType: 'dualstack',
      subnets: [...network.publicSubnetIds],
      securityGroups: [group.id],
      dropInvalidHeaderFields: true,
      enableDeletionProtection: deletionProtection,
      accessLogs: { enabled: true, bucket: accessLogs.bucket, prefix: props.accessLogPrefix },
      dependsOn: [accessLogs.policy, ...network.routes],
    });

    this.certificateArn = props.certificateArn;
    this.securityGroupId = group.id;
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

  /** Lets the load balancer speak to its targets, for requests and health checks. */
  public allowTo(peer: TargetPeer, port: number): void {
    const rule = { securityGroupId: this.securityGroupId, ipProtocol: 'tcp', fromPort: port, toPort: port };
    if ('securityGroupId' in peer) {
      new VpcSecurityGroupEgressRule(this, 'to-targets', {
        ...rule,
        referencedSecurityGroupId: peer.securityGroupId,
        description: 'Requests and health checks',
      });
      return;
    }
    for (const address of peer.addresses) {
      new VpcSecurityGroupEgressRule(this, `to-${address}`, {
        ...rule,
        cidrIpv4: `${address}/32`,
        description: 'Requests and health checks',
      });
    }
  }

  private requireRanges(allow: readonly string[]): void {
    const families = allow.map((text) => {
      const range = parseCidr(text);
      if (!range || formatCidr(range) !== text) {
        const rule = 'must hold ranges in canonical text, such as 203.0.113.0/24 or 2001:db8::/32';
        throw invalidProp(this, 'allow', rule, text);
      }
      return range.family;
    });
    for (const family of ['ipv4', 'ipv6']) {
      const count = families.filter((one) => one === family).length;
      if (count > MAX_RANGES)
        throw invalidProp(this, 'allow', `must hold at most ${MAX_RANGES} ranges a family`, count);
    }
    const twice = allow.find((range, index) => allow.indexOf(range) !== index);
    if (twice) throw invalidProp(this, 'allow', 'must name each range once', twice);
    if (allow.length === 0) throw invalidProp(this, 'allow', 'must hold a range: nobody could connect', allow);
  }

  private defineSecurityGroup(name: string, network: Network): SecurityGroup {
    return new SecurityGroup(this, 'security-group', {
      vpcId: network.vpcId,
      // Not the name alone: AWS keeps names that begin with "sg-" for ids.
      namePrefix: `portal6-${name}-edge-`,
      description: 'Who may connect to the portal',
      tags: { Name: `${name}-edge` },
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private openTo(group: SecurityGroup, allow: readonly string[], probe: string | undefined): void {
    for (const port of [443, 80]) {
      const rule = { securityGroupId: group.id, ipProtocol: 'tcp', fromPort: port, toPort: port };
      for (const range of allow) {
        new VpcSecurityGroupIngressRule(this, `${port}-${range}`, {
          ...rule,
          ...(range.includes(':') ? { cidrIpv6: range } : { cidrIpv4: range }),
          description: port === 443 ? 'HTTPS' : 'HTTP, redirected to HTTPS',
        });
      }
    }
    if (probe) {
      new VpcSecurityGroupIngressRule(this, 'probe', {
        securityGroupId: group.id,
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        cidrIpv6: probe,
        description: 'IPv6 probe',
      });
    }
    this.openToPathMtu(group);
  }

  /** Any router on the way may say that a packet was too big (RFC 8201), so these are open whoever may connect. */
  private openToPathMtu(group: SecurityGroup): void {
    new VpcSecurityGroupIngressRule(this, 'path-mtu-ipv4', {
      securityGroupId: group.id,
      ipProtocol: 'icmp',
      fromPort: 3,
      toPort: 4,
      cidrIpv4: '0.0.0.0/0',
      description: 'ICMP fragmentation needed',
    });
    new VpcSecurityGroupIngressRule(this, 'path-mtu-ipv6', {
      securityGroupId: group.id,
      ipProtocol: 'icmpv6',
      fromPort: 2,
      toPort: 0,
      cidrIpv6: '::/0',
      description: 'ICMPv6 packet too big',
    });
  }
}

import { Eip } from '@cdktf/provider-aws/lib/eip';
import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Fn, type ITerraformDependable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { fixedHost } from '../../core/address-plan';
import { hostOf, parseCidr } from '../../core/cidr';
import { shortName } from '../../core/names';
import type { Network, PublicSubnet } from '../network/network';
import type { AccessLogBucket } from './access-log-bucket';
import { edgeSecurityGroup, openToTargets } from './edge-security-group';
import type { FixedAddress, Front } from './front';
import { type LoadBalancer, SSL_POLICY, type TargetPeer } from './load-balancer';

/** Properties for `DualStackNetworkLoadBalancer`. */
export interface DualStackNetworkLoadBalancerProps {
  /** Name; cut to the 32 characters that AWS takes. Its IPv6 addresses come from it, so a new name moves them. */
  readonly name: string;

  readonly network: Network;

  /**
   * Who may connect to port 443: ranges of both families in canonical text, at most 29 of each.
   *
   * @default - everybody: 0.0.0.0/0 and ::/0
   */
  readonly allow?: readonly string[];

  /** Certificate for the TLS listener. */
  readonly certificateArn: string;

  /** Where access logs go; log delivery has to be allowed to write there. */
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

const PORTS = [[443, 'TLS']] as const;

/**
 * A network load balancer with an address of each family in each zone, which stay as they are: an Elastic IP address, and
 * an address out of the subnet's /64 (there are no Elastic IPv6 addresses).
 *
 * It ends TLS on port 443 and hands on what is inside to any protocol over TCP. Nothing listens on port 80: it cannot
 * redirect. What it serves is said by `serve`.
 */
export class DualStackNetworkLoadBalancer extends Construct implements Front, LoadBalancer {
  /** Name that answers A and AAAA. */
  public readonly dnsName: string;
  public readonly aliases: Front['aliases'];
  public readonly addresses: NonNullable<Front['addresses']>;
  public readonly securityGroupId: string;
  public readonly metricName: string;
  public readonly speaks = 'tcp';

  private readonly loadBalancer: Lb;
  private readonly certificateArn: string;

  constructor(scope: Construct, id: string, props: DualStackNetworkLoadBalancerProps) {
    super(scope, id);
    const { name, network, accessLogs, deletionProtection = true } = props;

    this.securityGroupId = edgeSecurityGroup(this, { ...props, ports: PORTS });
    const places = network.publicSubnets.map((subnet) => this.definePlace(subnet, name, network));
    this.loadBalancer = new Lb(this, 'Resource', {
      name: shortName(name, 32),
      loadBalancerType: 'network',
      internal: false,
      ipAddressType: 'dualstack',
      subnetMapping: places.map(({ subnet, elasticIp, ipv6 }) => ({
        subnetId: subnet.id,
        allocationId: elasticIp.id,
        ipv6Address: ipv6,
      })),
      securityGroups: [this.securityGroupId],
      // Each address is in DNS whether or not its zone has a target.
      enableCrossZoneLoadBalancing: true,
      enableDeletionProtection: deletionProtection,
      accessLogs: { enabled: true, bucket: accessLogs.bucket, prefix: props.accessLogPrefix },
      dependsOn: [accessLogs.policy, ...network.routes],
    });

    this.certificateArn = props.certificateArn;
    this.metricName = this.loadBalancer.arnSuffix;
    this.dnsName = this.loadBalancer.dnsName;
    const alias = { dnsName: this.dnsName, zoneId: this.loadBalancer.zoneId };
    this.aliases = { A: alias, AAAA: alias };
    const each = (addressOf: (place: Place) => string): FixedAddress[] =>
      places.map((place) => ({ id: place.subnet.zone, address: addressOf(place) }));
    this.addresses = { A: each(({ elasticIp }) => elasticIp.publicIp), AAAA: each(({ ipv6 }) => ipv6) };
  }

  /** Adds the TLS listener. Returns what a service has to wait for. */
  public serve(targetGroup: LbTargetGroup): ITerraformDependable {
    return new LbListener(this, 'tls', {
      loadBalancerArn: this.loadBalancer.arn,
      port: 443,
      protocol: 'TLS',
      sslPolicy: SSL_POLICY,
      certificateArn: this.certificateArn,
      defaultAction: [{ type: 'forward', targetGroupArn: targetGroup.arn }],
    });
  }

  public allowTo(peer: TargetPeer, port: number): void {
    openToTargets(this, this.securityGroupId, peer, port);
  }

  private definePlace(subnet: PublicSubnet, name: string, network: Network): Place {
    const elasticIp = new Eip(this, `address-${subnet.zone}`, {
      domain: 'vpc',
      tags: { Name: `${name}-edge-${subnet.zone}` },
      dependsOn: [...network.routes],
    });
    return { subnet, elasticIp, ipv6: addressIn(subnet, fixedHost(name)) };
  }
}

/** The load balancer's place in one zone. */
interface Place {
  readonly subnet: PublicSubnet;
  readonly elasticIp: Eip;
  readonly ipv6: string;
}

function addressIn({ ipv6Cidr }: PublicSubnet, host: number): string {
  return Token.isUnresolved(ipv6Cidr) ? Fn.cidrhost(ipv6Cidr, host) : hostOf(parseCidr(ipv6Cidr)!, host);
}

import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { Construct } from 'constructs';
import { formatCidr, parseCidr } from '../../core/cidr';
import { invalidProp } from '../../core/errors';
import type { Network } from '../network/network';
import type { TargetPeer } from './load-balancer';

/** What `edgeSecurityGroup` needs to know. */
export interface EdgeSecurityGroupProps {
  /** Name of the portal; the group's generated name begins with it. */
  readonly name: string;

  readonly network: Network;

  /**
   * Who may connect: ranges of both families in canonical text, at most 29 of each.
   *
   * @default - everybody: 0.0.0.0/0 and ::/0
   */
  readonly allow?: readonly string[];

  /** The ports that are open to them, with what each is for. */
  readonly ports: readonly (readonly [port: number, description: string])[];

  /**
   * IPv6 block of the probe, which may connect whoever else may.
   *
   * @default - there is no probe
   */
  readonly probe?: string;
}

const EVERYBODY = ['0.0.0.0/0', '::/0'];

/** AWS's limit on rules is 60 a family; a range takes two, the probe and ICMP one each. */
const MAX_RANGES = 29;

/**
 * The security group of a load balancer that faces the Internet: one allow list opens both families.
 *
 * Its resources are defined in `scope` itself.
 *
 * @returns id of the group
 */
export function edgeSecurityGroup(scope: Construct, props: EdgeSecurityGroupProps): string {
  const { name, network, allow = EVERYBODY, ports, probe } = props;
  requireRanges(scope, allow);
  const group = new SecurityGroup(scope, 'security-group', {
    vpcId: network.vpcId,
    // Not the name alone: AWS keeps names that begin with "sg-" for ids.
    namePrefix: `portal6-${name}-edge-`,
    description: 'Who may connect to the portal',
    tags: { Name: `${name}-edge` },
    lifecycle: { createBeforeDestroy: true },
  });
  for (const [port, description] of ports) {
    for (const range of allow) {
      new VpcSecurityGroupIngressRule(scope, `${port}-${range}`, {
        securityGroupId: group.id,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        ...(range.includes(':') ? { cidrIpv6: range } : { cidrIpv4: range }),
        description,
      });
    }
  }
  if (probe) {
    new VpcSecurityGroupIngressRule(scope, 'probe', {
      securityGroupId: group.id,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      cidrIpv6: probe,
      description: 'IPv6 probe',
    });
  }
  openToPathMtu(scope, group);
  return group.id;
}

/** Lets a load balancer speak to its targets. Rules are defined in `scope` itself. */
export function openToTargets(scope: Construct, securityGroupId: string, peer: TargetPeer, port: number): void {
  const rule = { securityGroupId, ipProtocol: 'tcp', fromPort: port, toPort: port };
  if ('securityGroupId' in peer) {
    new VpcSecurityGroupEgressRule(scope, 'to-targets', {
      ...rule,
      referencedSecurityGroupId: peer.securityGroupId,
      description: 'Requests and health checks',
    });
    return;
  }
  for (const address of peer.addresses) {
    new VpcSecurityGroupEgressRule(scope, `to-${address}`, {
      ...rule,
      cidrIpv4: `${address}/32`,
      description: 'Requests and health checks',
    });
  }
}

function requireRanges(scope: Construct, allow: readonly string[]): void {
  const families = allow.map((text) => {
    const range = parseCidr(text);
    if (!range || formatCidr(range) !== text) {
      const rule = 'must hold ranges in canonical text, such as 203.0.113.0/24 or 2001:db8::/32';
      throw invalidProp(scope, 'allow', rule, text);
    }
    return range.family;
  });
  for (const family of ['ipv4', 'ipv6']) {
    const count = families.filter((one) => one === family).length;
    if (count > MAX_RANGES) throw invalidProp(scope, 'allow', `must hold at most ${MAX_RANGES} ranges a family`, count);
  }
  const twice = allow.find((range, index) => allow.indexOf(range) !== index);
  if (twice) throw invalidProp(scope, 'allow', 'must name each range once', twice);
  if (allow.length === 0) throw invalidProp(scope, 'allow', 'must hold a range: nobody could connect', allow);
}

/** Any router on the way may say that a packet was too big (RFC 8201), so these are open whoever may connect. */
function openToPathMtu(scope: Construct, { id }: SecurityGroup): void {
  new VpcSecurityGroupIngressRule(scope, 'path-mtu-ipv4', {
    securityGroupId: id,
    ipProtocol: 'icmp',
    fromPort: 3,
    toPort: 4,
    cidrIpv4: '0.0.0.0/0',
    description: 'ICMP fragmentation needed',
  });
  new VpcSecurityGroupIngressRule(scope, 'path-mtu-ipv6', {
    securityGroupId: id,
    ipProtocol: 'icmpv6',
    fromPort: 2,
    toPort: 0,
    cidrIpv6: '::/0',
    description: 'ICMPv6 packet too big',
  });
}

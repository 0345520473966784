import { NetworkAcl, type NetworkAclEgress, type NetworkAclIngress } from '@cdktf/provider-aws/lib/network-acl';
import type { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Construct } from 'constructs';
import type { SubnetTier } from './subnet-tier';

/** Properties for `TierAcl`. */
export interface TierAclProps {
  readonly vpc: Vpc;
  readonly tier: SubnetTier;

  /**
   * Who may send packets into the tier.
   *
   * `internet`: anybody, to the web ports. `replies`: the VPC, and the Internet only in reply. `vpc`: the VPC alone.
   * `transit`: anybody, as AWS asks of subnets that hold gateway attachments.
   */
  readonly from: 'internet' | 'replies' | 'vpc' | 'transit';

  /** Value of the `Name` tag. */
  readonly name: string;
}

/**
 * The network ACL of a tier: every rule twice, once for each family.
 *
 * An ACL keeps no state, so replies need rules of their own; and a custom one denies all IPv6 that nobody allows
 * (https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html).
 */
export class TierAcl extends Construct {
  constructor(scope: Construct, id: string, { vpc, tier, from, name }: TierAclProps) {
    super(scope, id);

    const inside = [allow(100, { ipv4: vpc.cidrBlock, ipv6: vpc.ipv6CidrBlock }, ALL)];
    const web = [allow(110, ANYBODY, tcp(80)), allow(120, ANYBODY, tcp(443))];
    const replies = [allow(130, ANYBODY, tcp(1024, 65535)), allow(140, ANYBODY, udp(1024, 65535)), ...pathMtu()];
    const anybody = [allow(100, ANYBODY, ALL)];

    const ingress = {
      internet: [...inside, ...web, ...replies],
      replies: [...inside, ...replies],
      vpc: inside,
      transit: anybody,
    }[from];

    new NetworkAcl(this, 'Resource', {
      vpcId: vpc.id,
      subnetIds: tier.subnetIds,
      ingress: ingress.flat(),
      egress: (from === 'vpc' ? inside : anybody).flat(),
      tags: { Name: name },
    });
  }
}

interface Ranges {
  readonly ipv4: string;
  readonly ipv6: string;
}

interface Traffic {
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
}

const ANYBODY: Ranges = { ipv4: '0.0.0.0/0', ipv6: '::/0' };
const ALL: Traffic = { protocol: '-1', fromPort: 0, toPort: 0 };

function tcp(fromPort: number, toPort = fromPort): Traffic {
  return { protocol: '6', fromPort, toPort };
}

function udp(fromPort: number, toPort = fromPort): Traffic {
  return { protocol: '17', fromPort, toPort };
}

/** Both families of one rule; numbers 100, 101 belong together. */
function allow(ruleNo: number, { ipv4, ipv6 }: Ranges, traffic: Traffic): (NetworkAclIngress & NetworkAclEgress)[] {
  return [
    { ruleNo, action: 'allow', cidrBlock: ipv4, ...traffic },
    { ruleNo: ruleNo + 1, action: 'allow', ipv6CidrBlock: ipv6, ...traffic },
  ];
}

/**
 * The ICMP errors that path MTU discovery and failing connections need: routers on the way never fragment IPv6
 * (RFC 8201), so without Packet Too Big large answers hang (RFC 4890, 4.3.1).
 */
function pathMtu(): NetworkAclIngress[][] {
  const icmp = { action: 'allow', fromPort: 0, toPort: 0 };
  const ipv4 = { ...icmp, protocol: '1', cidrBlock: ANYBODY.ipv4 };
  const ipv6 = { ...icmp, protocol: '58', ipv6CidrBlock: ANYBODY.ipv6 };
  return [
    // Destination unreachable, which in IPv4 includes "fragmentation needed".
    [
      { ...ipv4, ruleNo: 150, icmpType: 3, icmpCode: -1 },
      { ...ipv6, ruleNo: 151, icmpType: 1, icmpCode: -1 },
    ],
    // Time exceeded.
    [
      { ...ipv4, ruleNo: 160, icmpType: 11, icmpCode: -1 },
      { ...ipv6, ruleNo: 161, icmpType: 3, icmpCode: -1 },
    ],
    // Packet too big has no IPv4 counterpart of its own.
    [{ ...ipv6, ruleNo: 171, icmpType: 2, icmpCode: 0 }],
  ];
}

import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { Construct } from 'constructs';
import type { LoadBalancer } from '../edge/load-balancer';
import type { Network } from '../network/network';

/** What `targetSecurityGroup` needs to know. */
export interface TargetSecurityGroupProps {
  /** Name of the portal; the group's generated name begins with it. */
  readonly name: string;

  /** What the members are, in a word: `tasks`. */
  readonly members: string;

  readonly network: Network;

  /** The load balancer that may come in, whatever family it comes by. */
  readonly edge: LoadBalancer;

  readonly port: number;
}

/**
 * The security group of what a load balancer speaks to: it lets the load balancer in on one port, and its members out
 * to everywhere over both families, because Terraform takes away the rule that AWS makes.
 *
 * Its resources are defined in `scope` itself.
 *
 * @returns id of the group
 */
export function targetSecurityGroup(scope: Construct, props: TargetSecurityGroupProps): string {
  const { name, members, network, edge, port } = props;
  const group = new SecurityGroup(scope, 'security-group', {
    vpcId: network.vpcId,
    namePrefix: `portal6-${name}-${members}-`,
    description: `The ${members} of the portal`,
    tags: { Name: `${name}-${members}` },
    lifecycle: { createBeforeDestroy: true },
  });
  new VpcSecurityGroupIngressRule(scope, 'from-edge', {
    securityGroupId: group.id,
    ipProtocol: 'tcp',
    fromPort: port,
    toPort: port,
    referencedSecurityGroupId: edge.securityGroupId,
    description: 'Requests and health checks',
  });
  const out = { securityGroupId: group.id, ipProtocol: '-1' };
  new VpcSecurityGroupEgressRule(scope, 'out-ipv4', { ...out, cidrIpv4: '0.0.0.0/0' });
  new VpcSecurityGroupEgressRule(scope, 'out-ipv6', { ...out, cidrIpv6: '::/0' });
  edge.allowTo({ securityGroupId: group.id }, port);
  return group.id;
}

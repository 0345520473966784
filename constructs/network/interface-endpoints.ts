import type { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';
import { isIpv4OnlyService } from '../../core/endpoint-services';
import type { SubnetTier } from './subnet-tier';

/** An AWS service that tasks reach without leaving the VPC. */
export type EndpointService = 'ecr.api' | 'ecr.dkr' | 'logs' | 'secretsmanager' | 'ssm';

/** Properties for `InterfaceEndpoints`. */
export interface InterfaceEndpointsProps {
  readonly vpc: Vpc;
  readonly region: string;

  /** Subnets that hold the endpoints. */
  readonly tier: SubnetTier;

  readonly services: readonly EndpointService[];

  /** What the `Name` tags begin with. */
  readonly name: string;
}

/** Interface endpoints (PrivateLink) that answer to the whole VPC over both families, where the service can. */
export class InterfaceEndpoints extends Construct {
  public readonly endpoints: readonly VpcEndpoint[];

  constructor(scope: Construct, id: string, { vpc, region, tier, services, name }: InterfaceEndpointsProps) {
    super(scope, id);

    const group = new SecurityGroup(this, 'security-group', {
      vpcId: vpc.id,
      namePrefix: `portal6-${name}-endpoints-`,
      description: 'HTTPS from the VPC to interface endpoints',
      tags: { Name: `${name}-endpoints` },
      lifecycle: { createBeforeDestroy: true },
    });
    const https = { securityGroupId: group.id, ipProtocol: 'tcp', fromPort: 443, toPort: 443 };
    new VpcSecurityGroupIngressRule(this, 'https-ipv4', { ...https, cidrIpv4: vpc.cidrBlock });
    new VpcSecurityGroupIngressRule(this, 'https-ipv6', { ...https, cidrIpv6: vpc.ipv6CidrBlock });

    this.endpoints = services.map((service) => {
      const family = isIpv4OnlyService(service) ? 'ipv4' : 'dualstack';
      return new VpcEndpoint(this, service, {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: 'Interface',
        ipAddressType: family,
        dnsOptions: { dnsRecordIpType: family },
        privateDnsEnabled: true,
        subnetIds: tier.subnetIds,
        securityGroupIds: [group.id],
        tags: { Name: `${name}-${service}` },
      });
    });
  }
}

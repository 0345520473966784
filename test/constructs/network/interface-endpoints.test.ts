import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { type EndpointService, InterfaceEndpoints } from '../../../constructs/network/interface-endpoints';
import { SubnetTier } from '../../../constructs/network/subnet-tier';
import { REGION, type Synthesized, synth } from '../../helpers/synth';

const endpoints = (
  services: readonly EndpointService[],
  look: (made: InterfaceEndpoints) => void = () => {},
): Synthesized =>
  synth((scope) => {
    const vpc = new Vpc(scope, 'vpc', { cidrBlock: '10.0.0.0/20' });
    const tier = new SubnetTier(scope, 'tier', {
      vpc,
      ipv4: '10.0.0.0/20',
      ipv6Prefix: 56,
      tier: 'endpoints',
      region: REGION,
      zones: ['a', 'b'],
      routeTables: 'shared',
      name: 'hue',
    });
    look(new InterfaceEndpoints(scope, 'Endpoints', { vpc, region: REGION, tier, services, name: 'hue' }));
  });

test.each<[EndpointService, string]>([
  ['logs', 'dualstack'],
  // ECR has no dual-stack PrivateLink, and Fargate calls these over IPv4 while it starts a task.
  ['ecr.api', 'ipv4'],
  ['ecr.dkr', 'ipv4'],
  ['secretsmanager', 'ipv4'],
  ['ssm', 'ipv4'],
])('%s answers over %s, in addresses and in names', (service, family) => {
  const stack = endpoints([service]);

  expect(stack.only('aws_vpc_endpoint')).toEqual({
    vpc_id: stack.ref('vpc'),
    service_name: `com.amazonaws.ap-southeast-1.${service}`,
    vpc_endpoint_type: 'Interface',
    ip_address_type: family,
    dns_options: { dns_record_ip_type: family },
    private_dns_enabled: true,
    subnet_ids: [stack.ref('tier/a/Resource'), stack.ref('tier/b/Resource')],
    security_group_ids: [stack.ref('Endpoints/security-group')],
    tags: { Name: `hue-${service}` },
  });
});

test('takes HTTPS from the VPC over both families, and nothing else', () => {
  const stack = endpoints(['logs']);
  const https = {
    security_group_id: stack.ref('Endpoints/security-group'),
    ip_protocol: 'tcp',
    from_port: 443,
    to_port: 443,
  };

  expect(stack.ofType('aws_vpc_security_group_ingress_rule')).toEqual([
    { ...https, cidr_ipv4: stack.ref('vpc', 'cidr_block') },
    { ...https, cidr_ipv6: stack.ref('vpc', 'ipv6_cidr_block') },
  ]);
  expect(stack.ofType('aws_vpc_security_group_egress_rule')).toEqual([]);
  expect(stack.only('aws_security_group')).toMatchObject({ vpc_id: stack.ref('vpc'), tags: { Name: 'hue-endpoints' } });
});

test('there is an endpoint for each service', () => {
  expect.assertions(2);
  const stack = endpoints(['ecr.api', 'ecr.dkr', 'logs'], (made) => expect(made.endpoints).toHaveLength(3));

  expect(stack.pathsOf('aws_vpc_endpoint')).toEqual(['Endpoints/ecr.api', 'Endpoints/ecr.dkr', 'Endpoints/logs']);
});

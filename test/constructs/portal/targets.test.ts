import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import type { TerraformStack } from 'cdktf';
import { ContainerService } from '../../../constructs/portal/container-service';
import { GatewayOrigin } from '../../../constructs/portal/gateway-origin';
import { InstanceGroup } from '../../../constructs/portal/instance-group';
import type { Targets } from '../../../constructs/portal/targets';
import { type Asked, strangeIn } from '../../helpers/aws-metrics';
import { aNetwork, anEdge, REGION, synth, type Synthesized } from '../../helpers/synth';

const COMMON = { name: 'hue', region: REGION, port: 8080, health: { path: '/', codes: '200' } };

const container =
  (appSubnets: 'dual-stack' | 'ipv6-only') =>
  (scope: TerraformStack): Targets => {
    const network = aNetwork({ appSubnets });
    const edge = anEdge(scope, network);
    const tasks = { min: 2, max: 4 };
    return new ContainerService(scope, 'T', { ...COMMON, network, edge, image: 'a:1', cpu: 256, memory: 512, tasks });
  };

const instances = (scope: TerraformStack): Targets => {
  const network = aNetwork();
  return new InstanceGroup(scope, 'T', {
    ...COMMON,
    network,
    edge: anEdge(scope, network),
    ami: 'ami-0123456789abcdef0',
    instanceType: 't3.small',
    instances: { min: 2, max: 4 },
    volumeGib: 20,
    rootDevice: '/dev/xvda',
    tags: {},
  });
};

const gateway = (scope: TerraformStack): Targets => {
  const network = aNetwork();
  return new GatewayOrigin(scope, 'T', {
    ...COMMON,
    network,
    edge: anEdge(scope, network),
    addresses: ['10.1.2.3'],
    protocol: 'http',
  });
};

const dimensionsOf = (define: (scope: TerraformStack) => Targets): { stack: Synthesized; asked: Partial<Asked> } => {
  let cpu: Targets['cpu'];
  const stack = synth((scope) => {
    const targets = define(scope);
    cpu = targets.cpu;
    new Vpc(scope, 'reader', { tags: { group: targets.metricName, family: targets.family, ...cpu?.dimensions } });
  });
  const { group, family, ...dimensions } = stack.at('reader').tags as Record<string, string>;
  expect(group).toBe(stack.ref('T/target-group', 'arn_suffix'));
  expect(family).toBe(stack.only('aws_lb_target_group').ip_address_type);
  return { stack, asked: { namespace: cpu?.namespace, metric: cpu?.metricName, dimensions, statistic: 'Average' } };
};

test.each([
  ['tasks in dual-stack subnets', container('dual-stack')],
  ['tasks in IPv6-only subnets', container('ipv6-only')],
])('CloudWatch knows %s by their service', (_, define) => {
  const { stack, asked } = dimensionsOf(define);

  expect(strangeIn(asked as Asked)).toBeUndefined();
  expect(asked.dimensions).toEqual({
    ClusterName: stack.ref('T/cluster', 'name'),
    ServiceName: stack.ref('T/Resource', 'name'),
  });
});

test('CloudWatch knows instances by their group', () => {
  const { stack, asked } = dimensionsOf(instances);

  expect(strangeIn(asked as Asked)).toBeUndefined();
  expect(asked.dimensions).toEqual({ AutoScalingGroupName: stack.ref('T/Resource', 'name') });
});

test('of what runs in a data center it knows nothing but how the load balancer finds it', () => {
  expect(dimensionsOf(gateway).asked.namespace).toBeUndefined();
});

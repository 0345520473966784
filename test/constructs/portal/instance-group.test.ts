import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { InstanceGroup, type InstanceGroupProps } from '../../../constructs/portal/instance-group';
import { aNetwork, anEdge, REGION, type Synthesized, synth } from '../../helpers/synth';

const minimal: Omit<InstanceGroupProps, 'network' | 'edge'> = {
  name: 'hue-production--portal',
  region: REGION,
  ami: 'ami-0123456789abcdef0',
  instanceType: 't3.small',
  port: 80,
  instances: { min: 2, max: 6 },
  health: { path: '/healthz', codes: '200' },
  volumeGib: 20,
  rootDevice: '/dev/xvda',
  tags: { agency: 'hue' },
};

const group = (props: Partial<InstanceGroupProps> = {}): Synthesized =>
  synth((scope) => {
    const network = aNetwork({ routes: [new InternetGateway(scope, 'route', {})] });
    new InstanceGroup(scope, 'Group', { network, edge: anEdge(scope, network), ...minimal, ...props });
  });

const stack = group();
const template = stack.only('aws_launch_template');
const tagsOfInstances = { agency: 'hue', Name: minimal.name };

describe('families', () => {
  test('the load balancer reaches and checks instances over IPv6', () => {
    expect(stack.only('aws_lb_target_group')).toMatchObject({
      target_type: 'instance',
      ip_address_type: 'ipv6',
      port: 80,
      health_check: { path: '/healthz', matcher: '200', protocol: 'HTTP' },
    });
  });

  test('each instance has a primary IPv6 address, by which it is registered, and no public IPv4 address', () => {
    expect(template.network_interfaces).toEqual([
      {
        device_index: 0,
        primary_ipv6: 'true',
        ipv6_address_count: 1,
        associate_public_ip_address: 'false',
        delete_on_termination: 'true',
        security_groups: [stack.ref('Group/security-group')],
      },
    ]);
    // EC2 refuses groups in both places.
    expect(template).not.toHaveProperty('vpc_security_group_ids');
  });

  test('metadata answers over IPv6 too, and to session tokens alone', () => {
    expect(template.metadata_options).toEqual({
      http_endpoint: 'enabled',
      http_tokens: 'required',
      http_put_response_hop_limit: 1,
      http_protocol_ipv6: 'enabled',
    });
  });
});

describe('the group', () => {
  const asg = stack.only('aws_autoscaling_group');

  test('spreads over the application subnets and registers in the target group', () => {
    expect(asg).toMatchObject({
      min_size: 2,
      max_size: 6,
      vpc_zone_identifier: ['subnet-app-a', 'subnet-app-b'],
      target_group_arns: [stack.ref('Group/target-group', 'arn')],
      health_check_type: 'ELB',
    });
    expect(stack.at('edge/https')).toMatchObject({
      default_action: [{ target_group_arn: stack.ref('Group/target-group', 'arn') }],
    });
  });

  test('puts a new version of the template on the instances one after the other', () => {
    expect(asg).toMatchObject({
      launch_template: { version: stack.ref('Group/launch-template', 'latest_version') },
      instance_refresh: { strategy: 'Rolling', preferences: { min_healthy_percentage: 100, auto_rollback: true } },
    });
  });

  test('waits for the listener and for the routes by which instances start', () => {
    expect(asg.depends_on).toEqual([stack.addressOf('edge/https'), stack.addressOf('route')]);
  });

  test('keeps to a CPU target', () => {
    expect(stack.only('aws_autoscaling_policy')).toMatchObject({
      autoscaling_group_name: stack.ref('Group/Resource', 'name'),
      target_tracking_configuration: {
        target_value: 60,
        predefined_metric_specification: { predefined_metric_type: 'ASGAverageCPUUtilization' },
      },
    });
  });
});

describe('an instance', () => {
  test('has an encrypted root volume under the name that the image has for it', () => {
    const { block_device_mappings: volumes } = group({ volumeGib: 40, rootDevice: '/dev/sda1' }).only(
      'aws_launch_template',
    );

    expect(volumes).toEqual([
      {
        device_name: '/dev/sda1',
        ebs: { volume_type: 'gp3', volume_size: 40, encrypted: 'true', delete_on_termination: 'true' },
      },
    ]);
  });

  test('runs the user data, letter for letter', () => {
    const text = '#!/bin/bash\necho "${HOME} %{x} ế"\n';
    const { user_data: encoded } = group({ userData: text }).only('aws_launch_template');

    expect(Buffer.from(String(encoded), 'base64').toString()).toBe(text);
    expect(template).not.toHaveProperty('user_data');
  });

  test('carries the tags that the provider gives to nothing that AWS makes', () => {
    expect(template.tag_specifications).toEqual(
      ['instance', 'volume', 'network-interface'].map((type) => ({ resource_type: type, tags: tagsOfInstances })),
    );
  });

  test('is reached by Session Manager, not by SSH, and sends its logs', () => {
    expect(stack.ofType('aws_iam_role_policy_attachment').map(({ policy_arn: arn }) => arn)).toEqual([
      'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
      'arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy',
    ]);
    expect(template.iam_instance_profile).toEqual({ arn: stack.ref('Group/profile', 'arn') });
    expect(template).not.toHaveProperty('key_name');
    expect(stack.at('Group/log-group')).toMatchObject({ name: '/portal6/hue-production--portal' });
  });

  test('has a log that is encrypted with the key that the stack has for its data', () => {
    expect(group({ dataKeyArn: 'arn:aws:kms:key' }).at('Group/log-group').kms_key_id).toBe('arn:aws:kms:key');
  });

  test('takes an image by a parameter that holds its id', () => {
    const ami = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

    expect(group({ ami, instanceType: 'm7i.large' }).only('aws_launch_template')).toMatchObject({
      image_id: ami,
      instance_type: 'm7i.large',
    });
  });
});

test('fails when there are to be more instances than the most', () => {
  expect(() => group({ instances: { min: 3, max: 2 } })).toThrow(
    'test/Group: `instances` must have a `min` no greater than its `max`, got: {"min":3,"max":2}',
  );
});

test('fails when the user data is larger than EC2 takes', () => {
  expect(() => group({ userData: '#'.repeat(16 * 1024) })).not.toThrow();
  expect(() => group({ userData: `#${'ế'.repeat(6000)}` })).toThrow(
    'test/Group: `userData` must have at most 16384 bytes, got: "18001 bytes"',
  );
});

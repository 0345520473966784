import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { ContainerService, type ContainerServiceProps } from '../../../constructs/portal/container-service';
import type { Network } from '../../../constructs/network/network';
import { type Attributes, aNetwork, anEdge, REGION, type Synthesized, synth } from '../../helpers/synth';

const IMAGE = '111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/hue/portal:1.4.2';

const service = (props: Partial<ContainerServiceProps> = {}, network: Partial<Network> = {}): Synthesized =>
  synth((scope) => {
    const made = aNetwork(network);
    new ContainerService(scope, 'Service', {
      name: 'hue-production-portal',
      region: REGION,
      network: made,
      edge: anEdge(scope, made),
      image: IMAGE,
      port: 8080,
      cpu: 512,
      memory: 1024,
      tasks: { min: 2, max: 10 },
      health: { path: '/healthz', codes: '200-299' },
      ...props,
    });
  });

const container = (stack: Synthesized): Attributes =>
  (JSON.parse(String(stack.only('aws_ecs_task_definition').container_definitions)) as Attributes[])[0]!;

const minimalStack = service();

describe('families', () => {
  test.each([
    // Whether ECS registers the IPv6 address of a dual-stack task is not documented, so nothing depends on it.
    ['dual-stack', 'ipv4'],
    // Tasks have nothing else, and the target group checks them over IPv6.
    ['ipv6-only', 'ipv6'],
  ] as const)('in %s subnets the load balancer reaches tasks over %s', (appSubnets, family) => {
    expect(service({}, { appSubnets }).only('aws_lb_target_group')).toMatchObject({
      target_type: 'ip',
      ip_address_type: family,
    });
  });

  test('tasks let in the load balancer by its group, so its family does not matter', () => {
    expect(minimalStack.at('Service/from-edge')).toEqual({
      security_group_id: minimalStack.ref('Service/security-group'),
      ip_protocol: 'tcp',
      from_port: 8080,
      to_port: 8080,
      referenced_security_group_id: minimalStack.ref('edge/security-group'),
      description: 'Requests and health checks',
    });
  });

  test('the load balancer may speak to the tasks on their port', () => {
    expect(minimalStack.at('edge/to-targets')).toMatchObject({
      from_port: 8080,
      to_port: 8080,
      referenced_security_group_id: minimalStack.ref('Service/security-group'),
    });
  });

  test('tasks reach out over both families: Terraform takes away the rule that AWS makes', () => {
    const out = { security_group_id: minimalStack.ref('Service/security-group'), ip_protocol: '-1' };

    expect(minimalStack.at('Service/out-ipv4')).toEqual({ ...out, cidr_ipv4: '0.0.0.0/0' });
    expect(minimalStack.at('Service/out-ipv6')).toEqual({ ...out, cidr_ipv6: '::/0' });
  });
});

describe('the service', () => {
  test('runs on Fargate, in the application subnets, without public IPv4 addresses', () => {
    expect(minimalStack.only('aws_ecs_service')).toMatchObject({
      name: 'hue-production-portal',
      cluster: minimalStack.ref('Service/cluster', 'arn'),
      task_definition: minimalStack.ref('Service/task', 'arn'),
      launch_type: 'FARGATE',
      // The first version whose tasks get IPv6 addresses.
      platform_version: '1.4.0',
      network_configuration: {
        subnets: ['subnet-app-a', 'subnet-app-b'],
        security_groups: [minimalStack.ref('Service/security-group')],
        assign_public_ip: false,
      },
      // ECS Exec has no IPv6.
      enable_execute_command: false,
    });
  });

  test('registers its container in the target group that the load balancer serves', () => {
    const targetGroupArn = minimalStack.ref('Service/target-group', 'arn');

    expect(minimalStack.only('aws_ecs_service').load_balancer).toEqual([
      { target_group_arn: targetGroupArn, container_name: container(minimalStack).name, container_port: 8080 },
    ]);
    expect(minimalStack.at('edge/https')).toMatchObject({ default_action: [{ target_group_arn: targetGroupArn }] });
  });

  test('waits for the listener: ECS refuses a target group without a load balancer', () => {
    expect(minimalStack.only('aws_ecs_service').depends_on).toEqual([minimalStack.addressOf('edge/https')]);
  });

  test('waits for the routes by which its tasks reach registry and logs', () => {
    const stack = synth((scope) => {
      const network = aNetwork({ routes: [new InternetGateway(scope, 'route', {})] });
      new ContainerService(scope, 'Service', {
        name: 'hue',
        region: REGION,
        network,
        edge: anEdge(scope, network),
        image: IMAGE,
        port: 80,
        cpu: 256,
        memory: 512,
        tasks: { min: 1, max: 1 },
        health: { path: '/', codes: '200' },
      });
    });

    expect(stack.only('aws_ecs_service').depends_on).toEqual([stack.addressOf('edge/https'), stack.addressOf('route')]);
  });

  test('a release that does not start is taken back, and the old one serves until the new one is well', () => {
    expect(minimalStack.only('aws_ecs_service')).toMatchObject({
      deployment_circuit_breaker: { enable: true, rollback: true },
      deployment_minimum_healthy_percent: 100,
      deployment_maximum_percent: 200,
    });
  });
});

describe('scaling', () => {
  test('keeps between min and max', () => {
    const stack = service({ tasks: { min: 3, max: 12 } });

    expect(stack.only('aws_ecs_service').desired_count).toBe(3);
    expect(stack.only('aws_appautoscaling_target')).toMatchObject({
      min_capacity: 3,
      max_capacity: 12,
      service_namespace: 'ecs',
      scalable_dimension: 'ecs:service:DesiredCount',
      resource_id: `service/${stack.ref('Service/cluster', 'name')}/${stack.ref('Service/Resource', 'name')}`,
    });
  });

  test('owns the count: a plan does not set it back', () => {
    expect(minimalStack.only('aws_ecs_service').lifecycle).toEqual({ ignore_changes: ['desired_count'] });
  });

  test('follows CPU and memory', () => {
    const followed = minimalStack
      .ofType('aws_appautoscaling_policy')
      .map(({ target_tracking_scaling_policy_configuration }) => {
        const { target_value, predefined_metric_specification } =
          target_tracking_scaling_policy_configuration as Attributes;
        return [(predefined_metric_specification as Attributes).predefined_metric_type, target_value];
      });

    expect(followed).toEqual([
      ['ECSServiceAverageCPUUtilization', 60],
      ['ECSServiceAverageMemoryUtilization', 75],
    ]);
  });

  test('one task at least and at most is a range too', () => {
    expect(service({ tasks: { min: 1, max: 1 } }).only('aws_appautoscaling_target')).toMatchObject({
      min_capacity: 1,
      max_capacity: 1,
    });
  });

  test('fails when min is greater than max', () => {
    expect(() => service({ tasks: { min: 3, max: 2 } })).toThrow(
      'test/Service: `tasks` must have a `min` no greater than its `max`, got: {"min":3,"max":2}',
    );
  });
});

describe('the task', () => {
  test('has its size, its image and its port', () => {
    const stack = service({ cpu: 1024, memory: 4096, image: 'registry.example/portal@sha256:1', port: 3000 });

    expect(stack.only('aws_ecs_task_definition')).toMatchObject({
      family: 'hue-production-portal',
      requires_compatibilities: ['FARGATE'],
      network_mode: 'awsvpc',
      cpu: '1024',
      memory: '4096',
    });
    expect(container(stack)).toMatchObject({
      image: 'registry.example/portal@sha256:1',
      essential: true,
      portMappings: [{ containerPort: 3000, hostPort: 3000, protocol: 'tcp' }],
    });
    expect(stack.only('aws_lb_target_group').port).toBe(3000);
    expect(stack.at('Service/from-edge')).toMatchObject({ from_port: 3000, to_port: 3000 });
    expect(stack.at('edge/to-targets')).toMatchObject({ from_port: 3000, to_port: 3000 });
  });

  test('logs to a group that is kept for a year', () => {
    expect(minimalStack.at('Service/log-group')).toEqual({
      name: '/portal6/hue-production-portal',
      retention_in_days: 400,
    });
    expect(container(minimalStack).logConfiguration).toEqual({
      logDriver: 'awslogs',
      options: {
        'awslogs-group': minimalStack.ref('Service/log-group', 'name'),
        'awslogs-region': 'ap-southeast-1',
        'awslogs-stream-prefix': 'portal',
      },
    });
  });

  test('encrypts its log with the key that the stack has for its data', () => {
    expect(service({ dataKeyArn: 'arn:aws:kms:key' }).at('Service/log-group').kms_key_id).toBe('arn:aws:kms:key');
  });

  test('environment and secrets stand by name, in whatever order they were written', () => {
    const secret = 'arn:aws:secretsmanager:ap-southeast-1:111122223333:secret:';
    const stack = service({
      environment: { ZONE: 'a', API: 'https://api.example', MODE: '' },
      secrets: { TOKEN: `${secret}token-AbCdEf`, DB: `${secret}db-AbCdEf` },
    });

    expect(container(stack).environment).toEqual([
      { name: 'API', value: 'https://api.example' },
      { name: 'MODE', value: '' },
      { name: 'ZONE', value: 'a' },
    ]);
    expect(container(stack).secrets).toEqual([
      { name: 'DB', valueFrom: `${secret}db-AbCdEf` },
      { name: 'TOKEN', valueFrom: `${secret}token-AbCdEf` },
    ]);
  });

  test('without them it has none', () => {
    expect(container(minimalStack)).toMatchObject({ environment: [], secrets: [] });
  });

  test('health says how the load balancer tells that it is well', () => {
    const stack = service({ health: { path: '/up', codes: '204' } });

    expect(stack.only('aws_lb_target_group').health_check).toMatchObject({
      protocol: 'HTTP',
      path: '/up',
      matcher: '204',
    });
  });
});

describe('roles', () => {
  test('what ECS may do for the task and what the task may do are two roles', () => {
    expect(minimalStack.only('aws_ecs_task_definition')).toMatchObject({
      execution_role_arn: minimalStack.ref('Service/execution-role', 'arn'),
      task_role_arn: minimalStack.ref('Service/task-role', 'arn'),
    });
    for (const { assume_role_policy } of minimalStack.ofType('aws_iam_role')) {
      expect(assume_role_policy).toContain('"Service":"ecs-tasks.amazonaws.com"');
    }
  });

  test('ECS may pull images and write logs; the task itself may do nothing', () => {
    expect(minimalStack.only('aws_iam_role_policy_attachment')).toEqual({
      role: minimalStack.ref('Service/execution-role', 'name'),
      policy_arn: 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy',
    });
    expect(minimalStack.ofType('aws_iam_role_policy')).toEqual([]);
  });

  test('ECS may read the secrets that are named and no others, each as a whole', () => {
    const secret = 'arn:aws:secretsmanager:ap-southeast-1:111122223333:secret:db-AbCdEf';
    const parameter = 'arn:aws:ssm:ap-southeast-1:111122223333:parameter/hue/token';
    const stack = service({
      secrets: {
        // A JSON key, a version stage and a version id may stand behind the secret; a policy takes none of them.
        PASSWORD: `${secret}:password::`,
        USER: `${secret}:user:AWSCURRENT:`,
        WHOLE: secret,
        TOKEN: parameter,
      },
    });

    expect(stack.only('aws_iam_role_policy').role).toBe(stack.ref('Service/execution-role'));
    expect(JSON.parse(String(stack.only('aws_iam_role_policy').policy))).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: [secret] },
        { Effect: 'Allow', Action: 'ssm:GetParameters', Resource: [parameter] },
      ],
    });
  });

  test('a policy has no statement about a service that holds no secret', () => {
    const stack = service({ secrets: { TOKEN: 'arn:aws:ssm:ap-southeast-1:111122223333:parameter/hue/token' } });

    expect(JSON.parse(String(stack.only('aws_iam_role_policy').policy))).toMatchObject({
      Statement: [{ Action: 'ssm:GetParameters' }],
    });
  });
});

test('lets go of a task within half a minute, so that a deployment does not wait for idle connections', () => {
  expect(service().only('aws_lb_target_group').deregistration_delay).toBe('30');
});

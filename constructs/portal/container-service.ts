import { AppautoscalingPolicy } from '@cdktf/provider-aws/lib/appautoscaling-policy';
import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster';
import { EcsService } from '@cdktf/provider-aws/lib/ecs-service';
import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Construct } from 'constructs';
import type { Family } from '../../core/cidr';
import { invalidProp } from '../../core/errors';
import { partitionOf } from '../../core/regions';
import type { LoadBalancer } from '../edge/load-balancer';
import type { Metric } from '../health/metric';
import { assumeRolePolicy } from '../iam';
import type { Network } from '../network/network';
import { RETENTION_DAYS } from '../retention';
import type { Health } from './target-health';
import { targetSecurityGroup } from './target-security-group';
import { targetTraffic } from './target-traffic';
import type { Targets } from './targets';

/** Properties for `ContainerService`. */
export interface ContainerServiceProps {
  /** Name of cluster, service and task definition. */
  readonly name: string;

  readonly region: string;
  readonly network: Network;

  /** The front; it gets its listeners here. */
  readonly edge: LoadBalancer;

  /** Image with its tag or digest. */
  readonly image: string;

  /** Port that the container listens on: over IPv4, and over IPv6 where the subnets are IPv6-only. */
  readonly port: number;

  /** CPU units of a task; 1024 are one vCPU. */
  readonly cpu: number;

  /** Memory of a task in MiB. */
  readonly memory: number;

  /** How far the service scales. */
  readonly tasks: { readonly min: number; readonly max: number };

  readonly health: Health;

  /**
   * Key that encrypts the log at rest.
   *
   * @default - AWS's own key
   */
  readonly dataKeyArn?: string;

  /**
   * Environment variables.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;

  /**
   * Environment variables that come from Secrets Manager or SSM: name to ARN.
   *
   * @default - none
   */
  readonly secrets?: Readonly<Record<string, string>>;
}

/**
 * A container on Fargate, over all zones, behind a dual-stack load balancer.
 *
 * In dual-stack subnets the load balancer reaches tasks over IPv4, because whether ECS registers a dual-stack task's
 * IPv6 address is not documented; in IPv6-only subnets over IPv6, health checks included
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html).
 */
export class ContainerService extends Construct implements Targets {
  public readonly metricName: string;
  public readonly family: Family;
  public readonly cpu: Metric;

  constructor(scope: Construct, id: string, props: ContainerServiceProps) {
    super(scope, id);
    if (props.tasks.min > props.tasks.max) {
      throw invalidProp(this, 'tasks', 'must have a `min` no greater than its `max`', props.tasks);
    }

    const targetGroup = this.defineTargetGroup(props);
    const securityGroupId = targetSecurityGroup(this, { ...props, members: 'tasks' });
    const listener = props.edge.serve(targetGroup);
    const task = this.defineTask(props);
    const cluster = new EcsCluster(this, 'cluster', {
      name: props.name,
      setting: [{ name: 'containerInsights', value: 'enabled' }],
    });
    const service = new EcsService(this, 'Resource', {
      name: props.name,
      cluster: cluster.arn,
      taskDefinition: task.arn,
      launchType: 'FARGATE',
      // The first version whose tasks get IPv6 addresses; "LATEST" could be anything.
      platformVersion: '1.4.0',
      desiredCount: props.tasks.min,
      networkConfiguration: {
        subnets: [...props.network.appSubnetIds],
        securityGroups: [securityGroupId],
        assignPublicIp: false,
      },
      loadBalancer: [{ targetGroupArn: targetGroup.arn, containerName: CONTAINER, containerPort: props.port }],
      healthCheckGracePeriodSeconds: 60,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      availabilityZoneRebalancing: 'ENABLED',
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
      enableExecuteCommand: false,
      // Scaling owns the count once the service runs.
      lifecycle: { ignoreChanges: ['desired_count'] },
      // Without a listener the target group has no load balancer, and ECS refuses it.
      dependsOn: [listener, ...props.network.routes],
    });
    this.defineScaling(`service/${cluster.name}/${service.name}`, props.tasks);

    this.metricName = targetGroup.arnSuffix;
    this.family = familyOf(props.network);
    this.cpu = {
      namespace: 'AWS/ECS',
      metricName: 'CPUUtilization',
      dimensions: { ClusterName: cluster.name, ServiceName: service.name },
    };
  }

  private defineTargetGroup({ network, edge, port, health }: ContainerServiceProps): LbTargetGroup {
    return new LbTargetGroup(this, 'target-group', {
      namePrefix: 'p6-ct-',
      vpcId: network.vpcId,
      targetType: 'ip',
      ipAddressType: familyOf(network),
      port,
      ...targetTraffic(edge, health),
      deregistrationDelay: '30',
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private defineTask(props: ContainerServiceProps): EcsTaskDefinition {
    const { name, region, image, port, cpu, memory, environment = {}, secrets = {} } = props;
    const logGroup = new CloudwatchLogGroup(this, 'log-group', {
      name: `/portal6/${name}`,
      retentionInDays: RETENTION_DAYS,
      kmsKeyId: props.dataKeyArn,
    });
    const taskRole = new IamRole(this, 'task-role', {
      namePrefix: 'portal6-task-',
      assumeRolePolicy: assumeRolePolicy('ecs-tasks.amazonaws.com'),
    });
    return new EcsTaskDefinition(this, 'task', {
      family: name,
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: String(cpu),
      memory: String(memory),
      runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'X86_64' },
      executionRoleArn: this.defineExecutionRole(region, Object.values(secrets)),
      taskRoleArn: taskRole.arn,
      containerDefinitions: JSON.stringify([
        {
          name: CONTAINER,
          image,
          essential: true,
          portMappings: [{ containerPort: port, hostPort: port, protocol: 'tcp' }],
          // By name, because ECS gives them back in its own order and the plan would never be empty.
          environment: byName(environment).map(([variable, value]) => ({ name: variable, value })),
          secrets: byName(secrets).map(([variable, valueFrom]) => ({ name: variable, valueFrom })),
          logConfiguration: {
            logDriver: 'awslogs',
            options: { 'awslogs-group': logGroup.name, 'awslogs-region': region, 'awslogs-stream-prefix': CONTAINER },
          },
        },
      ]),
    });
  }

  private defineExecutionRole(region: string, secretArns: readonly string[]): string {
    const role = new IamRole(this, 'execution-role', {
      namePrefix: 'portal6-execution-',
      assumeRolePolicy: assumeRolePolicy('ecs-tasks.amazonaws.com'),
    });
    new IamRolePolicyAttachment(this, 'execution-role-policy', {
      role: role.name,
      policyArn: `arn:${partitionOf(region)}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy`,
    });
    if (secretArns.length > 0) {
      new IamRolePolicy(this, 'secrets-policy', {
        role: role.id,
        policy: JSON.stringify({ Version: '2012-10-17', Statement: secretStatements(secretArns) }),
      });
    }
    return role.arn;
  }

  private defineScaling(resourceId: string, { min, max }: ContainerServiceProps['tasks']): void {
    const dimension = { serviceNamespace: 'ecs', scalableDimension: 'ecs:service:DesiredCount', resourceId };
    const target = new AppautoscalingTarget(this, 'scaling', { ...dimension, minCapacity: min, maxCapacity: max });
    for (const [id, metric, percent] of SCALE_ON) {
      new AppautoscalingPolicy(this, `scale-on-${id}`, {
        name: `scale-on-${id}`,
        policyType: 'TargetTrackingScaling',
        serviceNamespace: target.serviceNamespace,
        scalableDimension: target.scalableDimension,
        resourceId: target.resourceId,
        targetTrackingScalingPolicyConfiguration: {
          targetValue: percent,
          predefinedMetricSpecification: { predefinedMetricType: metric },
          scaleInCooldown: 300,
          scaleOutCooldown: 60,
        },
      });
    }
  }
}

/** Over which family tasks are reached. */
function familyOf({ appSubnets }: Network): Family {
  return appSubnets === 'ipv6-only' ? 'ipv6' : 'ipv4';
}

/** Name of the one container in a task. */
const CONTAINER = 'portal';

/** What a service scales on: id, metric, percent to keep to. */
const SCALE_ON = [
  ['cpu', 'ECSServiceAverageCPUUtilization', 60],
  ['memory', 'ECSServiceAverageMemoryUtilization', 75],
] as const;

function secretStatements(arns: readonly string[]): unknown[] {
  const of = (service: string): string[] =>
    [...new Set(arns.filter((arn) => arn.split(':')[2] === service).map(wholeSecret))].sort();
  return [
    { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: of('secretsmanager') },
    { Effect: 'Allow', Action: 'ssm:GetParameters', Resource: of('ssm') },
  ].filter(({ Resource }) => Resource.length > 0);
}

/** A secret's ARN may name one of its JSON keys, version stage and version behind it; policies take the secret alone. An SSM ARN has no more parts. */
function wholeSecret(arn: string): string {
  return arn.split(':').slice(0, 7).join(':');
}

function byName(variables: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1));
}

import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group';
import { AutoscalingPolicy } from '@cdktf/provider-aws/lib/autoscaling-policy';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Construct } from 'constructs';
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

/** Properties for `InstanceGroup`. */
export interface InstanceGroupProps {
  /** Name of the group and its launch template. */
  readonly name: string;

  readonly region: string;
  readonly network: Network;

  /** The front; it gets its listeners here. */
  readonly edge: LoadBalancer;

  /** Image of the machines, by its id or by `resolve:ssm:` and the name of a parameter that holds one. */
  readonly ami: string;

  /** Type of the machines, on Nitro: no other has a primary IPv6 address or an IPv6 metadata service. */
  readonly instanceType: string;

  /** Port that the portal listens on, over IPv6. */
  readonly port: number;

  /** How far the group scales. */
  readonly instances: { readonly min: number; readonly max: number };

  readonly health: Health;

  /**
   * Key that encrypts the log at rest.
   *
   * @default - AWS's own key
   */
  readonly dataKeyArn?: string;

  /** Size of the root volume in GiB. */
  readonly volumeGib: number;

  /** Name by which the image knows its root volume, e.g. `/dev/xvda`. */
  readonly rootDevice: string;

  /**
   * What an instance runs when it first starts: a script or cloud-config, at most 16 KiB.
   *
   * @default - nothing; the image starts the portal by itself
   */
  readonly userData?: string;

  /** Tags of instances and volumes, which do not get the provider's default tags. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Limit of EC2 (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html). */
const MAX_USER_DATA_BYTES = 16 * 1024;

/** CPU that the group keeps to, in percent. */
const TARGET_CPU = 60;

/** Seconds until a new instance is counted: in the group's metrics, its health and a refresh. */
const WARM_UP_SECONDS = 180;

/**
 * Virtual machines in an Auto Scaling group over all zones, behind a dual-stack load balancer that reaches and checks
 * them over IPv6.
 *
 * Each has a primary IPv6 address, without which an instance cannot be registered in an IPv6 target group
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html). Nobody logs
 * in by SSH: Session Manager keeps a record of who did what.
 */
export class InstanceGroup extends Construct implements Targets {
  public readonly metricName: string;
  public readonly family = 'ipv6';
  public readonly cpu: Metric;

  constructor(scope: Construct, id: string, props: InstanceGroupProps) {
    super(scope, id);
    this.requireCounts(props.instances);
    this.requireUserData(props.userData);

    const targetGroup = this.defineTargetGroup(props);
    const securityGroupId = targetSecurityGroup(this, { ...props, members: 'instances' });
    const listener = props.edge.serve(targetGroup);
    const template = this.defineLaunchTemplate(props, securityGroupId);
    const group = new AutoscalingGroup(this, 'Resource', {
      namePrefix: `${props.name}-`,
      minSize: props.instances.min,
      maxSize: props.instances.max,
      vpcZoneIdentifier: [...props.network.appSubnetIds],
      // The version by number, so that a new one starts the refresh.
      launchTemplate: { id: template.id, version: `${template.latestVersion}` },
      targetGroupArns: [targetGroup.arn],
      healthCheckType: 'ELB',
      healthCheckGracePeriod: WARM_UP_SECONDS,
      defaultInstanceWarmup: WARM_UP_SECONDS,
      instanceRefresh: {
        strategy: 'Rolling',
        preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 200, autoRollback: true },
      },
      tag: Object.entries({ ...props.tags, Name: props.name }).map(([key, value]) => ({
        key,
        value,
        propagateAtLaunch: false,
      })),
      // Without a listener the load balancer checks nobody, and instances are called unhealthy.
      dependsOn: [listener, ...props.network.routes],
    });
    new AutoscalingPolicy(this, 'cpu-target', {
      name: 'cpu-target',
      autoscalingGroupName: group.name,
      policyType: 'TargetTrackingScaling',
      targetTrackingConfiguration: {
        targetValue: TARGET_CPU,
        predefinedMetricSpecification: { predefinedMetricType: 'ASGAverageCPUUtilization' },
      },
    });

    this.metricName = targetGroup.arnSuffix;
    this.cpu = {
      namespace: 'AWS/EC2',
      metricName: 'CPUUtilization',
      dimensions: { AutoScalingGroupName: group.name },
    };
  }

  private requireCounts(instances: InstanceGroupProps['instances']): void {
    if (instances.min <= instances.max) return;
    throw invalidProp(this, 'instances', 'must have a `min` no greater than its `max`', instances);
  }

  private requireUserData(userData: string | undefined): void {
    const bytes = Buffer.byteLength(userData ?? '');
    if (bytes <= MAX_USER_DATA_BYTES) return;
    throw invalidProp(this, 'userData', `must have at most ${MAX_USER_DATA_BYTES} bytes`, `${bytes} bytes`);
  }

  private defineTargetGroup({ network, edge, port, health }: InstanceGroupProps): LbTargetGroup {
    return new LbTargetGroup(this, 'target-group', {
      namePrefix: 'p6-in-',
      vpcId: network.vpcId,
      targetType: 'instance',
      ipAddressType: this.family,
      port,
      ...targetTraffic(edge, health),
      deregistrationDelay: '30',
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private defineLaunchTemplate(props: InstanceGroupProps, securityGroupId: string): LaunchTemplate {
    const { name, ami, instanceType, volumeGib, rootDevice, userData, tags, region } = props;
    const named = { ...tags, Name: name };
    return new LaunchTemplate(this, 'launch-template', {
      namePrefix: `${name}-`,
      updateDefaultVersion: true,
      imageId: ami,
      instanceType,
      iamInstanceProfile: { arn: this.defineProfile(name, region, props.dataKeyArn) },
      // IMDSv2 alone, over both families: [fd00:ec2::254] is all that an instance without IPv4 has.
      metadataOptions: {
        httpEndpoint: 'enabled',
        httpTokens: 'required',
        httpPutResponseHopLimit: 1,
        httpProtocolIpv6: 'enabled',
      },
      networkInterfaces: [
        {
          deviceIndex: 0,
          primaryIpv6: 'true',
          ipv6AddressCount: 1,
          associatePublicIpAddress: 'false',
          deleteOnTermination: 'true',
          // Here and not on the template as well, which EC2 refuses.
          securityGroups: [securityGroupId],
        },
      ],
      blockDeviceMappings: [
        {
          deviceName: rootDevice,
          ebs: { volumeType: 'gp3', volumeSize: volumeGib, encrypted: 'true', deleteOnTermination: 'true' },
        },
      ],
      ...(userData === undefined ? {} : { userData: Buffer.from(userData).toString('base64') }),
      tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({
        resourceType,
        tags: named,
      })),
    });
  }

  /** What instances may do: be managed by Session Manager, and send logs and metrics by the CloudWatch agent. */
  private defineProfile(name: string, region: string, dataKeyArn: string | undefined): string {
    new CloudwatchLogGroup(this, 'log-group', {
      name: `/portal6/${name}`,
      retentionInDays: RETENTION_DAYS,
      kmsKeyId: dataKeyArn,
    });
    const role = new IamRole(this, 'role', {
      namePrefix: 'portal6-instance-',
      assumeRolePolicy: assumeRolePolicy('ec2.amazonaws.com'),
    });
    for (const policy of ['AmazonSSMManagedInstanceCore', 'CloudWatchAgentServerPolicy']) {
      new IamRolePolicyAttachment(this, policy, {
        role: role.name,
        policyArn: `arn:${partitionOf(region)}:iam::aws:policy/${policy}`,
      });
    }
    return new IamInstanceProfile(this, 'profile', { namePrefix: 'portal6-instance-', role: role.name }).arn;
  }
}

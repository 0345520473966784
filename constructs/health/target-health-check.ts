import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Route53HealthCheck } from '@cdktf/provider-aws/lib/route53-health-check';
import { Construct } from 'constructs';
import { type TargetGroup, targetMetric } from './metric';

/** Properties for `TargetHealthCheck`. */
export interface TargetHealthCheckProps {
  /** Name of the portal; the alarm's name begins with it. */
  readonly name: string;

  /** Region of the target group. */
  readonly region: string;

  readonly targetGroup: TargetGroup;
}

/**
 * A Route 53 health check that is as well as the targets of a load balancer, for records that lead to something in front
 * of it, into which Route 53 does not see.
 *
 * The alarm tells nobody: that no target is healthy is an alarm of the portal's anyway.
 */
export class TargetHealthCheck extends Construct {
  /** Health check for records that fail over. */
  public readonly healthCheckId: string;

  constructor(scope: Construct, id: string, { name, region, targetGroup }: TargetHealthCheckProps) {
    super(scope, id);

    const alarm = new CloudwatchMetricAlarm(this, 'alarm', {
      alarmName: `${name}-failover`,
      alarmDescription: 'No target is healthy: Route 53 answers with the secondary records.',
      ...targetMetric('HealthyHostCount', targetGroup),
      // Route 53 takes alarms on one metric with a standard statistic, no metric math.
      statistic: 'Maximum',
      period: 60,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      threshold: 1,
      comparisonOperator: 'LessThanThreshold',
      treatMissingData: 'breaching',
    });
    this.healthCheckId = new Route53HealthCheck(this, 'health-check', {
      type: 'CLOUDWATCH_METRIC',
      cloudwatchAlarmName: alarm.alarmName,
      cloudwatchAlarmRegion: region,
      // A gap in the data must not take a portal away that is well.
      insufficientDataHealthStatus: 'LastKnownStatus',
      tags: { Name: `${name}-targets` },
    }).id;
  }
}

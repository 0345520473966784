import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import { type TargetGroup, targetMetric } from './metric';

/** Properties for `TargetAlarms`. */
export interface TargetAlarmsProps {
  /** What the alarms' names begin with. */
  readonly name: string;

  readonly targetGroup: TargetGroup;

  /** Topic that hears of the alarms and of their ends. */
  readonly alarmTopicArn: string;
}

/**
 * Whether a load balancer's targets are well, as its health check sees them: over the family of the target group.
 *
 * Each node of the load balancer checks for itself. Only what all of them see is an alarm: AWS recommends the least
 * number of unhealthy targets, and the greatest of healthy ones is the same the other way round.
 */
export class TargetAlarms extends Construct {
  constructor(scope: Construct, id: string, { name, targetGroup, alarmTopicArn }: TargetAlarmsProps) {
    super(scope, id);
    const common = { period: 60, alarmActions: [alarmTopicArn], okActions: [alarmTopicArn] };

    new CloudwatchMetricAlarm(this, 'unhealthy', {
      ...common,
      alarmName: `${name}-unhealthy-targets`,
      alarmDescription: 'A target has failed its health check for five minutes.',
      ...targetMetric('UnHealthyHostCount', targetGroup),
      statistic: 'Minimum',
      evaluationPeriods: 5,
      datapointsToAlarm: 5,
      threshold: 0,
      comparisonOperator: 'GreaterThanThreshold',
      // No data is no target, which is for the other alarm to say.
      treatMissingData: 'notBreaching',
    });
    new CloudwatchMetricAlarm(this, 'none-healthy', {
      ...common,
      alarmName: `${name}-no-healthy-target`,
      alarmDescription:
        'No target has passed its health check for three minutes: the portal is down over both families.',
      ...targetMetric('HealthyHostCount', targetGroup),
      statistic: 'Maximum',
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      threshold: 1,
      comparisonOperator: 'LessThanThreshold',
      // AWS counts only where there are targets: where the last one is gone, there is no 0 but no data.
      treatMissingData: 'breaching',
    });
  }
}

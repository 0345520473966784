import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Route53HealthCheck } from '@cdktf/provider-aws/lib/route53-health-check';
import { Construct } from 'constructs';
import { portalName } from '../../core/names';
import { type Ipv6Probe, AVAILABLE_METRIC, PROBE_NAMESPACE, type ProbedPortal } from './ipv6-probe';

/** Properties for `Ipv6Health`. */
export interface Ipv6HealthProps extends ProbedPortal {
  /** Name of the stack: the value of the metric's dimension `Stack`. */
  readonly stack: string;

  readonly region: string;

  readonly probe: Ipv6Probe;

  /** Topic that hears of the alarm and of its end. */
  readonly alarmTopicArn: string;
}

/**
 * Whether a portal answers over IPv6: the probe's schedule, an alarm on its metric, and a Route 53 health check on the
 * alarm.
 *
 * Route 53 itself checks a name over IPv4 alone, and a load balancer has no fixed addresses to check
 * (https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html).
 */
export class Ipv6Health extends Construct {
  /** Health check for records that fail over. A simple record does not use it. */
  public readonly healthCheckId: string;

  constructor(scope: Construct, id: string, props: Ipv6HealthProps) {
    super(scope, id);
    const { stack, region, probe, alarmTopicArn, portal, host, lookup, path, codes } = props;

    const name = portalName(stack, portal);

    probe.watch(this, 'schedule', { portal, host, lookup, path, codes });
    const alarm = new CloudwatchMetricAlarm(this, 'alarm', {
      alarmName: `${name}-ipv6-down`,
      alarmDescription: `${host} does not answer over IPv6, asked by the probe in ${region}.`,
      namespace: PROBE_NAMESPACE,
      metricName: AVAILABLE_METRIC,
      dimensions: { Stack: stack, Portal: portal },
      // Route 53 takes alarms on one metric with a standard statistic, no metric math.
      statistic: 'Minimum',
      period: 60,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      threshold: 1,
      comparisonOperator: 'LessThanThreshold',
      // A probe that is silent proves nothing, which is no reason to call IPv6 well.
      treatMissingData: 'breaching',
      alarmActions: [alarmTopicArn],
      okActions: [alarmTopicArn],
    });
    const check = new Route53HealthCheck(this, 'health-check', {
      type: 'CLOUDWATCH_METRIC',
      cloudwatchAlarmName: alarm.alarmName,
      cloudwatchAlarmRegion: region,
      // New alarms have no data for some minutes; that must not count as down.
      insufficientDataHealthStatus: 'LastKnownStatus',
      tags: { Name: `${name}-ipv6` },
    });
    this.healthCheckId = check.id;
  }
}

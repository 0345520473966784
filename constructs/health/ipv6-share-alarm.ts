import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import { PROBE_NAMESPACE, REQUESTS_METRIC } from './ipv6-probe';

/** Properties for `Ipv6ShareAlarm`. */
export interface Ipv6ShareAlarmProps {
  /** Name of the alarm. */
  readonly name: string;

  /** Value of the dimension `LoadBalancer`. */
  readonly loadBalancer: string;

  /** The probe's dimensions `Stack` and `Portal`, by which its own requests are told from citizens'. */
  readonly probe: { readonly stack: string; readonly portal: string };

  /**
   * Fewest requests in an hour for a share to mean anything.
   *
   * @default 500
   */
  readonly minimumRequests?: number;

  /**
   * Alarm when less than this many percent of requests come over IPv6, for two hours.
   *
   * @default 1
   */
  readonly thresholdPercent?: number;

  /** Topic that hears of the alarm and of its end. */
  readonly alarmTopicArn: string;
}

const PERIOD_SECONDS = 3600;

/**
 * The silent break: citizens' IPv6 falls to nothing while IPv4 goes on, and Happy Eyeballs hides it from everybody.
 *
 * Only an application load balancer counts requests by family
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html).
 */
export class Ipv6ShareAlarm extends Construct {
  constructor(scope: Construct, id: string, props: Ipv6ShareAlarmProps) {
    super(scope, id);
    const { name, loadBalancer, probe, minimumRequests = 500, thresholdPercent = 1, alarmTopicArn } = props;

    new CloudwatchMetricAlarm(this, 'Resource', {
      alarmName: name,
      alarmDescription: `Less than ${thresholdPercent} % of requests come over IPv6, while IPv4 goes on.`,
      comparisonOperator: 'LessThanThreshold',
      threshold: thresholdPercent,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      treatMissingData: 'notBreaching',
      metricQuery: [
        { id: 'share', expression: shareExpression(minimumRequests), label: 'IPv6 share in percent', returnData: true },
        sumOf('all', 'AWS/ApplicationELB', 'RequestCount', { LoadBalancer: loadBalancer }),
        sumOf('v6', 'AWS/ApplicationELB', 'IPv6RequestCount', { LoadBalancer: loadBalancer }),
        sumOf('probe', PROBE_NAMESPACE, REQUESTS_METRIC, { Stack: probe.stack, Portal: probe.portal }),
      ],
      alarmActions: [alarmTopicArn],
      okActions: [alarmTopicArn],
    });
  }
}

/**
 * Share of citizens' requests over IPv6, in percent, as metric math over `all`, `v6` and `probe`.
 *
 * `v6` has no data while nobody comes over IPv6, so it is filled with 0; the probe's own requests are taken off both
 * sides; an hour in which few citizens came counts as well. Where the probe falls silent too, its own alarm is raised.
 *
 * @param minimum fewest requests in a period for a share to mean anything
 */
export function shareExpression(minimum: number): string {
  const citizens = '(all - FILL(probe, 0))';
  return `IF(${citizens} >= ${minimum}, 100 * (FILL(v6, 0) - FILL(probe, 0)) / ${citizens}, 100)`;
}

function sumOf(id: string, namespace: string, metricName: string, dimensions: Readonly<Record<string, string>>) {
  return {
    id,
    returnData: false,
    metric: { namespace, metricName, dimensions: { ...dimensions }, period: PERIOD_SECONDS, stat: 'Sum' },
  };
}

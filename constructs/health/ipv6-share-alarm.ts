import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import { PROBES_PER_MINUTE } from './ipv6-probe';

/** Properties for `Ipv6ShareAlarm`. */
export interface Ipv6ShareAlarmProps {
  /** Name of the alarm. */
  readonly name: string;

  /** Value of the dimension `LoadBalancer`. */
  readonly loadBalancer: string;

  /** How many addresses the probe asks: one per zone of the load balancer. */
  readonly addresses: number;

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
    const { name, loadBalancer, addresses, minimumRequests = 500, thresholdPercent = 1, alarmTopicArn } = props;
    const probes = addresses * PROBES_PER_MINUTE * (PERIOD_SECONDS / 60);

    new CloudwatchMetricAlarm(this, 'Resource', {
      alarmName: name,
      alarmDescription: `Less than ${thresholdPercent} % of requests come over IPv6, while IPv4 goes on.`,
      comparisonOperator: 'LessThanThreshold',
      threshold: thresholdPercent,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      treatMissingData: 'notBreaching',
      metricQuery: [
        { id: 'share', expression: shareExpression(minimumRequests, probes), label: 'IPv6 share in percent', returnData: true },
        sumOf('all', 'RequestCount', loadBalancer),
        sumOf('v6', 'IPv6RequestCount', loadBalancer),
      ],
      alarmActions: [alarmTopicArn],
      okActions: [alarmTopicArn],
    });
  }
}

/**
 * Share of citizens' requests over IPv6, in percent, as metric math over `all` and `v6`.
 *
 * `v6` has no data in hours without IPv6, so it is filled with 0; the probe's own requests are taken off both; an hour
 * with few requests counts as well.
 *
 * @param minimum fewest requests in a period for a share to mean anything
 * @param probes requests that the probe makes in a period
 */
export function shareExpression(minimum: number, probes: number): string {
  return `IF(all - ${probes} >= ${minimum}, 100 * (FILL(v6, 0) - ${probes}) / (all - ${probes}), 100)`;
}

function sumOf(id: string, metricName: string, loadBalancer: string) {
  return {
    id,
    returnData: false,
    metric: {
      namespace: 'AWS/ApplicationELB',
      metricName,
      dimensions: { LoadBalancer: loadBalancer },
      period: PERIOD_SECONDS,
      stat: 'Sum',
    },
  };
}

import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import { PROBE_NAMESPACE, REQUESTS_METRIC } from './ipv6-probe';
import { applicationMetric, type Metric, queryOf } from './metric';

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

/** Over what the requests are summed up, in the alarm as on the dashboard. */
const SUM_OF_AN_HOUR = { stat: 'Sum', periodSeconds: 3600 };

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
        ...Object.entries(shareMetrics(loadBalancer, probe)).map(([part, metric]) =>
          queryOf(part, metric, SUM_OF_AN_HOUR),
        ),
      ],
      alarmActions: [alarmTopicArn],
      okActions: [alarmTopicArn],
    });
  }
}

/** The probe's dimensions, by which its own requests are told from citizens'. */
type Probe = Ipv6ShareAlarmProps['probe'];

/** What `SHARE_EXPRESSION` and `shareExpression` are made of, by the names that they use. */
export function shareMetrics(loadBalancer: string, probe: Probe): Readonly<Record<'all' | 'v6' | 'probe', Metric>> {
  return {
    all: applicationMetric('RequestCount', loadBalancer),
    v6: applicationMetric('IPv6RequestCount', loadBalancer),
    probe: {
      namespace: PROBE_NAMESPACE,
      metricName: REQUESTS_METRIC,
      dimensions: { Stack: probe.stack, Portal: probe.portal },
    },
  };
}

const CITIZENS = '(all - FILL(probe, 0))';

/**
 * Share of citizens' requests over IPv6, in percent, as metric math.
 *
 * `v6` has no data while nobody comes over IPv6, so it is filled with 0; the probe's own requests are taken off both
 * sides. Where the probe falls silent too, its own alarm is raised.
 */
export const SHARE_EXPRESSION = `100 * (FILL(v6, 0) - FILL(probe, 0)) / ${CITIZENS}`;

/**
 * The same for an alarm: an hour in which few citizens came counts as well.
 *
 * @param minimum fewest requests in a period for a share to mean anything
 */
export function shareExpression(minimum: number): string {
  return `IF(${CITIZENS} >= ${minimum}, ${SHARE_EXPRESSION}, 100)`;
}

import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import { applicationMetric, queryOf } from './metric';

/** Properties for `LoadBalancerAlarms`. */
export interface LoadBalancerAlarmsProps {
  /** What the alarms' names begin with. */
  readonly name: string;

  /** Value of the dimension `LoadBalancer`. */
  readonly loadBalancer: string;

  /**
   * Alarm when more than this many percent of the requests of five minutes fail, twice in a row.
   *
   * @default 5
   */
  readonly errorPercent?: number;

  /**
   * Fewest requests in five minutes for a share of them to mean anything.
   *
   * @default 20
   */
  readonly minimumRequests?: number;

  /**
   * Alarm when the slowest 5 % of answers take longer than this many seconds, for a quarter of an hour.
   *
   * @default - no alarm on that
   */
  readonly latencySeconds?: number;

  /** Topic that hears of the alarms and of their ends. */
  readonly alarmTopicArn: string;
}

const PERIOD_SECONDS = 300;

/**
 * Requests that fail, by who failed them, and answers that are slow: for both families alike.
 *
 * Shares of the requests and not numbers, so that the same alarms fit a portal by day and by night, small and large
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html).
 */
export class LoadBalancerAlarms extends Construct {
  constructor(scope: Construct, id: string, props: LoadBalancerAlarmsProps) {
    super(scope, id);
    const { errorPercent = 5, minimumRequests = 20, latencySeconds } = props;

    this.defineShare('errors', {
      ...props,
      errorPercent,
      metricName: 'HTTPCode_ELB_5XX_Count',
      // `RequestCount` leaves out requests for which there was no target, and has no data where there are no targets.
      requests: '(FILL(all, 0) + FILL(failed, 0))',
      minimumRequests,
      description: `The load balancer itself answers more than ${errorPercent} % of requests with 5xx: no target, or none that answers.`,
    });
    this.defineShare('target-errors', {
      ...props,
      errorPercent,
      metricName: 'HTTPCode_Target_5XX_Count',
      requests: 'all',
      minimumRequests,
      description: `The portal answers more than ${errorPercent} % of requests with 5xx.`,
    });
    if (latencySeconds !== undefined) this.defineLatency(props, latencySeconds);
  }

  private defineShare(
    id: 'errors' | 'target-errors',
    props: LoadBalancerAlarmsProps & {
      readonly errorPercent: number;
      readonly metricName: string;
      /** How many requests there were, as metric math. */
      readonly requests: string;
      readonly minimumRequests: number;
      readonly description: string;
    },
  ): void {
    const { name, loadBalancer, errorPercent, metricName, requests, minimumRequests, description } = props;
    const sum = { stat: 'Sum', periodSeconds: PERIOD_SECONDS };
    const share = `IF(${requests} >= ${minimumRequests}, 100 * FILL(failed, 0) / ${requests}, 0)`;
    new CloudwatchMetricAlarm(this, id, {
      alarmName: `${name}-${id === 'errors' ? 'load-balancer-errors' : id}`,
      alarmDescription: description,
      comparisonOperator: 'GreaterThanThreshold',
      threshold: errorPercent,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      // No data is no request: nobody is turned away.
      treatMissingData: 'notBreaching',
      metricQuery: [
        { id: 'share', expression: share, label: 'Failed requests in percent', returnData: true },
        queryOf('all', applicationMetric('RequestCount', loadBalancer), sum),
        queryOf('failed', applicationMetric(metricName, loadBalancer), sum),
      ],
      ...actions(props),
    });
  }

  private defineLatency(props: LoadBalancerAlarmsProps, latencySeconds: number): void {
    new CloudwatchMetricAlarm(this, 'latency', {
      alarmName: `${props.name}-latency`,
      alarmDescription: `The slowest 5 % of answers take longer than ${latencySeconds} s.`,
      ...applicationMetric('TargetResponseTime', props.loadBalancer),
      extendedStatistic: 'p95',
      period: PERIOD_SECONDS,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      threshold: latencySeconds,
      comparisonOperator: 'GreaterThanThreshold',
      // No data is no request. A percentile of a few requests is one of them, which says nothing either.
      treatMissingData: 'notBreaching',
      evaluateLowSampleCountPercentiles: 'ignore',
      ...actions(props),
    });
  }
}

function actions({ alarmTopicArn }: LoadBalancerAlarmsProps): { alarmActions: string[]; okActions: string[] } {
  return { alarmActions: [alarmTopicArn], okActions: [alarmTopicArn] };
}

import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { distributionMetric, queryOf } from './metric';

/** Properties for `DistributionAlarms`. */
export interface DistributionAlarmsProps {
  /** What the alarms' names begin with. */
  readonly name: string;

  readonly distributionId: string;

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

  /** Topic that hears of the alarms and of their ends, in us-east-1. */
  readonly alarmTopicArn: string;

  /** The provider of us-east-1, where all metrics of CloudFront are, and so the alarms on them have to be. */
  readonly provider: TerraformProvider;
}

/** Requests to CloudFront that fail, whichever family they come by: CloudFront does not tell. */
export class DistributionAlarms extends Construct {
  constructor(scope: Construct, id: string, props: DistributionAlarmsProps) {
    super(scope, id);
    const { name, distributionId, errorPercent = 5, minimumRequests = 20, alarmTopicArn, provider } = props;
    const periodSeconds = 300;

    new CloudwatchMetricAlarm(this, 'errors', {
      alarmName: `${name}-errors`,
      alarmDescription: `CloudFront answers more than ${errorPercent} % of requests with 5xx.`,
      comparisonOperator: 'GreaterThanThreshold',
      threshold: errorPercent,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      // No data is no request.
      treatMissingData: 'notBreaching',
      metricQuery: [
        {
          id: 'share',
          // Each metric of CloudFront has one statistic that means something: a sum, or for rates an average.
          expression: `IF(all >= ${minimumRequests}, failed, 0)`,
          label: 'Failed requests in percent',
          returnData: true,
        },
        queryOf('all', distributionMetric('Requests', distributionId), { stat: 'Sum', periodSeconds }),
        queryOf('failed', distributionMetric('5xxErrorRate', distributionId), { stat: 'Average', periodSeconds }),
      ],
      alarmActions: [alarmTopicArn],
      okActions: [alarmTopicArn],
      provider,
    });
  }
}

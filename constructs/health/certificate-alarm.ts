import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { daysToExpiry } from './metric';

/** Properties for `CertificateAlarm`. */
export interface CertificateAlarmProps {
  /** Name of the alarm. */
  readonly name: string;

  readonly certificateArn: string;

  /**
   * Alarm when the certificate is valid for fewer days than this.
   *
   * @default 30
   */
  readonly days?: number;

  /** Topic that hears of the alarm and of its end, in the certificate's region. */
  readonly alarmTopicArn: string;

  /**
   * The provider of the certificate's region.
   *
   * @default - that of the stack
   */
  readonly provider?: TerraformProvider;
}

/**
 * A certificate that grows old. ACM renews those it proves by DNS well before that, so an alarm means that
 * it cannot: most often the record that proves control of a name is gone
 * (https://docs.aws.amazon.com/acm/latest/userguide/dns-renewal-validation.html).
 */
export class CertificateAlarm extends Construct {
  constructor(scope: Construct, id: string, props: CertificateAlarmProps) {
    super(scope, id);
    const { name, certificateArn, days = 30, alarmTopicArn, provider } = props;

    new CloudwatchMetricAlarm(this, 'Resource', {
      alarmName: name,
      alarmDescription: `The certificate is valid for less than ${days} days, and ACM has not renewed it.`,
      ...daysToExpiry(certificateArn),
      statistic: 'Minimum',
      period: 24 * 60 * 60,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      threshold: days,
      comparisonOperator: 'LessThanThreshold',
      // ACM falls silent about a new certificate for half a day, which is no alarm, and about an expired one for ever,
      // which must not end the alarm.
      treatMissingData: 'ignore',
      alarmActions: [alarmTopicArn],
      okActions: [alarmTopicArn],
      provider,
    });
  }
}

import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { CertificateAlarm, type CertificateAlarmProps } from '../../../constructs/health/certificate-alarm';
import { askedByAlarms, strangeIn } from '../../helpers/aws-metrics';
import { synth } from '../../helpers/synth';

const TOPIC = 'arn:aws:sns:ap-southeast-1:111122223333:alarms';
const CERTIFICATE = 'arn:aws:acm:ap-southeast-1:111122223333:certificate/1';

const alarms = (props: Partial<CertificateAlarmProps> = {}) =>
  synth(
    (scope) =>
      new CertificateAlarm(scope, 'Certificate', {
        name: 'hue-production--portal-certificate',
        certificateArn: CERTIFICATE,
        alarmTopicArn: TOPIC,
        ...props,
      }),
  );

const alarm = alarms().only('aws_cloudwatch_metric_alarm');

test('a certificate that ACM has not renewed is an alarm while it is still valid', () => {
  expect(alarm).toEqual({
    alarm_name: 'hue-production--portal-certificate',
    alarm_description: 'The certificate is valid for less than 30 days, and ACM has not renewed it.',
    namespace: 'AWS/CertificateManager',
    metric_name: 'DaysToExpiry',
    dimensions: { CertificateArn: CERTIFICATE },
    statistic: 'Minimum',
    period: 86400,
    evaluation_periods: 1,
    datapoints_to_alarm: 1,
    threshold: 30,
    comparison_operator: 'LessThanThreshold',
    treat_missing_data: 'ignore',
    alarm_actions: [TOPIC],
    ok_actions: [TOPIC],
  });
  expect(askedByAlarms(alarms()).flatMap((asked) => strangeIn(asked) ?? [])).toEqual([]);
});

test('days says how many are too few', () => {
  const [other] = alarms({ days: 14 }).ofType('aws_cloudwatch_metric_alarm');

  expect(other).toMatchObject({ threshold: 14, alarm_description: expect.stringContaining('14 days') as string });
});

test('the alarm is where the certificate is', () => {
  const stack = synth(
    (scope) =>
      new CertificateAlarm(scope, 'Certificate', {
        name: 'certificate',
        certificateArn: CERTIFICATE,
        alarmTopicArn: TOPIC,
        provider: new AwsProvider(scope, 'global', { region: 'us-east-1', alias: 'us-east-1' }),
      }),
  );

  expect(stack.only('aws_cloudwatch_metric_alarm').provider).toBe('aws.us-east-1');
});

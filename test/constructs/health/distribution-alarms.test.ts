import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { DistributionAlarms, type DistributionAlarmsProps } from '../../../constructs/health/distribution-alarms';
import { askedByAlarms, strangeIn } from '../../helpers/aws-metrics';
import { evaluate } from '../../helpers/metric-math';
import { type Synthesized, synth } from '../../helpers/synth';

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:alarms';

const alarms = (props: Partial<DistributionAlarmsProps> = {}): Synthesized =>
  synth(
    (scope) =>
      new DistributionAlarms(scope, 'Alarms', {
        name: 'hue-production--portal-distribution',
        distributionId: 'EDFDVBD6EXAMPLE',
        alarmTopicArn: TOPIC,
        provider: new AwsProvider(scope, 'global', { region: 'us-east-1', alias: 'us-east-1' }),
        ...props,
      }),
  );

const alarm = alarms().only('aws_cloudwatch_metric_alarm');

test('all that they ask for is published by AWS, and asked for where it is', () => {
  expect(askedByAlarms(alarms()).flatMap((asked) => strangeIn(asked) ?? [])).toEqual([]);
  expect(alarm.provider).toBe('aws.us-east-1');
});

test('the share of failed requests is an alarm, twice in a row', () => {
  expect(alarm).toMatchObject({
    alarm_name: 'hue-production--portal-distribution-errors',
    comparison_operator: 'GreaterThanThreshold',
    threshold: 5,
    evaluation_periods: 2,
    datapoints_to_alarm: 2,
    treat_missing_data: 'notBreaching',
    alarm_actions: [TOPIC],
    ok_actions: [TOPIC],
  });
  expect(alarms({ errorPercent: 2 }).only('aws_cloudwatch_metric_alarm').threshold).toBe(2);
});

test.each([
  [20, { all: 20, failed: 10 }, 10],
  [20, { all: 19, failed: 100 }, 0],
  [100, { all: 99, failed: 50 }, 0],
])('with fewer than %i requests a share means nothing', (minimumRequests, series, share) => {
  const { metric_query } = alarms({ minimumRequests }).only('aws_cloudwatch_metric_alarm');
  const [{ expression } = { expression: '' }] = metric_query as { expression: string }[];

  expect(evaluate(expression, series)).toBe(share);
});

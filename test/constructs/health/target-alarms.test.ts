import type { TargetGroup } from '../../../constructs/health/metric';
import { TargetAlarms } from '../../../constructs/health/target-alarms';
import { askedByAlarms, strangeIn } from '../../helpers/aws-metrics';
import { type Synthesized, synth } from '../../helpers/synth';

const TOPIC = 'arn:aws:sns:ap-southeast-1:111122223333:alarms';

const alarms = (namespace: TargetGroup['namespace'] = 'AWS/ApplicationELB'): Synthesized =>
  synth(
    (scope) =>
      new TargetAlarms(scope, 'Targets', {
        name: 'hue-production--portal',
        targetGroup: { namespace, loadBalancer: 'app/hue/1', targetGroup: 'targetgroup/hue/2' },
        alarmTopicArn: TOPIC,
      }),
  );

const stack = alarms();

test.each(['AWS/ApplicationELB', 'AWS/NetworkELB'] as const)('all that they ask of %s is published', (namespace) => {
  const asked = askedByAlarms(alarms(namespace));

  expect(asked.map((one) => one.namespace)).toEqual([namespace, namespace]);
  expect(asked.flatMap((one) => strangeIn(one) ?? [])).toEqual([]);
});

test('a target that every node calls unhealthy for five minutes is an alarm', () => {
  expect(stack.at('Targets/unhealthy')).toMatchObject({
    alarm_name: 'hue-production--portal-unhealthy-targets',
    metric_name: 'UnHealthyHostCount',
    statistic: 'Minimum',
    period: 60,
    evaluation_periods: 5,
    datapoints_to_alarm: 5,
    threshold: 0,
    comparison_operator: 'GreaterThanThreshold',
  });
});

test('no healthy target for any node for three minutes is an alarm', () => {
  expect(stack.at('Targets/none-healthy')).toMatchObject({
    alarm_name: 'hue-production--portal-no-healthy-target',
    metric_name: 'HealthyHostCount',
    statistic: 'Maximum',
    period: 60,
    evaluation_periods: 3,
    datapoints_to_alarm: 3,
    threshold: 1,
    comparison_operator: 'LessThanThreshold',
  });
});

test('where the last target is gone AWS counts nothing, which is an alarm once and not twice', () => {
  expect(stack.at('Targets/none-healthy').treat_missing_data).toBe('breaching');
  expect(stack.at('Targets/unhealthy').treat_missing_data).toBe('notBreaching');
});

test('somebody hears of each alarm and of its end', () => {
  for (const alarm of stack.ofType('aws_cloudwatch_metric_alarm')) {
    expect(alarm).toMatchObject({ alarm_actions: [TOPIC], ok_actions: [TOPIC] });
  }
});

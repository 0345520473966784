import { LoadBalancerAlarms, type LoadBalancerAlarmsProps } from '../../../constructs/health/load-balancer-alarms';
import { askedByAlarms, strangeIn } from '../../helpers/aws-metrics';
import { evaluate } from '../../helpers/metric-math';
import { type Attributes, type Synthesized, synth } from '../../helpers/synth';

const TOPIC = 'arn:aws:sns:ap-southeast-1:111122223333:alarms';

const alarms = (props: Partial<LoadBalancerAlarmsProps> = {}): Synthesized =>
  synth(
    (scope) =>
      new LoadBalancerAlarms(scope, 'Alarms', {
        name: 'hue-production--portal',
        loadBalancer: 'app/hue/1',
        alarmTopicArn: TOPIC,
        ...props,
      }),
  );

const stack = alarms({ latencySeconds: 2 });

test('there is one alarm on what the load balancer fails, and one on what the portal does', () => {
  expect(alarms().pathsOf('aws_cloudwatch_metric_alarm')).toEqual(['Alarms/errors', 'Alarms/target-errors']);
  expect(failedIn('errors')).toBe('HTTPCode_ELB_5XX_Count');
  expect(failedIn('target-errors')).toBe('HTTPCode_Target_5XX_Count');
});

test('all that they ask for is published by AWS', () => {
  expect(askedByAlarms(stack).flatMap((asked) => strangeIn(asked) ?? [])).toEqual([]);
  expect(askedByAlarms(stack)).toHaveLength(5);
});

test('they are raised by shares of requests, twice in a row, and no data is no alarm', () => {
  for (const id of ['errors', 'target-errors']) {
    expect(stack.at(`Alarms/${id}`)).toMatchObject({
      comparison_operator: 'GreaterThanThreshold',
      threshold: 5,
      evaluation_periods: 2,
      datapoints_to_alarm: 2,
      treat_missing_data: 'notBreaching',
    });
  }
  expect(alarms({ errorPercent: 1 }).at('Alarms/errors').threshold).toBe(1);
});

describe.each(['errors', 'target-errors'])('the share of %s', (id) => {
  test.each([
    ['nothing fails', { all: 1000 }, 0],
    ['one request of a quiet night fails', { all: 12, failed: 1 }, 0],
    ['each request of a quiet night fails', { all: 8, failed: 8 }, 0],
  ])('is 0 where %s', (_, series, share) => {
    expect(shareIn(stack, id, series)).toBe(share);
  });

  test('counts from the fewest requests on', () => {
    expect(shareIn(stack, id, { all: 20, failed: 2 })).toBeGreaterThan(5);
    expect(shareIn(alarms({ minimumRequests: 5000 }), id, { all: 1000, failed: 900 })).toBe(0);
  });
});

test('requests without a target, which AWS leaves out of the sum, count all the same', () => {
  expect(shareIn(stack, 'errors', { failed: 500 })).toBe(100);
  expect(shareIn(stack, 'errors', { all: 300, failed: 100 })).toBe(25);
  expect(shareIn(stack, 'target-errors', { all: 300, failed: 30 })).toBe(10);
});

test('answers that are slow are an alarm where somebody says from when on', () => {
  expect(stack.at('Alarms/latency')).toMatchObject({
    alarm_name: 'hue-production--portal-latency',
    extended_statistic: 'p95',
    threshold: 2,
    comparison_operator: 'GreaterThanThreshold',
    period: 300,
    evaluation_periods: 3,
    datapoints_to_alarm: 3,
  });
});

test('a few answers at night say nothing about how slow a portal is', () => {
  expect(stack.at('Alarms/latency')).toMatchObject({
    treat_missing_data: 'notBreaching',
    evaluate_low_sample_count_percentiles: 'ignore',
  });
});

test('somebody hears of each alarm and of its end', () => {
  for (const alarm of stack.ofType('aws_cloudwatch_metric_alarm')) {
    expect(alarm).toMatchObject({ alarm_actions: [TOPIC], ok_actions: [TOPIC] });
  }
  const names = stack.ofType('aws_cloudwatch_metric_alarm').map(({ alarm_name }) => alarm_name);
  expect(names.sort()).toEqual([
    'hue-production--portal-latency',
    'hue-production--portal-load-balancer-errors',
    'hue-production--portal-target-errors',
  ]);
});

interface Query {
  readonly id: string;
  readonly expression?: string;
  readonly metric?: { readonly metric_name: string };
}

function queriesOf(alarm: Attributes): Query[] {
  return alarm.metric_query as Query[];
}

function failedIn(id: string): string | undefined {
  return queriesOf(stack.at(`Alarms/${id}`)).find((query) => query.id === 'failed')?.metric?.metric_name;
}

function shareIn(of: Synthesized, id: string, series: Readonly<Record<string, number>>): number | undefined {
  const [{ expression } = { expression: '' }] = queriesOf(of.at(`Alarms/${id}`));
  return evaluate(expression!, series);
}

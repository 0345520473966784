import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Ipv6Health, type Ipv6HealthProps } from '../../../constructs/health/ipv6-health';
import { Ipv6Probe } from '../../../constructs/health/ipv6-probe';
import { type Attributes, REGION, type Synthesized, synth } from '../../helpers/synth';

const health = (props: Partial<Ipv6HealthProps> = {}): Synthesized =>
  synth((scope) => {
    const { healthCheckId } = new Ipv6Health(scope, 'Health', {
      stack: 'hue-production',
      region: REGION,
      probe: new Ipv6Probe(scope, 'probe', { name: 'hue-production', region: REGION }),
      alarmTopicArn: 'arn:aws:sns:ap-southeast-1:111122223333:alarms',
      portal: 'portal',
      host: 'hue.gov.vn',
      path: '/healthz',
      codes: '200-299',
      ...props,
    });
    new Vpc(scope, 'record', { tags: { check: healthCheckId } });
  });

const stack = health();
const alarm = stack.only('aws_cloudwatch_metric_alarm');

test('the probe asks the portal by its name', () => {
  const { input } = stack.at('Health/schedule').target as Attributes;

  expect(JSON.parse(String(input))).toEqual({
    stack: 'hue-production',
    portal: 'portal',
    host: 'hue.gov.vn',
    path: '/healthz',
    codes: '200-299',
  });
});

test('while the staged name alone has an AAAA, that is looked up, and the portal asked by the name citizens type', () => {
  const { input } = health({ lookup: 'v6.hue.gov.vn' }).at('Health/schedule').target as Attributes;

  expect(JSON.parse(String(input))).toMatchObject({ host: 'hue.gov.vn', lookup: 'v6.hue.gov.vn' });
});

test('the alarm is on one metric with a standard statistic: Route 53 refuses metric math', () => {
  expect(alarm).toMatchObject({ namespace: 'portal6', metric_name: 'Ipv6Available', statistic: 'Minimum' });
  for (const key of ['metric_query', 'extended_statistic', 'evaluate_low_sample_count_percentiles']) {
    expect(alarm).not.toHaveProperty(key);
  }
  // High-resolution alarms are refused as well.
  expect(Number(alarm.period) % 60).toBe(0);
});

test('the alarm looks at what the probe writes of this portal', () => {
  const { input } = stack.at('Health/schedule').target as Attributes;
  const { stack: name, portal } = JSON.parse(String(input)) as Record<string, string>;

  expect(alarm.dimensions).toEqual({ Stack: name, Portal: portal });
});

test('three minutes in a row without an answer from every address are an alarm', () => {
  expect(alarm).toMatchObject({
    alarm_name: 'hue-production--portal-ipv6-down',
    threshold: 1,
    comparison_operator: 'LessThanThreshold',
    period: 60,
    evaluation_periods: 3,
    datapoints_to_alarm: 3,
  });
});

test('a probe that is silent proves nothing, so it is an alarm too', () => {
  expect(alarm.treat_missing_data).toBe('breaching');
});

test('somebody hears of the alarm and of its end', () => {
  const topic = ['arn:aws:sns:ap-southeast-1:111122223333:alarms'];

  expect(alarm).toMatchObject({ alarm_actions: topic, ok_actions: topic });
  expect(alarm.alarm_description).toBe('hue.gov.vn does not answer over IPv6, asked by the probe in ap-southeast-1.');
});

test('Route 53 follows the alarm, because by itself it checks names over IPv4 alone', () => {
  expect(stack.only('aws_route53_health_check')).toEqual({
    type: 'CLOUDWATCH_METRIC',
    cloudwatch_alarm_name: stack.ref('Health/alarm', 'alarm_name'),
    cloudwatch_alarm_region: 'ap-southeast-1',
    insufficient_data_health_status: 'LastKnownStatus',
    tags: { Name: 'hue-production--portal-ipv6' },
  });
  expect(stack.at('record').tags).toEqual({ check: stack.ref('Health/health-check') });
});

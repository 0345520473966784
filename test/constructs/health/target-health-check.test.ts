import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { TargetHealthCheck } from '../../../constructs/health/target-health-check';
import { askedByAlarms, strangeIn } from '../../helpers/aws-metrics';
import { REGION, synth } from '../../helpers/synth';

const stack = synth((scope) => {
  const { healthCheckId } = new TargetHealthCheck(scope, 'Check', {
    name: 'hue-production--portal',
    region: REGION,
    targetGroup: { namespace: 'AWS/ApplicationELB', loadBalancer: 'app/hue/1', targetGroup: 'targetgroup/hue/2' },
  });
  new Vpc(scope, 'record', { tags: { check: healthCheckId } });
});

test('Route 53 follows an alarm on one metric with a standard statistic', () => {
  expect(stack.only('aws_cloudwatch_metric_alarm')).toEqual({
    alarm_name: 'hue-production--portal-failover',
    alarm_description: 'No target is healthy: Route 53 answers with the secondary records.',
    namespace: 'AWS/ApplicationELB',
    metric_name: 'HealthyHostCount',
    dimensions: { LoadBalancer: 'app/hue/1', TargetGroup: 'targetgroup/hue/2' },
    statistic: 'Maximum',
    period: 60,
    evaluation_periods: 1,
    datapoints_to_alarm: 1,
    threshold: 1,
    comparison_operator: 'LessThanThreshold',
    treat_missing_data: 'breaching',
  });
  expect(askedByAlarms(stack).flatMap((asked) => strangeIn(asked) ?? [])).toEqual([]);
});

test('a gap in the data takes nobody away', () => {
  expect(stack.only('aws_route53_health_check')).toEqual({
    type: 'CLOUDWATCH_METRIC',
    cloudwatch_alarm_name: stack.ref('Check/alarm', 'alarm_name'),
    cloudwatch_alarm_region: REGION,
    insufficient_data_health_status: 'LastKnownStatus',
    tags: { Name: 'hue-production--portal-targets' },
  });
  expect(stack.at('record').tags).toEqual({ check: stack.ref('Check/health-check') });
});

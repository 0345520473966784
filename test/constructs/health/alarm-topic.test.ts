import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { AlarmTopic } from '../../../constructs/health/alarm-topic';
import { synth } from '../../helpers/synth';

test('sends alarms by e-mail', () => {
  const stack = synth((scope) => {
    const { arn } = new AlarmTopic(scope, 'Topic', { name: 'hue-production-portal', email: 'ipv6@hue.gov.vn' });
    new Vpc(scope, 'alarm', { tags: { arn } });
  });

  expect(stack.only('aws_sns_topic')).toEqual({ name_prefix: 'hue-production-portal-alarms-' });
  expect(stack.only('aws_sns_topic_subscription')).toEqual({
    topic_arn: stack.ref('Topic/Resource', 'arn'),
    protocol: 'email',
    endpoint: 'ipv6@hue.gov.vn',
  });
  expect(stack.at('alarm').tags).toEqual({ arn: stack.ref('Topic/Resource', 'arn') });
});

import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { AlarmTopic } from '../../../constructs/health/alarm-topic';
import { synth } from '../../helpers/synth';

const EMAIL = 'ipv6@hue.gov.vn';

test('sends alarms by e-mail', () => {
  const stack = synth((scope) => {
    const { arn } = new AlarmTopic(scope, 'Topic', { name: 'hue-production-portal', email: EMAIL });
    new Vpc(scope, 'alarm', { tags: { arn } });
  });

  expect(stack.only('aws_sns_topic')).toEqual({ name_prefix: 'hue-production-portal-alarms-' });
  expect(stack.only('aws_sns_topic_subscription')).toEqual({
    topic_arn: stack.ref('Topic/Resource', 'arn'),
    protocol: 'email',
    endpoint: EMAIL,
  });
  expect(stack.at('alarm').tags).toEqual({ arn: stack.ref('Topic/Resource', 'arn') });
});

test('encrypts its messages with the key that the stack has for its data', () => {
  const stack = synth(
    (scope) => new AlarmTopic(scope, 'Topic', { name: 'hue', email: EMAIL, dataKeyArn: 'arn:aws:kms:key' }),
  );

  expect(stack.only('aws_sns_topic').kms_master_key_id).toBe('arn:aws:kms:key');
});

test('is in another region with the provider of that', () => {
  const stack = synth((scope) => {
    const provider = new AwsProvider(scope, 'other', { region: 'us-east-1', alias: 'us-east-1' });
    new AlarmTopic(scope, 'Topic', { name: 'hue', email: EMAIL, provider });
  });

  expect(stack.only('aws_sns_topic').provider).toBe('aws.us-east-1');
  expect(stack.only('aws_sns_topic_subscription').provider).toBe('aws.us-east-1');
});

import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { DataKey, type DataKeyProps } from '../../constructs/data-key';
import { type Attributes, REGION, synth, type Synthesized } from '../helpers/synth';

function key(props: Partial<DataKeyProps> = {}): Synthesized {
  return synth(
    (stack) => new DataKey(stack, 'Key', { name: 'hue-production', region: REGION, account: ACCOUNT, ...props }),
  );
}

const ACCOUNT = '111122223333';
const stack = key();

function statements(one: Synthesized): Attributes[] {
  return (JSON.parse(String(one.only('aws_kms_key').policy)) as { Statement: Attributes[] }).Statement;
}

test('the key renews itself every year, and its deletion leaves a month to think', () => {
  expect(stack.only('aws_kms_key')).toMatchObject({ enable_key_rotation: true, deletion_window_in_days: 30 });
});

test('an alias tells whose it is', () => {
  expect(stack.only('aws_kms_alias')).toEqual({
    name: 'alias/portal6/hue-production',
    target_key_id: stack.ref('Key/Resource', 'key_id'),
  });
});

test('the account decides about the key, and its logs and alarms use it, nobody else', () => {
  expect(statements(stack)).toEqual([
    {
      Sid: 'Account',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 'kms:*',
      Resource: '*',
    },
    {
      Sid: 'Logs',
      Effect: 'Allow',
      Principal: { Service: 'logs.ap-southeast-1.amazonaws.com' },
      Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      Resource: '*',
      Condition: {
        ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:ap-southeast-1:111122223333:log-group:*' },
      },
    },
    {
      Sid: 'Alarms',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    },
  ]);
});

test("with distributions, the account's CloudFront reads what is encrypted, and writes nothing", () => {
  const [, , , ...more] = statements(key({ distributions: true }));

  expect(more).toEqual([
    {
      Sid: 'Distributions',
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/*' } },
    },
  ]);
});

test('with the provider of another region, key and alias are there', () => {
  const other = synth((scope) => {
    const provider = new AwsProvider(scope, 'other', { region: 'us-east-1', alias: 'us-east-1' });
    new DataKey(scope, 'Key', { name: 'hue-production', region: 'us-east-1', account: ACCOUNT, provider });
  });

  expect(other.only('aws_kms_key')).toMatchObject({ provider: 'aws.us-east-1' });
  expect(other.only('aws_kms_alias')).toMatchObject({ provider: 'aws.us-east-1' });
  expect(statements(other)[1]).toMatchObject({ Principal: { Service: 'logs.us-east-1.amazonaws.com' } });
});

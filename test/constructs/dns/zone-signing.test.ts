import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { ZoneSigning, type ZoneSigningProps } from '../../../constructs/dns/zone-signing';
import { type Attributes, synth, type Synthesized } from '../../helpers/synth';

function signing(props: Partial<ZoneSigningProps> = {}): Synthesized {
  return synth((scope) => {
    const provider = new AwsProvider(scope, 'other', { region: 'us-east-1', alias: 'us-east-1' });
    const made = new ZoneSigning(scope, 'Signing', {
      name: 'hue-production--portal',
      zone: { zoneId: 'Z0123456789ABCDEFGHIJ', name: 'hue.gov.vn' },
      account: '111122223333',
      email: 'ipv6@hue.gov.vn',
      provider,
      ...props,
    });
    new Route53Record(scope, 'ds', {
      zoneId: 'ZPARENT',
      name: 'hue.gov.vn',
      type: 'DS',
      records: [made.dsRecord],
      dependsOn: [made.signed],
    });
  });
}

const stack = signing();

describe('the key', () => {
  test('is of the one kind that Route 53 signs with, in us-east-1, and its deletion leaves a month to think', () => {
    expect(stack.only('aws_kms_key')).toMatchObject({
      provider: 'aws.us-east-1',
      customer_master_key_spec: 'ECC_NIST_P256',
      key_usage: 'SIGN_VERIFY',
      deletion_window_in_days: 30,
    });
  });

  test('is used by Route 53 for this zone of this account, and for no other', () => {
    const { Statement } = JSON.parse(String(stack.only('aws_kms_key').policy)) as { Statement: Attributes[] };
    const route53 = { Effect: 'Allow', Principal: { Service: 'dnssec-route53.amazonaws.com' }, Resource: '*' };

    expect(Statement).toEqual([
      {
        Sid: 'Account',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Sid: 'Sign',
        ...route53,
        Action: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign'],
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111122223333' },
          ArnEquals: { 'aws:SourceArn': 'arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ' },
        },
      },
      {
        Sid: 'Grant',
        ...route53,
        Action: 'kms:CreateGrant',
        Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      },
    ]);
  });
});

test('the zone is signed once the key is active', () => {
  expect(stack.only('aws_route53_key_signing_key')).toEqual({
    hosted_zone_id: 'Z0123456789ABCDEFGHIJ',
    key_management_service_arn: stack.ref('Signing/key', 'arn'),
    name: 'portal6_1',
    status: 'ACTIVE',
  });
  expect(stack.only('aws_route53_hosted_zone_dnssec')).toEqual({
    hosted_zone_id: 'Z0123456789ABCDEFGHIJ',
    signing_status: 'SIGNING',
    depends_on: [stack.addressOf('Signing/key-signing-key')],
  });
});

test('the DS record comes from the key and waits for the signatures', () => {
  expect(stack.at('ds')).toMatchObject({
    records: [stack.ref('Signing/key-signing-key', 'ds_record')],
    depends_on: [stack.addressOf('Signing/Resource')],
  });
});

test.each([
  ['internal-failure', 'DNSSECInternalFailure'],
  ['key-needs-action', 'DNSSECKeySigningKeysNeedingAction'],
])('somebody hears of it: %s', (id, metric) => {
  const topic = stack.ref('Signing/alarms/Resource', 'arn');

  expect(stack.at(`Signing/${id}`)).toMatchObject({
    provider: 'aws.us-east-1',
    alarm_name: `hue-production--portal-dnssec-${id}`,
    namespace: 'AWS/Route53',
    metric_name: metric,
    dimensions: { HostedZoneId: 'Z0123456789ABCDEFGHIJ' },
    statistic: 'Sum',
    // AWS says it once in four hours.
    period: 14400,
    threshold: 0,
    comparison_operator: 'GreaterThanThreshold',
    treat_missing_data: 'ignore',
    alarm_actions: [topic],
    ok_actions: [topic],
  });
});

test('the topic is where the metrics are, and encrypted with the key for data there', () => {
  expect(stack.only('aws_sns_topic')).toEqual({
    provider: 'aws.us-east-1',
    name_prefix: 'hue-production--portal-alarms-',
  });
  expect(stack.only('aws_sns_topic_subscription')).toMatchObject({
    provider: 'aws.us-east-1',
    endpoint: 'ipv6@hue.gov.vn',
  });
  expect(signing({ dataKeyArn: 'arn:aws:kms:key' }).only('aws_sns_topic')).toMatchObject({
    kms_master_key_id: 'arn:aws:kms:key',
  });
});

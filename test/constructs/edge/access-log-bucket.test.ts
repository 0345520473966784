import { AccessLogBucket } from '../../../constructs/edge/access-log-bucket';
import { type Attributes, synth } from '../../helpers/synth';

const bucket = (name = 'hue-production') =>
  synth((scope) => new AccessLogBucket(scope, 'Logs', { name, account: '111122223333' }));

const stack = bucket();
const statements = (JSON.parse(String(stack.only('aws_s3_bucket_policy').policy)) as { Statement: Attributes[] })
  .Statement;

test.each([
  ['hue-production', 'hue-production-access-logs-'],
  ['thanh-pho-ho-chi-minh-production', /^thanh-pho-ho-chi-[0-9a-f]{6}-access-logs-$/],
])('the name begins with %s, cut to what AWS takes', (name, expected) => {
  const prefix = String(bucket(name).only('aws_s3_bucket').bucket_prefix);

  expect(prefix).toMatch(expected);
  // 63 characters, less the 26 that Terraform adds.
  expect(prefix.length).toBeLessThanOrEqual(37);
});

test('load balancers of the account may write, whatever their prefix', () => {
  expect(statements[0]).toEqual({
    Sid: 'LoadBalancersWrite',
    Effect: 'Allow',
    Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `${stack.ref('Logs/Resource', 'arn')}/*/AWSLogs/111122223333/*`,
  });
});

test("AWS's log delivery writes, and looks first, only where it is let in: for logs of this account", () => {
  const delivery = synth(
    (scope) => new AccessLogBucket(scope, 'Logs', { name: 'hue', account: '111122223333', logDelivery: true }),
  );
  const { Statement } = JSON.parse(String(delivery.only('aws_s3_bucket_policy').policy)) as { Statement: Attributes[] };
  const arn = delivery.ref('Logs/Resource', 'arn');
  const principal = { Effect: 'Allow', Principal: { Service: 'delivery.logs.amazonaws.com' } };

  expect(statements).toHaveLength(2);
  expect(Statement.slice(1, 3)).toEqual([
    {
      Sid: 'LogDeliveryWrites',
      ...principal,
      Action: 's3:PutObject',
      Resource: `${arn}/*/AWSLogs/111122223333/*`,
      Condition: {
        StringEquals: { 'aws:SourceAccount': '111122223333', 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    },
    {
      Sid: 'LogDeliveryLooks',
      ...principal,
      Action: ['s3:GetBucketAcl', 's3:ListBucket'],
      Resource: arn,
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    },
  ]);
});

test('nobody reads or writes without TLS', () => {
  const arn = stack.ref('Logs/Resource', 'arn');

  expect(statements[1]).toMatchObject({
    Effect: 'Deny',
    Principal: '*',
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
});

test('nothing in it can be made public', () => {
  expect(stack.only('aws_s3_bucket_public_access_block')).toEqual({
    bucket: stack.ref('Logs/Resource', 'bucket'),
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(stack.only('aws_s3_bucket_ownership_controls')).toMatchObject({
    rule: { object_ownership: 'BucketOwnerEnforced' },
  });
});

test('the policy waits for the public access block: AWS refuses the two at once', () => {
  expect(stack.only('aws_s3_bucket_policy')).toMatchObject({
    bucket: stack.ref('Logs/Resource', 'bucket'),
    depends_on: [stack.addressOf('Logs/public-access-block')],
  });
});

test('it is encrypted with SSE-S3, the only kind that load balancers can write with', () => {
  expect(stack.only('aws_s3_bucket_server_side_encryption_configuration')).toEqual({
    bucket: stack.ref('Logs/Resource', 'bucket'),
    rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }],
  });
});

test('logs are kept for the 12 months that the law asks for, and then go', () => {
  expect(stack.only('aws_s3_bucket_lifecycle_configuration')).toMatchObject({
    bucket: stack.ref('Logs/Resource', 'bucket'),
    rule: [{ status: 'Enabled', filter: [{ prefix: '' }], expiration: [{ days: 400 }] }],
  });
});

import type { Construct } from 'constructs';
import { PrivateBucket, type PrivateBucketProps } from '../../constructs/private-bucket';
import { type Attributes, synth } from '../helpers/synth';

class Bucket extends PrivateBucket {
  constructor(scope: Construct, props: Partial<PrivateBucketProps>) {
    super(scope, 'Bucket', { prefix: 'hue-', lifecycle: { id: 'expire', expiration: [{ days: 3 }] }, ...props });
    this.definePolicy([{ Sid: 'Own', Effect: 'Allow' }]);
  }
}

const bucket = (props: Partial<PrivateBucketProps> = {}) => synth((scope) => new Bucket(scope, props));
const stack = bucket();
const NAME = stack.ref('Bucket/Resource', 'bucket');

test('its name begins with the prefix', () => {
  expect(stack.only('aws_s3_bucket')).toEqual({ bucket_prefix: 'hue-' });
});

test('nothing in it can be made public', () => {
  expect(stack.only('aws_s3_bucket_public_access_block')).toEqual({
    bucket: NAME,
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
});

test.each([
  [undefined, 'BucketOwnerEnforced'],
  [true, 'BucketOwnerPreferred'],
])('acls %s makes ownership %s', (acls, objectOwnership) => {
  expect(bucket({ acls }).only('aws_s3_bucket_ownership_controls')).toMatchObject({
    rule: { object_ownership: objectOwnership },
  });
});

test('the policy says who may, and that nobody may without TLS; it waits for the public access block', () => {
  const { policy, ...others } = stack.only('aws_s3_bucket_policy');
  const arn = stack.ref('Bucket/Resource', 'arn');

  expect(others).toEqual({ bucket: NAME, depends_on: [stack.addressOf('Bucket/public-access-block')] });
  expect((JSON.parse(String(policy)) as { Statement: Attributes[] }).Statement).toEqual([
    { Sid: 'Own', Effect: 'Allow' },
    {
      Sid: 'OnlyTls',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [arn, `${arn}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]);
});

test('S3 encrypts by its own keys, unless there is one of the agency’s', () => {
  const rule = (props: Partial<PrivateBucketProps>) =>
    bucket(props).only('aws_s3_bucket_server_side_encryption_configuration').rule;

  expect(rule({})).toEqual([{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }]);
  expect(rule({ dataKeyArn: 'arn:aws:kms:ap-southeast-1:111122223333:key/1' })).toEqual([
    {
      apply_server_side_encryption_by_default: {
        sse_algorithm: 'aws:kms',
        kms_master_key_id: 'arn:aws:kms:ap-southeast-1:111122223333:key/1',
      },
      bucket_key_enabled: true,
    },
  ]);
});

test('its lifecycle is for all objects, and parts of uploads that were given up go in any case', () => {
  expect(stack.only('aws_s3_bucket_lifecycle_configuration')).toEqual({
    bucket: NAME,
    rule: [
      {
        id: 'expire',
        status: 'Enabled',
        filter: [{ prefix: '' }],
        expiration: [{ days: 3 }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ],
  });
});

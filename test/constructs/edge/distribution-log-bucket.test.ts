import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { DistributionLogBucket } from '../../../constructs/edge/distribution-log-bucket';
import { REGION, synth } from '../../helpers/synth';

const bucket = (region = REGION, look: (made: DistributionLogBucket) => void = () => {}) =>
  synth((scope) =>
    look(new DistributionLogBucket(scope, 'Logs', { name: 'thanh-pho-ho-chi-minh-production', region })),
  );

const stack = bucket();

test('the name is cut to what AWS takes', () => {
  const prefix = String(stack.only('aws_s3_bucket').bucket_prefix);

  expect(prefix).toMatch(/^thanh-pho-ho-chi-[0-9a-f]{6}-cdn-logs-$/);
  expect(prefix.length).toBeLessThanOrEqual(37);
});

test('it takes ACLs, by which CloudFront writes, and defines none: CloudFront adds its own', () => {
  expect(stack.only('aws_s3_bucket_ownership_controls')).toMatchObject({
    rule: { object_ownership: 'BucketOwnerPreferred' },
  });
  expect(stack.ofType('aws_s3_bucket_acl')).toEqual([]);
});

test('a distribution knows it by its domain name, and waits until it takes ACLs', () => {
  const used = bucket(
    REGION,
    (made) => void new Vpc(made, 'user', { tags: { bucket: made.domainName }, dependsOn: [made.ready] }),
  );

  expect(used.at('Logs/user')).toEqual({
    tags: { bucket: used.ref('Logs/Resource', 'bucket_domain_name') },
    depends_on: [used.addressOf('Logs/ownership')],
  });
});

test('logs are kept for the 12 months that the law asks for, under the keys of S3', () => {
  expect(stack.only('aws_s3_bucket_lifecycle_configuration')).toMatchObject({
    rule: [{ status: 'Enabled', expiration: [{ days: 400 }] }],
  });
  expect(stack.only('aws_s3_bucket_server_side_encryption_configuration')).toMatchObject({
    rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }],
  });
});

test('fails in a region to which CloudFront does not deliver', () => {
  expect(() => bucket('ap-southeast-3')).toThrow(
    'test/Logs: `region` must be one that no account has to opt in to, got: "ap-southeast-3"',
  );
});

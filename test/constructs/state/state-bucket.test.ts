import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { StateBucket, type StateBucketProps } from '../../../constructs/state/state-bucket';
import { REGION, synth } from '../../helpers/synth';

const minimal: StateBucketProps = { name: 'hue-tfstate', region: REGION };

const bucket = (props: Partial<StateBucketProps> = {}) =>
  synth((scope) => new StateBucket(scope, 'bucket', { ...minimal, ...props }));

const policyOf = (stack: ReturnType<typeof bucket>) =>
  JSON.parse(stack.at('bucket/policy').policy as string) as { Statement: Record<string, unknown>[] };

test('has the name that backends know, and no plan may delete it', () => {
  expect(bucket().at('bucket/Resource')).toEqual({ bucket: 'hue-tfstate', lifecycle: { prevent_destroy: true } });
});

test('keeps each version of a state, the newest for good, and is private, owned and encrypted', () => {
  const stack = bucket();

  expect(stack.at('bucket/versioning')).toMatchObject({ versioning_configuration: { status: 'Enabled' } });
  expect(stack.at('bucket/lifecycle')).toMatchObject({
    rule: [
      {
        noncurrent_version_expiration: [{ noncurrent_days: 90, newer_noncurrent_versions: 10 }],
        expiration: [{ expired_object_delete_marker: true }],
      },
    ],
  });
  expect(stack.at('bucket/ownership')).toMatchObject({ rule: { object_ownership: 'BucketOwnerEnforced' } });
  expect(stack.at('bucket/public-access-block')).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(stack.at('bucket/encryption')).toMatchObject({
    rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }],
  });
});

test('is reached by TLS alone, and by nobody of another account', () => {
  const { Statement } = policyOf(bucket());

  expect(Statement.map(({ Sid, Effect }) => [Sid, Effect])).toEqual([['OnlyTls', 'Deny']]);
});

test('lets stacks of other accounts list it, and use their own states', () => {
  const stack = bucket({
    guests: [
      { stack: 'langson-staging', account: '444455556666' },
      { stack: 'bkhcn-production', account: '777788889999' },
      { stack: 'langson-production', account: '444455556666' },
    ],
  });
  const arn = stack.ref('bucket/Resource', 'arn');
  const { Statement } = policyOf(stack);

  expect(Statement.map(({ Sid }) => Sid)).toEqual([
    'List444455556666',
    'Use444455556666',
    'List777788889999',
    'Use777788889999',
    'OnlyTls',
  ]);
  expect(Statement[0]).toEqual({
    Sid: 'List444455556666',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::444455556666:root' },
    Action: 's3:ListBucket',
    Resource: arn,
  });
  expect(Statement[1]).toMatchObject({
    Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
    Resource: [`${arn}/langson-production/*`, `${arn}/langson-staging/*`],
  });
});

test('all of it is made by the provider of its region', () => {
  const stack = synth((scope) => {
    const provider = new AwsProvider(scope, 'other', { region: 'ap-northeast-1', alias: 'other' });
    new StateBucket(scope, 'bucket', { ...minimal, provider });
  });

  expect(stack.resources.length).toBeGreaterThan(5);
  expect(stack.resources.filter(({ attributes }) => attributes.provider !== 'aws.other')).toEqual([]);
});

import type { StateStackPlan } from '../../config/state-buckets';
import { judge } from '../../policy/check';
import { readStackJson } from '../../policy/sources/stack-json';
import { bucketOf } from '../../stacks/config-path';
import { stackJson } from '../../stacks/synthesize';
import type { StackJson } from '../helpers/agency';
import { resourcesOf } from '../helpers/synth';

const PLAN: StateStackPlan = {
  id: 'hue-state',
  holder: 'hue',
  account: '111122223333',
  region: 'ap-southeast-1',
  provider: { minimum: '5.100' },
  buckets: [
    {
      name: 'hue.tfstate',
      region: 'ap-southeast-1',
      guests: [{ stack: 'langson-production', account: '444455556666' }],
    },
    { name: 'hue-tokyo', region: 'ap-northeast-1', guests: [] },
  ],
};

const stack = (plan: Partial<StateStackPlan> = {}) => stackJson({ state: { ...PLAN, ...plan } }) as StackJson;

test("pins the account, and tags the buckets as the agency's", () => {
  const common = {
    allowed_account_ids: ['111122223333'],
    default_tags: [{ tags: { agency: 'hue', 'managed-by': 'portal6' } }],
  };

  expect(stack().provider.aws).toEqual([
    { ...common, region: 'ap-southeast-1' },
    { ...common, region: 'ap-northeast-1', alias: 'ap-northeast-1' },
  ]);
});

test('keeps its own state on the machine: the bucket cannot hold that before it is there', () => {
  expect(stack().terraform).toMatchObject({
    backend: { local: {} },
    required_version: '>= 1.10',
    required_providers: { aws: { version: '>= 5.100.0, < 7.0.0' } },
  });
  expect(stack({ provider: { minimum: '6.25' } }).terraform).toMatchObject({
    required_providers: { aws: { version: '>= 6.25.0, < 7.0.0' } },
  });
});

test('has each bucket by its name, in its region', () => {
  const buckets = resourcesOf(stack()).filter(({ type }) => type === 'aws_s3_bucket');

  expect(buckets.map(({ path, attributes: { bucket, provider } }) => [path, bucket, provider])).toEqual([
    ['buckets/hue.tfstate/Resource', 'hue.tfstate', 'aws'],
    ['buckets/hue-tokyo/Resource', 'hue-tokyo', 'aws.ap-northeast-1'],
  ]);
  expect(stack().output.buckets!.value).toEqual([
    { name: 'hue.tfstate', region: 'ap-southeast-1' },
    { name: 'hue-tokyo', region: 'ap-northeast-1' },
  ]);
});

test('lets the guests of a bucket in', () => {
  const policies = Object.values(stack().resource.aws_s3_bucket_policy!).map(({ policy }) => policy as string);

  expect(policies.filter((text) => text.includes('444455556666'))).toHaveLength(1);
});

test('passes the rules with nothing to say', () => {
  expect(judge(readStackJson(stack()))).toEqual({ findings: [], crashes: [] });
});

test('every construct belongs to a bucket', () => {
  const names = new Set(resourcesOf(stack()).map(({ path }) => bucketOf(path)));

  expect(names).toEqual(new Set(['hue.tfstate', 'hue-tokyo']));
  expect(bucketOf('portals/portal/edge')).toBeUndefined();
});

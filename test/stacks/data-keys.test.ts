import { App, TerraformStack } from 'cdktf';
import { DataKeys } from '../../stacks/data-keys';
import { Providers } from '../../stacks/providers';
import { resourcesOf, Synthesized } from '../helpers/synth';

function keysOf(region: string, use: (keys: DataKeys) => unknown, distributions = false): Synthesized {
  const stack = new TerraformStack(new App({ stackTraces: false }), 'test');
  const account = '111122223333';
  const providers = new Providers(stack, { region, account, tags: {} });
  use(new DataKeys(stack, { name: 'hue-production', region, account, distributions, providers }));
  return new Synthesized(resourcesOf(stack.toTerraform()));
}

test('a stack in which nothing rests has no key', () => {
  expect(keysOf('ap-southeast-1', () => undefined).resources).toEqual([]);
});

test('a key is made once, and one in us-east-1 beside it once something rests there', () => {
  const stack = keysOf('ap-southeast-1', (keys) => [keys.arn, keys.arn, keys.globalArn, keys.globalArn]);

  expect(stack.pathsOf('aws_kms_key')).toEqual(['data-key-us-east-1/Resource', 'data-key/Resource']);
  expect(stack.at('data-key/Resource')).not.toHaveProperty('provider');
  expect(stack.at('data-key-us-east-1/Resource')).toMatchObject({ provider: 'aws.us-east-1' });
  expect(stack.at('data-key-us-east-1/Resource').policy).toContain('logs.us-east-1.amazonaws.com');
});

test('a stack in us-east-1 needs no second key', () => {
  expect(keysOf('us-east-1', (keys) => [keys.arn, keys.globalArn]).pathsOf('aws_kms_key')).toEqual([
    'data-key/Resource',
  ]);
});

test('CloudFront reads what rests in the region, where the stack has distributions', () => {
  const policyOf = (distributions: boolean) =>
    keysOf('ap-southeast-1', (keys) => keys.arn, distributions).only('aws_kms_key').policy;

  expect(policyOf(true)).toContain('cloudfront.amazonaws.com');
  expect(policyOf(false)).not.toContain('cloudfront.amazonaws.com');
});

import { App, TerraformStack } from 'cdktf';
import { Providers } from '../../stacks/providers';

function providersOf(region: string, use: (providers: Providers) => unknown): unknown {
  const stack = new TerraformStack(new App({ stackTraces: false }), 'test');
  use(new Providers(stack, { region, account: '111122223333', tags: { agency: 'hue' } }));
  return (stack.toTerraform() as { provider: { aws: unknown } }).provider.aws;
}

const OWN = {
  region: 'ap-southeast-1',
  allowed_account_ids: ['111122223333'],
  default_tags: [{ tags: { agency: 'hue' } }],
};

test('a stack that keeps nothing in us-east-1 has one provider', () => {
  expect(providersOf('ap-southeast-1', () => undefined)).toEqual([OWN]);
});

test('the second provider is pinned to the same account, tags alike, and is made once', () => {
  const used = providersOf('ap-southeast-1', (providers) => [providers.global, providers.global]);

  expect(used).toEqual([OWN, { ...OWN, region: 'us-east-1', alias: 'us-east-1' }]);
});

test('there is one more provider for each other region that something is in', () => {
  const used = providersOf('ap-southeast-1', (providers) => [
    providers.in('ap-southeast-1'),
    providers.in('ap-northeast-1'),
    providers.in('ap-northeast-1'),
    providers.global,
  ]);

  expect(used).toEqual([
    OWN,
    { ...OWN, region: 'ap-northeast-1', alias: 'ap-northeast-1' },
    { ...OWN, region: 'us-east-1', alias: 'us-east-1' },
  ]);
});

test('a stack in us-east-1 needs no second provider', () => {
  expect(providersOf('us-east-1', (providers) => providers.global)).toEqual([{ ...OWN, region: 'us-east-1' }]);
});

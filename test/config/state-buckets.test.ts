import { loadFleet } from '../../config/load';
import { ownerOf, stateStacks, type StateUser, unownedBuckets } from '../../config/state-buckets';
import { configFolder, edit, HUE, printed } from '../helpers/config-folder';
import { REGISTRY } from '../helpers/registry';

const user = (stack: string, account: string, bucket: string, more: Partial<StateUser> = {}): StateUser => {
  const [holder, environment] = stack.split('/') as [string, string];
  return {
    holder,
    environment,
    stack: `${holder}-${environment}`,
    account,
    bucket,
    region: 'ap-southeast-1',
    isOwner: false,
    provider: { minimum: '5.100' },
    ...more,
  };
};

const idsOf = (...users: StateUser[]) =>
  stateStacks(users).map(({ id, account, buckets }) => [id, account, buckets.map(({ name }) => name)]);

describe('stateStacks', () => {
  test('is one stack for an agency that keeps its states in one account, with all of its buckets there', () => {
    const users = [
      user('hue/production', '111111111111', 'hue-b'),
      user('hue/staging', '111111111111', 'hue-a'),
      user('hue/test', '111111111111', 'hue-a'),
    ];

    expect(stateStacks(users)).toEqual([
      {
        id: 'hue-state',
        holder: 'hue',
        account: '111111111111',
        region: 'ap-southeast-1',
        provider: { minimum: '5.100' },
        buckets: [
          { name: 'hue-a', region: 'ap-southeast-1', guests: [] },
          { name: 'hue-b', region: 'ap-southeast-1', guests: [] },
        ],
      },
    ]);
  });

  test('is one for each account, of which that of production has the short name', () => {
    expect(
      idsOf(
        user('hue/alpha', '222222222222', 'hue-2'),
        user('hue/staging', '222222222222', 'hue-2'),
        user('hue/production', '111111111111', 'hue-1'),
        user('hue/beta', '333333333333', 'hue-3'),
      ),
    ).toEqual([
      ['hue-state', '111111111111', ['hue-1']],
      ['hue-state-alpha', '222222222222', ['hue-2']],
      ['hue-state-beta', '333333333333', ['hue-3']],
    ]);
  });

  test('without a production, the first in alphabetical order has the short name, wherever it stands', () => {
    expect(idsOf(user('hue/staging', '222222222222', 'hue-2'), user('hue/main', '111111111111', 'hue-1'))).toEqual([
      ['hue-state', '111111111111', ['hue-1']],
      ['hue-state-staging', '222222222222', ['hue-2']],
    ]);
  });

  test('an environment whose bucket is elsewhere does not name the stack of its account', () => {
    expect(
      idsOf(
        user('hue/alpha', '222222222222', 'province', { isOwner: false }),
        user('hue/beta', '222222222222', 'hue-2'),
        user('hue/production', '111111111111', 'province', { isOwner: true }),
      ),
    ).toEqual([
      ['hue-state', '111111111111', ['province']],
      ['hue-state-beta', '222222222222', ['hue-2']],
    ]);
  });

  test('what another agency calls its environments names no stack', () => {
    expect(
      idsOf(
        user('hue/production', '111111111111', 'hue-1'),
        user('hue/staging', '222222222222', 'hue-2', { isOwner: true }),
        user('langson/alpha', '222222222222', 'hue-2'),
      ),
    ).toEqual([
      ['hue-state', '111111111111', ['hue-1']],
      ['hue-state-staging', '222222222222', ['hue-2']],
    ]);
  });

  test('the owner makes a shared bucket, and lets the other accounts in', () => {
    const users = [
      user('langson/production', '222222222222', 'province'),
      user('hue/production', '111111111111', 'province', { isOwner: true }),
      user('hue/staging', '111111111111', 'province'),
    ];

    expect(stateStacks(users)).toMatchObject([
      { id: 'hue-state', buckets: [{ guests: [{ stack: 'langson-production', account: '222222222222' }] }] },
    ]);
  });

  test('works with the newest provider that one of its buckets asks for, in the region of the first', () => {
    const users = [
      user('hue/production', '111111111111', 'hue-a', { region: 'us-east-1' }),
      user('hue/staging', '111111111111', 'hue-b', { provider: { minimum: '6.25' } }),
    ];

    expect(stateStacks(users)).toMatchObject([{ region: 'us-east-1', provider: { minimum: '6.25' } }]);
  });

  test("a bucket that several use is nobody's until somebody says so", () => {
    const users = [user('hue/production', '111111111111', 'p'), user('langson/production', '111111111111', 'p')];

    expect(stateStacks(users)).toEqual([]);
    expect(unownedBuckets(users)).toEqual([['p', users]]);
    expect(ownerOf(users)).toBeUndefined();
  });
});

/** Hue with a bucket, and with another agency beside it. */
function linesOf(hue: string, langson: string, others: Readonly<Record<string, string>> = {}): string[] {
  const second = edit(
    HUE,
    ['id: hue', 'id: langson'],
    ['ipv4: 10.46.0.0/20', 'ipv4: 10.20.0.0/20'],
    ['domain: hue.gov.vn', 'domain: langson.gov.vn'],
    ['aliases: [www.hue.gov.vn]', 'aliases: []'],
    ['"111122223333"', '"444455556666"'],
    ['{ id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }', '{ id: Z0123456789LANGSON, name: langson.gov.vn }'],
  );
  const withState = (text: string, state: string) =>
    state === '' ? text : edit(text, ['    network:\n', `    state: ${state}\n    network:\n`]);
  const folder = configFolder({
    'agencies/hue.yaml': withState(HUE, hue),
    'agencies/langson.yaml': withState(second, langson),
    ...others,
  });
  return printed(folder, loadFleet(folder).problems);
}

describe('between agencies', () => {
  test('a bucket may be shared, whoever says whose it is', () => {
    expect(linesOf('{ bucket: province }', '{ bucket: province }')).toEqual([]);
    expect(linesOf('{ bucket: province, owner: true }', '{ bucket: province }')).toEqual([]);
    expect(linesOf('{ bucket: province, owner: true }', '{ bucket: other, owner: true }')).toEqual([]);
  });

  test('fails when two say that it is theirs', () => {
    expect(linesOf('{ bucket: province, owner: true }', '{ bucket: province, owner: true }')).toEqual([
      'agencies/langson.yaml:13:32: environments.production.state.owner: province is made for agencies/hue.yaml:13 already; of those who share a bucket one is its owner',
    ]);
  });

  test('fails when one bucket is in two regions', () => {
    expect(linesOf('{ bucket: province }', '{ bucket: province, region: us-east-1 }')).toEqual([
      'agencies/langson.yaml:13:32: environments.production.state.region: province is in ap-southeast-1 for agencies/hue.yaml:13, and us-east-1 here; a bucket is in one region',
    ]);
  });

  test('the registry may have one as well, and is never the one who is told', () => {
    const registry = edit(REGISTRY, ['ipv4: 10.0.0.0/8', 'state: { bucket: province, owner: true }\nipv4: 10.0.0.0/8']);

    expect(linesOf('{ bucket: province, owner: true }', '', { 'registry.yaml': registry })).toEqual([
      'agencies/hue.yaml:13:32: environments.production.state.owner: province is made for registry.yaml:3 already; of those who share a bucket one is its owner',
    ]);
  });

  /** Hue with more environments, each by id, account, bucket and whether that is said to be theirs. */
  function withEnvironments(...others: readonly (readonly [string, string, string, boolean?])[]): string[] {
    const [head, production] = edit(HUE, ['    network:\n', '    state: { bucket: hue-1 }\n    network:\n']).split(
      '  production:\n',
    ) as [string, string];
    const bare = production.slice(0, production.indexOf('    network:'));
    const more = others.map(([id, account, bucket, owner], n) => {
      const state = `{ bucket: ${bucket}${owner ? ', owner: true' : ''} }`;
      const own = edit(bare, ['"111122223333"', `"${account}"`], ['{ bucket: hue-1 }', state]);
      return `  ${id}:\n${own}    network: { ipv4: 10.${47 + n}.0.0/20 }\n`;
    });
    const folder = configFolder({ 'agencies/hue.yaml': `${head}  production:\n${production}${more.join('')}` });
    return printed(folder, loadFleet(folder).problems).map((line) => line.replace(/^[^ ]+ /, ''));
  }

  test('fails when an environment is called as the stack of another account', () => {
    const lines = withEnvironments(['staging', '444455556666', 'hue-2'], ['state-staging', '111122223333', 'hue-1']);

    expect(lines).toEqual([
      'environments.state-staging: its stack would be called hue-state-staging, as that of the state bucket of hue in account 444455556666; choose another name',
    ]);
  });

  test('an environment called state is refused once', () => {
    expect(withEnvironments(['state', '111122223333', 'hue-1'])).toEqual([
      "environments.state: `state` is reserved for the stack of the agency's Terraform state; choose another name",
    ]);
  });

  test('environments in one account may both say that a bucket is theirs; in two accounts they may not', () => {
    const staging = (account: string) =>
      withEnvironments(['main', '111122223333', 'shared', true], ['staging', account, 'shared', true]);

    expect(staging('111122223333')).toEqual([]);
    expect(staging('444455556666')).toEqual([
      expect.stringMatching(/^environments\.staging\.state\.owner: shared is made for /),
    ]);
  });

  test("fails when a stack is called as that of the registry's state", () => {
    const text = edit(HUE, ['id: hue', 'id: address'], ['  production:', '  registry-state:']);
    const folder = configFolder({ 'agencies/address.yaml': text });

    expect(printed(folder, loadFleet(folder).problems)).toEqual([
      'agencies/address.yaml:7:3: environments.registry-state: its stack would be called address-registry-state, which is reserved; choose another name',
    ]);
  });
});

test.each(['192.168.1.1', 'xn--hue', 'sthree-hue', 'hue-s3alias', 'hue--ol-s3'])(
  'fails for a name that S3 gives to nobody: %s',
  (bucket) => {
    const text = edit(HUE, ['    network:', `    state: { bucket: ${bucket} }\n    network:`]);
    const folder = configFolder({ 'agencies/hue.yaml': text });

    expect(printed(folder, loadFleet(folder).problems)).toEqual([
      'agencies/hue.yaml:13:14: environments.production.state.bucket: write another name: S3 keeps those that look like an address, and some beginnings and endings, for itself',
    ]);
  },
);

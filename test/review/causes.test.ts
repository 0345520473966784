import { type ConfigEdit, explained } from '../../review/causes';
import type { ResourceChange } from '../../review/report';

const change = (construct: string, extra: Partial<ResourceChange> = {}): ResourceChange => ({
  address: `aws_thing.${construct.replaceAll('/', '_')}`,
  type: 'aws_thing',
  action: 'update',
  construct,
  attributes: [{ path: 'name', after: 'a' }],
  ...extra,
});

const edit = (path: string): ConfigEdit => ({ path: path.split('.'), after: 1, source: { file: 'hue.yaml', line: 7 } });

/** Keys as the constructs of a test are called. */
const keysOf = (construct: string): string[] => construct.split('/');

const counts = (changes: ResourceChange[], ...paths: string[]) =>
  Object.fromEntries(explained(changes, paths.map(edit), keysOf).causes.map((cause) => [cause.path, cause.counts]));

test('an edit changes what its key decides about, and what is below or above it', () => {
  const changes = [change('network/nat'), change('network/nat/eip', { action: 'create' }), change('portals/portal')];

  expect(counts(changes, 'network.nat', 'portals.portal.hosting.port')).toEqual({
    'network.nat': { update: 1, create: 1 },
    'portals.portal.hosting.port': { update: 1 },
  });
});

test('the nearest key wins', () => {
  expect(counts([change('portals/portal/hosting')], 'portals.portal', 'portals.portal.hosting')).toEqual({
    'portals.portal': {},
    'portals.portal.hosting': { update: 1 },
  });
});

test('what follows from a replacement comes from what caused that, whatever its own keys', () => {
  const vpc = change('network/ipv4', { action: 'replace' });
  const follower = change('portals/portal', {
    action: 'replace',
    attributes: [],
    reasons: [`vpc_id: ${vpc.address} is replaced`],
  });

  expect(counts([vpc, follower], 'network.ipv4', 'portals.portal')).toEqual({
    'network.ipv4': { replace: 2 },
    'portals.portal': {},
  });
});

test('what no key explains comes from the only edit that there is, and from none of two', () => {
  expect(counts([change('elsewhere')], 'network.nat')).toEqual({ 'network.nat': { update: 1 } });
  expect(counts([change('elsewhere')], 'network.nat', 'portals.portal')).toEqual({
    'network.nat': {},
    'portals.portal': {},
  });
});

test('a cause says where it is written, and both values', () => {
  const edits: ConfigEdit[] = [{ path: ['allow', 0], before: 'a', after: 'b', source: { file: 'hue.yaml', line: 7 } }];

  expect(explained([], edits, keysOf).causes).toEqual([
    { path: 'allow[0]', before: 'a', after: 'b', source: { file: 'hue.yaml', line: 7 }, counts: {} },
  ]);
});

test('each change says which edit it comes from', () => {
  const { changes } = explained(
    [change('network/nat'), change('elsewhere')],
    [edit('network.nat'), edit('waf')],
    keysOf,
  );

  expect(changes.map(({ cause }) => cause)).toEqual(['network.nat', undefined]);
});

test('of two edits in one file, the one in the same portal is nearer than one that is not', () => {
  const dns = change('environments/production/portals/portal/domain');

  expect(counts([dns], 'environments.production.portals.portal.aliases', 'environments.production.protected')).toEqual({
    'environments.production.portals.portal.aliases': { update: 1 },
    'environments.production.protected': {},
  });
});

test('a secret in a file is told without its value', () => {
  const edits: ConfigEdit[] = [
    { path: ['hosting', 'environment', 'DB_PASSWORD'], after: 'hunter2' },
    { path: ['hosting'], before: { environment: { API_TOKEN: 'hunter2', LANGUAGE: 'vi' } } },
  ];
  const { causes } = explained([], edits, keysOf);

  expect(JSON.stringify(causes)).not.toContain('hunter2');
  expect(causes[1]!.before).toEqual({ environment: { API_TOKEN: '(sensitive)', LANGUAGE: 'vi' } });
});

test('edits that decide alike are all told as causes', () => {
  expect(
    counts([change('portals/portal/hosting')], 'portals.portal.hosting.cpu', 'portals.portal.hosting.port'),
  ).toEqual({
    'portals.portal.hosting.cpu': { update: 1 },
    'portals.portal.hosting.port': { update: 1 },
  });
});

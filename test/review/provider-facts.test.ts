import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  isBlock,
  isKept,
  isSensitive,
  isSet,
  knownTypes,
  replacementBy,
  type Replacement,
  source,
  whenReplaced,
} from '../../review/provider-facts';
import { fixtureFile, fixtureJson } from '../helpers/plan-fixture';

const ROOT = join(__dirname, '../..');

test.each<[string, string, Replacement]>([
  ['aws_vpc', 'cidr_block', 'always'],
  ['aws_vpc', 'assign_generated_ipv6_cidr_block', 'never'],
  ['aws_subnet', 'availability_zone', 'always'],
  ['aws_subnet', 'cidr_block', 'always'],
  ['aws_subnet', 'ipv6_native', 'always'],
  ['aws_subnet', 'ipv6_cidr_block', 'never'],
  ['aws_lb', 'ip_address_type', 'never'],
  ['aws_lb', 'internal', 'always'],
  ['aws_lb', 'subnets', 'sometimes'],
  ['aws_lb_target_group', 'ip_address_type', 'always'],
  ['aws_lb_target_group', 'health_check.path', 'never'],
  ['aws_security_group', 'description', 'always'],
  ['aws_vpc_security_group_ingress_rule', 'security_group_id', 'always'],
  ['aws_network_acl', 'ingress', 'never'],
  ['aws_route', 'destination_ipv6_cidr_block', 'always'],
  ['aws_route53_record', 'name', 'always'],
  ['aws_route53_record', 'type', 'never'],
  ['aws_route53_record', 'set_identifier', 'never'],
  ['aws_route53_record', 'failover_routing_policy', 'never'],
  ['aws_ecs_task_definition', 'container_definitions', 'always'],
  ['aws_wafv2_ip_set', 'ip_address_version', 'always'],
  ['aws_wafv2_ip_set', 'addresses', 'never'],
])('what a change of an attribute makes of its resource: %s.%s is replaced %s', (type, path, expected) => {
  expect(replacementBy(type, path)).toBe(expected);
});

test('what is within an attribute does what that does', () => {
  expect(replacementBy('aws_vpc', 'tags.Name')).toBe('never');
  expect(replacementBy('aws_lb_target_group', 'health_check.of.the.future')).toBe('never');
});

test('nobody is told about what was not measured', () => {
  expect(replacementBy('aws_db_instance', 'engine')).toBe('unknown');
  expect(replacementBy('aws_vpc', 'of_the_future')).toBe('unknown');
});

test('says when a change replaces that does not always', () => {
  expect(whenReplaced('aws_lb', 'subnets')).toBe('where load_balancer_type is "network" and one is removed');
  expect(whenReplaced('aws_vpc_security_group_ingress_rule', 'cidr_ipv6')).toBe(
    'when it takes the place of another argument',
  );
  expect(whenReplaced('aws_lb', 'internal')).toBeUndefined();
});

test('sets, blocks and secrets are as the schema has them, however deep', () => {
  expect(isSet('aws_ecs_service', 'network_configuration.subnets')).toBe(true);
  expect(isSet('aws_lb_listener', 'default_action')).toBe(false);
  expect(isBlock('aws_lb_listener', 'default_action.redirect')).toBe(true);
  expect(isBlock('aws_lb_listener', 'port')).toBe(false);
  expect(isBlock('aws_wafv2_web_acl', 'rule.statement.and_statement.statement.geo_match_statement')).toBe(true);
  expect(isSet('aws_db_instance', 'engine')).toBe(false);
  expect(isSensitive('aws_db_instance', 'password')).toBe(true);
  expect(isSensitive('aws_vpn_connection', 'tunnel1_preshared_key')).toBe(true);
  expect(isSensitive('aws_vpc', 'cidr_block')).toBe(false);
});

test('an address that AWS chose stays when the configuration no longer names it', () => {
  expect(isKept('aws_subnet', 'availability_zone')).toBe(true);
  expect(isKept('aws_subnet', 'assign_ipv6_address_on_creation')).toBe(false);
});

test('says which provider was asked', () => {
  expect(source()).toContain('AWS provider 5.100.0');
});

test('there are facts of every type that constructs create', () => {
  const missing = createdTypes().filter((type) => !knownTypes().includes(type));

  // New ones: let a stack that scripts/measure-provider.mjs measures have them, and run it.
  expect({ script: 'scripts/measure-provider.mjs', missing }).toEqual({
    script: 'scripts/measure-provider.mjs',
    missing: [],
  });
});

describe.each(readdirSync(fixtureFile('edits')).filter((name) => name.endsWith('.plan.json')))('%s', (name) => {
  const { resource_changes: changes } = fixtureJson(`edits/${name}`) as { resource_changes: PlannedChange[] };

  test('what Terraform replaces is replaced by an attribute that is known to do that', () => {
    const surprises = changes
      .filter(({ change }) => change.actions.length > 1)
      .filter(({ type, change }) =>
        change.replace_paths!.some((path) => !['always', 'sometimes'].includes(replacementBy(type, dotted(path)))),
      )
      .map(({ address, change }) => `${address}: ${JSON.stringify(change.replace_paths)}`);

    expect(surprises).toEqual([]);
  });

  test('what Terraform updates has no change that would always replace it', () => {
    const surprises = changes
      .filter(({ change }) => change.actions.join() === 'update')
      .flatMap(({ address, type, change: { before, after, after_unknown: unknown } }) =>
        Object.keys({ ...before, ...after, ...unknown })
          .filter((key) => unknown![key] === true || !isDeepStrictEqual(before![key], after![key]))
          .filter((key) => replacementBy(type, key) === 'always')
          .map((key) => `${address}: ${key}`),
      );

    expect(surprises).toEqual([]);
  });
});

test('no path is said to do two things', () => {
  const { types } = JSON.parse(readFileSync(join(ROOT, 'review', 'provider-facts.json'), 'utf8')) as {
    types: Record<string, Record<'always' | 'never' | 'unmeasured', string[]> & { sometimes: Record<string, string> }>;
  };
  const twice = Object.entries(types).flatMap(([type, { always, never, sometimes, unmeasured }]) => {
    const all = [...always, ...never, ...unmeasured, ...Object.keys(sometimes)];
    return all.filter((path, index) => all.indexOf(path) !== index).map((path) => `${type}.${path}`);
  });

  expect(twice).toEqual([]);
});

interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly replace_paths?: readonly (readonly (string | number)[])[];
    readonly before?: Readonly<Record<string, unknown>>;
    readonly after?: Readonly<Record<string, unknown>>;
    readonly after_unknown?: Readonly<Record<string, unknown>>;
  };
}

function dotted(path: readonly (string | number)[]): string {
  return path.filter((step) => typeof step === 'string').join('.');
}

/** By the imports of one resource each, which are all there are (test/layout.test.ts). */
function createdTypes(): string[] {
  const sources = ['constructs', 'stacks'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
  );
  const modules = sources.flatMap((text) => [...text.matchAll(/'@cdktf\/provider-aws\/lib\/([a-z0-9-]+)'/g)]);
  const names = new Set(modules.map(([, name]) => name!).filter((name) => name !== 'provider'));
  return [...names].flatMap((name) => {
    const text = readFileSync(join(ROOT, 'node_modules', '@cdktf', 'provider-aws', 'lib', name, 'index.d.ts'), 'utf8');
    return /static readonly tfResourceType = "(\w+)"/.exec(text)?.slice(1) ?? [];
  });
}

import { changedAttributes, changedValues } from '../../review/attributes';
import { Unknown } from '../../policy/value';

const of = (type: string, attributes: Record<string, unknown>) => ({ type, attributes });

function changes(type: string, before: Record<string, unknown>, after: Record<string, unknown>) {
  return changedAttributes(of(type, before), of(type, after));
}

test('a change is told as deep as it goes', () => {
  const action = (port: string) => ({ default_action: [{ type: 'redirect', redirect: { port, protocol: 'HTTPS' } }] });

  expect(changes('aws_lb_listener', action('443'), action('8443'))).toEqual([
    { path: 'default_action.redirect.port', before: '443', after: '8443' },
  ]);
});

test('a block is the same as an object and as a list of one', () => {
  expect(changes('aws_lb', { access_logs: { enabled: true } }, { access_logs: [{ enabled: true }] })).toEqual([]);
  expect(changes('aws_lb', { access_logs: { enabled: true } }, { access_logs: [{ enabled: false }] })).toEqual([
    { path: 'access_logs.enabled', before: 'true', after: 'false' },
  ]);
});

test('in a document an object and a list of one are not the same', () => {
  const task = (definitions: string) => ({ container_definitions: definitions });

  expect(changes('aws_ecs_task_definition', task('[{"name":"a"}]'), task('{"name":"a"}'))).toHaveLength(1);
});

test('the order of a set means nothing, and that of a list does', () => {
  const subnets = ['${aws_subnet.a.id}', '${aws_subnet.b.id}'];

  expect(changes('aws_lb', { subnets }, { subnets: [...subnets].reverse() })).toEqual([]);
  expect(
    changes(
      'aws_ecs_task_definition',
      { container_definitions: '[{"command":["a","b"]}]' },
      { container_definitions: '[{"command":["b","a"]}]' },
    ),
  ).toEqual([
    { path: 'container_definitions.command[0]', before: 'a', after: 'b' },
    { path: 'container_definitions.command[1]', before: 'b', after: 'a' },
  ]);
});

test('what comes to a set and what goes from it is told one by one', () => {
  expect(changes('aws_lb', { subnets: ['a', 'b', 'c'] }, { subnets: ['c', 'd', 'a'] })).toEqual([
    { path: 'subnets', before: 'b' },
    { path: 'subnets', after: 'd' },
  ]);
});

test('rules of an ACL are told apart by their numbers', () => {
  const rule = (rule_no: number, action: string) => ({ rule_no, action });

  expect(
    changes(
      'aws_network_acl',
      { ingress: [rule(100, 'allow'), rule(110, 'allow')] },
      { ingress: [rule(110, 'deny'), rule(100, 'allow')] },
    ),
  ).toEqual([{ path: 'ingress[110].action', before: 'allow', after: 'deny' }]);
});

test('of members of a list that are called by a name, what changes and what comes is told, and a new order', () => {
  const container = (name: string, image: string) => ({ name, image });
  const one = JSON.stringify([container('portal', 'a'), container('proxy', 'b')]);
  const other = JSON.stringify([container('proxy', 'b'), container('portal', 'c'), container('agent', 'd')]);

  expect(changes('aws_ecs_task_definition', { container_definitions: one }, { container_definitions: other })).toEqual([
    { path: 'container_definitions[portal].image', before: 'a', after: 'c' },
    { path: 'container_definitions[agent]', after: container('agent', 'd') },
    { path: 'container_definitions (order)', before: ['portal', 'proxy'], after: ['proxy', 'portal'] },
  ]);
});

test('what is set anew, or no longer, has one side', () => {
  expect(changes('aws_lb', { idle_timeout: 60 }, { name: 'portal' })).toEqual([
    { path: 'idle_timeout', before: '60' },
    { path: 'name', after: 'portal' },
  ]);
});

test('what only Terraform reads is no attribute', () => {
  expect(changes('aws_lb', { depends_on: ['a'] }, { depends_on: ['b'], lifecycle: { prevent_destroy: true } })).toEqual(
    [],
  );
});

test('what moved is called by its new address on both sides', () => {
  const unknown = (text: string) => new Unknown(text, '', () => ({ addresses: [], opaque: false }));
  const [before, after] = ['old', 'new'].map((name) => of('aws_subnet', { vpc_id: unknown(`\${aws_vpc.${name}.id}`) }));

  expect(changedAttributes(before!, after!)).toHaveLength(1);
  expect(changedAttributes(before!, after!, (text) => text.replace('aws_vpc.old', 'aws_vpc.new'))).toEqual([]);
});

describe('secrets', () => {
  const environment = (value: string) => ({
    container_definitions: JSON.stringify([{ name: 'portal', environment: [{ name: 'DB_PASSWORD', value }] }]),
  });

  test('a variable that is called as a secret is told without its values', () => {
    const [change] = changes('aws_ecs_task_definition', environment('hunter2'), environment('correct horse'));

    expect(change).toEqual({
      path: 'container_definitions.environment.value',
      before: '(sensitive)',
      after: '(sensitive)',
      sensitive: true,
    });
  });

  test.each([
    [
      'when it is one of several',
      [
        { name: 'A', value: '1' },
        { name: 'API_TOKEN', value: 'abc123' },
      ],
    ],
    ['when it is new', [{ name: 'API_TOKEN', value: 'abc123' }]],
  ])('its value is left out, too, %s', (_, list) => {
    const before = {
      container_definitions: JSON.stringify([{ name: 'portal', environment: [{ name: 'A', value: '1' }] }]),
    };
    const after = { container_definitions: JSON.stringify([{ name: 'portal', environment: list }]) };

    expect(JSON.stringify(changes('aws_ecs_task_definition', before, after))).not.toContain('abc123');
  });

  test('what the provider calls sensitive is left out', () => {
    expect(changes('aws_db_instance', { password: 'hunter2' }, { password: 'correct horse' })).toEqual([
      { path: 'password', before: '(sensitive)', after: '(sensitive)', sensitive: true },
    ]);
  });
});

test('values that are no attributes are compared alike', () => {
  expect(changedValues({ aws: [{ region: 'a' }] }, { aws: [{ region: 'b' }] }, 'provider')).toEqual([
    { path: 'provider.aws.region', before: 'a', after: 'b' },
  ]);
});

import { differences, type SynthesizedJson } from './helpers/differences';
import type { Plan } from './helpers/terraform';

type Values = Readonly<Record<string, unknown>>;

/** What differs when this is synthesized for a resource and that is planned. */
function compare(synthesized: Values, planned: Values): string[] {
  return differences(stack({ aws_x: { y: synthesized } }), plan([{ address: 'aws_x.y', values: planned }]));
}

function stack(resource: SynthesizedJson['resource']): SynthesizedJson {
  return { resource, provider: { aws: [{ default_tags: [{ tags: { agency: 'hue' } }] }] } };
}

function plan(resources: Plan['planned_values']['root_module']['resources'], rest: Partial<Plan> = {}): Plan {
  return { planned_values: { root_module: { resources } }, ...rest };
}

test.each<[string, Values, Values]>([
  ['a number as text', { cpu: '512' }, { cpu: 512 }],
  ['a truth value as text', { enabled: 'true' }, { enabled: true }],
  [
    'a block as a list of one',
    { health_check: { path: '/' } },
    { health_check: [{ path: '/', port: 'traffic-port' }] },
  ],
  ['a set in another order', { ports: [80, 443] }, { ports: [443, 80] }],
  ['a document with other spaces', { policy: '{"Version":"1","a":1}' }, { policy: '{ "a": 1, "Version": "1" }' }],
  ['a dollar sign before a brace', { format: '$${version} %%{x}' }, { format: '${version} %{x}' }],
  ['a reference that only apply knows', { vpc_id: '${aws_vpc.v.id}' }, {}],
  ['a list of references that only apply knows', { subnets: ['${aws_subnet.a.id}'] }, {}],
  ['nothing for null', { icmp_type: null }, { icmp_type: 0 }],
  ['what the provider adds', { name: 'a' }, { name: 'a', arn: 'b' }],
  ['no word about dependencies', { depends_on: ['aws_vpc.v'], lifecycle: {}, '//': {} }, {}],
  [
    'default tags among the others',
    { tags: { Name: 'a' } },
    { tags: { Name: 'a' }, tags_all: { Name: 'a', agency: 'hue' } },
  ],
])('a plan may have %s', (_, synthesized, planned) => {
  expect(compare(synthesized, planned)).toEqual([]);
});

test.each<[string, Values, Values, string]>([
  ['another value', { port: 443 }, { port: 80 }, 'aws_x.y.port: synthesized 443, planned 80'],
  ['no value', { port: 443 }, {}, 'aws_x.y.port: synthesized 443, planned nothing, or something unknown'],
  ['false for true', { internal: true }, { internal: false }, 'aws_x.y.internal: synthesized true, planned false'],
  [
    'another value in a block',
    { alias: { zone: 'a' } },
    { alias: [{ zone: 'b' }] },
    'aws_x.y.alias.zone: synthesized "a", planned "b"',
  ],
  ['a list that is longer', { ports: [80] }, { ports: [80, 443] }, 'aws_x.y.ports: synthesized [80], planned [80,443]'],
  [
    'a list with another element',
    { ports: [80, 80] },
    { ports: [80, 443] },
    'aws_x.y.ports[]: synthesized 80, planned [80,443]',
  ],
  [
    'another value in a document',
    { policy: '{"a":1}' },
    { policy: '{"a":2}' },
    'aws_x.y.policy.a: synthesized 1, planned 2',
  ],
  [
    'another literal beside a reference',
    { policy: '{"a":"${aws_vpc.v.id}","b":1}' },
    { policy: '{"a":"vpc-1","b":2}' },
    'aws_x.y.policy.b: synthesized 1, planned 2',
  ],
  [
    'a missing default tag',
    {},
    { tags_all: {} },
    'aws_x.y.tags_all.agency: synthesized "hue", planned nothing, or something unknown',
  ],
])('fails when a plan has %s', (_, synthesized, planned, line) => {
  expect(compare(synthesized, planned)).toEqual([line]);
});

test('fails when a resource or an output is on one side alone', () => {
  const synthesized = { ...stack({ aws_a: { b: {} } }), output: { one: {} } };
  const planned = plan([{ address: 'aws_c.d', values: {} }]);

  expect(differences(synthesized, planned)).toEqual([
    'resource aws_a.b: not planned',
    'resource aws_c.d: not synthesized',
    'output one: not planned',
  ]);
});

test('fails when something is read, changed or replaced', () => {
  const planned = plan([], {
    prior_state: { values: { root_module: { resources: [{ address: 'data.aws_a.b', values: {} }] } } },
    resource_changes: [
      { address: 'aws_a.b', mode: 'managed', change: { actions: ['delete', 'create'] } },
      { address: 'data.aws_a.b', mode: 'data', change: { actions: ['read'] } },
    ],
  });

  expect(differences({ ...stack({}), data: { aws_a: {} } }, planned)).toEqual([
    'data sources are synthesized',
    'data.aws_a.b: read while planning',
    'aws_a.b: managed delete,create',
    'data.aws_a.b: data read',
  ]);
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readPlanJson } from '../../policy/sources/plan';
import { readStackJson } from '../../policy/sources/stack-json';
import { diffStack } from '../../review/diff';
import { driftIn, plannedChanges, plannedSettings } from '../../review/plan-changes';
import { diffMarkdown } from '../../review/render/diff-markdown';
import { diffText } from '../../review/render/diff-text';
import { reviewMarkdown } from '../../review/render/markdown';
import { reviewText } from '../../review/render/text';
import type { ResourceChange, StackReview } from '../../review/report';
import { PLAIN } from '../helpers/colors';
import { fixtureJson } from '../helpers/plan-fixture';
import { reviewWith, stackReview } from '../helpers/reviews';
import { snapshot } from '../helpers/snapshots';

interface PlanJson {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly mode: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

const planned = (...changes: object[]): ResourceChange[] => {
  const json = { resource_changes: changes };
  return plannedChanges(readPlanJson(json), json);
};

const entry = (actions: readonly string[], change: object = {}, extra: object = {}): object => ({
  address: 'aws_eip.a',
  type: 'aws_eip',
  name: 'a',
  mode: 'managed',
  change: { actions, before: { domain: 'vpc' }, after: { domain: 'vpc' }, ...change },
  ...extra,
});

test.each<[string, object, Partial<ResourceChange> | undefined]>([
  ['create', entry(['create'], { before: null }), { action: 'create', attributes: [{ path: 'domain', after: 'vpc' }] }],
  [
    'update',
    entry(['update'], { after: { domain: 'x' } }),
    { action: 'update', attributes: [{ path: 'domain', before: 'vpc', after: 'x' }] },
  ],
  [
    'delete',
    entry(['delete'], { after: null }, { action_reason: 'delete_because_no_resource_config' }),
    { action: 'delete', reasons: ['no longer in the configuration'] },
  ],
  [
    'destroy, then create',
    entry(['delete', 'create'], { replace_paths: [['domain']] }),
    { action: 'replace', reasons: ['domain'] },
  ],
  [
    'create, then destroy',
    entry(['create', 'delete'], { replace_paths: [['domain']] }),
    { action: 'replace', reasons: ['domain'] },
  ],
  [
    'create and forget',
    entry(['create', 'forget']),
    { action: 'replace', reasons: ['the one that is there is let go, not destroyed'] },
  ],
  ['forget', entry(['forget']), { action: 'forget', attributes: [] }],
  ['read', entry(['read'], {}, { mode: 'data' }), undefined],
  ['nothing', entry(['no-op']), undefined],
  [
    'import',
    entry(['no-op'], { importing: { id: 'eipalloc-1' } }),
    { action: 'import', reasons: ['imported by its id, eipalloc-1'] },
  ],
  [
    'import and change',
    entry(['update'], { importing: { id: 'eipalloc-1' }, after: { domain: 'x' } }),
    { action: 'update', reasons: ['imported by its id, eipalloc-1'] },
  ],
  [
    'move',
    entry(['no-op'], {}, { previous_address: 'aws_eip.old' }),
    { action: 'move', from: 'aws_eip.old', attributes: [] },
  ],
  [
    'move and change',
    entry(['update'], { after: { domain: 'x' } }, { previous_address: 'aws_eip.old' }),
    { action: 'update', from: 'aws_eip.old' },
  ],
  [
    'tainted',
    entry(['delete', 'create'], {}, { action_reason: 'replace_because_tainted' }),
    { action: 'replace', reasons: ['marked as tainted: an earlier run did not finish it'] },
  ],
  [
    '-replace',
    entry(['delete', 'create'], {}, { action_reason: 'replace_by_request' }),
    { action: 'replace', reasons: ['asked for with -replace'] },
  ],
  [
    'deposed',
    entry(['delete'], {}, { deposed: '1a2b3c4d' }),
    { action: 'delete', reasons: ['left over from an earlier replacement of aws_eip.a'], attributes: [] },
  ],
])('%s is what Terraform calls so, with its reason', (_, change, expected) => {
  const changes = planned(change);

  if (expected === undefined) expect(changes).toEqual([]);
  else expect(changes).toMatchObject([{ address: 'aws_eip.a', type: 'aws_eip', ...expected }]);
});

test('what AWS works out anew is left out, and what is written and not known yet is told', () => {
  const json = {
    resource_changes: [
      entry(['update'], {
        before: { domain: 'vpc', public_ip: '192.0.2.1', instance: 'i-1' },
        after: { domain: 'vpc' },
        after_unknown: { public_ip: true, instance: true },
      }),
    ],
    configuration: {
      root_module: {
        resources: [
          {
            address: 'aws_eip.a',
            mode: 'managed',
            type: 'aws_eip',
            name: 'a',
            expressions: { instance: { references: ['aws_instance.b.id', 'aws_instance.b'] } },
          },
        ],
      },
    },
  };

  expect(plannedChanges(readPlanJson(json), json)[0]!.attributes.map(({ path }) => path)).toContain('instance');
});

test('all that is in what forces a replacement forces it', () => {
  const change = { before: { a: [{ b: 'x' }] }, after: { a: [{ b: 'y' }] }, replace_paths: [['a']] };

  expect(planned(entry(['delete', 'create'], change))[0]!.attributes).toEqual([
    { path: 'a.b', before: 'x', after: 'y', replaces: true },
  ]);
});

test('tags that the provider adds are told only where a resource has none of its own that change', () => {
  const tags = (one: object): object => ({ before: {}, after: one });

  expect(
    planned(entry(['update'], tags({ tags: { a: 'b' }, tags_all: { a: 'b' } })))[0]!.attributes.map(({ path }) => path),
  ).toEqual(['tags']);
  expect(planned(entry(['update'], tags({ tags_all: { a: 'b' } })))[0]!.attributes.map(({ path }) => path)).toEqual([
    'tags_all',
  ]);
});

test('drift is what was found changed, from what the state says to what is there', () => {
  const drift = [
    entry(['update'], { after: { domain: 'standard' } }),
    entry(['delete'], { after: null }, { address: 'aws_eip.b', name: 'b' }),
  ];

  expect(driftIn({ resource_drift: drift })).toMatchObject([
    { address: 'aws_eip.a', action: 'update', attributes: [{ path: 'domain', before: 'vpc', after: 'standard' }] },
    { address: 'aws_eip.b', action: 'delete' },
  ]);
  expect(driftIn({})).toEqual([]);
});

test('outputs that change are told, and what is put off to a later plan', () => {
  const json = {
    output_changes: {
      same: { actions: ['no-op'], before: 'a', after: 'a' },
      name: { actions: ['update'], before: 'a', after: 'b' },
      later: { actions: ['create'], before: null, after_unknown: true },
      hidden: {
        actions: ['update'],
        before: 'hunter2',
        after: 'hunter3',
        before_sensitive: true,
        after_sensitive: true,
      },
    },
    deferred_changes: [{ reason: 'instance_count_unknown', resource_change: { address: 'aws_eip.c' } }],
  };

  expect(plannedSettings(json)).toEqual([
    { path: 'output.name', before: 'a', after: 'b' },
    { path: 'output.later', after: '(known after apply)' },
    { path: 'output.hidden', before: '(sensitive)', after: '(sensitive)', sensitive: true },
    { path: 'deferred.aws_eip.c', after: '(put off to a later plan: instance_count_unknown)' },
  ]);
});

const PLANS = ['', 'edits/'].flatMap((folder) =>
  readdirSync(join(__dirname, '../fixtures/plans', folder))
    .filter((name) => name.endsWith('.plan.json'))
    .map((name) => `${folder}${name}`),
);

test.each(PLANS)('%s: as many are added, changed and destroyed as Terraform says', (file) => {
  const json = fixtureJson(file) as PlanJson;
  const actions = json.resource_changes
    .filter(({ mode }) => mode === 'managed')
    .map(({ change }) => change.actions.join());
  const counted = (...some: string[]): number => actions.filter((one) => some.includes(one)).length;
  const changes = plannedChanges(readPlanJson(json), json);
  const told = (action: string): number => changes.filter((one) => one.action === action).length;

  expect([told('create'), told('update'), told('delete'), told('replace')]).toEqual([
    counted('create'),
    counted('update'),
    counted('delete'),
    counted('delete,create', 'create,delete'),
  ]);
  // Nothing is updated for no reason.
  expect(changes.filter(({ action, attributes }) => action === 'update' && attributes.length === 0)).toEqual([]);
});

/** Every format in which anything may come out. */
function allOf(review: StackReview): string {
  const whole = reviewWith({ stacks: [review] });
  const diff = { version: 1 as const, base: 'a', head: 'b', stacks: [review], same: 0 };
  const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => JSON.stringify([head, rows]);
  return [
    JSON.stringify(whole),
    reviewMarkdown(whole, { platform: 'gitlab' }),
    reviewText(whole, { ...PLAIN, table }),
    diffMarkdown(diff),
    diffText(diff, PLAIN),
  ].join('\n');
}

const CANARY = /hunter\d|aHVudGVy/;

const secretPlan = (side: 'before' | 'after' | 'both', actions = ['update']): object => {
  const marks = { password: true, nested: [{ inner: true }], set: true, map: { key: true } };
  const values = (canary: string): object => ({
    password: canary,
    nested: [{ inner: canary, seen: canary.length }],
    set: [{ a: canary }],
    map: { key: canary },
  });
  return {
    ...entry(
      actions,
      {
        before: values('hunter1'),
        after: values('hunter22'),
        before_sensitive: side === 'after' ? {} : marks,
        after_sensitive: side === 'before' ? {} : marks,
      },
      { type: 'aws_thing', address: 'aws_thing.a' },
    ),
  };
};

test.each(['before', 'after', 'both'] as const)('what is marked as secret %s is told and not shown', (side) => {
  const json = { resource_changes: [secretPlan(side)] };
  const plan = { stack: 'hue-production', kind: 'plan' as const, json, graph: readPlanJson(json) };
  const diff = diffStack(plan, plan);

  expect(diff.changes[0]!.attributes.map(({ path, sensitive }) => [path, sensitive])).toEqual([
    ['nested.seen', undefined],
    ['map.key', true],
    ['nested[0].inner', true],
    ['password', true],
    ['set', true],
  ]);
  expect(allOf({ ...stackReview(plan, plan)! })).not.toMatch(CANARY);
});

test.each([[['create']], [['delete']], [['delete', 'create']]])('nor is it where the plan says %j', (actions) => {
  const json = {
    resource_changes: [secretPlan('both', actions)],
    resource_drift: [secretPlan('before')],
    output_changes: {
      db: { actions: ['update'], before: 'hunter1', after: 'hunter2', before_sensitive: true, after_sensitive: false },
    },
  };
  const plan = { stack: 'hue-production', kind: 'plan' as const, json, graph: readPlanJson(json) };

  expect(allOf(stackReview(plan, plan)!)).not.toMatch(CANARY);
});

test('no secret of a configuration comes out in any format, be it new, changed or gone', () => {
  const stack = (canary: string): object => ({
    provider: { aws: [{ region: 'ap-southeast-1', access_key: canary, secret_key: canary, token: canary }] },
    terraform: { backend: { s3: { bucket: 'b', secret_key: canary } } },
    variable: { db_password: { default: canary }, plain: { default: canary, sensitive: true } },
    output: { db: { value: canary, sensitive: true }, api_token: { value: canary } },
    resource: {
      aws_db_instance: { a: { password: canary } },
      aws_ecs_task_definition: {
        a: {
          container_definitions: JSON.stringify([
            { name: 'portal', environment: [{ name: 'DB_PASSWORD', value: canary }] },
          ]),
        },
        b: {
          container_definitions: `\${jsonencode([{"name" = "x", "environment" = [{"name" = "API_TOKEN", "value" = "${canary}"}]}])}`,
        },
      },
      aws_lambda_function: {
        a: { environment: { variables: { DB_PASSWORD: canary, DATABASE: `postgres://u:${canary}@db/portal` } } },
      },
      aws_instance: { a: { user_data: `#!/bin/sh\nexport DB_PASSWORD=${canary}` } },
      aws_launch_template: {
        a: { user_data: Buffer.from(`#!/bin/sh\nexport DB_PASSWORD=${canary}\n`).toString('base64') },
      },
      aws_cloudfront_distribution: { a: { origin: [{ custom_header: [{ name: 'X-Origin-Secret', value: canary }] }] } },
      aws_apprunner_service: { a: { source: { runtime_environment_variables: { DBPASS: canary } } } },
    },
  });
  const [before, after] = [snapshot(stack('hunter1')), snapshot(stack('hunter22'))];
  const empty = snapshot({ resource: {} });

  for (const [one, other] of [
    [before, after],
    [empty, after],
    [before, empty],
    [undefined, after],
    [before, undefined],
  ] as const) {
    const review = stackReview(one, other)!;
    expect(review.changes.length).toBeGreaterThan(6);
    expect(allOf(review)).not.toMatch(CANARY);
  }
  expect(readStackJson({ resource: {} }).resources).toEqual([]);
});

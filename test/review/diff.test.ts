import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { readPlanJson } from '../../policy/sources/plan';
import { diffStack, isEmpty } from '../../review/diff';
import type { ResourceChange } from '../../review/report';
import type { Snapshot } from '../../review/snapshot';
import { CONTAINER, GATEWAY, productionJson } from '../helpers/agency';
import { designed, resources, snapshot } from '../helpers/snapshots';

const EDITS = join(__dirname, '../fixtures/plans/edits');

const short = ({ action, address }: ResourceChange): string => `${action} ${address}`;

test('a stack without the other side is new, or gone', () => {
  const side = resources({ aws_vpc: { v: { cidr_block: '10.0.0.0/20' } } });

  expect(diffStack(undefined, side)).toMatchObject({
    presence: 'new',
    changes: [{ action: 'create', address: 'aws_vpc.v', attributes: [{ path: 'cidr_block', after: '10.0.0.0/20' }] }],
  });
  expect(diffStack(side, undefined)).toMatchObject({
    presence: 'gone',
    changes: [{ action: 'delete', address: 'aws_vpc.v', holds: 'its address blocks, and all that is in it' }],
  });
});

test('what is lost first comes first', () => {
  const before = resources({
    aws_vpc: { v: { cidr_block: '10.0.0.0/20' } },
    aws_eip: { a: {} },
    aws_sns_topic: { t: { display_name: 'a' } },
  });
  const after = resources({
    aws_vpc: { v: { cidr_block: '10.1.0.0/20' } },
    aws_sqs_queue: { q: {} },
    aws_sns_topic: { t: { display_name: 'b' } },
  });

  expect(diffStack(before, after).changes.map(short)).toEqual([
    'delete aws_eip.a',
    'replace aws_vpc.v',
    'create aws_sqs_queue.q',
    'update aws_sns_topic.t',
  ]);
});

test('a replacement is marked as predicted, with the attribute that forces it', () => {
  const [change] = diffStack(
    resources({ aws_vpc: { v: { cidr_block: '10.0.0.0/20' } } }),
    resources({ aws_vpc: { v: { cidr_block: '10.1.0.0/20' } } }),
  ).changes;

  expect(change).toMatchObject({
    action: 'replace',
    predicted: true,
    reasons: ['cidr_block'],
    attributes: [{ path: 'cidr_block', before: '10.0.0.0/20', after: '10.1.0.0/20', replaces: true }],
  });
});

test('what Terraform is told to ignore does not change', () => {
  const service = (desired_count: number) =>
    resources({ aws_ecs_service: { portal: { desired_count, lifecycle: { ignore_changes: ['desired_count'] } } } });

  expect(isEmpty(diffStack(service(2), service(3)))).toBe(true);
});

test('what is no longer written, and stays all the same, is no change of the resource, and is told', () => {
  const group = (attributes: object) => resources({ aws_security_group: { edge: { name: 'edge', ...attributes } } });
  const rule = { from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'] };

  expect(diffStack(group({ ingress: [rule] }), group({}))).toMatchObject({
    changes: [],
    settings: [{ path: 'aws_security_group.edge.ingress', after: '(left as it is)' }],
  });
});

test('a move without a moved block is a replacement, and with one it is a move', () => {
  const before = snapshot({ resource: { aws_eip: { old: { domain: 'vpc' } } } });
  const resource = { aws_eip: { new: { domain: 'vpc' } } };
  const moved = [{ from: 'aws_eip.old', to: 'aws_eip.new' }];

  expect(diffStack(before, snapshot({ resource })).changes).toMatchObject([
    { action: 'replace', address: 'aws_eip.new', from: 'aws_eip.old', unwritten: true, holds: 'a public IPv4 address' },
  ]);
  expect(diffStack(before, snapshot({ resource, moved })).changes).toEqual([
    { action: 'move', address: 'aws_eip.new', type: 'aws_eip', from: 'aws_eip.old', attributes: [] },
  ]);
});

test('what is no resource is told beside', () => {
  const of = (region: string, bucket: string) =>
    snapshot({
      provider: { aws: [{ region }] },
      terraform: { backend: { s3: { bucket } } },
      '//': { metadata: { version: region } },
    });

  expect(diffStack(of('ap-southeast-1', 'a'), of('ap-northeast-1', 'b')).settings.map(({ path }) => path)).toEqual([
    'provider.aws.region',
    'terraform.backend.s3.bucket',
  ]);
});

describe('of what portal6 makes', () => {
  test('nothing differs from itself', () => {
    expect(diffStack(designed(), designed())).toMatchObject({ changes: [], settings: [], presence: 'both' });
  });

  test('order of keys and members in the configuration changes nothing', () => {
    const reversed = { ...CONTAINER, aliases: ['b.hue.gov.vn', 'a.hue.gov.vn'], allow: ['::/0', '0.0.0.0/0'] };
    const sorted = { ...CONTAINER, aliases: ['a.hue.gov.vn', 'b.hue.gov.vn'], allow: ['0.0.0.0/0', '::/0'] };
    const of = (portal: typeof CONTAINER) =>
      diffStack(designed({ portals: { portal: sorted } }), designed({ portals: { portal } }));

    expect(of(reversed).changes.map(short)).toEqual([]);
  });

  test('a portal of its own adds, and changes only lists that grow', () => {
    const { changes } = diffStack(designed(), designed({ portals: { portal: CONTAINER, motcua: GATEWAY } }));

    expect(changes.filter(({ action }) => action === 'delete' || action === 'replace')).toEqual([]);
    expect(changes.some(({ address }) => address.includes('motcua'))).toBe(true);
  });
});

/** Real plans of edits of a stack that stands (scripts/make-plan-fixtures.mjs). */
describe('of an edit of a stack that stands', () => {
  const names = readdirSync(EDITS).flatMap((name) => /^(.+)\.plan\.json$/.exec(name)?.[1] ?? []);
  const read = (name: string): object => JSON.parse(readFileSync(join(EDITS, name), 'utf8')) as object;
  const sidesOf = (name: string): { before: Snapshot; after: Snapshot; plan: Snapshot } => {
    const own = `${name}.before.cdk.tf.json`;
    const plan = read(`${name}.plan.json`);
    return {
      before: snapshot(read(readdirSync(EDITS).includes(own) ? own : 'before.cdk.tf.json')),
      after: snapshot(read(`${name}.cdk.tf.json`)),
      plan: { stack: 'hue-production', kind: 'plan', json: plan, graph: readPlanJson(plan) },
    };
  };

  test('there are some', () => expect(names.length).toBeGreaterThan(5));

  test.each(names)('%s: what is predicted is what Terraform plans', (name) => {
    const { before, after, plan } = sidesOf(name);
    const [predicted, planned] = [diffStack(before, after), diffStack(before, plan)].map(({ changes }) =>
      changes.map(short),
    );

    expect(predicted).toEqual(planned);
  });
});

describe('properties', () => {
  const json = productionJson();
  const addresses = Object.entries(json.resource).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${type}.${name}`),
  );
  const text = JSON.stringify(json.resource);
  /** What nothing refers to: without the others, Terraform would not take the rest. */
  const leaves = addresses.filter((address) => !text.includes(`${address}.`));

  /** Which of the resources go, and which get another tag. */
  const edit = fc.record({
    gone: fc.subarray(leaves, { maxLength: 6 }),
    tagged: fc.subarray(addresses, { maxLength: 6 }),
  });

  function edited({
    gone,
    tagged,
  }: {
    readonly gone: readonly string[];
    readonly tagged: readonly string[];
  }): Snapshot {
    const resource = structuredClone(json.resource);
    for (const address of tagged) {
      const [type, name] = address.split('.') as [string, string];
      resource[type]![name]!.tags = { edited: address };
    }
    for (const address of gone) {
      const [type, name] = address.split('.') as [string, string];
      delete resource[type]![name];
    }
    return snapshot({ ...json, resource });
  }

  const addressesOf = (changes: readonly ResourceChange[], action: string): string[] =>
    changes.flatMap((change) => (change.action === action ? [change.address] : [])).sort();

  test('diff(a, a) is empty', () => {
    fc.assert(
      fc.property(edit, (one) => expect(isEmpty(diffStack(edited(one), edited(one)))).toBe(true)),
      { numRuns: 20 },
    );
  });

  test('diff(a, b) and diff(b, a) mirror each other', () => {
    fc.assert(
      fc.property(edit, edit, (one, other) => {
        const there = diffStack(edited(one), edited(other)).changes;
        const back = diffStack(edited(other), edited(one)).changes;

        expect(addressesOf(back, 'create')).toEqual(addressesOf(there, 'delete'));
        expect(addressesOf(back, 'delete')).toEqual(addressesOf(there, 'create'));
        expect(addressesOf(back, 'update')).toEqual(addressesOf(there, 'update'));
        for (const { address, attributes } of there.filter(({ action }) => action === 'update')) {
          const mirrored = back.find((change) => change.address === address)!.attributes;
          expect(mirrored.map(({ path, before, after }) => [path, after, before])).toEqual(
            attributes.map(({ path, before, after }) => [path, before, after]),
          );
        }
      }),
      { numRuns: 20 },
    );
  });

  test('exactly what was edited is told', () => {
    fc.assert(
      fc.property(edit, (one) => {
        const { changes } = diffStack(snapshot(json), edited(one));

        expect(addressesOf(changes, 'delete')).toEqual([...one.gone].sort());
        expect(addressesOf(changes, 'update')).toEqual(
          one.tagged.filter((address) => !one.gone.includes(address)).sort(),
        );
        expect(changes.every(({ action }) => action === 'delete' || action === 'update')).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

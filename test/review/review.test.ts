import { reviewStack } from '../../review/review';
import type { Snapshot } from '../../review/snapshot';
import { readPlanJson } from '../../policy/sources/plan';
import { CONTAINER } from '../helpers/agency';
import { fixtureJson } from '../helpers/plan-fixture';
import { designed, snapshot } from '../helpers/snapshots';

const reviewed = (before: Snapshot | undefined, after: Snapshot | undefined, extra = {}) =>
  reviewStack({ stack: 'hue-production', before, after, edits: [], keysOf: () => undefined, ...extra });

test('of a stack that is the same there is no review, but its findings', () => {
  const { review, findingsBefore, findingsAfter } = reviewed(designed(), designed());

  expect(review).toBeUndefined();
  expect(findingsAfter).toEqual(findingsBefore);
});

test('a review has what changes, who may connect, the ways, the address plan and a fingerprint', () => {
  const staged = designed({
    network: { ipv4: '10.47.0.0/20' },
    portals: { portal: { ...CONTAINER, publish: { aaaa: 'staged' } } },
  });
  const { review } = reviewed(designed(), staged);

  expect(review!.changes.length).toBeGreaterThan(10);
  expect(review!.paths.map(({ names }) => names[0])).toContain('portal.hue.gov.vn');
  expect(review!.addresses).toContainEqual(expect.objectContaining({ before: '10.46.0.0/20', after: '10.47.0.0/20' }));
  expect(review!.fingerprint).toMatch(/^[0-9a-f]{64}$/);
});

test('what no file makes any more stays as it is: nothing is opened or closed, and there is no fingerprint', () => {
  const { review } = reviewed(designed(), undefined);

  expect(review).toMatchObject({ presence: 'gone', exposure: [], paths: [], addresses: [] });
  expect(review).not.toHaveProperty('fingerprint');
});

test('edits of the configuration are its causes', () => {
  const edits = [{ path: ['environments', 'production', 'network', 'ipv4'], before: 'a', after: 'b' }];
  const { review } = reviewed(designed(), designed({ network: { ipv4: '10.47.0.0/20' } }), { edits });

  expect(review!.causes).toMatchObject([{ path: 'environments.production.network.ipv4', before: 'a', after: 'b' }]);
});

test('a plan says what will be done, and the configuration which construct it is of', () => {
  const [before, after] = ['edits/before.cdk.tf.json', 'edits/cidr-change.cdk.tf.json'].map((file) =>
    snapshot(fixtureJson(file) as object),
  );
  const json = fixtureJson('edits/cidr-change.plan.json');
  const plan = { stack: 'hue-production', kind: 'plan' as const, json, graph: readPlanJson(json) };
  const { review } = reviewed(before, after, { plan });
  const vpc = review!.changes.find(({ type }) => type === 'aws_vpc')!;

  expect(review).toMatchObject({ by: 'plan', presence: 'both' });
  expect(vpc).toMatchObject({ action: 'replace', reasons: ['cidr_block'] });
  expect(vpc).not.toHaveProperty('predicted');
  expect(vpc.construct).toBe(after!.graph.at(vpc.address)!.constructPath);
});

test('what moved is told, so that its findings are found again', () => {
  const eip = (name: string): Snapshot => snapshot({ resource: { aws_eip: { [name]: { domain: 'vpc' } } } });

  expect([...reviewed(eip('old'), eip('new')).renamed]).toEqual([['aws_eip.old', 'aws_eip.new']]);
});

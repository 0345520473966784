import fc from 'fast-check';
import { parseDocument } from 'yaml';
import type { Action, Review, StackReview } from '../../review/report';
import { readReview } from '../../review/report-schema';
import { example } from '../helpers/agencies';
import { ScratchRepo } from '../helpers/scratch-repo';

const ENVIRONMENT = ['environments', 'production'];
const PORTAL = [...ENVIRONMENT, 'portals', 'portal'];

/** A key of Hue's file and what is written there; undefined takes it away. */
interface Edit {
  readonly path: readonly string[];
  readonly value: unknown;
}

function editOf(path: readonly string[], ...values: readonly unknown[]): fc.Arbitrary<Edit> {
  return fc.constantFrom(...values).map((value) => ({ path, value }));
}

const EDITS: readonly fc.Arbitrary<Edit>[] = [
  editOf([...PORTAL, 'hosting', 'image'], '111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/hue/portal:2.0.0'),
  fc.integer({ min: 1024, max: 8079 }).map((value) => ({ path: [...PORTAL, 'hosting', 'port'], value })),
  editOf([...PORTAL, 'hosting', 'tasks', 'max'], 6, 24),
  editOf([...PORTAL, 'hosting', 'environment', 'PORTAL_LANGUAGES'], 'vi'),
  editOf([...PORTAL, 'aliases'], undefined, ['www.hue.gov.vn', 'm.hue.gov.vn'], ['m.hue.gov.vn']),
  editOf([...PORTAL, 'publish', 'aaaa'], 'staged'),
  editOf([...PORTAL, 'health', 'path'], '/'),
  editOf([...PORTAL, 'alarms'], undefined),
  editOf([...PORTAL, 'allow'], ['203.0.113.0/24', '2001:db8:100::/48'], ['0.0.0.0/0', '2001:db8::/32']),
  editOf([...ENVIRONMENT, 'network', 'zones'], 2),
  editOf([...ENVIRONMENT, 'network', 'nat'], 'single', 'none'),
  fc.integer({ min: 64, max: 99 }).map((n) => ({ path: [...ENVIRONMENT, 'network', 'ipv4'], value: `10.${n}.0.0/20` })),
  editOf([...ENVIRONMENT, 'protected'], false),
  editOf([...ENVIRONMENT, 'portals', 'motcua'], {
    domain: 'motcua.hue.gov.vn',
    zone: { id: 'Z0123456789ABCDEFGHIJ', name: 'hue.gov.vn' },
    hosting: { type: 'container', image: '111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/hue/motcua:1' },
  }),
];

/** One or two edits of different keys. */
const CHANGE = fc.shuffledSubarray([...EDITS], { minLength: 1, maxLength: 2 }).chain((some) => fc.tuple(...some));

const repo = new ScratchRepo(['hue']);

test('a review tells exactly what was edited and what comes of it, and that of the way back mirrors it', async () => {
  await fc.assert(
    fc.asyncProperty(CHANGE, async (edits) => {
      const was = parseDocument(example('hue'));
      const is = parseDocument(example('hue'));
      for (const { path, value } of edits) {
        if (value === undefined) is.deleteIn(path);
        else is.setIn(path, is.createNode(value));
      }
      repo.git('checkout', '-q', '-f', '-B', 'there', 'main');
      repo.write('config/agencies/hue.yaml', is.toString());
      repo.commit();
      repo.git('checkout', '-q', '-B', 'back');
      repo.write('config/agencies/hue.yaml', was.toString());
      repo.commit();
      const there = await reviewOf('main', 'there');
      const back = await reviewOf('there', 'back');

      const expected = edits.map(({ path, value }) => ({
        path: path.join('.'),
        before: toJson(was.getIn(path)),
        after: value,
      }));
      expect(toldIn(there)).toEqual(byPath(expected));
      expect(toldIn(back)).toEqual(
        byPath(expected.map(({ path, before, after }) => ({ path, before: after, after: before }))),
      );
      // Of two edits not every resource tells by which of them it changes.
      for (const { causes, changes } of edits.length === 1 ? [...there.stacks, ...back.stacks] : []) {
        const counted = causes.flatMap(({ counts }) => Object.values(counts)).reduce((sum, count) => sum + count, 0);
        expect(counted).toBe(changes.length);
      }
      expect(back.stacks.map(actionsIn)).toEqual(there.stacks.map(actionsIn).map(mirrored));
      expect(back.stacks.map((one) => levelsIn(one, 'levelAfter', 'levelBefore'))).toEqual(
        there.stacks.map((one) => levelsIn(one, 'levelBefore', 'levelAfter')),
      );
    }),
    { numRuns: 6 },
  );
}, 120_000);

async function reviewOf(base: string, head: string): Promise<Review> {
  const { out, err } = await repo.run(['review', '--base', base, '--head', head, '--format', 'json']);
  const review = out === '' ? undefined : readReview(JSON.parse(out));
  if (!review) throw new Error(err);
  expect(err).toBe('');
  return review;
}

interface Told {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

function toldIn({ stacks }: Review): Told[] {
  return byPath(stacks.flatMap(({ causes }) => causes.map(({ path, before, after }) => ({ path, before, after }))));
}

function byPath(told: readonly Told[]): Told[] {
  return [...told].sort((one, other) => (one.path < other.path ? -1 : 1));
}

function actionsIn({ changes }: StackReview): [string, Action][] {
  return changes.map(({ address, action }): [string, Action] => [address, action]).sort();
}

function mirrored(actions: readonly [string, Action][]): [string, Action][] {
  const mirror: Partial<Record<Action, Action>> = { create: 'delete', delete: 'create' };
  return actions.map(([address, action]): [string, Action] => [address, mirror[action] ?? action]).sort();
}

type Level = 'levelBefore' | 'levelAfter';

/** A name that is on one side alone has a way of its own, which may stand anywhere. */
function levelsIn({ paths }: StackReview, from: Level, to: Level): string[] {
  return paths.map((path) => `${path.names.join()}: ${path[from] ?? 'none'} > ${path[to] ?? 'none'}`).sort();
}

function toJson(node: unknown): unknown {
  return typeof node === 'object' && node !== null && 'toJSON' in node && typeof node.toJSON === 'function'
    ? (node.toJSON() as unknown)
    : node;
}

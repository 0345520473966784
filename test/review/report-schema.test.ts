import * as fc from 'fast-check';
import type * as z from 'zod';
import type { Diff, Review } from '../../review/report';
import { type diffSchema, readReview, type reviewSchema } from '../../review/report-schema';
import { hostileReview } from '../helpers/hostile-review';
import { findingWith, reviewWith, stackReview } from '../helpers/reviews';
import { designed } from '../helpers/snapshots';

type Loose<T> = T extends readonly (infer Item)[]
  ? Loose<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Loose<T[Key]> }
    : T;

type Equal<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;

/** A field that is in one of them alone, or of another type, does not compile (npm run typecheck). */
const SAME: readonly [
  Equal<Loose<z.output<typeof reviewSchema>>, Loose<Review>>,
  Equal<Loose<z.output<typeof diffSchema>>, Loose<Diff>>,
] = [true, true];

test('the schema and the types say the same', () => {
  expect(SAME).toEqual([true, true]);
});

test('a review that is written is read', () => {
  const review = reviewWith({
    stacks: [stackReview(designed(), designed({ network: { ipv4: '10.47.0.0/20' } }))!],
    findings: [findingWith()],
  });
  const json: unknown = JSON.parse(JSON.stringify(review));

  expect(readReview(json)).toEqual(json);
});

test('texts may be anything', () => {
  fc.assert(
    fc.property(hostileReview, (review) => {
      expect(readReview(JSON.parse(JSON.stringify(review)))).toBeDefined();
    }),
    { numRuns: 50 },
  );
});

test('what is no review is none, whatever it is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      expect(readReview(json)).toBeUndefined();
    }),
  );
});

const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

test.each([
  ['a field too many', JSON.stringify({ ...reviewWith(), more: 1 })],
  ['a prototype', `{"__proto__": {"passes": true}, ${JSON.stringify(reviewWith()).slice(1)}`],
  ['a constructor', `{"constructor": {"prototype": {}}, ${JSON.stringify(reviewWith()).slice(1)}`],
  ['another version', JSON.stringify({ ...reviewWith(), version: 2 })],
  ['a date that is none', JSON.stringify({ ...reviewWith(), validAt: 'now --> <b>' })],
  [
    'a fingerprint that is none',
    JSON.stringify(reviewWith()).replace('"stacks":[]', '"stacks":[{"fingerprint":"/merge"}]'),
  ],
  ['10 MB of a text', JSON.stringify('x'.repeat(10_000_000))],
  ['lists that are deep', deep(5000)],
  [
    'lists that are deep in a field',
    JSON.stringify({ ...reviewWith(), notes: 0 }).replace('"notes":0', `"notes":${deep(5000)}`),
  ],
  ['nothing', 'null'],
])('of %s it makes no review, and does not fall over', (_, text) => {
  expect(readReview(JSON.parse(text))).toBeUndefined();
  expect(({} as Record<string, unknown>).passes).toBeUndefined();
});

test('10 MB of changes are read', () => {
  const stack = stackReview(designed(), designed({ network: { ipv4: '10.47.0.0/20' } }))!;
  const changes = Array.from({ length: 20_000 }, (_, index) => ({
    address: `aws_route.r${index}`,
    type: 'aws_route',
    action: 'update' as const,
    attributes: [{ path: 'p', after: 'x'.repeat(500) }],
  }));

  expect(readReview(JSON.parse(JSON.stringify(reviewWith({ stacks: [{ ...stack, changes }] }))))!.stacks).toHaveLength(
    1,
  );
});

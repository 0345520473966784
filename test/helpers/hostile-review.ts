import * as fc from 'fast-check';
import { HOPS } from '../../policy/hops/hop';
import { ACTIONS, type AttributeChange, type Diff, type ResourceChange, type Review } from '../../review/report';
import { HOSTILE } from './markdown';

/** Any text, above all those that would do something if they were let. */
export const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
);

const value = fc.oneof(hostileText, fc.array(hostileText, { maxLength: 2 }), fc.constant({ 'a\n```': '|' }));

const optional = { requiredKeys: [] as [] };

const attribute: fc.Arbitrary<AttributeChange> = fc
  .tuple(
    fc.record({ path: hostileText }),
    fc.record(
      { before: value, after: value, sensitive: fc.constant(true as const), replaces: fc.constant(true as const) },
      optional,
    ),
  )
  .map(([one, other]) => ({ ...one, ...other }));

const change: fc.Arbitrary<ResourceChange> = fc
  .tuple(
    fc.record({
      address: hostileText,
      type: hostileText,
      action: fc.constantFrom(...ACTIONS),
      attributes: fc.array(attribute, { maxLength: 3 }),
    }),
    fc.record(
      {
        from: hostileText,
        unwritten: fc.constant(true as const),
        predicted: fc.constant(true as const),
        reasons: fc.array(hostileText, { maxLength: 5 }),
        holds: hostileText,
        construct: hostileText,
      },
      optional,
    ),
  )
  .map(([one, other]) => ({ ...one, ...other }));

const changes = fc.array(change, { maxLength: 4 });

const stackDiff = {
  stack: hostileText,
  presence: fc.constantFrom('both' as const, 'new' as const, 'gone' as const),
  by: fc.constantFrom('plan' as const, 'synth' as const),
  changes,
  settings: fc.array(attribute, { maxLength: 2 }),
  drift: changes,
};

const state = fc.constantFrom('open' as const, 'closed' as const, 'unknown' as const);

const familyChange = fc.record(
  {
    before: state,
    after: state,
    was: fc.array(hostileText, { maxLength: 3 }),
    is: fc.array(hostileText, { maxLength: 3 }),
  },
  optional,
);

const family = fc.constantFrom('ipv4' as const, 'ipv6' as const);

const source = fc.record({ file: hostileText, line: fc.nat() });

const stackReview = fc
  .tuple(
    fc.record({
      ...stackDiff,
      causes: fc.array(
        fc
          .tuple(
            fc.record({ path: hostileText, counts: fc.constant({ create: 1 }) }),
            fc.record({ source, before: value, after: value }, optional),
          )
          .map(([one, other]) => ({ ...one, ...other })),
        { maxLength: 3 },
      ),
      exposure: fc.array(
        fc.record({
          subject: hostileText,
          text: hostileText,
          kind: fc.constantFrom('opened' as const, 'closed' as const, 'moved' as const),
          families: fc.array(family, { maxLength: 2 }),
        }),
        { maxLength: 12 },
      ),
      paths: fc.array(
        fc
          .tuple(
            fc.record({
              names: fc.array(hostileText, { maxLength: 5 }),
              hops: fc.array(fc.record({ hop: fc.constantFrom(...HOPS), ipv4: familyChange, ipv6: familyChange }), {
                maxLength: 3,
              }),
            }),
            fc.record({ levelBefore: hostileText, levelAfter: hostileText }, optional),
          )
          .map(([one, other]) => ({ ...one, ...other })),
        { maxLength: 4 },
      ),
      addresses: fc.array(
        fc
          .tuple(
            fc.record({ name: hostileText, family }),
            fc.record({ before: hostileText, after: hostileText }, optional),
          )
          .map(([one, other]) => ({ ...one, ...other })),
        { maxLength: 2 },
      ),
    }),
    fc.record({ fingerprint: fc.constant('0'.repeat(64)) }, optional),
  )
  .map(([one, other]) => ({ ...one, ...other }));

const finding = fc
  .tuple(
    fc.record({
      rule: hostileText,
      severity: fc.constantFrom('error' as const, 'warning' as const, 'notice' as const),
      result: fc.constantFrom('fail' as const, 'unknown' as const, 'waived' as const),
      address: hostileText,
      message: hostileText,
      fix: hostileText,
      stack: hostileText,
      status: fc.constantFrom('new' as const, 'fixed' as const, 'unchanged' as const),
    }),
    fc.record(
      {
        construct: hostileText,
        source,
        waiver: fc.record({ reason: hostileText, owner: hostileText, expires: hostileText }),
      },
      optional,
    ),
  )
  .map(([one, other]) => ({ ...one, ...other }));

const sides = { version: fc.constant(1 as const), base: hostileText, head: hostileText, same: fc.nat() };

/** A diff of which every text is hostile. */
export const hostileDiff: fc.Arbitrary<Diff> = fc.record({
  ...sides,
  stacks: fc.array(fc.record(stackDiff), { maxLength: 4 }),
});

/** A review of which every text is hostile, as a job that runs other people's code may write it. */
export const hostileReview: fc.Arbitrary<Review> = fc.record({
  ...sides,
  validAt: fc.constant('2026-11-24T00:00:00.000Z'),
  outcome: fc.constantFrom('untouched' as const, 'same' as const, 'changed' as const),
  passes: fc.boolean(),
  objections: fc.array(hostileText, { maxLength: 7 }),
  stacks: fc.array(stackReview, { maxLength: 5 }),
  findings: fc.array(finding, { maxLength: 8 }),
  expiring: fc.array(
    fc.record({
      rule: hostileText,
      at: hostileText,
      owner: hostileText,
      reason: hostileText,
      expires: hostileText,
      source,
    }),
    { maxLength: 2 },
  ),
  notes: fc.array(hostileText, { maxLength: 3 }),
});

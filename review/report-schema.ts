import * as z from 'zod';
import { HOPS } from '../policy/hops/hop';
import { ACTIONS, type Review } from './report';

const count = z.number().int().nonnegative();

const source = z.strictObject({ file: z.string(), line: count.optional(), column: count.optional() });

const attribute = z.strictObject({
  path: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  sensitive: z.literal(true).optional(),
  replaces: z.literal(true).optional(),
});

const action = z.enum(ACTIONS);

const change = z.strictObject({
  address: z.string(),
  type: z.string(),
  action,
  from: z.string().optional(),
  unwritten: z.literal(true).optional(),
  predicted: z.literal(true).optional(),
  reasons: z.array(z.string()).optional(),
  holds: z.string().optional(),
  construct: z.string().optional(),
  cause: z.string().optional(),
  attributes: z.array(attribute),
});

const stackDiff = z.strictObject({
  stack: z.string(),
  presence: z.enum(['both', 'new', 'gone']),
  by: z.enum(['plan', 'synth']),
  changes: z.array(change),
  settings: z.array(attribute),
  drift: z.array(change),
});

const state = z.enum(['open', 'closed', 'unknown']);

const familyChange = z.strictObject({
  before: state.optional(),
  after: state.optional(),
  was: z.array(z.string()).optional(),
  is: z.array(z.string()).optional(),
});

const family = z.enum(['ipv4', 'ipv6']);

const stackReview = stackDiff.extend({
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  causes: z.array(
    z.strictObject({
      source: source.optional(),
      path: z.string(),
      before: z.unknown().optional(),
      after: z.unknown().optional(),
      counts: z.partialRecord(action, count),
    }),
  ),
  exposure: z.array(
    z.strictObject({
      subject: z.string(),
      text: z.string(),
      kind: z.enum(['opened', 'closed', 'moved']),
      families: z.array(family),
    }),
  ),
  paths: z.array(
    z.strictObject({
      names: z.array(z.string()),
      levelBefore: z.string().optional(),
      levelAfter: z.string().optional(),
      hops: z.array(z.strictObject({ hop: z.enum(HOPS), ipv4: familyChange, ipv6: familyChange })),
    }),
  ),
  addresses: z.array(
    z.strictObject({ name: z.string(), family, before: z.string().optional(), after: z.string().optional() }),
  ),
});

const finding = z.strictObject({
  rule: z.string(),
  severity: z.enum(['error', 'warning', 'notice']),
  result: z.enum(['fail', 'unknown', 'waived']),
  address: z.string(),
  message: z.string(),
  fix: z.string(),
  stack: z.string(),
  hop: z.enum(HOPS).optional(),
  construct: z.string().optional(),
  source: source.optional(),
  waiver: z.strictObject({ reason: z.string(), owner: z.string(), expires: z.string() }).optional(),
  known: z.literal(true).optional(),
  inferred: z.literal(true).optional(),
  status: z.enum(['new', 'fixed', 'unchanged']),
});

/** What `portal6 diff --format json` writes. */
export const diffSchema = z.strictObject({
  version: z.literal(1),
  base: z.string(),
  head: z.string(),
  stacks: z.array(stackDiff),
  same: count,
});

/** What `portal6 review --format json` writes. */
export const reviewSchema = z.strictObject({
  version: z.literal(1),
  base: z.string(),
  head: z.string(),
  validAt: z.iso.datetime(),
  outcome: z.enum(['untouched', 'same', 'changed']),
  passes: z.boolean(),
  objections: z.array(z.string()),
  stacks: z.array(stackReview),
  same: count,
  findings: z.array(finding),
  expiring: z.array(
    z.strictObject({
      rule: z.string(),
      at: z.string(),
      owner: z.string(),
      reason: z.string(),
      expires: z.string(),
      source,
    }),
  ),
  notes: z.array(z.string()),
});

/** A review out of JSON; undefined where it is none. */
export function readReview(json: unknown): Review | undefined {
  return reviewSchema.safeParse(json).data;
}

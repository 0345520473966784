import { reviewStack } from '../../review/review';
import type { Review, ReviewFinding, StackReview } from '../../review/report';
import type { Snapshot } from '../../review/snapshot';
import { concluded } from '../../review/verdict';

/** The review of one stack, from its two sides. */
export function stackReview(before: Snapshot | undefined, after: Snapshot | undefined): StackReview | undefined {
  const stack = (after ?? before)!.stack;
  return reviewStack({ stack, before, after, edits: [], keysOf: () => undefined }).review;
}

/** A stack without changes, with those of a test. */
export function stackWith(extra: Partial<StackReview> = {}): StackReview {
  return {
    stack: 'hue-production',
    presence: 'both',
    by: 'synth',
    changes: [],
    settings: [],
    drift: [],
    causes: [],
    exposure: [],
    paths: [],
    addresses: [],
    ...extra,
  };
}

/** A finding, with what a test changes. */
export function findingWith(extra: Partial<ReviewFinding> = {}): ReviewFinding {
  return {
    rule: 'V6-SG-001',
    severity: 'error',
    result: 'fail',
    address: 'aws_security_group.edge',
    message: 'port 443 is not open',
    fix: 'open it',
    stack: 'hue-production',
    status: 'new',
    ...extra,
  };
}

/** A review of some stacks and findings, with its verdict. */
export function reviewWith(
  extra: Partial<Omit<Review, 'passes' | 'objections'>> = {},
  allowed: readonly string[] = [],
): Review {
  return concluded(
    {
      version: 1,
      base: 'main (1a2b3c4d)',
      head: '5e6f7a8b',
      validAt: '2026-11-24T00:00:00.000Z',
      outcome: 'changed',
      stacks: [],
      same: 0,
      findings: [],
      expiring: [],
      notes: [],
      ...extra,
    },
    allowed,
    0,
  );
}

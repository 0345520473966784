import { commentOf } from '../../review/comment';
import { findingWith, reviewWith, stackWith } from '../helpers/reviews';

const changes = (...actions: ('create' | 'delete' | 'update' | 'replace')[]) =>
  stackWith({
    changes: actions.map((action) => ({ address: `aws_route.${action}`, type: 'aws_route', action, attributes: [] })),
  });

test.each(['untouched', 'same'] as const)('of nothing, nothing is said: %s', (outcome) => {
  expect(commentOf(reviewWith({ outcome }), {})).toMatchObject({ body: undefined, labels: ['portal6: no-changes'] });
});

test('an earlier comment says then that nothing is left to say', () => {
  expect(commentOf(reviewWith({ outcome: 'same' }), {}).quiet).toBe('**No change: the stacks are the same**');
});

test('what is newly wrong is said, be the stacks the same: a waiver may have gone', () => {
  expect(commentOf(reviewWith({ outcome: 'same', findings: [findingWith()] }), {}).body).toContain(
    'Blocked: 1 new error',
  );
});

test.each([
  ['portal6: add-or-update', changes('create', 'update')],
  ['portal6: destroy', changes('create', 'delete')],
  ['portal6: destroy', changes('replace')],
])('the label says the worst: %s', (label, stack) => {
  expect(commentOf(reviewWith({ stacks: [stack] }), {}).labels).toEqual([label]);
});

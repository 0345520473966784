import { concluded, unusedLeave, verdictText } from '../../review/verdict';
import { findingWith, reviewWith, stackWith } from '../helpers/reviews';

const replacing = stackWith({
  changes: [
    { address: 'aws_vpc.v', type: 'aws_vpc', action: 'replace', holds: 'its address blocks', attributes: [] },
    { address: 'aws_route.r', type: 'aws_route', action: 'replace', attributes: [] },
  ],
});

test('a new error blocks, and one that was there before does not', () => {
  expect(reviewWith({ findings: [findingWith()] })).toMatchObject({ passes: false, objections: ['1 new error'] });
  expect(
    reviewWith({
      findings: [
        findingWith({ status: 'unchanged' }),
        findingWith({ severity: 'warning' }),
        findingWith({ result: 'waived' }),
      ],
    }).passes,
  ).toBe(true);
});

test('what holds something is not replaced without leave', () => {
  expect(reviewWith({ stacks: [replacing] }).objections).toEqual([
    'hue-production replaces 1 resource that holds addresses, names or data',
  ]);
});

test.each(['aws_vpc.v', 'hue-production:aws_vpc.v', 'hue-production'])('leave is given by %s', (allowed) => {
  expect(reviewWith({ stacks: [replacing] }, [allowed]).passes).toBe(true);
});

test.each(['aws_route.r', 'hue-staging:aws_vpc.v', 'hue'])('leave is not given by %s', (allowed) => {
  expect(reviewWith({ stacks: [replacing] }, [allowed]).passes).toBe(false);
});

test('a deletion was asked for, and blocks nothing', () => {
  const stack = stackWith({
    changes: [{ address: 'aws_vpc.v', type: 'aws_vpc', action: 'delete', holds: 'all', attributes: [] }],
  });

  expect(reviewWith({ stacks: [stack] }).passes).toBe(true);
});

test('mistakes in the files block: not all can be reviewed', () => {
  const { passes: _, objections: __, ...reviewed } = reviewWith();

  expect(concluded(reviewed, [], 2).objections).toEqual(['2 mistakes in agency files']);
});

test.each([
  [reviewWith({ outcome: 'untouched' }), 'Nothing to review: no file that makes stacks has changed'],
  [reviewWith({ outcome: 'same' }), 'No change: the stacks are the same'],
  [
    reviewWith({
      stacks: [stackWith()],
      findings: [findingWith({ severity: 'notice' }), findingWith({ status: 'fixed' })],
    }),
    'Passed: 1 stack changed, 1 new finding, 1 fixed',
  ],
  [
    reviewWith({ stacks: [replacing], findings: [findingWith()] }),
    'Blocked: 1 new error; hue-production replaces 1 resource that holds addresses, names or data',
  ],
])('the verdict is one sentence', (review, text) => {
  expect(verdictText(review)).toBe(text);
});

test('a stack that goes to another account or region is stopped, unless the stack is allowed to', () => {
  const settings = [{ path: 'provider.aws.region', before: 'ap-southeast-1', after: 'ap-northeast-1' }];
  const stacks = [stackWith({ settings })];

  expect(reviewWith({ stacks }).objections).toEqual(['hue-production goes to another account or region']);
  expect(reviewWith({ stacks }, ['hue-production']).passes).toBe(true);
});

test('what is newly waived is counted', () => {
  expect(verdictText(reviewWith({ outcome: 'same', findings: [findingWith({ result: 'waived' })] }))).toBe(
    'No change: the stacks are the same, 1 newly waived',
  );
});

test('leave for what is not replaced is told, for it may be a typing error', () => {
  const allowed = ['aws_vpc.v', 'hue-production:aws_vpc.v', 'hue-production', 'aws_route.r', 'hue-prodution'];

  expect(unusedLeave(reviewWith({ stacks: [replacing] }), allowed)).toEqual(['aws_route.r', 'hue-prodution']);
});

import type { ReportFinding } from '../../policy/report';
import { comparedFindings } from '../../review/findings';

const finding = (extra: Partial<ReportFinding> = {}): ReportFinding => ({
  rule: 'V6-SG-001',
  severity: 'error',
  result: 'fail',
  address: 'aws_security_group.edge',
  message: 'port 443 is not open',
  fix: 'open it',
  stack: 'hue-production',
  ...extra,
});

const statuses = (...args: Parameters<typeof comparedFindings>) =>
  comparedFindings(...args).map(({ status, message }) => `${status} ${message}`);

test('what both sides have is unchanged, whatever its line and words', () => {
  const after = finding({ message: 'port 80 is not open', source: { file: 'hue.yaml', line: 9 } });

  expect(statuses([finding()], [after])).toEqual(['unchanged port 80 is not open']);
});

test('what only one side has is new, or fixed', () => {
  expect(statuses([finding({ rule: 'V6-RT-001', message: 'no route' })], [finding()])).toEqual([
    'new port 443 is not open',
    'fixed no route',
  ]);
});

test('of several about one resource those are paired that say the same', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((message) => finding({ message }));

  expect(statuses([a!, b!], [b!, c!])).toEqual(['unchanged b', 'unchanged c']);
  expect(statuses([b!], [a!, b!])).toEqual(['new a', 'unchanged b']);
});

test('the same in another stack is another finding', () => {
  expect(statuses([finding({ stack: 'hue-staging' })], [finding()])).toEqual([
    'new port 443 is not open',
    'fixed port 443 is not open',
  ]);
});

test('what was waived and is not any more is new', () => {
  expect(statuses([finding({ result: 'waived' })], [finding()])).toEqual(['new port 443 is not open']);
});

test('a resource that moved keeps its findings', () => {
  const moved = new Map([['hue-production aws_security_group.old', 'aws_security_group.edge']]);

  expect(statuses([finding({ address: 'aws_security_group.old' })], [finding()], moved)).toEqual([
    'unchanged port 443 is not open',
  ]);
});

test('what is waived from now on is not called fixed', () => {
  expect(statuses([finding()], [finding({ result: 'waived' })])).toEqual(['new port 443 is not open']);
});

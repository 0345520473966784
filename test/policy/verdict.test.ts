import { countsOf, isDecisive, passes, placeOf, summaryLine, worstFirst } from '../../policy/verdict';
import { finding, OF_EACH_KIND, report, WAIVER } from '../helpers/report';

test.each([
  ['error', ['error']],
  ['warning', ['error', 'warning']],
  ['unknown', ['error', 'warning', 'unknown']],
  ['never', []],
] as const)('with --fail-on %s, what decides is %j', (failOn, expected) => {
  const deciding = OF_EACH_KIND.filter((one) => isDecisive(one, failOn));

  expect(deciding.map(({ result, severity }) => (result === 'unknown' ? 'unknown' : severity))).toEqual(expected);
});

test('what is waived or was there before lets a run pass', () => {
  expect(passes(report([finding({ result: 'waived', waiver: WAIVER }), finding({ known: true })]), 'unknown')).toBe(
    true,
  );
  expect(passes(report([finding()]), 'error')).toBe(false);
});

test('an unknown that the baseline has does not decide', () => {
  expect(isDecisive(finding({ result: 'unknown', known: true }), 'unknown')).toBe(false);
});

test.each([
  [[], 'Passed: 1 stack, 113 resources, 1 portal'],
  [[finding({ severity: 'notice' })], 'Passed, with 1 notice: 1 stack, 113 resources, 1 portal'],
  [
    OF_EACH_KIND,
    'Not passed: 1 error, 1 warning, 1 notice, 1 unknown, 1 waived, 1 known before (1 stack, 113 resources, 1 portal)',
  ],
])('sums up', (findings, expected) => {
  expect(summaryLine(report(findings), 'error')).toBe(expected);
});

test('counts nothing where there is nothing', () => {
  expect(countsOf(report())).toBe('');
});

test('puts errors first and keeps the order otherwise', () => {
  const sorted = worstFirst([
    finding({ severity: 'notice' }),
    finding({ address: 'b' }),
    finding({ address: 'a' }),
    finding({ severity: 'warning' }),
  ]);

  expect(sorted.map(({ severity, address }) => `${severity} ${address}`)).toEqual([
    'error b',
    'error a',
    'warning aws_route_table.public',
    'notice aws_route_table.public',
  ]);
});

test.each([
  [{ file: 'a.yaml', line: 3, column: 5 }, 'a.yaml:3:5'],
  [{ file: 'a.yaml', line: 3 }, 'a.yaml:3:1'],
  [{ file: 'plan.json' }, 'plan.json'],
  [undefined, undefined],
])('writes the place %j as %s', (source, expected) => {
  expect(placeOf(finding({ source }))).toBe(expected);
});

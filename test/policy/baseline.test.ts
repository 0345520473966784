import { UserError } from '../../core/errors';
import { markKnown, readBaseline } from '../../policy/baseline';
import type { ReportFinding } from '../../policy/report';

const finding = (props: Partial<ReportFinding> = {}): ReportFinding => ({
  rule: 'V6-LB-001',
  severity: 'error',
  result: 'fail',
  address: 'aws_lb.portal',
  message: 'answers over IPv4 alone',
  fix: 'Set ip_address_type to dualstack.',
  stack: 'hue-production',
  source: { file: 'config/agencies/hue.yaml', line: 30, column: 7 },
  ...props,
});

const baselineOf = (...findings: readonly ReportFinding[]) =>
  readBaseline(JSON.parse(JSON.stringify({ version: 1, summary: {}, findings, portals: [] })), 'before.json');

const known = (findings: readonly ReportFinding[], before: readonly ReportFinding[]) =>
  markKnown(findings, baselineOf(...before)).map((one) => one.known);

test('a failure that was there before is known, whatever its line, words and severity are now', () => {
  const now = finding({ source: { file: 'hue.yaml', line: 90 }, message: 'has no IPv6', severity: 'warning' });

  expect(markKnown([now], baselineOf(finding()))).toEqual([{ ...now, known: true }]);
});

test.each<[string, Partial<ReportFinding>]>([
  ['of another rule', { rule: 'V6-LB-002' }],
  ['at another address', { address: 'aws_lb.other' }],
  ['of another stack', { stack: 'hue-staging' }],
])('a failure %s is new', (_, props) => {
  expect(markKnown([finding(props)], baselineOf(finding()))).toEqual([finding(props)]);
});

test('of two with one identity, the one more than before is new', () => {
  expect(known([finding(), finding()], [finding()])).toEqual([undefined, true].reverse());
  expect(known([finding(), finding()], [finding(), finding()])).toEqual([true, true]);
  expect(known([finding()], [finding(), finding()])).toEqual([true]);
});

test('of two with one identity, the one with other words than before is new', () => {
  const [one, other, third] = ['port 22', 'port 80', 'port 443'].map((message) => finding({ message }));

  expect(known([one!, other!], [other!])).toEqual([undefined, true]);
  expect(known([one!, other!, third!], [other!, finding()])).toEqual([true, true, undefined]);
});

test('what was waived or unknown before is new when it fails', () => {
  const waiver = { reason: 'Switched off in March.', owner: 'Hue', expires: '2026-09-30' };

  expect(known([finding()], [finding({ result: 'waived', waiver })])).toEqual([undefined]);
  expect(known([finding()], [finding({ result: 'unknown' })])).toEqual([undefined]);
});

test('what was known in the baseline itself stays known', () => {
  expect(known([finding()], [finding({ known: true })])).toEqual([true]);
});

test('what is waived or unknown now needs no mark', () => {
  expect(known([finding({ result: 'waived' }), finding({ result: 'unknown' })], [finding()])).toEqual([
    undefined,
    undefined,
  ]);
});

test('nobody gets used to an expired waiver', () => {
  const expired = finding({ rule: 'V6-WVR-001' });

  expect(known([expired], [expired])).toEqual([undefined]);
});

test('the baseline can be used again', () => {
  const baseline = baselineOf(finding());

  expect(markKnown([finding()], baseline)).toEqual(markKnown([finding()], baseline));
});

test.each([
  ['nothing', null],
  ['a list', []],
  ['a plan', { format_version: '1.2', planned_values: {} }],
  ['a report of another version', { version: 2, findings: [] }],
  ['the result of another command', { version: 1, stacks: [] }],
  ['findings that are none', { version: 1, findings: [{ rule: 'V6-LB-001' }] }],
  ['findings that are no list', { version: 1, findings: {} }],
])('fails for %s with one line that says what is asked for', (_, json) => {
  const read = () => readBaseline(json, 'before.json');

  expect(read).toThrow(UserError);
  expect(read).toThrow(/^before\.json is no report of `portal6 check --format json`, version 1.*$/);
});

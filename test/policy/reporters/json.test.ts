import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { jsonReport } from '../../../policy/reporters/json';
import type { Report, ReportFinding, ReportPortal } from '../../../policy/report';
import { finding, OF_EACH_KIND, portal, report, WAIVER } from '../../helpers/report';

const schema: object = JSON.parse(
  readFileSync(join(__dirname, '..', '..', '..', 'docs', 'check-report.schema.json'), 'utf8'),
);
const validate = new Ajv({ allErrors: true }).compile(schema);

/** Every key that there is. */
const FULL_FINDING: Required<ReportFinding> = {
  ...(finding() as Required<ReportFinding>),
  result: 'waived',
  waiver: WAIVER,
  known: true,
  inferred: true,
};
const FULL_PORTAL: Required<ReportPortal> = {
  ...(portal({ dns: { ipv6: 'closed', reasons: ['publish AAAA'] } }) as Required<ReportPortal>),
  atLeast: true,
  missing: ['publish AAAA'],
};

test.each<[string, Report]>([
  ['nothing to say', report([], [])],
  ['findings of each kind', report(OF_EACH_KIND)],
  ['every key', report([FULL_FINDING], [FULL_PORTAL, portal({}, { name: undefined })])],
])('a report with %s is as its schema says', (_, one) => {
  validate(JSON.parse(jsonReport(one)));

  expect(validate.errors).toBeNull();
});

test('the schema refuses what is not in it', () => {
  expect(validate({ ...report(), more: 1 })).toBe(false);
  expect(validate(report([{ ...finding(), result: 'pass' as 'fail' }]))).toBe(false);
  expect(validate(report([], [portal({}, { level: 5 })]))).toBe(false);
});

test('is text that people can read, with a last newline', () => {
  expect(jsonReport(report([], []))).toMatch(/^\{\n {2}"version": 1,\n[^]*\}\n$/);
});

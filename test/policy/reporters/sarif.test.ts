import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { sarifReport } from '../../../policy/reporters/sarif';
import type { ReportContext, ReportFinding } from '../../../policy/report';
import { RULES } from '../../../policy/rules';
import { context, finding, OF_EACH_KIND, report, RULE } from '../../helpers/report';

const ROOT = join(__dirname, '..', '..', '..');
/** SARIF 2.1.0 of OASIS, as Microsoft's matchers for jest bring it; of JSON Schema's draft 4 it uses what later ones know. */
const {
  $schema: _,
  id: __,
  ...schema
} = JSON.parse(
  readFileSync(join(ROOT, 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
) as Record<string, unknown>;
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
ajv.addFormat('uri', (text) => URL.canParse(text));
ajv.addFormat('uri-reference', (text) => URL.canParse(text, 'file:///') && !/[\s\\\u0080-\uFFFF]/.test(text));
ajv.addFormat('date-time', (text) => !Number.isNaN(Date.parse(text)));
const validate = ajv.compile(schema);

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly Record<string, unknown>[] } };
      readonly results: readonly (Record<string, unknown> & {
        readonly ruleIndex: number;
        readonly partialFingerprints: Readonly<Record<string, string>>;
      })[];
    },
  ];
}

test.each<[string, readonly ReportFinding[], Partial<ReportContext>]>([
  ['nothing to say', [], {}],
  ['findings of each kind', OF_EACH_KIND, {}],
  ['a baseline', OF_EACH_KIND, { baseline: true }],
  [
    'a finding about no resource',
    [finding({ stack: '', address: 'V6-*', source: undefined, construct: undefined })],
    {},
  ],
  ['files with odd names', [finding({ source: { file: 'thử nghiệm/a b#c?.yaml', line: 1 } })], {}],
  ['a file elsewhere', [finding({ source: { file: '/tmp/a b/plan.json' } })], {}],
  ['every rule', RULES.map(({ id }) => finding({ rule: id })), { rules: RULES }],
])('a log with %s is as the SARIF schema says', (_title, findings, changes) => {
  validate(JSON.parse(sarifReport(report(findings), context(changes))));

  expect(validate.errors).toBeNull();
});

test('the schema refuses what is no SARIF', () => {
  const log = JSON.parse(sarifReport(report(OF_EACH_KIND), context())) as Log;

  expect(validate({ ...log, version: '3' })).toBe(false);
  expect(validate(JSON.parse(JSON.stringify(log).replace('"open"', '"unknown"')))).toBe(false);
  expect(validate(JSON.parse(JSON.stringify(log).replace('"config/agencies/hue.yaml"', '"a b.yaml"')))).toBe(false);
});

test('results point to their rule, which brings its help', () => {
  const [run] = logOf(OF_EACH_KIND).runs;

  expect(run.tool.driver.rules).toEqual([
    {
      id: 'V6-RT-001',
      name: 'ATableThatLeadsIPv4ToTheInternetLeadsIPv6ThereToo',
      shortDescription: { text: `${RULE.title}.` },
      fullDescription: { text: RULE.why },
      help: {
        text: expect.stringContaining(`Fix: ${RULE.fix}`) as string,
        markdown: expect.stringContaining('**Fix.**') as string,
      },
      helpUri: 'https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html',
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['ipv6', 'parity', 'routing'] },
    },
  ]);
  for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
});

test('a finding is at its line, its address and its construct', () => {
  const [{ results }] = logOf([finding()]).runs;

  expect(results).toMatchObject([
    {
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'config/agencies/hue.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 18, startColumn: 7 },
          },
          logicalLocations: [
            { fullyQualifiedName: 'aws_route_table.public' },
            { fullyQualifiedName: 'hue-production/network/public/route-table' },
          ],
        },
      ],
    },
  ]);
});

test('levels, kinds and suppressions tell what counts', () => {
  const [{ results }] = logOf(OF_EACH_KIND, { baseline: true }).runs;
  const told = Object.fromEntries(
    results.map(({ locations, level, kind, suppressions, baselineState }) => [
      /aws_route_table\.(\w+)/.exec(JSON.stringify(locations))![1],
      [level, kind, suppressions, baselineState],
    ]),
  );

  expect(told).toEqual({
    public: ['error', undefined, undefined, 'new'],
    warned: ['warning', undefined, undefined, 'new'],
    noticed: ['note', undefined, undefined, 'new'],
    hidden: ['none', 'open', undefined, 'new'],
    waived: [
      'error',
      undefined,
      [
        {
          kind: 'external',
          status: 'accepted',
          justification: 'the data center follows in 2027 (net@hue.gov.vn, until 2027-01-31)',
        },
      ],
      'new',
    ],
    known: ['error', undefined, undefined, 'unchanged'],
  });
});

test('a finding keeps its fingerprint when its line or its words change, and no other has it', () => {
  const fingerprints = (...findings: ReportFinding[]) =>
    logOf(findings).runs[0].results.map(({ partialFingerprints }) => partialFingerprints['portal6/v1']);
  const [before] = fingerprints(finding());
  const [moved] = fingerprints(finding({ message: 'other words', source: { file: 'x.yaml', line: 99 } }));
  const many = fingerprints(
    finding(),
    finding({ message: 'a second of the same rule' }),
    finding({ address: 'aws_route_table.other' }),
    finding({ stack: 'other' }),
    finding({ rule: 'V6-VPC-001' }),
  );

  expect(moved).toBe(before);
  expect(many).toContain(before);
  expect(new Set(many).size).toBe(5);
});

function logOf(findings: readonly ReportFinding[], changes: Partial<ReportContext> = {}): Log {
  return JSON.parse(sarifReport(report(findings), context(changes))) as Log;
}

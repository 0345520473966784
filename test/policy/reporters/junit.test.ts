import { SaxesParser } from 'saxes';
import { junitReport } from '../../../policy/reporters/junit';
import type { ReportContext, ReportFinding } from '../../../policy/report';
import { context, finding, OF_EACH_KIND, QUIET_RULE, report, RULE, WAIVER } from '../../helpers/report';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** What CI servers read, and in which of its elements each may stand: the schema that Jenkins publishes. */
const DIALECT: Readonly<
  Record<string, { readonly attributes: readonly string[]; readonly children: readonly string[] }>
> = {
  testsuites: { attributes: ['name', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: { attributes: ['name', 'tests', 'failures', 'errors', 'skipped'], children: ['testcase'] },
  testcase: { attributes: ['name', 'classname'], children: ['failure', 'skipped', 'system-out'] },
  failure: { attributes: ['message', 'type'], children: [] },
  skipped: { attributes: ['message'], children: [] },
  'system-out': { attributes: [], children: [] },
};

test.each<[string, readonly ReportFinding[], Partial<ReportContext>]>([
  ['nothing to say', [], {}],
  ['no stack', [], { stacks: [] }],
  ['findings of each kind', OF_EACH_KIND, {}],
  ['findings of each kind that all count', OF_EACH_KIND, { failOn: 'unknown' }],
  ['a finding about no resource', [finding({ stack: '', rule: 'V6-WAIVER-001' })], {}],
])('a report with %s is XML of the dialect', (_, findings, changes) => {
  expect(() => conforms(parse(junitReport(report(findings), context(changes))))).not.toThrow();
});

test('a suite for each stack, a case for each rule, red where the run is', () => {
  const root = parsed([finding(), finding({ address: 'aws_route_table.b' })], {
    stacks: ['hue-production', 'langson'],
  });
  const [hue, langson] = root.children;

  expect(root.attributes).toEqual({ name: 'portal6 check', tests: '4', failures: '1', errors: '0' });
  expect(hue!.attributes).toEqual({ name: 'hue-production', tests: '2', failures: '1', errors: '0', skipped: '0' });
  expect(langson!.attributes).toEqual({ name: 'langson', tests: '2', skipped: '0' });
  expect(hue!.children.map(({ attributes: { name, classname } }) => [classname, name])).toEqual([
    ['hue-production', `V6-RT-001 ${RULE.title}`],
    ['hue-production', `V6-VPC-001 ${QUIET_RULE.title}`],
  ]);
  const [failure] = hue!.children[0]!.children;
  expect(failure).toMatchObject({
    name: 'failure',
    attributes: { type: 'error', message: expect.stringMatching(/^aws_route_table.b: .* \(and 1 more\)$/) as string },
  });
  expect(failure!.text).toContain(`at config/agencies/hue.yaml:18:7\n  hop: route\n  fix: ${RULE.fix}`);
});

test.each<[string, Partial<ReportFinding>, string]>([
  ['unknown', { result: 'unknown', message: 'hidden' }, 'unknown: hidden'],
  ['waived', { result: 'waived', waiver: WAIVER }, 'waived: the data center follows in 2027'],
  ['known before', { known: true, message: 'as it was' }, 'known before: as it was'],
])('a rule with nothing but what is %s is skipped', (_, changes, message) => {
  const [suite] = parsed([finding(changes)]).children;

  expect(suite!.attributes.skipped).toBe('1');
  expect(suite!.children[0]!.children[0]).toMatchObject({ name: 'skipped', attributes: { message } });
});

test('a finding below --fail-on is output of a case that passes', () => {
  const warning = finding({ severity: 'warning' });
  const [green] = parsed([warning]).children;
  const [red] = parsed([warning], { failOn: 'warning' }).children;

  expect(green!.children[0]!.children.map(({ name }) => name)).toEqual(['system-out']);
  expect(red!.children[0]!.children.map(({ name }) => name)).toEqual(['failure']);
});

test('what a user wrote stays text, and what XML has no place for is replaced', () => {
  const message = 'a "quoted" <tag> & \u0000\u001B[31m ]]> \uD800 🇻🇳\r\nnew line';
  const [suite] = parsed([finding({ message, fix: message })]).children;
  const shown = 'a "quoted" <tag> & \uFFFD\uFFFD[31m ]]> \uFFFD 🇻🇳\r\nnew line';

  expect(suite!.children[0]!.children[0]!.attributes.message).toBe(`aws_route_table.public: ${shown}`);
  expect(suite!.children[0]!.children[0]!.text).toContain(shown);
});

function parsed(findings: readonly ReportFinding[], changes: Partial<ReportContext> = {}): Element {
  const root = parse(junitReport(report(findings), context(changes)));
  conforms(root);
  return root;
}

/** saxes refuses whatever is not well-formed XML 1.0. */
function parse(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser({ fragment: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => (open.at(-1)!.text += text));
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return root.children[0]!;
}

function conforms({ name, attributes, children }: Element): void {
  const allowed = DIALECT[name]!;
  for (const key of Object.keys(attributes)) expect(allowed.attributes).toContain(key);
  for (const child of children) {
    expect(allowed.children).toContain(child.name);
    conforms(child);
  }
  if (name === 'testsuite') {
    const count = (kind: string) => children.filter((one) => one.children.some((part) => part.name === kind)).length;
    expect(attributes).toMatchObject({ tests: String(children.length), skipped: String(count('skipped')) });
    expect(attributes.failures ?? '0').toBe(String(count('failure')));
  }
}

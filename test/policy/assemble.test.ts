import { assemble, type CheckedStack, reportOf } from '../../policy/assemble';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../../policy/rule';
import { readStackJson } from '../../policy/sources/stack-json';
import { production } from '../helpers/agency';

const rule: Rule = {
  id: 'V6-TST-001',
  title: 'A topic is as its name says',
  group: 'governance',
  kind: 'danger',
  severity: 'warning',
  hop: 'dns',
  types: ['aws_sns_topic'],
  why: 'why',
  fix: 'do this',
  sources: [],
  good: {},
  bad: {},
  check: (topic) => {
    const name = topic.known('name') ?? '';
    if (name === 'throws') throw new TypeError('no such thing\nsecond line');
    if (name === 'unknown') return unknown('cannot tell');
    return name === 'good' ? PASS : fail(`is ${name}`);
  },
};

test('says of each finding what it is about and where it comes from', () => {
  const { findings } = assemble(
    [
      {
        ...stack('hue-production', { x: { name: 'bad', '//': { metadata: { path: 'hue-production/topic' } } } }),
        originOf: ({ address }) => ({ source: { file: `${address}.yaml`, line: 3, column: 7 } }),
      },
    ],
    [rule],
  );

  expect(findings).toEqual([
    {
      rule: 'V6-TST-001',
      severity: 'warning',
      result: 'fail',
      address: 'aws_sns_topic.x',
      message: 'is bad',
      fix: 'do this',
      stack: 'hue-production',
      hop: 'dns',
      construct: 'hue-production/topic',
      source: { file: 'aws_sns_topic.x.yaml', line: 3, column: 7 },
    },
  ]);
});

test('counts, and sorts by stack, rule, address and message', () => {
  const assembly = assemble(
    [
      stack('b', { x: { name: 'unknown' }, g: { name: 'good' } }),
      stack('a', { y: { name: 'bad' }, x: { name: 'worse' } }),
    ],
    [rule],
  );
  const [unknownOne, ...rest] = assembly.findings;
  const report = reportOf(assembly, [
    ...rest,
    { ...rest[0]!, result: 'waived' },
    { ...rest[0]!, known: true },
    unknownOne!,
  ]);

  expect(report.summary).toEqual({
    stacks: 2,
    resources: 4,
    portals: 0,
    errors: 0,
    warnings: 2,
    notices: 0,
    unknown: 1,
    waived: 1,
    known: 1,
  });
  expect(report.findings.map(({ stack: id, address }) => `${id} ${address}`)).toEqual([
    'a aws_sns_topic.x',
    'a aws_sns_topic.x',
    'a aws_sns_topic.x',
    'a aws_sns_topic.y',
    'b aws_sns_topic.x',
  ]);
});

test('a rule that breaks down is a finding that names it, and the others go on', () => {
  const { findings, crashes } = assemble([stack('a', { x: { name: 'throws' }, y: { name: 'bad' } })], [rule]);

  expect(crashes).toMatchObject([
    { stack: 'a', rule: 'V6-TST-001', address: 'aws_sns_topic.x', error: expect.any(TypeError) },
  ]);
  expect(findings).toMatchObject([
    { address: 'aws_sns_topic.y', message: 'is bad' },
    {
      rule: 'V6-TST-001',
      severity: 'error',
      result: 'fail',
      address: 'aws_sns_topic.x',
      message: 'the rule broke down here, so nothing is known: TypeError: no such thing',
    },
  ]);
});

test('takes stacks one by one, as they come', () => {
  const events: string[] = [];
  function* stacks(): Generator<CheckedStack> {
    for (const id of ['a', 'b']) {
      events.push(`made ${id}`);
      yield stack(id, { x: { name: 'bad' } });
    }
  }
  assemble(stacks(), [{ ...rule, check: () => (events.push('judged'), undefined) }]);

  expect(events).toEqual(['made a', 'judged', 'made b', 'judged']);
});

test('each public name is a portal with its hops', () => {
  const { portals } = reportOf(assemble([{ stack: 'hue-production', graph: production() }], []));

  expect(portals.map(({ stack: id, name, level }) => [id, name, level])).toEqual([
    ['hue-production', 'portal.hue.gov.vn', 3],
    ['hue-production', 'www.hue.gov.vn', 3],
  ]);
  expect(portals[0]!.hops).toHaveLength(7);
  for (const { ipv4, ipv6 } of portals[0]!.hops) expect([ipv4, ipv6]).toEqual(['open', 'open']);
});

test('a portal whose next level is not known to be withheld is marked', () => {
  const one = (aws_lb: ExampleResources[string]) =>
    reportOf(assemble([stack('a', {}, { aws_lb })], [])).portals.map(({ level, atLeast }) => [level, atLeast]);

  expect(one({ main: { ip_address_type: '${var.type}' } })).toEqual([[0, true]]);
  expect(one({ main: { ip_address_type: 'ipv4' } })).toEqual([[0, undefined]]);
});

test('a hop that is shut says why, once for both families', () => {
  const { portals } = reportOf(
    assemble([stack('a', {}, { aws_lb: { main: { internal: false, load_balancer_type: 'application' } } })], []),
  );

  expect(portals).toHaveLength(1);
  expect(portals[0]).toMatchObject({ stack: 'a', edge: 'aws_lb.main', level: 0 });
  expect(portals[0]!.name).toBeUndefined();
  const edge = portals[0]!.hops.find(({ hop }) => hop === 'edge');
  expect(edge).toMatchObject({ ipv4: 'open', ipv6: 'closed', reasons: [expect.any(String)] });
});

function stack(id: string, topics: ExampleResources[string], more: ExampleResources = {}): CheckedStack {
  return { stack: id, graph: readStackJson({ resource: { aws_sns_topic: topics, ...more } }) };
}

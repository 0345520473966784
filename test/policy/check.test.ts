import { judge } from '../../policy/check';
import { fail, PASS, type Rule, type Verdict, unknown } from '../../policy/rule';
import { readStackJson } from '../../policy/sources/stack-json';

const graph = readStackJson({
  resource: {
    aws_vpc: { b: {}, a: {} },
    aws_subnet: { s: { vpc_id: '${aws_vpc.a.id}' } },
  },
});
const [b, a] = graph.ofType('aws_vpc');

function rule(id: string, types: readonly string[], check: Rule['check'], more: Partial<Rule> = {}): Rule {
  return {
    id,
    types,
    check,
    title: 'A rule of a test',
    group: 'addressing',
    kind: 'presence',
    severity: 'error',
    why: '',
    fix: 'mend it',
    sources: [],
    good: {},
    bad: {},
    ...more,
  };
}

const says =
  (...verdicts: Verdict[]): Rule['check'] =>
  () =>
    verdicts;

test('findings come by rule, address and message, with what the rule says of itself', () => {
  const rules = [rule('V6-B', ['aws_vpc'], says(fail('z'), fail('y'))), rule('V6-A', ['aws_subnet'], says(fail('x')))];

  expect(
    judge(graph, rules).findings.map(({ rule: id, resource, message }) => [id, resource.address, message]),
  ).toEqual([
    ['V6-A', 'aws_subnet.s', 'x'],
    ['V6-B', 'aws_vpc.a', 'y'],
    ['V6-B', 'aws_vpc.a', 'z'],
    ['V6-B', 'aws_vpc.b', 'y'],
    ['V6-B', 'aws_vpc.b', 'z'],
  ]);
  expect(judge(graph, rules).findings[0]).toMatchObject({ severity: 'error', fix: 'mend it', result: 'fail' });
});

test('a pass is no finding, and neither is having nothing to say', () => {
  const silent = rule('V6-A', ['aws_vpc'], () => undefined);

  expect(judge(graph, [silent, rule('V6-B', ['aws_vpc'], says(PASS))])).toEqual({ findings: [], crashes: [] });
});

test('a verdict may weigh less than its rule, and say another way out', () => {
  const mild = rule('V6-A', ['aws_subnet'], says(fail('x', { severity: 'notice', fix: 'or leave it' })));

  expect(judge(graph, [mild]).findings).toMatchObject([{ severity: 'notice', fix: 'or leave it' }]);
});

test('what is not known is a finding of its own kind', () => {
  expect(judge(graph, [rule('V6-A', ['aws_subnet'], says(unknown('who knows')))]).findings).toMatchObject([
    { result: 'unknown', message: 'who knows' },
  ]);
});

describe('a finding that another explains is left out', () => {
  const effect = rule('V6-Z', ['aws_subnet'], says(fail('no IPv6', { causes: [a!] })));

  test('where its cause has a finding', () => {
    const cause = rule('V6-A', ['aws_vpc'], (resource) => (resource === a ? fail('the root') : undefined));

    expect(judge(graph, [cause, effect]).findings.map(({ rule: id }) => id)).toEqual(['V6-A']);
  });

  test('and is there where its cause has none, or only an unknown', () => {
    const elsewhere = rule('V6-A', ['aws_vpc'], (resource) => (resource === b ? fail('another') : unknown('perhaps')));

    expect(judge(graph, [elsewhere, effect]).findings.map(({ rule: id }) => id)).toContain('V6-Z');
  });

  test('where a rule has a finding at its hop', () => {
    const path = rule('V6-P', ['aws_subnet'], says(fail('closed', { hop: 'route' })));
    const root = (hop: 'route' | 'edge') => rule('V6-A', ['aws_vpc'], says(fail('x')), { hop });

    expect(judge(graph, [path, root('route')]).findings.map(({ rule: id }) => id)).not.toContain('V6-P');
    expect(judge(graph, [path, root('edge')]).findings).toContainEqual(
      expect.objectContaining({ rule: 'V6-P', hop: 'route' }),
    );
  });
});

test('a rule that breaks down is told, and the others go on', () => {
  const broken = rule('V6-A', ['aws_subnet'], () => {
    throw new RangeError('ours');
  });
  const { findings, crashes } = judge(graph, [broken, rule('V6-B', ['aws_subnet'], says(fail('x')))]);

  expect(findings).toHaveLength(1);
  expect(crashes).toEqual([{ rule: 'V6-A', address: 'aws_subnet.s', error: new RangeError('ours') }]);
});

test('a finding rests on a guess where the link was the only candidate', () => {
  const hidden = readStackJson({ resource: { aws_vpc: { one: {} }, aws_subnet: { s: { vpc_id: '${var.vpc_id}' } } } });
  const guess = rule('V6-A', ['aws_subnet'], (subnet, all) =>
    all.referenceIn(subnet.value('vpc_id'), 'aws_vpc') ? fail('x') : undefined,
  );

  expect(judge(hidden, [guess]).findings).toMatchObject([{ inferred: true }]);
  expect(judge(graph, [guess]).findings).toMatchObject([{ inferred: false }]);
});

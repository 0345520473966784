import { judge } from '../../policy/check';
import { fail, unknown } from '../../policy/rule';
import { readStackJson } from '../../policy/sources/stack-json';
import { ruleOf, says } from '../helpers/rules';

const graph = readStackJson({
  resource: {
    aws_vpc: { b: {}, a: {} },
    aws_subnet: { s: { vpc_id: '${aws_vpc.a.id}' } },
  },
});
const [b, a] = graph.ofType('aws_vpc');

describe('a finding that another explains is left out', () => {
  const effect = ruleOf('V6-Z', ['aws_subnet'], says(fail('no IPv6', { causes: [a!] })));

  test('where its cause has a finding', () => {
    const cause = ruleOf('V6-A', ['aws_vpc'], (resource) => (resource === a ? fail('the root') : undefined));

    expect(judge(graph, [cause, effect]).findings.map(({ rule: id }) => id)).toEqual(['V6-A']);
  });

  test('and is there where its cause has none, or only an unknown', () => {
    const elsewhere = ruleOf('V6-A', ['aws_vpc'], (resource) =>
      resource === b ? fail('another') : unknown('perhaps'),
    );

    expect(judge(graph, [elsewhere, effect]).findings.map(({ rule: id }) => id)).toContain('V6-Z');
  });

  test('where the rule that it names has one there, and no other', () => {
    const named = ruleOf('V6-Z', ['aws_subnet'], says(fail('no IPv6', { causes: [{ rule: 'V6-A', resource: a! }] })));
    const about = (id: string) =>
      ruleOf(id, ['aws_vpc'], (resource) => (resource === a ? fail('the root') : undefined));

    expect(judge(graph, [about('V6-A'), named]).findings.map(({ rule: id }) => id)).toEqual(['V6-A']);
    expect(judge(graph, [about('V6-B'), named]).findings.map(({ rule: id }) => id)).toEqual(['V6-B', 'V6-Z']);
  });

  test('where its cause is left out for another in turn', () => {
    const root = ruleOf('V6-A', ['aws_vpc'], (resource) => (resource === b ? fail('the root') : undefined));
    const between = ruleOf('V6-B', ['aws_vpc'], (resource) =>
      resource === a ? fail('so', { causes: [b!] }) : undefined,
    );

    expect(judge(graph, [effect, between, root]).findings.map(({ rule: id }) => id)).toEqual(['V6-A']);
    expect(judge(graph, [effect, between]).findings.map(({ rule: id }) => id)).toEqual(['V6-B']);
  });

  test('but for the first of those that name each other', () => {
    const [subnet] = graph.ofType('aws_subnet');
    const other = ruleOf('V6-A', ['aws_vpc'], (resource) =>
      resource === a ? fail('no subnet', { causes: [subnet!] }) : undefined,
    );

    expect(judge(graph, [other, effect]).findings.map(({ rule: id }) => id)).toEqual(['V6-A']);
  });

  test('but never an error for what weighs less', () => {
    const mild = ruleOf('V6-A', ['aws_vpc'], (resource) => (resource === a ? fail('the root') : undefined), {
      severity: 'warning',
    });

    expect(judge(graph, [mild, effect]).findings.map(({ rule: id }) => id)).toEqual(['V6-A', 'V6-Z']);
  });

  test('at a hop of which the only finding is left out itself', () => {
    const root = ruleOf('V6-A', ['aws_vpc'], says(fail('the root')));
    const path = ruleOf('V6-P', ['aws_subnet'], says(fail('closed', { hop: 'route' })));

    expect(judge(graph, [root, { ...effect, hop: 'route' }, path]).findings.map(({ rule: id }) => id)).not.toContain(
      'V6-P',
    );
  });

  test('at a hop, where its cause has a finding about something else', () => {
    const path = ruleOf('V6-P', ['aws_subnet'], says(fail('closed', { hop: 'health', causes: [a!] })));

    expect(judge(graph, [ruleOf('V6-A', ['aws_vpc'], says(fail('x'))), path]).findings).not.toContainEqual(
      expect.objectContaining({ rule: 'V6-P' }),
    );
    expect(judge(graph, [path]).findings).toMatchObject([{ rule: 'V6-P' }]);
  });

  test('where a rule has a finding at its hop', () => {
    const path = ruleOf('V6-P', ['aws_subnet'], says(fail('closed', { hop: 'route' })));
    const root = (hop: 'route' | 'edge') => ruleOf('V6-A', ['aws_vpc'], says(fail('x')), { hop });

    expect(judge(graph, [path, root('route')]).findings.map(({ rule: id }) => id)).not.toContain('V6-P');
    expect(judge(graph, [path, root('edge')]).findings).toContainEqual(
      expect.objectContaining({ rule: 'V6-P', hop: 'route' }),
    );
  });
});

import { judge } from '../../policy/check';
import type { ResourceGraph } from '../../policy/resource-graph';
import type { Example, Rule } from '../../policy/rule';
import { RULES } from '../../policy/rules';
import { readPlanJson } from '../../policy/sources/plan';
import { readStackJson } from '../../policy/sources/stack-json';

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  test('passes its good example', () => {
    expect(resultsOf(rule, rule.good)).toContain('pass');
    expect(judge(graphOf(rule.good), [rule])).toEqual({ findings: [], crashes: [] });
  });

  test('fails its bad example, once', () => {
    const { findings, crashes } = judge(graphOf(rule.bad), [rule]);

    expect(crashes).toEqual([]);
    expect(findings).toMatchObject([{ rule: rule.id, result: 'fail' }]);
  });

  if (rule.unknown) {
    test('does not pretend to know its unknown example', () => {
      expect(judge(graphOf(rule.unknown!), [rule]).findings).toMatchObject([{ result: 'unknown' }]);
    });
  }

  test('is silent about resources that it is not about', () => {
    expect(judge(readStackJson({ resource: { aws_other_thing: { x: {} } } }), [rule]).findings).toEqual([]);
  });
});

function graphOf(example: Example): ResourceGraph {
  if ('plan' in example) return readPlanJson(example.plan);
  const types = Object.entries(example);
  const data = types.flatMap(([type, named]) =>
    type.startsWith('data.') ? [[type.slice('data.'.length), named]] : [],
  );
  return readStackJson({ resource: example, data: Object.fromEntries(data) as unknown });
}

function resultsOf(rule: Rule, example: Example): string[] {
  const graph = graphOf(example);
  return graph
    .ofType(...rule.types)
    .flatMap((resource) => rule.check(resource, graph) ?? [])
    .map(({ result }) => result);
}

import type { ResourceGraph } from '../../policy/resource-graph';
import type { Rule, Verdict } from '../../policy/rule';
import { readStackJson } from '../../policy/sources/stack-json';
import type { PlainResources } from './plain-stack';

/**
 * What a rule says of each resource: `pass aws_lb.portal`, `unknown aws_lb.portal: why`, `error aws_lb.portal: why`, or
 * nothing. Consequences are among it, whose causes another rule may speak of.
 */
export function verdictsOf(rule: Rule, input: ResourceGraph | PlainResources): string[] {
  const graph = 'ofType' in input ? (input as ResourceGraph) : readStackJson({ resource: input });
  const resources = [...graph.ofType(...rule.types), ...(rule.aboutDeletions ? graph.deleted(...rule.types) : [])];
  return resources.flatMap((resource) => {
    const verdicts = [rule.check(resource, graph) ?? []].flat() as Verdict[];
    return verdicts.map((verdict) => {
      const kind = verdict.result === 'fail' ? (verdict.severity ?? rule.severity) : verdict.result;
      return verdict.result === 'pass' ? `pass ${resource.address}` : `${kind} ${resource.address}: ${verdict.message}`;
    });
  });
}

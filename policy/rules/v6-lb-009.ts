import { type Family, parseCidr } from '../../core/cidr';
import { isDualStack, LISTENER_RULES, LISTENERS, loadBalancerOf } from '../facts/load-balancers';
import { edgesOf } from '../hops/edges';
import { handsOn } from '../hops/forwarded';
import { FAMILY_NAME } from '../hops/hop';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-LB-009',
  title: 'A listener rule by source address names both families',
  group: 'load balancing',
  kind: 'parity',
  severity: 'warning',
  types: LISTENER_RULES,
  why: 'A rule that names sources of one family never matches a client of the other: what it allows they do not get, and what it refuses they go around. Where nothing else forwards to the portal, it is there for one family alone, which is an error.',
  fix: 'Add the ranges of the same people in the other family to `source_ip.values`; a rule takes five values in all.',
  sources: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html'],
  good: stack(['203.0.113.0/24', '2001:db8::/48']),
  bad: stack(['203.0.113.0/24']),
  unknown: stack(['203.0.113.0/24', '${var.office}']),

  check(listenerRule, graph) {
    const listener = graph.referenceIn(listenerRule.value('listener_arn'), ...LISTENERS);
    const loadBalancer = listener && loadBalancerOf(graph, listener);
    if (!loadBalancer || !isDualStack(loadBalancer)) return undefined;
    const conditions = listenerRule.blocks('condition').flatMap((condition) => condition.blocks('source_ip'));
    return conditions.map((condition) => {
      const values = condition.list('values');
      const ranges = values.flatMap((value) => (typeof value === 'string' ? (parseCidr(value) ?? []) : []));
      const families = new Set(ranges.map(({ family }) => family));
      if (families.size === 2) return PASS;
      if (ranges.length < values.length || ranges.length === 0)
        return unknown('not all source addresses are known here');
      const [one, other] = families.has('ipv4') ? ['IPv4', 'IPv6'] : ['IPv6', 'IPv4'];
      const shut = familiesShutOut(graph, listenerRule, listener);
      return shut.length > 0
        ? fail(`all its source addresses are ${one}: clients over ${shut.join(' and ')} reach no target group`, {
            severity: 'error',
          })
        : fail(`all its source addresses are ${one}: clients over ${other} never match`);
    });
  },
};

/** The families that do not get to a portal because of a rule. */
function familiesShutOut(graph: ResourceGraph, listenerRule: Resource, listener: Resource): readonly string[] {
  const edges = edgesOf(graph).flatMap((edge) => [edge, ...edge.behind.found]);
  const served = edges.filter(({ httpsListener }) => httpsListener === listener);
  const families: readonly Family[] = ['ipv4', 'ipv6'];
  return families
    .filter((family) =>
      served.some((edge) =>
        handsOn(graph, edge, family).causes?.some((cause) => 'rule' in cause && cause.resource === listenerRule),
      ),
    )
    .map((family) => FAMILY_NAME[family]);
}

function stack(values: readonly string[]): ExampleResources {
  return {
    aws_lb: { portal: { ip_address_type: 'dualstack' } },
    aws_lb_listener: { https: { load_balancer_arn: '${aws_lb.portal.arn}', port: 443 } },
    aws_lb_listener_rule: {
      office: {
        listener_arn: '${aws_lb_listener.https.arn}',
        condition: [{ path_pattern: { values: ['/admin/*'] } }, { source_ip: { values } }],
      },
    },
  };
}

import { aliasTarget, isAlias, lacksHealth, recordName, targetName, twinOf } from '../facts/records';
import { isSame } from '../facts/same';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';
import type { Maybe } from '../value';

export const rule: Rule = {
  id: 'V6-DNS-003',
  title: 'The A and the AAAA record of a name differ in nothing else',
  group: 'DNS',
  kind: 'parity',
  severity: 'warning',
  types: ['aws_route53_record'],
  why: 'Two records that differ in routing, weight or health send the families to different places, and switch over at different times: half of the citizens see an outage that the others do not.',
  fix: 'Give both records the same target, routing policy, weight, health settings and TTL.',
  sources: [
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html',
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-complex-configs.html',
  ],
  good: stack(true),
  bad: stack(false),
  unknown: stack('${var.evaluate}'),

  check(record, graph) {
    if (!record.is('type', 'AAAA')) return undefined;
    const twin = twinOf(graph, record);
    if (!twin) return undefined;
    const differences = differencesOf(record, twin, graph);
    const certain = differences.filter(({ is }) => is === true);
    const texts = certain.map(({ what }) => what);
    if (certain.length > 0) {
      const name = recordName(graph, record) ?? String(record.value('name'));
      const severity = certain.every(({ minor }) => minor) ? 'notice' : 'warning';
      return fail(`of ${name}, A and AAAA differ in ${texts.join(', ')}`, { severity });
    }
    const hidden = differences.filter(({ is }) => is === undefined).map(({ what }) => what);
    return hidden.length > 0 ? unknown(`whether A and AAAA agree in ${hidden.join(', ')} cannot be seen here`) : PASS;
  },
};

interface Difference {
  readonly what: string;
  readonly is: Maybe;
  /** Harmless as long as it lasts: somebody may be on the way. */
  readonly minor?: true;
}

const POLICIES = [
  'weighted_routing_policy',
  'failover_routing_policy',
  'latency_routing_policy',
  'geolocation_routing_policy',
  'geoproximity_routing_policy',
  'cidr_routing_policy',
  'multivalue_answer_routing_policy',
] as const;

function differencesOf(record: Resource, twin: Resource, graph: ResourceGraph): Difference[] {
  const differ = (name: string): Difference => ({
    what: `\`${name}\``,
    is: not(isSame(twin.value(name), record.value(name))),
  });
  const differences = POLICIES.map(differ);
  // A check of its own is what an AAAA record may need; having none is another rule's where that breaks failover.
  if (!lacksHealth(record)) {
    differences.push({ what: '`health_check_id`', is: record.has('health_check_id') !== twin.has('health_check_id') });
  }
  if (isAlias(record) !== isAlias(twin)) return differences;
  if (!isAlias(record)) return [...differences, { ...differ('ttl'), minor: true }];
  const name = 'evaluate_target_health';
  const evaluates = (one: Resource): unknown => one.block('alias').value(name) ?? false;
  if (!lacksHealth(record)) {
    differences.push({ what: `\`${name}\``, is: not(isSame(evaluates(twin), evaluates(record))) });
  }
  const [target, other] = [aliasTarget(graph, twin), aliasTarget(graph, record)];
  if (typeof target === 'object' && typeof other === 'object' && isElsewhere(target, other)) {
    differences.push({ what: `their targets (${targetName(target)} and ${targetName(other)})`, is: true });
  }
  return differences;
}

/** Records lead on to others, and each family to its own. */
function isElsewhere(one: Resource, other: Resource): boolean {
  return one !== other && one.type !== 'aws_route53_record' && other.type !== 'aws_route53_record';
}

function not(truth: Maybe): Maybe {
  return truth === undefined ? undefined : !truth;
}

function stack(evaluates: unknown): ExampleResources {
  const record = (type: string, evaluate: unknown) => ({
    zone_id: '${aws_route53_zone.hue.zone_id}',
    name: 'hue.gov.vn',
    type,
    alias: {
      name: '${aws_lb.portal.dns_name}',
      zone_id: '${aws_lb.portal.zone_id}',
      evaluate_target_health: evaluate,
    },
  });
  return {
    aws_route53_zone: { hue: { name: 'hue.gov.vn' } },
    aws_lb: { portal: { ip_address_type: 'dualstack' } },
    aws_route53_record: { a: record('A', true), aaaa: record('AAAA', evaluates) },
  };
}

import { leadsElsewhere, twinOf } from '../facts/record-pairs';
import {
  addressesIn,
  aliasTarget,
  finalTarget,
  isAlias,
  lacksHealth,
  namesakesOf,
  recordName,
  targetName,
} from '../facts/records';
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
    const places = placesOf(record, twin, graph);
    const differences = differencesOf(record, twin);
    const certain = differences.filter(({ is }) => is === true);
    if (places.differ || certain.length > 0) {
      const name = recordName(graph, record) ?? String(record.value('name'));
      const severity = !places.differ && certain.every(({ minor }) => minor) ? 'notice' : 'warning';
      const settings = certain.length > 0 ? [`differ in ${certain.map(({ what }) => what).join(', ')}`] : [];
      const texts = [...(places.differ ? [`lead to different places (${places.names})`] : []), ...settings];
      return fail(`of ${name}, A and AAAA ${texts.join(', and ')}`, { severity });
    }
    const hidden = differences.filter(({ is }) => is === undefined).map(({ what }) => what);
    const asked = [
      ...(places.differ === undefined ? [`lead to one place (${places.names})`] : []),
      ...(hidden.length > 0 ? [`agree in ${hidden.join(', ')}`] : []),
    ];
    return asked.length > 0 ? unknown(`whether A and AAAA ${asked.join(', and ')} cannot be seen here`) : PASS;
  },
};

/** Whether the families of a name lead to different places, and to which. */
function placesOf(record: Resource, twin: Resource, graph: ResourceGraph): { differ: Maybe; names: string } {
  const names = [twin, record].map((one) => placeName(one, graph)).join(' and ');
  // Of names that lead on together, the one where they part speaks.
  return { differ: leadOnTogether(record, twin, graph) ? false : leadsElsewhere(graph, twin, record), names };
}

function placeName(record: Resource, graph: ResourceGraph): string {
  return isAlias(record) ? targetName(finalTarget(graph, record)) : addressesIn(record).join(', ');
}

function leadOnTogether(one: Resource, other: Resource, graph: ResourceGraph): boolean {
  const [next, otherNext] = [one, other].map((record) => aliasTarget(graph, record));
  if (typeof next !== 'object' || typeof otherNext !== 'object' || next.type !== one.type) return false;
  return namesakesOf(graph, next).includes(otherNext);
}

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

function differencesOf(record: Resource, twin: Resource): Difference[] {
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
  return differences;
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

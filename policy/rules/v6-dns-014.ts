import { normalName, parentZoneOf, recordName, zoneOf } from '../facts/records';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-DNS-014',
  title: 'A zone below another of the same stack is delegated to its own name servers',
  group: 'DNS',
  kind: 'presence',
  severity: 'error',
  hop: 'dns',
  types: ['aws_route53_zone'],
  why: 'Resolvers come from the parent zone. Without NS records there, nobody finds the name servers of the zone below, and none of its names exists over either family.',
  fix: 'Add an NS record with the name of the zone to its parent zone, with `records = aws_route53_zone.x.name_servers`.',
  sources: ['https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-routing-traffic-for-subdomains.html'],
  good: stack(true),
  bad: stack(false),

  check(zone, graph) {
    const parent = parentZoneOf(graph, zone);
    if (!parent) return undefined;
    const name = normalName(zone.known('name')!);
    const inParent = graph.ofType('aws_route53_record').filter((record) => zoneOf(graph, record) === parent);
    const delegations = inParent.filter((record) => record.is('type', 'NS') && recordName(graph, record) === name);
    if (delegations.length > 0) {
      const [delegation] = delegations;
      const to = graph.referencesIn(delegation!.value('records')).filter(({ type }) => type === zone.type);
      return to.length === 0 || to.includes(zone)
        ? PASS
        : fail(`${delegation!.address} delegates ${name} to the name servers of ${to[0]!.address}`);
    }
    return inParent.some((record) => record.is('type', 'NS') !== false && recordName(graph, record) === undefined)
      ? unknown(`an NS record for ${name} may be among those whose names are not known here`)
      : fail(`${parent.address} has no NS record for ${name}`);
  },
};

function stack(delegated: boolean): ExampleResources {
  const delegation = {
    zone_id: '${aws_route53_zone.langson.zone_id}',
    name: 'motcua.langson.gov.vn',
    type: 'NS',
    ttl: 300,
    records: '${aws_route53_zone.motcua.name_servers}',
  };
  return {
    aws_route53_zone: { langson: { name: 'langson.gov.vn' }, motcua: { name: 'motcua.langson.gov.vn' } },
    aws_route53_record: delegated ? { motcua: delegation } : {},
  };
}

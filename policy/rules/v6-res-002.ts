import { counterparts } from '../facts/records';
import type { Resolved, Resource } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';

export const rule: Rule = {
  id: 'V6-RES-002',
  title: 'A name with a secondary record has one for both families',
  group: 'DNS',
  kind: 'parity',
  severity: 'warning',
  types: ['aws_route53_record'],
  why: 'When the primary is down, Route 53 answers with the secondary record of the same type. Where the secondary has an A record alone, clients over IPv6 get no answer at all, and the other way round. Website endpoints of S3 and Elastic Beanstalk have no IPv6 to point an AAAA record to.',
  fix: 'Add the SECONDARY record of the other type, of the same name. If the secondary has no IPv6, put CloudFront in front of it and point both records there.',
  sources: [
    'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html',
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-types.html',
  ],
  good: stack('AAAA'),
  bad: stack(),
  unknown: stack('${var.type}'),

  check(record, graph) {
    if (!isFailover(record, 'PRIMARY') || !record.is('type', 'AAAA')) return undefined;
    const ipv4 = counterparts(graph, record);
    const [twin] = ipv4.found;
    if (!twin) return undefined;
    const ipv6 = counterparts(graph, twin);
    const [a, aaaa] = [secondariesIn(ipv4), secondariesIn(ipv6)];
    // Without any secondary there is nothing to be like.
    if (a.length === 0 && aaaa.length === 0) return undefined;
    if (aaaa.length === 0) return alone('IPv4', a, 'AAAA', ipv6.complete);
    if (a.length === 0) return alone('IPv6', aaaa, 'A', ipv4.complete);
    return PASS;
  },
};

function secondariesIn({ found }: Resolved): readonly Resource[] {
  return found.filter((one) => isFailover(one, 'SECONDARY'));
}

function alone(family: string, there: readonly Resource[], missing: string, complete: boolean): Verdict {
  if (!complete) return unknown(`a secondary ${missing} record may be among those whose name or type is not known`);
  const names = there.map(({ address }) => address).join(', ');
  return fail(`when the primary fails, ${names} answers over ${family} alone`, { causes: there });
}

function isFailover(record: Resource, type: 'PRIMARY' | 'SECONDARY'): boolean {
  return record.block('failover_routing_policy').known('type')?.toUpperCase() === type;
}

function stack(secondary?: string): ExampleResources {
  const record = (type: string, role: string, alias: object) => ({
    zone_id: '${aws_route53_zone.hue.zone_id}',
    name: 'portal.hue.gov.vn',
    type,
    set_identifier: `${role.toLowerCase()}-${type}`,
    failover_routing_policy: [{ type: role }],
    alias: [alias],
  });
  const edge = { name: '${aws_lb.portal.dns_name}', zone_id: '${aws_lb.portal.zone_id}', evaluate_target_health: true };
  const page = { name: 's3-website-ap-southeast-1.amazonaws.com', zone_id: 'Z3O0J2DXBE1FTB' };
  return {
    aws_route53_zone: { hue: { name: 'hue.gov.vn' } },
    aws_lb: { portal: { ip_address_type: 'dualstack' } },
    aws_route53_record: {
      a: record('A', 'PRIMARY', edge),
      aaaa: record('AAAA', 'PRIMARY', edge),
      sorry_a: record('A', 'SECONDARY', page),
      ...(secondary && { sorry_aaaa: record(secondary, 'SECONDARY', page) }),
    },
  };
}

import { LOAD_BALANCERS } from '../facts/load-balancers';
import { isPublic, recordName, recordsLeadingTo } from '../facts/records';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';
import { some } from '../value';

export const rule: Rule = {
  id: 'V6-DNS-015',
  title: 'A public name leads to a load balancer that faces the Internet',
  group: 'DNS',
  kind: 'danger',
  severity: 'error',
  hop: 'edge',
  types: LOAD_BALANCERS,
  why: 'An internal load balancer has private IPv4 addresses, and AWS keeps the Internet away from its IPv6 addresses although they look public. The name resolves over both families, and connects over neither.',
  fix: 'Set `internal = false`, which replaces the load balancer, or move its records to a private zone.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-scheme',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html',
  ],
  good: stack(false),
  bad: stack(true),
  unknown: stack('${var.internal}'),

  check(loadBalancer, graph) {
    const records = recordsLeadingTo(graph, loadBalancer);
    const published = records.filter((record) => isPublic(graph, record) !== false);
    if (published.length === 0) return undefined;
    const internal = loadBalancer.is('internal', true, false);
    if (internal === false) return PASS;
    const names = [...new Set(published.map((record) => recordName(graph, record) ?? record.address))].join(', ');
    if (internal === undefined) {
      return unknown(`whether it faces the Internet is only known after apply, but names lead to it: ${names}`);
    }
    return some(published.map((record) => isPublic(graph, record)))
      ? fail(`the load balancer is internal, but public names lead to it: ${names}`)
      : unknown(
          `the load balancer is internal, and whether the zone of its names is public is not seen here: ${names}`,
        );
  },
};

function stack(internal: unknown): ExampleResources {
  return {
    aws_route53_zone: { hue: { name: 'hue.gov.vn' } },
    aws_lb: { portal: { internal, ip_address_type: 'dualstack' } },
    aws_route53_record: {
      aaaa: {
        zone_id: '${aws_route53_zone.hue.zone_id}',
        name: 'hue.gov.vn',
        type: 'AAAA',
        alias: {
          name: '${aws_lb.portal.dns_name}',
          zone_id: '${aws_lb.portal.zone_id}',
          evaluate_target_health: true,
        },
      },
    },
  };
}

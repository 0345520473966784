import { parseAddress } from '../../core/cidr';
import { recordName } from '../facts/records';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';
import { type Maybe, some, Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-DNS-006',
  title: 'The health check of an AAAA record asks over IPv6',
  group: 'DNS',
  kind: 'parity',
  severity: 'error',
  hop: 'health',
  types: ['aws_route53_health_check', 'aws_route53_record'],
  why: 'A health check that is given a name asks over IPv4 alone. It says nothing of IPv6: the AAAA record stays while IPv6 is down, and goes away while only IPv4 is.',
  fix: 'Give the check an IPv6 `ip_address`, or use `type = "CLOUDWATCH_METRIC"` with the alarm of a probe that asks over IPv6.',
  sources: ['https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html'],
  good: stack({ type: 'HTTPS', ip_address: '2406:da18:77::10', fqdn: 'hue.gov.vn', port: 443 }),
  bad: stack({ type: 'HTTPS', fqdn: 'hue.gov.vn', port: 443 }),
  unknown: stack({ type: '${var.type}', fqdn: 'hue.gov.vn' }),

  check(resource, graph) {
    return resource.type === 'aws_route53_record' ? ofRecord(resource, graph) : ofCheck(resource, graph);
  },
};

/** What this input does not show can only be said of the record. */
function ofRecord(record: Resource, graph: ResourceGraph) {
  if (!record.is('type', 'AAAA') || !record.has('health_check_id')) return undefined;
  return graph.referenceIn(record.value('health_check_id'), 'aws_route53_health_check')
    ? undefined
    : unknown('how its health check asks cannot be seen here');
}

function ofCheck(check: Resource, graph: ResourceGraph) {
  const records = graph
    .referring('aws_route53_record', 'health_check_id', check)
    .filter((record) => record.is('type', 'AAAA'));
  if (records.length === 0) return undefined;
  const over = asksOverIpv6(graph, check, new Set());
  if (over === undefined) return unknown('whether the check asks over IPv6 cannot be seen here');
  const names = [...new Set(records.map((record) => recordName(graph, record) ?? record.address))];
  return over ? PASS : fail(`the check asks over IPv4 alone, but the AAAA record of ${names.join(', ')} rests on it`);
}

function asksOverIpv6(graph: ResourceGraph, check: Resource, seen: Set<Resource>): Maybe {
  const type = check.string('type');
  if (type === undefined || type instanceof Unknown || seen.has(check)) return undefined;
  seen.add(check);
  // Whatever the alarm rests on, or whoever turns the switch, is not asked over either family.
  if (type === 'CLOUDWATCH_METRIC' || type === 'RECOVERY_CONTROL') return true;
  if (type === 'CALCULATED') {
    const { found, complete } = graph.resolve(check.value('child_healthchecks'), 'aws_route53_health_check');
    return some([...found.map((child) => asksOverIpv6(graph, child, seen)), complete ? false : undefined]);
  }
  const address = check.string('ip_address');
  if (address instanceof Unknown) return undefined;
  return address !== undefined && parseAddress(address)?.family === 'ipv6';
}

function stack(check: Readonly<Record<string, unknown>>): ExampleResources {
  return {
    aws_route53_health_check: { portal: check },
    aws_route53_record: {
      aaaa: {
        zone_id: 'Z0123456789ABCDEFGHIJ',
        name: 'hue.gov.vn',
        type: 'AAAA',
        set_identifier: 'cloud',
        failover_routing_policy: { type: 'PRIMARY' },
        health_check_id: '${aws_route53_health_check.portal.id}',
        alias: {
          name: 'dualstack.portal-1.ap-southeast-1.elb.amazonaws.com',
          zone_id: 'Z1LMS91P8CMLE5',
          evaluate_target_health: true,
        },
      },
    },
  };
}

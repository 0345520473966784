import { lacksHealth } from '../facts/records';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-DNS-007',
  title: 'An AAAA record that is one of several knows when it is down',
  group: 'DNS',
  kind: 'danger',
  severity: 'warning',
  types: ['aws_route53_record'],
  why: 'Route 53 chooses among weighted, latency and multivalue records, and primary and secondary ones, by their health. One without health counts as healthy for ever, so clients over IPv6 are sent to it while it is down.',
  fix: 'Set `evaluate_target_health = true` in the alias, or give the record a `health_check_id` whose check asks over IPv6.',
  sources: ['https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-complex-configs.html'],
  good: stack(true),
  bad: stack(false),
  unknown: stack('${var.evaluate}'),

  check(record) {
    if (!record.is('type', 'AAAA')) return undefined;
    const policy = POLICIES.find((name) => record.has(name));
    if (!policy) return undefined;
    const lacks = lacksHealth(record);
    if (lacks === undefined) return unknown('whether the record evaluates the health of its target is not known');
    const kind = policy.replace('_answer', '').replace('_routing_policy', '');
    return lacks ? fail(`the ${kind} record has neither a health check nor evaluates the health of its target`) : PASS;
  },
};

const POLICIES = [
  'failover_routing_policy',
  'weighted_routing_policy',
  'latency_routing_policy',
  'multivalue_answer_routing_policy',
] as const;

function stack(evaluates: unknown): ExampleResources {
  return {
    aws_route53_record: {
      aaaa: {
        zone_id: 'Z0123456789ABCDEFGHIJ',
        name: 'hue.gov.vn',
        type: 'AAAA',
        set_identifier: 'cloud',
        failover_routing_policy: { type: 'PRIMARY' },
        alias: {
          name: '${aws_lb.portal.dns_name}',
          zone_id: '${aws_lb.portal.zone_id}',
          evaluate_target_health: evaluates,
        },
      },
    },
    aws_lb: { portal: { ip_address_type: 'dualstack' } },
  };
}

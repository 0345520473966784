import { guardsIpv6, rulesOfWebAcl, statementsIn } from '../facts/web-acls';
import { type ExampleResources, fail, PASS, type Rule } from '../rule';

export const rule: Rule = {
  id: 'V6-WAF-003',
  title: 'Rate limits do not count single IPv6 addresses alone',
  group: 'firewalls',
  kind: 'parity',
  severity: 'notice',
  types: ['aws_wafv2_web_acl'],
  why: 'A limit per address counts a household as one over IPv4. Over IPv6 the same household has 2 to the power of 64 addresses or more, and may use a new one for each request.',
  fix: 'Aggregate by custom keys that stay the same while the address changes, such as a cookie or a fingerprint (`aggregate_key_type = "CUSTOM_KEYS"`), or take the limit for what it is.',
  sources: [
    'https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-aggregation-options.html',
    'https://www.rfc-editor.org/rfc/rfc8981',
  ],
  good: stack({ aggregate_key_type: 'CUSTOM_KEYS', custom_key: [{ ja3_fingerprint: { fallback_behavior: 'MATCH' } }] }),
  bad: stack({ aggregate_key_type: 'IP' }),

  check(acl, graph) {
    if (!guardsIpv6(graph, acl)) return undefined;
    const limits = rulesOfWebAcl(graph, acl).rules.flatMap((one) =>
      statementsIn(one.statement, 'rate_based_statement').map((limit) => ({ name: one.name, limit })),
    );
    if (limits.length === 0) return undefined;
    const names = limits.filter(({ limit }) => limit.is('aggregate_key_type', 'IP', 'IP')).map(({ name }) => name);
    return names.length > 0 ? fail(`rate limits count by single address: ${names.join(', ')}`) : PASS;
  },
};

function stack(limit: Readonly<Record<string, unknown>>): ExampleResources {
  return {
    aws_lb: { portal: { ip_address_type: 'dualstack' } },
    aws_wafv2_web_acl: {
      portal: {
        scope: 'REGIONAL',
        default_action: { allow: {} },
        rule: [
          {
            name: 'flood',
            priority: 1,
            action: { block: {} },
            statement: { rate_based_statement: { limit: 2000, ...limit } },
          },
        ],
      },
    },
    aws_wafv2_web_acl_association: {
      portal: { resource_arn: '${aws_lb.portal.arn}', web_acl_arn: '${aws_wafv2_web_acl.portal.arn}' },
    },
  };
}

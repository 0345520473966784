import { guardsIpv6, ipSetsOf, rulesOfWebAcl, type WebAclRule } from '../facts/web-acls';
import type { ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-WAF-001',
  title: 'A web ACL that names IPv4 addresses names IPv6 addresses for the same purpose',
  group: 'firewalls',
  kind: 'parity',
  severity: 'error',
  hop: 'firewall',
  types: ['aws_wafv2_web_acl'],
  why: 'An IP set holds one family. Clients over IPv6 never match a set of IPv4 addresses: they stay outside where the rule allows, and get in where it blocks.',
  fix: 'Add an `aws_wafv2_ip_set` with `ip_address_version = "IPV6"`, and refer to both sets in one rule by an `or_statement`.',
  sources: [
    'https://docs.aws.amazon.com/waf/latest/developerguide/waf-ip-set-managing.html',
    'https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-ipset-match.html',
  ],
  good: stack('aws_wafv2_ip_set.office_ipv4', 'aws_wafv2_ip_set.office_ipv6'),
  bad: stack('aws_wafv2_ip_set.office_ipv4', 'aws_wafv2_ip_set.office_ipv4'),
  unknown: stack('aws_wafv2_ip_set.office_ipv4', 'var.office_ipv6'),

  check(acl, graph) {
    const guards = guardsIpv6(graph, acl);
    if (guards === false) return undefined;
    const { rules, complete } = rulesOfWebAcl(graph, acl);
    const named = rules.filter(({ action }) => action !== 'count').map((one) => ({ one, sets: ipSetsOf(graph, one) }));
    const lone = named.filter(({ sets }) => sets.ipv4.length > 0 && sets.ipv6.length === 0);
    if (lone.length === 0) return named.some(({ sets }) => sets.ipv4.length > 0) ? PASS : undefined;
    const unpaired = lone.filter(({ one }) => !hasPair(one, rules, graph));
    if (unpaired.length === 0) return PASS;
    const hidden = named.some(({ sets }) => sets.hidden) || !complete;
    if (hidden || guards === undefined) return unknown('whether IPv6 addresses are named, too, cannot be seen here');
    return unpaired.map(({ one, sets }) => {
      const names = [...new Set(sets.ipv4.map(({ address }) => address))].join(', ');
      return fail(`rule ${one.name} knows IPv4 addresses alone (${names}): clients over IPv6 match none of them`);
    });
  },
};

/** Another rule may do the same to IPv6 addresses. */
function hasPair({ action }: WebAclRule, rules: readonly WebAclRule[], graph: ResourceGraph): boolean {
  return rules.some((other) => {
    const { ipv4, ipv6 } = ipSetsOf(graph, other);
    return other.action === action && ipv4.length === 0 && ipv6.length > 0;
  });
}

function stack(one: string, other: string): ExampleResources {
  const set = (name: string) => ({ ip_set_reference_statement: { arn: `\${${name}.arn}` } });
  return {
    aws_lb: { portal: { ip_address_type: 'dualstack' } },
    aws_wafv2_ip_set: {
      office_ipv4: { scope: 'REGIONAL', ip_address_version: 'IPV4', addresses: ['203.113.1.0/24'] },
      office_ipv6: { scope: 'REGIONAL', ip_address_version: 'IPV6', addresses: ['2405:4800:77::/48'] },
    },
    aws_wafv2_web_acl: {
      portal: {
        scope: 'REGIONAL',
        default_action: { block: {} },
        rule: [
          {
            name: 'office',
            priority: 1,
            action: { allow: {} },
            statement: { or_statement: { statement: [set(one), set(other)] } },
          },
        ],
      },
    },
    aws_wafv2_web_acl_association: {
      portal: { resource_arn: '${aws_lb.portal.arn}', web_acl_arn: '${aws_wafv2_web_acl.portal.arn}' },
    },
  };
}

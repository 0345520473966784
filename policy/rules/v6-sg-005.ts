import {
  type Direction,
  GROUPS,
  securityRules,
  type SecurityRule,
  securityRulesSaidBy,
} from '../facts/security-groups';
import { type ExampleResources, fail, PASS, type Rule } from '../rule';

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

const SEPARATE = ['aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'] as const;

export const rule: Rule = {
  id: 'V6-SG-005',
  title: 'The ranges of a rule are of the family that its attribute is for',
  group: 'firewalls',
  kind: 'danger',
  severity: 'error',
  types: [...GROUPS, ...SEPARATE, 'aws_security_group_rule'],
  why: 'IPv4 and IPv6 ranges have attributes of their own, and a rule resource of the newer kind takes one range. The provider refuses anything else at plan time, or AWS does later.',
  fix: 'Put IPv4 ranges in `cidr_ipv4` or `cidr_blocks` and IPv6 ranges in `cidr_ipv6` or `ipv6_cidr_blocks`; write two rules for two families.',
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule',
    'measured with AWS provider 5.100.0: the plan is refused',
  ],
  good: https({ cidr_ipv6: '::/0' }),
  bad: https({ cidr_ipv6: '0.0.0.0/0' }),

  check(resource, graph) {
    const isGroup = GROUPS.some((type) => type === resource.type);
    const rules = DIRECTIONS.flatMap((direction) =>
      isGroup
        ? securityRules(graph, resource, direction).rules.filter((one) => one.resource === resource)
        : securityRulesSaidBy(graph, resource, direction),
    );
    const invalid = new Set(rules.flatMap((one) => mistake(one) ?? []));
    if (invalid.size > 0) return fail([...invalid].join('; '));
    const separate = SEPARATE.some((type) => type === resource.type);
    if (separate && resource.known('cidr_ipv4') && resource.known('cidr_ipv6')) {
      return fail('it has an IPv4 range and an IPv6 range: the rule takes one');
    }
    return rules.length > 0 ? PASS : undefined;
  },
};

function mistake({ peer }: SecurityRule): string | undefined {
  if (peer.kind !== 'invalid') return undefined;
  const family = peer.family === 'ipv4' ? 'IPv4' : 'IPv6';
  return `"${peer.value}" is no ${family} range, but stands in an attribute for those`;
}

function https(range: object): ExampleResources {
  return {
    aws_vpc_security_group_ingress_rule: {
      https: { security_group_id: 'sg-0123456789abcdef0', ip_protocol: 'tcp', from_port: 443, to_port: 443, ...range },
    },
  };
}

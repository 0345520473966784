import { guardsIpv6, holdsClients, ipSetsOf, rulesOfWebAcl, statementsIn } from '../../../policy/facts/web-acls';
import { readStackJson } from '../../../policy/sources/stack-json';
import { Block } from '../../../policy/value';
import type { PlainResources } from '../../helpers/plain-stack';

const set = (name: string) => ({ ip_set_reference_statement: { arn: `\${aws_wafv2_ip_set.${name}.arn}` } });

test('statements are found however deep they are', () => {
  const statement = {
    and_statement: [
      { statement: [set('a'), { not_statement: { statement: [{ or_statement: { statement: [set('b')] } }] } }] },
    ],
    rate_based_statement: { scope_down_statement: set('c') },
  };

  expect(statementsIn(new Block(statement), 'ip_set_reference_statement')).toHaveLength(3);
  expect(statementsIn(new Block({}), 'ip_set_reference_statement')).toEqual([]);
});

function aclWith(rule: unknown, others: PlainResources = {}) {
  const graph = readStackJson({
    resource: {
      aws_wafv2_ip_set: { v4: { ip_address_version: 'IPV4' }, v6: { ip_address_version: 'IPV6' }, x: {} },
      ...others,
      aws_wafv2_web_acl: { w: { rule } },
    },
  });
  return { graph, acl: graph.at('aws_wafv2_web_acl.w')! };
}

test('the rules of groups are among those of the web ACL', () => {
  const group = (name: string) => ({
    name,
    override_action: { none: {} },
    statement: { rule_group_reference_statement: { arn: `\${aws_wafv2_rule_group.${name}.arn}` } },
  });
  const rules = [{ name: 'own', action: { block: {} }, statement: set('v4') }, group('g')];
  const inner = { g: { rule: { name: 'inner', action: { allow: {} }, statement: set('v6') } } };
  const { graph, acl } = aclWith(rules, { aws_wafv2_rule_group: inner });
  const elsewhere = aclWith([group('h')], { aws_wafv2_rule_group: inner });

  expect(rulesOfWebAcl(graph, acl)).toMatchObject({
    rules: [
      { name: 'own', action: 'block' },
      { name: 'g', action: 'other' },
      { name: 'inner', action: 'allow' },
    ],
    complete: true,
  });
  expect(rulesOfWebAcl(elsewhere.graph, elsewhere.acl).complete).toBe(false);
});

test.each<[unknown]>([['${var.rules}'], [[{ name: 'a' }, '${var.rule}']]])('rules that are hidden: %j', (rule) => {
  const { graph, acl } = aclWith(rule);

  expect(rulesOfWebAcl(graph, acl).complete).toBe(false);
});

test.each<[string[], string[], string[], boolean]>([
  [['v4', 'v6'], ['v4'], ['v6'], false],
  [['v4'], ['v4'], [], false],
  [['v4', 'x'], ['v4'], [], true],
  [['v4', 'elsewhere'], ['v4'], [], true],
])('the sets %j', (names, ipv4, ipv6, hidden) => {
  const { graph, acl } = aclWith({ statement: { or_statement: { statement: names.map(set) } } });
  const sets = ipSetsOf(graph, rulesOfWebAcl(graph, acl).rules[0]!);
  const addresses = (of: readonly string[]) => of.map((name) => graph.at(`aws_wafv2_ip_set.${name}`));

  expect(sets).toEqual({ ipv4: addresses(ipv4), ipv6: addresses(ipv6), hidden });
});

const before = (arn: string) => ({ a: { resource_arn: arn, web_acl_arn: '${aws_wafv2_web_acl.w.arn}' } });
const distribution = (attributes: Record<string, unknown>) => ({
  aws_cloudfront_distribution: { d: { web_acl_id: '${aws_wafv2_web_acl.w.arn}', ...attributes } },
});

test.each<[string, PlainResources, boolean | undefined]>([
  ['nothing', {}, false],
  [
    'a dual-stack load balancer',
    { aws_lb: { l: { ip_address_type: 'dualstack' } }, aws_wafv2_web_acl_association: before('${aws_lb.l.arn}') },
    true,
  ],
  ['an IPv4 load balancer', { aws_lb: { l: {} }, aws_wafv2_web_acl_association: before('${aws_lb.l.arn}') }, false],
  ['something elsewhere', { aws_wafv2_web_acl_association: before('arn:aws:apigateway:x') }, undefined],
  ['a distribution', distribution({ is_ipv6_enabled: true }), true],
  ['a distribution without IPv6', distribution({}), false],
  [
    'what a variable names',
    {
      aws_wafv2_web_acl: { other: {} },
      aws_wafv2_web_acl_association: { a: { resource_arn: 'x', web_acl_arn: '${var.acl}' } },
    },
    undefined,
  ],
])('a web ACL before %s', (_, others, expected) => {
  const graph = readStackJson({
    resource: { ...others, aws_wafv2_web_acl: { ...others.aws_wafv2_web_acl, w: {} } },
  });

  expect(guardsIpv6(graph, graph.at('aws_wafv2_web_acl.w')!)).toBe(expected);
});

test.each<[string, Record<string, unknown>, boolean | undefined]>([
  ['a range', { addresses: ['203.0.113.0/24'] }, true],
  ['what a variable says', { addresses: ['${var.office}'] }, true],
  ['nothing', { addresses: [] }, false],
  ['no list', {}, false],
  ["a VPC's block", { addresses: ['${aws_vpc.probe.ipv6_cidr_block}'] }, false],
  ["a VPC's block that is known", { addresses: ['2001:db8::/56'] }, false],
  ["a VPC's block and a range", { addresses: ['${aws_vpc.probe.ipv6_cidr_block}', '2001:db8:1::/48'] }, true],
  ['what something else fills', { addresses: [], lifecycle: { ignore_changes: ['addresses'] } }, undefined],
])('a set with %s', (_, attributes, expected) => {
  const graph = readStackJson({
    resource: { aws_vpc: { probe: { ipv6_cidr_block: '2001:db8::/56' } }, aws_wafv2_ip_set: { x: attributes } },
  });

  expect(holdsClients(graph, graph.at('aws_wafv2_ip_set.x')!)).toBe(expected);
});

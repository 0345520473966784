import { expectBoth, fail, PASS, type Step, unknown } from '../../helpers/hops';
import type { Edit } from '../../helpers/plain-stack';

/** A web ACL on the load balancer that blocks whom its one rule does not allow. */
function guarded(statement: unknown, sets: Record<string, Record<string, unknown>>, block = true): Edit {
  return (resources) => {
    resources.aws_wafv2_ip_set = sets;
    resources.aws_wafv2_web_acl = {
      acl: {
        default_action: block ? { block: {} } : { allow: {} },
        rule: [{ name: 'allowed', action: { allow: {} }, statement }],
      },
    };
    resources.aws_wafv2_web_acl_association = {
      edge: { resource_arn: '${aws_lb.edge.arn}', web_acl_arn: '${aws_wafv2_web_acl.acl.arn}' },
    };
  };
}

const set = (version: string, ...addresses: string[]) => ({ ip_address_version: version, addresses });
const of = (name: string) => ({ ip_set_reference_statement: { arn: `\${aws_wafv2_ip_set.${name}.arn}` } });
const v4 = set('IPV4', '203.0.113.0/24');
const v6 = set('IPV6', '2001:db8::/48');
const shutIpv6 = fail('allow IPv6 addresses in aws_wafv2_web_acl.acl: it blocks whom it does not allow');

test('an allow-list of IPv4 addresses shuts IPv6 out', () => {
  expectBoth('firewall', guarded(of('v4'), { v4 }), { ipv4: PASS, ipv6: shutIpv6 });
});

test.each<Step>([
  ['both families in one rule', guarded({ or_statement: { statement: [of('v4'), of('v6')] } }, { v4, v6 })],
  ['no list at all, only rules against attacks', guarded({ managed_rule_group_statement: {} }, {}, false)],
])('%s lets both in', (_, edit) => {
  expectBoth('firewall', edit, { ipv4: PASS, ipv6: PASS });
});

test('an empty list of IPv6 addresses lets nobody in', () => {
  const sets = { v4, v6: set('IPV6') };

  expectBoth('firewall', guarded({ or_statement: { statement: [of('v4'), of('v6')] } }, sets), {
    ipv4: PASS,
    ipv6: shutIpv6,
  });
});

test('the probe alone is nobody: an allow-list of IPv4 addresses beside it shuts IPv6 out', () => {
  const probe = set('IPV6', '${aws_vpc.vpc.ipv6_cidr_block}');

  expectBoth('firewall', guarded({ or_statement: { statement: [of('v4'), of('v6')] } }, { v4, v6: probe }), {
    ipv4: PASS,
    ipv6: shutIpv6,
  });
});

test('whom a list has that something else fills is not known', () => {
  const filled = { ip_address_version: 'IPV6', addresses: [], lifecycle: { ignore_changes: ['addresses'] } };

  expectBoth('firewall', guarded({ or_statement: { statement: [of('v4'), of('v6')] } }, { v4, v6: filled }), {
    ipv4: PASS,
    ipv6: unknown('whom aws_wafv2_web_acl.acl allows cannot be seen here'),
  });
});

test('whom a rule by country or header allows is not known', () => {
  const finding = unknown('whom aws_wafv2_web_acl.acl allows cannot be seen here');

  expectBoth('firewall', guarded({ geo_match_statement: { country_codes: ['VN'] } }, {}), {
    ipv4: finding,
    ipv6: finding,
  });
});

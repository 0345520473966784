import { type Family, parseCidr } from '../../core/cidr';
import { guardsIpv6, holdsClients, type IpSets, ipSetsOf, rulesOfWebAcl, type WebAclRule } from '../facts/web-acls';
import { FAMILY_NAME } from '../hops/hop';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, type Severity, unknown } from '../rule';
import { type Maybe, some } from '../value';

export const rule: Rule = {
  id: 'V6-WAF-001',
  title: 'A web ACL that names IPv4 addresses names IPv6 addresses for the same purpose',
  group: 'firewalls',
  kind: 'parity',
  severity: 'error',
  hop: 'firewall',
  types: ['aws_wafv2_web_acl'],
  why: 'An IP set holds one family. Clients over IPv6 never match a set of IPv4 addresses: they stay outside where the rule allows, and get in where it blocks.',
  fix: 'Add an `aws_wafv2_ip_set` with `ip_address_version = "IPV6"`, and refer to both sets in one rule by an `or_statement`; put the IPv6 ranges of the same people into it.',
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
    const lone = named.flatMap(({ one, sets }) => loneFamily(graph, one, sets) ?? []);
    const half = named.some(({ sets }) => isHalfSeen(graph, sets));
    if (lone.length === 0) {
      if (half) return unknown('what is in the IP sets is not said here');
      return named.some(({ sets }) => sets.ipv4.length > 0) ? PASS : undefined;
    }
    const unpaired = lone.filter(({ one, family }) => !hasPair(one, family, rules, graph));
    if (unpaired.length === 0) return PASS;
    const hidden = named.some(({ sets }) => sets.hidden) || !complete;
    if (hidden || guards === undefined) return unknown('whether IPv6 addresses are named, too, cannot be seen here');
    return unpaired.map(({ one, severity, message, causes }) =>
      fail(`rule ${one.name} ${message}`, { severity, causes }),
    );
  },
};

interface Lone {
  readonly one: WebAclRule;
  /** The family that the rule knows. */
  readonly family: Family;
  readonly severity: Severity;
  readonly message: string;
  /** Sets that say another family than theirs, which is a finding of its own. */
  readonly causes: readonly Resource[] | undefined;
}

/** A rule that knows clients of one family alone: it has no set of the other, or an empty one. */
function loneFamily(graph: ResourceGraph, one: WebAclRule, sets: IpSets): Lone | undefined {
  const family = names(graph, sets.ipv6) === false ? 'ipv4' : 'ipv6';
  const other = family === 'ipv4' ? 'ipv6' : 'ipv4';
  if (names(graph, sets[family]) === false || names(graph, sets[other]) !== false) return undefined;
  const causes = swapped([...sets.ipv4, ...sets.ipv6]);
  if (sets[other].length > 0) {
    const message =
      `names ${FAMILY_NAME[family]} addresses, but its set of ${FAMILY_NAME[other]} addresses, ` +
      `${addressesOf(sets[other])}, is empty: clients over ${FAMILY_NAME[other]} match none`;
    // Both families were thought of, and of whom to keep out one may be all that is known.
    const severity = family === 'ipv6' || one.action === 'block' ? 'warning' : 'error';
    return { one, family, severity, message, causes };
  }
  if (family === 'ipv6') return undefined;
  const message = `knows IPv4 addresses alone (${addressesOf(sets.ipv4)}): clients over IPv6 match none of them`;
  return { one, family, severity: 'error', message, causes };
}

function swapped(sets: readonly Resource[]): readonly Resource[] | undefined {
  const wrong = sets.filter((set) =>
    set.list('addresses').some((address) => {
      const range = parseCidr(String(address));
      return range !== undefined && set.is('ip_address_version', range.family.toUpperCase()) === false;
    }),
  );
  return wrong.length > 0 ? wrong : undefined;
}

/** Whether a rule has sets of both families, and what is in one of them is not known. */
function isHalfSeen(graph: ResourceGraph, { ipv4, ipv6 }: IpSets): boolean {
  return ipv4.length > 0 && ipv6.length > 0 && [ipv4, ipv6].some((sets) => names(graph, sets) === undefined);
}

/** Whether some sets of one family name a client. */
function names(graph: ResourceGraph, sets: readonly Resource[]): Maybe {
  return some(sets.map((set) => holdsClients(graph, set)));
}

function addressesOf(sets: readonly Resource[]): string {
  return [...new Set(sets.map(({ address }) => address))].join(', ');
}

/** Another rule may do the same to addresses of the other family. */
function hasPair({ action }: WebAclRule, family: Family, rules: readonly WebAclRule[], graph: ResourceGraph): boolean {
  const other = family === 'ipv4' ? 'ipv6' : 'ipv4';
  return rules.some((one) => {
    const sets = ipSetsOf(graph, one);
    return one.action === action && names(graph, sets[family]) === false && names(graph, sets[other]) !== false;
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

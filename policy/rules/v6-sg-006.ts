import { AddressSet } from '../../core/address-set';
import type { Family } from '../../core/cidr';
import { type Guard, guardsAt } from '../facts/exposure';
import { GROUPS, mayBeEverybody, opensIcmp, securityRules } from '../facts/security-groups';
import type { ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';
import type { Maybe } from '../value';

export const rule: Rule = {
  id: 'V6-SG-006',
  title: 'Messages that a packet was too big get in',
  group: 'firewalls',
  kind: 'presence',
  severity: 'warning',
  types: GROUPS,
  why: 'Routers never cut an IPv6 packet: they send "packet too big" (ICMPv6 type 2) back. Where a security group drops that, small answers arrive and large ones never do, for clients behind tunnels and mobile networks. Network load balancers and machines with addresses of their own need a rule for it.',
  fix: 'Let ICMPv6 type 2 code 0 in from ::/0: `ip_protocol = "icmpv6"`, `from_port = 2`, `to_port = 0`. Its counterpart over IPv4 is ICMP type 3 code 4 from 0.0.0.0/0.',
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network_mtu.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
    'https://www.rfc-editor.org/rfc/rfc4890#section-4.3.1',
  ],
  good: network({ ip_protocol: 'icmpv6', from_port: 2, to_port: 0, cidr_ipv6: '::/0' }),
  bad: network({ ip_protocol: 'tcp', from_port: 80, to_port: 80, cidr_ipv6: '::/0' }),
  unknown: network({ ip_protocol: 'icmpv6', from_port: 2, to_port: 0, cidr_ipv6: '${var.citizens}' }),

  check(group, graph) {
    const verdicts = guardsAt(graph, group)
      .filter(({ fronts }) => fronts.some(({ has }) => has.ipv6))
      .flatMap((guard) => judge(graph, guard) ?? []);
    return verdicts.length > 0 ? verdicts : undefined;
  },
};

function judge(graph: ResourceGraph, guard: Guard): Verdict | undefined {
  const ipv6 = letsIn(graph, guard, 'ipv6');
  const ipv4 = letsIn(graph, guard, 'ipv4');
  // What an application load balancer sends is tracked with its errors; a rule is AWS's advice there, not a need.
  if (guard.fronts.some(({ kind }) => kind !== 'application')) {
    if (ipv6 === undefined) return unknown('whether ICMPv6 type 2 (packet too big) gets in is only known after apply');
    return ipv6 ? PASS : fail('ICMPv6 type 2 (packet too big) does not get in from everybody');
  }
  if (ipv4 && ipv6) return PASS;
  if (ipv4 && ipv6 === false) {
    return fail(
      'ICMP type 3 (fragmentation needed) gets in over IPv4, but not its counterpart, ICMPv6 type 2 (packet too big)',
    );
  }
  if (ipv6 && ipv4 === false && guard.fronts.some(({ has }) => has.ipv4)) {
    return fail('ICMPv6 type 2 (packet too big) gets in, but not its counterpart over IPv4, ICMP type 3 code 4');
  }
  return undefined;
}

const TOO_BIG: Readonly<Record<Family, readonly [type: number, code: number]>> = { ipv4: [3, 4], ipv6: [2, 0] };

function letsIn(graph: ResourceGraph, { groups, complete }: Guard, family: Family): Maybe {
  const [type, code] = TOO_BIG[family];
  const each = groups.map((group) => securityRules(graph, group, 'ingress'));
  const rules = each.flatMap((one) => one.rules).filter((one) => opensIcmp(one, family, type, code) !== false);
  const ranges = rules.flatMap((one) =>
    one.peer.kind === 'range' && opensIcmp(one, family, type, code) ? [one.peer.range] : [],
  );
  if (AddressSet.of(family, ranges).holdsInternet) return true;
  const hidden = rules.some(
    (one) => mayBeEverybody(graph, one.peer, family) || opensIcmp(one, family, type, code) === undefined,
  );
  return hidden || !complete || each.some((one) => !one.complete) ? undefined : false;
}

function network(icmp: object): ExampleResources {
  const inGroup = { security_group_id: '${aws_security_group.edge.id}' };
  return {
    aws_security_group: { edge: { vpc_id: 'vpc-0123456789abcdef0' } },
    aws_vpc_security_group_ingress_rule: {
      https: { ...inGroup, ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv6: '::/0' },
      other: { ...inGroup, ...icmp },
    },
    aws_lb: {
      edge: {
        load_balancer_type: 'network',
        ip_address_type: 'dualstack',
        security_groups: ['${aws_security_group.edge.id}'],
        subnets: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      },
    },
  };
}

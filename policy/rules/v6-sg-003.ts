import type { Family } from '../../core/cidr';
import { isIpv6Only, vpcHasIpv6, vpcOf } from '../facts/address-blocks';
import { type Guard, guardsAt, speaksIpv6, subnetsOfUser, usersOf, WEB_PORTS } from '../facts/exposure';
import {
  type Admitted,
  admitted,
  external,
  GROUPS,
  loneBlock,
  portBorders,
  type SecurityRule,
  securityRules,
} from '../facts/security-groups';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';

export const rule: Rule = {
  id: 'V6-SG-003',
  title: 'Who is kept out, or let in, over one family is so over the other',
  group: 'firewalls',
  kind: 'parity',
  severity: 'error',
  hop: 'firewall',
  types: GROUPS,
  why: 'A list of IPv4 ranges restricts nobody who comes over IPv6. With ::/0 beside it the list is a fence with an open gate; with nothing beside it those on the list who have IPv6 run into a time-out.',
  fix: 'Give each restricted opening its twin: the IPv6 ranges of those whose IPv4 ranges are on the list, and the IPv6 block of the VPC where its IPv4 block is.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    'https://www.rfc-editor.org/rfc/rfc9099',
  ],
  good: restricted('2001:db8:100::/48'),
  bad: restricted('::/0'),
  unknown: restricted('${var.office}'),

  check(group, graph) {
    const verdicts = guardsAt(graph, group).flatMap((guard) => judge(graph, guard));
    return (
      verdicts.find(({ result }) => result === 'fail') ??
      verdicts.find(({ result }) => result === 'unknown') ??
      verdicts[0]
    );
  },
};

interface Port {
  readonly port: number;
  readonly ipv4: Admitted;
  readonly ipv6: Admitted;
}

function judge(graph: ResourceGraph, guard: Guard): Verdict[] {
  const { groups, complete, fronts } = guard;
  const at = (port: number): Port => {
    const side = (family: Family): Admitted => {
      const who = admitted(graph, groups, 'ingress', family, port);
      return { ...who, certain: who.certain && complete };
    };
    return { port, ipv4: side('ipv4'), ipv6: side('ipv6') };
  };
  const web = new Set([...WEB_PORTS, ...fronts.flatMap((front) => front.ports)]);
  const ports = [...web].map(at);
  // A load balancer has no port that is open to people of one family on purpose; a machine may have.
  const balanced = fronts.some(({ kind }) => kind !== 'host');
  const rules = balanced ? groups.flatMap((group) => securityRules(graph, group, 'ingress').rules) : [];
  const others = portBorders(rules)
    .filter((port) => !web.has(port))
    .map(at);
  const verdicts = [
    ...ports.flatMap((port) => bypass(port) ?? []),
    ...(fronts.some(({ has }) => has.ipv6) ? [...ports, ...others].flatMap((port) => lockOut(port) ?? []) : []),
  ];
  if (verdicts.length > 0) return verdicts;
  const own = ownBlock(graph, guard);
  if (own) return [own];
  return ports.some(({ ipv4, ipv6 }) => isRestricted(ipv4) || isRestricted(ipv6)) ? [PASS] : [];
}

/** IPv6 is never more open than IPv4. Who is let in by group alone is not restricted by address. */
function bypass({ port, ipv4, ipv6 }: Port): Verdict | undefined {
  const listed = ipv4.rules.some(({ peer }) => peer.kind !== 'group');
  if (!ipv6.addresses.holdsInternet || ipv4.addresses.holdsInternet || !listed) return undefined;
  return ipv4.certain
    ? fail(`port ${port} is open to some over IPv4, but to everybody over IPv6`)
    : unknown(`whether port ${port} is open to everybody over IPv4, as it is over IPv6, is not known`);
}

/** A list for one family, and nobody outside for the other. */
function lockOut({ port, ipv4, ipv6 }: Port): Verdict | undefined {
  for (const [one, other, name] of [
    [ipv4, ipv6, ['IPv4', 'IPv6']],
    [ipv6, ipv4, ['IPv6', 'IPv4']],
  ] as const) {
    if (!isRestricted(one) || !external(other.addresses).isEmpty) continue;
    // A prefix list of one family is the business of the rule about those.
    if (one.rules.every(({ peer }) => peer.kind !== 'range' || peer.list)) continue;
    return other.certain
      ? fail(`port ${port} is open to a list over ${name[0]}, but to nobody outside over ${name[1]}`, {
          severity: 'warning',
        })
      : unknown(`who may come to port ${port} over ${name[1]} is not known`);
  }
  return undefined;
}

function isRestricted({ addresses }: Admitted): boolean {
  return !addresses.holdsInternet && !external(addresses).isEmpty;
}

/** The blocks of the group's own VPC go together, where something with both families is behind them. */
function ownBlock(graph: ResourceGraph, { groups }: Guard): Verdict | undefined {
  const [group] = groups;
  const vpc = group && vpcOf(graph, group);
  if (!vpc || !vpcHasIpv6(graph, vpc)) return undefined;
  const users = groups.flatMap((one) => usersOf(graph, one)).filter((user) => speaksIpv6(graph, user));
  if (users.length === 0) return undefined;
  const lone4 = loneBlock(graph, groups, 'ingress', vpc, 'ipv4');
  if (lone4) return without(lone4, ['IPv4', 'IPv6']);
  const lone6 = users.some((user) => hasIpv4(graph, user)) && loneBlock(graph, groups, 'ingress', vpc, 'ipv6');
  return lone6 ? without(lone6, ['IPv6', 'IPv4']) : PASS;
}

function hasIpv4(graph: ResourceGraph, user: Resource): boolean {
  return subnetsOfUser(graph, user).found.some((subnet) => isIpv6Only(subnet) === false);
}

function without({ resource }: SecurityRule, [one, other]: readonly [string, string]): Verdict {
  return fail(`${resource.address} lets the ${one} block of the VPC in, but no rule its ${other} block`, {
    severity: 'warning',
  });
}

function restricted(ipv6: string): ExampleResources {
  const https = {
    security_group_id: '${aws_security_group.edge.id}',
    ip_protocol: 'tcp',
    from_port: 443,
    to_port: 443,
  };
  return {
    aws_security_group: { edge: { vpc_id: 'vpc-0123456789abcdef0' } },
    aws_vpc_security_group_ingress_rule: {
      ipv4: { ...https, cidr_ipv4: '203.0.113.0/24' },
      ipv6: { ...https, cidr_ipv6: ipv6 },
    },
    aws_lb: {
      edge: {
        ip_address_type: 'dualstack',
        security_groups: ['${aws_security_group.edge.id}'],
        subnets: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      },
    },
  };
}

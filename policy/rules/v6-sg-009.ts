import { type Guard, guardsAt, speaksIpv6, usersOf } from '../facts/exposure';
import { admitted, familyOfList, GROUPS, portBorders, prefixListIn, securityRules } from '../facts/security-groups';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';

export const rule: Rule = {
  id: 'V6-SG-009',
  title: 'A prefix list of IPv4 ranges has a twin of IPv6 ranges',
  group: 'firewalls',
  kind: 'parity',
  severity: 'warning',
  types: GROUPS,
  why: 'A managed prefix list is of one family for good. A group that lets in an IPv4 list alone keeps out the same people when they come over IPv6, and nothing says so.',
  fix: 'Make a second `aws_ec2_managed_prefix_list` with `address_family = "IPv6"` and a rule with it for the same port.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ec2_managed_prefix_list',
  ],
  good: office(['ipv4', 'ipv6']),
  bad: office(['ipv4']),
  unknown: office(['ipv4', 'hidden']),

  check(group, graph) {
    const verdicts = guardsAt(graph, group).flatMap((guard) => judge(graph, guard) ?? []);
    return verdicts.find(({ result }) => result !== 'pass') ?? verdicts[0];
  },
};

function judge(graph: ResourceGraph, { groups, complete }: Guard): Verdict | undefined {
  const users = groups.flatMap((group) => usersOf(graph, group));
  if (!users.some((user) => speaksIpv6(graph, user))) return undefined;
  const rules = groups.flatMap((group) => securityRules(graph, group, 'ingress').rules);
  if (!rules.some(({ peer }) => ownList(graph, peer))) return undefined;
  let seen = false;
  for (const port of portBorders(rules)) {
    const ipv4 = admitted(graph, groups, 'ingress', 'ipv4', port);
    const [list] = ipv4.rules.flatMap(({ peer }) => ownList(graph, peer) ?? []);
    if (!list || ipv4.addresses.holdsInternet) continue;
    seen = true;
    const ipv6 = admitted(graph, groups, 'ingress', 'ipv6', port);
    if (ipv6.rules.some(({ peer }) => peer.kind === 'range' || peer.kind === 'prefix-list')) continue;
    return ipv6.certain && complete
      ? fail(`port ${port} is open to ${list.address}, which holds IPv4 ranges, but to no list or range of IPv6`)
      : unknown(`who may come to port ${port} over IPv6 is not known`);
  }
  return seen ? PASS : undefined;
}

/** A list that this input makes, of IPv4 ranges. */
function ownList(
  graph: ResourceGraph,
  peer: { readonly kind: string; readonly list?: Resource; readonly value?: unknown },
): Resource | undefined {
  if (peer.kind === 'range') return peer.list;
  return peer.kind === 'prefix-list' && familyOfList(graph, peer.value) === 'ipv4'
    ? prefixListIn(graph, peer.value)
    : undefined;
}

function office(families: readonly string[]): ExampleResources {
  const https = {
    security_group_id: '${aws_security_group.edge.id}',
    ip_protocol: 'tcp',
    from_port: 443,
    to_port: 443,
  };
  const rules = {
    ipv4: { ...https, prefix_list_id: '${aws_ec2_managed_prefix_list.ipv4.id}' },
    ipv6: { ...https, prefix_list_id: '${aws_ec2_managed_prefix_list.ipv6.id}' },
    hidden: { ...https, cidr_ipv6: '${var.office}' },
  };
  return {
    aws_ec2_managed_prefix_list: {
      ipv4: { name: 'office-ipv4', address_family: 'IPv4', max_entries: 5, entry: [{ cidr: '203.0.113.0/24' }] },
      ipv6: { name: 'office-ipv6', address_family: 'IPv6', max_entries: 5, entry: [{ cidr: '2001:db8:100::/48' }] },
    },
    aws_security_group: { edge: { vpc_id: 'vpc-0123456789abcdef0' } },
    aws_vpc_security_group_ingress_rule: Object.fromEntries(
      Object.entries(rules).filter(([name]) => families.includes(name)),
    ),
    aws_lb: {
      edge: {
        ip_address_type: 'dualstack',
        security_groups: ['${aws_security_group.edge.id}'],
        subnets: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      },
    },
  };
}

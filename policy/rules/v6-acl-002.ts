import { subnetHasIpv6 } from '../facts/address-blocks';
import { brokenFlowsIn, carriesPortal, gapsIn } from '../facts/acl-traffic';
import { aclEntries, ACLS, missingIn, subnetsGuardedBy } from '../facts/network-acls';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-ACL-002',
  title: 'A network ACL lets requests and their answers through, alike over both families',
  group: 'firewalls',
  kind: 'parity',
  severity: 'error',
  hop: 'firewall',
  types: ACLS,
  why: 'A network ACL keeps no state: answers need entries of their own, for the ports of clients (1024 to 65535), in each family. Where they are there for IPv4 alone, connections over IPv6 are opened and never answered.',
  fix: 'Give each IPv4 entry its twin with `ipv6_cidr_block`, before any entry that denies, and allow TCP 1024 to 65535 the way that answers go.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html',
  ],
  good: guarded('::/0'),
  bad: guarded('2001:db8::/32'),

  check(acl, graph) {
    if (!subnetsGuardedBy(graph, acl).some(subnetHasIpv6) || missingIn(graph, acl)) return undefined;
    const uneven = gapsIn(graph, acl);
    // A flow that one family lacks is told already.
    const broken = uneven.some(({ isWeb }) => isWeb) ? [] : brokenFlowsIn(graph, acl);
    const gaps = [...uneven, ...broken];
    if (gaps.length === 0)
      return isComplete(graph, acl) ? PASS : unknown('not all of its entries are part of this input');
    const worst = [...gaps].sort((one, other) => weight(other) - weight(one))[0]!;
    const families = new Set(broken.filter(({ text }) => text === worst.text).map(({ family }) => family));
    const over = families.size === 2 ? 'either family' : worst.family === 'ipv6' ? 'IPv6' : 'IPv4';
    const others = new Set(gaps.filter(({ text }) => text !== worst.text).map(({ text }) => text)).size;
    const more = others > 0 ? `, and neither does more (${others})` : '';
    const unlike = uneven.includes(worst) ? `, as it does over ${over === 'IPv6' ? 'IPv4' : 'IPv6'}` : '';
    const matters = worst.isWeb && (worst.family === 'ipv6' || carriesPortal(graph, acl, worst.family));
    const severity = matters ? 'error' : 'warning';
    return fail(`${worst.text} over ${over}${unlike}${more}`, { severity });
  },
};

function isComplete(graph: ResourceGraph, acl: Resource): boolean {
  return (['ingress', 'egress'] as const).every((direction) => aclEntries(graph, acl, direction).complete);
}

/** Web traffic over IPv6 is what matters most. */
function weight({ family, isWeb }: { readonly family: string; readonly isWeb: boolean }): number {
  return (isWeb ? 2 : 0) + (family === 'ipv6' ? 1 : 0);
}

/** Everybody comes in over both families; answers go out to everybody over IPv4. */
function guarded(answers: string): ExampleResources {
  const tcp = { action: 'allow', protocol: '6' };
  const web = { ...tcp, from_port: 443, to_port: 443 };
  const ephemeral = { ...tcp, from_port: 1024, to_port: 65535 };
  return {
    aws_vpc: { main: { assign_generated_ipv6_cidr_block: true } },
    aws_subnet: {
      a: { vpc_id: '${aws_vpc.main.id}', ipv6_cidr_block: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 0)}' },
    },
    aws_network_acl: {
      public: {
        vpc_id: '${aws_vpc.main.id}',
        subnet_ids: ['${aws_subnet.a.id}'],
        ingress: [
          { ...web, rule_no: 100, cidr_block: '0.0.0.0/0' },
          { ...web, rule_no: 101, ipv6_cidr_block: '::/0' },
        ],
        egress: [
          { ...ephemeral, rule_no: 100, cidr_block: '0.0.0.0/0' },
          { ...ephemeral, rule_no: 101, ipv6_cidr_block: answers },
        ],
      },
    },
  };
}

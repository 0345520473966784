import { AddressSet } from '../../core/address-set';
import { type Cidr, type Family, formatCidr } from '../../core/cidr';
import { publicPorts, WEB_PORTS } from '../facts/exposure';
import {
  external,
  GROUPS,
  mayBeEverybody,
  opensPort,
  portBorders,
  type SecurityRule,
  securityRules,
  securityRulesSaidBy,
} from '../facts/security-groups';
import type { ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';

/** What nobody on the Internet should get to knock at, by port. */
const ADMINISTRATION: Readonly<Record<number, string>> = {
  22: 'SSH',
  23: 'Telnet',
  135: 'RPC',
  139: 'NetBIOS',
  445: 'SMB',
  1433: 'SQL Server',
  1521: 'Oracle',
  2049: 'NFS',
  2375: 'Docker',
  2376: 'Docker',
  3306: 'MySQL',
  3389: 'RDP',
  5432: 'PostgreSQL',
  5900: 'VNC',
  5985: 'WinRM',
  5986: 'WinRM',
  6379: 'Redis',
  6443: 'Kubernetes',
  9200: 'OpenSearch',
  10250: 'Kubernetes',
  11211: 'Memcached',
  27017: 'MongoDB',
};

/** Shorter prefixes are more than one provider's customers: the registries give a provider a /32. */
const WIDEST: Readonly<Record<Family, number>> = { ipv4: 8, ipv6: 32 };

const FAMILIES: readonly Family[] = ['ipv4', 'ipv6'];

const RULES = ['aws_vpc_security_group_ingress_rule', 'aws_security_group_rule'] as const;

export const rule: Rule = {
  id: 'V6-SG-002',
  title: 'Nothing but public ports is open to the Internet, over either family',
  group: 'firewalls',
  kind: 'danger',
  severity: 'error',
  types: [...GROUPS, ...RULES],
  why: 'Behind NAT a forgotten rule for 0.0.0.0/0 often did no harm. Every IPv6 address is reachable from everywhere unless something says no, and scanners find them by the names in DNS and certificates: a rule for ::/0 on such a port is an open door.',
  fix: 'Narrow the rule to the ranges that need it, or name a security group instead; reach machines by Session Manager.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    'https://www.rfc-editor.org/rfc/rfc9099',
  ],
  good: ssh('2001:db8:100::/48'),
  bad: ssh('::/0'),
  unknown: ssh('${var.office}'),

  check(resource, graph) {
    if (GROUPS.some((type) => type === resource.type)) {
      return judge(graph, securityRules(graph, resource, 'ingress').rules, publicPorts(graph, resource));
    }
    // Rules for a group of this input are judged with it.
    if (graph.referenceIn(resource.value('security_group_id'), ...GROUPS)) return undefined;
    return judge(graph, securityRulesSaidBy(graph, resource, 'ingress'), new Set(WEB_PORTS));
  },
};

function judge(graph: ResourceGraph, rules: readonly SecurityRule[], open: ReadonlySet<number>): Verdict | undefined {
  if (rules.length === 0) return undefined;
  const spans = spansOf(rules, new Set([...open].filter((port) => !(port in ADMINISTRATION))));
  const wide = new Set(spans.flatMap((span) => FAMILIES.flatMap((family) => wideAt(rules, family, span))));
  if (wide.size > 0) return fail(describe([...wide]));
  const hidden = spans.some((span) => rules.some((one) => mayBeWideAt(graph, one, span)));
  return hidden ? unknown('who may connect to ports that are not public is only known after apply') : PASS;
}

interface Span {
  readonly port: number;
  readonly transport: 'tcp' | 'udp';
}

/** The first ports of spans in which every port meets the same rules, without the public ones. */
function spansOf(rules: readonly SecurityRule[], open: ReadonlySet<number>): Span[] {
  const borders = new Set([...portBorders(rules), ...[...open].map((port) => port + 1)]);
  const ports = [...borders].filter((port) => !open.has(port));
  return (['tcp', 'udp'] as const).flatMap((transport) => ports.map((port) => ({ port, transport })));
}

/** The rules that open a span to more of a family than anybody needs, each by itself or together. */
function wideAt(rules: readonly SecurityRule[], family: Family, { port, transport }: Span): readonly SecurityRule[] {
  const about = rules.filter((one) => rangeOf(one)?.family === family && opensPort(one, port, transport));
  const ranges = about.flatMap((one) => rangeOf(one) ?? []);
  if (AddressSet.of(family, ranges).holdsInternet && !ranges.some(isWide)) return about;
  return about.filter((one) => isWide(rangeOf(one)!));
}

function mayBeWideAt(graph: ResourceGraph, one: SecurityRule, { port, transport }: Span): boolean {
  const opens = opensPort(one, port, transport);
  if (opens === false) return false;
  const range = rangeOf(one);
  if (range) return opens === undefined && isWide(range);
  return FAMILIES.some((family) => mayBeEverybody(graph, one.peer, family));
}

function rangeOf({ peer }: SecurityRule): Cidr | undefined {
  return peer.kind === 'range' ? peer.range : undefined;
}

function isWide(range: Cidr): boolean {
  return range.prefix < WIDEST[range.family] && !external(AddressSet.of(range.family, [range])).isEmpty;
}

/** `port 22 (SSH) is open to 0.0.0.0/0 and ::/0 by aws_security_group_rule.ssh`. */
function describe(rules: readonly SecurityRule[]): string {
  const texts = [...new Set(rules.map(portsIn))].map((ports) => {
    const about = rules.filter((one) => portsIn(one) === ports);
    const ranges = new Set(about.flatMap((one) => rangeOf(one) ?? []).map(formatCidr));
    const resources = new Set(about.map(({ resource }) => resource.address));
    return `${ports} to ${listed([...ranges])} by ${listed([...resources])}`;
  });
  return texts.join('; ');
}

function portsIn({ protocol, fromPort, toPort }: SecurityRule): string {
  if (protocol === 'all') return 'every port and protocol is open';
  const udp = protocol === 'udp' ? ' (UDP)' : '';
  if (fromPort === toPort) {
    const name = udp ? undefined : ADMINISTRATION[fromPort];
    return `port ${fromPort}${udp}${name ? ` (${name})` : ''} is open`;
  }
  return `ports ${fromPort} to ${toPort}${udp} are open`;
}

function listed(texts: readonly string[]): string {
  const [first, second, ...rest] = texts;
  if (!second) return first!;
  return rest.length > 0 ? `${first!}, ${second} and ${rest.length} more` : `${first!} and ${second}`;
}

function ssh(range: string): ExampleResources {
  return {
    aws_security_group: { tasks: { vpc_id: 'vpc-0123456789abcdef0' } },
    aws_vpc_security_group_ingress_rule: {
      ssh: {
        security_group_id: '${aws_security_group.tasks.id}',
        ip_protocol: 'tcp',
        from_port: 22,
        to_port: 22,
        cidr_ipv6: range,
      },
    },
  };
}

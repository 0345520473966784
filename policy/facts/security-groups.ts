import { AddressSet } from '../../core/address-set';
import { type Cidr, type Family, parseCidr } from '../../core/cidr';
import type { Resource, ResourceGraph } from '../resource-graph';
import { Block, type Maybe, Unknown } from '../value';

export type Direction = 'ingress' | 'egress';

/** Whom a rule is about. */
export type Peer =
  | { readonly kind: 'range'; readonly range: Cidr }
  /** A security group, its own included. */
  | { readonly kind: 'group'; readonly group: Resource | undefined; readonly value: unknown }
  /** A prefix list that is not part of this input. */
  | { readonly kind: 'prefix-list'; readonly value: unknown }
  /** A range that only apply will know, such as the VPC's own block. */
  | { readonly kind: 'unknown'; readonly family: Family; readonly value: Unknown }
  /** A text that is no range of this family. */
  | { readonly kind: 'invalid'; readonly family: Family; readonly value: string };

/** One rule of a security group about one peer, whichever of the four ways it is written in. */
export interface SecurityRule {
  /** What says it: a rule resource, or the group. */
  readonly resource: Resource;
  /** As AWS names it: `all`, `tcp`, `udp`, `icmp`, `icmpv6`, or a protocol number; undefined where it is not known. */
  readonly protocol: string | undefined;
  /** First and last port (or ICMP type and code); NaN where not known. */
  readonly fromPort: number;
  readonly toPort: number;
  readonly peer: Peer;
}

export interface SecurityRules {
  readonly rules: readonly SecurityRule[];
  /** Whether no other rules can be in it. */
  readonly complete: boolean;
}

/** The rules of a group: inline blocks, `aws_security_group_rule` and the rule resources alike. */
export function securityRules(graph: ResourceGraph, group: Resource, direction: Direction): SecurityRules {
  return graph.fact(group, FACTS[direction], () => {
    const current = `aws_vpc_security_group_${direction}_rule`;
    const older = graph
      .referring('aws_security_group_rule', 'security_group_id', group)
      .filter((rule) => rule.is('type', direction) !== false);
    return {
      rules: [
        ...graph.referring(current, 'security_group_id', group).flatMap((rule) => fromResource(graph, rule)),
        ...older.flatMap((rule) => fromBlock(graph, rule, rule, group)),
        ...group.blocks(direction).flatMap((block) => fromBlock(graph, group, block, group)),
      ],
      complete:
        !group.hides(direction) &&
        ![current, 'aws_security_group_rule'].some((type) => graph.mayRefer(type, 'security_group_id', group.type)),
    };
  });
}

const FACTS: Readonly<Record<Direction, object>> = { ingress: {}, egress: {} };

/** The addresses that a set of rules lets through to a port, and whether more may be let through. */
export interface Opened {
  readonly addresses: AddressSet;
  /** Whether every rule about that port is known. */
  readonly complete: boolean;
}

/** Who may connect to a TCP port by address. Peers named by group are not in it. */
export function openedTo({ rules, complete }: SecurityRules, family: Family, port: number): Opened {
  const about = rules.filter((rule) => opensPort(rule, port) !== false);
  const ranges = about.flatMap((rule) =>
    rule.peer.kind === 'range' && rule.peer.range.family === family && opensPort(rule, port) ? [rule.peer.range] : [],
  );
  const hidden = about.some(
    ({ peer }) =>
      peer.kind === 'prefix-list' || (peer.kind === 'unknown' && peer.family === family && isForeign(peer.value)),
  );
  const uncertain = about.some((rule) => opensPort(rule, port) === undefined);
  return { addresses: AddressSet.of(family, ranges), complete: complete && !hidden && !uncertain };
}

/** Whether a rule lets TCP to a port through, whoever may use it. A rule for all protocols has no ports. */
export function opensPort({ protocol, fromPort, toPort }: SecurityRule, port: number): Maybe {
  if (protocol === 'all') return true;
  if (protocol !== undefined && protocol !== 'tcp') return false;
  if (Number.isNaN(fromPort) || Number.isNaN(toPort)) return undefined;
  if (!(fromPort <= port && port <= toPort)) return false;
  return protocol === undefined ? undefined : true;
}

/** The prefix list's ranges, where the list is part of this input and known. */
export function prefixListRanges(graph: ResourceGraph, value: unknown): readonly Cidr[] | undefined {
  const list = graph.referenceIn(value, 'aws_ec2_managed_prefix_list');
  if (!list || list.hides('entry')) return undefined;
  const entries = [
    ...list.blocks('entry'),
    ...graph.referring('aws_ec2_managed_prefix_list_entry', 'prefix_list_id', list),
  ];
  const ranges = entries.map((entry) => parseCidr(entry.known('cidr') ?? ''));
  return ranges.every((range) => range !== undefined) ? ranges : undefined;
}

/** A block of some VPC is not the Internet, whatever it will be. */
function isForeign(value: Unknown): boolean {
  const { addresses, opaque } = value.references;
  return opaque || addresses.length === 0;
}

function fromResource(graph: ResourceGraph, rule: Resource): SecurityRule[] {
  const base = { resource: rule, ...portsOf(rule, rule.value('ip_protocol')) };
  return [
    ...rangePeers('ipv4', rule.list('cidr_ipv4')),
    ...rangePeers('ipv6', rule.list('cidr_ipv6')),
    ...listPeers(graph, rule.list('prefix_list_id')),
    ...groupPeers(graph, rule.list('referenced_security_group_id')),
  ].map((peer) => ({ ...base, peer }));
}

function fromBlock(graph: ResourceGraph, resource: Resource, block: Block, group: Resource): SecurityRule[] {
  const base = { resource, ...portsOf(block, block.value('protocol')) };
  return [
    ...rangePeers('ipv4', block.list('cidr_blocks')),
    ...rangePeers('ipv6', block.list('ipv6_cidr_blocks')),
    ...listPeers(graph, block.list('prefix_list_ids')),
    ...groupPeers(graph, [...block.list('security_groups'), ...block.list('source_security_group_id')]),
    ...(block.is('self', true) ? [{ kind: 'group' as const, group, value: group.value('id') }] : []),
  ].map((peer) => ({ ...base, peer }));
}

function rangePeers(family: Family, values: readonly unknown[]): Peer[] {
  return values
    .filter((value) => value !== '' && value !== null)
    .map((value): Peer => {
      if (value instanceof Unknown) return { kind: 'unknown', family, value };
      const range = parseCidr(String(value));
      return range?.family === family ? { kind: 'range', range } : { kind: 'invalid', family, value: String(value) };
    });
}

function listPeers(graph: ResourceGraph, values: readonly unknown[]): Peer[] {
  return values
    .filter((value) => value !== '')
    .flatMap((value): Peer[] => {
      const ranges = prefixListRanges(graph, value);
      return ranges ? ranges.map((range) => ({ kind: 'range', range })) : [{ kind: 'prefix-list', value }];
    });
}

function groupPeers(graph: ResourceGraph, values: readonly unknown[]): Peer[] {
  return values
    .filter((value) => value !== '')
    .map((value) => ({
      kind: 'group',
      group: graph.referenceIn(value, 'aws_security_group', 'aws_default_security_group'),
      value,
    }));
}

function portsOf(block: Block, protocol: unknown): Pick<SecurityRule, 'protocol' | 'fromPort' | 'toPort'> {
  const port = (name: string): number => {
    const value = block.number(name);
    return typeof value === 'number' ? value : NaN;
  };
  return { protocol: protocolName(protocol), fromPort: port('from_port'), toPort: port('to_port') };
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  '-1': 'all',
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
};

/** AWS takes numbers and names. */
export function protocolName(protocol: unknown): string | undefined {
  if (protocol === undefined || protocol === null || protocol instanceof Unknown) return undefined;
  const text = String(protocol).toLowerCase();
  return PROTOCOLS[text] ?? text;
}

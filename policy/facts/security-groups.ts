import { AddressSet } from '../../core/address-set';
import { type Cidr, type Family, parseCidr } from '../../core/cidr';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type Block, type Maybe, Unknown } from '../value';
import { inlineBlocks } from './inline';

export type Direction = 'ingress' | 'egress';

export const GROUPS = ['aws_security_group', 'aws_default_security_group'] as const;

/** Whom a rule is about. */
export type Peer =
  | {
      readonly kind: 'range';
      readonly range: Cidr;
      /** The prefix list that it stands in, where that is part of this input. */
      readonly list?: Resource;
    }
  /** A security group, its own included. */
  | { readonly kind: 'group'; readonly group: Resource | undefined; readonly value: unknown }
  /** A prefix list whose ranges are not part of this input. */
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
    const types = [`aws_vpc_security_group_${direction}_rule`, 'aws_security_group_rule'];
    const separate = types.flatMap((type) => graph.referring(type, OF_GROUP, group));
    const inline = inlineBlocks(graph, group, direction, { type: types, attribute: OF_GROUP });
    return {
      rules: [
        ...separate.flatMap((rule) => securityRulesSaidBy(graph, rule, direction)),
        ...inline.flatMap((block) => fromBlock(graph, group, block, group)),
      ],
      complete: !group.hides(direction) && !types.some((type) => graph.mayRefer(type, OF_GROUP, group.type)),
    };
  });
}

/** The rules that a rule resource says, whatever group it is for. */
export function securityRulesSaidBy(
  graph: ResourceGraph,
  resource: Resource,
  direction: Direction,
): readonly SecurityRule[] {
  if (resource.type === `aws_vpc_security_group_${direction}_rule`) return fromResource(graph, resource);
  if (resource.type !== 'aws_security_group_rule' || resource.is('type', direction) === false) return [];
  return fromBlock(graph, resource, resource, graph.referenceIn(resource.value(OF_GROUP), ...GROUPS));
}

/** What names the group of a rule resource. */
const OF_GROUP = 'security_group_id';

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

/** Who of a family some groups together let through to a TCP port. */
export interface Admitted {
  /** Those whose addresses are known. */
  readonly addresses: AddressSet;
  /** All of them, groups included. */
  readonly rules: readonly SecurityRule[];
  /** Whether nobody else can be among them who might be everybody. */
  readonly certain: boolean;
}

/** The rules of some groups add up. */
export function admitted(
  graph: ResourceGraph,
  groups: readonly Resource[],
  direction: Direction,
  family: Family,
  port: number,
): Admitted {
  const each = groups.map((group) => securityRules(graph, group, direction));
  const about = each
    .flatMap(({ rules }) => rules)
    .filter((rule) => isOf(graph, rule.peer, family) && opensPort(rule, port) !== false);
  const rules = about.filter((rule) => opensPort(rule, port));
  const ranges = rules.flatMap(({ peer }) => (peer.kind === 'range' ? [peer.range] : []));
  return {
    addresses: AddressSet.of(family, ranges),
    rules,
    certain:
      each.every(({ complete }) => complete) &&
      rules.length === about.length &&
      !rules.some(({ peer }) => mayBeEverybody(graph, peer, family)),
  };
}

/**
 * A rule for the block that a VPC has of one family, where no rule lets the block of the other family through: neither
 * as such nor with everybody.
 */
export function loneBlock(
  graph: ResourceGraph,
  groups: readonly Resource[],
  direction: Direction,
  vpc: Resource,
  family: Family,
): SecurityRule | undefined {
  const rules = groups.flatMap((group) => securityRules(graph, group, direction).rules);
  if (!rules.some((rule) => isOf(graph, rule.peer, family) && isBlockOf(graph, vpc, rule))) return undefined;
  for (const port of portBorders(rules)) {
    const block = admitted(graph, groups, direction, family, port).rules.find((rule) => isBlockOf(graph, vpc, rule));
    const other = admitted(graph, groups, direction, OTHER[family], port);
    const isThere = other.addresses.holdsInternet || other.rules.some((rule) => isBlockOf(graph, vpc, rule));
    if (block && !isThere && other.certain) return block;
  }
  return undefined;
}

function isBlockOf(graph: ResourceGraph, vpc: Resource, { peer }: SecurityRule): boolean {
  if (peer.kind === 'unknown') return graph.referencesIn(peer.value).includes(vpc);
  if (peer.kind !== 'range') return false;
  const block = parseCidr(vpc.known(peer.range.family === 'ipv4' ? 'cidr_block' : 'ipv6_cidr_block') ?? '');
  return block !== undefined && block.first === peer.range.first && block.last === peer.range.last;
}

/** Whether a peer may have addresses of a family: a group has those of both. */
function isOf(graph: ResourceGraph, peer: Peer, family: Family): boolean {
  if (peer.kind === 'range') return peer.range.family === family;
  if (peer.kind === 'unknown') return peer.family === family;
  if (peer.kind === 'group') return true;
  return peer.kind === 'prefix-list' && familyOfList(graph, peer.value) !== OTHER[family];
}

const OTHER: Readonly<Record<Family, Family>> = { ipv4: 'ipv6', ipv6: 'ipv4' };

/** The family of a prefix list, by what it says or by the name that AWS gives its lists. */
export function familyOfList(graph: ResourceGraph, value: unknown): Family | undefined {
  const name = awsListName(graph, value);
  if (name) return name.includes('.ipv6.') ? 'ipv6' : EITHER.test(name) ? undefined : 'ipv4';
  const said = prefixListIn(graph, value)?.known('address_family')?.toLowerCase();
  return said === 'ipv4' || said === 'ipv6' ? said : undefined;
}

/** Gateway endpoints have one name for the lists of both families. */
const EITHER = /\.(s3|dynamodb|s3express)$/;

/** Whether a rule lets TCP to a port through, whoever may use it. A rule for all protocols has no ports. */
export function opensPort(
  { protocol, fromPort, toPort }: SecurityRule,
  port: number,
  transport: 'tcp' | 'udp' = 'tcp',
): Maybe {
  if (protocol === 'all') return true;
  if (protocol !== undefined && protocol !== transport) return false;
  if (Number.isNaN(fromPort) || Number.isNaN(toPort)) return undefined;
  if (!(fromPort <= port && port <= toPort)) return false;
  return protocol === undefined ? undefined : true;
}

/** The first ports of spans in which every port meets the same rules. */
export function portBorders(rules: readonly SecurityRule[]): readonly number[] {
  const borders = rules.flatMap(({ protocol, fromPort, toPort }) =>
    protocol === 'tcp' || protocol === 'udp' || protocol === undefined ? [fromPort, toPort + 1] : [],
  );
  return [...new Set([0, ...borders])].filter((port) => port >= 0 && port <= 65535).sort((one, other) => one - other);
}

/**
 * Whether a rule lets an ICMP message of the family in. -1 stands for all types, or all codes (measured with AWS
 * provider 5.100.0: types are `from_port`, codes `to_port`).
 */
export function opensIcmp(
  { protocol, fromPort, toPort }: SecurityRule,
  family: Family,
  type: number,
  code: number,
): Maybe {
  if (protocol === 'all') return true;
  if (protocol !== undefined && protocol !== (family === 'ipv4' ? 'icmp' : 'icmpv6')) return false;
  if (fromPort !== -1 && fromPort !== type && !Number.isNaN(fromPort)) return false;
  if (fromPort !== -1 && toPort !== -1 && toPort !== code && !Number.isNaN(toPort)) return false;
  return protocol === undefined || Number.isNaN(fromPort) || Number.isNaN(toPort) ? undefined : true;
}

/** The prefix list's ranges, where the list is part of this input and known. */
export function prefixListRanges(graph: ResourceGraph, value: unknown): readonly Cidr[] | undefined {
  const list = prefixListIn(graph, value);
  if (!list || list.hides('entry')) return undefined;
  if (graph.mayRefer('aws_ec2_managed_prefix_list_entry', 'prefix_list_id', list.type)) return undefined;
  const entries = [
    ...list.blocks('entry'),
    ...graph.referring('aws_ec2_managed_prefix_list_entry', 'prefix_list_id', list),
  ];
  const ranges = entries.map((entry) => parseCidr(entry.known('cidr') ?? ''));
  return ranges.every((range) => range !== undefined) ? ranges : undefined;
}

/** The prefix list that a value names, where it is made here. */
export function prefixListIn(graph: ResourceGraph, value: unknown): Resource | undefined {
  return graph.referenceIn(value, 'aws_ec2_managed_prefix_list');
}

/**
 * Addresses that nobody has on the Internet: private use, shared, link-local, loopback; documentation ranges are not
 * among them, because examples use them for somebody outside.
 */
const INTERNAL: Readonly<Record<Family, readonly string[]>> = {
  ipv4: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '127.0.0.0/8'],
  ipv6: ['fc00::/7', 'fe80::/10', '::1/128', '64:ff9b::/96'],
};

/** What is outside in a set of addresses. */
export function external(addresses: AddressSet): AddressSet {
  return INTERNAL[addresses.family].reduce((rest, text) => rest.minus(parseCidr(text)!), addresses);
}

/** The name of a prefix list of AWS's that a data source looks up. */
export function awsListName(graph: ResourceGraph, value: unknown): string | undefined {
  const [source] = graph
    .referencesIn(value)
    .filter(({ type, mode }) => mode === 'data' && ['aws_ec2_managed_prefix_list', 'aws_prefix_list'].includes(type));
  const filtered = source?.blocks('filter').find((filter) => filter.is('name', 'prefix-list-name'));
  const name = source?.known('name') ?? filtered?.list('values')[0];
  return typeof name === 'string' && name.startsWith('com.amazonaws.') ? name : undefined;
}

/**
 * Whether a peer whose addresses cannot be seen may be everybody. A block of some VPC is not, whatever it will be, and
 * no list of AWS's.
 */
export function mayBeEverybody(graph: ResourceGraph, peer: Peer, family: Family): boolean {
  if (peer.kind === 'unknown') return peer.family === family && isForeign(peer.value);
  return (
    peer.kind === 'prefix-list' &&
    awsListName(graph, peer.value) === undefined &&
    familyOfList(graph, peer.value) !== OTHER[family]
  );
}

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

function fromBlock(
  graph: ResourceGraph,
  resource: Resource,
  block: Block,
  group: Resource | undefined,
): SecurityRule[] {
  const base = { resource, ...portsOf(block, block.value('protocol')) };
  return [
    ...rangePeers('ipv4', block.list('cidr_blocks')),
    ...rangePeers('ipv6', block.list('ipv6_cidr_blocks')),
    ...listPeers(graph, block.list('prefix_list_ids')),
    ...groupPeers(graph, [...block.list('security_groups'), ...block.list('source_security_group_id')]),
    ...(block.is('self', true) ? [{ kind: 'group' as const, group, value: group?.value('id') }] : []),
  ].map((peer) => ({ ...base, peer }));
}

function rangePeers(family: Family, values: readonly unknown[]): Peer[] {
  return values
    .filter((value) => value !== '' && value !== null)
    .map((value): Peer => {
      if (value instanceof Unknown) return { kind: 'unknown', family, value };
      const text = typeof value === 'string' ? value : '';
      const range = parseCidr(text);
      return range?.family === family ? { kind: 'range', range } : { kind: 'invalid', family, value: text };
    });
}

function listPeers(graph: ResourceGraph, values: readonly unknown[]): Peer[] {
  return values
    .filter((value) => value !== '')
    .flatMap((value): Peer[] => {
      const ranges = prefixListRanges(graph, value);
      if (!ranges || ranges.length === 0) return [{ kind: 'prefix-list', value }];
      const list = prefixListIn(graph, value);
      return ranges.map((range) => ({ kind: 'range', range, list }));
    });
}

function groupPeers(graph: ResourceGraph, values: readonly unknown[]): Peer[] {
  return values
    .filter((value) => value !== '')
    .map((value) => ({
      kind: 'group',
      group: graph.referenceIn(value, ...GROUPS),
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
  'ipv6-icmp': 'icmpv6',
};

/** AWS takes numbers and names. */
export function protocolName(protocol: unknown): string | undefined {
  if (protocol === undefined || protocol === null || typeof protocol === 'object') return undefined;
  const text = String(protocol).toLowerCase();
  return PROTOCOLS[text] ?? text;
}

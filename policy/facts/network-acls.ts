import { AddressSet } from '../../core/address-set';
import { type Cidr, contains, type Family, overlaps, parseCidr } from '../../core/cidr';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type Block, type Maybe, Unknown } from '../value';
import { isIpv6Only, subnetHasIpv6 } from './address-blocks';
import { inlineBlocks } from './inline';
import { type Direction, protocolName } from './security-groups';

/** One entry of a network ACL about one family, whichever of the ways it is written in. */
export interface AclEntry {
  readonly resource: Resource;
  readonly number: number;
  readonly family: Family;
  /** Undefined where only apply will know, and for what is no range. */
  readonly range: Cidr | undefined;
  readonly value: unknown;
  readonly allows: Maybe;
  /** As `SecurityRule.protocol`. */
  readonly protocol: string | undefined;
  /** NaN where not known. */
  readonly fromPort: number;
  readonly toPort: number;
  readonly block: Block;
}

export interface AclEntries {
  /** By their numbers, as AWS evaluates them. */
  readonly entries: readonly AclEntry[];
  readonly complete: boolean;
  /** The blocks of the VPC, as far as they are known. */
  readonly vpc?: Partial<Record<Family, Cidr>>;
}

export const ACLS = ['aws_network_acl', 'aws_default_network_acl'] as const;

/** The ACL that guards a subnet. `unmanaged` is the VPC's own, to which AWS adds IPv6 as long as nobody changes it. */
export function aclOf(graph: ResourceGraph, subnet: Resource): Resource | 'unmanaged' | 'unknown' {
  return graph.fact(subnet, aclOf, () => {
    const [association] = graph.referring('aws_network_acl_association', 'subnet_id', subnet);
    if (association) return graph.referenceIn(association.value('network_acl_id'), ...ACLS) ?? 'unknown';
    const [direct] = ACLS.flatMap((type) => graph.referring(type, 'subnet_ids', subnet));
    if (direct) return direct;
    const hidden =
      graph.mayRefer('aws_network_acl_association', 'subnet_id', 'aws_subnet') ||
      ACLS.some((type) => graph.mayRefer(type, 'subnet_ids', 'aws_subnet'));
    if (hidden) return 'unknown';
    const vpc = graph.referenceIn(subnet.value('vpc_id'), 'aws_vpc');
    const managed = graph
      .ofType('aws_default_network_acl')
      .find((acl) => graph.referencesIn(acl.value('default_network_acl_id')).includes(vpc!));
    if (managed) return managed;
    if (graph.ofType('aws_default_network_acl').length > 0) return 'unknown';
    return vpc ? 'unmanaged' : 'unknown';
  });
}

/** The subnets that an ACL guards, as far as they are part of this input. */
export function subnetsGuardedBy(graph: ResourceGraph, acl: Resource): readonly Resource[] {
  return graph.fact(acl, subnetsGuardedBy, () =>
    graph.ofType('aws_subnet').filter((subnet) => aclOf(graph, subnet) === acl),
  );
}

/** The entries of an ACL: inline blocks and `aws_network_acl_rule` alike. */
export function aclEntries(graph: ResourceGraph, acl: Resource, direction: Direction): AclEntries {
  return graph.fact(acl, FACTS[direction], () => {
    const separate = graph
      .referring(RULES.type[0], RULES.attribute, acl)
      .filter((rule) => rule.is('egress', direction === 'egress', false) !== false);
    const entries = [
      ...separate.flatMap((rule) => entriesFrom(rule, rule, 'rule_number', 'rule_action')),
      ...inlineBlocks(graph, acl, direction, RULES).flatMap((block) => entriesFrom(acl, block, 'rule_no', 'action')),
    ].sort((one, other) => one.number - other.number);
    const complete =
      !acl.hides(direction) &&
      !graph.mayRefer(RULES.type[0], RULES.attribute, acl.type) &&
      !separate.some((rule) => rule.is('egress', true, false) === undefined) &&
      !entries.some((entry) => Number.isNaN(entry.number));
    return { entries, complete, vpc: blocksOfVpc(graph, acl) };
  });
}

const FACTS: Readonly<Record<Direction, object>> = { ingress: {}, egress: {} };

const RULES = { type: ['aws_network_acl_rule'], attribute: 'network_acl_id' } as const;

function blocksOfVpc(graph: ResourceGraph, acl: Resource): Partial<Record<Family, Cidr>> {
  const vpc =
    graph.referenceIn(acl.value('vpc_id'), 'aws_vpc') ??
    graph.referenceIn(acl.value('default_network_acl_id'), 'aws_vpc');
  const known = (name: string): Cidr | undefined => parseCidr(vpc?.known(name) ?? '');
  return { ipv4: known('cidr_block'), ipv6: known('ipv6_cidr_block') };
}

/** Whether an ACL lets anything of a family through: an entry allows something, and none before it denies all of that. */
export function letsAnythingThrough({ entries, complete }: AclEntries, family: Family): Maybe {
  const own = entries.filter((entry) => entry.family === family);
  const found = own.filter(
    ({ allows, range }, index) =>
      allows !== false &&
      !own
        .slice(0, index)
        .some((before) => before.allows === false && before.protocol === 'all' && deniesAll(before.range, range)),
  );
  if (found.some(({ allows }) => allows)) return true;
  return found.length > 0 || !complete ? undefined : false;
}

/** A family that an ACL shuts out of dual-stack subnets, in some direction, where it lets the other through. */
export interface Missing {
  readonly family: Family;
  readonly directions: readonly Direction[];
}

/** The family that misses in an ACL; undefined where none does, or none of its subnets has IPv6. */
export function missingIn(graph: ResourceGraph, acl: Resource): Missing | 'unknown' | undefined {
  return graph.fact(acl, missingIn, () => {
    const subnets = subnetsGuardedBy(graph, acl).filter(subnetHasIpv6);
    if (subnets.length === 0) return undefined;
    const hasIpv4 = subnets.some((subnet) => isIpv6Only(subnet) === false);
    const lets = (direction: Direction, family: Family): Maybe =>
      letsAnythingThrough(aclEntries(graph, acl, direction), family);
    const shut6 = DIRECTIONS.filter((one) => lets(one, 'ipv6') === false && (!hasIpv4 || lets(one, 'ipv4')));
    if (shut6.length > 0) return { family: 'ipv6', directions: shut6 };
    const shut4 = DIRECTIONS.filter((one) => hasIpv4 && lets(one, 'ipv4') === false && lets(one, 'ipv6'));
    if (shut4.length > 0) return { family: 'ipv4', directions: shut4 };
    return DIRECTIONS.some((one) => lets(one, 'ipv6') === undefined) ? 'unknown' : undefined;
  });
}

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

function deniesAll(denied: Cidr | undefined, range: Cidr | undefined): boolean {
  return denied !== undefined && (range ? contains(denied, range) : denied.prefix === 0);
}

/** What passes an ACL, or does not: one protocol to a span of ports. */
export interface Traffic {
  /** Whose addresses; a VPC's own block, which need not be known, where it is `inside`. */
  readonly addresses: AddressSet | 'inside';
  readonly family: Family;
  /**
   * `icmp` is ICMP or ICMPv6, whichever is the family's.
   *
   * @default 'tcp'
   */
  readonly protocol?: 'tcp' | 'udp' | 'icmp';
  /** First and last port, or ICMP type. */
  readonly fromPort: number;
  readonly toPort: number;
  /**
   * ICMP code.
   *
   * @default 0
   */
  readonly code?: number;
}

/** Traffic of addresses that are known. */
export type KnownTraffic = Traffic & { readonly addresses: AddressSet };

/** Whom an ACL refuses of those whose traffic it is, and whether that is all that there is to know. */
export interface Refused {
  readonly addresses: AddressSet;
  readonly complete: boolean;
}

/** The addresses whose traffic an ACL refuses, at one of the ports at least. */
export function refusedBy({ entries, complete }: AclEntries, traffic: KnownTraffic): Refused {
  let addresses = AddressSet.none(traffic.family);
  let certain = complete;
  for (const port of portsOf(entries, traffic)) {
    let rest = traffic.addresses;
    for (const entry of entries) {
      const about = isAbout(entry, traffic, port);
      if (about === false || rest.isEmpty) continue;
      if (about === undefined || entry.allows === undefined || (!entry.range && !isOfVpc(entry))) certain = false;
      else if (entry.range?.prefix === 0) {
        if (!entry.allows) addresses = addresses.union(rest);
        rest = AddressSet.none(traffic.family);
        break;
      } else if (entry.range) {
        if (!entry.allows) addresses = addresses.union(rest.intersect(entry.range));
        rest = rest.minus(entry.range);
      }
    }
    addresses = addresses.union(rest);
  }
  return { addresses, complete: certain };
}

/**
 * Whether all of some traffic passes, entry by entry in the order of their numbers: the first that is about a packet
 * decides, and what none is about is denied (VPC guide, "Network ACL rules").
 */
export function passes(acl: AclEntries, traffic: Traffic): Maybe {
  const { addresses } = traffic;
  if (addresses !== 'inside') {
    const refused = refusedBy(acl, { ...traffic, addresses });
    return refused.complete ? refused.addresses.isEmpty : undefined;
  }
  let verdict: Maybe = true;
  for (const port of portsOf(acl.entries, traffic)) {
    const passed = passesInside(acl, traffic, port);
    if (passed === false) return acl.complete ? false : undefined;
    if (passed === undefined) verdict = undefined;
  }
  return verdict;
}

/** Whether an ACL lets traffic through, but for a list of those that are shut out: an eighth at most is a list. */
export function letsThrough(acl: AclEntries, traffic: KnownTraffic): Maybe {
  const { addresses, complete } = refusedBy(acl, traffic);
  if (!complete) return undefined;
  return addresses.size * 8n <= traffic.addresses.size;
}

/** The first ports of spans in which every port meets the same entries. */
export function portsOf(
  entries: readonly AclEntry[],
  { family, protocol, fromPort: first, toPort: last }: Omit<Traffic, 'addresses'>,
): readonly number[] {
  const borders = new Set([first]);
  if (protocol === 'icmp') return [...borders];
  for (const entry of entries) {
    if (entry.family !== family || entry.protocol === 'all') continue;
    for (const border of [entry.fromPort, entry.toPort + 1]) if (border > first && border <= last) borders.add(border);
  }
  return [...borders];
}

/** Inside a VPC an entry about everybody decides, and so does one about the VPC's block. */
function passesInside({ entries, vpc }: AclEntries, traffic: Traffic, port: number): Maybe {
  const perhaps = new Set<Maybe>();
  const verdict = (decided: Maybe): Maybe => ([...perhaps].every((one) => one === decided) ? decided : undefined);
  for (const entry of entries) {
    const about = isAbout(entry, traffic, port);
    if (about === false) continue;
    const holds = holdsVpc(entry, vpc?.[traffic.family]);
    if (holds === false) continue;
    if (about && holds) return verdict(entry.allows);
    perhaps.add(entry.allows);
  }
  return verdict(false);
}

/** Whether an entry is about all of a VPC; undefined for a part of it, and where that cannot be seen. */
function holdsVpc(entry: AclEntry, vpc: Cidr | undefined): Maybe {
  const { range } = entry;
  if (!range) return isOfVpc(entry) ? true : entry.value instanceof Unknown ? undefined : false;
  if (range.prefix === 0) return true;
  if (!vpc) return undefined;
  return contains(range, vpc) ? true : overlaps(range, vpc) ? undefined : false;
}

/** Whether an entry is about a block that AWS gives to a VPC or a subnet: inside, and not the Internet. */
function isOfVpc({ value }: AclEntry): boolean {
  if (!(value instanceof Unknown)) return false;
  const { addresses, opaque } = value.references;
  return !opaque && addresses.length > 0;
}

function isAbout(entry: AclEntry, { family, protocol = 'tcp', code = 0 }: Traffic, port: number): Maybe {
  if (entry.family !== family) return false;
  if (entry.protocol === 'all') return true;
  if (protocol === 'icmp') return isAboutIcmp(entry, family, port, code);
  if (entry.protocol !== undefined && entry.protocol !== protocol) return false;
  if (Number.isNaN(entry.fromPort) || Number.isNaN(entry.toPort)) return undefined;
  if (!(entry.fromPort <= port && port <= entry.toPort)) return false;
  return entry.protocol === undefined ? undefined : true;
}

/** -1 stands for all types, or all codes; what is not set is 0 to the provider. */
function isAboutIcmp({ protocol, block }: AclEntry, family: Family, type: number, code: number): Maybe {
  if (protocol === undefined) return undefined;
  if (protocol !== (family === 'ipv4' ? 'icmp' : 'icmpv6')) return false;
  const said = [block.number('icmp_type'), block.number('icmp_code')].map((value) => value ?? 0);
  const fits = [type, code].map((value, index) => said[index] === -1 || said[index] === value);
  if (said.some((value, index) => typeof value === 'number' && !fits[index])) return false;
  return said.some((value) => value instanceof Unknown) ? undefined : true;
}

function entriesFrom(resource: Resource, block: Block, number: string, action: string): AclEntry[] {
  const numeric = (name: string): number => {
    const value = block.number(name);
    return typeof value === 'number' ? value : NaN;
  };
  const said = block.known(action)?.toLowerCase();
  return (['ipv4', 'ipv6'] as const).flatMap((family): AclEntry[] => {
    const name = family === 'ipv4' ? 'cidr_block' : 'ipv6_cidr_block';
    if (!block.has(name)) return [];
    const value = block.value(name);
    const range = typeof value === 'string' ? parseCidr(value) : undefined;
    return [
      {
        resource,
        family,
        value,
        block,
        number: numeric(number),
        range: range?.family === family ? range : undefined,
        allows: said === undefined ? undefined : said === 'allow',
        protocol: protocolName(block.value('protocol')),
        fromPort: numeric('from_port'),
        toPort: numeric('to_port'),
      },
    ];
  });
}

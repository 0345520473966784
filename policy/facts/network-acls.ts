import { AddressSet } from '../../core/address-set';
import { type Cidr, type Family, parseCidr } from '../../core/cidr';
import type { Resource, ResourceGraph } from '../resource-graph';
import { Block, type Maybe, Unknown } from '../value';
import { type Direction, protocolName } from './security-groups';

/** One entry of a network ACL about one family, whichever of the ways it is written in. */
export interface AclEntry {
  readonly resource: Resource;
  readonly number: number;
  readonly family: Family;
  /** Undefined where only apply will know. */
  readonly range: Cidr | undefined;
  readonly value: unknown;
  readonly allows: Maybe;
  /** As `SecurityRule.protocol`. */
  readonly protocol: string | undefined;
  readonly fromPort: number;
  readonly toPort: number;
  readonly block: Block;
}

export interface AclEntries {
  /** By their numbers, as AWS evaluates them. */
  readonly entries: readonly AclEntry[];
  readonly complete: boolean;
}

const ACLS = ['aws_network_acl', 'aws_default_network_acl'] as const;

/** The ACL that guards a subnet. `unmanaged` is the VPC's own, to which AWS adds IPv6 as long as nobody changes it. */
export function aclOf(graph: ResourceGraph, subnet: Resource): Resource | 'unmanaged' | 'unknown' {
  return graph.fact(subnet, aclOf, () => {
    const [direct] = ACLS.flatMap((type) => graph.referring(type, 'subnet_ids', subnet));
    if (direct) return direct;
    const [association] = graph.referring('aws_network_acl_association', 'subnet_id', subnet);
    if (association) return graph.referenceIn(association.value('network_acl_id'), ...ACLS) ?? 'unknown';
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

/** The entries of an ACL: inline blocks and `aws_network_acl_rule` alike. */
export function aclEntries(graph: ResourceGraph, acl: Resource, direction: Direction): AclEntries {
  return graph.fact(acl, FACTS[direction], () => {
    const separate = graph
      .referring('aws_network_acl_rule', 'network_acl_id', acl)
      .filter((rule) => rule.is('egress', direction === 'egress', false) !== false);
    const entries = [
      ...separate.flatMap((rule) => entriesFrom(rule, rule, 'rule_number', 'rule_action')),
      ...acl.blocks(direction).flatMap((block) => entriesFrom(acl, block, 'rule_no', 'action')),
    ].sort((one, other) => one.number - other.number);
    const complete = !acl.hides(direction) && !graph.mayRefer('aws_network_acl_rule', 'network_acl_id', acl.type);
    return { entries, complete };
  });
}

const FACTS: Readonly<Record<Direction, object>> = { ingress: {}, egress: {} };

/** What passes an ACL: TCP to a span of ports. */
export interface Traffic {
  /** Whose addresses; a VPC's own block, which is not known, where it is `inside`. */
  readonly addresses: AddressSet | 'inside';
  readonly family: Family;
  readonly fromPort: number;
  readonly toPort: number;
}

/** Whom an ACL refuses of those whose traffic it is, and whether that is all that there is to know. */
export interface Refused {
  readonly addresses: AddressSet;
  readonly complete: boolean;
}

/** The addresses whose traffic an ACL refuses, at one of the ports at least. */
export function refusedBy(
  { entries, complete }: AclEntries,
  traffic: Traffic & { readonly addresses: AddressSet },
): Refused {
  const relevant = entries.filter((entry) => entry.family === traffic.family && isAbout(entry, traffic));
  const certain = relevant.every(({ range, allows }) => range !== undefined && allows !== undefined);
  let addresses = AddressSet.none(traffic.family);
  for (const port of bordersOf(relevant, traffic)) {
    let rest = traffic.addresses;
    for (const { protocol, fromPort, toPort, range, allows } of relevant) {
      if (!range || (protocol !== 'all' && !(fromPort <= port && port <= toPort))) continue;
      if (allows === false) addresses = addresses.union(rest.intersect(range));
      rest = rest.minus(range);
    }
    addresses = addresses.union(rest);
  }
  return { addresses, complete: complete && certain };
}

/**
 * Whether all of some traffic passes, entry by entry in the order of their numbers: the first that is about a packet
 * decides, and what none is about is denied (VPC guide, "Network ACL rules").
 */
export function passes({ entries, complete }: AclEntries, traffic: Traffic): Maybe {
  const relevant = entries.filter((entry) => entry.family === traffic.family && isAbout(entry, traffic));
  let verdict: Maybe = true;
  for (const port of bordersOf(relevant, traffic)) {
    const passed = passesAt(relevant, traffic, port);
    if (passed === false) return complete ? false : undefined;
    if (passed === undefined) verdict = undefined;
  }
  return verdict;
}

/** The first ports of spans in which every port meets the same entries. */
function bordersOf(entries: readonly AclEntry[], { fromPort: first, toPort: last }: Traffic): ReadonlySet<number> {
  const borders = new Set([first]);
  for (const { protocol, fromPort, toPort } of entries) {
    if (protocol === 'all') continue;
    for (const border of [fromPort, toPort + 1]) if (border > first && border <= last) borders.add(border);
  }
  return borders;
}

function passesAt(entries: readonly AclEntry[], { addresses, family }: Traffic, port: number): Maybe {
  let rest = addresses === 'inside' ? undefined : addresses;
  let uncertain = false;
  for (const entry of entries) {
    if (entry.protocol !== 'all' && !(entry.fromPort <= port && port <= entry.toPort)) continue;
    if (addresses === 'inside') {
      // Inside a VPC an entry about everybody decides, and so does one about a block that is computed: its own.
      const about = entry.range === undefined || entry.range.prefix === 0;
      if (about) return uncertain ? undefined : entry.allows;
      // Whether a written range is a part of the VPC is not known here.
      if (entry.allows === false) uncertain = true;
      continue;
    }
    if (entry.range === undefined) continue;
    if (entry.allows === undefined) uncertain = true;
    else if (entry.allows) rest = rest!.minus(entry.range);
    else if (rest!.overlaps(entry.range)) return uncertain ? undefined : false;
    if (rest!.isEmpty) return uncertain ? undefined : true;
  }
  if (addresses !== 'inside' && AddressSet.of(family, []).equals(rest!)) return true;
  return uncertain ? undefined : false;
}

function isAbout({ protocol, fromPort, toPort }: AclEntry, traffic: Traffic): boolean {
  if (protocol === 'all') return true;
  return protocol === 'tcp' && fromPort <= traffic.toPort && toPort >= traffic.fromPort;
}

function entriesFrom(resource: Resource, block: Block, number: string, action: string): AclEntry[] {
  const numeric = (name: string): number => Number(block.known(name) ?? NaN);
  const said = block.known(action)?.toLowerCase();
  return (['ipv4', 'ipv6'] as const).flatMap((family): AclEntry[] => {
    const name = family === 'ipv4' ? 'cidr_block' : 'ipv6_cidr_block';
    if (!block.has(name)) return [];
    const value = block.value(name);
    return [
      {
        resource,
        family,
        value,
        block,
        number: numeric(number),
        range: value instanceof Unknown ? undefined : parseCidr(String(value)),
        allows: said === undefined ? undefined : said === 'allow',
        protocol: protocolName(block.value('protocol')),
        fromPort: numeric('from_port'),
        toPort: numeric('to_port'),
      },
    ];
  });
}

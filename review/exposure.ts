import { AddressSet } from '../core/address-set';
import { type Family, formatCidr, parseCidr } from '../core/cidr';
import { frontsOf, guardsAt } from '../policy/facts/exposure';
import { aclEntries, type AclEntries, aclOf, portsOf, refusedBy } from '../policy/facts/network-acls';
import {
  familyOfList,
  GROUPS,
  opensPort,
  type Peer,
  portBorders,
  type SecurityRules,
  securityRules,
} from '../policy/facts/security-groups';
import { type Edge, edgesOf } from '../policy/hops/edges';
import { EVERYBODY, FAMILY_NAME } from '../policy/hops/hop';
import type { Resource, ResourceGraph } from '../policy/resource-graph';
import { type Unknown } from '../policy/value';
import type { Exposure } from './report';
import { enumerated } from './words';

/**
 * Who may connect where, and could not before, or no longer may: what security groups and network ACLs let through together,
 * by address and not by how it is written, both families in one sentence.
 *
 * @param renamed addresses after of what moved, by those before
 */
export function exposureBetween(
  before: ResourceGraph | undefined,
  after: ResourceGraph | undefined,
  renamed: ReadonlyMap<string, string> = new Map(),
): Exposure[] {
  const old = new Map((before ? subjectsOf(before) : []).map((one) => [renamed.get(one.key) ?? one.key, one]));
  const now = new Map((after ? subjectsOf(after) : []).map((one) => [one.key, one]));
  // What answers for a name after is held against what did before, be it another thing.
  for (const [key, one] of now) {
    const [other] = [...old].find(([was, { label }]) => !now.has(was) && label === one.label) ?? [];
    if (old.has(key) || other === undefined) continue;
    old.set(key, old.get(other)!);
    old.delete(other);
  }
  return [...new Set([...old.keys(), ...now.keys()])]
    .flatMap((key) => compared(old.get(key), now.get(key)))
    .sort((one, other) => WEIGHT[one.kind] - WEIGHT[other.kind] || (one.text < other.text ? -1 : 1));
}

const WEIGHT: Readonly<Record<Exposure['kind'], number>> = { opened: 0, moved: 1, closed: 2 };

const FAMILIES: readonly Family[] = ['ipv4', 'ipv6'];

const OTHER: Readonly<Record<Family, Family>> = { ipv4: 'ipv6', ipv6: 'ipv4' };

/** Something that packets can be sent to. */
interface Subject {
  readonly key: string;
  /** How people call it. */
  readonly label: string;
  /** First ports of spans in which every port meets the same rules. */
  borders(protocol: Protocol): readonly number[];
  admits(protocol: Protocol, family: Family, port: number): Admitted;
}

type Protocol = 'tcp' | 'udp';

interface Admitted {
  readonly addresses: AddressSet;
  /** The ranges and prefix lists, as they are written. */
  readonly texts: readonly string[];
}

function subjectsOf(graph: ResourceGraph): Subject[] {
  const fronts = frontsOf(graph).map((front) => {
    const rules = added(front.groups.found.map((group) => securityRules(graph, group, 'ingress')));
    const acls = front.subnets.found.map((subnet) => aclOf(graph, subnet)).filter((acl) => typeof acl !== 'string');
    const entries = [...new Set(acls)].map((acl) => aclEntries(graph, acl, 'ingress'));
    // A network load balancer without a group takes all that comes to its listeners.
    const isOpen = front.kind === 'network' && front.groups.found.length === 0;
    return subject(graph, front.resource.address, labelOf(graph, front.resource), rules, {
      entries,
      ...(isOpen && { open: { tcp: front.ports, udp: front.udpPorts } }),
      families: FAMILIES.filter((family) => front.has[family] !== false),
    });
  });
  const distributions = graph
    .ofType('aws_cloudfront_distribution')
    .filter((one) => one.is('enabled', false) !== true)
    .map((one) =>
      subject(graph, one.address, labelOf(graph, one), NO_RULES, {
        open: { tcp: [80, 443], udp: [] },
        families: one.is('is_ipv6_enabled', true) ? FAMILIES : ['ipv4'],
      }),
    );
  const others = graph
    .ofType(...GROUPS)
    .filter((group) => !guardsAFront(graph, group))
    .map((group) => subject(graph, group.address, labelOf(graph, group), securityRules(graph, group, 'ingress')));
  return [...fronts, ...distributions, ...others];
}

const NO_RULES: SecurityRules = { rules: [], complete: true };

/** The rules of some groups add up. */
function added(each: readonly SecurityRules[]): SecurityRules {
  return { rules: each.flatMap(({ rules }) => rules), complete: each.every(({ complete }) => complete) };
}

function guardsAFront(graph: ResourceGraph, group: Resource): boolean {
  const guards = guardsAt(graph, group);
  return guards.length === 0 || guards.some(({ fronts }) => fronts.length > 0);
}

/** The names that lead there; a group by what it is called. */
function labelOf(graph: ResourceGraph, resource: Resource): string {
  const leads = (edge: Edge): boolean => edge.resource === resource || edge.behind.found.some(leads);
  const [edge] = edgesOf(graph).filter(leads);
  return edge?.names[0] ?? resource.block('tags').known('Name') ?? resource.address;
}

interface Surroundings {
  readonly entries?: readonly AclEntries[];
  /** Ports that are open to everybody, whatever the rules. */
  readonly open?: Readonly<Record<Protocol, readonly number[]>>;
  readonly families?: readonly Family[];
}

function subject(
  graph: ResourceGraph,
  key: string,
  label: string,
  rules: SecurityRules,
  { entries = [], open, families = FAMILIES }: Surroundings = {},
): Subject {
  return {
    key,
    label,
    borders: (protocol) => [
      0,
      ...portBorders(rules.rules),
      ...(open?.[protocol] ?? []).flatMap((port) => [port, port + 1]),
      ...entries.flatMap((acl) =>
        FAMILIES.flatMap((family) => portsOf(acl.entries, { family, protocol, fromPort: 0, toPort: 65535 })),
      ),
    ],
    admits: (protocol, family, port) => {
      if (!families.includes(family)) return NOBODY[family];
      if (open?.[protocol].includes(port)) return passed(everybody(family), entries, { protocol, family, port });
      return passed(byRules(graph, rules, protocol, family, port), entries, { protocol, family, port });
    },
  };
}

const NOBODY: Readonly<Record<Family, Admitted>> = {
  ipv4: { addresses: AddressSet.none('ipv4'), texts: [] },
  ipv6: { addresses: AddressSet.none('ipv6'), texts: [] },
};

function everybody(family: Family): Admitted {
  return { addresses: AddressSet.of(family, [parseCidr(EVERYBODY[family])!]), texts: [EVERYBODY[family]] };
}

function byRules(
  graph: ResourceGraph,
  { rules, complete }: SecurityRules,
  protocol: Protocol,
  family: Family,
  port: number,
): Admitted {
  const peersOf = (opens: true | undefined): readonly Peer[] =>
    rules.filter((rule) => opensPort(rule, port, protocol) === opens).map(({ peer }) => peer);
  const textsOf = (peers: readonly Peer[]): string[] => peers.flatMap((peer) => textOf(graph, peer, family) ?? []);
  const sure = peersOf(true);
  const ranges = sure.flatMap((peer) => (peer.kind === 'range' && peer.range.family === family ? [peer.range] : []));
  // A rule whose ports are not known says neither that this one is open nor that it is closed.
  const perhaps = textsOf(peersOf(undefined)).map((text) => `perhaps ${text}, for ports that are not known yet`);
  return {
    addresses: AddressSet.of(family, ranges),
    texts: [...new Set([...textsOf(sure), ...perhaps, ...(complete ? [] : [HIDDEN_RULES])])].sort(),
  };
}

/** Where a group has rules that this input does not show, nobody can say that a port is closed. */
const HIDDEN_RULES = 'perhaps others, by rules that cannot be seen here';

/** Whom a peer stands for among those of a family outside; undefined where that is nobody. */
function textOf(graph: ResourceGraph, peer: Peer, family: Family): string | undefined {
  if (peer.kind === 'range') return peer.range.family === family ? formatCidr(peer.range) : undefined;
  if (peer.kind === 'prefix-list') {
    return familyOfList(graph, peer.value) === OTHER[family] ? undefined : `the prefix list ${String(peer.value)}`;
  }
  if (peer.kind !== 'unknown' || peer.family !== family || !isForeign(peer.value)) return undefined;
  return peer.value.text ?? 'addresses that are not known yet';
}

/** A VPC's own block is nobody outside. */
function isForeign(value: Unknown): boolean {
  return value.references.opaque || value.references.addresses.length === 0;
}

function passed(
  { addresses, texts }: Admitted,
  entries: readonly AclEntries[],
  { protocol, family, port }: { readonly protocol: Protocol; readonly family: Family; readonly port: number },
): Admitted {
  const rest = entries.reduce(
    (left, acl) =>
      left.minus(refusedBy(acl, { addresses: left, family, protocol, fromPort: port, toPort: port }).addresses),
    addresses,
  );
  const whole = rest.equals(addresses);
  const left = texts.filter((text) => {
    const range = parseCidr(text);
    return !range || rest.overlaps(range);
  });
  return { addresses: rest, texts: whole ? texts : left.map((text) => `${text} but for what an ACL refuses`) };
}

interface Span {
  readonly first: number;
  readonly last: number;
  readonly before: Readonly<Record<Family, Admitted>>;
  readonly after: Readonly<Record<Family, Admitted>>;
}

function compared(before: Subject | undefined, after: Subject | undefined): Exposure[] {
  const { label } = (after ?? before)!;
  return (['tcp', 'udp'] as const).flatMap((protocol) => {
    const alike = new Map<string, { readonly ports: string[]; readonly span: Span }>();
    for (const span of spansOf(before, after, protocol)) {
      const families = changedFamilies(span);
      if (families.length === 0) continue;
      const what = phrases(families, span.before, span.after);
      const group = alike.get(what);
      if (group) group.ports.push(portsText(span));
      else alike.set(what, { ports: [portsText(span)], span });
    }
    return [...alike].map(([what, { ports, span }]): Exposure => {
      const isMany = ports.length > 1 || ports[0]!.includes('-');
      const text = `${enumerated(ports)}${protocol === 'udp' ? ' (UDP)' : ''} of ${label} ${isMany ? inPlural(what) : what}`;
      return { subject: label, text, kind: kindOf(span), families: changedFamilies(span) };
    });
  });
}

function inPlural(phrase: string): string {
  return phrase
    .replace(/\bis now\b/g, 'are now')
    .replace(/\bstays\b/g, 'stay')
    .replace(/\(was\b/g, '(were');
}

function changedFamilies({ before, after }: Span): Family[] {
  return FAMILIES.filter((family) => !isSame(before[family], after[family]));
}

function portsText({ first, last }: Span): string {
  if (first === 0 && last === 65535) return 'Every port';
  return first === last ? String(first) : `${first}-${last}`;
}

function spansOf(before: Subject | undefined, after: Subject | undefined, protocol: Protocol): Span[] {
  const borders = [before, after].flatMap((one) => one?.borders(protocol) ?? []);
  const firsts = [...new Set(borders)].filter((port) => port <= 65535).sort((one, other) => one - other);
  const at = (one: Subject | undefined, port: number): Span['before'] => ({
    ipv4: one?.admits(protocol, 'ipv4', port) ?? NOBODY.ipv4,
    ipv6: one?.admits(protocol, 'ipv6', port) ?? NOBODY.ipv6,
  });
  const spans: Span[] = [];
  for (const [index, first] of firsts.entries()) {
    const span = { first, last: (firsts[index + 1] ?? 65536) - 1, before: at(before, first), after: at(after, first) };
    const last = spans.at(-1);
    const isMore =
      last &&
      FAMILIES.every((one) => isSame(last.before[one], span.before[one]) && isSame(last.after[one], span.after[one]));
    if (isMore) spans[spans.length - 1] = { ...last, last: span.last };
    else spans.push(span);
  }
  return spans;
}

function isSame(one: Admitted, other: Admitted): boolean {
  const lists = ({ texts }: Admitted): string => texts.filter((text) => !parseCidr(text)).join();
  return one.addresses.equals(other.addresses) && lists(one) === lists(other);
}

function kindOf({ before, after }: Span): Exposure['kind'] {
  const gains = FAMILIES.some((family) => hasMore(before[family], after[family]));
  const loses = FAMILIES.some((family) => hasMore(after[family], before[family]));
  return gains && loses ? 'moved' : gains ? 'opened' : 'closed';
}

function hasMore(one: Admitted, other: Admitted): boolean {
  return !one.addresses.holds(other.addresses) || isNewList(one, other);
}

function isNewList(before: Admitted, after: Admitted): boolean {
  return after.texts.some((text) => !parseCidr(text) && !before.texts.includes(text));
}

/** `is now open to ::/0 and stays closed on IPv4`. */
function phrases(families: readonly Family[], before: Span['before'], after: Span['after']): string {
  const [one] = families;
  if (families.length === 1) {
    const other = OTHER[one!];
    return `${changed(one!, before[one!], after[one!])}, and stays ${isNobody(after[other]) ? 'closed' : `open to ${whom(after[other], other)}`} on ${FAMILY_NAME[other]}`;
  }
  if (FAMILIES.every((family) => isNobody(before[family]) && !isNobody(after[family]))) {
    return `is now open to ${FAMILIES.map((family) => whom(after[family], family)).join(' and ')}`;
  }
  if (FAMILIES.every((family) => isNobody(after[family]) && !isNobody(before[family]))) {
    return `is now closed (was open to ${FAMILIES.map((family) => whom(before[family], family)).join(' and ')})`;
  }
  return FAMILIES.map((family) => changed(family, before[family], after[family])).join(', and ');
}

function changed(family: Family, before: Admitted, after: Admitted): string {
  const on = `on ${FAMILY_NAME[family]}`;
  if (isNobody(after)) return `is now closed ${on} (was open to ${whom(before, family)})`;
  const was = isNobody(before) ? 'closed' : `open to ${whom(before, family)}`;
  return `is now open to ${whom(after, family)} ${on} (was ${was})`;
}

function isNobody({ addresses, texts }: Admitted): boolean {
  return addresses.isEmpty && texts.length === 0;
}

/** So many ranges are named one by one. */
const MANY = 3;

function whom({ addresses, texts }: Admitted, family: Family): string {
  if (addresses.holdsInternet) return EVERYBODY[family];
  const rest = texts.length - MANY;
  return `${texts.slice(0, MANY).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

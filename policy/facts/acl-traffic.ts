import { AddressSet } from '../../core/address-set';
import { addressBits, type Family, formatCidr, parseCidr } from '../../core/cidr';
import type { Resource, ResourceGraph } from '../resource-graph';
import type { Maybe } from '../value';
import { isIpv6Only, subnetHasIpv6 } from './address-blocks';
import { computeSubnets } from './compute';
import { type Front, frontsIn, frontsOf, portOf } from './exposure';
import { familyOf, targetGroupsOf } from './load-balancers';
import { type AclEntries, aclEntries, letsThrough, passes, portsOf, refusedBy, subnetsGuardedBy } from './network-acls';
import { defaultRoutes, routesOfSubnet } from './routes';
import { admitted, type Direction } from './security-groups';
import { type Target, targetsOf } from './targets';

/** Traffic that does not pass an ACL, though it should. */
export interface Gap {
  readonly family: Family;
  /** `TCP to port 443 from everybody does not pass in`. */
  readonly text: string;
  /** Whether web traffic or its answers are in it. */
  readonly isWeb: boolean;
}

const FAMILIES: readonly Family[] = ['ipv6', 'ipv4'];
const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];
const OTHER: Readonly<Record<Family, Family>> = { ipv4: 'ipv6', ipv6: 'ipv4' };

/** The ports of clients, to which answers go (Elastic Load Balancing guide, "Network ACLs"). */
const EPHEMERAL = { fromPort: 1024, toPort: 65535 };

/** Ports by which a span is one of the web's or of its answers. */
const WEB = [80, 443, 49152];

/** What passes an ACL over one family and not over the other. */
export function gapsIn(graph: ResourceGraph, acl: Resource): readonly Gap[] {
  const hasIpv4 = subnetsGuardedBy(graph, acl).some((subnet) => subnetHasIpv6(subnet) && isIpv6Only(subnet) === false);
  if (!hasIpv4) return [];
  return DIRECTIONS.flatMap((direction) => {
    const entries = aclEntries(graph, acl, direction);
    const found = [
      ...(areMirrored(entries)
        ? []
        : (['tcp', 'udp'] as const).flatMap((protocol) => portGaps(entries, direction, protocol))),
      ...icmpGaps(entries, direction),
    ];
    // What lacks for everybody lacks inside, too.
    return found.filter(
      (gap, index) => found.findIndex((one) => one.family === gap.family && one.what === gap.what) === index,
    );
  });
}

/** Whether the families have the same entries about ports in the same order, which needs no going through the ports. */
function areMirrored({ entries }: AclEntries): boolean {
  const [ipv4, ipv6] = FAMILIES.map((family) =>
    entries
      .filter((entry) => entry.family === family && !entry.protocol?.startsWith('icmp'))
      .map(({ range, value, allows, protocol, fromPort, toPort }) => {
        const whom = range?.prefix === 0 ? 'everybody' : range ? formatCidr(range) : String(value);
        return [whom.replace(/\.(ipv6_)?cidr_block\b/, '.block'), allows, protocol, fromPort, toPort].join();
      }),
  );
  return ipv4!.join('\n') === ipv6!.join('\n');
}

interface FoundGap extends Gap {
  readonly what: string;
}

function portGaps(acl: AclEntries, direction: Direction, protocol: 'tcp' | 'udp'): FoundGap[] {
  const all = { protocol, fromPort: 0, toPort: 65535 };
  const borders = new Set(FAMILIES.flatMap((family) => portsOf(acl.entries, { ...all, family })));
  const firsts = [...borders].sort((one, other) => one - other);
  return (['everybody', 'inside'] as const).flatMap((whom) => {
    const at = (family: Family) =>
      firsts.map((port) => through(acl, whom, { protocol, fromPort: port, toPort: port, family }));
    const passing = { ipv4: at('ipv4'), ipv6: at('ipv6') };
    return FAMILIES.flatMap((family) => {
      const lost = firsts.map((_, index) => passing[OTHER[family]][index] === true && passing[family][index] === false);
      return spansOf(firsts, lost).map(([first, last]): FoundGap => {
        const what = `${protocol.toUpperCase()} to ${portsText(first, last)}`;
        const isWeb = protocol === 'tcp' && WEB.some((port) => first <= port && port <= last);
        return { family, what, isWeb, text: textOf(what, direction, whom) };
      });
    });
  });
}

interface Point {
  readonly family: Family;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly fromPort: number;
  readonly toPort: number;
  readonly code?: number;
}

function through(acl: AclEntries, whom: 'everybody' | 'inside', point: Point): Maybe {
  if (whom === 'inside') return passes(acl, { ...point, addresses: 'inside' });
  return letsThrough(acl, { ...point, addresses: AddressSet.internet(point.family) });
}

/** Neighboring spans as one. */
function spansOf(firsts: readonly number[], lost: readonly boolean[]): [first: number, last: number][] {
  const spans: [number, number][] = [];
  firsts.forEach((first, index) => {
    if (!lost[index]) return;
    const last = (firsts[index + 1] ?? 65536) - 1;
    const before = spans.at(-1);
    if (before?.[1] === first - 1) before[1] = last;
    else spans.push([first, last]);
  });
  return spans;
}

function portsText(first: number, last: number): string {
  if (first === 0 && last === 65535) return 'all ports';
  return first === last ? `port ${first}` : `ports ${first} to ${last}`;
}

/** Messages that mean the same in both families. Packet Too Big has no twin, and a rule of its own. */
const TWINS: readonly (readonly [string, ipv4: readonly [number, number], ipv6: readonly [number, number]])[] = [
  ['destination unreachable', [3, 1], [1, 3]],
  ['time exceeded', [11, 0], [3, 0]],
  ['echo request', [8, 0], [128, 0]],
  ['echo reply', [0, 0], [129, 0]],
];

function icmpGaps(acl: AclEntries, direction: Direction): FoundGap[] {
  const messages = TWINS.map(([name, ipv4, ipv6]) => {
    const passed = (family: Family): Maybe => {
      const [type, code] = family === 'ipv4' ? ipv4 : ipv6;
      return through(acl, 'everybody', { family, protocol: 'icmp', fromPort: type, toPort: type, code });
    };
    return { name, ipv4: passed('ipv4'), ipv6: passed('ipv6') };
  });
  // ICMP is often written for IPv6 alone, which needs it more; with some of it for IPv4, the rest was forgotten.
  const families = messages.some(({ ipv4 }) => ipv4) ? FAMILIES : FAMILIES.filter((family) => family === 'ipv6');
  return families.flatMap((family) =>
    messages
      .filter((message) => message[family] === false && message[OTHER[family]] === true)
      .map(({ name }): FoundGap => {
        const what = `ICMP "${name}"`;
        return { family, what, isWeb: false, text: textOf(what, direction, 'everybody') };
      }),
  );
}

function textOf(what: string, direction: Direction, whom: 'everybody' | 'inside'): string {
  const who = whom === 'inside' ? 'the VPC' : 'everybody';
  return direction === 'ingress' ? `${what} from ${who} does not pass in` : `${what} to ${who} does not pass out`;
}

/** Requests and answers, of which one passes an ACL and the other does not: it keeps no state. */
export function brokenFlowsIn(graph: ResourceGraph, acl: Resource): readonly Gap[] {
  const subnets = subnetsGuardedBy(graph, acl).filter(subnetHasIpv6);
  const flow = new Flows(aclEntries(graph, acl, 'ingress'), aclEntries(graph, acl, 'egress'));
  const fronts = new Set(subnets.flatMap((subnet) => frontsIn(graph, subnet)));
  return [
    ...[...fronts].flatMap((front) => [...clients(graph, front, flow), ...toTargets(graph, front, flow)]),
    ...atTargets(graph, subnets, flow),
    ...subnets.flatMap((subnet) => requests(graph, subnet, flow)),
  ];
}

/** Both directions of an ACL. */
class Flows {
  constructor(
    private readonly ingress: AclEntries,
    private readonly egress: AclEntries,
  ) {}

  public lets(direction: Direction, family: Family, ports: typeof EPHEMERAL, whom: AddressSet | 'inside'): Maybe {
    const acl = this[direction];
    return whom === 'inside'
      ? passes(acl, { family, ...ports, addresses: whom })
      : letsThrough(acl, { family, ...ports, addresses: whom });
  }

  /** Those whose requests come in. */
  public callers(family: Family, port: number, addresses: AddressSet): AddressSet {
    const refused = refusedBy(this.ingress, { family, fromPort: port, toPort: port, addresses });
    return addresses.minus(refused.addresses);
  }
}

/** Clients reach the listeners, and get answers. */
function clients(graph: ResourceGraph, front: Front, flow: Flows): Gap[] {
  const hasIpv4 = front.subnets.found.some((subnet) => isIpv6Only(subnet) === false);
  const families = FAMILIES.filter((family) => front.has[family] && (family === 'ipv6' || hasIpv4));
  return families.flatMap((family) =>
    front.ports.flatMap((port): Gap[] => {
      const audience = audienceOf(graph, front, family, port);
      if (flow.lets('ingress', family, { fromPort: port, toPort: port }, audience) === false) {
        return [{ family, isWeb: true, text: `TCP to port ${port} of ${front.resource.address} does not pass in` }];
      }
      const callers = flow.callers(family, port, audience);
      if (flow.lets('egress', family, EPHEMERAL, callers) !== false) return [];
      return [
        {
          family,
          isWeb: true,
          text: `answers from port ${port} of ${front.resource.address} (TCP 1024 to 65535) do not pass out`,
        },
      ];
    }),
  );
}

/** Those whom the security groups let in, as far as that is known: the Internet, unless it is a list. */
function audienceOf(graph: ResourceGraph, { groups }: Front, family: Family, port: number): AddressSet {
  const internet = AddressSet.internet(family);
  const { addresses } = admitted(graph, groups.found, 'ingress', family, port);
  return addresses.isEmpty || addresses.holdsInternet ? internet : addresses;
}

/** A load balancer reaches its targets, and gets answers. */
function toTargets(graph: ResourceGraph, { resource }: Front, flow: Flows): Gap[] {
  return registeredBehind(graph, resource).flatMap(({ family, target, ports, subnets }) => {
    const whom = subnets.length > 0 ? 'inside' : addressOf(target, family);
    if (!whom) return [];
    const shut = ports.filter((port) => flow.lets('egress', family, { fromPort: port, toPort: port }, whom) === false);
    return [
      ...shut.map((port): Gap => ({
        family,
        isWeb: true,
        text: `requests to port ${port} of the targets do not pass out`,
      })),
      ...(flow.lets('ingress', family, EPHEMERAL, whom) === false
        ? [{ family, isWeb: true, text: 'answers of the targets (TCP 1024 to 65535) do not pass in' }]
        : []),
    ];
  });
}

/** Targets are reached by their load balancer, and answer. */
function atTargets(graph: ResourceGraph, guarded: readonly Resource[], flow: Flows): Gap[] {
  return frontsOf(graph)
    .flatMap(({ resource }) => registeredBehind(graph, resource))
    .filter(({ subnets }) => subnets.some((subnet) => guarded.includes(subnet)))
    .flatMap(({ family, ports }) => {
      const shut = ports.filter(
        (port) => flow.lets('ingress', family, { fromPort: port, toPort: port }, 'inside') === false,
      );
      return [
        ...shut.map((port): Gap => ({
          family,
          isWeb: true,
          text: `requests of the load balancer to port ${port} do not pass in`,
        })),
        ...(flow.lets('egress', family, EPHEMERAL, 'inside') === false
          ? [{ family, isWeb: true, text: 'answers to the load balancer (TCP 1024 to 65535) do not pass out' }]
          : []),
      ];
    });
}

/** Whether a family's packets of a portal pass an ACL: those of clients, or those between a load balancer and its targets. */
export function carriesPortal(graph: ResourceGraph, acl: Resource, family: Family): boolean {
  const guarded = subnetsGuardedBy(graph, acl);
  return frontsOf(graph).some((front) => {
    const registered = registeredBehind(graph, front.resource).filter((one) => one.family === family);
    const isHere = front.subnets.found.some((subnet) => guarded.includes(subnet));
    if (isHere && (front.has[family] || registered.length > 0)) return true;
    return registered.some(({ subnets }) => subnets.some((subnet) => guarded.includes(subnet)));
  });
}

interface Registered {
  readonly target: Target;
  readonly family: Family;
  readonly ports: readonly number[];
  /** Where it is; none where it is registered by its address. */
  readonly subnets: readonly Resource[];
}

function registeredBehind(graph: ResourceGraph, loadBalancer: Resource): readonly Registered[] {
  return graph.fact(loadBalancer, registeredBehind, () =>
    targetGroupsOf(graph, loadBalancer).found.flatMap((targetGroup) => {
      const family = familyOf(targetGroup);
      if (!family) return [];
      return targetsOf(graph, targetGroup).targets.map((target) => ({
        target,
        family,
        ports: portOf(targetGroup, target),
        subnets: graph.resolve(target.subnets, 'aws_subnet').found,
      }));
    }),
  );
}

function addressOf({ resource }: Target, family: Family): AddressSet | undefined {
  const range = parseCidr(`${resource.known('target_id') ?? ''}/${addressBits(family)}`);
  return range?.family === family ? AddressSet.of(family, [range]) : undefined;
}

/** What asks others outside gets their answers. */
function requests(graph: ResourceGraph, subnet: Resource, flow: Flows): Gap[] {
  if (!computeSubnets(graph).has(subnet)) return [];
  const https = { fromPort: 443, toPort: 443 };
  return FAMILIES.filter((family) => {
    const everybody = AddressSet.internet(family);
    const leaves = defaultRoutes(routesOfSubnet(graph, subnet), family).length > 0;
    return (
      leaves &&
      flow.lets('egress', family, https, everybody) === true &&
      flow.lets('ingress', family, EPHEMERAL, everybody) === false
    );
  }).map((family) => ({
    family,
    isWeb: true,
    text: `requests to port 443 outside pass out, but their answers (TCP 1024 to 65535) do not pass in`,
  }));
}

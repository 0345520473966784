import { AddressSet } from '../../core/address-set';
import { contains, type Family, parseAddress, parseCidr } from '../../core/cidr';
import type { Resolved, Resource, ResourceGraph } from '../resource-graph';
import { type Maybe, some, type Unknown } from '../value';
import { vpcOf } from './address-blocks';
import { familyOf, isOfKind, loadBalancersOf, subnetIds } from './load-balancers';
import { type Direction, GROUPS, opensPort, type Peer, securityRules } from './security-groups';
import { type Target, targetsOf } from './targets';

/** One direction of the way from a load balancer to who is registered behind it. */
export interface Passage {
  readonly loadBalancer: Resource;
  readonly target: Target;
  /** `egress` of the load balancer's security groups, or `ingress` of the target's. */
  readonly direction: Direction;
  readonly groups: Resolved;
  readonly port: number;
  readonly family: Family;
  /** Whether some rule lets the load balancer through to the port; undefined where that cannot be seen. */
  readonly isOpen: Maybe;
  /** The same over the other family. */
  readonly isOpenOverOther: Maybe;
}

/** The ways to who is registered in a target group, as far as security groups are asked and ports are known. */
export function passagesTo(graph: ResourceGraph, targetGroup: Resource): readonly Passage[] {
  return graph.fact(targetGroup, passagesTo, () => {
    const family = familyOf(targetGroup);
    const transport = TRANSPORTS[targetGroup.known('protocol')?.toUpperCase() ?? 'HTTP'];
    if (!family || !transport || !REACHED_BY_ADDRESS.includes(targetGroup.known('target_type') ?? 'instance'))
      return [];
    const { targets } = targetsOf(graph, targetGroup);
    return loadBalancersOf(graph, targetGroup).flatMap((loadBalancer) =>
      targets.flatMap((target) =>
        portsOf(targetGroup, target).flatMap((port) =>
          passages(graph, { loadBalancer, target, port, family, transport }),
        ),
      ),
    );
  });
}

type Transport = 'tcp' | 'udp';

/** What target groups speak; GENEVE has no clients that a security group could be asked about. */
const TRANSPORTS: Readonly<Record<string, Transport | undefined>> = {
  HTTP: 'tcp',
  HTTPS: 'tcp',
  TCP: 'tcp',
  TLS: 'tcp',
  TCP_UDP: 'tcp',
  UDP: 'udp',
};

const REACHED_BY_ADDRESS = ['instance', 'ip'];

/** Where requests go, and where the health check asks. */
function portsOf(targetGroup: Resource, { port }: Target): readonly number[] {
  const own = port ?? targetGroup.number('port');
  const checked = targetGroup.block('health_check').number('port');
  const ports = [own, checked].filter((one) => typeof one === 'number' && !Number.isNaN(one));
  return [...new Set(ports as readonly number[])];
}

interface Way {
  readonly loadBalancer: Resource;
  readonly target: Target;
  readonly port: number;
  readonly family: Family;
  readonly transport: Transport;
}

function passages(graph: ResourceGraph, way: Way): readonly Passage[] {
  const { loadBalancer, target, port, family, transport } = way;
  const front = placeOf(graph, loadBalancer.value('security_groups'), subnetIds(loadBalancer));
  const back = placeOf(graph, target.securityGroups, target.subnets, addressOf(target));
  // AWS does not register an address of the other family.
  if (back.address !== undefined && parseAddress(back.address)?.family !== family) return [];
  const groupless = isOfKind(loadBalancer, 'network') === true && !loadBalancer.has('security_groups');
  const passage = (direction: Direction, own: Place, peer: Place | 'anywhere'): Passage => {
    const open = (one: Family): Maybe => isOpen(graph, own.groups, direction, { port, family: one, transport }, peer);
    const isOpenOverOther = open(family === 'ipv4' ? 'ipv6' : 'ipv4');
    return { loadBalancer, target, direction, port, family, groups: own.groups, isOpen: open(family), isOpenOverOther };
  };
  // Without groups of its own it lets everything out, and targets see its addresses or those of the clients.
  const out = groupless ? [] : [passage('egress', front, back)];
  return back.address ? out : [...out, passage('ingress', back, groupless ? 'anywhere' : front)];
}

/** Where interfaces are. */
interface Place {
  readonly groups: Resolved;
  readonly subnets: readonly Resource[];
  /** The one address, where it is written down. */
  readonly address?: string;
}

function placeOf(graph: ResourceGraph, groupIds: unknown, ids: unknown, address?: string): Place {
  const subnets = graph.resolve(ids, 'aws_subnet').found;
  const groups =
    isSet(groupIds) || address !== undefined ? graph.resolve(groupIds, ...GROUPS) : defaultGroups(graph, subnets);
  return { groups, subnets, ...(address !== undefined && { address }) };
}

function isSet(ids: unknown): boolean {
  return Array.isArray(ids) ? ids.length > 0 : ids !== undefined && ids !== null;
}

/** What is given no group has the default one of its VPC. */
function defaultGroups(graph: ResourceGraph, subnets: readonly Resource[]): Resolved {
  const vpc = subnets[0] && vpcOf(graph, subnets[0]);
  const found = vpc ? graph.referring('aws_default_security_group', 'vpc_id', vpc) : [];
  return { found, complete: found.length > 0 };
}

function addressOf({ resource, instances }: Target): string | undefined {
  const id = instances ? undefined : resource.known('target_id');
  return id !== undefined && parseAddress(id) ? id : undefined;
}

interface Packet {
  readonly port: number;
  readonly family: Family;
  readonly transport: Transport;
}

/** AWS adds up the rules of all groups. */
function isOpen(
  graph: ResourceGraph,
  { found, complete }: Resolved,
  direction: Direction,
  packet: Packet,
  peer: Place | 'anywhere',
): Maybe {
  const each = found.map((group) => securityRules(graph, group, direction));
  const truths = each
    .flatMap(({ rules }) => rules)
    .map((rule): Maybe => {
      const opens = opensPort(rule, packet.port, packet.transport);
      if (opens === false) return false;
      const is = isPeer(graph, rule.peer, packet.family, peer);
      return is === true ? opens : is;
    });
  const open = some(truths);
  const all = complete && each.every((one) => one.complete);
  return open === false && !all ? undefined : open;
}

/** Whether a rule is about those at a place. */
function isPeer(graph: ResourceGraph, peer: Peer, family: Family, place: Place | 'anywhere'): Maybe {
  switch (peer.kind) {
    case 'group':
      if (place === 'anywhere') return false;
      if (peer.group && place.groups.found.includes(peer.group)) return true;
      return peer.group && place.groups.complete ? false : undefined;
    case 'range':
      if (peer.range.family !== family) return false;
      return place === 'anywhere' ? true : holds(graph, peer.range, place);
    case 'unknown':
      if (peer.family !== family) return false;
      return place === 'anywhere' || (place.address === undefined && isOfVpc(graph, peer.value, place))
        ? true
        : undefined;
    case 'invalid':
      return false;
    case 'prefix-list':
      return undefined;
  }
}

/** Whether a range holds all of a place: its address, its subnets, or else the VPC that they are in. */
function holds(graph: ResourceGraph, range: NonNullable<ReturnType<typeof parseCidr>>, place: Place): Maybe {
  if (range.prefix === 0) return true;
  const one = place.address === undefined ? undefined : parseAddress(place.address);
  if (one) {
    return one.family === range.family && range.first <= one.value && one.value <= range.last;
  }
  const name = range.family === 'ipv4' ? 'cidr_block' : 'ipv6_cidr_block';
  const blocks = place.subnets.map((subnet) => {
    const own = parseCidr(subnet.known(name) ?? '');
    return own ?? parseCidr(vpcOf(graph, subnet)?.known(name) ?? '');
  });
  if (blocks.length === 0 || blocks.includes(undefined)) return undefined;
  if (blocks.every((block) => contains(range, block!))) return true;
  // One range may be for one zone of several.
  return AddressSet.of(range.family, blocks as NonNullable<(typeof blocks)[number]>[]).overlaps(range)
    ? undefined
    : false;
}

/** Whether a range that only apply will know is that of the VPC, or of a subnet, in which they are. */
function isOfVpc(graph: ResourceGraph, value: Unknown, { subnets }: Place): boolean {
  const about = graph.referencesIn(value);
  return subnets.some((subnet) => about.includes(subnet) || about.includes(vpcOf(graph, subnet)!));
}

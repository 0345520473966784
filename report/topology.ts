import { contains, type Family, parseCidr } from '../core/cidr';
import { stagedName } from '../core/names';
import { probedNames } from '../policy/facts/probes';
import { type Edge, edgesOf } from '../policy/hops/edges';
import { groupsOf } from '../policy/hops/forwarded';
import type { HopName, State } from '../policy/hops/hop';
import { hopsOf } from '../policy/hops/hops';
import { familyOf, subnetsOfLoadBalancer } from '../policy/facts/load-balancers';
import { routesOfSubnet } from '../policy/facts/routes';
import { isAddress, type Target, targetsOf } from '../policy/facts/targets';
import type { Resource, ResourceGraph } from '../policy/resource-graph';

/** What a node of the picture stands for; its words are in `picture-words.ts`. */
export type NodeKind =
  | 'citizen-ipv4'
  | 'citizen-ipv6'
  | 'name'
  | 'accelerator'
  | 'application-load-balancer'
  | 'network-load-balancer'
  | 'distribution'
  | 'outside'
  | 'tasks'
  | 'instances'
  | 'data-center'
  | 'bucket'
  | 'origin'
  | 'transit-gateway'
  | 'vpn-gateway'
  | 'nat-gateway'
  | 'egress-only-gateway'
  | 'internet'
  | 'probe';

/** A box of the picture. */
export interface TopologyNode {
  readonly id: string;
  readonly kind: NodeKind;
  /** Lines that are the same in every language: names, counts, ranges. */
  readonly lines: readonly string[];
  /** Where it is: a tier of the VPC, or outside. */
  readonly place?: Place;
}

export type Place = 'public' | 'app' | 'probe';

/** An arrow of the picture, in the direction in which connections are made. */
export interface TopologyLink {
  readonly from: string;
  readonly to: string;
  readonly family: Family;
  /** Whether clients get through here, as the hops say. */
  readonly state: State;
  /** What the link is by: `A`, `AAAA`, `NAT64`. */
  readonly label?: string;
}

/** What there is to draw of a stack: every portal, and the network around it. */
export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly links: readonly TopologyLink[];
  /** Blocks of the VPC, as far as they are known: `10.1.0.0/20`. */
  readonly vpc: readonly string[] | undefined;
  /** Letters of the zones of a tier. */
  readonly zones: Readonly<Partial<Record<Place, readonly string[]>>>;
}

/** Reads off a graph how clients of either family come to each portal, and how it reaches out. */
export function topologyOf(graph: ResourceGraph): Topology {
  const board = new Board(graph);
  for (const edge of edgesOf(graph)) board.addPortal(edge);
  return board.topology();
}

const FAMILIES = ['ipv4', 'ipv6'] as const;

const RECORD: Readonly<Record<Family, string>> = { ipv4: 'A', ipv6: 'AAAA' };

class Board {
  private readonly nodes = new Map<string, TopologyNode>();
  private readonly links = new Map<string, TopologyLink>();
  private readonly subnets = new Map<Place, Set<Resource>>();

  constructor(private readonly graph: ResourceGraph) {}

  public topology(): Topology {
    const [vpc] = this.vpcs();
    return {
      nodes: [...this.nodes.values()],
      links: [...this.links.values()],
      vpc: vpc && [vpc.known('cidr_block') ?? '', ipv6SizeOf(vpc)].filter((text) => text !== ''),
      zones: Object.fromEntries(
        [...this.subnets].map(([place, subnets]) => [place, [...new Set([...subnets].map(zoneOf))].sort()]),
      ),
    };
  }

  public addPortal(edge: Edge): void {
    const name = `name ${edge.resource.address}`;
    const front = this.addFront(edge);
    this.add({ id: name, kind: 'name', lines: edge.names.length > 0 ? edge.names : ['-'] });
    for (const family of FAMILIES) {
      const citizen = `citizen ${family}`;
      this.add({ id: citizen, kind: `citizen-${family}`, lines: [] });
      this.link(citizen, name, family, this.stateOf(edge, family, 'dns'), RECORD[family]);
      this.link(name, front, family, this.stateOf(edge, family, 'edge', 'listener', 'firewall', 'route'));
    }
    this.addProbe(edge, name);
    if (edge.kind === 'distribution') this.addOrigins(edge, front);
    if (edge.kind === 'load-balancer') this.addTargets(edge, front);
    for (const one of edge.behind.found) this.addBehind(edge, front, one);
  }

  /** An accelerator hands each family on as it is. */
  private addBehind(edge: Edge, front: string, one: Edge): void {
    const loadBalancer = this.addFront(one);
    for (const family of FAMILIES) {
      this.link(front, loadBalancer, family, this.stateOf(edge, family, 'listener', 'firewall', 'route'));
    }
    this.addTargets(one, loadBalancer);
  }

  private addFront({ resource, kind, address }: Edge): string {
    if (kind !== 'load-balancer' && kind !== 'distribution') {
      const lines = kind === 'accelerator' ? [] : [address];
      this.add({ id: address, kind: kind === 'accelerator' ? 'accelerator' : 'outside', lines });
      return address;
    }
    const type = resource.known('load_balancer_type') === 'network' ? 'network' : 'application';
    if (kind === 'distribution') {
      this.add({ id: resource.address, kind: 'distribution', lines: [] });
    } else {
      this.inTier('public', subnetsOfLoadBalancer(this.graph, resource).found);
      this.add({
        id: resource.address,
        kind: `${type}-load-balancer`,
        lines: [resource.known('ip_address_type') ?? 'ipv4'],
        place: 'public',
      });
    }
    return resource.address;
  }

  private addOrigins({ resource }: Edge, front: string): void {
    for (const origin of resource.blocks('origin')) {
      const bucket = this.graph.referenceIn(origin.value('domain_name'), 'aws_s3_bucket');
      const host = origin.known('domain_name');
      const id = bucket?.address ?? `origin ${host ?? ''}`;
      this.add({ id, kind: bucket ? 'bucket' : 'origin', lines: bucket ? [] : [host ?? '?'] });
      const type = origin.block('custom_origin_config').known('ip_address_type') ?? 'ipv4';
      if (type !== 'ipv6') this.link(front, id, 'ipv4', 'pass');
      if (bucket === undefined && type !== 'ipv4') this.link(front, id, 'ipv6', 'pass');
    }
  }

  private addTargets(edge: Edge, front: string): void {
    for (const group of groupsOf(this.graph, edge)) {
      const family = familyOf(group) ?? 'ipv4';
      const state = this.stateOf(edge, family, 'target');
      for (const target of targetsOf(this.graph, group).targets) {
        if (isAddress(target)) this.addDataCenter(edge, front, target, family, state);
        else this.addCompute(front, target, family, state);
      }
    }
  }

  private addCompute(front: string, target: Target, family: Family, state: State): void {
    const { resource } = target;
    const { found } = this.graph.resolve(target.subnets, 'aws_subnet');
    const isService = resource.type.startsWith('aws_ecs_');
    this.inTier('app', found);
    this.add({
      id: resource.address,
      kind: isService ? 'tasks' : 'instances',
      lines: [countOf(this.graph, resource)].filter((text) => text !== ''),
      place: 'app',
    });
    this.link(front, resource.address, family, state);
    for (const subnet of found) this.addWaysOut(resource.address, subnet);
  }

  private addDataCenter(edge: Edge, front: string, { resource }: Target, family: Family, state: State): void {
    const address = resource.known('target_id') ?? '?';
    const id = 'data center';
    const known = this.nodes.get(id)?.lines ?? [];
    this.nodes.set(id, { id, kind: 'data-center', lines: [...new Set([...known, address])].sort() });
    const [subnet] = subnetsOfLoadBalancer(this.graph, edge.resource).found;
    const host = parseCidr(`${address}/32`);
    const way =
      subnet &&
      routesOfSubnet(this.graph, subnet).routes.find(
        ({ destination, target: to }) =>
          GATEWAYS[to] !== undefined && destination && host && contains(destination, host),
      );
    if (!way) {
      this.link(front, id, family, state);
      return;
    }
    const gateway = `gateway ${String(way.gatewayId)}`;
    this.add({ id: gateway, kind: GATEWAYS[way.target]!, lines: [] });
    this.link(front, gateway, family, state);
    this.link(gateway, id, family, state);
  }

  /** How what runs in a subnet reaches the Internet. */
  private addWaysOut(from: string, subnet: Resource): void {
    for (const { destination, target, to } of routesOfSubnet(this.graph, subnet).routes) {
      if (!destination || (destination.prefix > 0 && destination.family === 'ipv4')) continue;
      if (target !== 'nat-gateway' && target !== 'egress-only-gateway') continue;
      const isNat64 = target === 'nat-gateway' && destination.family === 'ipv6';
      const place = target === 'nat-gateway' ? ({ place: 'public' } as const) : {};
      const family = target === 'nat-gateway' ? 'ipv4' : 'ipv6';
      const known = this.nodes.get(target);
      const count = new Set([...(known?.lines ?? []), to?.address ?? '']);
      this.nodes.set(target, { id: target, kind: target, lines: [...count], ...place });
      this.add({ id: 'internet', kind: 'internet', lines: [] });
      this.link(from, target, isNat64 ? 'ipv6' : family, 'pass', isNat64 ? 'NAT64' : undefined);
      this.link(target, 'internet', family, 'pass');
    }
  }

  private addProbe(edge: Edge, name: string): void {
    const probed = probedNames(this.graph);
    if (!edge.names.some((host) => probed.has(host) || probed.has(stagedName(host)))) return;
    this.add({ id: 'probe', kind: 'probe', lines: [], place: 'probe' });
    this.link('probe', name, 'ipv6', this.stateOf(edge, 'ipv6', 'health'));
  }

  private stateOf(edge: Edge, family: Family, ...names: readonly HopName[]): State {
    const hops = hopsOf(this.graph, edge, family);
    const states = names.map((name) => hops[name].state);
    return states.includes('fail') ? 'fail' : states.includes('unknown') ? 'unknown' : 'pass';
  }

  private vpcs(): readonly Resource[] {
    const used = [...this.subnets.values()].flatMap((subnets) => [...subnets]);
    return [...new Set(used.flatMap((subnet) => this.graph.referenceIn(subnet.value('vpc_id'), 'aws_vpc') ?? []))];
  }

  private inTier(place: Place, subnets: readonly Resource[]): void {
    const known = this.subnets.get(place) ?? new Set();
    for (const subnet of subnets) known.add(subnet);
    this.subnets.set(place, known);
  }

  private add(node: TopologyNode): void {
    if (!this.nodes.has(node.id)) this.nodes.set(node.id, node);
  }

  private link(from: string, to: string, family: Family, state: State, label?: string): void {
    const key = JSON.stringify([from, to, family, label]);
    if (!this.links.has(key)) this.links.set(key, { from, to, family, state, ...(label && { label }) });
  }
}

const GATEWAYS: Readonly<Partial<Record<string, NodeKind>>> = {
  'transit-gateway': 'transit-gateway',
  'virtual-private-gateway': 'vpn-gateway',
};

function zoneOf(subnet: Resource): string {
  return (subnet.known('availability_zone') ?? '?').slice(-1);
}

function ipv6SizeOf(vpc: Resource): string {
  const block = vpc.known('ipv6_cidr_block');
  if (block !== undefined) return block;
  return vpc.is('assign_generated_ipv6_cidr_block', true)
    ? 'IPv6 /56'
    : `IPv6 /${vpc.known('ipv6_netmask_length') ?? '?'}`;
}

/** `3 - 12`: how far a service or a group scales. */
function countOf(graph: ResourceGraph, resource: Resource): string {
  const scaling = graph
    .ofType('aws_appautoscaling_target')
    .find((one) => graph.referencesIn(one.value('resource_id')).includes(resource));
  const range = scaling
    ? [scaling.known('min_capacity'), scaling.known('max_capacity')]
    : [resource.known('min_size'), resource.known('max_size')];
  return range.filter((number) => number !== undefined).join(' – ');
}

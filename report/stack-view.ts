import type { Family } from '../core/cidr';
import { type SubnetRow, subnetRows } from '../policy/facts/subnet-rows';
import { type Edge, edgesOf } from '../policy/hops/edges';
import { evidenceOf } from '../policy/hops/evidence';
import type { HopName, HopResult, State } from '../policy/hops/hop';
import { type PortalPath, portalPaths } from '../policy/levels';
import type { ResourceGraph } from '../policy/resource-graph';
import { type Topology, topologyOf } from './topology';

/** What a page shows of a stack, once its resources are let go. */
export interface StackView {
  readonly stack: string;
  readonly portals: readonly PortalView[];
  readonly subnets: readonly SubnetRow[];
  /** Absent where there is no portal to draw the way to. */
  readonly topology?: Topology;
}

/** The way to one portal. */
export interface PortalView {
  readonly names: readonly string[];
  /** Address of what answers. */
  readonly edge: string;
  /** Construct that is this portal's alone, `hue-production/portals/portal`; absent where the stack has no such. */
  readonly construct?: string;
  readonly level: number;
  readonly atLeast: boolean;
  /** What the next level asks for. */
  readonly missing: readonly string[];
  readonly hops: readonly HopView[];
}

export interface HopView {
  readonly hop: HopName;
  readonly ipv4: SideView;
  readonly ipv6: SideView;
}

/** One family at one hop. */
export interface SideView {
  readonly state: State;
  /** Why it is not open. */
  readonly reason?: string;
  /** What of the stack makes it open, in Terraform's words. */
  readonly lines: readonly string[];
}

/** Reads off a graph all that a page shows of the stack. */
export function stackView(stack: string, graph: ResourceGraph): StackView {
  const portals = portalPaths(graph).map((path) => portalView(graph, path));
  return {
    stack,
    portals,
    subnets: subnetRows(graph),
    ...(portals.length > 0 && { topology: topologyOf(graph) }),
  };
}

function portalView(graph: ResourceGraph, path: PortalPath): PortalView {
  const edge = edgesOf(graph).find(({ address }) => address === path.edge);
  const construct = /^[^/]+\/portals\/[^/]+/.exec(edge?.resource.constructPath ?? '')?.[0];
  return {
    names: path.names,
    edge: path.edge,
    ...(construct !== undefined && { construct }),
    level: path.level,
    atLeast: path.atLeast,
    missing: path.missing,
    hops: path.hops.map(({ hop, ipv4, ipv6 }) => ({
      hop,
      ipv4: sideView(graph, edge, hop, 'ipv4', ipv4),
      ipv6: sideView(graph, edge, hop, 'ipv6', ipv6),
    })),
  };
}

function sideView(
  graph: ResourceGraph,
  edge: Edge | undefined,
  hop: HopName,
  family: Family,
  { state, reason }: HopResult,
): SideView {
  if (state !== 'pass') return { state, ...(reason !== undefined && { reason }), lines: [] };
  return { state, lines: edge ? evidenceOf(graph, edge, hop, family) : [] };
}

import type { Family } from '../../core/cidr';
import type { ResourceGraph } from '../resource-graph';
import { dns } from './dns';
import { edge as edgeHop } from './edge';
import type { Edge } from './edges';
import { firewall } from './firewall';
import { health } from './health';
import type { HopName, HopResult } from './hop';
import { listener } from './listener';
import { route } from './route';
import { target } from './target';

/** What one family of clients finds at each hop. */
export function hopsOf(graph: ResourceGraph, edge: Edge, family: Family): Readonly<Record<HopName, HopResult>> {
  return graph.fact(edge, FACTS[family], () => ({
    dns: dns(edge, family),
    edge: edgeHop(edge, family),
    listener: listener(edge),
    firewall: firewall(graph, edge, family),
    route: route(graph, edge, family),
    target: target(graph, edge),
    health: health(graph, edge, family),
  }));
}

const FACTS: Readonly<Record<Family, object>> = { ipv4: {}, ipv6: {} };

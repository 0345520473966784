import type { Family } from '../../core/cidr';
import type { ResourceGraph } from '../resource-graph';
import { dns } from './dns';
import { edge as edgeHop } from './edge';
import type { Edge } from './edges';
import { firewall } from './firewall';
import { health } from './health';
import { type HopName, type HopResult, unseen, worst } from './hop';
import { listener, listenerOfAccelerator } from './listener';
import { route, routeOfAccelerator } from './route';
import { target } from './target';

/** What one family of clients finds at each hop. */
export function hopsOf(graph: ResourceGraph, edge: Edge, family: Family): Readonly<Record<HopName, HopResult>> {
  return graph.fact(edge, FACTS[family], () => ({
    dns: dns(graph, edge, family),
    edge: edgeHop(graph, edge, family),
    ...(edge.kind === 'accelerator' ? beyondAccelerator(graph, edge, family) : beyond(graph, edge, family)),
  }));
}

const FACTS: Readonly<Record<Family, object>> = { ipv4: {}, ipv6: {} };

type Beyond = Readonly<Record<Exclude<HopName, 'dns' | 'edge'>, HopResult>>;

function beyond(graph: ResourceGraph, edge: Edge, family: Family): Beyond {
  if (edge.kind === 'api' || edge.kind === 'outside') {
    const hidden = behindUnseen(edge);
    return { listener: hidden, firewall: hidden, route: hidden, target: hidden, health: hidden };
  }
  return {
    listener: listener(graph, edge, family),
    firewall: firewall(graph, edge, family),
    route: route(graph, edge, family),
    target: target(graph, edge, family),
    health: health(graph, edge, family),
  };
}

function beyondAccelerator(graph: ResourceGraph, edge: Edge, family: Family): Beyond {
  return {
    listener: worst([listenerOfAccelerator(graph, edge), throughEach(edge, (one) => listener(graph, one, family))]),
    firewall: throughEach(edge, (one) => firewall(graph, one, family)),
    route: throughEach(edge, (one) => routeOfAccelerator(graph, one, family)),
    target: throughEach(edge, (one) => target(graph, one, family)),
    health: throughEach(edge, (one) => health(graph, one, family)),
  };
}

/** An accelerator may send a client to each of the load balancers behind it. */
function throughEach(edge: Edge, find: (loadBalancer: Edge) => HopResult): HopResult {
  const { found, complete } = edge.behind;
  return worst([...found.map(find), ...(found.length === 0 || !complete ? [behindUnseen(edge)] : [])]);
}

export function behindUnseen({ address }: Edge): HopResult {
  return unseen(`what is behind ${address} cannot be seen here`);
}

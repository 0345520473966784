import type { Resource, ResourceGraph } from '../resource-graph';
import { type Block, every, type Maybe, some, Unknown } from '../value';
import { LOAD_BALANCERS } from './load-balancers';

export const ACCELERATOR = 'aws_globalaccelerator_accelerator';

/** A load balancer, and the port at which it gets what clients send to a port of the accelerator. */
export interface Way {
  readonly loadBalancer: Resource;
  readonly port: number;
}

export interface Ways {
  /** Whether a listener takes TCP on the port. */
  readonly isTaken: Maybe;
  readonly ways: readonly Way[];
  /** Whether it leads to nothing else, as far as this input goes. */
  readonly complete: boolean;
}

/** The ways through an accelerator from one of its ports. */
export function waysThrough(graph: ResourceGraph, accelerator: Resource, port: number): Ways {
  const listeners = graph.referring(LISTENER, 'accelerator_arn', accelerator);
  const taken = listeners.map((listener) => takes(listener, port));
  const all = !graph.mayRefer(LISTENER, 'accelerator_arn', ACCELERATOR);
  const taking = listeners.filter((_, index) => taken[index] !== false);
  const groups = taking.flatMap((listener) => graph.referring(GROUP, 'listener_arn', listener));
  const endpoints = unlessZero(groups, 'traffic_dial_percentage').flatMap((group) => waysOf(graph, group, port));
  const ways = endpoints.filter((way) => way !== 'hidden');
  return {
    isTaken: some([...taken, all ? false : undefined]),
    ways,
    complete: all && ways.length === endpoints.length && !graph.mayRefer(GROUP, 'listener_arn', LISTENER),
  };
}

/** The load balancers of this input that clients reach by an accelerator of it, at whichever port. */
export function loadBalancersBehind(graph: ResourceGraph): ReadonlySet<Resource> {
  return graph.fact(graph, loadBalancersBehind, () => {
    const listeners = graph
      .ofType(ACCELERATOR)
      .flatMap((accelerator) => graph.referring(LISTENER, 'accelerator_arn', accelerator));
    const groups = listeners.flatMap((listener) => graph.referring(GROUP, 'listener_arn', listener));
    return new Set(
      groups.flatMap((group) => group.blocks(ENDPOINT)).flatMap((one) => loadBalancerAt(graph, one) ?? []),
    );
  });
}

const LISTENER = 'aws_globalaccelerator_listener';
const GROUP = 'aws_globalaccelerator_endpoint_group';
const ENDPOINT = 'endpoint_configuration';

function takes(listener: Resource, port: number): Maybe {
  const ranges = listener.blocks('port_range').map((range) => {
    const [from, to] = [range.number('from_port'), range.number('to_port')];
    if (from instanceof Unknown || to instanceof Unknown) return undefined;
    return from !== undefined && to !== undefined && from <= port && port <= to;
  });
  return every([listener.is('protocol', 'TCP'), some([...ranges, listener.hides('port_range') ? undefined : false])]);
}

/** Where a group sends what comes to a port; `hidden` stands for what is no load balancer of this input. */
function waysOf(graph: ResourceGraph, group: Resource, port: number): readonly (Way | 'hidden')[] {
  const to = portAt(group, port);
  const ways = unlessZero(group.blocks(ENDPOINT), 'weight').map((endpoint) => {
    const loadBalancer = loadBalancerAt(graph, endpoint);
    return loadBalancer && to !== undefined ? { loadBalancer, port: to } : 'hidden';
  });
  return group.hides(ENDPOINT) ? [...ways, 'hidden'] : ways;
}

/** Those that get a share; where nobody has one, an accelerator sends to all of them. */
function unlessZero<T extends Block>(receivers: readonly T[], share: string): readonly T[] {
  const receiving = receivers.filter((one) => !one.is(share, 0));
  return receiving.length > 0 ? receiving : receivers;
}

/** The port of the endpoints; undefined where that is hidden. */
function portAt(group: Resource, port: number): number | undefined {
  const overrides = group.blocks('port_override');
  const hidden = group.hides('port_override') || overrides.some((one) => one.is('listener_port', port) === undefined);
  if (hidden) return undefined;
  const override = overrides.find((one) => one.is('listener_port', port));
  const to = override ? override.number('endpoint_port') : port;
  return to instanceof Unknown ? undefined : to;
}

function loadBalancerAt(graph: ResourceGraph, endpoint: Block): Resource | undefined {
  return graph.referenceIn(endpoint.value('endpoint_id'), ...LOAD_BALANCERS);
}

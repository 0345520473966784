import type { Family } from '../../core/cidr';
import { waysThrough } from '../facts/accelerators';
import { listenersOf } from '../facts/load-balancers';
import type { ResourceGraph } from '../resource-graph';
import { type Edge, HTTPS } from './edges';
import { handsOn } from './forwarded';
import { closed, hop, type HopResult, OPEN, unseen } from './hop';

/** Somebody takes HTTPS with a certificate for every public name, and hands it on. */
export function listener(graph: ResourceGraph, edge: Edge, family: Family): HopResult {
  const { kind, httpsListener, certified, names, port } = edge;
  if (kind === 'load-balancer' && !httpsListener) {
    return mayListen(graph, edge)
      ? unseen(`whether somebody takes HTTPS on port ${port} cannot be seen here`)
      : closed(`add an HTTPS listener on port ${port}`);
  }
  const uncertified = names.filter((name) => certified && !certified.some((one) => certifies(one, name)));
  if (uncertified.length > 0) return closed(`put ${uncertified.join(', ')} on the certificate`);
  if (kind === 'distribution') return OPEN;
  return handsOn(graph, edge, family);
}

function mayListen(graph: ResourceGraph, { resource, port }: Edge): boolean {
  const { found, complete } = listenersOf(graph, resource);
  return !complete || found.some((one) => one.is('port', port) !== false && !one.is('protocol', 'HTTP'));
}

/** A wildcard stands for one label (RFC 9525, 6.3). */
export function certifies(certified: string, name: string): boolean {
  return certified === name || (certified.startsWith('*.') && certified.slice(2) === name.slice(name.indexOf('.') + 1));
}

/** An accelerator takes packets, and leaves HTTPS to the load balancers behind it. */
export function listenerOfAccelerator(graph: ResourceGraph, { resource }: Edge): HopResult {
  const { isTaken, ways, complete } = waysThrough(graph, resource, HTTPS);
  if (isTaken && complete && ways.length === 0) return closed('give the listener of the accelerator an endpoint');
  return hop(
    isTaken,
    `add a TCP listener on port ${HTTPS} to the accelerator`,
    'the listeners of the accelerator cannot be seen here',
  );
}

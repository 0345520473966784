import type { Family } from '../../core/cidr';
import { GLOBAL_REGION } from '../../core/regions';
import { waysThrough } from '../facts/accelerators';
import { isOfKind, listenersOf } from '../facts/load-balancers';
import { normalName } from '../facts/records';
import type { Resource, ResourceGraph } from '../resource-graph';
import { Unknown } from '../value';
import { type Edge, HTTPS } from './edges';
import { handsOn } from './forwarded';
import { closed, hop, type HopResult, OPEN, unseen, worst } from './hop';

/** Somebody takes HTTPS with a certificate for every public name, and hands it on. */
export function listener(graph: ResourceGraph, edge: Edge, family: Family): HopResult {
  const { kind, resource, httpsListener, certified, names, port } = edge;
  if (kind === 'load-balancer' && !httpsListener) {
    return mayListen(graph, edge)
      ? unseen(`whether somebody takes HTTPS on port ${port} cannot be seen here`)
      : closed(`add an HTTPS listener on port ${port}`);
  }
  const uncertified = names.filter((name) => certified && !certified.some((one) => certifies(one, name)));
  if (uncertified.length > 0) return closed(`put ${uncertified.join(', ')} on the certificate`);
  if (kind === 'distribution') return names.length > 0 ? ofDistribution(resource, names) : OPEN;
  const handedOn = handsOn(graph, edge, family);
  return isOfKind(resource, 'network') ? worst([handedOn, ofConnections(httpsListener!)]) : handedOn;
}

function mayListen(graph: ResourceGraph, { resource, port }: Edge): boolean {
  const { found, complete } = listenersOf(graph, resource);
  return !complete || found.some((one) => one.is('port', port) !== false && !one.is('protocol', 'HTTP'));
}

/** A wildcard stands for one label (RFC 9525, 6.3). */
export function certifies(certified: string, name: string): boolean {
  return certified === name || (certified.startsWith('*.') && certified.slice(2) === name.slice(name.indexOf('.') + 1));
}

/** A network load balancer either ends TLS, or hands it on to whoever has the certificate. */
function ofConnections(listenerOfTls: Resource): HopResult {
  if (!listenerOfTls.is('protocol', 'TCP')) return OPEN;
  return listenerOfTls.has('certificate_arn')
    ? closed('speak TLS on port 443: AWS takes no certificate for TCP')
    : unseen('the targets end TLS, and which certificates they have cannot be seen here');
}

/** CloudFront tells distributions apart by name, and refuses those that none of them claims. */
function ofDistribution(distribution: Resource, names: readonly string[]): HopResult {
  const aliases = distribution.list('aliases');
  const strangers = names.filter((name) => !aliases.some((one) => certifies(normalName(String(one)), name)));
  if (strangers.length === 0) return ownCertificate(distribution);
  return aliases.some((one) => one instanceof Unknown)
    ? unseen('the aliases of the distribution are only known after apply')
    : closed(`add ${strangers.join(', ')} to the aliases of the distribution`);
}

/** CloudFront's own certificate is for its own names, and it takes others of one region alone. */
function ownCertificate(distribution: Resource): HopResult {
  if (distribution.hides('viewer_certificate')) return unseen('the certificate is only known after apply');
  const certificate = distribution.block('viewer_certificate');
  if (certificate.has('iam_certificate_id')) return OPEN;
  if (!certificate.has('acm_certificate_arn')) return closed('give the distribution a certificate for its names');
  const region = certificate.known('acm_certificate_arn')?.split(':')[3];
  return region === undefined || region === GLOBAL_REGION
    ? OPEN
    : closed(`take a certificate of ${GLOBAL_REGION}, not of ${region}: CloudFront knows no others`);
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

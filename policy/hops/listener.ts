import type { Edge } from './edges';
import { closed, type HopResult, OPEN, unseen } from './hop';

/** Somebody takes HTTPS with a certificate for every public name, and hands it on. The families share it. */
export function listener(edge: Edge): HopResult {
  const { kind, httpsListener, targetGroup, certified, names } = edge;
  if (kind === 'load-balancer' && !httpsListener) return closed('add an HTTPS listener on port 443');
  const uncertified = names.filter((name) => certified && !certified.some((one) => certifies(one, name)));
  if (uncertified.length > 0) return closed(`put ${uncertified.join(', ')} on the certificate`);
  if (kind === 'distribution') return OPEN;
  return targetGroup ? OPEN : unseen('the HTTPS listener forwards to no one target group');
}

/** A wildcard stands for one label (RFC 9525, 6.3). */
export function certifies(certified: string, name: string): boolean {
  return certified === name || (certified.startsWith('*.') && certified.slice(2) === name.slice(name.indexOf('.') + 1));
}

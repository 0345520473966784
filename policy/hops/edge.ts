import type { Family } from '../../core/cidr';
import { Unknown } from '../value';
import type { Edge } from './edges';
import { closed, type HopResult, OPEN, unseen } from './hop';

/** The edge has addresses of the family. */
export function edge(one: Edge, family: Family): HopResult {
  return one.kind === 'distribution' ? distribution(one, family) : loadBalancer(one, family);
}

function loadBalancer({ resource }: Edge, family: Family): HopResult {
  // What AWS takes when nothing is written.
  const type = resource.string('ip_address_type') ?? 'ipv4';
  if (type instanceof Unknown) return unseen(`the load balancer's address type is ${String(type)}`);
  const answers = family === 'ipv4' ? ['ipv4', 'dualstack'] : ['dualstack', 'dualstack-without-public-ipv4'];
  return answers.includes(type) ? OPEN : closed(`make the load balancer dualstack: it is ${type}`);
}

function distribution({ resource }: Edge, family: Family): HopResult {
  if (resource.is('enabled', false)) return closed('enable the distribution');
  if (family === 'ipv4') return OPEN;
  const enabled = resource.is('is_ipv6_enabled', true, false);
  if (enabled === undefined) return unseen('whether the distribution has IPv6 is only known after apply');
  return enabled ? OPEN : closed('set `is_ipv6_enabled = true` on the distribution');
}

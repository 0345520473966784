import type { Family } from '../../core/cidr';
import { isOnInternet } from '../facts/internet';
import { isDualStack, LOAD_BALANCERS } from '../facts/load-balancers';
import { addressesIn, finalTarget, isAlias, isDualStackTarget, isIpv4OnlyTarget, lastOf } from '../facts/records';
import type { Resource, ResourceGraph } from '../resource-graph';
import { Unknown } from '../value';
import { type Edge, isInside } from './edges';
import { closed, FAMILY_NAME, hop, type HopResult, OPEN, unseen, worst } from './hop';

/** The edge has addresses of the family. */
export function edge(graph: ResourceGraph, one: Edge, family: Family): HopResult {
  switch (one.kind) {
    case 'load-balancer':
      return loadBalancer(one.resource, family);
    case 'distribution':
      return distribution(one, family);
    case 'accelerator':
      return accelerator(one, family);
    case 'api':
      return api(one, family);
    case 'outside':
      return outside(graph, one, family);
  }
}

function loadBalancer(resource: Resource, family: Family): HopResult {
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

function accelerator({ resource, behind }: Edge, family: Family): HopResult {
  if (resource.is('enabled', false)) return closed('set `enabled = true` on the accelerator');
  if (family === 'ipv4') return OPEN;
  const type = resource.string('ip_address_type') ?? 'IPV4';
  if (type instanceof Unknown) return unseen(`the accelerator's address type is ${String(type)}`);
  if (type !== 'DUAL_STACK') return closed(`make the accelerator DUAL_STACK: it is ${type}`);
  return worst(behind.found.map(asEndpoint));
}

/** A dual-stack accelerator speaks to its endpoints in the family of the client. */
function asEndpoint({ resource, address }: Edge): HopResult {
  return hop(
    isDualStack(resource),
    `make ${address} dualstack: the accelerator has IPv6 clients for it`,
    `whether ${address} is dualstack is only known after apply`,
  );
}

function api({ resource }: Edge, family: Family): HopResult {
  const place =
    resource.type === 'aws_apigatewayv2_domain_name' ? 'domain_name_configuration' : 'endpoint_configuration';
  const block = resource.block(place);
  if (family === 'ipv4') return OPEN;
  if (resource.hides(place)) return unseen('the address type of the domain name is only known after apply');
  if (block.list('types').includes('PRIVATE')) return unseen('who reaches a private API cannot be seen here');
  const type = block.string('ip_address_type') ?? 'ipv4';
  if (type instanceof Unknown) return unseen(`the address type of the domain name is ${String(type)}`);
  return type === 'dualstack' ? OPEN : closed(`make the domain name of the API dualstack: it is ${type}`);
}

function outside(graph: ResourceGraph, { resource: record, records, address }: Edge, family: Family): HopResult {
  const last = lastOf(graph, record);
  if (last && !isAlias(last)) return host(graph, records, family);
  const target = finalTarget(graph, record);
  if (typeof target === 'object' && isInside(target)) {
    return target.type === 'aws_vpc_endpoint'
      ? unseen(`who reaches ${address} from the Internet cannot be seen here`)
      : closed(`lead the name to a load balancer that faces the Internet: ${address} is internal`);
  }
  if (typeof target === 'object' && isLoadBalancer(target) && target.has('ip_address_type')) {
    return loadBalancer(target, family);
  }
  if (family === 'ipv4') return isIpv4OnlyTarget(target) ? OPEN : unseen(NOT_SEEN(address, family));
  return hop(
    isDualStackTarget(graph, record),
    isIpv4OnlyTarget(target) ? `put CloudFront in front of ${address}, which cannot have IPv6` : `give ${address} IPv6`,
    NOT_SEEN(address, family),
  );
}

const NOT_SEEN = (address: string, family: Family): string =>
  `whether ${address} has ${FAMILY_NAME[family]} addresses cannot be seen here`;

function isLoadBalancer({ type }: Resource): boolean {
  return (LOAD_BALANCERS as readonly string[]).includes(type);
}

/** What the records of the family say, of themselves or of the names that they lead on to. */
function host(graph: ResourceGraph, records: Edge['records'], family: Family): HopResult {
  const values = [...records.values()]
    .flat()
    .filter((record) => record.is('type', family === 'ipv4' ? 'A' : 'AAAA'))
    .flatMap((record) => lastOf(graph, record) ?? [])
    .flatMap(addressesIn);
  if (values.some((value) => !(value instanceof Unknown) && isOnInternet(value))) return OPEN;
  if (values.length === 0 || values.some((value) => value instanceof Unknown)) {
    return unseen(`whether the host has ${FAMILY_NAME[family]} addresses cannot be seen here`);
  }
  return closed(`publish addresses that the Internet reaches, not ${values.join(', ')}`);
}

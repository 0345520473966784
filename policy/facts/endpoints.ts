import type { Resolved, Resource, ResourceGraph } from '../resource-graph';

/** Whether an endpoint has interfaces in subnets. A gateway endpoint, which AWS makes otherwise, is a route. */
export function isInterface(endpoint: Resource): boolean {
  return endpoint.is('vpc_endpoint_type', 'Interface', 'Gateway') === true;
}

/** What an endpoint leads to: a service of AWS, such as `ecr.api`, or one that somebody offers. */
export type Service = { readonly kind: 'aws'; readonly name: string } | { readonly kind: 'private' | 'unknown' };

export function serviceOf(endpoint: Resource): Service {
  const name = endpoint.string('service_name');
  if (name === undefined) return { kind: 'private' };
  if (typeof name === 'string') return serviceNamed(name);
  if (name.references.addresses.some((address) => /(^|\.)aws_vpc_endpoint_service\./.test(address))) {
    return { kind: 'private' };
  }
  // Mostly only the region is not known.
  const [, tail] = /^[a-z.]*\.\$\{[^{}]*\}\.([a-z][\w.-]*)$/.exec(name.text ?? '') ?? [];
  return tail === undefined ? { kind: 'unknown' } : { kind: 'aws', name: tail };
}

function serviceNamed(name: string): Service {
  const [, region, service] = /^(?:cn\.)?com\.amazonaws\.([a-z0-9-]+)\.(.+)$/.exec(name) ?? [];
  return service === undefined || region === 'vpce' ? { kind: 'private' } : { kind: 'aws', name: service };
}

/** The subnets that an endpoint has interfaces in. */
export function subnetsOfEndpoint(graph: ResourceGraph, endpoint: Resource): Resolved {
  const separate = graph.referring('aws_vpc_endpoint_subnet_association', 'vpc_endpoint_id', endpoint);
  const ids = [...endpoint.list('subnet_ids'), ...separate.map((one) => one.value('subnet_id'))];
  if (ids.length > 0) return graph.resolve(ids, 'aws_subnet');
  return {
    found: [],
    complete: !graph.mayRefer('aws_vpc_endpoint_subnet_association', 'vpc_endpoint_id', 'aws_vpc_endpoint'),
  };
}

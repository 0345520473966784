import type { Resource, ResourceGraph } from '../../policy/resource-graph';
import { readStackJson } from '../../policy/sources/stack-json';
import type { PlainResources } from './plain-stack';

export type Attributes = Record<string, unknown>;

export const A = { type: 'A' };
export const AAAA = { type: 'AAAA' };

/** The records by name, in a zone that is made here and of that name, beside other resources. */
export function graphOf(records: Record<string, Attributes>, others: PlainResources = {}): ResourceGraph {
  const zone_id = '${aws_route53_zone.hue.zone_id}';
  const aws_route53_record = Object.fromEntries(
    Object.entries(records).map(([name, record]) => [name, { zone_id, name: 'hue.gov.vn', ...record }]),
  );
  return readStackJson({
    resource: { aws_route53_zone: { hue: { name: 'hue.gov.vn' } }, ...others, aws_route53_record },
  });
}

export function at(graph: ResourceGraph, name: string): Resource {
  return graph.at(`aws_route53_record.${name}`)!;
}

/** An alias to a load balancer by its name here, or to something else. */
export function to(target: string): Attributes {
  const name = /^\w+$/.test(target) ? `\${aws_lb.${target}.dns_name}` : target;
  return { alias: { name, evaluate_target_health: true } };
}

import type { Resolved, Resource, ResourceGraph } from '../resource-graph';
import { isRecord, Unknown } from '../value';
import { TARGET_GROUPS } from './load-balancers';

/** The subnets in which a service has its tasks. */
export function subnetsOfService(graph: ResourceGraph, service: Resource): Resolved {
  return graph.resolve(service.block('network_configuration').value('subnets'), 'aws_subnet');
}

/** The target groups in which a service registers its tasks, and whether those are all. */
export function targetGroupsOfService(graph: ResourceGraph, service: Resource): Resolved {
  const arns = service.blocks('load_balancer').map((one) => one.value('target_group_arn'));
  const { found, complete } = graph.resolve(arns, ...TARGET_GROUPS);
  return { found, complete: (complete || arns.length === 0) && !service.hides('load_balancer') };
}

export function taskDefinitionOf(graph: ResourceGraph, service: Resource): Resource | undefined {
  return graph.referenceIn(service.value('task_definition'), 'aws_ecs_task_definition');
}

/** The images of a task's containers, as far as they are known. Expressions stay in them as they are written. */
export function imagesOf(task: Resource): readonly string[] {
  const value = task.value('container_definitions');
  const text = value instanceof Unknown ? value.text : value;
  const containers = typeof text === 'string' ? parse(text) : text;
  if (!Array.isArray(containers)) return [];
  return containers.flatMap((one: unknown) => (isRecord(one) && typeof one.image === 'string' ? [one.image] : []));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a platform version of Fargate is one without IPv6. `LATEST` is not. */
export function isBefore140(version: string): boolean {
  const [, major = '', minor = ''] = /^(\d+)\.(\d+)\./.exec(version) ?? [];
  return major !== '' && (Number(major) < 1 || (Number(major) === 1 && Number(minor) < 4));
}

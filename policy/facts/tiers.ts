import type { Resource, ResourceGraph } from '../resource-graph';
import { aclOf, subnetsGuardedBy } from './network-acls';

/** Lists of subnets that do the same work in each zone: type, and the attribute or block that has them. */
const LISTS = [
  ['aws_lb', 'subnets'],
  ['aws_alb', 'subnets'],
  ['aws_ecs_service', 'network_configuration'],
  ['aws_lambda_function', 'vpc_config'],
  ['aws_autoscaling_group', 'vpc_zone_identifier'],
  ['aws_db_subnet_group', 'subnet_ids'],
] as const;

/**
 * The other subnets that do the work of this one in other zones: those of the same service or load balancer, and those
 * of an ACL that guards one subnet in each zone.
 */
export function siblingsOf(graph: ResourceGraph, subnet: Resource): readonly Resource[] {
  return graph.fact(subnet, siblingsOf, () => {
    const tiers = LISTS.flatMap(([type, attribute]) =>
      graph.referring(type, attribute, subnet).map((user) => graph.referencesIn(user.value(attribute))),
    );
    const subnets = [...tiers.flat(), ...guardedTogether(graph, subnet)].filter(({ type }) => type === 'aws_subnet');
    return [...new Set(subnets)].filter((one) => one !== subnet);
  });
}

function guardedTogether(graph: ResourceGraph, subnet: Resource): readonly Resource[] {
  const acl = aclOf(graph, subnet);
  if (typeof acl === 'string' || acl.type !== 'aws_network_acl') return [];
  const subnets = subnetsGuardedBy(graph, acl);
  const zones = new Set(subnets.flatMap((one) => one.known('availability_zone') ?? []));
  return zones.size === subnets.length ? subnets : [];
}

import type { Resource, ResourceGraph } from '../resource-graph';
import { type Block, type Maybe, some } from '../value';
import { launchTemplateOf } from './load-balancers';

/** What runs in each subnet, by its interfaces there: services, machines and what starts them, functions. */
export function computeSubnets(graph: ResourceGraph): ReadonlyMap<Resource, readonly Resource[]> {
  return graph.fact(graph, computeSubnets, () => {
    const users = new Map<Resource, Resource[]>();
    for (const [type, idsOf] of Object.entries(PLACES)) {
      for (const user of graph.ofType(type)) {
        for (const subnet of graph.resolve(idsOf(user), 'aws_subnet').found) {
          users.set(subnet, [...(users.get(subnet) ?? []), user]);
        }
      }
    }
    return users;
  });
}

/** Where a resource names the subnets that it runs in. */
const PLACES: Readonly<Record<string, (user: Resource) => readonly unknown[]>> = {
  aws_ecs_service: (user) => user.block('network_configuration').list('subnets'),
  aws_autoscaling_group: (user) => user.list('vpc_zone_identifier'),
  aws_instance: (user) => user.list('subnet_id'),
  aws_lambda_function: (user) => user.block('vpc_config').list('subnet_ids'),
  aws_launch_template: (user) => interfacesOf(user).flatMap((one) => one.list('subnet_id')),
  aws_eks_node_group: (user) => user.list('subnet_ids'),
};

/** Whether a service runs on Fargate, by its launch type or by its capacity providers. */
export function isFargate(service: Resource): Maybe {
  if (service.has('launch_type')) return service.is('launch_type', 'FARGATE');
  if (service.hides('capacity_provider_strategy')) return undefined;
  return some(
    service
      .blocks('capacity_provider_strategy')
      .flatMap((one) => [one.is('capacity_provider', 'FARGATE'), one.is('capacity_provider', 'FARGATE_SPOT')]),
  );
}

/**
 * Whether what a machine, a group of them or a template starts gets an IPv6 address by its own settings, whatever its
 * subnet gives; undefined where a launch template that this input does not show may say so.
 */
export function asksForIpv6(graph: ResourceGraph, user: Resource): Maybe {
  if (asks(user) || interfacesOf(user).some(asks)) return true;
  const template = launchTemplateOf(graph, user);
  if (template) return asksForIpv6(graph, template);
  return user.has('launch_template') || user.has('mixed_instances_policy') || user.hides('network_interfaces')
    ? undefined
    : false;
}

/** Whether something gets a public IPv4 address by its own settings; undefined where that cannot be seen. */
export function hasPublicIpv4(graph: ResourceGraph, user: Resource): Maybe {
  if (user.type === 'aws_ecs_service') return user.block('network_configuration').is('assign_public_ip', true, false);
  if (graph.referring('aws_eip', 'instance', user).length > 0) return true;
  if (graph.referring('aws_eip_association', 'instance_id', user).length > 0) return true;
  const template = launchTemplateOf(graph, user);
  const own = [user, ...interfacesOf(user)].map((one) => one.is('associate_public_ip_address', true, false));
  if (template) return some([...own, hasPublicIpv4(graph, template)]);
  return some([...own, user.has('launch_template') || user.has('mixed_instances_policy') ? undefined : false]);
}

/** The interfaces of a launch template, or of an instance. */
function interfacesOf(user: Resource): readonly Block[] {
  return user.blocks('network_interfaces');
}

function asks(block: Block): boolean {
  return ['ipv6_address_count', 'ipv6_addresses', 'ipv6_prefix_count', 'ipv6_prefixes'].some(
    (name) => block.has(name) && block.is(name, 0) !== true,
  );
}

import type { Resource, ResourceGraph } from '../resource-graph';
import { type Block, Unknown } from '../value';
import { ATTACHMENTS, launchTemplateOf, LISTENER_RULES, LISTENERS, TARGET_GROUPS } from './load-balancers';

/** Who registers in a target group, and where the load balancer finds them. */
export interface Target {
  /** An ECS service or task set, an Auto Scaling group, or an attachment. */
  readonly resource: Resource;
  /** Ids of the subnets of its interfaces. */
  readonly subnets: unknown;
  /** Ids of their security groups; none where AWS takes the default one. */
  readonly securityGroups: unknown;
  /** Port of its own; undefined where it takes that of the target group, NaN where it is not known. */
  readonly port: number | undefined;
  /** The instance, or what instances are launched from, where those are registered. */
  readonly instances: Resource | undefined;
}

export interface Targets {
  readonly targets: readonly Target[];
  /** Whether nobody else can register, as far as this input goes. */
  readonly complete: boolean;
}

/** Who registers in a target group. */
export function targetsOf(graph: ResourceGraph, targetGroup: Resource): Targets {
  const { byGroup, complete } = registrations(graph);
  const targets = byGroup.get(targetGroup) ?? [];
  return {
    targets,
    // Looks at everything there is, so only when somebody asks.
    get complete() {
      return complete && !othersMayRegister(graph).has(targetGroup);
    },
  };
}

/** How resources name the target groups in which they register: type to the arns in it. */
const REGISTRARS: Readonly<Record<string, (resource: Resource) => readonly unknown[]>> = {
  aws_ecs_service: arnsOfService,
  aws_ecs_task_set: arnsOfService,
  aws_autoscaling_group: (group) => [...group.list('target_group_arns'), ...arnsOfSource(group)],
  aws_autoscaling_attachment: (one) => [...one.list('lb_target_group_arn'), ...one.list('alb_target_group_arn')],
  aws_autoscaling_traffic_source_attachment: arnsOfSource,
  ...Object.fromEntries(ATTACHMENTS.map((type) => [type, (one: Resource) => one.list('target_group_arn')])),
};

function arnsOfService(service: Resource): readonly unknown[] {
  return [...hidden(service, 'load_balancer'), ...service.blocks('load_balancer').flatMap(arnsOfBlock)];
}

/** The group of a service, and the one that it takes turns with in a blue/green deployment. */
function arnsOfBlock(block: Block): readonly unknown[] {
  return [
    ...block.list('target_group_arn'),
    ...block.blocks('advanced_configuration').flatMap((one) => one.list('alternate_target_group_arn')),
  ];
}

/** A traffic source may be a classic load balancer's name, too. */
function arnsOfSource(resource: Resource): readonly unknown[] {
  const sources = resource.blocks('traffic_source').flatMap((source) => source.list('identifier'));
  return [...hidden(resource, 'traffic_source'), ...sources];
}

function hidden(resource: Resource, name: string): readonly unknown[] {
  return resource.list(name).filter((item) => item instanceof Unknown);
}

interface Registrations {
  readonly byGroup: ReadonlyMap<Resource, readonly Target[]>;
  /** Whether all links are seen. */
  readonly complete: boolean;
}

function registrations(graph: ResourceGraph): Registrations {
  return graph.fact(graph, registrations, () => {
    const byGroup = new Map<Resource, Target[]>();
    let complete = true;
    for (const [type, arnsOf] of Object.entries(REGISTRARS)) {
      for (const resource of graph.ofType(type)) {
        for (const arn of arnsOf(resource)) {
          const { found } = graph.resolve(arn, ...TARGET_GROUPS);
          for (const group of found)
            byGroup.set(group, [...(byGroup.get(group) ?? []), target(graph, resource, group)]);
          if (found.length === 0 && arn instanceof Unknown && arn.references.opaque) complete = false;
        }
      }
    }
    return { byGroup, complete };
  });
}

function target(graph: ResourceGraph, resource: Resource, targetGroup: Resource): Target {
  if (resource.type.startsWith('aws_ecs_')) return fromService(graph, resource, targetGroup);
  return resource.type.startsWith('aws_autoscaling_') ? fromScaling(graph, resource) : fromAttachment(graph, resource);
}

/** One id that this input does not show. */
const HIDDEN: readonly unknown[] = [undefined];

function fromService(graph: ResourceGraph, service: Resource, targetGroup: Resource): Target {
  const [network] = service.blocks('network_configuration');
  const block = service
    .blocks('load_balancer')
    .find((one) => graph.resolve(arnsOfBlock(one), ...TARGET_GROUPS).found.includes(targetGroup));
  const port = block?.number('container_port');
  return {
    resource: service,
    subnets: network?.value('subnets'),
    securityGroups: network ? network.value('security_groups') : HIDDEN,
    // Tasks without interfaces of their own are behind a port of their instance.
    port: network && typeof port === 'number' ? port : NaN,
    instances: undefined,
  };
}

function fromScaling(graph: ResourceGraph, resource: Resource): Target {
  const group =
    resource.type === 'aws_autoscaling_group'
      ? resource
      : graph.referenceIn(resource.value('autoscaling_group_name'), 'aws_autoscaling_group');
  const template = group && launchTemplateOf(graph, group);
  return {
    resource: group ?? resource,
    subnets: group?.value('vpc_zone_identifier'),
    securityGroups: template ? groupsOfInstances(graph, template) : HIDDEN,
    port: undefined,
    instances: template,
  };
}

function fromAttachment(graph: ResourceGraph, attachment: Resource): Target {
  const instance = graph.referenceIn(attachment.value('target_id'), 'aws_instance');
  const [own] = instance ? interfacesOf(graph, instance) : [];
  const port = attachment.number('port');
  return {
    resource: attachment,
    subnets: instance?.value('subnet_id') ?? own?.value('subnet_id'),
    securityGroups: instance ? groupsOfInstances(graph, instance) : HIDDEN,
    port: port instanceof Unknown ? NaN : port,
    instances: instance,
  };
}

/** Security groups of an instance, or of what launches it: on its interfaces, on itself, or in its template. */
function groupsOfInstances(graph: ResourceGraph, instances: Resource): unknown {
  const onInterfaces = [
    ...instances.blocks('network_interfaces').flatMap((one) => one.list('security_groups')),
    ...interfacesOf(graph, instances).flatMap((one) => one.list('security_groups')),
  ];
  if (onInterfaces.length > 0) return onInterfaces;
  // The `security_groups` of a launch configuration are ids; those of an instance are names in the default VPC.
  const name = instances.type === 'aws_launch_configuration' ? 'security_groups' : 'vpc_security_group_ids';
  if (instances.has(name)) return instances.value(name);
  if (INTERFACES.some((block) => instances.has(block))) return HIDDEN;
  if (!instances.has('launch_template')) return undefined;
  const template = launchTemplateOf(graph, instances);
  return template ? groupsOfInstances(graph, template) : HIDDEN;
}

/** Blocks by which an instance takes an interface that is made already. */
const INTERFACES = ['network_interface', 'primary_network_interface'] as const;

/** The interfaces that an instance is made with. */
export function interfacesOf(graph: ResourceGraph, instance: Resource): readonly Resource[] {
  return INTERFACES.flatMap((name) => instance.blocks(name)).flatMap(
    (block) => graph.referenceIn(block.value('network_interface_id'), 'aws_network_interface') ?? [],
  );
}

/** Types that name target groups without registering anybody. */
const LOOKERS: ReadonlySet<string> = new Set([
  ...LISTENERS,
  ...LISTENER_RULES,
  ...TARGET_GROUPS,
  ...Object.keys(REGISTRARS),
  'aws_appautoscaling_policy',
  'aws_autoscaling_policy',
  'aws_cloudwatch_composite_alarm',
  'aws_cloudwatch_dashboard',
  'aws_cloudwatch_metric_alarm',
]);

/** Target groups that something else names: a deployment, a manifest for a cluster, a parameter that others read. */
function othersMayRegister(graph: ResourceGraph): ReadonlySet<Resource> {
  return graph.fact(graph, othersMayRegister, () => {
    const others = graph.resources.filter(
      ({ type, mode, isDeleted }) => mode === 'managed' && !isDeleted && !LOOKERS.has(type),
    );
    return new Set(others.flatMap(({ attributes }) => graph.referencesIn(attributes)));
  });
}

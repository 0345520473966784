import type { Resource, ResourceGraph } from '../resource-graph';
import { type Block, isRecord, Unknown } from '../value';
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

/** Whether a target is an address, which may be outside the VPC. */
export function isAddress({ resource, instances }: Target): boolean {
  return resource.has('target_id') && instances === undefined;
}

/** Who registers in a target group. */
export function targetsOf(graph: ResourceGraph, targetGroup: Resource): Targets {
  const { byGroup, complete } = registrations(graph);
  const targets = byGroup.get(targetGroup) ?? [];
  return {
    targets,
    // Looks at everything there is, so only when somebody asks.
    get complete() {
      return complete && !othersMayRegister(graph, targetGroup);
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

/*
 * Whether an empty target group is a mistake depends on whether somebody outside may fill it. They may where the input
 * gives the group away: its id, ARN or name is in an output, in what a module is called with, or in anything of which it
 * is not known that it only looks at it (a parameter, a deployment of CodeDeploy, a manifest or chart, user data, a
 * script). They may as well where the input says that it leaves registering to others: a cluster whose controller binds
 * groups from manifests, tags of that controller, a service that CodeDeploy or somebody else deploys, or registrations
 * whose changes are ignored. To find a group by its name alone takes none of that, but then every group would be excused.
 */

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
  // That the load balancer may call a function registers none.
  'aws_lambda_permission',
]);

/** Whether somebody whom this input does not show may register in a target group. */
function othersMayRegister(graph: ResourceGraph, targetGroup: Resource): boolean {
  return (
    leavesItToOthers(graph) ||
    isOfController(targetGroup) ||
    givenAway(graph).groups.has(targetGroup) ||
    isInText(graph, targetGroup)
  );
}

/** Whether something in the input registers targets of which it does not say where. */
function leavesItToOthers(graph: ResourceGraph): boolean {
  return graph.fact(graph, leavesItToOthers, () =>
    graph.resources.some((resource) => {
      if (resource.isDeleted) return false;
      if (CLUSTERS.test(resource.type)) return true;
      if (!Object.hasOwn(REGISTRARS, resource.type)) return false;
      const controller = resource.block('deployment_controller').is('type', 'ECS', 'ECS');
      const ignored = resource.block('lifecycle').list('ignore_changes');
      return controller !== true || ignored.some((name) => REGISTRATIONS.test(String(name)));
    }),
  );
}

/** A cluster, and what is put into one. */
const CLUSTERS = /^(aws_eks_cluster|(kubernetes|kubectl|helm)_\w+)$/;

/** The attributes of registrars that name target groups, or all. */
const REGISTRATIONS = /^(all|load_balancer|target_group_arns|traffic_source)\b/;

/** Whether the controller of a cluster has marked a target group as its own. */
function isOfController(targetGroup: Resource): boolean {
  const tags = ['tags', 'tags_all'].map((name) => targetGroup.value(name));
  return tags.some((value) => {
    const names = value instanceof Unknown ? [value.text ?? ''] : Object.keys(isRecord(value) ? value : {});
    return names.some((name) => name.includes('k8s.aws/') || name.includes('kubernetes.io/'));
  });
}

interface GivenAway {
  readonly groups: ReadonlySet<Resource>;
  /** Long texts, in which an ARN may stand. */
  readonly texts: readonly string[];
}

/** What the input gives to those who may register with it. */
function givenAway(graph: ResourceGraph): GivenAway {
  return graph.fact(graph, givenAway, () => {
    const others = graph.resources.filter(({ type, isDeleted }) => !isDeleted && !LOOKERS.has(type));
    const values = [...graph.handedOut, ...others.map(({ attributes }) => attributes)];
    const named = new Set(graph.ofType('aws_codedeploy_deployment_group').flatMap(namesOfDeployment));
    return {
      groups: new Set([
        ...graph.referencesIn(values),
        ...graph.ofType(...TARGET_GROUPS).filter((group) => named.has(group.known('name') ?? '')),
        // A script that runs once the group is there knows its ARN.
        ...graph.ofType(...TARGET_GROUPS).filter((group) => group.has('provisioner')),
      ]),
      texts: textsIn(values),
    };
  });
}

/** CodeDeploy knows target groups by name. */
function namesOfDeployment(deployment: Resource): readonly unknown[] {
  const info = deployment.block('load_balancer_info');
  const pairs = info.blocks('target_group_pair_info').flatMap((pair) => pair.blocks('target_group'));
  return [...info.blocks('target_group_info'), ...pairs].map((group) => group.known('name'));
}

/** Whether the ARN of a target group stands in a longer text, as in a chart's values. */
function isInText(graph: ResourceGraph, targetGroup: Resource): boolean {
  const arn = targetGroup.known('arn');
  return arn !== undefined && givenAway(graph).texts.some((text) => text.includes(arn));
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.includes('arn:') ? [value] : [];
  if (value instanceof Unknown || typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

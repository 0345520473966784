import type { Family } from '../../core/cidr';
import type { Resolved, Resource, ResourceGraph } from '../resource-graph';
import { type Block, type Maybe, Unknown } from '../value';

/** The provider keeps the older name of each type as an alias. */
export const LOAD_BALANCERS = ['aws_lb', 'aws_alb'] as const;
export const LISTENERS = ['aws_lb_listener', 'aws_alb_listener'] as const;
export const LISTENER_RULES = ['aws_lb_listener_rule', 'aws_alb_listener_rule'] as const;
export const TARGET_GROUPS = ['aws_lb_target_group', 'aws_alb_target_group'] as const;
export const ATTACHMENTS = ['aws_lb_target_group_attachment', 'aws_alb_target_group_attachment'] as const;

/** Whether a load balancer is of a kind: `application` is what AWS makes when nothing is written. */
export function isOfKind(loadBalancer: Resource, kind: 'application' | 'network' | 'gateway'): Maybe {
  return loadBalancer.is('load_balancer_type', kind, 'application');
}

/** Whether clients on the Internet may come to a load balancer. Gateway load balancers have no clients of their own. */
export function isInternetFacing(loadBalancer: Resource): Maybe {
  if (isOfKind(loadBalancer, 'gateway')) return false;
  const internal = loadBalancer.is('internal', true, false);
  return internal === undefined ? undefined : !internal;
}

/** Whether a load balancer has IPv6 addresses. */
export function isDualStack(loadBalancer: Resource): Maybe {
  const ipv4 = loadBalancer.is('ip_address_type', 'ipv4', 'ipv4');
  return ipv4 === undefined ? undefined : !ipv4;
}

/** The ids of a load balancer's subnets, whichever of the two ways they are written in. */
export function subnetIds(loadBalancer: Resource): readonly unknown[] {
  return [
    ...loadBalancer.list('subnets'),
    ...loadBalancer.blocks('subnet_mapping').map((mapping) => mapping.value('subnet_id')),
    ...loadBalancer.list('subnet_mapping').filter((mapping) => mapping instanceof Unknown),
  ];
}

/** The subnets of a load balancer, and whether those are all. */
export function subnetsOfLoadBalancer(graph: ResourceGraph, loadBalancer: Resource): Resolved {
  return graph.fact(loadBalancer, subnetsOfLoadBalancer, () => graph.resolve(subnetIds(loadBalancer), 'aws_subnet'));
}

/** The listeners of a load balancer, and whether those are all. */
export function listenersOf(graph: ResourceGraph, loadBalancer: Resource): Resolved {
  return referring(graph, LISTENERS, 'load_balancer_arn', loadBalancer);
}

/** The load balancer of a listener, where it is part of this input. */
export function loadBalancerOf(graph: ResourceGraph, listener: Resource): Resource | undefined {
  return graph.referenceIn(listener.value('load_balancer_arn'), ...LOAD_BALANCERS);
}

/** The rules of a listener, and whether those are all. */
export function listenerRulesOf(graph: ResourceGraph, listener: Resource): Resolved {
  return referring(graph, LISTENER_RULES, 'listener_arn', listener);
}

/** The target groups that a listener or a rule of one names in its own actions, and whether those are all. */
export function forwardedTo(graph: ResourceGraph, listenerOrRule: Resource): Resolved {
  return graph.fact(listenerOrRule, forwardedTo, () => groupsIn(graph, listenerOrRule, () => true));
}

/** Of these, the groups that get requests: those of weight 0 wait for their turn. */
export function receiversOf(graph: ResourceGraph, listenerOrRule: Resource): Resolved {
  return graph.fact(listenerOrRule, receiversOf, () =>
    groupsIn(graph, listenerOrRule, (group) => group.is('weight', 0) !== true),
  );
}

function groupsIn(graph: ResourceGraph, listenerOrRule: Resource, counts: (group: Block) => boolean): Resolved {
  const names = ['default_action', 'action'] as const;
  const actions = names.flatMap((name) => listenerOrRule.blocks(name));
  const arns = actions.flatMap((action) => groupArns(action, counts));
  const { found, complete } = graph.resolve(arns, ...TARGET_GROUPS);
  return { found, complete: (complete || arns.length === 0) && !names.some((name) => listenerOrRule.hides(name)) };
}

/** The target groups that a listener forwards to, by itself or by its rules, and whether those are all. */
export function targetGroupsOfListener(graph: ResourceGraph, listener: Resource): Resolved {
  return graph.fact(listener, targetGroupsOfListener, () => {
    const rules = listenerRulesOf(graph, listener);
    return union(
      [forwardedTo(graph, listener), ...rules.found.map((rule) => forwardedTo(graph, rule))],
      rules.complete,
    );
  });
}

/** The target groups that a load balancer forwards to, and whether those are all. */
export function targetGroupsOf(graph: ResourceGraph, loadBalancer: Resource): Resolved {
  return graph.fact(loadBalancer, targetGroupsOf, () => {
    const listeners = listenersOf(graph, loadBalancer);
    const groups = listeners.found.map((listener) => targetGroupsOfListener(graph, listener));
    return union(groups, listeners.complete);
  });
}

/** The load balancers of this input that forward to a target group. */
export function loadBalancersOf(graph: ResourceGraph, targetGroup: Resource): readonly Resource[] {
  return graph.fact(targetGroup, loadBalancersOf, () =>
    graph.ofType(...LOAD_BALANCERS).filter((one) => targetGroupsOf(graph, one).found.includes(targetGroup)),
  );
}

/** Whether a listener of this input, or a rule of one, forwards to a target group. */
export function isForwardedTo(graph: ResourceGraph, targetGroup: Resource): boolean {
  return graph
    .ofType(...LISTENERS, ...LISTENER_RULES)
    .some((one) => forwardedTo(graph, one).found.includes(targetGroup));
}

/** Whether a listener of this input, or a rule of one, sends requests to a target group. */
export function getsRequests(graph: ResourceGraph, targetGroup: Resource): boolean {
  return graph
    .ofType(...LISTENERS, ...LISTENER_RULES)
    .some((one) => receiversOf(graph, one).found.includes(targetGroup));
}

/** The family that a target group's targets are spoken to in. */
export function familyOf(targetGroup: Resource): Family | undefined {
  const ipv6 = targetGroup.is('ip_address_type', 'ipv6', 'ipv4');
  return ipv6 === undefined ? undefined : ipv6 ? 'ipv6' : 'ipv4';
}

/** The arns in an action: one group, or several with weights, of which some may not count. */
function groupArns(action: Block, counts: (group: Block) => boolean): readonly unknown[] {
  const forwards = action.blocks('forward');
  return [
    ...action.list('target_group_arn'),
    ...action.list('forward').filter((forward) => forward instanceof Unknown),
    ...forwards.flatMap((forward) => forward.list('target_group').filter((group) => group instanceof Unknown)),
    ...forwards
      .flatMap((forward) => forward.blocks('target_group'))
      .filter(counts)
      .flatMap((group) => group.list('arn')),
  ].filter((arn) => arn !== '' && arn !== null);
}

function referring(graph: ResourceGraph, types: readonly string[], attribute: string, to: Resource): Resolved {
  return {
    found: types.flatMap((type) => graph.referring(type, attribute, to)),
    complete: !types.some((type) => graph.mayRefer(type, attribute, to.type)),
  };
}

function union(parts: readonly Resolved[], complete: boolean): Resolved {
  return {
    found: [...new Set(parts.flatMap(({ found }) => found))],
    complete: complete && parts.every((part) => part.complete),
  };
}

/** What an Auto Scaling group or an instance is launched from, where that is part of this input. */
export function launchTemplateOf(graph: ResourceGraph, instances: Resource): Resource | undefined {
  const mixed = instances.block('mixed_instances_policy').block('launch_template');
  return (
    templateIn(graph, instances.value('launch_template')) ??
    templateIn(graph, mixed.value('launch_template_specification')) ??
    graph.referenceIn(instances.value('launch_configuration'), 'aws_launch_configuration')
  );
}

/** The template that a block names by id or by name. */
function templateIn(graph: ResourceGraph, value: unknown): Resource | undefined {
  return graph.referencesIn(value).find(({ type }) => type === 'aws_launch_template');
}

/** Whether CloudFront asks it, which speaks to clients and redirects them for itself. */
export function isOrigin(graph: ResourceGraph, loadBalancer: Resource): boolean {
  return ORIGINS.some(([type, attribute]) => graph.referring(type, attribute, loadBalancer).length > 0);
}

/** Whether clients reach it by CloudFront or Global Accelerator, which have addresses of their own. */
export function isBehindEdge(graph: ResourceGraph, loadBalancer: Resource): boolean {
  return EDGES.some(([type, attribute]) => graph.referring(type, attribute, loadBalancer).length > 0);
}

/** Whether something that this input does not show in full may be in front of it. */
export function mayBeBehindEdge(graph: ResourceGraph, loadBalancer: Resource): boolean {
  return EDGES.some(([type, attribute]) => graph.mayRefer(type, attribute, loadBalancer.type));
}

/** Where CloudFront and Global Accelerator name what they lead to. */
const ORIGINS = [
  ['aws_cloudfront_distribution', 'origin'],
  ['aws_cloudfront_vpc_origin', 'vpc_origin_endpoint_config'],
] as const;
const EDGES = [...ORIGINS, ['aws_globalaccelerator_endpoint_group', 'endpoint_configuration']] as const;

import type { Family } from '../../core/cidr';
import { addressChecks, asksEach } from '../facts/address-checks';
import { isOfKind } from '../facts/load-balancers';
import { leadsTo } from '../facts/routes';
import { subnetHasIpv6 } from '../facts/address-blocks';
import { openedTo, securityRules } from '../facts/security-groups';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type Block, isRecord, type Maybe, Unknown } from '../value';
import type { Edge } from './edges';
import { closed, type HopResult, OPEN, unseen } from './hop';

/** IPv4 by the target group's check; IPv6 by that of an IPv6 target group, by checks of its addresses, or by a probe. */
export function health(graph: ResourceGraph, edge: Edge, family: Family): HopResult {
  return edge.kind === 'distribution' ? distribution(graph, edge, family) : loadBalancer(graph, edge, family);
}

/**
 * What a target group's check tells of a target, a request of the probe tells of an origin: CloudFront asks it over a
 * family that the viewer's has no part in.
 */
function distribution(graph: ResourceGraph, { names }: Edge, family: Family): HopResult {
  if (isProbed(graph, names) || (family === 'ipv4' && isChecked(graph, names))) return OPEN;
  return closed(
    family === 'ipv4'
      ? 'add the probe, or a Route 53 health check on the name'
      : 'add a health check over IPv6: the probe',
  );
}

function loadBalancer(graph: ResourceGraph, edge: Edge, family: Family): HopResult {
  const { resource, names, targetGroup } = edge;
  // AWS checks targets whether or not somebody writes how, but for functions.
  const checked =
    targetGroup !== undefined &&
    !targetGroup.is('target_type', 'lambda') &&
    !targetGroup.blocks('health_check').some((check) => check.is('enabled', false));
  if (family === 'ipv4') {
    if (checked || isChecked(graph, names) || isAsked(graph, edge, family)) return OPEN;
    // The target group of a load balancer that cannot be seen may have one.
    return targetGroup
      ? closed('add a health check to the target group')
      : unseen('the target group and its health check cannot be seen here');
  }
  if (checked && targetGroup?.is('ip_address_type', 'ipv6')) return OPEN;
  const asked = isAsked(graph, edge, family);
  if (asked || isProbed(graph, names)) return OPEN;
  if (asked === undefined) return unseen('whether Route 53 asks its IPv6 addresses is only known after apply');
  return closed(
    isOfKind(resource, 'network')
      ? 'add a Route 53 health check of each of its IPv6 addresses, with an alarm'
      : 'add a health check over IPv6: the probe',
  );
}

/** Whether Route 53 asks its addresses of a family, and alarms that somebody hears listen to the answers. */
function isAsked(graph: ResourceGraph, edge: Edge, family: Family): Maybe {
  const heard = graph
    .ofType('aws_cloudwatch_metric_alarm')
    .filter((alarm) => alarm.is('metric_name', 'HealthCheckStatus') && isHeard(alarm))
    .flatMap((alarm) => graph.referencesIn(alarm.value('dimensions')));
  const checks = addressChecks(graph).filter((check) => heard.includes(check));
  return asksEach(graph, checks, edge, family);
}

/** Whether a Route 53 health check asks for one of the names: over IPv4, which is all that a name gets. */
function isChecked(graph: ResourceGraph, names: readonly string[]): boolean {
  return graph.ofType('aws_route53_health_check').some((check) => names.includes(check.known('fqdn') ?? ''));
}

/** Whether a schedule asks one of the names over IPv6, and an alarm that somebody hears listens to the answers. */
function isProbed(graph: ResourceGraph, names: readonly string[]): boolean {
  const probes = graph
    .ofType('aws_scheduler_schedule')
    .filter((schedule) => schedule.is('state', 'DISABLED') !== true)
    .flatMap((schedule) => schedule.blocks('target'))
    .filter((target) => reachesOut(graph, target))
    .flatMap((target) => {
      const { host, portal } = parseObject(target.value('input'));
      return typeof host === 'string' && names.includes(host) && typeof portal === 'string' ? [portal] : [];
    });
  return graph
    .ofType('aws_cloudwatch_metric_alarm')
    .some(
      (alarm) =>
        alarm.known('metric_name') === 'Ipv6Available' &&
        isHeard(alarm) &&
        probes.includes(alarm.block('dimensions').known('Portal') ?? ''),
    );
}

/** Whether an alarm tells somebody. */
export function isHeard(alarm: Resource): boolean {
  return alarm.has('alarm_actions') && alarm.is('actions_enabled', true, true) !== false;
}

/** Whether the function of a schedule, as far as it is part of this stack, has a way out over IPv6. */
function reachesOut(graph: ResourceGraph, scheduled: Block): boolean {
  const probe = graph.referenceIn(scheduled.value('arn'), 'aws_lambda_function');
  const network = probe?.blocks('vpc_config')[0];
  if (!network) return true;
  const subnets = graph.resolve(network.value('subnet_ids'), 'aws_subnet').found;
  const groups = graph.resolve(network.value('security_group_ids'), 'aws_security_group').found;
  return (
    network.is('ipv6_allowed_for_dual_stack', true, false) === true &&
    groups.some((group) => openedTo(securityRules(graph, group, 'egress'), 'ipv6', 443).addresses.holdsInternet) &&
    subnets.every(
      (subnet) =>
        subnetHasIpv6(subnet) &&
        leadsTo(graph, subnet, 'ipv6', 'egress-only-gateway', 'internet-gateway', 'transit-gateway', 'vpc-endpoint') !==
          false,
    )
  );
}

/** The event of a schedule: JSON text, which holds expressions where it is made of other resources. */
function parseObject(value: unknown): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(value instanceof Unknown ? (value.text ?? '') : String(value));
    return isRecord(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

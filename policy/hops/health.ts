import type { Family } from '../../core/cidr';
import { probesOf, wayOutOf } from '../facts/probes';
import type { Resource, ResourceGraph } from '../resource-graph';
import type { Edge } from './edges';
import { groupsFor } from './forwarded';
import { best, closed, type HopResult, OPEN, unseen } from './hop';

/** IPv4 by the target group's check; IPv6 by that of an IPv6 target group, or by a probe. */
export function health(graph: ResourceGraph, edge: Edge, family: Family): HopResult {
  const { kind, names } = edge;
  const groups = groupsFor(graph, edge, family).found;
  const checked = groups.length > 0 && groups.every(checksItself);
  if (family === 'ipv4') {
    if (checked || isChecked(graph, names)) return OPEN;
    // The target group of a load balancer that cannot be seen may have one.
    if (kind === 'load-balancer' && groups.length === 0)
      return unseen('the target group and its health check cannot be seen here');
    return closed(
      kind === 'distribution' ? 'add a Route 53 health check on the name' : 'add a health check to the target group',
    );
  }
  if (checked && groups.every((group) => group.is('ip_address_type', 'ipv6'))) return OPEN;
  return byProbe(graph, names);
}

/** AWS checks targets whether or not somebody writes how, but for functions. */
function checksItself(targetGroup: Resource): boolean {
  return (
    !targetGroup.is('target_type', 'lambda') &&
    !targetGroup.blocks('health_check').some((check) => check.is('enabled', false))
  );
}

/** Whether a Route 53 health check asks for one of the names: over IPv4, which is all that a name gets. */
function isChecked(graph: ResourceGraph, names: readonly string[]): boolean {
  return graph.ofType('aws_route53_health_check').some((check) => names.includes(check.known('fqdn') ?? ''));
}

/** Whether a schedule asks for one of the names over IPv6, and an alarm that somebody hears listens to the answers. */
function byProbe(graph: ResourceGraph, names: readonly string[]): HopResult {
  const heard = graph
    .ofType('aws_cloudwatch_metric_alarm')
    .filter((alarm) => alarm.known('metric_name') === 'Ipv6Available' && isHeard(alarm))
    .map((alarm) => alarm.block('dimensions').known('Portal'));
  const probes = probesOf(graph).filter(
    ({ isOn, host, portal }) =>
      isOn && host !== undefined && names.includes(host) && portal !== undefined && heard.includes(portal),
  );
  const ways = probes.map(({ asker }) => (asker ? byFunction(graph, asker) : OPEN));
  return best(ways) ?? closed('add a health check over IPv6: the probe');
}

function byFunction(graph: ResourceGraph, asker: Resource): HopResult {
  const way = wayOutOf(graph, asker).isOpen;
  if (way === undefined) return unseen(`whether ${asker.address} gets out over IPv6 cannot be seen here`);
  if (way) return OPEN;
  return { ...closed(`let ${asker.address} out over IPv6`), causes: [{ rule: 'V6-CMP-008', resource: asker }] };
}

/** Whether an alarm tells somebody. */
export function isHeard(alarm: Resource): boolean {
  return alarm.has('alarm_actions') && alarm.is('actions_enabled', true, true) !== false;
}

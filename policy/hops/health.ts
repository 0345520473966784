import type { Family } from '../../core/cidr';
import { addressChecks, asksEach } from '../facts/address-checks';
import { isOfKind } from '../facts/load-balancers';
import { probesOf, wayOutOf } from '../facts/probes';
import type { Resource, ResourceGraph } from '../resource-graph';
import type { Maybe } from '../value';
import type { Edge } from './edges';
import { groupsFor } from './forwarded';
import { best, closed, type HopResult, OPEN, unseen } from './hop';

const ADD_PROBE = 'add a health check over IPv6: the probe';

/** IPv4 by the target group's check; IPv6 by that of an IPv6 target group, by checks of its addresses, or by a probe. */
export function health(graph: ResourceGraph, edge: Edge, family: Family): HopResult {
  return edge.kind === 'distribution' ? distribution(graph, edge, family) : loadBalancer(graph, edge, family);
}

/**
 * What a target group's check tells of a target, a request of the probe tells of an origin: CloudFront asks it over a
 * family that the viewer's has no part in.
 */
function distribution(graph: ResourceGraph, { names }: Edge, family: Family): HopResult {
  if (family === 'ipv4' && isChecked(graph, names)) return OPEN;
  return byProbe(graph, names, family === 'ipv4' ? 'add the probe, or a Route 53 health check on the name' : ADD_PROBE);
}

function loadBalancer(graph: ResourceGraph, edge: Edge, family: Family): HopResult {
  const { resource, names } = edge;
  const groups = groupsFor(graph, edge, family).found;
  const checked = groups.length > 0 && groups.every(checksItself);
  if (family === 'ipv4') {
    if (checked || isChecked(graph, names) || isAsked(graph, edge, family)) return OPEN;
    // The target group of a load balancer that cannot be seen may have one.
    return groups.length > 0
      ? closed('add a health check to the target group')
      : unseen('the target group and its health check cannot be seen here');
  }
  if (checked && groups.every((group) => group.is('ip_address_type', 'ipv6'))) return OPEN;
  const asked = isAsked(graph, edge, family);
  if (asked) return OPEN;
  const probed = byProbe(
    graph,
    names,
    isOfKind(resource, 'network')
      ? 'add a Route 53 health check of each of its IPv6 addresses, with an alarm'
      : ADD_PROBE,
  );
  if (probed.state === 'pass' || asked === false) return probed;
  return unseen('whether Route 53 asks its IPv6 addresses is only known after apply');
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
function byProbe(graph: ResourceGraph, names: readonly string[], ask: string): HopResult {
  const heard = graph
    .ofType('aws_cloudwatch_metric_alarm')
    .filter((alarm) => alarm.known('metric_name') === 'Ipv6Available' && isHeard(alarm))
    .map((alarm) => alarm.block('dimensions').known('Portal'));
  const probes = probesOf(graph).filter(
    ({ isOn, host, portal }) =>
      isOn && host !== undefined && names.includes(host) && portal !== undefined && heard.includes(portal),
  );
  const ways = probes.map(({ asker }) => (asker ? byFunction(graph, asker) : OPEN));
  return best(ways) ?? closed(ask);
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

import { formatCidr } from '../core/cidr';
import { isIpv4OnlyService } from '../core/endpoint-services';
import { isIpv6Only } from './facts/address-blocks';
import { serviceOf } from './facts/endpoints';
import { isOfKind } from './facts/load-balancers';
import { routesOfSubnet } from './facts/routes';
import { isAddress, targetsOf } from './facts/targets';
import { type Edge, edgesOf } from './hops/edges';
import { groupsOf } from './hops/forwarded';
import { isHeard } from './hops/health';
import { closed, HOPS, type HopName, type HopResult, OPEN, unseen, worst } from './hops/hop';
import { hopsOf } from './hops/hops';
import { agreedPaths } from './path-worlds';
import type { Resource, ResourceGraph } from './resource-graph';
import { type Block, every, type Maybe } from './value';
import { worldsOf } from './worlds';

/** Readiness of a portal; `ARCHITECTURE.md` says what each asks for. */
export type Level = 0 | 1 | 2 | 3 | 4;

/** One hop, both families side by side. */
export interface Hop {
  readonly hop: HopName;
  readonly ipv4: HopResult;
  readonly ipv6: HopResult;
}

/** The way to one portal, hop by hop, and how ready it is by the JSON alone. */
export interface PortalPath {
  /** Name that citizens type: the first of `names`; undefined for an edge without a name. */
  readonly name: string | undefined;
  readonly names: readonly string[];
  /** Address of what answers; what records say where that is not part of this input. */
  readonly edge: string;
  readonly hops: readonly Hop[];
  readonly level: Level;
  /** Whether nothing that is known withholds the next level: whether the portal is there cannot be seen. */
  readonly atLeast: boolean;
  /** What the next level asks for; empty at the highest. */
  readonly missing: readonly string[];
}

/** Every portal of a stack. */
export function portalPaths(graph: ResourceGraph): PortalPath[] {
  const worlds = worldsOf(graph);
  return worlds.length === 0 ? pathsIn(graph) : agreedPaths(worlds, (world) => pathsIn(world.graph));
}

function pathsIn(graph: ResourceGraph): PortalPath[] {
  return edgesOf(graph).map((edge) => {
    const ipv4 = hopsOf(graph, edge, 'ipv4');
    const ipv6 = hopsOf(graph, edge, 'ipv6');
    const hops = HOPS.map((hop) => ({ hop, ipv4: ipv4[hop], ipv6: ipv6[hop] }));
    return {
      name: edge.names[0],
      names: edge.names,
      edge: edge.address,
      hops,
      ...levelOf(graph, edge, hops),
    };
  });
}

/** Level by level, what it asks for beyond the one before. */
function levelOf(
  graph: ResourceGraph,
  edge: Edge,
  hops: readonly Hop[],
): Pick<PortalPath, 'level' | 'atLeast' | 'missing'> {
  const asks: (() => readonly HopResult[])[] = [
    () => families(hops, ['dns', 'edge']),
    () => families(hops, ['listener', 'firewall', 'route', 'target']),
    () => [...families(hops, ['health']), ...throughEach(edge, (one) => operations(graph, one))],
    () => throughEach(edge, (one) => [appTier(graph, one)]),
  ];
  let level = 0;
  for (const ask of asks) {
    const findings = ask();
    const { state } = worst(findings);
    if (state !== 'pass') {
      return { level: level as Level, atLeast: state === 'unknown', missing: reasons(findings) };
    }
    level += 1;
  }
  return { level: level as Level, atLeast: false, missing: [] };
}

function families(hops: readonly Hop[], names: readonly HopName[]): HopResult[] {
  return hops.filter(({ hop }) => names.includes(hop)).flatMap(({ ipv4, ipv6 }) => [ipv6, ipv4]);
}

function reasons(findings: readonly HopResult[]): string[] {
  return [...new Set(findings.flatMap(({ state, reason }) => (state === 'pass' || !reason ? [] : [reason])))];
}

/** What each load balancer behind an accelerator is asked for, which is what the edge itself is asked for elsewhere. */
function throughEach(edge: Edge, ask: (one: Edge) => HopResult[]): HopResult[] {
  return edge.kind === 'accelerator' ? edge.behind.found.flatMap(ask) : ask(edge);
}

/**
 * What L3 asks for beside health, by what serves the portal: CloudFront has neither a VPC nor metrics by family. A network
 * load balancer counts nothing by family either, but has logs of every client.
 */
function operations(graph: ResourceGraph, edge: Edge): HopResult[] {
  if (edge.kind === 'distribution') return [];
  return [isOfKind(edge.resource, 'network') ? accessLogs(edge) : shareAlarm(graph, edge), endpoints(graph, edge)];
}

function accessLogs({ resource }: Edge): HopResult {
  const enabled = resource.hides('access_logs') ? undefined : resource.block('access_logs').is('enabled', true, false);
  if (enabled === undefined) return unseen('whether it keeps access logs is only known after apply');
  return enabled ? OPEN : closed('keep access logs: nothing else of a network load balancer tells the families apart');
}

/** The alarm that hears when IPv6 falls silent while IPv4 goes on. */
function shareAlarm(graph: ResourceGraph, { resource }: Edge): HopResult {
  const alarms = graph
    .ofType('aws_cloudwatch_metric_alarm')
    .filter((alarm) =>
      [...alarm.blocks('metric_query').flatMap((query) => query.blocks('metric')), alarm].some(
        (metric) =>
          metric.known('metric_name') === 'IPv6RequestCount' &&
          graph.referencesIn(metric.value('dimensions')).includes(resource),
      ),
    );
  if (alarms.some(isHeard)) return OPEN;
  return closed(
    alarms.length > 0
      ? 'give the alarm on the share of IPv6 requests somebody to tell'
      : 'add an alarm on the share of IPv6 requests',
  );
}

/** Interface endpoints in the portal's VPC answer over both families. */
function endpoints(graph: ResourceGraph, edge: Edge): HopResult {
  const vpcs = new Set(groupsOf(graph, edge).map((group) => graph.referenceIn(group.value('vpc_id'), 'aws_vpc')));
  if (vpcs.size === 0 || vpcs.has(undefined)) return unseen("the VPC's endpoints are not part of this stack");
  const single = [...vpcs]
    .flatMap((vpc) => graph.referring('aws_vpc_endpoint', 'vpc_id', vpc!))
    .filter(
      (endpoint) =>
        endpoint.is('vpc_endpoint_type', 'Interface') &&
        !endpoint.is('ip_address_type', 'dualstack') &&
        !isIpv4Only(endpoint),
    );
  return single.length === 0 ? OPEN : closed(`make ${single.map(({ address }) => address).join(', ')} dualstack`);
}

/** Well-known prefix of NAT64 (RFC 6052, 2.1). */
const NAT64_PREFIX = '64:ff9b::/96';

function isIpv4Only(endpoint: Resource): boolean {
  const service = serviceOf(endpoint);
  return service.kind === 'aws' && isIpv4OnlyService(service.name);
}

/** Tasks and instances do without IPv4: IPv6-only subnets behind an IPv6 target group, with NAT64 and DNS64 as a pair or not at all. */
function appTier(graph: ResourceGraph, edge: Edge): HopResult {
  if (edge.kind === 'distribution') return origins(graph, edge.resource);
  const groups = groupsOf(graph, edge);
  if (groups.length === 0) return unseen('no target group can be seen');
  return worst(groups.map((group) => tierBehind(graph, group)));
}

function tierBehind(graph: ResourceGraph, targetGroup: Resource): HopResult {
  const compute = targetsOf(graph, targetGroup).targets.filter((one) => !isAddress(one));
  if (compute.length === 0) {
    return closed('move the portal off its IPv4 origin: a gateway goes no higher than L3');
  }
  const subnets = compute.flatMap((one) => graph.resolve(one.subnets, 'aws_subnet').found);
  const native = every(subnets.map(isIpv6Only));
  if (native === undefined) return unseen('whether the application subnets are IPv6-only is only known after apply');
  if (!native) return closed('run the application subnets IPv6-only');
  if (!targetGroup.is('ip_address_type', 'ipv6')) return closed('make the target group IPv6');
  const unpaired = subnets.find((subnet) => subnet.is('enable_dns64', true, false) !== hasNat64(graph, subnet));
  return unpaired ? closed(`pair DNS64 and the route for ${NAT64_PREFIX} of ${unpaired.address}`) : OPEN;
}

/** Behind CloudFront is either nobody's server, or one that is reached over IPv6. */
function origins(graph: ResourceGraph, distribution: Resource): HopResult {
  const servers = distribution.blocks('origin').filter((origin) => !isBucket(graph, origin));
  const byIpv6 = servers.map((one) => one.block('custom_origin_config').is('ip_address_type', 'ipv6', 'ipv4'));
  const all = every([...byIpv6, distribution.hides('origin') ? undefined : true]);
  if (all === undefined) return unseen('how CloudFront reaches the origin is only known after apply');
  return all ? OPEN : closed('let CloudFront reach the origin over IPv6 alone');
}

function isBucket(graph: ResourceGraph, origin: Block): boolean {
  if (origin.blocks('custom_origin_config').length > 0) return false;
  const domain = origin.value('domain_name');
  const isNamed = typeof domain === 'string' && /\.s3[.-]([a-z0-9-]+\.)?amazonaws\.com(\.cn)?$/.test(domain);
  return isNamed || graph.referenceIn(domain, 'aws_s3_bucket') !== undefined;
}

function hasNat64(graph: ResourceGraph, subnet: Resource): Maybe {
  const { routes, complete } = routesOfSubnet(graph, subnet);
  const nat64 = routes.some(
    ({ destination, target }) =>
      destination !== undefined && formatCidr(destination) === NAT64_PREFIX && target === 'nat-gateway',
  );
  return nat64 || complete ? nat64 : undefined;
}

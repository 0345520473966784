import { formatCidr, parseCidr } from '../core/cidr';
import { isIpv4OnlyService } from '../core/endpoint-services';
import { type Edge, edgesOf, type Finding, HOPS, type HopName, hopsOf, resolve, routesOf, worst } from './hops';
import { blocks, type Resource, type ResourceGraph } from './resource-graph';

/** Readiness of a portal; `ARCHITECTURE.md` says what each asks for. */
export type Level = 0 | 1 | 2 | 3 | 4;

/** One hop, both families side by side. */
export interface Hop {
  readonly hop: HopName;
  readonly ipv4: Finding;
  readonly ipv6: Finding;
}

/** The way to one portal, hop by hop, and how ready it is by the JSON alone. */
export interface PortalPath {
  /** Name that citizens type: the first of `names`; undefined for an edge without a name. */
  readonly name: string | undefined;
  readonly names: readonly string[];
  /** Address of the load balancer. */
  readonly edge: string;
  readonly hops: readonly Hop[];
  readonly level: Level;
  /** What the next level asks for; empty at the highest. */
  readonly missing: readonly string[];
}

/** Every portal of a stack. */
export function portalPaths(graph: ResourceGraph): PortalPath[] {
  return edgesOf(graph).map((edge) => {
    const ipv4 = hopsOf(graph, edge, 'ipv4');
    const ipv6 = hopsOf(graph, edge, 'ipv6');
    const hops = HOPS.map((hop) => ({ hop, ipv4: ipv4[hop], ipv6: ipv6[hop] }));
    return {
      name: edge.names[0],
      names: edge.names,
      edge: edge.loadBalancer.address,
      hops,
      ...levelOf(graph, edge, hops),
    };
  });
}

/** Level by level, what it asks for beyond the one before. */
function levelOf(graph: ResourceGraph, edge: Edge, hops: readonly Hop[]): Pick<PortalPath, 'level' | 'missing'> {
  const asks: (() => readonly Finding[])[] = [
    () => families(hops, ['dns', 'edge']),
    () => families(hops, ['listener', 'firewall', 'route', 'target']),
    () => [...families(hops, ['health']), shareAlarm(graph, edge), endpoints(graph, edge)],
    () => [appTier(graph, edge)],
  ];
  let level = 0;
  for (const ask of asks) {
    const findings = ask();
    if (worst(findings).state !== 'pass') return { level: level as Level, missing: reasons(findings) };
    level += 1;
  }
  return { level: level as Level, missing: [] };
}

function families(hops: readonly Hop[], names: readonly HopName[]): Finding[] {
  return hops.filter(({ hop }) => names.includes(hop)).flatMap(({ ipv4, ipv6 }) => [ipv6, ipv4]);
}

function reasons(findings: readonly Finding[]): string[] {
  return [...new Set(findings.flatMap(({ state, reason }) => (state === 'pass' || !reason ? [] : [reason])))];
}

/** The alarm that hears when IPv6 falls silent while IPv4 goes on. */
function shareAlarm(graph: ResourceGraph, { loadBalancer }: Edge): Finding {
  const heard = graph
    .ofType('aws_cloudwatch_metric_alarm')
    .some(({ attributes }) =>
      [...blocks(attributes.metric_query).flatMap(({ metric }) => blocks(metric)), attributes].some(
        ({ metric_name, dimensions }) =>
          metric_name === 'IPv6RequestCount' && graph.referencesIn(dimensions).includes(loadBalancer),
      ),
    );
  return heard ? { state: 'pass' } : { state: 'fail', reason: 'add an alarm on the share of IPv6 requests' };
}

/** Interface endpoints in the portal's VPC answer over both families. */
function endpoints(graph: ResourceGraph, { targetGroup }: Edge): Finding {
  const vpc = targetGroup && graph.referenceIn(targetGroup.attributes.vpc_id, 'aws_vpc');
  if (!vpc) return { state: 'unknown', reason: "the VPC's endpoints are not part of this stack" };
  const single = graph
    .referring('aws_vpc_endpoint', 'vpc_id', vpc)
    .filter(({ attributes: { vpc_endpoint_type: type, service_name: service, ip_address_type: family } }) => {
      return type === 'Interface' && family !== 'dualstack' && !isIpv4OnlyService(serviceOf(service));
    });
  return single.length === 0
    ? { state: 'pass' }
    : { state: 'fail', reason: `make ${single.map(({ address }) => address).join(', ')} dualstack` };
}

/** Well-known prefix of NAT64 (RFC 6052, 2.1). */
const NAT64_PREFIX = '64:ff9b::/96';

/** `ecr.api` of `com.amazonaws.ap-southeast-1.ecr.api`. */
function serviceOf(serviceName: unknown): string {
  return String(serviceName).split('.').slice(3).join('.');
}

/** Tasks do without IPv4: IPv6-only subnets behind an IPv6 target group, with NAT64 and DNS64 as a pair or not at all. */
function appTier(graph: ResourceGraph, { targetGroup }: Edge): Finding {
  const [service] = targetGroup ? graph.referring('aws_ecs_service', 'load_balancer', targetGroup) : [];
  if (!service)
    return { state: 'fail', reason: 'move the portal off its IPv4 origin: a gateway goes no higher than L3' };
  const ids = blocks(service.attributes.network_configuration).flatMap(({ subnets: some }) => some);
  const { found: subnets, complete } = resolve(graph, ids);
  if (!subnets.every(({ attributes }) => attributes.ipv6_native === true)) {
    return { state: 'fail', reason: 'run the application subnets IPv6-only' };
  }
  if (!complete) return { state: 'unknown', reason: 'the application subnets are not part of this stack' };
  if (targetGroup?.attributes.ip_address_type !== 'ipv6') {
    return { state: 'fail', reason: 'make the target group IPv6' };
  }
  const unpaired = subnets.filter((subnet) => (subnet.attributes.enable_dns64 === true) !== hasNat64(graph, subnet));
  return unpaired.length === 0
    ? { state: 'pass' }
    : { state: 'fail', reason: `pair DNS64 and the route for 64:ff9b::/96 of ${unpaired[0]!.address}` };
}

function hasNat64(graph: ResourceGraph, subnet: Resource): boolean {
  return routesOf(graph, subnet).some(({ destination_ipv6_cidr_block: destination, nat_gateway_id: gateway }) => {
    const range = parseCidr(String(destination));
    return (
      range !== undefined &&
      formatCidr(range) === NAT64_PREFIX &&
      graph.referenceIn(gateway, 'aws_nat_gateway') !== undefined
    );
  });
}

import type { Resource, ResourceGraph } from '../resource-graph';
import type { Cause } from '../rule';
import { type Block, every, isRecord, type Maybe, Unknown } from '../value';
import { subnetHasIpv6, vpcOf } from './address-blocks';
import { takenFrom } from './removals';
import { leadsTo, routesOfSubnet, routeTableOf, type RouteTarget } from './routes';
import { GROUPS, openedTo, securityRules } from './security-groups';
import { normalName } from './records';

/** What asks for portals over IPv6, on a schedule. */
export interface Probe {
  readonly isOn: boolean;
  /** The function that asks, where it is part of this input. */
  readonly asker: Resource | undefined;
  /** The name that it asks for, and the portal that its answers are about. */
  readonly host: string | undefined;
  readonly portal: string | undefined;
  /** The name whose addresses it takes: of a portal that is staged, not the one that citizens type. */
  readonly lookup: string | undefined;
}

export function probesOf(graph: ResourceGraph): readonly Probe[] {
  return graph.fact(graph, probesOf, () =>
    graph
      .ofType('aws_scheduler_schedule')
      .flatMap((schedule) => schedule.blocks('target').map((target) => probeOf(graph, schedule, target))),
  );
}

function probeOf(graph: ResourceGraph, schedule: Resource, target: Block): Probe {
  const { host, portal, lookup } = parseEvent(target.value('input'));
  return {
    isOn: schedule.is('state', 'DISABLED') !== true,
    asker: graph.referenceIn(target.value('arn'), 'aws_lambda_function'),
    host: textOf(host),
    portal: textOf(portal),
    lookup: textOf(lookup),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The names whose AAAA records a probe asks for: of a portal that is staged, not the one that citizens type. */
export function probedNames(graph: ResourceGraph): ReadonlySet<string> {
  return graph.fact(graph, probedNames, () => {
    const names = probesOf(graph).map(({ lookup, host }) => lookup ?? host);
    return new Set(names.filter((name) => name !== undefined).map(normalName));
  });
}

/** Whether a function gets out to the Internet over IPv6. */
export interface WayOut {
  readonly isOpen: Maybe;
  /** What is in the way, where it is known to be closed. */
  readonly obstacle?: string;
  /** Where the findings are that explain it. */
  readonly causes: readonly Cause[];
}

export function wayOutOf(graph: ResourceGraph, asker: Resource): WayOut {
  return graph.fact(asker, wayOutOf, () => {
    const [network] = asker.blocks('vpc_config');
    // Outside a VPC it has the Internet of AWS.
    if (!network) return { isOpen: true, causes: [] };
    const subnets = graph.resolve(network.value('subnet_ids'), 'aws_subnet').found;
    const ways = [
      { isOpen: network.is('ipv6_allowed_for_dual_stack', true, false), causes: [] },
      wayThroughGroups(graph, network),
      ...subnets.map((subnet) => wayFrom(graph, subnet)),
    ];
    const isOpen = every(ways.map((way) => way.isOpen));
    return ways.find((way) => way.isOpen === isOpen) ?? { isOpen, causes: [] };
  });
}

function wayThroughGroups(graph: ResourceGraph, network: Block): WayOut {
  const { found, complete } = graph.resolve(network.value('security_group_ids'), ...GROUPS);
  const each = found.map((group) => openedTo(securityRules(graph, group, 'egress'), 'ipv6', 443));
  if (each.some(({ addresses }) => addresses.holdsInternet)) return { isOpen: true, causes: [] };
  if (!complete || each.some((one) => !one.complete)) return { isOpen: undefined, causes: [] };
  const rules = found.flatMap((group) => securityRules(graph, group, 'egress').rules);
  return {
    isOpen: false,
    obstacle: `${found.map(({ address }) => address).join(', ')} does not let it out to port 443`,
    causes: [
      ...found.map((resource) => ({ rule: 'V6-SG-004', resource })),
      ...rules.map(({ resource }) => ({ rule: 'V6-SG-005', resource })),
    ],
  };
}

/** Behind a transit gateway, or an appliance, there may be a way. */
const OUT: readonly RouteTarget[] = ['egress-only-gateway', 'internet-gateway', 'transit-gateway', 'vpc-endpoint'];

function wayFrom(graph: ResourceGraph, subnet: Resource): WayOut {
  const isOpen = subnetHasIpv6(subnet) && leadsTo(graph, subnet, 'ipv6', ...OUT);
  if (isOpen !== false) return { isOpen, causes: [] };
  const table = routeTableOf(graph, subnet);
  const vpc = vpcOf(graph, subnet);
  const unused = vpc ? graph.referring('aws_egress_only_internet_gateway', 'vpc_id', vpc) : [];
  return {
    isOpen,
    obstacle: `${subnet.address} has no way out for it`,
    causes: [
      subnet,
      ...routesOfSubnet(graph, subnet).routes.map(({ resource }) => resource),
      ...(table ? [table, ...takenFrom(graph, table)] : []),
      ...unused.map((resource) => ({ rule: 'V6-RT-005', resource })),
    ],
  };
}

/** JSON text, which holds expressions where it is made of other resources. */
function parseEvent(value: unknown): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(value instanceof Unknown ? (value.text ?? '') : String(value));
    return isRecord(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

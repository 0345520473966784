import type { Family } from '../../core/cidr';
import type { Resolved, Resource, ResourceGraph } from '../resource-graph';
import { every, type Maybe, some, Unknown } from '../value';
import { isIpv6Only, subnetHasIpv6, vpcOf } from './address-blocks';
import { asksForIpv6, hasPublicIpv4 } from './compute';
import {
  isInternetFacing,
  isOfKind,
  listenersOf,
  LOAD_BALANCERS,
  subnetsOfLoadBalancer,
  targetGroupsOf,
} from './load-balancers';
import { leadsTo } from './routes';
import { GROUPS, securityRules } from './security-groups';
import { type Target, targetsOf } from './targets';

/** What somebody on the Internet can send packets to. */
export interface Front {
  readonly resource: Resource;
  /** An application or network load balancer, or a machine or task with an address of its own. */
  readonly kind: 'application' | 'network' | 'host';
  readonly groups: Resolved;
  readonly subnets: Resolved;
  /** TCP ports that it listens on, as far as they are known; none of a host. */
  readonly ports: readonly number[];
  readonly udpPorts: readonly number[];
  /** Whether it has public addresses of a family. */
  readonly has: Readonly<Record<Family, Maybe>>;
}

/** Everything that faces the Internet, in the order of the input. */
export function frontsOf(graph: ResourceGraph): readonly Front[] {
  return graph.fact(graph, frontsOf, () => [...loadBalancers(graph), ...instances(graph), ...publicTasks(graph)]);
}

/** The internet-facing load balancers that have an interface in a subnet. */
export function frontsIn(graph: ResourceGraph, subnet: Resource): readonly Front[] {
  return frontsOf(graph).filter(({ kind, subnets }) => kind !== 'host' && subnets.found.includes(subnet));
}

/** The security groups that guard the same fronts together: AWS adds their rules up. */
export interface Guard {
  /** In the order in which the front names them. */
  readonly groups: readonly Resource[];
  /** Whether there are no others. */
  readonly complete: boolean;
  readonly fronts: readonly Front[];
}

/** The guards that a group speaks for, being named first; of a group without a front, itself. */
export function guardsAt(graph: ResourceGraph, group: Resource): readonly Guard[] {
  const guards = guardsOf(graph).filter(({ groups }) => groups.includes(group));
  if (guards.length === 0) return [{ groups: [group], complete: true, fronts: [] }];
  return guards.filter(({ groups }) => groups[0] === group);
}

/** The guards of all fronts; each set of groups once. */
function guardsOf(graph: ResourceGraph): readonly Guard[] {
  return graph.fact(graph, guardsOf, () => {
    const bySet = new Map<string, Front[]>();
    for (const front of frontsOf(graph)) {
      if (front.groups.found.length === 0) continue;
      const key = front.groups.found
        .map(({ address }) => address)
        .sort()
        .join();
      bySet.set(key, [...(bySet.get(key) ?? []), front]);
    }
    return [...bySet.values()].map((fronts) => ({
      groups: fronts[0]!.groups.found,
      complete: fronts.every(({ groups }) => groups.complete),
      fronts,
    }));
  });
}

function loadBalancers(graph: ResourceGraph): Front[] {
  return graph.ofType(...LOAD_BALANCERS).flatMap((resource): Front[] => {
    const kind = (['application', 'network'] as const).find((one) => isOfKind(resource, one));
    if (!kind || !isInternetFacing(resource)) return [];
    const subnets = subnetsOfLoadBalancer(graph, resource);
    const listeners = listenersOf(graph, resource).found;
    const type = resource.string('ip_address_type') ?? 'ipv4';
    const is = (...types: readonly string[]): Maybe => (type instanceof Unknown ? undefined : types.includes(type));
    return [
      {
        resource,
        kind,
        subnets,
        groups: groupsOfLoadBalancer(graph, resource, kind, subnets),
        ports: portsOf(listeners.filter((listener) => !['UDP', 'QUIC'].some((one) => listener.is('protocol', one)))),
        udpPorts: portsOf(listeners.filter((listener) => UDP.some((one) => listener.is('protocol', one)))),
        has: { ipv4: is('ipv4', 'dualstack'), ipv6: is('dualstack', 'dualstack-without-public-ipv4') },
      },
    ];
  });
}

const UDP = ['UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'] as const;

function portsOf(listeners: readonly Resource[]): number[] {
  return listeners.map((listener) => listener.number('port')).filter((port) => typeof port === 'number');
}

/** An application load balancer without groups gets the default one of its VPC; one for networks goes without. */
function groupsOfLoadBalancer(graph: ResourceGraph, lb: Resource, kind: Front['kind'], subnets: Resolved): Resolved {
  if (lb.has('security_groups')) return graph.resolve(lb.value('security_groups'), ...GROUPS);
  if (kind === 'network') return { found: [], complete: true };
  const vpc = subnets.found[0] && vpcOf(graph, subnets.found[0]);
  if (!vpc) return { found: [], complete: false };
  const managed = graph.referring('aws_default_security_group', 'vpc_id', vpc);
  // One that is closed on purpose is not what guards a load balancer.
  const open = managed.filter((group) => securityRules(graph, group, 'ingress').rules.length > 0);
  return { found: open, complete: !managed.some((group) => !securityRules(graph, group, 'ingress').complete) };
}

function instances(graph: ResourceGraph): Front[] {
  return graph.ofType('aws_instance').flatMap((resource) => {
    const ids = resource.has('vpc_security_group_ids') ? 'vpc_security_group_ids' : 'security_groups';
    return host(graph, resource, resource.value(ids));
  });
}

function publicTasks(graph: ResourceGraph): Front[] {
  return graph
    .ofType('aws_ecs_service')
    .flatMap((resource) => host(graph, resource, resource.block('network_configuration').value('security_groups')));
}

/** A host is in front where it has IPv6 and its subnets lead that to an internet gateway: no NAT is in between. */
function host(graph: ResourceGraph, resource: Resource, groups: unknown): Front[] {
  const subnets = subnetsOfUser(graph, resource);
  const leads = every(subnets.found.map((subnet) => leadsTo(graph, subnet, 'ipv6', 'internet-gateway')));
  if (subnets.found.length === 0 || !leads || !speaksIpv6(graph, resource)) return [];
  const has = { ipv4: hasPublicIpv4(graph, resource), ipv6: true };
  return [{ resource, kind: 'host', subnets, groups: graph.resolve(groups, ...GROUPS), ports: [], udpPorts: [], has }];
}

/** The ports of web servers, which a portal has whatever else it has. */
export const WEB_PORTS = [80, 443] as const;

/**
 * The ports that citizens may come to through a group: those of the fronts that it guards, and those of the targets of a
 * network load balancer, which hands the packets on as they came.
 */
export function publicPorts(graph: ResourceGraph, group: Resource): ReadonlySet<number> {
  return graph.fact(group, publicPorts, () => {
    const fronts = frontsOf(graph);
    const own = fronts
      .filter(({ groups }) => groups.found.includes(group))
      .flatMap(({ ports, udpPorts }) => [...ports, ...udpPorts]);
    const behind = fronts
      .filter(({ kind }) => kind === 'network')
      .flatMap(({ resource }) => targetGroupsOf(graph, resource).found)
      .flatMap((targetGroup) => targetsOf(graph, targetGroup).targets.map((target) => ({ targetGroup, target })))
      .filter(({ target }) => graph.resolve(target.securityGroups, ...GROUPS).found.includes(group));
    return new Set([...WEB_PORTS, ...own, ...behind.flatMap((one) => portOf(one.targetGroup, one.target))]);
  });
}

/** The port of a target: its own, or that of its group; none where it is not known. */
export function portOf(targetGroup: Resource, { port }: Target): number[] {
  const own = port ?? targetGroup.number('port');
  return typeof own === 'number' && !Number.isNaN(own) ? [own] : [];
}

/** Where a resource names its security groups: type to attribute, or to the block that has it. */
const USERS = {
  aws_lb: 'security_groups',
  aws_alb: 'security_groups',
  aws_instance: 'vpc_security_group_ids',
  aws_network_interface: 'security_groups',
  aws_launch_template: 'vpc_security_group_ids',
  aws_ecs_service: 'network_configuration',
  aws_lambda_function: 'vpc_config',
  aws_vpc_endpoint: 'security_group_ids',
  aws_db_instance: 'vpc_security_group_ids',
  aws_rds_cluster: 'vpc_security_group_ids',
} as const;

/** What has a security group, as far as it is part of this input. */
export function usersOf(graph: ResourceGraph, group: Resource): readonly Resource[] {
  return graph.fact(group, usersOf, () => [
    ...Object.entries(USERS).flatMap(([type, attribute]) => graph.referring(type, attribute, group)),
    ...graph.referring('aws_launch_template', 'network_interfaces', group),
  ]);
}

/** Whether a resource has IPv6 addresses of its own; undefined where that cannot be seen. */
export function speaksIpv6(graph: ResourceGraph, user: Resource): Maybe {
  switch (user.type) {
    case 'aws_lb':
    case 'aws_alb':
    case 'aws_vpc_endpoint': {
      const ipv4 = user.is('ip_address_type', 'ipv4', 'ipv4');
      return ipv4 === undefined ? undefined : !ipv4;
    }
    case 'aws_db_instance':
    case 'aws_rds_cluster':
      return user.is('network_type', 'DUAL', 'IPV4');
    case 'aws_lambda_function':
      return user.block('vpc_config').is('ipv6_allowed_for_dual_stack', true, false);
    case 'aws_ecs_service':
      return gets(graph, user);
    default:
      return some([asksForIpv6(graph, user), gets(graph, user)]);
  }
}

/** Whether the subnets of a resource give IPv6 to each interface that is made there. */
function gets(graph: ResourceGraph, user: Resource): Maybe {
  const { found, complete } = subnetsOfUser(graph, user);
  const each = found.map((subnet) =>
    subnetHasIpv6(subnet)
      ? some([subnet.is('assign_ipv6_address_on_creation', true, false), isIpv6Only(subnet)])
      : false,
  );
  return every([...each, complete ? true : undefined]);
}

/** The subnets that a resource has interfaces in. */
export function subnetsOfUser(graph: ResourceGraph, user: Resource): Resolved {
  if (LOAD_BALANCERS.some((type) => type === user.type)) return subnetsOfLoadBalancer(graph, user);
  return graph.resolve(subnetIdsOfUser(graph, user), 'aws_subnet');
}

function subnetIdsOfUser(graph: ResourceGraph, user: Resource): readonly unknown[] {
  switch (user.type) {
    case 'aws_ecs_service':
      return user.block('network_configuration').list('subnets');
    case 'aws_lambda_function':
      return user.block('vpc_config').list('subnet_ids');
    case 'aws_launch_template':
      return graph
        .referring('aws_autoscaling_group', 'launch_template', user)
        .flatMap((group) => group.list('vpc_zone_identifier'));
    case 'aws_vpc_endpoint':
      return user.list('subnet_ids');
    default:
      return user.list('subnet_id');
  }
}

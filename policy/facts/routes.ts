import { AddressSet } from '../../core/address-set';
import { type Cidr, contains, type Family, parseCidr } from '../../core/cidr';
import type { Resource, ResourceGraph } from '../resource-graph';
import type { Block, Maybe } from '../value';
import { inlineBlocks } from './inline';

/** What a route leads to. */
export type RouteTarget =
  | 'internet-gateway'
  | 'egress-only-gateway'
  | 'nat-gateway'
  | 'transit-gateway'
  | 'virtual-private-gateway'
  | 'peering'
  | 'vpc-endpoint'
  | 'network-interface'
  | 'local'
  | 'other'
  | 'unknown';

/** How messages name a target: `an internet gateway`. */
export function nameOf(target: RouteTarget): string {
  if (target === 'local') return 'the VPC itself';
  if (target === 'other' || target === 'unknown') return 'something else';
  const words = target.replaceAll('-', ' ').replace(/^vpc /, 'VPC ').replace('nat ', 'NAT ');
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}

/** One route, whether it is a resource of its own or a block of its table. */
export interface Route {
  /** What says it: an `aws_route`, or the table. */
  readonly resource: Resource;
  /** Undefined for a prefix list, where only apply will know, and for what is no range. */
  readonly destination: Cidr | undefined;
  /** Family of the attribute that says the destination; undefined for a prefix list. */
  readonly family: Family | undefined;
  readonly target: RouteTarget;
  /** The gateway or interface, where it is part of this input. */
  readonly to: Resource | undefined;
  /** As the route names it. */
  readonly gatewayId: unknown;
}

/** The routes of a table, and whether no others can be in it. */
export interface Routes {
  readonly routes: readonly Route[];
  readonly complete: boolean;
}

/** The table of a subnet; undefined where it is not part of this input, or where there is none but the VPC's own. */
export function routeTableOf(graph: ResourceGraph, subnet: Resource): Resource | undefined {
  return graph.fact(subnet, routeTableOf, () => {
    const [association] = graph.referring('aws_route_table_association', 'subnet_id', subnet);
    if (association) return tableIn(graph, association.value('route_table_id'));
    if (graph.mayRefer('aws_route_table_association', 'subnet_id', 'aws_subnet')) return undefined;
    const vpc = graph.referenceIn(subnet.value('vpc_id'), 'aws_vpc');
    return vpc && mainTableOf(graph, vpc);
  });
}

/** Whether a subnet has a table of its own, rather than the main one of its VPC. */
export function isAssociated(graph: ResourceGraph, subnet: Resource): Maybe {
  if (graph.referring('aws_route_table_association', 'subnet_id', subnet).length > 0) return true;
  return graph.mayRefer('aws_route_table_association', 'subnet_id', 'aws_subnet') ? undefined : false;
}

/** The table of all subnets that have none of their own. */
export function mainTableOf(graph: ResourceGraph, vpc: Resource): Resource | undefined {
  const [main] = graph.referring('aws_main_route_table_association', 'vpc_id', vpc);
  if (main) return tableIn(graph, main.value('route_table_id'));
  return graph
    .ofType('aws_default_route_table')
    .find((table) => graph.referenceIn(table.value('default_route_table_id'), 'aws_vpc') === vpc);
}

/** The subnets that a table serves. */
export function subnetsServedBy(graph: ResourceGraph, table: Resource): readonly Resource[] {
  return graph.fact(table, subnetsServedBy, () =>
    graph.ofType('aws_subnet').filter((subnet) => routeTableOf(graph, subnet) === table),
  );
}

/** All routes of a table: separate `aws_route`s and inline blocks alike. */
export function routesOf(graph: ResourceGraph, table: Resource): Routes {
  return graph.fact(table, routesOf, () => {
    const separate = graph.referring('aws_route', 'route_table_id', table);
    const routes = [...separate, table].flatMap((resource) => routesSaidBy(graph, resource));
    const complete =
      !table.hides('route') &&
      !graph.mayRefer('aws_route', 'route_table_id', table.type) &&
      !routes.some(({ destination, family }) => family !== undefined && destination === undefined);
    return { routes, complete };
  });
}

/** The route that an `aws_route` is, or those that are written in a table. */
export function routesSaidBy(graph: ResourceGraph, resource: Resource): readonly Route[] {
  return graph.fact(resource, routesSaidBy, () =>
    resource.type === 'aws_route'
      ? [routeFrom(graph, resource, resource, 'destination_cidr_block', 'destination_ipv6_cidr_block')]
      : inlineBlocks(graph, resource, 'route', { type: ['aws_route'], attribute: 'route_table_id' }).map((block) =>
          routeFrom(graph, resource, block, 'cidr_block', 'ipv6_cidr_block'),
        ),
  );
}

/** The table that a route is in: the one that says it, or the one that an `aws_route` names. */
export function tableOf(graph: ResourceGraph, { resource }: Route): Resource | undefined {
  return resource.type === 'aws_route' ? tableIn(graph, resource.value('route_table_id')) : resource;
}

/**
 * The routes of a subnet. None, and that for certain, where its VPC is created here and neither gives it a table nor
 * manages the main one, which then has the local routes alone; not complete where its table is not part of this input.
 */
export function routesOfSubnet(graph: ResourceGraph, subnet: Resource): Routes {
  const table = routeTableOf(graph, subnet);
  if (table) return routesOf(graph, table);
  const vpc = graph.referenceIn(subnet.value('vpc_id'), 'aws_vpc');
  const inMain = vpc && isAssociated(graph, subnet) === false ? routesOfMainTable(graph, vpc) : [];
  if (inMain.length > 0) return { routes: inMain, complete: true };
  const managed = vpc && graph.referring('aws_main_route_table_association', 'vpc_id', vpc).length > 0;
  return { routes: [], complete: vpc !== undefined && !managed && isAssociated(graph, subnet) === false };
}

/** The routes of a VPC's main table, where that is only named: `aws_vpc.main.main_route_table_id`. */
export function routesOfMainTable(graph: ResourceGraph, vpc: Resource): readonly Route[] {
  return graph.referring('aws_route', 'route_table_id', vpc).flatMap((route) => routesSaidBy(graph, route));
}

/**
 * The routes by which a family reaches the Internet: those of the one target that gets it, whole or cut in pieces. The
 * longest prefix decides, so a wider route counts for what the narrower ones leave. An eighth may lead elsewhere, such
 * as to the agency's own public ranges behind a gateway.
 */
export function defaultRoutes({ routes }: Routes, family: Family): readonly Route[] {
  const internet = AddressSet.internet(family);
  const own = routes.filter(
    (route) => route.family === family && route.destination && internet.overlaps(route.destination),
  );
  // Most tables have one route for everybody or none, which takes no arithmetic.
  if (own.length === 0 || (own.length === 1 && own[0]!.destination!.prefix === 0)) return own;
  const shares = new Map<RouteTarget, { size: bigint; readonly routes: Route[] }>();
  let rest = internet;
  for (const route of [...own].sort((one, other) => other.destination!.prefix - one.destination!.prefix)) {
    const taken = rest.intersect(route.destination!);
    if (taken.isEmpty) continue;
    rest = rest.minus(taken);
    const share = shares.get(route.target) ?? { size: 0n, routes: [] };
    share.size += taken.size;
    share.routes.push(route);
    shares.set(route.target, share);
  }
  return [...shares.values()].find(({ size }) => size * 8n >= internet.size * 7n)?.routes ?? [];
}

/** The well-known prefix of NAT64 (RFC 6052), the only one that NAT gateways translate. */
export const NAT64 = parseCidr('64:ff9b::/96')!;

/** The routes of a table for addresses that NAT64 makes up for IPv4 services. */
export function nat64Routes({ routes }: Routes): readonly Route[] {
  return routes.filter(({ destination }) => destination && contains(NAT64, destination));
}

/** Whether a family's way out of a subnet leads to such a target; undefined where that cannot be seen. */
export function leadsTo(
  graph: ResourceGraph,
  subnet: Resource,
  family: Family,
  ...targets: readonly RouteTarget[]
): Maybe {
  const routes = routesOfSubnet(graph, subnet);
  const ways = defaultRoutes(routes, family);
  if (ways.length === 0) return routes.complete ? false : undefined;
  if (ways.some(({ target }) => targets.includes(target))) return true;
  return ways.some(({ target }) => target === 'unknown') ? undefined : false;
}

/** Where a subnet is seen from the Internet: by an internet gateway in either family's default route. */
export function isPublicSubnet(graph: ResourceGraph, subnet: Resource): Maybe {
  return graph.fact(subnet, isPublicSubnet, () => {
    const families = (['ipv4', 'ipv6'] as const).map((family) => leadsTo(graph, subnet, family, 'internet-gateway'));
    return families.includes(true) ? true : families.includes(undefined) ? undefined : false;
  });
}

function tableIn(graph: ResourceGraph, value: unknown): Resource | undefined {
  return graph.referenceIn(value, 'aws_route_table', 'aws_default_route_table');
}

function routeFrom(graph: ResourceGraph, resource: Resource, block: Block, ipv4: string, ipv6: string): Route {
  const family = block.has(ipv6) ? 'ipv6' : block.has(ipv4) ? 'ipv4' : undefined;
  const destination = family && parseCidr(block.known(family === 'ipv6' ? ipv6 : ipv4) ?? '');
  return { resource, family, destination, ...targetOf(graph, block) };
}

/** The attributes that name a target: what they lead to where the attribute says it alone, and the types that it is for. */
const TARGET_ATTRIBUTES: Readonly<Record<string, readonly [target: RouteTarget, ...types: string[]]>> = {
  gateway_id: ['unknown', 'aws_internet_gateway', 'aws_vpn_gateway'],
  egress_only_gateway_id: ['egress-only-gateway', 'aws_egress_only_internet_gateway'],
  nat_gateway_id: ['nat-gateway', 'aws_nat_gateway'],
  transit_gateway_id: ['transit-gateway', 'aws_ec2_transit_gateway'],
  vpc_peering_connection_id: ['peering', 'aws_vpc_peering_connection'],
  vpc_endpoint_id: ['vpc-endpoint', 'aws_vpc_endpoint'],
  network_interface_id: ['network-interface', 'aws_network_interface'],
  instance_id: ['network-interface', 'aws_instance'],
  carrier_gateway_id: ['other'],
  local_gateway_id: ['other'],
  core_network_arn: ['other'],
};

function targetOf(graph: ResourceGraph, block: Block): Pick<Route, 'target' | 'to' | 'gatewayId'> {
  const [name, [byName, ...types]] = Object.entries(TARGET_ATTRIBUTES).find(([attribute]) => block.has(attribute)) ?? [
    undefined,
    ['unknown'],
  ];
  const gatewayId = name && block.value(name);
  const named = graph.referencesIn(gatewayId).filter(({ type }) => GATEWAYS.has(type));
  // Plans of HCL have the references of all inline routes for each of them.
  const fitting = named.length > 1 ? named.filter(({ type }) => types.includes(type)) : named;
  const to = named.length > 0 ? only(fitting) : graph.referenceIn(gatewayId, ...types);
  if (to) return { target: GATEWAYS.get(to.type)!, to, gatewayId };
  const literal =
    typeof gatewayId === 'string' ? LITERALS.find(([prefix]) => gatewayId.startsWith(prefix))?.[1] : undefined;
  return { target: literal ?? byName, to: undefined, gatewayId };
}

function only(resources: readonly Resource[]): Resource | undefined {
  return resources.length === 1 ? resources[0] : undefined;
}

/** Gateways by type: a mistaken attribute, such as an egress-only gateway as `gateway_id`, leads where the gateway does. */
const GATEWAYS: ReadonlyMap<string, RouteTarget> = new Map([
  ['aws_internet_gateway', 'internet-gateway'],
  ['aws_egress_only_internet_gateway', 'egress-only-gateway'],
  ['aws_nat_gateway', 'nat-gateway'],
  ['aws_ec2_transit_gateway', 'transit-gateway'],
  ['aws_vpn_gateway', 'virtual-private-gateway'],
  ['aws_vpc_peering_connection', 'peering'],
  ['aws_vpc_endpoint', 'vpc-endpoint'],
  ['aws_network_interface', 'network-interface'],
  ['aws_instance', 'network-interface'],
]);

/** How AWS's ids begin. */
const LITERALS: readonly (readonly [string, RouteTarget])[] = [
  ['igw-', 'internet-gateway'],
  ['eigw-', 'egress-only-gateway'],
  ['nat-', 'nat-gateway'],
  ['tgw-', 'transit-gateway'],
  ['vgw-', 'virtual-private-gateway'],
  ['pcx-', 'peering'],
  ['vpce-', 'vpc-endpoint'],
  ['eni-', 'network-interface'],
  ['local', 'local'],
];

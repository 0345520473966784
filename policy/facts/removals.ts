import { parseCidr } from '../../core/cidr';
import type { Change, Resource, ResourceGraph } from '../resource-graph';
import type { Cause } from '../rule';
import type { Block } from '../value';
import { subnetHasIpv6, vpcOf } from './address-blocks';
import { defaultRoutes, routesOf, subnetsServedBy } from './routes';

/** IPv6 that a plan takes away while what had it stays. */
export interface Removal {
  readonly message: string;
  /** What has it no longer: the resource itself, or what stays of two that belong together. */
  readonly from: Resource;
  /** What the plan takes away before it, where this is only what follows. */
  readonly follows?: readonly Resource[];
}

/** What IPv6 a plan takes from a resource, or takes away with one that it deletes. */
export function removalOf(graph: ResourceGraph, resource: Resource): Removal | undefined {
  const { change, type } = resource;
  if (!change?.before) return undefined;
  return graph.fact(resource, removalOf, () => REMOVALS[type]?.(graph, resource, change.before!));
}

/** What a plan takes from a resource, itself or with another: why rules find that it lacks IPv6. */
export function takenFrom(graph: ResourceGraph, loser: Resource): readonly Cause[] {
  return [...graph.ofType(...LOSERS), ...graph.deleted(...LOSERS)]
    .filter((taker) => removalOf(graph, taker)?.from === loser)
    .map((resource) => ({ rule: 'V6-RES-005', resource }));
}

type Look = (graph: ResourceGraph, resource: Resource, before: Block) => Removal | undefined;

const REMOVALS: Readonly<Record<string, Look | undefined>> = {
  aws_vpc: ofVpc,
  aws_vpc_ipv6_cidr_block_association: ofAssociation,
  aws_subnet: ofSubnet,
  aws_lb: bySwitch('ip_address_type', 'ipv4'),
  aws_alb: bySwitch('ip_address_type', 'ipv4'),
  aws_cloudfront_distribution: bySwitch('is_ipv6_enabled', 'false'),
  aws_globalaccelerator_accelerator: bySwitch('ip_address_type', 'IPV4'),
  aws_apigatewayv2_api: bySwitch('ip_address_type', 'ipv4'),
  aws_vpc_endpoint: bySwitch('ip_address_type', 'ipv4'),
  aws_route53_record: ofRecord,
  aws_egress_only_internet_gateway: ofGateway,
  aws_route: ofRoute,
  aws_route_table: ofTable,
  aws_default_route_table: ofTable,
};

/** The types of all that a plan may take IPv6 from. */
export const LOSERS: readonly string[] = Object.keys(REMOVALS);

/** Sources of a VPC's block that are its own; one that is associated is a resource. */
function sourceOf(vpc: Block): string | undefined {
  if (vpc.is('assign_generated_ipv6_cidr_block', true)) return 'amazon';
  return vpc.has('ipv6_ipam_pool_id') ? 'pool' : undefined;
}

function ofVpc(_graph: ResourceGraph, vpc: Resource, before: Block): Removal | undefined {
  const source = sourceOf(before);
  if (vpc.isDeleted || source === undefined || isStill(vpc, source)) return undefined;
  const block = before.known('ipv6_cidr_block') ?? 'its IPv6 block';
  const again = source === 'amazon' ? ': Amazon does not give the same one again' : '';
  return { message: `the VPC loses ${block}${again}`, from: vpc };
}

/** Whether the block comes from where it came from, as far as is known. */
function isStill(vpc: Resource, source: string): boolean {
  return source === 'amazon'
    ? vpc.is('assign_generated_ipv6_cidr_block', true, false) !== false
    : vpc.has('ipv6_ipam_pool_id');
}

function ofAssociation(graph: ResourceGraph, association: Resource, before: Block): Removal | undefined {
  const vpc = association.isDeleted ? vpcOf(graph, association) : undefined;
  if (!vpc) return undefined;
  const block = before.known('ipv6_cidr_block') ?? 'an IPv6 block';
  return { message: `${vpc.address} loses ${block}`, from: vpc };
}

function ofSubnet(graph: ResourceGraph, subnet: Resource, before: Block): Removal | undefined {
  if (subnet.isDeleted || !before.has('ipv6_cidr_block') || subnetHasIpv6(subnet)) return undefined;
  const vpc = vpcOf(graph, subnet);
  const message = `the subnet loses ${before.known('ipv6_cidr_block')!}, and all in it their addresses`;
  return { message, from: subnet, follows: vpc ? takersOf(graph, vpc) : [] };
}

/** The VPC, where it loses its own block, and the associations by which it had others. */
function takersOf(graph: ResourceGraph, vpc: Resource): Resource[] {
  const associations = graph.deleted('aws_vpc_ipv6_cidr_block_association');
  return [vpc, ...associations].filter((taker) => removalOf(graph, taker)?.from === vpc);
}

function bySwitch(attribute: string, off: string): Look {
  return (_graph, resource, before) => {
    const from = before.known(attribute);
    if (resource.isDeleted || from === undefined || from === off || !resource.is(attribute, off, off)) return undefined;
    return { message: `${attribute} goes from ${from} to ${off}`, from: resource };
  };
}

/** An AAAA record that goes while its A record stays. */
function ofRecord(graph: ResourceGraph, record: Resource, before: Block): Removal | undefined {
  const type = record.isDeleted ? undefined : record.known('type');
  if (before.known('type') !== 'AAAA' || type === 'AAAA' || isReplaced(record.change!)) return undefined;
  const same = graph
    .ofType('aws_route53_record')
    .filter((one) => one !== record && nameOf(one) === nameOf(before) && isInZoneOf(graph, one, before));
  const twin = same.find((one) => one.is('type', 'A'));
  if (!twin || same.some((one) => one.is('type', 'AAAA') !== false)) return undefined;
  return { message: `${nameOf(before)} loses its AAAA record, while ${twin.address} stays`, from: twin };
}

function nameOf(record: Block): string {
  return record.known('name')?.toLowerCase().replace(/\.$/, '') ?? '(a name that is not known)';
}

function isInZoneOf(graph: ResourceGraph, record: Resource, before: Block): boolean {
  const [zone] = graph.referencesIn(before.value('zone_id'));
  const id = record.known('zone_id');
  return id === undefined
    ? zone !== undefined && graph.referencesIn(record.value('zone_id')).includes(zone)
    : id === before.known('zone_id');
}

function isReplaced({ actions }: Change): boolean {
  return actions.includes('delete') && actions.includes('create');
}

/** An egress-only gateway without which its VPC has no way out over IPv6. */
function ofGateway(graph: ResourceGraph, gateway: Resource): Removal | undefined {
  const vpc = gateway.isDeleted ? vpcOf(graph, gateway) : undefined;
  if (!vpc) return undefined;
  const lost = lostRoutes(graph).filter(({ to }) => to === gateway.known('id'));
  if (lost.length === 0) return undefined;
  const tables = [...new Set(lost.map(({ table }) => table.address))].join(', ');
  return { message: `${vpc.address} loses its way out over IPv6: ${tables} has no route for ::/0 any more`, from: vpc };
}

function ofRoute(graph: ResourceGraph, route: Resource): Removal | undefined {
  const lost = lostRoutes(graph).find(({ resource }) => resource === route);
  return lost && fromRoute(graph, lost);
}

function ofTable(graph: ResourceGraph, table: Resource): Removal | undefined {
  const lost = lostRoutes(graph).find(({ resource }) => resource === table);
  return lost && fromRoute(graph, lost);
}

function fromRoute(graph: ResourceGraph, { table, to }: LostRoute): Removal {
  const gateways = graph.deleted('aws_egress_only_internet_gateway').filter((one) => one.known('id') === to);
  return { message: `${table.address} loses its route for ::/0`, from: table, follows: gateways };
}

interface LostRoute {
  /** The `aws_route`, or the table whose block it was. */
  readonly resource: Resource;
  readonly table: Resource;
  /** Id of the egress-only gateway that it led to. */
  readonly to: string | undefined;
}

const TABLES = ['aws_route_table', 'aws_default_route_table'] as const;

/** The default routes of IPv6 that a plan takes away, where a table with IPv6 in its subnets has none in their place. */
function lostRoutes(graph: ResourceGraph): readonly LostRoute[] {
  return graph.fact(graph, lostRoutes, () => {
    const separate = [...graph.deleted('aws_route'), ...graph.ofType('aws_route')].flatMap((resource) => {
      const table = graph.referenceIn(resource.value('route_table_id'), ...TABLES);
      const before = resource.change?.before;
      const stays = !resource.isDeleted && isDefault(resource, 'destination_ipv6_cidr_block');
      if (!table || stays || !before || !isDefault(before, 'destination_ipv6_cidr_block')) return [];
      return [routeLost(resource, table, before)];
    });
    const inline = graph.ofType(...TABLES).flatMap((table) => {
      // AWS reports a route of its own in its table, too.
      if (separate.some((one) => one.table === table) || defaultIn(table)) return [];
      const block = table.change?.before && defaultIn(table.change.before);
      return block ? [routeLost(table, table, block)] : [];
    });
    return [...separate, ...inline].filter(({ table }) => {
      const routes = routesOf(graph, table);
      if (defaultRoutes(routes, 'ipv6').length > 0 || !routes.complete) return false;
      return subnetsServedBy(graph, table).some(subnetHasIpv6);
    });
  });
}

function routeLost(resource: Resource, table: Resource, before: Block): LostRoute {
  return { resource, table, to: before.known('egress_only_gateway_id') };
}

/** The block of a table that leads all of IPv6 somewhere. */
function defaultIn(table: Block): Block | undefined {
  return table.blocks('route').find((block) => isDefault(block, 'ipv6_cidr_block'));
}

function isDefault(route: Block, name: string): boolean {
  const range = parseCidr(route.known(name) ?? '');
  return range?.family === 'ipv6' && range.prefix === 0;
}

import { vpcOf } from '../facts/address-blocks';
import { takenFrom } from '../facts/removals';
import { routesOf, routesSaidBy } from '../facts/routes';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type Cause, fail, PASS, type Rule, unknown } from '../rule';
import { type Block, Unknown } from '../value';

const TABLES = ['aws_route_table', 'aws_default_route_table'] as const;

const NETWORK = {
  aws_vpc: { main: { assign_generated_ipv6_cidr_block: true } },
  aws_egress_only_internet_gateway: { main: { vpc_id: '${aws_vpc.main.id}' } },
  aws_route_table: { app: { vpc_id: '${aws_vpc.main.id}' } },
};

export const rule: Rule = {
  id: 'V6-RT-005',
  title: 'A route leads to each egress-only internet gateway',
  group: 'routing',
  kind: 'presence',
  severity: 'warning',
  types: ['aws_egress_only_internet_gateway'],
  why: 'An egress-only internet gateway lets private subnets out over IPv6 and nobody in. Without a route it does nothing: the subnets it was made for have no IPv6 way out.',
  fix: 'Add a route for ::/0 with its `egress_only_gateway_id` to each private table, or remove the gateway.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html'],
  good: {
    ...NETWORK,
    aws_route: {
      ipv6: {
        route_table_id: '${aws_route_table.app.id}',
        destination_ipv6_cidr_block: '::/0',
        egress_only_gateway_id: '${aws_egress_only_internet_gateway.main.id}',
      },
    },
  },
  bad: NETWORK,
  unknown: { ...NETWORK, aws_route_table: { app: { vpc_id: '${aws_vpc.main.id}', route: '${var.routes}' } } },

  check(egress, graph) {
    const tables = graph.ofType(...TABLES);
    const routes = graph.ofType('aws_route', ...TABLES).flatMap((resource) => routesSaidBy(graph, resource));
    if (routes.some(({ to }) => to === egress)) return PASS;
    const hidden =
      graph.mayRefer('aws_route', 'egress_only_gateway_id', egress.type) ||
      tables.some((table) => table.hides('route') || table.blocks('route').some(mayLeadToAny));
    if (hidden) return unknown('a route to it may be among those that this input does not show');
    return fail('no route leads to it', { causes: explanations(graph, egress) });
  },
};

function mayLeadToAny(block: Block): boolean {
  const value = block.value('egress_only_gateway_id');
  return value instanceof Unknown && value.references.opaque;
}

/** What has lost its route may say so itself. */
function explanations(graph: ResourceGraph, egress: Resource): Cause[] {
  const vpc = vpcOf(graph, egress);
  const tables = vpc ? TABLES.flatMap((type) => graph.referring(type, 'vpc_id', vpc)) : [];
  return tables.flatMap((table) => [
    table,
    ...routesOf(graph, table).routes.map(({ resource }) => resource),
    ...takenFrom(graph, table),
  ]);
}

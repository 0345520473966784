import {
  leadsTo,
  nameOf,
  nat64Routes,
  type Route,
  routesSaidBy,
  routesOfSubnet,
  routeTableOf,
  subnetsServedBy,
  tableOf,
} from '../facts/routes';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';

export const rule: Rule = {
  id: 'V6-RT-007',
  title: 'NAT64 leads to a public NAT gateway in another subnet',
  group: 'routing',
  kind: 'danger',
  severity: 'error',
  types: ['aws_route', 'aws_route_table', 'aws_default_route_table'],
  why: 'DNS64 makes up addresses in 64:ff9b::/96 for services with IPv4 alone, and a NAT gateway translates them. It has to have a public IPv4 address and a way to the Internet, and must not be in the subnet of those whose packets it translates; else those services are out of reach.',
  fix: 'Put a NAT gateway with `connectivity_type = "public"` into a public subnet, with 0.0.0.0/0 to the internet gateway in its table, and lead 64:ff9b::/96 of the IPv6-only subnets there.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html'],
  good: nat64({ subnet_id: '${aws_subnet.public.id}' }),
  bad: nat64({ subnet_id: '${aws_subnet.public.id}', connectivity_type: 'private' }),
  unknown: nat64({ subnet_id: '${var.subnets[0]}' }),

  check(resource, graph) {
    const routes = nat64Routes({ routes: routesSaidBy(graph, resource), complete: true });
    return routes.length > 0 ? routes.map((route) => judgeTarget(graph, route)) : undefined;
  },
};

function judgeTarget(graph: ResourceGraph, route: Route): Verdict {
  const { target, to } = route;
  // Another VPC may translate, behind a transit gateway; and an appliance may, too.
  if (['transit-gateway', 'vpc-endpoint', 'network-interface', 'virtual-private-gateway', 'other'].includes(target))
    return PASS;
  if (target === 'unknown') return unknown('what 64:ff9b::/96 leads to is only known after apply');
  if (target !== 'nat-gateway')
    return fail(`64:ff9b::/96 leads to ${nameOf(target)}, which does not translate to IPv4`);
  if (!to) return unknown('the NAT gateway is not part of this input');
  if (to.is('connectivity_type', 'private', 'public')) {
    return fail(`64:ff9b::/96 leads to ${to.address}, which is private: it has no public IPv4 address`);
  }
  return judgePlace(graph, route, to);
}

function judgePlace(graph: ResourceGraph, route: Route, nat: Resource): Verdict {
  // A regional NAT gateway is in no subnet.
  if (!nat.has('subnet_id')) return PASS;
  const subnet = graph.referenceIn(nat.value('subnet_id'), 'aws_subnet');
  if (!subnet) return unknown(`the subnet of ${nat.address} is not part of this input`);
  const table = tableOf(graph, route);
  if (table && subnetsServedBy(graph, table).includes(subnet)) {
    return fail(`${nat.address} is in ${subnet.address}, whose own packets this route leads to it`);
  }
  const isPublic = leadsTo(graph, subnet, 'ipv4', 'internet-gateway', 'vpc-endpoint', 'network-interface');
  if (isPublic === undefined) return unknown(`where 0.0.0.0/0 of ${subnet.address} leads cannot be seen here`);
  if (isPublic) return PASS;
  const routes = routesOfSubnet(graph, subnet).routes.map(({ resource }) => resource);
  const causes = [subnet, ...routes, ...[routeTableOf(graph, subnet)].flatMap((one) => one ?? [])];
  return fail(`${nat.address} is in ${subnet.address}, which has no way to the Internet over IPv4`, { causes });
}

function nat64(gateway: object): ExampleResources {
  return {
    aws_vpc: { main: { cidr_block: '10.0.0.0/16', assign_generated_ipv6_cidr_block: true } },
    aws_internet_gateway: { main: { vpc_id: '${aws_vpc.main.id}' } },
    aws_subnet: {
      public: { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.0.0.0/24' },
      other: { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.0.1.0/24' },
    },
    aws_nat_gateway: { main: { allocation_id: 'eipalloc-0123456789abcdef0', ...gateway } },
    aws_route_table: {
      public: {
        vpc_id: '${aws_vpc.main.id}',
        route: [{ cidr_block: '0.0.0.0/0', gateway_id: '${aws_internet_gateway.main.id}' }],
      },
      app: {
        vpc_id: '${aws_vpc.main.id}',
        route: [{ ipv6_cidr_block: '64:ff9b::/96', nat_gateway_id: '${aws_nat_gateway.main.id}' }],
      },
    },
    aws_route_table_association: {
      public: { subnet_id: '${aws_subnet.public.id}', route_table_id: '${aws_route_table.public.id}' },
    },
  };
}

import { subnetHasIpv6, vpcOf } from '../facts/address-blocks';
import { computeSubnets } from '../facts/compute';
import { frontsIn } from '../facts/exposure';
import { defaultRoutes, isAssociated, mainTableOf, routesOf, routesOfMainTable } from '../facts/routes';
import { siblingsOf } from '../facts/tiers';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-RT-009',
  title: 'A subnet that has to reach the Internet is associated with a table that leads there',
  group: 'routing',
  kind: 'presence',
  severity: 'error',
  hop: 'route',
  types: ['aws_subnet'],
  why: "A subnet without an association uses the main table of its VPC, which has nothing but the VPC's own routes unless somebody manages it. Load balancers there answer nobody, and tasks reach nothing outside.",
  fix: 'Add an `aws_route_table_association` with the table of the other subnets of its tier.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html'],
  good: subnets(['a', 'b']),
  bad: subnets(['a']),
  unknown: {
    ...subnets(['a']),
    aws_main_route_table_association: {
      main: { vpc_id: '${aws_vpc.main.id}', route_table_id: 'rtb-0123456789abcdef0' },
    },
  },

  check(subnet, graph) {
    if (!subnetHasIpv6(subnet)) return undefined;
    const [front] = frontsIn(graph, subnet);
    const sibling = siblingsOf(graph, subnet).find((one) => isAssociated(graph, one));
    if (!front && !sibling) return undefined;
    const associated = isAssociated(graph, subnet);
    if (associated) return PASS;
    if (associated === undefined) return unknown('an association may be among those that this input does not show');
    const vpc = vpcOf(graph, subnet);
    if (!vpc) return unknown('it uses the main table of its VPC, which is not part of this input');
    const main = mainTableOf(graph, vpc);
    // What a main table that is managed here leads to is for the rules about tables to say.
    if (main) return defaultRoutes(routesOf(graph, main), 'ipv6').length > 0 ? PASS : undefined;
    const inMain = routesOfMainTable(graph, vpc);
    if (inMain.length > 0)
      return defaultRoutes({ routes: inMain, complete: true }, 'ipv6').length > 0 ? PASS : undefined;
    if (graph.referring('aws_main_route_table_association', 'vpc_id', vpc).length > 0) {
      return unknown('the main table of its VPC is not part of this input');
    }
    const to = 'it has no table of its own, and the main one of its VPC leads nowhere outside';
    const user = front?.resource ?? computeSubnets(graph).get(subnet)?.[0];
    if (user) return fail(`${to}: ${user.address} is in it`);
    return fail(`${to}, unlike ${sibling!.address}`, { severity: 'warning' });
  },
};

function subnets(associated: readonly string[]): ExampleResources {
  const vpc_id = '${aws_vpc.main.id}';
  const subnet = (number: number) => ({
    vpc_id,
    ipv6_cidr_block: `\${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, ${number})}`,
  });
  const associations = associated.map((name) => [
    name,
    { subnet_id: `\${aws_subnet.${name}.id}`, route_table_id: '${aws_route_table.public.id}' },
  ]);
  return {
    aws_vpc: { main: { assign_generated_ipv6_cidr_block: true } },
    aws_internet_gateway: { main: { vpc_id } },
    aws_subnet: { a: subnet(0), b: subnet(1) },
    aws_route_table: {
      public: {
        vpc_id,
        route: [
          { cidr_block: '0.0.0.0/0', gateway_id: '${aws_internet_gateway.main.id}' },
          { ipv6_cidr_block: '::/0', gateway_id: '${aws_internet_gateway.main.id}' },
        ],
      },
    },
    aws_route_table_association: Object.fromEntries(associations) as ExampleResources[string],
    aws_lb: { edge: { ip_address_type: 'dualstack', subnets: ['${aws_subnet.a.id}', '${aws_subnet.b.id}'] } },
  };
}

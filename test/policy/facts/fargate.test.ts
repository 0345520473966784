import { startsOf } from '../../../policy/facts/fargate';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

const NAT = { cidr_block: '0.0.0.0/0', nat_gateway_id: 'nat-0123456789abcdef0' };

/** A service in two subnets, each with a table of its own. */
function starts(routes: { readonly a: unknown; readonly b: unknown }, service: Record<string, unknown> = {}) {
  const zone = (name: string) => ({
    subnet_id: `\${aws_subnet.${name}.id}`,
    route_table_id: `\${aws_route_table.${name}.id}`,
  });
  const subnet = { vpc_id: '${aws_vpc.main.id}', ipv6_cidr_block: '2406:da18:77::/64' };
  const resource: PlainResources = {
    aws_vpc: { main: {} },
    aws_subnet: { a: subnet, b: subnet },
    aws_route_table: { a: { route: routes.a }, b: { route: routes.b } },
    aws_route_table_association: { a: zone('a'), b: zone('b') },
    aws_ecs_service: {
      s: {
        launch_type: 'FARGATE',
        network_configuration: { subnets: ['${aws_subnet.a.id}', '${aws_subnet.b.id}'] },
        ...service,
      },
    },
  };
  const graph = readStackJson({ resource });
  const [one] = graph.ofType('aws_ecs_service');
  const found = startsOf(graph, one!);
  return found && { shut: found.shut.map(({ address }) => address), hidden: found.hidden };
}

test('tasks start where there is a way out over IPv4, and nowhere else', () => {
  expect(starts({ a: [NAT], b: [NAT] })).toEqual({ shut: [], hidden: false });
  expect(starts({ a: [NAT], b: [] })).toEqual({ shut: ['aws_subnet.b'], hidden: false });
});

test('where the routes are hidden it is not known', () => {
  expect(starts({ a: [], b: '${var.routes}' })).toEqual({ shut: ['aws_subnet.a'], hidden: true });
});

test('what runs on machines is no matter of Fargate', () => {
  expect(starts({ a: [], b: [] }, { launch_type: 'EC2' })).toBeUndefined();
});

import { siblingsOf } from '../../../policy/facts/tiers';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

const IDS = ['a', 'b', 'c'].map((name) => `\${aws_subnet.${name}.id}`);

function siblings(resources: PlainResources, zones: readonly string[] = ['a', 'b', 'c']): string[] {
  const subnets = zones.map((zone, index) => [
    'abc'[index]!,
    { vpc_id: '${aws_vpc.main.id}', availability_zone: zone },
  ]);
  const graph = readStackJson({
    resource: { aws_vpc: { main: {} }, aws_subnet: Object.fromEntries(subnets) as unknown, ...resources },
  });
  return siblingsOf(graph, graph.at('aws_subnet.a')!).map(({ address }) => address);
}

test.each<[string, PlainResources]>([
  ['a load balancer', { aws_lb: { edge: { subnets: IDS } } }],
  ['a service', { aws_ecs_service: { portal: { network_configuration: { subnets: IDS } } } }],
  ['a function', { aws_lambda_function: { probe: { vpc_config: { subnet_ids: IDS } } } }],
  ['an ACL of one tier', { aws_network_acl: { app: { subnet_ids: IDS } } }],
])('subnets of %s are siblings', (_, resources) => {
  expect(siblings(resources)).toEqual(['aws_subnet.b', 'aws_subnet.c']);
});

test('an ACL of all subnets makes no siblings: two of them share a zone', () => {
  expect(siblings({ aws_network_acl: { all: { subnet_ids: IDS } } }, ['x', 'y', 'x'])).toEqual([]);
});

test('subnets that nothing puts together are no siblings', () => {
  expect(siblings({ aws_lb: { edge: { subnets: IDS.slice(1) } } })).toEqual([]);
});

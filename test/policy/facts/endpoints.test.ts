import { isInterface, serviceOf, subnetsOfEndpoint } from '../../../policy/facts/endpoints';
import { readStackJson } from '../../../policy/sources/stack-json';

function endpoint(attributes: Record<string, unknown>, others: Record<string, unknown> = {}) {
  const graph = readStackJson({ resource: { aws_vpc_endpoint: { x: attributes }, ...others } });
  return { graph, resource: graph.at('aws_vpc_endpoint.x')! };
}

test.each([
  ['com.amazonaws.ap-southeast-1.ecr.api', { kind: 'aws', name: 'ecr.api' }],
  ['cn.com.amazonaws.cn-north-1.kms', { kind: 'aws', name: 'kms' }],
  ['com.amazonaws.${data.aws_region.current.name}.secretsmanager', { kind: 'aws', name: 'secretsmanager' }],
  ['com.amazonaws.vpce.ap-southeast-1.vpce-svc-0123456789abcdef0', { kind: 'private' }],
  ['${aws_vpc_endpoint_service.other.service_name}', { kind: 'private' }],
  ['com.amazonaws.${var.region}.${each.value}', { kind: 'unknown' }],
  ['${var.service}', { kind: 'unknown' }],
  [undefined, { kind: 'private' }],
])('the service of %s', (name, expected) => {
  expect(serviceOf(endpoint({ service_name: name }).resource)).toEqual(expected);
});

test('an endpoint is of the gateway type unless it says otherwise', () => {
  const types = [undefined, 'Gateway', 'Interface', '${var.type}'].map((type) => endpoint({ vpc_endpoint_type: type }));

  expect(types.map(({ resource }) => isInterface(resource))).toEqual([false, false, true, false]);
});

test('the subnets of an endpoint are its own and those that are associated', () => {
  const { graph, resource } = endpoint(
    { subnet_ids: ['${aws_subnet.a.id}'] },
    {
      aws_subnet: { a: {}, b: {}, c: {} },
      aws_vpc_endpoint_subnet_association: {
        b: { vpc_endpoint_id: '${aws_vpc_endpoint.x.id}', subnet_id: '${aws_subnet.b.id}' },
      },
    },
  );

  expect(subnetsOfEndpoint(graph, resource).found.map(({ address }) => address)).toEqual([
    'aws_subnet.a',
    'aws_subnet.b',
  ]);
});

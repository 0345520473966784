import { asksForIpv6, computeSubnets, hasPublicIpv4, isFargate } from '../../../policy/facts/compute';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

const SUBNET = '${aws_subnet.app.id}';

describe('a subnet runs', () => {
  test.each<[string, Record<string, unknown>]>([
    ['aws_ecs_service', { network_configuration: { subnets: [SUBNET] } }],
    ['aws_ecs_service', { network_configuration: [{ subnets: '${aws_subnet.app[*].id}' }] }],
    ['aws_autoscaling_group', { vpc_zone_identifier: ['subnet-0123456789abcdef0', SUBNET] }],
    ['aws_instance', { subnet_id: SUBNET }],
    ['aws_lambda_function', { vpc_config: { subnet_ids: [SUBNET] } }],
    ['aws_launch_template', { network_interfaces: [{ subnet_id: SUBNET }] }],
    ['aws_eks_node_group', { subnet_ids: [SUBNET] }],
  ])('%s %j', (type, attributes) => {
    const graph = readStackJson({ resource: { aws_subnet: { app: {}, data: {} }, [type]: { user: attributes } } });

    expect(
      [...computeSubnets(graph)].map(([subnet, users]) => [subnet.address, users.map((one) => one.address)]),
    ).toEqual([['aws_subnet.app', [`${type}.user`]]]);
  });

  test('no load balancers', () => {
    const graph = readStackJson({ resource: { aws_subnet: { app: {} }, aws_lb: { edge: { subnets: [SUBNET] } } } });

    expect(computeSubnets(graph).size).toBe(0);
  });
});

test.each<[Record<string, unknown>, boolean | undefined]>([
  [{ launch_type: 'FARGATE' }, true],
  [{ launch_type: 'EC2' }, false],
  [{ launch_type: '${var.launch_type}' }, undefined],
  [{}, false],
  [{ capacity_provider_strategy: [{ capacity_provider: 'spot' }, { capacity_provider: 'FARGATE_SPOT' }] }, true],
  [{ capacity_provider_strategy: { capacity_provider: '${var.provider}' } }, undefined],
  [{ capacity_provider_strategy: '${var.strategy}' }, undefined],
])('that a service with %j is of Fargate: %s', (service, expected) => {
  const graph = readStackJson({ resource: { aws_ecs_service: { portal: service } } });

  expect(isFargate(graph.at('aws_ecs_service.portal')!)).toBe(expected);
});

function group(template: Record<string, unknown>): PlainResources {
  return {
    aws_launch_template: { web: template },
    aws_autoscaling_group: { user: { launch_template: { id: '${aws_launch_template.web.id}' } } },
  };
}

const ELSEWHERE: PlainResources = {
  aws_autoscaling_group: { user: { launch_template: { id: 'lt-0123456789abcdef0' } } },
};

test.each<[string, PlainResources, boolean | undefined]>([
  ['by the number of its addresses', { aws_instance: { user: { ipv6_address_count: 1 } } }, true],
  ['by an address', { aws_instance: { user: { ipv6_addresses: ['${var.address}'] } } }, true],
  ['by its template', group({ network_interfaces: [{ ipv6_prefix_count: 1 }] }), true],
  ['not with none', { aws_instance: { user: { ipv6_address_count: 0 } } }, false],
  ['not by a template without', group({ network_interfaces: [{ device_index: 0 }] }), false],
  ['maybe, by a template elsewhere', ELSEWHERE, undefined],
])('a machine asks for IPv6 %s', (_, resource, expected) => {
  const graph = readStackJson({ resource });
  const user = graph.resources.find(({ address }) => address.endsWith('.user'))!;

  expect(asksForIpv6(graph, user)).toBe(expected);
});

test.each<[string, PlainResources, boolean | undefined]>([
  ['a task', { aws_ecs_service: { user: { network_configuration: { assign_public_ip: true } } } }, true],
  ['a task in private', { aws_ecs_service: { user: { network_configuration: {} } } }, false],
  ['a machine', { aws_instance: { user: { associate_public_ip_address: true } } }, true],
  [
    'a machine with an elastic address',
    { aws_instance: { user: {} }, aws_eip: { ip: { instance: '${aws_instance.user.id}' } } },
    true,
  ],
  [
    'a machine with an address associated',
    { aws_instance: { user: {} }, aws_eip_association: { ip: { instance_id: '${aws_instance.user.id}' } } },
    true,
  ],
  ['a machine in private', { aws_instance: { user: {} } }, false],
  ['a group by its template', group({ network_interfaces: [{ associate_public_ip_address: 'true' }] }), true],
  ['a group in private', group({}), false],
  ['a group of a template elsewhere', ELSEWHERE, undefined],
])('that %s has a public IPv4 address: as it is written', (_, resource, expected) => {
  const graph = readStackJson({ resource });
  const user = graph.resources.find(({ address }) => address.endsWith('.user'))!;

  expect(hasPublicIpv4(graph, user)).toBe(expected);
});

import {
  frontsIn,
  frontsOf,
  guardsAt,
  publicPorts,
  speaksIpv6,
  subnetsOfUser,
  usersOf,
} from '../../../policy/facts/exposure';
import type { ResourceGraph } from '../../../policy/resource-graph';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

const VPC_ID = '${aws_vpc.main.id}';
const IPV6 = { vpc_id: VPC_ID, ipv6_cidr_block: '${aws_vpc.main.ipv6_cidr_block}' };
const SUBNETS = ['${aws_subnet.public.id}'];
const GROUPS = ['${aws_security_group.edge.id}'];

/** A public subnet, and a private one in which interfaces get IPv6. */
const NETWORK: PlainResources = {
  aws_vpc: { main: {} },
  aws_internet_gateway: { main: {} },
  aws_subnet: {
    public: { ...IPV6, assign_ipv6_address_on_creation: true },
    app: { ...IPV6, assign_ipv6_address_on_creation: true },
    plain: IPV6,
    old: { vpc_id: VPC_ID },
  },
  aws_route_table: {
    public: {
      route: [
        { cidr_block: '0.0.0.0/0', gateway_id: '${aws_internet_gateway.main.id}' },
        { ipv6_cidr_block: '::/0', gateway_id: '${aws_internet_gateway.main.id}' },
      ],
    },
  },
  aws_route_table_association: {
    public: { subnet_id: SUBNETS[0], route_table_id: '${aws_route_table.public.id}' },
  },
  aws_security_group: { edge: { vpc_id: VPC_ID }, other: { vpc_id: VPC_ID } },
};

function graphOf(resources: PlainResources): ResourceGraph {
  return readStackJson({ resource: { ...NETWORK, ...resources } });
}

function loadBalancer(attributes: object = {}): PlainResources {
  return {
    aws_lb: { edge: { ip_address_type: 'dualstack', subnets: SUBNETS, security_groups: GROUPS, ...attributes } },
  };
}

describe('a front', () => {
  test('is a load balancer that faces the Internet, with its groups, subnets and ports', () => {
    const graph = graphOf({
      ...loadBalancer(),
      aws_lb_listener: {
        https: { load_balancer_arn: '${aws_lb.edge.arn}', port: '443', protocol: 'HTTPS' },
        other: { load_balancer_arn: '${aws_lb.other.arn}', port: 80 },
      },
    });
    const [front, ...others] = frontsOf(graph);

    expect(others).toEqual([]);
    expect(front).toMatchObject({
      resource: graph.at('aws_lb.edge'),
      kind: 'application',
      ports: [443],
      udpPorts: [],
      has: { ipv4: true, ipv6: true },
      groups: { found: [graph.at('aws_security_group.edge')], complete: true },
      subnets: { found: [graph.at('aws_subnet.public')], complete: true },
    });
    expect(frontsIn(graph, graph.at('aws_subnet.public')!)).toEqual([front]);
    expect(frontsIn(graph, graph.at('aws_subnet.app')!)).toEqual([]);
  });

  test.each<[string, PlainResources]>([
    ['inside', loadBalancer({ internal: true })],
    ['inside, perhaps', loadBalancer({ internal: '${var.internal}' })],
    ['for gateways', loadBalancer({ load_balancer_type: 'gateway' })],
    ['of a kind that is not known', loadBalancer({ load_balancer_type: '${var.kind}' })],
  ])('is no load balancer that is %s', (_, resources) => {
    expect(frontsOf(graphOf(resources))).toEqual([]);
  });

  test.each([
    [undefined, true, false],
    ['ipv4', true, false],
    ['dualstack', true, true],
    ['dualstack-without-public-ipv4', false, true],
    ['${var.type}', undefined, undefined],
  ])('with the address type %s has IPv4: %s, IPv6: %s', (ip_address_type, ipv4, ipv6) => {
    expect(frontsOf(graphOf(loadBalancer({ ip_address_type })))[0]!.has).toEqual({ ipv4, ipv6 });
  });

  test('may take UDP', () => {
    const listener = (port: number, protocol: string) => ({ load_balancer_arn: '${aws_lb.edge.arn}', port, protocol });
    const graph = graphOf({
      ...loadBalancer({ load_balancer_type: 'network' }),
      aws_lb_listener: { web: listener(443, 'TLS'), dns: listener(53, 'TCP_UDP'), time: listener(123, 'UDP') },
    });

    expect(frontsOf(graph)[0]).toMatchObject({ kind: 'network', ports: [443, 53], udpPorts: [53, 123] });
  });

  test.each<[string, boolean, PlainResources]>([
    ['a machine in a public subnet', true, { aws_instance: { web: { subnet_id: SUBNETS[0] } } }],
    ['a task in a public subnet', true, { aws_ecs_service: { web: { network_configuration: { subnets: SUBNETS } } } }],
    [
      'a service with a zone in a private subnet',
      false,
      {
        aws_ecs_service: {
          web: { network_configuration: { subnets: [...SUBNETS, '${aws_subnet.app.id}'] } },
        },
      },
    ],
    ['a machine in a private subnet', false, { aws_instance: { web: { subnet_id: '${aws_subnet.app.id}' } } }],
    ['a machine without IPv6', false, { aws_instance: { web: { subnet_id: '${aws_subnet.plain.id}' } } }],
    ['a machine elsewhere', false, { aws_instance: { web: { subnet_id: 'subnet-1', ipv6_address_count: 1 } } }],
  ])('is %s: %s', (_, expected, resources) => {
    expect(frontsOf(graphOf(resources)).map(({ kind }) => kind)).toEqual(expected ? ['host'] : []);
  });
});

describe('the groups of a load balancer', () => {
  const groupsOf = (attributes: object, resources: PlainResources = {}) => {
    const [front] = frontsOf(graphOf({ ...loadBalancer({ security_groups: [], ...attributes }), ...resources }));
    return { addresses: front!.groups.found.map(({ address }) => address), complete: front!.groups.complete };
  };
  const open = [{ protocol: '-1', cidr_blocks: ['0.0.0.0/0'] }];

  test('are the default one of the VPC where none is named, if that lets anybody in', () => {
    const managed = (ingress: unknown) => ({ aws_default_security_group: { main: { vpc_id: VPC_ID, ingress } } });

    expect(groupsOf({}, managed(open))).toEqual({ addresses: ['aws_default_security_group.main'], complete: true });
    expect(groupsOf({}, managed([]))).toEqual({ addresses: [], complete: true });
    expect(groupsOf({})).toEqual({ addresses: [], complete: true });
  });

  test('are none of a network load balancer, unless it names some', () => {
    expect(groupsOf({ load_balancer_type: 'network' })).toEqual({ addresses: [], complete: true });
  });

  test('are not known where the VPC, or one of them, is elsewhere', () => {
    expect(groupsOf({ subnets: ['subnet-1'] })).toEqual({ addresses: [], complete: false });
    expect(groupsOf({ security_groups: [...GROUPS, 'sg-1'] })).toEqual({
      addresses: ['aws_security_group.edge'],
      complete: false,
    });
  });
});

test('groups that guard the same fronts speak once, by the first of them', () => {
  const both = ['${aws_security_group.edge.id}', '${aws_security_group.other.id}'];
  const lb = (...security_groups: readonly string[]) => ({
    ip_address_type: 'dualstack',
    subnets: SUBNETS,
    security_groups,
  });
  const graph = graphOf({ aws_lb: { one: lb(...both), two: lb(both[1]!, both[0]!), three: lb(both[0]!) } });
  const guards = (name: string) =>
    guardsAt(graph, graph.at(`aws_security_group.${name}`)!).map(({ fronts }) =>
      fronts.map(({ resource }) => resource.address),
    );

  expect(guards('edge')).toEqual([['aws_lb.one', 'aws_lb.two'], ['aws_lb.three']]);
  expect(guards('other')).toEqual([]);
});

test('a group without a front speaks for itself', () => {
  const graph = graphOf({});
  const group = graph.at('aws_security_group.edge')!;

  expect(guardsAt(graph, group)).toEqual([{ groups: [group], complete: true, fronts: [] }]);
});

describe('public ports', () => {
  const listener = {
    load_balancer_arn: '${aws_lb.edge.arn}',
    default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.tasks.arn}' }],
  };
  const behind = (load_balancer_type: string) =>
    graphOf({
      ...loadBalancer({ load_balancer_type }),
      aws_lb_listener: { tls: { ...listener, port: 8443, protocol: 'TLS' } },
      aws_lb_target_group: { tasks: { port: 9000, target_type: 'ip' } },
      aws_ecs_service: {
        portal: {
          network_configuration: {
            subnets: ['${aws_subnet.app.id}'],
            security_groups: ['${aws_security_group.other.id}'],
          },
          load_balancer: [{ target_group_arn: '${aws_lb_target_group.tasks.arn}', container_port: 8080 }],
        },
      },
    });
  const ports = (graph: ResourceGraph, name: string) => [
    ...publicPorts(graph, graph.at(`aws_security_group.${name}`)!),
  ];

  test('are those of the web and of listeners', () => {
    expect(ports(behind('application'), 'edge')).toEqual([80, 443, 8443]);
    expect(ports(behind('application'), 'other')).toEqual([80, 443]);
  });

  test('are those of targets, too, where packets come to them as they were sent', () => {
    expect(ports(behind('network'), 'other')).toEqual([80, 443, 8080]);
  });
});

describe('what has a group', () => {
  test.each<[string, PlainResources]>([
    ['aws_lb.edge', loadBalancer()],
    ['aws_instance.one', { aws_instance: { one: { vpc_security_group_ids: GROUPS } } }],
    ['aws_ecs_service.one', { aws_ecs_service: { one: { network_configuration: [{ security_groups: GROUPS }] } } }],
    ['aws_lambda_function.one', { aws_lambda_function: { one: { vpc_config: { security_group_ids: GROUPS } } } }],
    [
      'aws_launch_template.one',
      { aws_launch_template: { one: { network_interfaces: [{ security_groups: GROUPS }] } } },
    ],
    ['aws_vpc_endpoint.one', { aws_vpc_endpoint: { one: { security_group_ids: GROUPS } } }],
  ])('may be %s', (address, resources) => {
    const graph = graphOf(resources);

    expect(usersOf(graph, graph.at('aws_security_group.edge')!)).toEqual([graph.at(address)]);
    expect(usersOf(graph, graph.at('aws_security_group.other')!)).toEqual([]);
  });

  test.each<[string, boolean | undefined, PlainResources]>([
    ['aws_lb.edge', true, loadBalancer()],
    ['aws_lb.edge', false, loadBalancer({ ip_address_type: null })],
    ['aws_vpc_endpoint.one', true, { aws_vpc_endpoint: { one: { ip_address_type: 'dualstack' } } }],
    ['aws_vpc_endpoint.one', undefined, { aws_vpc_endpoint: { one: { ip_address_type: '${var.type}' } } }],
    ['aws_db_instance.one', true, { aws_db_instance: { one: { network_type: 'DUAL' } } }],
    ['aws_db_instance.one', false, { aws_db_instance: { one: {} } }],
    [
      'aws_lambda_function.one',
      true,
      { aws_lambda_function: { one: { vpc_config: { ipv6_allowed_for_dual_stack: true } } } },
    ],
    ['aws_lambda_function.one', false, { aws_lambda_function: { one: { vpc_config: {} } } }],
    ['aws_instance.one', true, { aws_instance: { one: { subnet_id: '${aws_subnet.app.id}' } } }],
    [
      'aws_instance.one',
      true,
      { aws_instance: { one: { subnet_id: '${aws_subnet.plain.id}', ipv6_address_count: 1 } } },
    ],
    ['aws_instance.one', false, { aws_instance: { one: { subnet_id: '${aws_subnet.plain.id}' } } }],
    ['aws_instance.one', false, { aws_instance: { one: { subnet_id: '${aws_subnet.old.id}' } } }],
    ['aws_instance.one', undefined, { aws_instance: { one: { subnet_id: 'subnet-1' } } }],
    [
      'aws_ecs_service.one',
      true,
      { aws_ecs_service: { one: { network_configuration: { subnets: ['${aws_subnet.app.id}'] } } } },
    ],
    [
      'aws_ecs_service.one',
      false,
      {
        aws_ecs_service: {
          one: { network_configuration: { subnets: ['${aws_subnet.app.id}', '${aws_subnet.plain.id}'] } },
        },
      },
    ],
  ])('%s speaks IPv6: %s', (address, expected, resources) => {
    const graph = graphOf(resources);

    expect(speaksIpv6(graph, graph.at(address)!)).toBe(expected);
  });

  test('by a launch template is where its group starts machines', () => {
    const graph = graphOf({
      aws_launch_template: { one: {} },
      aws_autoscaling_group: {
        one: {
          launch_template: { id: '${aws_launch_template.one.id}' },
          vpc_zone_identifier: ['${aws_subnet.app.id}'],
        },
      },
    });
    const template = graph.at('aws_launch_template.one')!;

    expect(subnetsOfUser(graph, template).found).toEqual([graph.at('aws_subnet.app')]);
    expect(speaksIpv6(graph, template)).toBe(true);
  });
});

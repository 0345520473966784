import fc from 'fast-check';
import { judge } from '../../../policy/check';
import { routesOf } from '../../../policy/facts/routes';
import type { Resource, ResourceGraph } from '../../../policy/resource-graph';
import { readPlanJson } from '../../../policy/sources/plan';
import { readStackJson } from '../../../policy/sources/stack-json';
import { isRecord, Unknown } from '../../../policy/value';
import { fixtureJson, fixtureText } from '../../helpers/plan-fixture';

/** JSON that fails where it is taken for a text. */
const UNPRINTABLE = { toString: 1, valueOf: 1 };

const PLANS = [
  'hue-production',
  'langson-production',
  'bkhcn-production',
  'modular',
  'inline',
  'mistakes',
  'changes',
  'raise',
];

const graphs = Object.fromEntries(PLANS.map((name) => [name, readPlanJson(fixtureJson(`${name}.plan.json`))]));
const { modular, inline, changes, raise } = graphs as Record<string, ResourceGraph>;

/** Addresses that an attribute refers to, by expression, by known id or by being the only candidate. */
function links(graph: ResourceGraph | undefined, address: string, attribute: string, ...types: string[]): string[] {
  const value = attribute
    .split('.')
    .reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], graph!.at(address)!.attributes);
  const found = types.length > 0 ? graph!.resolve(value, ...types).found : graph!.referencesIn(value);
  return found.map((resource) => resource.address).sort();
}

const at = (graph: ResourceGraph | undefined, address: string): Resource => graph!.at(address)!;

describe('links', () => {
  test.each<[string, ResourceGraph | undefined, string, string, string[]]>([
    ['to one resource', inline, 'aws_internet_gateway.main', 'vpc_id', ['aws_vpc.main']],
    [
      'to all instances',
      inline,
      'aws_network_acl.public',
      'subnet_ids',
      ['aws_subnet.public["a"]', 'aws_subnet.public["b"]'],
    ],
    ['to the instance of the same key', inline, 'aws_nat_gateway.main["b"]', 'allocation_id', ['aws_eip.nat["b"]']],
    [
      'to the instance that is repeated over',
      inline,
      'aws_nat_gateway.main["b"]',
      'subnet_id',
      ['aws_subnet.public["b"]'],
    ],
    [
      'to the instance of the same number',
      modular,
      'module.portal.module.vpc.aws_route_table_association.public[2]',
      'subnet_id',
      ['module.portal.module.vpc.aws_subnet.public[2]'],
    ],
    [
      'to the only instance where there are fewer',
      modular,
      'module.portal.module.vpc.aws_route_table_association.private[2]',
      'route_table_id',
      ['module.portal.module.vpc.aws_route_table.private[0]'],
    ],
    ['through a variable', inline, 'module.zone["a"].aws_subnet.private', 'vpc_id', ['aws_vpc.main']],
    [
      'through a variable of an instance of a module',
      inline,
      'module.zone["b"].aws_route_table.private',
      'route.1.nat_gateway_id',
      ['aws_egress_only_internet_gateway.main', 'aws_nat_gateway.main["b"]'],
    ],
    [
      'through the outputs of all instances',
      inline,
      'aws_autoscaling_group.web',
      'vpc_zone_identifier',
      [
        'module.zone["a"].aws_route_table.private',
        'module.zone["a"].aws_subnet.private',
        'module.zone["b"].aws_route_table.private',
        'module.zone["b"].aws_subnet.private',
      ],
    ],
    [
      'through an output and a variable',
      modular,
      'module.portal.module.alb.aws_lb.this',
      'subnets',
      [
        'module.portal.module.vpc.aws_subnet.public[0]',
        'module.portal.module.vpc.aws_subnet.public[1]',
        'module.portal.module.vpc.aws_subnet.public[2]',
      ],
    ],
    [
      'through an object of a module',
      modular,
      'module.portal.module.names["www.dichvucong.example.gov.vn"].aws_route53_record.this["AAAA"]',
      'alias.0.name',
      ['module.portal.module.alb.aws_lb.this'],
    ],
    [
      'through a map that a module repeats over',
      modular,
      'module.portal.module.edge_group.aws_vpc_security_group_egress_rule.this["tasks"]',
      'referenced_security_group_id',
      ['module.portal.module.tasks_group.aws_security_group.this'],
    ],
    ['by a known id', changes, 'aws_lb.edge', 'subnets', ['aws_subnet.public["a"]', 'aws_subnet.public["b"]']],
    ['by a known name', changes, 'aws_route53_record.portal["AAAA"]', 'alias.0.name', ['aws_lb.edge']],
    ['of what is new to what is there', changes, 'aws_lb_listener.https', 'load_balancer_arn', ['aws_lb.edge']],
    [
      'of what is new to what is made anew',
      changes,
      'aws_lb_listener.https',
      'default_action.0.target_group_arn',
      ['aws_lb_target_group.tasks'],
    ],
    [
      'by the id of the table that a VPC brings',
      raise,
      'aws_default_route_table.main',
      'default_route_table_id',
      ['aws_default_route_table.main', 'aws_vpc.main'],
    ],
  ])('are found %s', (_, graph, address, attribute, expected) => {
    expect(links(graph, address, attribute)).toEqual(expected);
  });

  test.each([
    [
      'in the same module',
      'module.portal.module.vpc.aws_subnet.public[0]',
      'vpc_id',
      'aws_vpc',
      'module.portal.module.vpc.aws_vpc.this[0]',
    ],
    [
      'in the module behind an output',
      'aws_flow_log.network',
      'vpc_id',
      'aws_vpc',
      'module.portal.module.vpc.aws_vpc.this[0]',
    ],
    [
      'in a dynamic block',
      'module.portal.module.alb.aws_lb_listener.https',
      'default_action.0.target_group_arn',
      'aws_lb_target_group',
      'module.portal.module.alb.aws_lb_target_group.this["tasks"]',
    ],
  ])(
    'that a local hides %s lead to the only candidate, and nowhere without inference',
    (_, address, attribute, type, expected) => {
      expect(links(modular, address, attribute, type)).toEqual([expected]);
      expect(links(modular!.withoutInference(), address, attribute, type)).toEqual([]);
    },
  );

  test.each<[string, unknown[]]>([
    [
      'module.zone["a"].aws_route_table.private',
      [
        ['ipv6', 'egress-only-gateway', 'aws_egress_only_internet_gateway.main'],
        ['ipv4', 'nat-gateway', 'aws_nat_gateway.main["a"]'],
      ],
    ],
    [
      'aws_route_table.public',
      [
        ['ipv6', 'internet-gateway', 'aws_internet_gateway.main'],
        ['ipv4', 'internet-gateway', 'aws_internet_gateway.main'],
        ['ipv4', 'transit-gateway', 'aws_ec2_transit_gateway.ministry'],
      ],
    ],
  ])('of inline routes lead to the gateway that each names, although all are said of each: %s', (table, expected) => {
    const { routes, complete } = routesOf(inline!, at(inline, table));

    expect(complete).toBe(true);
    expect(routes.map(({ family, target, to }) => [family, target, to!.address])).toEqual(
      expect.arrayContaining(expected),
    );
    expect(routes).toHaveLength(expected.length);
  });

  test('that are hidden with two candidates stay unknown', () => {
    expect(inline!.resolve(at(inline, 'aws_lb.edge').block('subnet_mapping').value('subnet_id'), 'aws_subnet')).toEqual(
      {
        found: [],
        complete: false,
      },
    );
  });
});

describe('values', () => {
  test('are known where they are, and unknown where they are set but not known', () => {
    const subnet = at(inline, 'module.zone["b"].aws_subnet.private');

    expect(subnet.known('cidr_block')).toBe('10.30.17.0/24');
    expect(subnet.is('assign_ipv6_address_on_creation', true)).toBe(true);
    expect(subnet.value('ipv6_cidr_block')).toBeInstanceOf(Unknown);
    expect(subnet.module).toBe('module.zone["b"]');
  });

  test('that AWS is going to choose are unset, as in a configuration', () => {
    const targetGroup = at(inline, 'aws_lb_target_group.web');

    expect(targetGroup.has('ip_address_type')).toBe(false);
    expect(at(inline, 'aws_launch_template.web').block('metadata_options').has('http_protocol_ipv6')).toBe(false);
    expect(at(inline, 'aws_vpc.main').has('ipv6_cidr_block')).toBe(false);
    expect(at(graphs.mistakes, 'aws_lb.edge').has('ip_address_type')).toBe(false);
  });

  test('are told from what is configured', () => {
    expect(at(changes, 'aws_vpc.main').known('ipv6_cidr_block')).toBe('2406:da18:1234:5600::/56');
    expect(at(changes, 'aws_vpc.main').configures('ipv6_cidr_block')).toBe(false);
    expect(at(changes, 'aws_security_group.edge').blocks('ingress')).toHaveLength(1);
    expect(at(changes, 'aws_security_group.edge').configures('ingress')).toBe(false);
    expect(at(changes, 'aws_vpc.main').configures('assign_generated_ipv6_cidr_block')).toBe(true);
  });

  test('of what a data source will only read at apply are unknown, and it is no resource', () => {
    const data = at(inline, 'data.aws_ip_ranges.checkers');

    expect(data).toMatchObject({ mode: 'data', dependsOn: ['aws_vpc.main'] });
    expect(inline!.ofType('aws_ip_ranges')).toEqual([]);
  });

  test('keep `depends_on`, in the module in which it is written', () => {
    expect(at(modular, 'module.portal.module.vpc.aws_nat_gateway.this[0]').dependsOn).toEqual([
      'module.portal.module.vpc.aws_internet_gateway.this',
    ]);
  });

  test.each([
    ['modular', 'aws_ssm_parameter.password'],
    ['changes', 'aws_ssm_parameter.api_key'],
  ])('that are sensitive are seen nowhere: %s', (name, address) => {
    const graph = graphs[name]!;
    const changed = graph.resources.map(({ change, attributes }) => [attributes, change?.before?.attributes]);

    expect(fixtureText(`${name}.plan.json`)).toContain('not-for-anybody-s-eyes');
    expect(JSON.stringify([changed, graph.resources])).not.toContain('not-for-anybody-s-eyes');
    expect(String(at(graph, address).value('value'))).toBe('(sensitive)');
  });
});

describe('changes', () => {
  test('are what Terraform says', () => {
    const counts = new Map<string, number>();
    for (const { change } of changes!.resources) {
      const actions = change!.actions.join();
      counts.set(actions, (counts.get(actions) ?? 0) + 1);
    }

    expect(Object.fromEntries(counts)).toEqual({ 'no-op': 13, update: 3, create: 1, 'delete,create': 2, delete: 2 });
  });

  test('say what was there before', () => {
    const { change } = at(changes, 'aws_lb.edge');

    expect(change!.before!.known('ip_address_type')).toBe('dualstack');
    expect(at(changes, 'aws_lb.edge').known('ip_address_type')).toBe('ipv4');
    expect(at(changes, 'aws_lb_listener.https').change!.before).toBeUndefined();
    expect(at(raise, 'aws_vpc.main').change!.before!.is('assign_generated_ipv6_cidr_block', true)).toBe(false);
  });

  test('say what forces a replacement', () => {
    expect(at(changes, 'aws_subnet.app').change!.replacePaths).toEqual(['ipv6_native', 'cidr_block']);
    expect(at(changes, 'aws_lb_target_group.tasks').change!.replacePaths).toEqual(['ip_address_type']);
    expect(at(changes, 'aws_lb.edge').change!.replacePaths).toEqual([]);

    const [deep] = readPlanJson({
      resource_changes: [
        {
          address: 'aws_instance.a',
          type: 'aws_instance',
          name: 'a',
          mode: 'managed',
          change: { actions: ['delete', 'create'], replace_paths: [['network_interface', 0, 'ipv6_addresses']] },
        },
      ],
    }).resources;
    expect(deep!.change!.replacePaths).toEqual(['network_interface.0.ipv6_addresses']);
  });

  test('keep the ids of what is updated, and lose those of what is made anew', () => {
    expect(at(changes, 'aws_lb.edge').has('arn')).toBe(true);
    expect(at(changes, 'aws_subnet.public["b"]').known('id')).toBe('subnet-0a1b2c3d4e5f6000b');
    expect(at(changes, 'aws_subnet.app').has('id')).toBe(false);
  });

  test('that delete keep the attributes before, and what they referred to', () => {
    const [record] = changes!.deleted('aws_route53_record');

    expect(record).toMatchObject({ address: 'aws_route53_record.www_aaaa', isDeleted: true });
    expect(record!.known('type')).toBe('AAAA');
    expect(changes!.referenceIn(record!.block('alias').value('name'), 'aws_lb')).toBe(at(changes, 'aws_lb.edge'));
    expect(changes!.ofType('aws_route53_record')).toHaveLength(3);
  });

  test('of leftovers and of what is let go are not there', () => {
    const change = (others: object, actions = ['delete']) => ({
      address: 'aws_vpc.a',
      type: 'aws_vpc',
      name: 'a',
      mode: 'managed',
      change: { actions, before: { id: 'vpc-1' }, after: null },
      ...others,
    });
    const graph = readPlanJson({
      resource_changes: [
        change({ deposed: '0a1b2c3d' }),
        change({ address: 'aws_vpc.b' }, ['forget']),
        change({}, ['create', 'delete']),
      ],
    });

    expect(graph.resources.map(({ address }) => address)).toEqual(['aws_vpc.a']);
    expect(graph.deleted('aws_vpc')).toEqual([]);
  });
});

test('what no change is listed of is as it is planned, and data sources as they were read', () => {
  const vpc = { type: 'aws_vpc', name: 'main', mode: 'managed', values: { id: 'vpc-1' } };
  const data = { type: 'aws_vpc', name: 'old', mode: 'data', values: { id: 'vpc-2' } };
  const subnet = {
    address: 'aws_subnet.a',
    type: 'aws_subnet',
    name: 'a',
    mode: 'managed',
    change: { actions: ['create'], before: null, after: {}, after_unknown: { x: true, y: true } },
  };
  const graph = readPlanJson({
    resource_changes: [subnet],
    planned_values: { root_module: { resources: [{ ...vpc, address: 'aws_vpc.main' }] } },
    prior_state: {
      values: {
        root_module: {
          resources: [
            { ...data, address: 'data.aws_vpc.old' },
            { ...vpc, address: 'aws_vpc.main', values: { id: 'before' } },
            { ...vpc, address: 'aws_vpc.gone' },
          ],
        },
      },
    },
    configuration: {
      root_module: {
        resources: [
          {
            ...subnet,
            expressions: {
              x: { references: ['data.aws_vpc.old.id', 'data.aws_vpc.old'] },
              y: { references: ['data.aws_vpc.new.id', 'data.aws_vpc.new'] },
            },
          },
        ],
      },
    },
  });
  const opaque = (name: string) => (graph.at('aws_subnet.a')!.value(name) as Unknown).references.opaque;

  expect(graph.resources.map(({ address }) => address)).toEqual(['aws_subnet.a', 'aws_vpc.main', 'data.aws_vpc.old']);
  expect(graph.at('aws_vpc.main')!.known('id')).toBe('vpc-1');
  expect([opaque('x'), opaque('y')]).toEqual([false, true]);
});

describe.each(['hue-production', 'langson-production', 'bkhcn-production'])('the plan of %s', (name) => {
  const stack = readStackJson(fixtureJson(`${name}.cdk.tf.json`));
  const plan = graphs[name]!;
  const byName = (resources: readonly Resource[]) => resources.map(({ address }) => address).sort();

  test('has the resources of the stack', () => {
    expect(byName(plan.resources)).toEqual(byName(stack.resources));
  });

  test('has every link of the stack, and no other', () => {
    const linksOf = (graph: ResourceGraph) =>
      byName(graph.resources).flatMap((address) =>
        Object.keys(at(stack, address).attributes)
          .filter((attribute) => ![...META, ...(NAMES[at(stack, address).type] ?? [])].includes(attribute))
          .sort()
          .map((attribute) => ({
            address,
            attribute,
            to: byName(graph.referencesIn(at(graph, address).value(attribute))),
          }))
          .filter(({ to }) => to.length > 0),
      );

    expect(linksOf(plan)).toEqual(linksOf(stack));
  });

  test('writes what is not known as the stack does, part by part', () => {
    for (const { address, attributes } of stack.resources) {
      for (const [attribute, value] of Object.entries(attributes)) {
        const planned = unknownTexts(at(plan, address).value(attribute));
        expect({ address, attribute, texts: unknownTexts(value) }).toEqual({
          address,
          attribute,
          texts: expect.arrayContaining(planned),
        });
      }
    }
  });

  test('is judged as the stack is', () => {
    const said = (graph: ResourceGraph) => {
      const { findings, crashes } = judge(graph);
      expect(crashes).toEqual([]);
      return findings.map(({ rule, result, resource, message }) => [rule, result, resource.address, message]);
    };

    expect(said(plan)).toEqual(said(stack));
  });
});

/** Texts made of names, which are known before anything is there. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  aws_appautoscaling_policy: ['resource_id', 'scalable_dimension', 'service_namespace'],
  aws_appautoscaling_target: ['resource_id'],
  aws_ecs_task_definition: ['container_definitions'],
};

const META = ['depends_on', 'lifecycle', 'provider', 'count', 'for_each'];

/** The texts of all that is not known in a value. */
function unknownTexts(value: unknown): string[] {
  if (value instanceof Unknown) return [String(value)];
  if (Array.isArray(value)) return value.flatMap(unknownTexts).sort();
  return isRecord(value) ? Object.values(value).flatMap(unknownTexts).sort() : [];
}

describe('any JSON', () => {
  const key = fc.constantFrom('id', 'vpc_id', 'rule', '__proto__', 'constructor');
  const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom<unknown>(UNPRINTABLE, [UNPRINTABLE]));
  const change = fc.record({
    address: fc.constantFrom('aws_vpc.a', 'aws_vpc.a["x"]', 'module.b["y"].aws_vpc.a', 'data.aws_vpc.a'),
    module_address: fc.constantFrom(undefined, 'module.b["y"]', 'module.b[', 5),
    type: fc.constant('aws_vpc'),
    name: fc.constant('a'),
    mode: fc.constantFrom('managed', 'data'),
    change: fc.record({
      actions: fc.constantFrom(['create'], ['delete'], ['update'], 'create', undefined),
      before: anything,
      after: fc.dictionary(key, anything),
      after_unknown: fc.oneof(anything, fc.dictionary(key, fc.oneof(fc.constant(true), anything))),
      after_sensitive: fc.oneof(anything, fc.constant(true), fc.dictionary(key, fc.constant(true))),
      replace_paths: anything,
    }),
  });
  const configured = fc.record({
    address: fc.constant('aws_vpc.a'),
    type: fc.constant('aws_vpc'),
    name: fc.constant('a'),
    mode: fc.constantFrom('managed', 'data'),
    expressions: fc.dictionary(
      key,
      fc.oneof(
        anything,
        fc.record({ constant_value: anything, references: fc.constant(['aws_vpc.a.id', 'aws_vpc.a']) }),
      ),
    ),
    for_each_expression: anything,
    depends_on: anything,
  });
  const plan = fc.record({
    resource_changes: fc.oneof(anything, fc.array(change, { maxLength: 3 })),
    planned_values: anything,
    prior_state: anything,
    variables: anything,
    configuration: fc.record({
      root_module: fc.record({ resources: fc.array(configured, { maxLength: 2 }), module_calls: anything }),
    }),
  });

  test('is read, judged and followed without a crash', () => {
    fc.assert(
      fc.property(fc.oneof(anything, plan), (json) => {
        const graph = readPlanJson(json);
        for (const { attributes } of graph.resources) graph.referencesIn(attributes);
        JSON.stringify(graph.resources);
        expect(judge(graph).crashes).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

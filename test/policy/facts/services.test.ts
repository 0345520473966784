import {
  imagesOf,
  isBefore140,
  subnetsOfService,
  targetGroupsOfService,
  taskDefinitionOf,
} from '../../../policy/facts/services';
import { readStackJson } from '../../../policy/sources/stack-json';

type Attributes = Record<string, unknown>;

function read(service: Attributes, task: Attributes = {}) {
  const graph = readStackJson({
    resource: {
      aws_subnet: { a: {} },
      aws_lb_target_group: { g: {}, h: {} },
      aws_ecs_task_definition: { t: task },
      aws_ecs_service: { s: service },
    },
  });
  return { graph, service: graph.at('aws_ecs_service.s')!, task: graph.at('aws_ecs_task_definition.t')! };
}

test('a service names its subnets and its task', () => {
  const { graph, service, task } = read({
    task_definition: '${aws_ecs_task_definition.t.arn}',
    network_configuration: [{ subnets: ['${aws_subnet.a.id}', 'subnet-1'] }],
  });

  expect(taskDefinitionOf(graph, service)).toBe(task);
  expect(subnetsOfService(graph, service)).toEqual({ found: [graph.at('aws_subnet.a')], complete: false });
});

test.each<[string, unknown, string[], boolean]>([
  ['none', undefined, [], true],
  [
    'several',
    [{ target_group_arn: '${aws_lb_target_group.g.arn}' }, { target_group_arn: '${aws_lb_target_group.h.arn}' }],
    ['g', 'h'],
    true,
  ],
  ['one elsewhere', { target_group_arn: 'arn:aws:elasticloadbalancing:x' }, [], false],
  ['hidden ones', '${var.load_balancers}', [], false],
])('target groups: %s', (_, balancers, found, complete) => {
  const { graph, service } = read({ load_balancer: balancers });
  const groups = targetGroupsOfService(graph, service);

  expect({ ...groups, found: groups.found.map(({ address }) => address) }).toEqual({
    found: found.map((name) => `aws_lb_target_group.${name}`),
    complete,
  });
});

test.each<[unknown, string[]]>([
  ['[{"image":"a"},{"image":"b"}]', ['a', 'b']],
  ['[{"image":"a","x":"${aws_x.y.name}"}]', ['a']],
  ['[{"name":"a"},null]', []],
  ['${jsonencode([])}', []],
  ['{"image":"a"}', []],
  [undefined, []],
])('images in %j', (definitions, expected) => {
  expect(imagesOf(read({}, { container_definitions: definitions }).task)).toEqual(expected);
});

test.each([
  ['1.3.0', true],
  ['1.0.0', true],
  ['1.4.0', false],
  ['1.10.0', false],
  ['2.0.0', false],
  ['LATEST', false],
])('platform version %s is before 1.4.0: %s', (version, expected) => {
  expect(isBefore140(version)).toBe(expected);
});

import { passagesTo } from '../../../policy/facts/target-access';
import { targetsOf } from '../../../policy/facts/targets';
import { edgesOf } from '../../../policy/hops/edges';
import { hopsOf } from '../../../policy/hops/hops';
import type { Resource, ResourceGraph } from '../../../policy/resource-graph';
import { rule as tg010 } from '../../../policy/rules/v6-tg-010';
import { readPlanJson } from '../../../policy/sources/plan';
import { readStackJson } from '../../../policy/sources/stack-json';
import { readStateJson } from '../../../policy/sources/state';
import type { PlainResources } from '../../helpers/plain-stack';
import { verdictsOf } from '../../helpers/verdicts';

const ARN = '${aws_lb_target_group.x.arn}';

/** Who registers in a target group called x. */
function registered(resources: PlainResources) {
  const graph = readStackJson({ resource: { aws_lb_target_group: { x: {}, other: {} }, ...resources } });
  const { targets, complete } = targetsOf(graph, graph.at('aws_lb_target_group.x')!);
  const found = targets.map(({ resource, instances, securityGroups, ...target }) => ({
    ...target,
    by: resource.address,
    instances: instances?.address,
    groups: graph.resolve(securityGroups, 'aws_security_group').found.map(({ address }) => address),
  }));
  return { found, complete };
}

const GROUPS = { aws_security_group: { a: {}, b: {} } };
const A = '${aws_security_group.a.id}';

test.each<[string, PlainResources, object]>([
  [
    'a service: the port of its container',
    {
      aws_ecs_service: {
        s: {
          network_configuration: { subnets: ['subnet-1'], security_groups: [A] },
          load_balancer: [
            { target_group_arn: '${aws_lb_target_group.other.arn}', container_port: 1 },
            { target_group_arn: ARN, container_port: '8080' },
          ],
        },
      },
    },
    { by: 'aws_ecs_service.s', port: 8080, subnets: ['subnet-1'], groups: ['aws_security_group.a'] },
  ],
  [
    'a service on the network of its instances: some port',
    { aws_ecs_service: { s: { load_balancer: { target_group_arn: ARN, container_port: 8080 } } } },
    { by: 'aws_ecs_service.s', port: NaN, groups: [] },
  ],
  [
    'a scaling group: the interfaces of its template',
    {
      aws_launch_template: { t: { network_interfaces: [{ security_groups: [A] }] } },
      aws_autoscaling_group: {
        g: {
          launch_template: { id: '${aws_launch_template.t.id}' },
          vpc_zone_identifier: ['subnet-1'],
          target_group_arns: [ARN],
        },
      },
    },
    {
      by: 'aws_autoscaling_group.g',
      port: undefined,
      instances: 'aws_launch_template.t',
      groups: ['aws_security_group.a'],
    },
  ],
  [
    'a scaling group by an attachment: its launch configuration',
    {
      aws_launch_configuration: { c: { security_groups: [A] } },
      aws_autoscaling_group: { g: { launch_configuration: '${aws_launch_configuration.c.id}' } },
      aws_autoscaling_attachment: {
        x: { autoscaling_group_name: '${aws_autoscaling_group.g.id}', lb_target_group_arn: ARN },
      },
    },
    { by: 'aws_autoscaling_group.g', instances: 'aws_launch_configuration.c', groups: ['aws_security_group.a'] },
  ],
  [
    'an instance: its own groups, and the port of the attachment',
    {
      aws_instance: { i: { subnet_id: 'subnet-1', vpc_security_group_ids: [A] } },
      aws_lb_target_group_attachment: { x: { target_group_arn: ARN, target_id: '${aws_instance.i.id}', port: 8443 } },
    },
    { port: 8443, subnets: 'subnet-1', instances: 'aws_instance.i', groups: ['aws_security_group.a'] },
  ],
  [
    'an instance with an interface: the groups of that',
    {
      aws_network_interface: { n: { subnet_id: 'subnet-2', security_groups: [A] } },
      aws_instance: { i: { network_interface: { network_interface_id: '${aws_network_interface.n.id}' } } },
      aws_lb_target_group_attachment: { x: { target_group_arn: ARN, target_id: '${aws_instance.i.id}' } },
    },
    { subnets: 'subnet-2', groups: ['aws_security_group.a'] },
  ],
])('finds %s', (_, resources, target) => {
  const { found, complete } = registered({ ...GROUPS, ...resources });

  expect(found).toEqual([expect.objectContaining(target)]);
  expect(complete).toBe(true);
});

test.each<[string, PlainResources]>([
  ['a service of a variable', { aws_ecs_service: { s: { load_balancer: { target_group_arn: '${var.group}' } } } }],
  ['services that are not known', { aws_ecs_service: { s: { load_balancer: '${var.load_balancer}' } } }],
  ['groups of a variable', { aws_autoscaling_group: { g: { target_group_arns: '${var.groups}' } } }],
  ['something that names it', { aws_ssm_parameter: { p: { value: ARN } } }],
])('does not pretend to know all beside %s', (_, resources) => {
  expect(registered(resources)).toEqual({ found: [], complete: false });
});

describe('a target group that is forwarded to and in which nobody registers', () => {
  const group = { name: 'portal', target_type: 'ip' };
  /** A load balancer in front of the group x, and what else a configuration has. */
  const configuration = (resource: PlainResources, others: object = {}) =>
    readStackJson({
      resource: {
        aws_lb: { portal: { ip_address_type: 'dualstack' } },
        aws_lb_listener: {
          https: {
            load_balancer_arn: '${aws_lb.portal.arn}',
            port: 443,
            default_action: { type: 'forward', target_group_arn: ARN },
          },
        },
        aws_lb_target_group: { x: group },
        ...resource,
      },
      ...others,
    });
  /** What the rule says, and what the hop does: they go together. */
  const said = (graph: ResourceGraph) => {
    const [edge] = edgesOf(graph);
    const hop = hopsOf(graph, edge!, 'ipv6').target.state;
    const rule = verdictsOf(tg010, graph).map((verdict) => verdict.split(' ')[0]);
    return [...rule, hop];
  };
  const MISTAKE = ['error', 'fail'];
  const OUTSIDE = ['unknown', 'unknown'];

  test.each<[string, PlainResources, object?]>([
    ['nothing else', {}],
    ['an output of something else', {}, { output: { name: { value: '${aws_lb.portal.dns_name}' } } }],
    [
      'a module that is not given it',
      {},
      { module: { app: { source: './app', load_balancer: '${aws_lb.portal.arn}' } } },
    ],
    ['tags of people', { aws_lb_target_group: { x: { ...group, tags: { Owner: 'net@hue.gov.vn' } } } }],
    ['tags of a variable', { aws_lb_target_group: { x: { ...group, tags: '${merge(var.tags, {})}' } } }],
    [
      'a policy and an alarm that look at it',
      {
        aws_autoscaling_policy: { p: { target_tracking_configuration: { resource_label: ARN } } },
        aws_cloudwatch_metric_alarm: { a: { dimensions: { TargetGroup: '${aws_lb_target_group.x.arn_suffix}' } } },
      },
    ],
    ['that it may call a function', { aws_lambda_permission: { p: { source_arn: ARN } } }],
    ['a service that ECS deploys itself', { aws_ecs_service: { s: { deployment_controller: { type: 'ECS' } } } }],
    [
      'a service that ignores its number of tasks',
      {
        aws_ecs_service: { s: { lifecycle: { ignore_changes: ['desired_count'] } } },
      },
    ],
    [
      'a deployment of another group',
      {
        aws_codedeploy_deployment_group: { d: { load_balancer_info: { target_group_info: { name: 'other' } } } },
      },
    ],
  ])('is a mistake beside %s', (_, resources, others = {}) => {
    expect(said(configuration(resources, others))).toEqual(MISTAKE);
  });

  test('is none where it waits for its turn', () => {
    const target_group = [
      { arn: ARN, weight: 0 },
      { arn: '${aws_lb_target_group.y.arn}', weight: 1 },
    ];
    const graph = readStackJson({
      resource: {
        aws_lb_listener: { https: { default_action: { type: 'forward', forward: { target_group } } } },
        aws_lb_target_group: { x: group, y: {} },
      },
    });

    expect(verdictsOf(tg010, graph)).toEqual(['error aws_lb_target_group.y: nobody registers in it']);
  });

  test.each<[string, PlainResources, object?]>([
    ['an output', {}, { output: { group: { value: ARN } } }],
    ['a part of an output', {}, { output: { groups: { value: { portal: ['${aws_lb_target_group.x.id}'] } } } }],
    ['an output, by a local', {}, { output: { group: { value: '${local.group}' } }, locals: { group: ARN } }],
    ['a module', {}, { module: { app: { source: './app', target_group_arn: ARN } } }],
    ['a parameter', { aws_ssm_parameter: { p: { value: ARN } } }],
    ['a template that a data source fills', {}, { data: { template_file: { user_data: { vars: { group: ARN } } } } }],
    [
      'a script of its own',
      {
        aws_lb_target_group: {
          x: { ...group, provisioner: [{ 'local-exec': { command: './register ${self.arn}' } }] },
        },
      },
    ],
    [
      'a deployment',
      {
        aws_codedeploy_deployment_group: {
          d: {
            load_balancer_info: {
              target_group_pair_info: { target_group: [{ name: '${aws_lb_target_group.x.name}' }] },
            },
          },
        },
      },
    ],
    [
      'a deployment, by its name',
      {
        aws_codedeploy_deployment_group: {
          d: { load_balancer_info: [{ target_group_pair_info: [{ target_group: [{ name: 'portal' }] }] }] },
        },
      },
    ],
    [
      'a deployment of instances',
      {
        aws_codedeploy_deployment_group: { d: { load_balancer_info: { target_group_info: { name: 'portal' } } } },
      },
    ],
    [
      'a service that CodeDeploy deploys',
      {
        aws_ecs_service: { s: { deployment_controller: { type: 'CODE_DEPLOY' } } },
      },
    ],
    [
      'a service that somebody may deploy',
      {
        aws_ecs_service: { s: { deployment_controller: { type: '${var.controller}' } } },
      },
    ],
    [
      'a service whose groups somebody else changes',
      {
        aws_ecs_service: { s: { lifecycle: { ignore_changes: ['load_balancer'] } } },
      },
    ],
    [
      'a scaling group of which somebody else changes all',
      {
        aws_autoscaling_group: { g: { lifecycle: [{ ignore_changes: 'all' }] } },
      },
    ],
    [
      'a manifest',
      {
        kubernetes_manifest: { b: { manifest: { kind: 'TargetGroupBinding', spec: { targetGroupARN: ARN } } } },
      },
    ],
    ['a cluster, whose manifests may be elsewhere', { aws_eks_cluster: { c: { name: 'portals' } } }],
    ['a chart', { helm_release: { app: { values: ['targetGroupARN: ${aws_lb_target_group.x.arn}'] } } }],
    [
      'a tag of the controller',
      {
        aws_lb_target_group: { x: { ...group, tags: { 'elbv2.k8s.aws/cluster': 'portals' } } },
      },
    ],
    [
      'a tag of an ingress, among those of a variable',
      {
        aws_lb_target_group: { x: { ...group, tags: '${merge(var.tags, { "ingress.k8s.aws/resource" = "x" })}' } },
      },
    ],
  ])('may be filled from outside where it is named by, or left to, %s', (_, resources, others = {}) => {
    expect(said(configuration(resources, others))).toEqual(OUTSIDE);
  });

  const arn = 'arn:aws:elasticloadbalancing:ap-southeast-1:111122223333:targetgroup/portal/0123456789abcdef';
  const lb = 'arn:aws:elasticloadbalancing:ap-southeast-1:111122223333:loadbalancer/app/portal/0123456789abcdef';
  const listener = { load_balancer_arn: lb, port: 443, default_action: [{ type: 'forward', target_group_arn: arn }] };
  const state = (values: object, others: readonly object[] = []) =>
    readStateJson({
      values: {
        ...values,
        root_module: {
          resources: [
            { type: 'aws_lb', name: 'portal', values: { arn: lb, ip_address_type: 'dualstack' } },
            { type: 'aws_lb_listener', name: 'https', values: listener },
            { type: 'aws_lb_target_group', name: 'x', values: { ...group, arn } },
            ...others,
          ].map((one) => ({
            mode: 'managed',
            address: `${(one as Resource).type}.${(one as { name: string }).name}`,
            ...one,
          })),
        },
      },
    });

  test('may be filled from outside where a state has it in an output, or in a longer text', () => {
    const chart = { type: 'null_resource', name: 'c', values: { triggers: { values: `group: ${arn}\n` } } };

    expect(said(state({}))).toEqual(MISTAKE);
    expect(said(state({ outputs: { group: { value: [arn] } } }))).toEqual(OUTSIDE);
    expect(said(state({}, [chart]))).toEqual(OUTSIDE);
  });

  test('may be filled from outside where a plan has it in an output', () => {
    const change = (type: string, name: string, after: object, after_unknown: object = {}) => ({
      address: `${type}.${name}`,
      mode: 'managed',
      type,
      name,
      change: { actions: ['create'], before: null, after, after_unknown },
    });
    const refs = (...references: string[]) => ({ references });
    const plan = (outputs: object) =>
      readPlanJson({
        format_version: '1.2',
        resource_changes: [
          change('aws_lb', 'portal', { ip_address_type: 'dualstack' }, { arn: true }),
          change(
            'aws_lb_listener',
            'https',
            { port: 443, default_action: [{ type: 'forward' }] },
            { load_balancer_arn: true, default_action: [{ target_group_arn: true }] },
          ),
          change('aws_lb_target_group', 'x', group, { arn: true }),
        ],
        configuration: {
          root_module: {
            outputs,
            resources: [
              {
                address: 'aws_lb_listener.https',
                mode: 'managed',
                type: 'aws_lb_listener',
                name: 'https',
                expressions: {
                  load_balancer_arn: refs('aws_lb.portal.arn', 'aws_lb.portal'),
                  default_action: [{ target_group_arn: refs('aws_lb_target_group.x.arn', 'aws_lb_target_group.x') }],
                },
              },
            ],
          },
        },
      });

    expect(said(plan({ name: { expression: refs('aws_lb.portal.dns_name', 'aws_lb.portal') } }))).toEqual(MISTAKE);
    expect(said(plan({ group: { expression: refs('aws_lb_target_group.x.arn', 'aws_lb_target_group.x') } }))).toEqual(
      OUTSIDE,
    );
  });
});

test('knows all where what is hidden is not the group', () => {
  const load_balancer = { target_group_arn: 'arn:aws:x', container_port: '${var.port}' };

  expect(registered({ aws_ecs_service: { s: { load_balancer } } })).toEqual({ found: [], complete: true });
});

test.each<[string, object]>([
  ['functions', { target_type: 'lambda' }],
  ['load balancers', { target_type: 'alb' }],
  ['a family that is not known', { ip_address_type: '${var.family}' }],
  ['a protocol without clients', { protocol: 'GENEVE' }],
  ['a port that is not known', { port: '${var.port}' }],
])('asks security groups nothing about %s', (_, group) => {
  const graph = readStackJson({
    resource: {
      aws_lb: { portal: { security_groups: [A] } },
      aws_lb_listener: { l: { load_balancer_arn: '${aws_lb.portal.arn}', default_action: { target_group_arn: ARN } } },
      aws_lb_target_group: { x: { port: 80, target_type: 'ip', ...group } },
      aws_lb_target_group_attachment: { x: { target_group_arn: ARN, target_id: '10.1.2.3' } },
      ...GROUPS,
    },
  });

  expect(passagesTo(graph, graph.at('aws_lb_target_group.x')!)).toEqual([]);
});

import { passagesTo } from '../../../policy/facts/target-access';
import { targetsOf } from '../../../policy/facts/targets';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

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

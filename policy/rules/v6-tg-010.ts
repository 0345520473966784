import { getsRequests, TARGET_GROUPS } from '../facts/load-balancers';
import { targetsOf } from '../facts/targets';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-TG-010',
  title: 'Somebody is registered in a target group that is forwarded to',
  group: 'targets and health',
  kind: 'presence',
  severity: 'error',
  hop: 'target',
  types: TARGET_GROUPS,
  why: 'A load balancer in front of an empty target group answers 503 over both families, however well everything before it is set up.',
  fix: 'Register somebody: the ECS service by its `load_balancer` block, the Auto Scaling group by `target_group_arns`, addresses or instances by `aws_lb_target_group_attachment`. Where somebody outside does, put its ARN into an output or a parameter for them, which says so.',
  sources: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html'],
  good: stack('${aws_lb_target_group.tasks.arn}'),
  bad: stack('arn:aws:elasticloadbalancing:ap-southeast-1:111122223333:targetgroup/other/0123456789abcdef'),
  unknown: {
    ...stack('${aws_lb_target_group.spare.arn}'),
    aws_ssm_parameter: { group: { name: '/portal/target-group', value: '${aws_lb_target_group.tasks.arn}' } },
  },

  check(targetGroup, graph) {
    if (!getsRequests(graph, targetGroup)) return undefined;
    const registered = targetsOf(graph, targetGroup);
    if (registered.targets.length > 0) return PASS;
    return registered.complete ? fail('nobody registers in it') : unknown('who registers in it cannot be seen here');
  },
};

function stack(arn: string): ExampleResources {
  return {
    aws_lb_listener: {
      https: {
        port: 443,
        default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.tasks.arn}' }],
      },
    },
    aws_lb_target_group: { tasks: { port: 8080, target_type: 'ip' }, spare: { port: 8080, target_type: 'ip' } },
    aws_ecs_service: { portal: { load_balancer: [{ target_group_arn: arn, container_port: 8080 }] } },
  };
}

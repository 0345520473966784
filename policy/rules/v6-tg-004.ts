import { TARGET_GROUPS } from '../facts/load-balancers';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-TG-004',
  title: 'Tasks with an interface of their own register by address',
  group: 'targets and health',
  kind: 'danger',
  severity: 'error',
  hop: 'target',
  types: ['aws_ecs_service'],
  why: 'A Fargate task, and any task in `awsvpc` mode, has its own network interface, so its target group must take addresses. With `target_type = "instance"`, which is what Terraform takes when none is written, AWS refuses the service.',
  fix: 'Set `target_type = "ip"` on the target group.',
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html'],
  good: stack('ip'),
  bad: stack('instance'),
  unknown: stack('${var.target_type}'),

  check(service, graph) {
    if (service.blocks('network_configuration').length === 0) return undefined;
    const groups = service
      .blocks('load_balancer')
      .flatMap((one) => graph.referenceIn(one.value('target_group_arn'), ...TARGET_GROUPS) ?? []);
    return groups.map((group) => {
      const byAddress = group.is('target_type', 'ip', 'instance');
      if (byAddress === undefined) return unknown(`the target type of ${group.address} is only known after apply`);
      if (byAddress) return PASS;
      return fail(`${group.address} takes targets of type ${group.known('target_type') ?? 'instance'}, not by address`);
    });
  },
};

function stack(type: string): ExampleResources {
  return {
    aws_lb_target_group: { tasks: { port: 8080, target_type: type } },
    aws_ecs_service: {
      portal: {
        launch_type: 'FARGATE',
        network_configuration: { subnets: ['subnet-0123456789abcdef0'] },
        load_balancer: [{ target_group_arn: '${aws_lb_target_group.tasks.arn}', container_port: 8080 }],
      },
    },
  };
}

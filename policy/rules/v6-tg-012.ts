import { isForwardedTo, TARGET_GROUPS } from '../facts/load-balancers';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-TG-012',
  title: 'A target group asks whether its targets are well',
  group: 'targets and health',
  kind: 'presence',
  severity: 'error',
  hop: 'health',
  types: TARGET_GROUPS,
  why: 'Records that evaluate target health, and the load balancer itself, move away from targets that are not well. AWS lets it be switched off for functions alone, and refuses that for all other targets.',
  fix: 'Leave out `enabled` in `health_check`, or set it to true.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html',
  ],
  good: stack({ path: '/healthz' }),
  bad: stack({ enabled: false, path: '/healthz' }),
  unknown: stack({ enabled: '${var.checked}' }),

  check(targetGroup, graph) {
    if (targetGroup.is('target_type', 'lambda') || !isForwardedTo(graph, targetGroup)) return undefined;
    const enabled = targetGroup.block('health_check').is('enabled', true, true);
    if (enabled === undefined) return unknown('whether its health check is on is only known after apply');
    return enabled ? PASS : fail('its health check is off');
  },
};

function stack(check: Readonly<Record<string, unknown>>): ExampleResources {
  return {
    aws_lb_listener: {
      https: { default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.tasks.arn}' }] },
    },
    aws_lb_target_group: { tasks: { port: 8080, target_type: 'ip', health_check: check } },
  };
}

import { isDualStack, loadBalancersOf, TARGET_GROUPS } from '../facts/load-balancers';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-TG-001',
  title: 'An IPv6 target group is behind a dual-stack load balancer',
  group: 'targets and health',
  kind: 'danger',
  severity: 'error',
  hop: 'target',
  types: TARGET_GROUPS,
  why: 'A load balancer without IPv6 addresses cannot reach targets over IPv6. AWS refuses it: "You cannot associate an IPv6 target group with a load balancer that has an \'ipv4\' IP address type".',
  fix: 'Set `ip_address_type = "dualstack"` on the load balancer, and keep `load_balancer_arn = aws_lb.x.arn` in its listener, so that the load balancer is switched first.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html',
    'https://github.com/zalando-incubator/kube-ingress-aws-controller/issues/752',
  ],
  good: stack('dualstack'),
  bad: stack('ipv4'),
  unknown: stack('${var.address_type}'),

  check(targetGroup, graph) {
    if (!targetGroup.is('ip_address_type', 'ipv6')) return undefined;
    const fronts = loadBalancersOf(graph, targetGroup);
    if (fronts.length === 0) return undefined;
    const single = fronts.filter((one) => isDualStack(one) === false);
    if (single.length > 0) {
      // One that faces the Internet has a finding of its own.
      return fail(`${single.map(({ address }) => address).join(', ')} in front of it has no IPv6`, { causes: single });
    }
    const hidden = fronts.find((one) => isDualStack(one) === undefined);
    return hidden ? unknown(`the address type of ${hidden.address} is only known after apply`) : PASS;
  },
};

function stack(type: string): ExampleResources {
  return {
    aws_lb: { portal: { internal: true, ip_address_type: type } },
    aws_lb_listener: {
      https: {
        load_balancer_arn: '${aws_lb.portal.arn}',
        port: 443,
        default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.tasks.arn}' }],
      },
    },
    aws_lb_target_group: { tasks: { port: 8080, target_type: 'ip', ip_address_type: 'ipv6' } },
  };
}

import { TARGET_GROUPS } from '../facts/load-balancers';
import { fail, PASS, type Rule } from '../rule';

export const rule: Rule = {
  id: 'V6-TG-002',
  title: 'A target group of functions or load balancers is not IPv6',
  group: 'targets and health',
  kind: 'danger',
  severity: 'error',
  hop: 'target',
  types: TARGET_GROUPS,
  why: 'Only targets by address or instance can be IPv6. For `lambda` and `alb` targets AWS knows no `ip_address_type = "ipv6"`; a plan accepts it all the same.',
  fix: 'Leave out `ip_address_type`.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html',
    'plan measured with AWS provider 5.100.0',
  ],
  good: { aws_lb_target_group: { front: { target_type: 'alb', port: 443 } } },
  bad: { aws_lb_target_group: { front: { target_type: 'alb', port: 443, ip_address_type: 'ipv6' } } },

  check(targetGroup) {
    const type = targetGroup.known('target_type');
    if (type !== 'lambda' && type !== 'alb') return undefined;
    return targetGroup.is('ip_address_type', 'ipv6') ? fail(`targets of type ${type} cannot be IPv6`) : PASS;
  },
};

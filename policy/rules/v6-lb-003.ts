import { isOfKind, LOAD_BALANCERS } from '../facts/load-balancers';
import { fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-LB-003',
  title: 'Only application load balancers do without public IPv4',
  group: 'load balancing',
  kind: 'danger',
  severity: 'error',
  hop: 'edge',
  types: LOAD_BALANCERS,
  why: '`dualstack-without-public-ipv4` is for application load balancers. Terraform plans it for network and gateway load balancers, too, and AWS refuses it at apply.',
  fix: 'Set `ip_address_type = "dualstack"`.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-ip-address-type.html',
    'plan measured with AWS provider 5.100.0',
  ],
  good: { aws_lb: { api: { load_balancer_type: 'network', ip_address_type: 'dualstack' } } },
  bad: { aws_lb: { api: { load_balancer_type: 'network', ip_address_type: 'dualstack-without-public-ipv4' } } },
  unknown: { aws_lb: { api: { load_balancer_type: '${var.type}', ip_address_type: 'dualstack-without-public-ipv4' } } },

  check(loadBalancer) {
    const isApplication = isOfKind(loadBalancer, 'application');
    if (isApplication || !loadBalancer.has('ip_address_type')) return undefined;
    const without = loadBalancer.is('ip_address_type', 'dualstack-without-public-ipv4');
    if (without === undefined) return undefined;
    if (!without) return PASS;
    if (isApplication === undefined) return unknown('the type of the load balancer is only known after apply');
    return fail(`a ${loadBalancer.known('load_balancer_type')!} load balancer cannot do without public IPv4`);
  },
};

import { isInternetFacing, isOrigin, LOAD_BALANCERS } from '../facts/load-balancers';
import { takenFrom } from '../facts/removals';
import { fail, PASS, type Rule, unknown } from '../rule';
import { Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-LB-001',
  title: 'An internet-facing load balancer is dual-stack',
  group: 'load balancing',
  kind: 'presence',
  severity: 'error',
  hop: 'edge',
  types: LOAD_BALANCERS,
  why: 'A load balancer has IPv4 addresses alone unless it is told otherwise. Then there is nothing that an AAAA record could point to, and clients over IPv6 have no door to knock at.',
  fix: 'Set `ip_address_type = "dualstack"`. Its subnets need IPv6 blocks and a route for ::/0 first.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html',
    'removal of the attribute measured with AWS provider 5.100.0: the plan is a no-op',
  ],
  good: { aws_lb: { portal: { internal: false, ip_address_type: 'dualstack' } } },
  bad: { aws_lb: { portal: { internal: false } } },
  unknown: { aws_lb: { portal: { ip_address_type: '${var.address_type}' } } },

  check(loadBalancer, graph) {
    const isPublic = isInternetFacing(loadBalancer);
    if (isPublic === false) return undefined;
    const type = loadBalancer.string('ip_address_type') ?? 'ipv4';
    if (type instanceof Unknown) return unknown(`the address type is ${String(type)}`);
    if (type !== 'ipv4') {
      if (loadBalancer.configures('ip_address_type')) return PASS;
      return fail(`the load balancer is ${type}, but the configuration does not say so`, {
        severity: 'warning',
        fix: `Write \`ip_address_type = "${type}"\`: Terraform does not hold on to what is not written, and a load balancer made anew would be IPv4.`,
      });
    }
    if (!isPublic)
      return unknown('the address type is ipv4, and whether it faces the Internet is only known after apply');
    const message = loadBalancer.has('ip_address_type')
      ? 'the address type is ipv4'
      : 'no address type is written, which makes it ipv4';
    // CloudFront has IPv6 addresses of its own, and reaches its origins over IPv4.
    return fail(message, {
      causes: takenFrom(graph, loadBalancer),
      ...(isOrigin(graph, loadBalancer) && { severity: 'warning' }),
    });
  },
};

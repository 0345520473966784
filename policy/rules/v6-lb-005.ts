import { isDualStack, isOfKind, LISTENERS, loadBalancerOf } from '../facts/load-balancers';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-LB-005',
  title: 'A dual-stack network load balancer listens to UDP only with a prefix to translate to',
  group: 'load balancing',
  kind: 'danger',
  severity: 'error',
  hop: 'listener',
  types: LISTENERS,
  why: 'For UDP over IPv6 the load balancer needs a prefix of source addresses to translate to. Without one AWS refuses the listener, after a plan that shows nothing wrong; QUIC it refuses always.',
  fix: 'Use TCP or TLS, give UDP a load balancer of its own, or set `enable_prefix_for_ipv6_source_nat = "on"` where the provider knows it (newer than 6.25).',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-ip-address-type.html',
    'plan measured with AWS provider 5.100.0',
  ],
  good: stack('TLS'),
  bad: stack('UDP'),
  unknown: stack('${var.protocol}'),

  check(listener, graph) {
    const loadBalancer = loadBalancerOf(graph, listener);
    if (!loadBalancer || !isOfKind(loadBalancer, 'network') || !listener.has('protocol')) return undefined;
    const dualStack = isDualStack(loadBalancer);
    if (dualStack === false) return undefined;
    const protocol = listener.known('protocol')?.toUpperCase();
    if (protocol === undefined) return unknown('the protocol is only known after apply');
    if (!REFUSED.includes(protocol)) return PASS;
    if (dualStack === undefined)
      return unknown(`the address type of ${loadBalancer.address} is only known after apply`);
    const prefix = loadBalancer.is('enable_prefix_for_ipv6_source_nat', 'on', 'off');
    if (protocol.endsWith('QUIC'))
      return fail(`a dual-stack network load balancer has no ${protocol}: ${loadBalancer.address}`);
    if (prefix === false) return fail(`${loadBalancer.address} is dual-stack without a prefix for ${protocol}`);
    return prefix
      ? PASS
      : unknown(`whether ${loadBalancer.address} has a prefix for ${protocol} is only known after apply`);
  },
};

const REFUSED: readonly string[] = ['UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'];

function stack(protocol: string): ExampleResources {
  return {
    aws_lb: { api: { load_balancer_type: 'network', ip_address_type: 'dualstack' } },
    aws_lb_listener: { api: { load_balancer_arn: '${aws_lb.api.arn}', port: 443, protocol } },
  };
}

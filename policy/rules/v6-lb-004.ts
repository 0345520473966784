import {
  isBehindEdge,
  isInternetFacing,
  isOfKind,
  listenerRulesOf,
  listenersOf,
  LOAD_BALANCERS,
  mayBeBehindEdge,
} from '../facts/load-balancers';
import type { Resource, ResourceGraph } from '../resource-graph';
import { fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-LB-004',
  title: 'A public portal keeps its public IPv4 addresses',
  group: 'load balancing',
  kind: 'parity',
  severity: 'error',
  hop: 'edge',
  types: LOAD_BALANCERS,
  why: 'With `dualstack-without-public-ipv4` citizens who have IPv4 alone are cut off, and sign-in by OIDC or Cognito ends in HTTP 500, because the load balancer calls the identity provider over IPv4.',
  fix: 'Set `ip_address_type = "dualstack"`, or put CloudFront or Global Accelerator in front.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html',
    'https://aws.amazon.com/blogs/networking-and-content-delivery/introducing-dual-stack-without-public-ipv4-application-load-balancer/',
  ],
  good: { aws_lb: { portal: { ip_address_type: 'dualstack' } } },
  bad: { aws_lb: { portal: { ip_address_type: 'dualstack-without-public-ipv4' } } },
  unknown: {
    aws_lb: { portal: { ip_address_type: 'dualstack-without-public-ipv4' }, other: { internal: true } },
    aws_cloudfront_distribution: { portal: { origin: [{ domain_name: '${var.origin}' }] } },
  },

  check(loadBalancer, graph) {
    if (!isOfKind(loadBalancer, 'application') || isInternetFacing(loadBalancer) === false) return undefined;
    if (!loadBalancer.has('ip_address_type')) return undefined;
    const without = loadBalancer.is('ip_address_type', 'dualstack-without-public-ipv4');
    if (!without) return without === false ? PASS : undefined;
    const signIn = signsIn(graph, loadBalancer);
    if (signIn) {
      return fail(
        `the load balancer has no public IPv4 addresses, but ${signIn.address} signs people in by OIDC or Cognito`,
        {
          fix: 'Set `ip_address_type = "dualstack"`.',
        },
      );
    }
    if (isBehindEdge(graph, loadBalancer)) return PASS;
    return mayBeBehindEdge(graph, loadBalancer) || isInternetFacing(loadBalancer) === undefined
      ? unknown('the load balancer has no public IPv4 addresses, and what is in front of it cannot be seen here')
      : fail('the load balancer has no public IPv4 addresses: citizens without IPv6 cannot reach it');
  },
};

/** A listener or a rule of one that asks an identity provider. */
function signsIn(graph: ResourceGraph, loadBalancer: Resource): Resource | undefined {
  const listeners = listenersOf(graph, loadBalancer).found;
  const rules = listeners.flatMap((listener) => listenerRulesOf(graph, listener).found);
  return [...listeners, ...rules].find((one) =>
    [...one.blocks('default_action'), ...one.blocks('action')].some(
      (action) => action.is('type', 'authenticate-oidc') || action.is('type', 'authenticate-cognito'),
    ),
  );
}

import {
  isInternetFacing,
  isOfKind,
  isOrigin,
  listenerRulesOf,
  listenersOf,
  LOAD_BALANCERS,
} from '../facts/load-balancers';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';
import type { Maybe } from '../value';

export const rule: Rule = {
  id: 'V6-LB-011',
  title: 'Port 80 redirects to HTTPS',
  group: 'load balancing',
  kind: 'parity',
  severity: 'warning',
  types: LOAD_BALANCERS,
  why: 'People type a name without https, and tests of IPv6 readiness ask ports 80 and 443 over both families. A port 80 that is closed, or that answers in plain text, is not what they expect.',
  fix: 'Add a listener on port 80 with `protocol = "HTTP"` whose default action redirects to port 443 and HTTPS with `HTTP_301`.',
  sources: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html'],
  good: stack([{ type: 'redirect', redirect: { port: '443', protocol: 'HTTPS', status_code: 'HTTP_301' } }]),
  bad: stack([{ type: 'forward', target_group_arn: '${aws_lb_target_group.portal.arn}' }]),
  unknown: stack([{ type: 'redirect', redirect: { protocol: '${var.protocol}', status_code: 'HTTP_301' } }]),

  check(loadBalancer, graph) {
    if (!isOfKind(loadBalancer, 'application') || !isInternetFacing(loadBalancer)) return undefined;
    const { found, complete } = listenersOf(graph, loadBalancer);
    // Without any, V6-LB-010 speaks; CloudFront redirects for itself.
    if (found.length === 0 || isOrigin(graph, loadBalancer)) return undefined;
    const http = found.find((listener) => listener.is('port', 80));
    if (!http) {
      return complete && found.every((listener) => listener.is('port', 80) === false)
        ? fail('nothing listens on port 80')
        : unknown('its listeners are not all part of this input');
    }
    const protocol = http.known('protocol') ?? 'HTTP';
    if (protocol !== 'HTTP') return fail(`${http.address} speaks ${protocol} on port 80`);
    const redirects = redirectsToHttps(graph, http);
    if (redirects === undefined) return unknown(`what ${http.address} answers cannot be seen here`);
    return redirects ? PASS : fail(`${http.address} does not redirect to HTTPS`);
  },
};

function redirectsToHttps(graph: ResourceGraph, listener: Resource): Maybe {
  const rules = listenerRulesOf(graph, listener);
  const sources = [listener, ...rules.found];
  const redirects = sources
    .flatMap((one) => [...one.blocks('default_action'), ...one.blocks('action')])
    .flatMap((action) => action.blocks('redirect'));
  if (redirects.some((redirect) => redirect.is('protocol', 'HTTPS'))) return true;
  const hidden = listener.hides('default_action') || redirects.some((one) => one.is('protocol', 'HTTPS') === undefined);
  return hidden || !rules.complete ? undefined : false;
}

function stack(action: readonly unknown[]): ExampleResources {
  return {
    aws_lb: { portal: { ip_address_type: 'dualstack' } },
    aws_lb_target_group: { portal: { port: 8080, protocol: 'HTTP' } },
    aws_lb_listener: {
      http: { load_balancer_arn: '${aws_lb.portal.arn}', port: 80, protocol: 'HTTP', default_action: action },
    },
  };
}

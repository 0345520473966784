import {
  isInternetFacing,
  isOfKind,
  isOrigin,
  listenersOf,
  LOAD_BALANCERS,
  targetGroupsOfListener,
} from '../facts/load-balancers';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';

export const rule: Rule = {
  id: 'V6-LB-010',
  title: 'An internet-facing application load balancer takes HTTPS and hands it on',
  group: 'load balancing',
  kind: 'presence',
  severity: 'error',
  hop: 'listener',
  types: LOAD_BALANCERS,
  why: 'A listener serves both families at once. Without one on port 443 that forwards to targets, every record, route and firewall rule before it leads to a closed door.',
  fix: 'Add an `aws_lb_listener` on port 443 with `protocol = "HTTPS"`, a certificate, and a default action or a rule that forwards to the target group.',
  sources: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html'],
  good: stack(443, 'HTTPS'),
  bad: stack(8443, 'HTTPS'),
  unknown: {
    aws_lb: { portal: {}, other: { internal: true } },
    aws_lb_listener: { https: { load_balancer_arn: '${var.load_balancer_arn}', port: 443, protocol: 'HTTPS' } },
  },

  check(loadBalancer, graph) {
    if (!isOfKind(loadBalancer, 'application') || !isInternetFacing(loadBalancer)) return undefined;
    const { found, complete } = listenersOf(graph, loadBalancer);
    // CloudFront chooses the port and the protocol.
    const isBehind = isOrigin(graph, loadBalancer);
    const doors = isBehind ? found : found.filter(isOn443);
    const refused = doors.find((listener) => !SPOKEN.includes(listener.known('protocol') ?? 'HTTPS'));
    if (refused) {
      const protocol = refused.known('protocol')!;
      return fail(`${refused.address} speaks ${protocol}, which an application load balancer does not`);
    }
    const https = isBehind ? doors : doors.filter((listener) => listener.is('protocol', 'HTTP') !== true);
    if (https.length > 0) return handsOn(graph, https);
    if (!complete) return unknown('its listeners are not all part of this input');
    if (found.length === 0) return fail('it has no listener');
    return fail(`none of its listeners takes HTTPS on port 443: ${found.map(({ address }) => address).join(', ')}`);
  },
};

const SPOKEN: readonly string[] = ['HTTP', 'HTTPS'];

function isOn443(listener: Resource): boolean {
  return listener.is('port', 443) !== false;
}

function handsOn(graph: ResourceGraph, listeners: readonly Resource[]): Verdict {
  const groups = listeners.map((listener) => targetGroupsOfListener(graph, listener));
  if (groups.some(({ found }) => found.length > 0)) return PASS;
  const actions = listeners.flatMap((listener) => listener.blocks('default_action'));
  if (actions.some((action) => action.is('type', 'redirect'))) return PASS;
  const names = listeners.map(({ address }) => address).join(', ');
  if (!groups.every(({ complete }) => complete)) {
    return unknown(`the target group of ${names} is not part of this input`);
  }
  // A load balancer that several stacks share refuses whom none of their rules knows.
  return actions.some((action) => action.is('type', 'fixed-response'))
    ? unknown(`${names} refuses everybody, unless rules of other stacks forward`)
    : fail(`${names} forwards to no target group`);
}

function stack(port: number, protocol: string): ExampleResources {
  return {
    aws_lb: { portal: { ip_address_type: 'dualstack' } },
    aws_lb_target_group: { portal: { port: 8080, protocol: 'HTTP' } },
    aws_lb_listener: {
      https: {
        load_balancer_arn: '${aws_lb.portal.arn}',
        port,
        protocol,
        default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.portal.arn}' }],
      },
    },
  };
}

import { isDualStack, isOfKind, loadBalancersOf, TARGET_GROUPS } from '../facts/load-balancers';
import type { Resource } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';
import type { Maybe } from '../value';

export const rule: Rule = {
  id: 'V6-LB-007',
  title: 'Behind a dual-stack network load balancer the client address comes by the PROXY protocol',
  group: 'load balancing',
  kind: 'parity',
  severity: 'warning',
  types: TARGET_GROUPS,
  why: 'A target group has one family. For clients of the other the load balancer translates, and then their address cannot be preserved: logs, limits and blocks see the load balancer instead.',
  fix: 'Set `proxy_protocol_v2 = true` (and `preserve_client_ip = "false"`), and let the targets read the PROXY header; or use an application load balancer, which adds X-Forwarded-For.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html',
  ],
  good: stack({ preserve_client_ip: 'false', proxy_protocol_v2: true }),
  bad: stack({ preserve_client_ip: 'true' }),
  unknown: stack({ preserve_client_ip: '${var.preserve}' }),

  check(targetGroup, graph) {
    const front = loadBalancersOf(graph, targetGroup).find((one) => isOfKind(one, 'network') && isDualStack(one));
    if (!front || targetGroup.is('proxy_protocol_v2', true, false)) return front && PASS;
    const preserves = preservesAddresses(targetGroup);
    if (preserves === undefined) return unknown('whether client addresses are preserved is only known after apply');
    const other = targetGroup.is('ip_address_type', 'ipv6') ? 'IPv4' : 'IPv6';
    if (preserves) return fail(`${front.address} cannot preserve the addresses of clients over ${other}`);
    // Where nobody says anything, addresses are as lost over one family as over the other.
    return targetGroup.has('preserve_client_ip')
      ? fail('client addresses are not preserved, and no PROXY header brings them')
      : PASS;
  },
};

/** AWS preserves addresses for instances unless told otherwise, and for targets by address only of UDP. */
function preservesAddresses(targetGroup: Resource): Maybe {
  if (targetGroup.has('preserve_client_ip')) return targetGroup.is('preserve_client_ip', true);
  if (targetGroup.known('protocol')?.toUpperCase().endsWith('UDP')) return true;
  return targetGroup.is('target_type', 'instance', 'instance');
}

function stack(attributes: Readonly<Record<string, unknown>>): ExampleResources {
  return {
    aws_lb: { api: { load_balancer_type: 'network', ip_address_type: 'dualstack' } },
    aws_lb_listener: {
      api: {
        load_balancer_arn: '${aws_lb.api.arn}',
        default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.api.arn}' }],
      },
    },
    aws_lb_target_group: { api: { port: 443, protocol: 'TCP', ...attributes } },
  };
}

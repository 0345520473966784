import { isDualStack, isOfKind, LOAD_BALANCERS, targetGroupsOf } from '../facts/load-balancers';
import { isPublic, recordsLeadingTo } from '../facts/records';
import { takenFrom } from '../facts/removals';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';
import type { Block } from '../value';

export const rule: Rule = {
  id: 'V6-RES-003',
  title: 'A Global Accelerator has IPv6 addresses, and endpoints that take it',
  group: 'load balancing',
  kind: 'presence',
  severity: 'warning',
  hop: 'edge',
  types: ['aws_globalaccelerator_accelerator'],
  why: 'An accelerator has two IPv4 addresses, and two IPv6 addresses only if it is DUAL_STACK. A dual-stack accelerator takes dual-stack endpoints that preserve client addresses; AWS refuses all others.',
  fix: 'Set `ip_address_type = "DUAL_STACK"` on the accelerator and `client_ip_preservation_enabled = true` on its endpoints, and make the load balancers behind it dualstack.',
  sources: [
    'https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints-caveats.html',
    'https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints.html',
    'plan measured with AWS provider 5.100.0',
  ],
  good: stack('DUAL_STACK'),
  bad: stack('IPV4'),
  unknown: stack('${var.address_type}'),

  check(accelerator, graph) {
    const dualStack = accelerator.is('ip_address_type', 'DUAL_STACK', 'IPV4');
    if (dualStack === undefined) return unknown('the address type of the accelerator is only known after apply');
    if (!dualStack) {
      return fail('the accelerator has IPv4 addresses alone', {
        causes: takenFrom(graph, accelerator),
        ...(isDoor(graph, accelerator) && { severity: 'error' }),
      });
    }
    const verdicts = endpointsOf(graph, accelerator).flatMap((endpoint) => judge(graph, endpoint) ?? []);
    return verdicts.length > 0 ? verdicts : PASS;
  },
};

/** Whether a public name leads there, so that citizens over IPv6 have no other door. */
function isDoor(graph: ResourceGraph, accelerator: Resource): boolean {
  return recordsLeadingTo(graph, accelerator).some((record) => isPublic(graph, record) !== false);
}

function endpointsOf(graph: ResourceGraph, accelerator: Resource): readonly Block[] {
  return graph
    .referring('aws_globalaccelerator_listener', 'accelerator_arn', accelerator)
    .flatMap((listener) => graph.referring('aws_globalaccelerator_endpoint_group', 'listener_arn', listener))
    .flatMap((group) => group.blocks('endpoint_configuration'));
}

function judge(graph: ResourceGraph, endpoint: Block): Verdict | undefined {
  const loadBalancer = graph.referenceIn(endpoint.value('endpoint_id'), ...LOAD_BALANCERS);
  const name = loadBalancer?.address ?? String(endpoint.string('endpoint_id') ?? '');
  // AWS preserves client addresses unless told otherwise only for application load balancers that face the Internet.
  if (endpoint.is('client_ip_preservation_enabled', false)) {
    return fail(`the endpoint ${name} does not preserve client addresses`, { severity: 'error' });
  }
  if (!loadBalancer) return undefined;
  if (isDualStack(loadBalancer) === false) {
    return fail(`the endpoint ${name} is not dual-stack`, { severity: 'error', causes: [loadBalancer] });
  }
  if (!isOfKind(loadBalancer, 'network')) return undefined;
  const refused = targetGroupsOf(graph, loadBalancer).found.find(
    (group) =>
      group.is('target_type', 'ip', 'instance') ||
      (group.is('target_type', 'instance', 'instance') && group.is('ip_address_type', 'ipv6')),
  );
  if (!refused) return undefined;
  const what = refused.is('target_type', 'ip') ? 'targets by address' : 'IPv6 instances';
  return fail(`the network load balancer ${name} forwards to ${what}: ${refused.address}`, { severity: 'error' });
}

function stack(type: string): ExampleResources {
  return {
    aws_lb: { portal: { ip_address_type: 'dualstack' } },
    aws_globalaccelerator_accelerator: { portal: { name: 'portal', ip_address_type: type } },
    aws_globalaccelerator_listener: {
      https: { accelerator_arn: '${aws_globalaccelerator_accelerator.portal.id}', protocol: 'TCP' },
    },
    aws_globalaccelerator_endpoint_group: {
      portal: {
        listener_arn: '${aws_globalaccelerator_listener.https.id}',
        endpoint_configuration: [{ endpoint_id: '${aws_lb.portal.arn}', client_ip_preservation_enabled: true }],
      },
    },
  };
}

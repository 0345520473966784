import type { Family } from '../../core/cidr';
import { edgesOf } from '../../policy/hops/edges';
import type { HopName, HopResult } from '../../policy/hops/hop';
import { hopsOf } from '../../policy/hops/hops';
import type { ResourceGraph } from '../../policy/resource-graph';
import { type Edit, plainStack } from './plain-stack';

/** The plain stack with Global Accelerator in front of its load balancer, changed by some edits. */
export function acceleratorStack(...edits: readonly Edit[]): ResourceGraph {
  return plainStack(accelerated, ...edits);
}

/** What a family finds at a hop of it. */
export function findAtAccelerator(hop: HopName, family: Family, ...edits: readonly Edit[]): HopResult {
  const graph = acceleratorStack(...edits);
  const edge = edgesOf(graph).find(({ kind }) => kind === 'accelerator');
  return hopsOf(graph, edge!, family)[hop];
}

/** The accelerator by names of its own, and the records of the portal led to it. */
const accelerated: Edit = (resources) => {
  resources.aws_globalaccelerator_accelerator = { front: { name: 'hue', ip_address_type: 'DUAL_STACK' } };
  resources.aws_globalaccelerator_listener = {
    https: {
      accelerator_arn: '${aws_globalaccelerator_accelerator.front.id}',
      protocol: 'TCP',
      port_range: [
        { from_port: 80, to_port: 80 },
        { from_port: 443, to_port: 443 },
      ],
    },
  };
  resources.aws_globalaccelerator_endpoint_group = {
    portal: {
      listener_arn: '${aws_globalaccelerator_listener.https.id}',
      endpoint_configuration: [
        { endpoint_id: '${aws_lb.edge.arn}', weight: 128, client_ip_preservation_enabled: true },
      ],
    },
  };
  for (const record of Object.values(resources.aws_route53_record!)) {
    const name = record.type === 'AAAA' ? 'dual_stack_dns_name' : 'dns_name';
    record.alias = { name: `\${aws_globalaccelerator_accelerator.front.${name}}`, evaluate_target_health: true };
  }
};

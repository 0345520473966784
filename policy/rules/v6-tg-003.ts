import { launchTemplateOf, TARGET_GROUPS } from '../facts/load-balancers';
import { interfacesOf, type Target, targetsOf } from '../facts/targets';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';
import { type Maybe, some } from '../value';

export const rule: Rule = {
  id: 'V6-TG-003',
  title: 'Instances in an IPv6 target group have a primary IPv6 address',
  group: 'targets and health',
  kind: 'presence',
  severity: 'error',
  hop: 'target',
  types: TARGET_GROUPS,
  why: 'An instance is registered in an IPv6 target group by its primary IPv6 address, and has none unless it is asked for. AWS refuses it then: "InvalidTarget ... missing primary IPv6 addresses".',
  fix: 'In the launch template set `primary_ipv6 = "true"` and `ipv6_address_count = 1` in `network_interfaces` (on an `aws_instance` or `aws_network_interface` set `enable_primary_ipv6 = true`), then refresh the instances.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3692',
  ],
  good: stack({ primary_ipv6: 'true', ipv6_address_count: 1 }),
  bad: stack({ ipv6_address_count: 1 }),
  unknown: stack({ primary_ipv6: '${var.primary}', ipv6_address_count: 1 }),

  check(targetGroup, graph) {
    if (!targetGroup.is('ip_address_type', 'ipv6') || !targetGroup.is('target_type', 'instance', 'instance')) {
      return undefined;
    }
    // Which instances tasks are on, a service does not say.
    const targets = targetsOf(graph, targetGroup).targets.filter(
      ({ resource }) => !resource.type.startsWith('aws_ecs_'),
    );
    if (targets.length === 0) return undefined;
    const lacking = targets.filter((target) => targetHasPrimary(graph, target) === false);
    if (lacking.length > 0) {
      const names = new Set(lacking.map(({ resource, instances }) => (instances ?? resource).address));
      return fail(`no primary IPv6 address is asked for in ${[...names].join(', ')}`);
    }
    const hidden = targets.find((target) => !targetHasPrimary(graph, target));
    return hidden
      ? unknown(`whether the instances of ${hidden.resource.address} have a primary IPv6 address cannot be seen here`)
      : PASS;
  },
};

function targetHasPrimary(graph: ResourceGraph, { instances }: Target): Maybe {
  return instances && hasPrimary(graph, instances);
}

function hasPrimary(graph: ResourceGraph, instances: Resource): Maybe {
  if (instances.hides('network_interfaces')) return undefined;
  const template = launchTemplateOf(graph, instances);
  const fromTemplate = template ? hasPrimary(graph, template) : instances.has('launch_template') ? undefined : false;
  return some([
    instances.is('enable_primary_ipv6', true, false),
    ...instances.blocks('network_interfaces').map((one) => one.is('primary_ipv6', true, false)),
    ...interfacesOf(graph, instances).map((one) => one.is('enable_primary_ipv6', true, false)),
    fromTemplate,
  ]);
}

function stack(networkInterface: Readonly<Record<string, unknown>>): ExampleResources {
  return {
    aws_lb_target_group: { web: { port: 443, target_type: 'instance', ip_address_type: 'ipv6' } },
    aws_launch_template: { web: { network_interfaces: [{ device_index: 0, ...networkInterface }] } },
    aws_autoscaling_group: {
      web: {
        launch_template: { id: '${aws_launch_template.web.id}' },
        target_group_arns: ['${aws_lb_target_group.web.arn}'],
      },
    },
  };
}

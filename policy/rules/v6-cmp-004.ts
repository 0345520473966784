import { vpcHasIpv6 } from '../facts/address-blocks';
import { isFargate } from '../facts/compute';
import { familyOf } from '../facts/load-balancers';
import { targetGroupsOfService, taskDefinitionOf } from '../facts/services';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-CMP-004',
  title: 'Tasks of a dual-stack network have interfaces of their own',
  group: 'compute',
  kind: 'presence',
  severity: 'warning',
  types: ['aws_ecs_task_definition'],
  why: 'Only with network mode `awsvpc` a task has an interface, and with it an IPv6 address. In the others it shares what its host has, and Docker gives its bridge no IPv6.',
  fix: 'Set `network_mode = "awsvpc"`, and give the service a `network_configuration`.',
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html'],
  good: stack({ network_mode: 'awsvpc' }),
  bad: stack({ network_mode: 'bridge' }),
  unknown: stack({ network_mode: '${var.mode}' }),

  check(task, graph) {
    const services = graph.ofType('aws_ecs_service').filter((service) => taskDefinitionOf(graph, service) === task);
    if (services.length === 0 || !isAboutIpv6(services, graph)) return undefined;
    const own = task.is('network_mode', 'awsvpc', 'bridge');
    if (own) return PASS;
    if (own === undefined) return unknown('the network mode is only known after apply');
    const mode = task.known('network_mode') ?? 'bridge, as none is written';
    if (services.some(isFargate))
      return fail(`Fargate takes no network mode but awsvpc; this is ${mode}`, { severity: 'error' });
    // Behind an IPv4 target group citizens notice nothing.
    const severity = services.some((service) => takesIpv6(service, graph)) ? 'warning' : 'notice';
    return fail(`the network mode is ${mode}: its tasks have no IPv6 addresses`, { severity });
  },
};

function isAboutIpv6(services: readonly Resource[], graph: ResourceGraph): boolean {
  return (
    graph.ofType('aws_vpc').some((vpc) => vpcHasIpv6(graph, vpc) === true) ||
    services.some((service) => takesIpv6(service, graph))
  );
}

function takesIpv6(service: Resource, graph: ResourceGraph): boolean {
  return targetGroupsOfService(graph, service).found.some((group) => familyOf(group) === 'ipv6');
}

function stack(task: Readonly<Record<string, unknown>>): ExampleResources {
  return {
    aws_lb_target_group: { portal: { port: 8080, protocol: 'HTTP', ip_address_type: 'ipv6' } },
    aws_ecs_task_definition: { portal: { family: 'portal', ...task } },
    aws_ecs_service: {
      portal: {
        launch_type: 'EC2',
        task_definition: '${aws_ecs_task_definition.portal.arn}',
        load_balancer: [
          { target_group_arn: '${aws_lb_target_group.portal.arn}', container_name: 'portal', container_port: 8080 },
        ],
      },
    },
  };
}

import { isIpv6Only } from '../facts/address-blocks';
import { familyOf } from '../facts/load-balancers';
import { imagesOf, subnetsOfService, targetGroupsOfService, taskDefinitionOf } from '../facts/services';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-CMP-003',
  title: 'Tasks in IPv6-only subnets need nothing that is IPv4',
  group: 'compute',
  kind: 'danger',
  severity: 'error',
  hop: 'target',
  types: ['aws_ecs_service'],
  why: 'A task without IPv4 cannot be a target of an IPv4 target group, nor fetch its image from a registry without IPv6, and ECS Exec and Windows do not work there at all.',
  fix: 'Use `ip_address_type = "ipv6"` on the target group, an image of `<account>.dkr-ecr.<region>.on.aws` and Linux without ECS Exec; or run the tasks in dual-stack subnets.',
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html'],
  good: stack('ipv6'),
  bad: stack('ipv4'),
  unknown: stack('${var.target_type}'),

  check(service, graph) {
    const native = subnetsOfService(graph, service).found.filter((subnet) => isIpv6Only(subnet));
    if (native.length === 0) return undefined;
    const problems = problemsOf(service, graph);
    if (problems.length > 0) {
      return fail(`${native.map(({ address }) => address).join(', ')}: IPv6 alone, but ${problems.join(', ')}`);
    }
    const { found, complete } = targetGroupsOfService(graph, service);
    const seen = complete && found.every((group) => familyOf(group) !== undefined);
    return seen ? PASS : unknown('the family of its target groups cannot be seen here');
  },
};

function problemsOf(service: Resource, graph: ResourceGraph): string[] {
  const task = taskDefinitionOf(graph, service);
  const groups = targetGroupsOfService(graph, service).found.filter((group) => familyOf(group) === 'ipv4');
  const images = task ? imagesOf(task).filter((image) => image.includes('.dkr.ecr.')) : [];
  const system = task?.block('runtime_platform').known('operating_system_family') ?? 'LINUX';
  return [
    ...groups.map(({ address }) => `${address} is an IPv4 target group`),
    ...images.map((image) => `${image} is in a registry without IPv6`),
    ...(service.is('enable_execute_command', true) ? ['ECS Exec is on'] : []),
    ...(system.startsWith('WINDOWS') ? [`the tasks are ${system}`] : []),
  ];
}

function stack(targetType: string): ExampleResources {
  return {
    aws_subnet: { app: { ipv6_native: true, ipv6_cidr_block: '2406:da18:77:1::/64' } },
    aws_lb_target_group: { portal: { target_type: 'ip', port: 8080, protocol: 'HTTP', ip_address_type: targetType } },
    aws_ecs_service: {
      portal: {
        launch_type: 'FARGATE',
        network_configuration: { subnets: ['${aws_subnet.app.id}'] },
        load_balancer: [
          { target_group_arn: '${aws_lb_target_group.portal.arn}', container_name: 'portal', container_port: 8080 },
        ],
      },
    },
  };
}

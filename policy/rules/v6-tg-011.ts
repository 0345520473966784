import { TARGET_GROUPS } from '../facts/load-balancers';
import { type Passage, passagesTo } from '../facts/target-access';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-TG-011',
  title: 'The load balancer and its targets may speak to each other',
  group: 'targets and health',
  kind: 'presence',
  severity: 'error',
  hop: 'target',
  types: TARGET_GROUPS,
  why: 'Requests and health checks leave by the security groups of the load balancer and come in by those of the targets. Where one of them does not open the port, all targets are unhealthy, and clients over both families get 502 or 504.',
  fix: "Add an egress rule for the port to the load balancer's security group that names the targets', and an ingress rule to the targets' that names the load balancer's.",
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
  ],
  good: stack(8080),
  bad: stack(80),
  unknown: stack('${var.port}'),

  check(targetGroup, graph) {
    const passages = passagesTo(graph, targetGroup);
    if (passages.length === 0) return undefined;
    // What only the other family may pass is for V6-TG-008.
    const shut = passages.filter(({ isOpen, isOpenOverOther }) => isOpen === false && isOpenOverOther === false);
    if (shut.length > 0) {
      const groupless = shut.map(({ loadBalancer }) => loadBalancer).filter((one) => !one.has('security_groups'));
      // A load balancer that got the default group of its VPC has a finding of its own.
      const causes = groupless.map((resource) => ({ rule: 'V6-SG-001', resource }));
      return fail([...new Set(shut.map(described))].join('; '), {
        causes: causes.length === shut.length ? causes : [],
      });
    }
    const hidden = passages.find(({ isOpen }) => isOpen === undefined);
    return hidden ? unknown(`whether ${described(hidden)} cannot be seen here`) : PASS;
  },
};

function described({ loadBalancer, target, direction, groups, port, isOpen }: Passage): string {
  const names = groups.found.map(({ address }) => address).join(', ') || 'their security group';
  const verb = isOpen === false ? 'does not let' : 'lets';
  return direction === 'egress'
    ? `${names} ${verb} ${loadBalancer.address} out to port ${port} of ${target.resource.address}`
    : `${names} ${verb} ${loadBalancer.address} in to port ${port} of ${target.resource.address}`;
}

function stack(opened: unknown): ExampleResources {
  const port = { ip_protocol: 'tcp', from_port: opened, to_port: opened };
  return {
    aws_security_group: { edge: { egress: [] }, app: {} },
    aws_vpc_security_group_egress_rule: {
      edge: {
        security_group_id: '${aws_security_group.edge.id}',
        referenced_security_group_id: '${aws_security_group.app.id}',
        ip_protocol: 'tcp',
        from_port: 8080,
        to_port: 8080,
      },
    },
    aws_vpc_security_group_ingress_rule: {
      app: {
        security_group_id: '${aws_security_group.app.id}',
        referenced_security_group_id: '${aws_security_group.edge.id}',
        ...port,
      },
    },
    aws_lb: { portal: { ip_address_type: 'dualstack', security_groups: ['${aws_security_group.edge.id}'] } },
    aws_lb_listener: {
      https: {
        load_balancer_arn: '${aws_lb.portal.arn}',
        default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.tasks.arn}' }],
      },
    },
    aws_lb_target_group: { tasks: { port: 8080, target_type: 'ip' } },
    aws_ecs_service: {
      portal: {
        network_configuration: { security_groups: ['${aws_security_group.app.id}'] },
        load_balancer: [{ target_group_arn: '${aws_lb_target_group.tasks.arn}', container_port: 8080 }],
      },
    },
  };
}

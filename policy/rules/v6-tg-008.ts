import { TARGET_GROUPS } from '../facts/load-balancers';
import { type Passage, passagesTo } from '../facts/target-access';
import { type ExampleResources, fail, PASS, type Rule } from '../rule';

export const rule: Rule = {
  id: 'V6-TG-008',
  title: "Security groups open the way to targets in the target group's family",
  group: 'targets and health',
  kind: 'parity',
  severity: 'error',
  hop: 'target',
  types: TARGET_GROUPS,
  why: 'A load balancer speaks to its targets, and checks their health, in the family of the target group. Rules by ranges of the other family alone let none of that through: all targets are unhealthy.',
  fix: 'Name the other security group instead of ranges (`referenced_security_group_id`), which is right for both families; or add the ranges of the family.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html',
  ],
  good: stack({ referenced_security_group_id: '${aws_security_group.edge.id}' }),
  bad: stack({ cidr_ipv4: '10.0.0.0/16' }),

  check(targetGroup, graph) {
    const shut = passagesTo(graph, targetGroup).filter(({ isOpen, isOpenOverOther }) => isOpenOverOther && !isOpen);
    const certain = shut.filter(({ isOpen }) => isOpen === false);
    // What is not known, and what is closed to both families, is for V6-TG-011.
    if (certain.length > 0) {
      // A group that lets everybody out over one family alone has a finding of its own.
      const causes = certain.flatMap(({ direction, groups }) => (direction === 'egress' ? groups.found : []));
      return fail([...new Set(certain.map(described))].join('; '), causes.length > 0 ? { causes } : {});
    }
    return passagesTo(graph, targetGroup).some(({ isOpen }) => isOpen) ? PASS : undefined;
  },
};

function described({ groups, direction, port, family }: Passage): string {
  const names = groups.found.map(({ address }) => address).join(', ');
  const [own, other] = family === 'ipv6' ? ['IPv6', 'IPv4'] : ['IPv4', 'IPv6'];
  const way = direction === 'ingress' ? 'in from the load balancer' : 'out to the targets';
  return `${names} lets port ${port} ${way} over ${other}, but the target group is ${own}`;
}

function stack(ingress: Readonly<Record<string, unknown>>): ExampleResources {
  const vpc_id = '${aws_vpc.main.id}';
  const port = { ip_protocol: 'tcp', from_port: 8080, to_port: 8080 };
  return {
    aws_vpc: { main: { cidr_block: '10.0.0.0/16', assign_generated_ipv6_cidr_block: true } },
    aws_subnet: {
      edge: { vpc_id, cidr_block: '10.0.0.0/24', ipv6_cidr_block: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 0)}' },
      app: { vpc_id, cidr_block: '10.0.1.0/24', ipv6_cidr_block: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 1)}' },
    },
    aws_security_group: { edge: { vpc_id }, app: { vpc_id } },
    aws_vpc_security_group_egress_rule: {
      edge: {
        security_group_id: '${aws_security_group.edge.id}',
        referenced_security_group_id: '${aws_security_group.app.id}',
        ...port,
      },
    },
    aws_vpc_security_group_ingress_rule: {
      app: { security_group_id: '${aws_security_group.app.id}', ...port, ...ingress },
    },
    aws_lb: {
      portal: {
        ip_address_type: 'dualstack',
        subnets: ['${aws_subnet.edge.id}'],
        security_groups: ['${aws_security_group.edge.id}'],
      },
    },
    aws_lb_listener: {
      https: {
        load_balancer_arn: '${aws_lb.portal.arn}',
        default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.tasks.arn}' }],
      },
    },
    aws_lb_target_group: { tasks: { port: 8080, target_type: 'ip', ip_address_type: 'ipv6' } },
    aws_ecs_service: {
      portal: {
        network_configuration: {
          subnets: ['${aws_subnet.app.id}'],
          security_groups: ['${aws_security_group.app.id}'],
        },
        load_balancer: [{ target_group_arn: '${aws_lb_target_group.tasks.arn}', container_port: 8080 }],
      },
    },
  };
}

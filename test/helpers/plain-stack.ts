import type { ResourceGraph } from '../../policy/resource-graph';
import { readStackJson } from '../../policy/sources/stack-json';

/** Resources as Terraform's JSON has them: type to name to attributes. */
export type PlainResources = Record<string, Record<string, Record<string, unknown>>>;

/** What a test changes in the stack below. */
export type Edit = (resources: PlainResources) => void;

/**
 * A portal as somebody writes it in Terraform without portal6: dual-stack on every hop, tasks on IPv4, names without
 * hashes. One edit takes one thing away.
 */
export function plainStack(...edits: readonly Edit[]): ResourceGraph {
  const resources = structuredClone(PORTAL);
  for (const edit of edits) edit(resources);
  return readStackJson({ resource: resources });
}

const ANYBODY = { ipv4: '0.0.0.0/0', ipv6: '::/0' };

const PORTAL: PlainResources = {
  aws_vpc: { vpc: { cidr_block: '10.0.0.0/16', assign_generated_ipv6_cidr_block: true } },
  aws_internet_gateway: { internet: { vpc_id: '${aws_vpc.vpc.id}' } },
  aws_subnet: {
    a: { vpc_id: '${aws_vpc.vpc.id}', ipv6_cidr_block: '${cidrsubnet(aws_vpc.vpc.ipv6_cidr_block, 8, 0)}' },
    b: { vpc_id: '${aws_vpc.vpc.id}', ipv6_cidr_block: '${cidrsubnet(aws_vpc.vpc.ipv6_cidr_block, 8, 1)}' },
    app: { vpc_id: '${aws_vpc.vpc.id}', ipv6_cidr_block: '${cidrsubnet(aws_vpc.vpc.ipv6_cidr_block, 8, 16)}' },
  },
  aws_route_table: { public: { vpc_id: '${aws_vpc.vpc.id}' }, app: { vpc_id: '${aws_vpc.vpc.id}' } },
  aws_route_table_association: {
    a: { subnet_id: '${aws_subnet.a.id}', route_table_id: '${aws_route_table.public.id}' },
    b: { subnet_id: '${aws_subnet.b.id}', route_table_id: '${aws_route_table.public.id}' },
    app: { subnet_id: '${aws_subnet.app.id}', route_table_id: '${aws_route_table.app.id}' },
  },
  aws_route: {
    ipv4: publicRoute({ destination_cidr_block: ANYBODY.ipv4 }),
    ipv6: publicRoute({ destination_ipv6_cidr_block: ANYBODY.ipv6 }),
  },
  aws_network_acl: {
    public: {
      subnet_ids: ['${aws_subnet.a.id}', '${aws_subnet.b.id}'],
      ingress: [
        aclRule(100, 'ipv4', 443, 443),
        aclRule(101, 'ipv6', 443, 443),
        aclRule(110, 'ipv4', 1024, 65535),
        aclRule(111, 'ipv6', 1024, 65535),
      ],
      egress: [aclRule(100, 'ipv4', 1024, 65535), aclRule(101, 'ipv6', 1024, 65535)],
    },
  },
  aws_security_group: { edge: { vpc_id: '${aws_vpc.vpc.id}' }, tasks: { vpc_id: '${aws_vpc.vpc.id}' } },
  aws_vpc_security_group_ingress_rule: {
    ipv4: https({ cidr_ipv4: ANYBODY.ipv4 }),
    ipv6: https({ cidr_ipv6: ANYBODY.ipv6 }),
    tasks: {
      security_group_id: '${aws_security_group.tasks.id}',
      referenced_security_group_id: '${aws_security_group.edge.id}',
      ip_protocol: 'tcp',
      from_port: 8080,
      to_port: 8080,
    },
  },
  aws_vpc_security_group_egress_rule: {
    edge: {
      security_group_id: '${aws_security_group.edge.id}',
      referenced_security_group_id: '${aws_security_group.tasks.id}',
      ip_protocol: 'tcp',
      from_port: 8080,
      to_port: 8080,
    },
  },
  aws_lb: {
    edge: {
      load_balancer_type: 'application',
      ip_address_type: 'dualstack',
      subnets: ['${aws_subnet.a.id}', '${aws_subnet.b.id}'],
      security_groups: ['${aws_security_group.edge.id}'],
    },
  },
  aws_acm_certificate: {
    certificate: { domain_name: 'hue.gov.vn', subject_alternative_names: ['www.hue.gov.vn', 'v6.hue.gov.vn'] },
  },
  aws_acm_certificate_validation: {
    certificate: { certificate_arn: '${aws_acm_certificate.certificate.arn}' },
  },
  aws_lb_listener: {
    https: {
      load_balancer_arn: '${aws_lb.edge.arn}',
      port: 443,
      protocol: 'HTTPS',
      certificate_arn: '${aws_acm_certificate_validation.certificate.certificate_arn}',
      default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.tasks.arn}' }],
    },
  },
  aws_lb_target_group: {
    tasks: {
      vpc_id: '${aws_vpc.vpc.id}',
      port: 8080,
      target_type: 'ip',
      ip_address_type: 'ipv4',
      health_check: { path: '/healthz' },
    },
  },
  aws_ecs_service: {
    portal: {
      network_configuration: { subnets: ['${aws_subnet.app.id}'], security_groups: ['${aws_security_group.tasks.id}'] },
      load_balancer: [{ target_group_arn: '${aws_lb_target_group.tasks.arn}', container_port: 8080 }],
    },
  },
  aws_route53_record: {
    a: alias('hue.gov.vn', 'A'),
    aaaa: alias('hue.gov.vn', 'AAAA'),
    'www-a': alias('www.hue.gov.vn', 'A'),
    'www-aaaa': alias('www.hue.gov.vn', 'AAAA'),
  },
  aws_scheduler_schedule: {
    probe: { target: { input: JSON.stringify({ stack: 'hue', portal: 'portal', host: 'hue.gov.vn' }) } },
  },
  aws_cloudwatch_metric_alarm: {
    down: {
      metric_name: 'Ipv6Available',
      dimensions: { Stack: 'hue', Portal: 'portal' },
      alarm_actions: ['${aws_sns_topic.alarms.arn}'],
    },
    share: {
      alarm_actions: ['${aws_sns_topic.alarms.arn}'],
      metric_query: [
        {
          id: 'v6',
          metric: { metric_name: 'IPv6RequestCount', dimensions: { LoadBalancer: '${aws_lb.edge.arn_suffix}' } },
        },
      ],
    },
  },
};

/** A rule about everybody, as the JSON of an ACL has it: every key, null where there is nothing. */
export function aclRule(
  number: number,
  family: 'ipv4' | 'ipv6',
  from: number,
  to: number,
  action = 'allow',
): Record<string, unknown> {
  return {
    rule_no: number,
    action,
    protocol: '6',
    from_port: from,
    to_port: to,
    cidr_block: family === 'ipv4' ? ANYBODY.ipv4 : null,
    ipv6_cidr_block: family === 'ipv6' ? ANYBODY.ipv6 : null,
    icmp_type: null,
    icmp_code: null,
  };
}

function publicRoute(destination: Record<string, string>): Record<string, unknown> {
  return {
    route_table_id: '${aws_route_table.public.id}',
    gateway_id: '${aws_internet_gateway.internet.id}',
    ...destination,
  };
}

function https(range: Record<string, string>): Record<string, unknown> {
  return {
    security_group_id: '${aws_security_group.edge.id}',
    ip_protocol: 'tcp',
    from_port: 443,
    to_port: 443,
    ...range,
  };
}

function alias(name: string, type: string): Record<string, unknown> {
  return { name, type, alias: { name: '${aws_lb.edge.dns_name}', zone_id: '${aws_lb.edge.zone_id}' } };
}

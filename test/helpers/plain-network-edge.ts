import type { Edit, PlainResources } from './plain-stack';

/** The plain stack's load balancer as one for connections, with addresses that stay; nobody asks them. */
export const networkEdge: Edit = (resources) => {
  resources.aws_eip = { a: { domain: 'vpc' }, b: { domain: 'vpc' } };
  resources.aws_lb!.edge = {
    ...resources.aws_lb!.edge,
    load_balancer_type: 'network',
    subnets: undefined,
    subnet_mapping: ['a', 'b'].map((zone) => ({
      subnet_id: `\${aws_subnet.${zone}.id}`,
      allocation_id: `\${aws_eip.${zone}.id}`,
      ipv6_address: ipv6Of(zone),
    })),
    access_logs: { bucket: 'hue-logs', enabled: true },
  };
  resources.aws_lb_listener!.https!.protocol = 'TLS';
  Object.assign(resources.aws_lb_target_group!.tasks!, { protocol: 'TCP', health_check: { protocol: 'TCP' } });
  resources.aws_scheduler_schedule = {};
  resources.aws_cloudwatch_metric_alarm = {};
};

/** An alarm on each of its addresses of a family. */
export function watched(family: 'ipv4' | 'ipv6'): Edit {
  return (resources) => {
    const checks = (resources.aws_route53_health_check ??= {});
    for (const zone of ['a', 'b']) {
      const check = `${family}-${zone}`;
      checks[check] = { type: 'TCP', port: 443, ip_address: family === 'ipv6' ? ipv6Of(zone) : ipv4Of(zone) };
      resources.aws_cloudwatch_metric_alarm![check] = alarmOn(check);
    }
  };
}

function alarmOn(check: string): PlainResources[string][string] {
  return {
    namespace: 'AWS/Route53',
    metric_name: 'HealthCheckStatus',
    dimensions: { HealthCheckId: `\${aws_route53_health_check.${check}.id}` },
    alarm_actions: ['arn:aws:sns:us-east-1:111122223333:alarms'],
  };
}

const ipv4Of = (zone: string) => `\${aws_eip.${zone}.public_ip}`;
const ipv6Of = (zone: string) => `\${cidrhost(aws_subnet.${zone}.ipv6_cidr_block, 16)}`;

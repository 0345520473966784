import { aliasTarget, isDualStackTarget, usesDualStackName } from '../facts/records';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-DNS-005',
  title: 'An AAAA alias to Global Accelerator uses its dual-stack name',
  group: 'DNS',
  kind: 'presence',
  severity: 'error',
  hop: 'dns',
  types: ['aws_route53_record'],
  why: 'A dual-stack accelerator has two DNS names, and the first knows its IPv4 addresses alone. An AAAA alias to that one answers with nothing.',
  fix: 'Use `dual_stack_dns_name` of the accelerator as the alias name.',
  sources: [
    'https://docs.aws.amazon.com/global-accelerator/latest/dg/dns-addressing-custom-domains.dns-addressing.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/globalaccelerator_accelerator',
  ],
  good: stack('${aws_globalaccelerator_accelerator.portal.dual_stack_dns_name}'),
  bad: stack('${aws_globalaccelerator_accelerator.portal.dns_name}'),
  unknown: stack('${coalesce(var.name, aws_globalaccelerator_accelerator.portal.id)}'),

  check(record, graph) {
    if (!record.is('type', 'AAAA')) return undefined;
    const target = aliasTarget(graph, record);
    const isAccelerator =
      typeof target === 'string'
        ? target.endsWith('.awsglobalaccelerator.com')
        : target?.type === 'aws_globalaccelerator_accelerator' && isDualStackTarget(graph, record) !== false;
    if (!isAccelerator) return undefined;
    const dualStack = usesDualStackName(graph, record);
    if (dualStack === undefined) return unknown('which name of the accelerator the alias uses cannot be seen here');
    return dualStack ? PASS : fail('the alias uses the name of the accelerator that has IPv4 addresses alone');
  },
};

function stack(name: string): ExampleResources {
  return {
    aws_globalaccelerator_accelerator: { portal: { name: 'portal', ip_address_type: 'DUAL_STACK' } },
    aws_route53_record: {
      aaaa: {
        zone_id: 'Z0123456789ABCDEFGHIJ',
        name: 'hue.gov.vn',
        type: 'AAAA',
        alias: {
          name,
          zone_id: '${aws_globalaccelerator_accelerator.portal.hosted_zone_id}',
          evaluate_target_health: true,
        },
      },
    },
  };
}

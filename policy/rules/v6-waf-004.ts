import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-WAF-004',
  title: 'A web ACL guards something',
  group: 'firewalls',
  kind: 'danger',
  severity: 'warning',
  types: ['aws_wafv2_web_acl'],
  why: 'A web ACL by itself judges nothing: a load balancer has to be associated with it, and a distribution has to name it. Without that its lists and limits hold for nobody, over either family, and nobody is told.',
  fix: 'Add an `aws_wafv2_web_acl_association` with the ARN of the load balancer, or set `web_acl_id` of the distribution.',
  sources: [
    'https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating-aws-resource.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/wafv2_web_acl_association',
  ],
  good: stack(true),
  bad: stack(false),

  check(acl, graph) {
    const guarded = GUARDED.some(([type, attribute]) => graph.referring(type, attribute, acl).length > 0);
    if (guarded) return PASS;
    return GUARDED.some(([type, attribute]) => graph.mayRefer(type, attribute, acl.type))
      ? unknown('what it guards is only known after apply')
      : fail('it guards nothing: neither a load balancer nor a distribution refers to it');
  },
};

/** How what is guarded refers to its web ACL. */
const GUARDED = [
  ['aws_wafv2_web_acl_association', 'web_acl_arn'],
  ['aws_cloudfront_distribution', 'web_acl_id'],
] as const;

function stack(associated: boolean): ExampleResources {
  return {
    aws_lb: { portal: { ip_address_type: 'dualstack' } },
    aws_wafv2_web_acl: { portal: { scope: 'REGIONAL', default_action: { allow: {} } } },
    aws_wafv2_web_acl_association: associated
      ? { portal: { resource_arn: '${aws_lb.portal.arn}', web_acl_arn: '${aws_wafv2_web_acl.portal.arn}' } }
      : {},
  };
}

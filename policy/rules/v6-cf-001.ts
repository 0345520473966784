import { takenFrom } from '../facts/removals';
import { fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-CF-001',
  title: 'A CloudFront distribution answers over IPv6',
  group: 'CDN',
  kind: 'presence',
  severity: 'error',
  hop: 'edge',
  types: ['aws_cloudfront_distribution'],
  why: 'The console turns IPv6 on for new distributions, Terraform does not: left out, `is_ipv6_enabled` is false, and no edge location of CloudFront answers over IPv6.',
  fix: 'Set `is_ipv6_enabled = true`.',
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-enable-ipv6.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudfront_distribution',
    'https://github.com/hashicorp/terraform-provider-aws/issues/39911',
  ],
  good: { aws_cloudfront_distribution: { portal: { enabled: true, aliases: ['hue.gov.vn'], is_ipv6_enabled: true } } },
  bad: { aws_cloudfront_distribution: { portal: { enabled: true, aliases: ['hue.gov.vn'] } } },
  unknown: { aws_cloudfront_distribution: { portal: { enabled: true, is_ipv6_enabled: '${var.ipv6}' } } },

  check(distribution, graph) {
    if (distribution.is('enabled', false)) return undefined;
    const enabled = distribution.is('is_ipv6_enabled', true, false);
    if (enabled === undefined) return unknown('whether it has IPv6 is only known after apply');
    return enabled
      ? PASS
      : fail(`IPv6 is off${distribution.has('is_ipv6_enabled') ? '' : ', as it is when nothing is written'}`, {
          causes: takenFrom(graph, distribution),
        });
  },
};

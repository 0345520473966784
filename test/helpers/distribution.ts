import { edgesOf } from '../../policy/hops/edges';
import type { HopName, HopResult } from '../../policy/hops/hop';
import { hopsOf } from '../../policy/hops/hops';
import type { ResourceGraph } from '../../policy/resource-graph';
import { readStackJson } from '../../policy/sources/stack-json';
import type { Edit, PlainResources } from './plain-stack';

/** A static portal behind CloudFront, as somebody writes it in Terraform, changed by some edits. */
export function distributionStack(...edits: readonly Edit[]): ResourceGraph {
  const resources = structuredClone(PORTAL);
  for (const edit of edits) edit(resources);
  return readStackJson({ resource: resources });
}

/** What a family finds at a hop of it. */
export function findAtDistribution(hop: HopName, family: 'ipv4' | 'ipv6', ...edits: readonly Edit[]): HopResult {
  const graph = distributionStack(...edits);
  return hopsOf(graph, edgesOf(graph)[0]!, family)[hop];
}

function alias(type: string): Record<string, unknown> {
  return { name: 'Hue.gov.vn.', type, alias: { name: '${aws_cloudfront_distribution.portal.domain_name}' } };
}

const PORTAL: PlainResources = {
  aws_s3_bucket: { portal: { bucket: 'hue-portal' } },
  aws_acm_certificate: { portal: { domain_name: 'hue.gov.vn' } },
  aws_cloudfront_distribution: {
    portal: {
      aliases: ['hue.gov.vn'],
      is_ipv6_enabled: true,
      viewer_certificate: { acm_certificate_arn: '${aws_acm_certificate.portal.arn}' },
      origin: [{ domain_name: '${aws_s3_bucket.portal.bucket_regional_domain_name}' }],
    },
  },
  aws_route53_record: { a: alias('A'), aaaa: alias('AAAA') },
};

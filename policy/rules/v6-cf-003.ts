import { isDualStack, LOAD_BALANCERS } from '../facts/load-balancers';
import { recordsNamed, isAlias, isDualStackTarget } from '../facts/records';
import type { ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';
import { type Block, type Maybe, some, Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-CF-003',
  title: 'CloudFront and its origin speak a family that both have',
  group: 'CDN',
  kind: 'parity',
  severity: 'error',
  types: ['aws_cloudfront_distribution'],
  why: 'CloudFront goes to its origin over IPv4 unless it is told otherwise, whichever family the citizen came by. Told to use IPv6, it does not reach an origin that has no IPv6 addresses.',
  fix: 'Make the origin dual-stack, and set `ip_address_type = "dualstack"` in `custom_origin_config` (AWS provider 6.15 or newer).',
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-enable-ipv6.html',
    'https://github.com/hashicorp/terraform-provider-aws/pull/44463',
  ],
  good: stack('dualstack', 'dualstack'),
  bad: stack('ipv4', 'ipv6'),
  unknown: stack('dualstack', '${var.origin_type}'),

  check(distribution, graph) {
    const verdicts = distribution
      .blocks('origin')
      .filter((origin) => origin.blocks('custom_origin_config').length > 0)
      .flatMap((origin) => ofOrigin(origin, graph) ?? []);
    return verdicts.length > 0 ? verdicts : undefined;
  },
};

function ofOrigin(origin: Block, graph: ResourceGraph): Verdict | undefined {
  const domain = origin.value('domain_name');
  const has = originHasIpv6(domain, graph);
  const type = origin.block('custom_origin_config').string('ip_address_type') ?? 'ipv4';
  if (type instanceof Unknown) return unknown(`the address type towards the origin is ${String(type)}`);
  const name = origin.known('origin_id') ?? String(domain);
  if (type === 'ipv4') {
    return has
      ? fail(`CloudFront asks the origin ${name} over IPv4 alone, although it has IPv6 addresses`, {
          severity: 'notice',
        })
      : undefined;
  }
  if (has === undefined) return unknown(`whether the origin ${name} has IPv6 addresses cannot be seen here`);
  if (has) return PASS;
  return type === 'ipv6'
    ? fail(`CloudFront asks the origin ${name} over IPv6 alone, but it has no IPv6 addresses`)
    : fail(`CloudFront may ask the origin ${name} over IPv6, but it has no IPv6 addresses`, { severity: 'warning' });
}

/** Whether an origin has IPv6 addresses: a load balancer of this input, or a name with records here. */
function originHasIpv6(domain: unknown, graph: ResourceGraph): Maybe {
  const loadBalancer = graph.referenceIn(domain, ...LOAD_BALANCERS);
  if (loadBalancer) return isDualStack(loadBalancer);
  if (typeof domain !== 'string') return undefined;
  const ipv6 = recordsNamed(graph, domain, 'AAAA');
  if (ipv6.length > 0) return some(ipv6.map((record) => (isAlias(record) ? isDualStackTarget(graph, record) : true)));
  return recordsNamed(graph, domain, 'A').length > 0 ? false : undefined;
}

function stack(loadBalancer: string, origin: string): ExampleResources {
  return {
    aws_lb: { portal: { ip_address_type: loadBalancer } },
    aws_cloudfront_distribution: {
      portal: {
        is_ipv6_enabled: true,
        origin: [
          {
            origin_id: 'portal',
            domain_name: '${aws_lb.portal.dns_name}',
            custom_origin_config: { origin_protocol_policy: 'https-only', ip_address_type: origin },
          },
        ],
      },
    },
  };
}

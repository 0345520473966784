import { isInternetFacing, LISTENERS, loadBalancerOf } from '../facts/load-balancers';
import { recordName, recordsLeadingTo } from '../facts/records';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';
import { Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-TLS-002',
  title: 'HTTPS takes TLS 1.2 or newer, over both families',
  group: 'TLS',
  kind: 'parity',
  severity: 'warning',
  types: [...LISTENERS, 'aws_cloudfront_distribution'],
  why: 'One policy serves both families, so an old one is as weak over IPv6 as over IPv4. And where TLS 1.3 alone is taken, a Route 53 health check over HTTPS cannot connect: it knows TLS 1.2 at most, and takes a portal that is up for one that is down.',
  fix: 'Set `ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"` on the listener, or `minimum_protocol_version = "TLSv1.2_2021"` in the `viewer_certificate` of a distribution.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html',
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html',
    'https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html',
  ],
  good: stack({ ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06' }),
  bad: stack({}),
  unknown: stack({ ssl_policy: '${var.ssl_policy}' }),

  check(resource, graph) {
    return resource.type === 'aws_cloudfront_distribution' ? ofDistribution(resource) : ofListener(resource, graph);
  },
};

function ofListener(listener: Resource, graph: ResourceGraph): Verdict | undefined {
  if (!listener.is('protocol', 'HTTPS') && !listener.is('protocol', 'TLS')) return undefined;
  const loadBalancer = loadBalancerOf(graph, listener);
  if (loadBalancer && isInternetFacing(loadBalancer) === false) return undefined;
  const policy = listener.string('ssl_policy');
  if (policy === undefined) return fail('no `ssl_policy` is written, and the one that AWS takes then allows TLS 1.0');
  if (policy instanceof Unknown) return unknown(`the policy is ${String(policy)}`);
  const oldest = oldestOf(policy);
  if (oldest === undefined) return unknown(`which versions of TLS ${policy} allows is not known here`);
  if (oldest < 2) return fail(`${policy} allows TLS 1.${oldest}`);
  const checks = oldest === 3 && loadBalancer ? checksOf(loadBalancer, graph) : [];
  if (checks.length === 0) return PASS;
  return fail(`${policy} takes TLS 1.3 alone, which ${checks.join(', ')} cannot speak`, {
    severity: 'error',
    fix: 'Take TLS 1.2 as well, or check by CLOUDWATCH_METRIC.',
  });
}

/** The minor version in names such as `ELBSecurityPolicy-TLS13-1-2-Res-2021-06`; those without one are of 2018 or before. */
function oldestOf(policy: string): number | undefined {
  const [, minor] = /^ELBSecurityPolicy-(?:TLS13|TLS|FS)-1-([0-3])-/.exec(policy) ?? [];
  if (minor !== undefined) return Number(minor);
  return /^ELBSecurityPolicy-(?:FS-)?201\d-\d\d$/.test(policy) ? 0 : undefined;
}

/** The health checks that ask a load balancer by its names, over HTTPS. */
function checksOf(loadBalancer: Resource, graph: ResourceGraph): string[] {
  const names = new Set(recordsLeadingTo(graph, loadBalancer).map((record) => recordName(graph, record)));
  return graph
    .ofType('aws_route53_health_check')
    .filter((check) => check.known('type')?.startsWith('HTTPS') && names.has(check.known('fqdn')?.toLowerCase()))
    .map(({ address }) => address);
}

function ofDistribution(distribution: Resource): Verdict | undefined {
  const certificate = distribution.block('viewer_certificate');
  // With CloudFront's own name nobody has a choice.
  if (!['acm_certificate_arn', 'iam_certificate_id'].some((name) => certificate.has(name))) return undefined;
  const version = certificate.string('minimum_protocol_version') ?? 'TLSv1';
  if (version instanceof Unknown) return unknown(`the oldest version is ${String(version)}`);
  const [, minor, year] = /^TLSv1\.([23])_(\d{4})$/.exec(version) ?? [];
  if (minor !== undefined && Number(year) >= 2021) return PASS;
  const written = certificate.has('minimum_protocol_version') ? version : `${version}, as none is written`;
  return fail(`\`minimum_protocol_version\` is ${written}: older than TLSv1.2_2021`);
}

function stack(listener: Readonly<Record<string, unknown>>): ExampleResources {
  return {
    aws_lb: { portal: { ip_address_type: 'dualstack' } },
    aws_lb_listener: {
      https: {
        load_balancer_arn: '${aws_lb.portal.arn}',
        port: 443,
        protocol: 'HTTPS',
        certificate_arn: '${aws_acm_certificate.portal.arn}',
        default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.portal.arn}' }],
        ...listener,
      },
    },
    aws_acm_certificate: { portal: { domain_name: 'hue.gov.vn', validation_method: 'DNS' } },
    aws_lb_target_group: { portal: { port: 8080, protocol: 'HTTP' } },
  };
}

import { edgesOf } from '../hops/edges';
import { HOPS, type HopName, type HopResult } from '../hops/hop';
import { hopsOf } from '../hops/hops';
import { type ExampleResources, fail, PASS, type Rule, type Verdict } from '../rule';

export const rule: Rule = {
  id: 'V6-PATH-001',
  title: 'Every public name is reached over both families, hop by hop',
  group: 'governance',
  kind: 'presence',
  severity: 'error',
  types: [
    'aws_lb',
    'aws_alb',
    'aws_cloudfront_distribution',
    'aws_globalaccelerator_accelerator',
    'aws_apigatewayv2_domain_name',
    'aws_api_gateway_domain_name',
  ],
  why: 'A citizen over IPv6 needs every hop: an AAAA record, an edge with IPv6 addresses, a listener, open firewalls, a route back, a target and somebody who notices when one of them breaks. This rule speaks up about a closed hop that no other rule explains.',
  fix: 'Open the hop that the message names; `portal6 check` shows all of them side by side.',
  sources: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html'],
  good: distribution('arn:aws:acm:us-east-1:111122223333:certificate/portal', true),
  bad: distribution('${aws_acm_certificate.portal.arn}', false),

  check(resource, graph) {
    const edge = edgesOf(graph).find((one) => one.resource === resource);
    if (!edge) return undefined;
    const ipv4 = hopsOf(graph, edge, 'ipv4');
    const ipv6 = hopsOf(graph, edge, 'ipv6');
    // What follows from an edge without addresses is the edge's to say.
    const hops = ipv6.edge.state === 'fail' ? (['edge'] as const) : HOPS;
    const verdicts = hops.flatMap((hop) => closedHop(hop, ipv4[hop], ipv6[hop]));
    return verdicts.length > 0 ? verdicts : PASS;
  },
};

/** Behind the edge lie the same networks: what is closed there closes the way to the targets, and the probe's. */
const EXPLAINED_AT: Readonly<Partial<Record<HopName, readonly HopName[]>>> = {
  target: ['target', 'firewall', 'route'],
  health: ['health', 'target', 'firewall', 'route'],
};

function closedHop(hop: HopName, ipv4: HopResult, ipv6: HopResult): Verdict[] {
  const shut = [ipv4, ipv6].filter(({ state }) => state === 'fail');
  if (shut.length === 0) return [];
  const families = shut.length === 2 ? 'both families' : ipv4.state === 'fail' ? 'IPv4' : 'IPv6';
  const [reason] = shut.map((one) => one.reason);
  const isMinor = hop === 'health' || shut.every((one) => one.severity === 'warning');
  return [
    fail(`closed over ${families} at ${hop}: ${reason ?? 'no reason is known'}`, {
      hop,
      severity: isMinor ? 'warning' : 'error',
      explainedAt: EXPLAINED_AT[hop],
      causes: shut.flatMap(({ causes = [] }) => causes),
    }),
  ];
}

function distribution(certificate: string, named: boolean): ExampleResources {
  const record = (type: string) => ({
    zone_id: 'Z0123456789ABCDEFGHIJ',
    name: 'hue.gov.vn',
    type,
    alias: { name: '${aws_cloudfront_distribution.portal.domain_name}', zone_id: 'Z2FDTNDATAQYW2' },
  });
  return {
    aws_acm_certificate: { portal: { domain_name: named ? 'hue.gov.vn' : 'www.hue.gov.vn' } },
    aws_cloudfront_distribution: {
      portal: {
        aliases: ['hue.gov.vn'],
        is_ipv6_enabled: true,
        viewer_certificate: { acm_certificate_arn: certificate },
        origin: [{ origin_id: 'portal', domain_name: '${aws_s3_bucket.portal.bucket_regional_domain_name}' }],
      },
    },
    aws_s3_bucket: { portal: { bucket: 'hue-portal' } },
    aws_route53_record: { a: record('A'), aaaa: record('AAAA') },
    aws_route53_health_check: { portal: { type: 'HTTPS', fqdn: 'hue.gov.vn' } },
    aws_scheduler_schedule: {
      probe: { target: { input: JSON.stringify({ stack: 'hue', portal: 'portal', host: 'hue.gov.vn' }) } },
    },
    aws_cloudwatch_metric_alarm: {
      probe: {
        metric_name: 'Ipv6Available',
        dimensions: { Stack: 'hue', Portal: 'portal' },
        alarm_actions: ['${aws_sns_topic.alarms.arn}'],
      },
    },
    aws_sns_topic: { alarms: { name: 'alarms' } },
  };
}

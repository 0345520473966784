import { covers, namesOf, namesOfListener } from '../facts/certificates';
import { LISTENERS, loadBalancerOf } from '../facts/load-balancers';
import { isTrialName, normalName, recordName, recordsLeadingTo } from '../facts/records';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-TLS-003',
  title: 'The certificate covers every name that leads here',
  group: 'TLS',
  kind: 'danger',
  severity: 'error',
  hop: 'listener',
  types: [...LISTENERS, 'aws_cloudfront_distribution'],
  why: 'A name with A and AAAA records, but not on the certificate, ends in a browser warning over both families. The name by which IPv6 is tried first is the one that is forgotten.',
  fix: 'Add the name to `subject_alternative_names` of the certificate; `*.hue.gov.vn` covers one label.',
  sources: [
    'https://docs.aws.amazon.com/acm/latest/userguide/acm-concepts.html#concept-dn',
    'https://www.rfc-editor.org/rfc/rfc6125#section-6.4.3',
  ],
  good: stack('hue.gov.vn', 'v6.hue.gov.vn'),
  bad: stack('portal.hue.gov.vn', 'v6.hue.gov.vn'),
  unknown: stack('${var.domain}', 'v6.hue.gov.vn'),

  check(resource, graph) {
    const { names, certified } =
      resource.type === 'aws_cloudfront_distribution' ? ofDistribution(resource, graph) : ofListener(resource, graph);
    if (names.length === 0) return undefined;
    const uncovered = names.filter((name) => !certified.names.some((one) => covers(one, name)));
    if (uncovered.length === 0) return PASS;
    const list = uncovered.join(', ');
    if (!certified.complete) return unknown(`whether the certificate covers ${list} cannot be seen here`);
    // Names to try IPv6 by are not the citizens'.
    const severity = uncovered.every(isTrialName) ? 'warning' : 'error';
    return fail(`the certificate does not cover ${list}`, { severity });
  },
};

function ofListener(listener: Resource, graph: ResourceGraph) {
  const takesTls = listener.is('protocol', 'HTTPS') || listener.is('protocol', 'TLS');
  const loadBalancer = takesTls && listener.is('port', 443) ? loadBalancerOf(graph, listener) : undefined;
  const names = loadBalancer ? namesLeadingTo(loadBalancer, graph) : [];
  return { names, certified: namesOfListener(graph, listener) };
}

function ofDistribution(distribution: Resource, graph: ResourceGraph) {
  const aliases = distribution.list('aliases').filter((alias) => typeof alias === 'string');
  const arn = distribution.block('viewer_certificate').value('acm_certificate_arn');
  return { names: aliases.map(normalName), certified: namesOf(graph, arn) };
}

function namesLeadingTo(loadBalancer: Resource, graph: ResourceGraph): string[] {
  return [...new Set(recordsLeadingTo(graph, loadBalancer).flatMap((record) => recordName(graph, record) ?? []))];
}

function stack(domain: string, other: string): ExampleResources {
  const record = (type: string) => ({
    zone_id: 'Z0123456789ABCDEFGHIJ',
    name: 'hue.gov.vn',
    type,
    alias: {
      name: '${aws_lb.portal.dns_name}',
      zone_id: '${aws_lb.portal.zone_id}',
      evaluate_target_health: true,
    },
  });
  return {
    aws_acm_certificate: {
      portal: { domain_name: domain, subject_alternative_names: [other], validation_method: 'DNS' },
    },
    aws_lb: { portal: { ip_address_type: 'dualstack' } },
    aws_lb_listener: {
      https: {
        load_balancer_arn: '${aws_lb.portal.arn}',
        port: 443,
        protocol: 'HTTPS',
        certificate_arn: '${aws_acm_certificate.portal.arn}',
      },
    },
    aws_route53_record: { a: record('A'), aaaa: record('AAAA') },
  };
}

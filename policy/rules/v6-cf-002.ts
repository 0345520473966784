import { isInZone, isTrialName, mayBeNamed, recordsNamed } from '../facts/records';
import type { ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';
import { Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-CF-002',
  title: 'Every name of a distribution with IPv6 has an AAAA record',
  group: 'CDN',
  kind: 'parity',
  severity: 'error',
  hop: 'dns',
  types: ['aws_cloudfront_distribution'],
  why: 'Turning IPv6 on gives the distribution IPv6 addresses, and tells nobody: an alias record of type A still answers with IPv4 alone. Only a CNAME needs nothing more.',
  fix: 'Add a record of type AAAA beside each A record, as an alias to the same distribution.',
  sources: ['https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-enable-ipv6.html'],
  good: stack('A', 'AAAA'),
  bad: stack('A'),
  unknown: { aws_cloudfront_distribution: { portal: { aliases: ['hue.gov.vn'], is_ipv6_enabled: true } } },

  check(distribution, graph) {
    if (!distribution.is('is_ipv6_enabled', true) || distribution.is('enabled', false)) return undefined;
    // A name to try IPv6 by is not the citizens': where it has no record, nobody misses it.
    const aliases = distribution.list('aliases').filter((alias) => typeof alias !== 'string' || !isTrialName(alias));
    if (aliases.length === 0) return undefined;
    const verdicts = aliases.map((alias) => ofAlias(alias, graph)).filter(({ result }) => result !== 'pass');
    return verdicts.length > 0 ? verdicts : PASS;
  },
};

function ofAlias(alias: unknown, graph: ResourceGraph): Verdict {
  if (alias instanceof Unknown || typeof alias !== 'string') return unknown('its names are only known after apply');
  if (recordsNamed(graph, alias, 'AAAA', 'CNAME').length > 0) return PASS;
  if (mayBeNamed(graph, alias, 'AAAA', 'CNAME')) {
    return unknown(`an AAAA record for ${alias} may be among those whose names or types are not known here`);
  }
  const ipv4 = recordsNamed(graph, alias, 'A');
  if (ipv4.length > 0) return fail(`${alias} has an A record, but no AAAA record`, { causes: ipv4 });
  return isInZone(graph, alias)
    ? fail(`${alias} has no record, although its zone is here`)
    : unknown(`the records of ${alias} are not part of this input`);
}

function stack(...types: readonly string[]): ExampleResources {
  const record = (type: string) => ({
    zone_id: 'Z0123456789ABCDEFGHIJ',
    name: 'hue.gov.vn',
    type,
    alias: {
      name: '${aws_cloudfront_distribution.portal.domain_name}',
      zone_id: '${aws_cloudfront_distribution.portal.hosted_zone_id}',
      evaluate_target_health: false,
    },
  });
  return {
    aws_cloudfront_distribution: { portal: { aliases: ['hue.gov.vn'], is_ipv6_enabled: true } },
    aws_route53_record: Object.fromEntries(types.map((type) => [type.toLowerCase(), record(type)])),
  };
}

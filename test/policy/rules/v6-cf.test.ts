import { judge } from '../../../policy/check';
import type { Rule } from '../../../policy/rule';
import { rule as cf001 } from '../../../policy/rules/v6-cf-001';
import { rule as cf002 } from '../../../policy/rules/v6-cf-002';
import { rule as cf003 } from '../../../policy/rules/v6-cf-003';
import { rule as dns001 } from '../../../policy/rules/v6-dns-001';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

type Attributes = Record<string, unknown>;

function saysOf(rules: Rule | readonly Rule[], resource: PlainResources): string[] {
  const { findings, crashes } = judge(readStackJson({ resource }), [rules].flat());
  expect(crashes).toEqual([]);
  return findings.map(
    ({ result, severity, resource: { address }, message }) =>
      `${result === 'fail' ? severity : result} ${address}: ${message}`,
  );
}

function distribution(attributes: Attributes, others: PlainResources = {}): PlainResources {
  return { ...others, aws_cloudfront_distribution: { x: { enabled: true, is_ipv6_enabled: true, ...attributes } } };
}

test.each<[Attributes, string[]]>([
  [{ is_ipv6_enabled: 'true' }, []],
  [{ is_ipv6_enabled: null }, ['error aws_cloudfront_distribution.x: IPv6 is off, as it is when nothing is written']],
  [{ is_ipv6_enabled: false }, ['error aws_cloudfront_distribution.x: IPv6 is off']],
  [{ is_ipv6_enabled: false, enabled: false }, []],
])('V6-CF-001 of %j', (attributes, expected) => {
  expect(saysOf(cf001, distribution(attributes))).toEqual(expected);
});

describe('V6-CF-002', () => {
  const ALIASES = { aliases: ['hue.gov.vn', 'www.hue.gov.vn'] };
  const record = (name: string, type: string): Attributes => ({
    zone_id: 'Z1',
    name,
    type,
    alias: { name: '${aws_cloudfront_distribution.x.domain_name}', zone_id: 'Z2FDTNDATAQYW2' },
  });
  const ZONE = { aws_route53_zone: { hue: { name: 'hue.gov.vn' } } };
  const apex = { a: record('hue.gov.vn', 'A'), aaaa: record('hue.gov.vn', 'AAAA') };
  const missing = 'error aws_cloudfront_distribution.x: www.hue.gov.vn has no record, although its zone is here';
  const elsewhere = 'unknown aws_cloudfront_distribution.x: the records of www.hue.gov.vn are not part of this input';
  const hidden =
    'unknown aws_cloudfront_distribution.x: an AAAA record for www.hue.gov.vn may be among those whose names or types are not known here';

  test.each<[string, PlainResources, string[]]>([
    ['an AAAA record for each', { aws_route53_record: { ...apex, www: record('WWW.hue.gov.vn.', 'AAAA') } }, []],
    ['a CNAME', { aws_route53_record: { ...apex, www: { zone_id: 'Z1', name: 'www.hue.gov.vn', type: 'CNAME' } } }, []],
    ['records elsewhere', { aws_route53_record: apex }, [elsewhere]],
    ['no record in a zone of this input', { ...ZONE, aws_route53_record: apex }, [missing]],
    [
      'a name that is delegated elsewhere',
      {
        ...ZONE,
        aws_route53_record: { ...apex, ns: { zone_id: 'Z1', name: 'www.hue.gov.vn', type: 'NS', records: ['ns.x'] } },
      },
      [elsewhere],
    ],
    [
      'records of hidden names',
      { ...ZONE, aws_route53_record: { ...apex, each: { zone_id: 'Z1', name: '${each.value}', type: 'AAAA' } } },
      [hidden],
    ],
    [
      'a record of a hidden type',
      { ...ZONE, aws_route53_record: { ...apex, each: record('www.hue.gov.vn', '${each.value}') } },
      [hidden],
    ],
    [
      'an A record alone',
      { aws_route53_record: { ...apex, www: record('www.hue.gov.vn', 'A') } },
      ['error aws_cloudfront_distribution.x: www.hue.gov.vn has an A record, but no AAAA record'],
    ],
  ])('%s', (_, others, expected) => {
    expect(saysOf(cf002, distribution(ALIASES, others))).toEqual(expected);
  });

  test('an A record alone is said once, of the record', () => {
    const resource = distribution(ALIASES, { aws_route53_record: { ...apex, www: record('www.hue.gov.vn', 'A') } });

    expect(saysOf([cf002, dns001], resource)).toEqual([
      'error aws_route53_record.www: www.hue.gov.vn has no AAAA record, although aws_cloudfront_distribution.x has IPv6 addresses',
    ]);
  });

  test.each<[string, Attributes]>([
    ['a distribution without names', {}],
    ['one without IPv6', { ...ALIASES, is_ipv6_enabled: false }],
    ['one that is off', { ...ALIASES, enabled: false }],
  ])('says nothing of %s', (_, attributes) => {
    expect(saysOf(cf002, distribution(attributes, ZONE))).toEqual([]);
  });

  test('says nothing of a name to try IPv6 by, which no citizen types', () => {
    const aliases = { aliases: ['hue.gov.vn', 'v6.hue.gov.vn'] };

    expect(saysOf(cf002, distribution(aliases, { ...ZONE, aws_route53_record: apex }))).toEqual([]);
  });

  test('which names a star stands for is not seen', () => {
    expect(saysOf(cf002, distribution({ aliases: ['*.hue.gov.vn'] }, ZONE))).toEqual([
      'unknown aws_cloudfront_distribution.x: the records of *.hue.gov.vn are not part of this input',
    ]);
  });
});

describe('V6-CF-003', () => {
  const withOrigin = (type: unknown, loadBalancer: Attributes, domain: unknown = '${aws_lb.portal.dns_name}') =>
    saysOf(
      cf003,
      distribution(
        { origin: [{ origin_id: 'portal', domain_name: domain, custom_origin_config: { ip_address_type: type } }] },
        {
          aws_lb: { portal: loadBalancer },
          aws_route53_record: {
            a: { zone_id: 'Z1', name: 'origin.hue.gov.vn', type: 'A', records: ['203.113.1.1'] },
            literal: { zone_id: 'Z1', name: 'literal.hue.gov.vn', type: 'AAAA', records: ['2406:da18::1'] },
            both: { zone_id: 'Z1', name: 'both.hue.gov.vn', type: 'A', records: ['203.113.1.1'] },
            both6: {
              zone_id: 'Z1',
              name: 'both.hue.gov.vn',
              type: 'AAAA',
              alias: { name: '${aws_lb.portal.dns_name}' },
            },
          },
        },
      ),
    ).map((text) => text.replace('aws_cloudfront_distribution.x: ', ''));
  const DUAL = { ip_address_type: 'dualstack' };
  const alone = 'notice CloudFront asks the origin portal over IPv4 alone, although it has IPv6 addresses';

  test.each<[string, unknown, Attributes, unknown, string[]]>([
    ['both', 'dualstack', DUAL, undefined, []],
    ['IPv6', 'ipv6', DUAL, undefined, []],
    ['nothing, with an origin that has more', undefined, DUAL, undefined, [alone]],
    ['IPv4, with an origin that has more', 'ipv4', DUAL, undefined, [alone]],
    ['IPv4, with an origin that has no more', 'ipv4', {}, undefined, []],
    [
      'IPv6, with an origin that has none',
      'ipv6',
      {},
      undefined,
      ['error CloudFront asks the origin portal over IPv6 alone, but it has no IPv6 addresses'],
    ],
    [
      'both, with an origin that has IPv4',
      'dualstack',
      {},
      undefined,
      ['warning CloudFront may ask the origin portal over IPv6, but it has no IPv6 addresses'],
    ],
    [
      'IPv6, with a name that has an A record',
      'ipv6',
      {},
      'origin.hue.gov.vn',
      ['error CloudFront asks the origin portal over IPv6 alone, but it has no IPv6 addresses'],
    ],
    ['IPv6, with a name that has both', 'ipv6', DUAL, 'both.hue.gov.vn', []],
    ['IPv6, with a name that has an address', 'ipv6', {}, 'literal.hue.gov.vn', []],
    [
      'IPv6, with a name elsewhere',
      'ipv6',
      {},
      'origin.example',
      ['unknown whether the origin portal has IPv6 addresses cannot be seen here'],
    ],
    ['IPv4, with a name elsewhere', undefined, {}, 'origin.example', []],
  ])('%s', (_, type, loadBalancer, domain, expected) => {
    expect(withOrigin(type, loadBalancer, domain)).toEqual(expected);
  });

  test('says nothing of buckets and of origins in a VPC', () => {
    const origin = [
      { origin_id: 'bucket', domain_name: '${aws_s3_bucket.b.bucket_regional_domain_name}' },
      { origin_id: 'vpc', domain_name: '${aws_lb.portal.dns_name}', vpc_origin_config: { vpc_origin_id: 'x' } },
    ];

    expect(saysOf(cf003, distribution({ origin }, { aws_lb: { portal: DUAL } }))).toEqual([]);
  });
});

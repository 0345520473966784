import { judge } from '../../../policy/check';
import type { Rule } from '../../../policy/rule';
import { rule as tls002 } from '../../../policy/rules/v6-tls-002';
import { rule as tls003 } from '../../../policy/rules/v6-tls-003';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

type Attributes = Record<string, unknown>;

function saysOf(rule: Rule, resource: PlainResources): string[] {
  const { findings, crashes } = judge(readStackJson({ resource }), [rule]);
  expect(crashes).toEqual([]);
  return findings.map(
    ({ result, severity, resource: { address }, message }) =>
      `${result === 'fail' ? severity : result} ${address}: ${message}`,
  );
}

function listening(listener: Attributes, others: PlainResources = {}): PlainResources {
  const https = { load_balancer_arn: '${aws_lb.portal.arn}', port: 443, protocol: 'HTTPS', ...listener };
  return { aws_lb: { portal: { ip_address_type: 'dualstack' } }, ...others, aws_lb_listener: { https } };
}

function recordOf(name: string, type = 'AAAA'): Attributes {
  return { zone_id: 'Z1', name, type, alias: { name: '${aws_lb.portal.dns_name}', zone_id: 'Z2' } };
}

describe('V6-TLS-002', () => {
  test.each<[string, string | undefined]>([
    ['ELBSecurityPolicy-TLS13-1-2-2021-06', undefined],
    ['ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06', undefined],
    ['ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04', undefined],
    ['ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', undefined],
    ['ELBSecurityPolicy-TLS13-1-3-2021-06', undefined],
    ['ELBSecurityPolicy-FS-1-2-Res-2020-10', undefined],
    ['ELBSecurityPolicy-TLS-1-2-2017-01', undefined],
    ['ELBSecurityPolicy-TLS13-1-0-2021-06', 'allows TLS 1.0'],
    ['ELBSecurityPolicy-TLS13-1-1-2021-06', 'allows TLS 1.1'],
    ['ELBSecurityPolicy-FS-1-1-2019-08', 'allows TLS 1.1'],
    ['ELBSecurityPolicy-FS-2018-06', 'allows TLS 1.0'],
    ['ELBSecurityPolicy-2016-08', 'allows TLS 1.0'],
    ['ELBSecurityPolicy-2015-05', 'allows TLS 1.0'],
  ])('%s', (policy, message) => {
    expect(saysOf(tls002, listening({ ssl_policy: policy }))).toEqual(
      message === undefined ? [] : [`warning aws_lb_listener.https: ${policy} ${message}`],
    );
  });

  test('a policy that nobody knows is not known', () => {
    expect(saysOf(tls002, listening({ ssl_policy: 'ELBSecurityPolicy-Next' }))).toEqual([
      'unknown aws_lb_listener.https: which versions of TLS ELBSecurityPolicy-Next allows is not known here',
    ]);
  });

  test.each<[string, PlainResources]>([
    ['HTTP', listening({ protocol: 'HTTP', port: 80 })],
    ['TCP, which leaves TLS to the targets', listening({ protocol: 'TCP' })],
    ['an internal load balancer', listening({}, { aws_lb: { portal: { internal: true } } })],
  ])('says nothing of %s', (_, resource) => {
    expect(saysOf(tls002, resource)).toEqual([]);
  });

  test('a network load balancer with TLS and a load balancer elsewhere are judged, too', () => {
    const unwritten = 'no `ssl_policy` is written, and the one that AWS takes then allows TLS 1.0';

    expect(saysOf(tls002, listening({ protocol: 'TLS' }))).toEqual([`warning aws_lb_listener.https: ${unwritten}`]);
    expect(saysOf(tls002, listening({ load_balancer_arn: 'arn:aws:elasticloadbalancing:x' }))).toEqual([
      `warning aws_lb_listener.https: ${unwritten}`,
    ]);
  });

  test('TLS 1.3 alone is an error where Route 53 checks the name over HTTPS', () => {
    const checked = (check: Attributes) =>
      saysOf(
        tls002,
        listening(
          { ssl_policy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' },
          { aws_route53_record: { a: recordOf('hue.gov.vn', 'A') }, aws_route53_health_check: { c: check } },
        ),
      );

    expect(checked({ type: 'HTTPS_STR_MATCH', fqdn: 'Hue.gov.vn' })).toEqual([
      'error aws_lb_listener.https: ELBSecurityPolicy-TLS13-1-3-2021-06 takes TLS 1.3 alone, which aws_route53_health_check.c cannot speak',
    ]);
    expect(checked({ type: 'HTTPS', fqdn: 'www.gov.vn' })).toEqual([]);
    expect(checked({ type: 'TCP', fqdn: 'hue.gov.vn' })).toEqual([]);
  });

  test.each<[Attributes, string | undefined]>([
    [{ cloudfront_default_certificate: true }, undefined],
    [{ acm_certificate_arn: 'x', minimum_protocol_version: 'TLSv1.2_2021' }, undefined],
    [{ acm_certificate_arn: 'x', minimum_protocol_version: 'TLSv1.3_2025' }, undefined],
    [{ acm_certificate_arn: 'x', minimum_protocol_version: 'TLSv1.2_2018' }, 'TLSv1.2_2018'],
    [{ iam_certificate_id: 'x', minimum_protocol_version: 'TLSv1.1_2016' }, 'TLSv1.1_2016'],
    [{ acm_certificate_arn: 'x' }, 'TLSv1, as none is written'],
  ])('a distribution with %j', (certificate, version) => {
    expect(saysOf(tls002, { aws_cloudfront_distribution: { x: { viewer_certificate: certificate } } })).toEqual(
      version === undefined
        ? []
        : [
            `warning aws_cloudfront_distribution.x: \`minimum_protocol_version\` is ${version}: older than TLSv1.2_2021`,
          ],
    );
  });
});

describe('V6-TLS-003', () => {
  const CERTIFIED = { certificate_arn: '${aws_acm_certificate.portal.arn}' };
  const certificate = (domain: unknown, ...others: unknown[]) => ({
    portal: { domain_name: domain, subject_alternative_names: others },
  });
  const names = (...all: string[]) => Object.fromEntries(all.map((name, index) => [`r${index}`, recordOf(name)]));

  test.each<[string, PlainResources, string[]]>([
    [
      'a star covers one label',
      {
        aws_acm_certificate: certificate('*.hue.gov.vn'),
        aws_route53_record: names('www.hue.gov.vn', 'hue.gov.vn', 'a.b.hue.gov.vn'),
      },
      ['error aws_lb_listener.https: the certificate does not cover hue.gov.vn, a.b.hue.gov.vn'],
    ],
    [
      'names are the same in all spellings',
      { aws_acm_certificate: certificate('HUE.gov.vn'), aws_route53_record: names('hue.gov.vn.') },
      [],
    ],
    [
      'a name to try IPv6 by weighs less',
      { aws_acm_certificate: certificate('hue.gov.vn'), aws_route53_record: names('hue.gov.vn', 'v6.hue.gov.vn') },
      ['warning aws_lb_listener.https: the certificate does not cover v6.hue.gov.vn'],
    ],
    [
      'a name of citizens beside one to try IPv6 by',
      { aws_acm_certificate: certificate('thue.gov.vn'), aws_route53_record: names('hue.gov.vn', 'v6.hue.gov.vn') },
      ['error aws_lb_listener.https: the certificate does not cover hue.gov.vn, v6.hue.gov.vn'],
    ],
    [
      'a name that is hidden may be the one',
      { aws_acm_certificate: certificate('hue.gov.vn', '${var.other}'), aws_route53_record: names('www.hue.gov.vn') },
      ['unknown aws_lb_listener.https: whether the certificate covers www.hue.gov.vn cannot be seen here'],
    ],
    [
      'the names of an imported certificate are inside it',
      { aws_acm_certificate: { portal: { certificate_body: 'x' } }, aws_route53_record: names('hue.gov.vn') },
      ['unknown aws_lb_listener.https: whether the certificate covers hue.gov.vn cannot be seen here'],
    ],
    [
      'what is on a known certificate is covered, whatever is on the others',
      {
        aws_acm_certificate: certificate('hue.gov.vn'),
        aws_lb_listener_certificate: {
          other: { listener_arn: '${aws_lb_listener.https.arn}', certificate_arn: 'arn:aws:acm:x' },
        },
        aws_route53_record: names('hue.gov.vn'),
      },
      [],
    ],
    [
      'a certificate that is added counts',
      {
        aws_acm_certificate: { ...certificate('hue.gov.vn'), www: { domain_name: 'www.hue.gov.vn' } },
        aws_lb_listener_certificate: {
          www: {
            listener_arn: '${aws_lb_listener.https.arn}',
            certificate_arn: '${aws_acm_certificate.www.arn}',
          },
        },
        aws_route53_record: names('hue.gov.vn', 'www.hue.gov.vn'),
      },
      [],
    ],
    ['nothing leads here', { aws_acm_certificate: certificate('hue.gov.vn') }, []],
  ])('%s', (_, others, expected) => {
    expect(saysOf(tls003, listening(CERTIFIED, others))).toEqual(expected);
  });

  test('a certificate may be used after its validation, and one elsewhere is not known', () => {
    const others = {
      aws_acm_certificate: certificate('hue.gov.vn'),
      aws_acm_certificate_validation: { v: { certificate_arn: '${aws_acm_certificate.portal.arn}' } },
      aws_route53_record: names('www.hue.gov.vn'),
    };
    const validated = { certificate_arn: '${aws_acm_certificate_validation.v.certificate_arn}' };

    expect(saysOf(tls003, listening(validated, others))).toEqual([
      'error aws_lb_listener.https: the certificate does not cover www.hue.gov.vn',
    ]);
    expect(saysOf(tls003, listening({ certificate_arn: 'arn:aws:acm:x' }, others))).toEqual([
      'unknown aws_lb_listener.https: whether the certificate covers www.hue.gov.vn cannot be seen here',
    ]);
  });

  test('says nothing of listeners without TLS, or on other ports', () => {
    const others = { aws_acm_certificate: certificate('hue.gov.vn'), aws_route53_record: names('www.hue.gov.vn') };

    expect(saysOf(tls003, listening({ ...CERTIFIED, protocol: 'HTTP' }, others))).toEqual([]);
    expect(saysOf(tls003, listening({ ...CERTIFIED, port: 8443 }, others))).toEqual([]);
  });

  test('the names of a distribution are its aliases', () => {
    expect(
      saysOf(tls003, {
        aws_acm_certificate: certificate('hue.gov.vn'),
        aws_cloudfront_distribution: {
          x: {
            aliases: ['hue.gov.vn', 'www.hue.gov.vn'],
            viewer_certificate: { acm_certificate_arn: '${aws_acm_certificate.portal.arn}' },
          },
        },
      }),
    ).toEqual(['error aws_cloudfront_distribution.x: the certificate does not cover www.hue.gov.vn']);
  });
});

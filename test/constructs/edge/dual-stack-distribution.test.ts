import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { DistributionLogBucket } from '../../../constructs/edge/distribution-log-bucket';
import {
  DualStackDistribution,
  type DualStackDistributionProps,
} from '../../../constructs/edge/dual-stack-distribution';
import { REGION, synth } from '../../helpers/synth';

const CACHE = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/1';

const distribution = (
  props: Partial<DualStackDistributionProps> = {},
  look: (made: DualStackDistribution) => void = () => {},
) =>
  synth((scope) => {
    const accessLogs = new DistributionLogBucket(scope, 'logs', { name: 'hue-production', region: REGION });
    look(
      new DualStackDistribution(scope, 'Edge', {
        name: 'hue-production--portal',
        names: ['hue.gov.vn', 'www.hue.gov.vn', 'v6.hue.gov.vn'],
        certificateArn: CERTIFICATE,
        content: { origin: { domainName: 'goc.hue.gov.vn' }, behavior: { methods: 'read', cachePolicyId: CACHE } },
        accessLogs,
        accessLogPrefix: 'portal',
        ...props,
      }),
    );
  });

const stack = distribution();
const behavior = {
  target_origin_id: 'portal',
  viewer_protocol_policy: 'redirect-to-https',
  allowed_methods: ['GET', 'HEAD'],
  cached_methods: ['GET', 'HEAD'],
  compress: true,
  cache_policy_id: CACHE,
  response_headers_policy_id: stack.ref('Edge/headers'),
};

test('answers for its names over both families, everywhere, by HTTP/2 and HTTP/3, with its certificate by SNI', () => {
  expect(stack.only('aws_cloudfront_distribution')).toEqual({
    enabled: true,
    comment: 'hue-production--portal',
    aliases: ['hue.gov.vn', 'www.hue.gov.vn', 'v6.hue.gov.vn'],
    is_ipv6_enabled: true,
    http_version: 'http2and3',
    price_class: 'PriceClass_All',
    origin: [{ origin_id: 'portal', domain_name: 'goc.hue.gov.vn' }],
    default_cache_behavior: behavior,
    logging_config: {
      bucket: stack.ref('logs/Resource', 'bucket_domain_name'),
      prefix: 'portal/',
      include_cookies: false,
    },
    restrictions: { geo_restriction: { restriction_type: 'none' } },
    viewer_certificate: {
      acm_certificate_arn: CERTIFICATE,
      ssl_support_method: 'sni-only',
      minimum_protocol_version: 'TLSv1.2_2021',
    },
    depends_on: [stack.addressOf('logs/ownership')],
  });
});

test('tells browsers to come by HTTPS alone for a year, and not to guess, frame or tell on', () => {
  expect(stack.only('aws_cloudfront_response_headers_policy')).toEqual({
    name: 'hue-production--portal-headers',
    comment: expect.any(String),
    security_headers_config: {
      strict_transport_security: { access_control_max_age_sec: 31536000, include_subdomains: false, override: false },
      content_type_options: { override: true },
      frame_options: { frame_option: 'SAMEORIGIN', override: false },
      referrer_policy: { referrer_policy: 'strict-origin-when-cross-origin', override: false },
    },
  });
});

test('what is behind it says what is kept, by which methods, and what answers for `/` and for errors', () => {
  const one = distribution({
    content: {
      origin: { domainName: 'goc.hue.gov.vn' },
      behavior: { methods: 'all', cachePolicyId: 'none', originRequestPolicyId: 'everything', compress: false },
      paths: [
        {
          pattern: '/static/*',
          methods: 'read',
          cachePolicyId: 'a-day',
          functionArn: 'arn:aws:cloudfront::1:function/x',
        },
        { pattern: '/*.png', methods: 'read', cachePolicyId: 'a-week' },
      ],
      index: 'index.html',
      errors: [{ errorCode: 404, responseCode: 404, responsePagePath: '/404.html', errorCachingMinTtl: 10 }],
    },
  }).only('aws_cloudfront_distribution');

  expect(one).toMatchObject({
    default_root_object: 'index.html',
    default_cache_behavior: {
      allowed_methods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
      cached_methods: ['GET', 'HEAD'],
      cache_policy_id: 'none',
      origin_request_policy_id: 'everything',
      compress: false,
    },
    ordered_cache_behavior: [
      {
        ...behavior,
        response_headers_policy_id: expect.stringContaining('headers'),
        path_pattern: '/static/*',
        cache_policy_id: 'a-day',
        function_association: [{ event_type: 'viewer-request', function_arn: 'arn:aws:cloudfront::1:function/x' }],
      },
      { path_pattern: '/*.png', cache_policy_id: 'a-week' },
    ],
    custom_error_response: [{ error_code: 404, response_code: 404, response_page_path: '/404.html' }],
  });
});

test('while the origin is away a page of another origin answers, with 503, and before all paths', () => {
  const one = distribution({
    content: {
      origin: { domainName: 'goc.hue.gov.vn' },
      behavior: { methods: 'all', cachePolicyId: CACHE },
      paths: [{ pattern: '/*.png', methods: 'read', cachePolicyId: 'a-week' }],
      errors: [{ errorCode: 404, responseCode: 404, responsePagePath: '/404.html' }],
    },
    fallback: {
      origin: { domainName: 'page.s3.example', originAccessControlId: 'E1' },
      path: '/away.html',
      behavior: { methods: 'read', cachePolicyId: 'a-minute' },
    },
  }).only('aws_cloudfront_distribution');

  expect(one).toMatchObject({
    origin: [
      { origin_id: 'portal', domain_name: 'goc.hue.gov.vn' },
      { origin_id: 'fallback', domain_name: 'page.s3.example', origin_access_control_id: 'E1' },
    ],
    default_cache_behavior: { target_origin_id: 'portal' },
    ordered_cache_behavior: [
      { path_pattern: '/away.html', target_origin_id: 'fallback', cache_policy_id: 'a-minute' },
      { path_pattern: '/*.png', target_origin_id: 'portal' },
    ],
    custom_error_response: [
      { error_code: 404, response_code: 404 },
      ...[502, 503, 504].map((error_code) => ({
        error_code,
        response_code: 503,
        response_page_path: '/away.html',
        error_caching_min_ttl: 10,
      })),
    ],
  });
});

test('a web ACL may stand before it', () => {
  const webAclArn = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/x/1';

  expect(distribution({ webAclArn }).only('aws_cloudfront_distribution').web_acl_id).toBe(webAclArn);
});

test('both families lead to the same name, in the zone of CloudFront, whose health Route 53 cannot see', () => {
  const used = distribution(
    {},
    (made) =>
      void new Vpc(made, 'user', {
        tags: {
          ...made.aliases.AAAA,
          same: made.aliases.A === made.aliases.AAAA,
          name: made.dnsName,
          arn: made.arn,
        } as never,
      }),
  );
  const name = used.ref('Edge/Resource', 'domain_name');

  expect(used.at('Edge/user').tags).toEqual({
    dnsName: name,
    zoneId: used.ref('Edge/Resource', 'hosted_zone_id'),
    checkHealth: false,
    same: true,
    name,
    arn: used.ref('Edge/Resource', 'arn'),
  });
});

test.each([
  ['no name', 0],
  ['more names than AWS takes', 101],
])('fails for %s', (_, count) => {
  const names = Array.from({ length: count }, (__, index) => `a${index}.hue.gov.vn`);

  expect(() => distribution({ names })).toThrow('test/Edge: `names` must hold 1 to 100 names');
});

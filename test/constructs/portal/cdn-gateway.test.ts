import { DistributionLogBucket } from '../../../constructs/edge/distribution-log-bucket';
import { DualStackDistribution } from '../../../constructs/edge/dual-stack-distribution';
import { CdnGateway, type CdnGatewayProps } from '../../../constructs/portal/cdn-gateway';
import { REGION, synth } from '../../helpers/synth';

const gateway = (props: Partial<CdnGatewayProps> = {}) =>
  synth((scope) => {
    const { content } = new CdnGateway(scope, 'Gateway', {
      name: 'hue-production--cong',
      host: 'goc.hue.gov.vn',
      secret: '${var.origin_secret_cong}',
      ...props,
    });
    new DualStackDistribution(scope, 'edge', {
      name: 'hue-production--cong',
      names: ['cong.hue.gov.vn'],
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1',
      content,
      accessLogs: new DistributionLogBucket(scope, 'logs', { name: 'hue-production', region: REGION }),
      accessLogPrefix: 'cong',
    });
  });

const distributionOf = (props: Partial<CdnGatewayProps> = {}) => gateway(props).only('aws_cloudfront_distribution');

test('the origin is reached by HTTPS alone, so that its certificate is verified, with the secret', () => {
  expect(distributionOf().origin).toEqual([
    {
      origin_id: 'portal',
      domain_name: 'goc.hue.gov.vn',
      custom_header: [{ name: 'x-origin-verify', value: '${var.origin_secret_cong}' }],
      custom_origin_config: {
        http_port: 80,
        https_port: 443,
        origin_protocol_policy: 'https-only',
        origin_ssl_protocols: ['TLSv1.2'],
      },
    },
  ]);
});

test('nothing is kept, and the origin gets all of the request, by any method', () => {
  const made = gateway();

  expect(made.only('aws_cloudfront_distribution').default_cache_behavior).toMatchObject({
    allowed_methods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
    cache_policy_id: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    origin_request_policy_id: '216adef6-5c7f-47e4-b989-5492eafa07d3',
    compress: false,
  });
  expect(made.ofType('aws_cloudfront_cache_policy')).toEqual([]);
});

test.each([
  ['port', { port: 8443 }, { https_port: 8443 }],
  ['family', { family: 'ipv6' }, { ip_address_type: 'ipv6' }],
  ['family', { family: 'dual-stack' }, { ip_address_type: 'dualstack' }],
] as const)('%s is how CloudFront reaches the origin', (_, props, config) => {
  expect(distributionOf(props).origin).toMatchObject([{ custom_origin_config: config }]);
});

test('family ipv4 is left to CloudFront: older providers do not know the word', () => {
  expect(JSON.stringify(distributionOf({ family: 'ipv4' }))).not.toContain('ip_address_type');
});

test('paths that are kept are only read, in their order, and those kept as long share a policy', () => {
  const made = gateway({
    cache: [
      { path: '/static/*', seconds: 86400 },
      { path: '/tin', seconds: 60 },
      { path: '/anh/*', seconds: 86400 },
    ],
  });
  const policy = (seconds: number) => made.ref(`Gateway/cache-${seconds}`);

  expect(made.only('aws_cloudfront_distribution').ordered_cache_behavior).toMatchObject([
    { path_pattern: '/static/*', allowed_methods: ['GET', 'HEAD'], cache_policy_id: policy(86400), compress: true },
    { path_pattern: '/tin', cache_policy_id: policy(60) },
    { path_pattern: '/anh/*', cache_policy_id: policy(86400) },
  ]);
  expect(made.ofType('aws_cloudfront_cache_policy')).toHaveLength(2);
});

test('what is kept is asked for by host and query alone, so that nobody gets what a cookie brought another', () => {
  const made = gateway({ cache: [{ path: '/static/*', seconds: 86400 }] });

  expect(made.only('aws_cloudfront_cache_policy')).toEqual({
    name: 'hue-production--cong-cache-86400',
    comment: 'Kept for at most 86400 seconds',
    min_ttl: 0,
    default_ttl: 86400,
    max_ttl: 86400,
    parameters_in_cache_key_and_forwarded_to_origin: {
      enable_accept_encoding_brotli: true,
      enable_accept_encoding_gzip: true,
      headers_config: { header_behavior: 'whitelist', headers: { items: ['Host'] } },
      query_strings_config: { query_string_behavior: 'all' },
      cookies_config: { cookie_behavior: 'none' },
    },
  });
  expect(made.only('aws_cloudfront_distribution').ordered_cache_behavior).not.toMatchObject([
    { origin_request_policy_id: expect.anything() },
  ]);
});

test.each([
  ['host', { host: '203.0.113.7' }, 'must be a name: CloudFront reaches no addresses, got: "203.0.113.7"'],
  ['host', { host: '2001:db8::7' }, 'must be a name: CloudFront reaches no addresses, got: "2001:db8::7"'],
  ['port', { port: 80 }, 'must be 443, or 1024 to 65535, got: 80'],
])('fails when %s is %j', (prop, props, message) => {
  expect(() => gateway(props)).toThrow(`test/Gateway: \`${prop}\` ${message}`);
});

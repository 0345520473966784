import { DistributionLogBucket } from '../../../constructs/edge/distribution-log-bucket';
import { DualStackDistribution } from '../../../constructs/edge/dual-stack-distribution';
import { maintenanceHtml } from '../../../constructs/portal/maintenance-html';
import { MaintenancePage, type MaintenancePageProps } from '../../../constructs/portal/maintenance-page';
import { REGION, type Synthesized, synth } from '../../helpers/synth';

const TEXTS = { domain: 'hue.gov.vn', agency: { vi: 'Thành phố Huế', en: 'Hue City' } };

const page = (use: 'alone' | 'fallback', props: Partial<MaintenancePageProps> = {}): Synthesized =>
  synth((scope) => {
    const made = new MaintenancePage(scope, 'Page', { name: 'hue-production--portal', ...TEXTS, ...props });
    const own = { origin: { domainName: 'goc.hue.gov.vn' }, behavior: { methods: 'all', cachePolicyId: 'x' } } as const;
    const edge = new DualStackDistribution(scope, 'Edge', {
      name: 'hue-production--portal',
      names: ['hue.gov.vn'],
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1',
      content: use === 'alone' ? made.answerEverything() : own,
      fallback: use === 'fallback' ? made.fallback : undefined,
      accessLogs: new DistributionLogBucket(scope, 'logs', { name: 'hue-production', region: REGION }),
      accessLogPrefix: 'portal',
    });
    made.allow(edge);
  });

const alone = page('alone');
const fallback = page('fallback');

describe.each([
  ['a distribution that shows nothing else', alone],
  ['a distribution that shows it while its origin is away', fallback],
])('for %s', (_, stack) => {
  test('the page is a file in a bucket that nobody else reads', () => {
    expect(stack.only('aws_s3_object')).toEqual({
      bucket: stack.ref('Page/Resource', 'bucket'),
      key: '.portal6/maintenance.html',
      content: maintenanceHtml(TEXTS),
      content_type: 'text/html; charset=utf-8',
      content_language: 'vi, en',
      cache_control: 'max-age=0, s-maxage=60',
    });
    expect(stack.at('Page/public-access-block')).toMatchObject({ block_public_policy: true });
    const { Statement: statements } = JSON.parse(String(stack.at('Page/policy').policy)) as { Statement: unknown[] };
    expect(statements).toEqual([
      {
        Sid: 'DistributionReads',
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 's3:GetObject',
        Resource: `${stack.ref('Page/Resource', 'arn')}/.portal6/maintenance.html`,
        Condition: { StringEquals: { 'aws:SourceArn': stack.ref('Edge/Resource', 'arn') } },
      },
      expect.objectContaining({ Sid: 'OnlyTls', Effect: 'Deny' }),
    ]);
  });

  test('CloudFront asks for it in its own name', () => {
    expect(stack.only('aws_cloudfront_origin_access_control')).toEqual({
      name: 'hue-production--portal-maintenance',
      origin_access_control_origin_type: 's3',
      signing_behavior: 'always',
      signing_protocol: 'sigv4',
    });
    expect(stack.only('aws_cloudfront_distribution').origin).toContainEqual(
      expect.objectContaining({
        domain_name: stack.ref('Page/Resource', 'bucket_regional_domain_name'),
        origin_access_control_id: stack.ref('Page/access'),
      }),
    );
  });

  test('it answers over both families', () => {
    expect(stack.only('aws_cloudfront_distribution').is_ipv6_enabled).toBe(true);
  });
});

test('where it stands in for a load balancer, a function answers every request and method, and nothing is kept', () => {
  expect(alone.only('aws_cloudfront_function')).toEqual({
    name: 'hue-production--portal-maintenance',
    comment: expect.any(String) as string,
    runtime: 'cloudfront-js-2.0',
    code: expect.stringContaining('statusCode: 503') as string,
    publish: true,
  });
  expect(alone.only('aws_cloudfront_distribution')).toMatchObject({
    default_cache_behavior: {
      allowed_methods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
      cache_policy_id: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      function_association: [{ event_type: 'viewer-request', function_arn: alone.ref('Page/function', 'arn') }],
    },
  });
});

test('where the distribution has an origin, the page is for what that leaves unanswered', () => {
  expect(fallback.ofType('aws_cloudfront_function')).toEqual([]);
  const distribution = fallback.only('aws_cloudfront_distribution');
  expect(distribution.ordered_cache_behavior).toMatchObject([
    { path_pattern: '/.portal6/maintenance.html', target_origin_id: 'fallback', allowed_methods: ['GET', 'HEAD'] },
  ]);
  expect(distribution.custom_error_response).toEqual(
    [502, 503, 504].map((error_code) => ({
      error_code,
      response_code: 503,
      response_page_path: '/.portal6/maintenance.html',
      error_caching_min_ttl: 10,
    })),
  );
});

test('fails when a name is too long for a function', () => {
  const agency = { vi: 'Ủy ban '.repeat(900), en: 'Committee' };

  expect(() => page('fallback', { agency })).not.toThrow();
  expect(() => page('alone', { agency })).toThrow(
    /^test\/Page: `agency` must have shorter names: a CloudFront Function has at most 10 KB, got: \d+$/,
  );
});

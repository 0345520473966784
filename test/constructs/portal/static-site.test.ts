import { DistributionLogBucket } from '../../../constructs/edge/distribution-log-bucket';
import { DualStackDistribution } from '../../../constructs/edge/dual-stack-distribution';
import { indexFunction } from '../../../constructs/portal/index-function';
import { StaticSite, type StaticSiteProps } from '../../../constructs/portal/static-site';
import { type Attributes, REGION, synth } from '../../helpers/synth';

const site = (props: Partial<StaticSiteProps> = {}) =>
  synth((scope) => {
    const made = new StaticSite(scope, 'Site', { name: 'hue-production--tin', ...props });
    const edge = new DualStackDistribution(scope, 'edge', {
      name: 'hue-production--tin',
      names: ['tin.hue.gov.vn'],
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1',
      content: made.content,
      accessLogs: new DistributionLogBucket(scope, 'logs', { name: 'hue-production', region: REGION }),
      accessLogPrefix: 'tin',
    });
    made.allow(edge);
  });

const stack = site();
const distribution = stack.only('aws_cloudfront_distribution');

test('CloudFront reads the bucket by its regional name, with signed requests', () => {
  expect(distribution.origin).toEqual([
    {
      origin_id: 'portal',
      domain_name: stack.ref('Site/Resource', 'bucket_regional_domain_name'),
      origin_access_control_id: stack.ref('Site/access'),
    },
  ]);
  expect(stack.only('aws_cloudfront_origin_access_control')).toEqual({
    name: 'hue-production--tin',
    origin_access_control_origin_type: 's3',
    signing_behavior: 'always',
    signing_protocol: 'sigv4',
  });
});

test('one distribution may read what is there, and see what is not; nobody else', () => {
  const { Statement } = JSON.parse(String(stack.at('Site/policy').policy)) as { Statement: Attributes[] };
  const arn = stack.ref('Site/Resource', 'arn');
  const only = {
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceArn': stack.ref('edge/Resource', 'arn') } },
  };

  expect(Statement.filter(({ Effect }) => Effect === 'Allow')).toEqual([
    { ...only, Sid: 'DistributionReads', Action: 's3:GetObject', Resource: `${arn}/*` },
    { ...only, Sid: 'DistributionSeesWhatIsThere', Action: 's3:ListBucket', Resource: arn },
  ]);
});

test('what was replaced or deleted by mistake can be brought back for a while', () => {
  expect(stack.only('aws_s3_bucket_versioning')).toEqual({
    bucket: stack.ref('Site/Resource', 'bucket'),
    versioning_configuration: { status: 'Enabled' },
  });
  expect(stack.at('Site/lifecycle')).toMatchObject({
    rule: [{ status: 'Enabled', noncurrent_version_expiration: [{ noncurrent_days: 90 }] }],
  });
});

test('it is read, not written; AWS’s own policy says how long it is kept', () => {
  expect(distribution.default_cache_behavior).toMatchObject({
    allowed_methods: ['GET', 'HEAD'],
    cache_policy_id: '658327ea-f89d-4fab-a63d-7e88639e58f6',
    compress: true,
  });
});

test('the index answers for `/`, and by a function for every folder', () => {
  const other = site({ index: 'trang-chu.htm' });

  expect(distribution).toMatchObject({
    default_root_object: 'index.html',
    default_cache_behavior: {
      function_association: [{ event_type: 'viewer-request', function_arn: stack.ref('Site/index-function', 'arn') }],
    },
  });
  expect(stack.only('aws_cloudfront_function')).toEqual({
    name: 'hue-production--tin-index',
    comment: expect.any(String),
    runtime: 'cloudfront-js-2.0',
    code: indexFunction('index.html'),
    publish: true,
  });
  expect(other.only('aws_cloudfront_distribution').default_root_object).toBe('trang-chu.htm');
  expect(other.only('aws_cloudfront_function').code).toBe(indexFunction('trang-chu.htm'));
});

test.each<[string, Partial<StaticSiteProps>, unknown]>([
  ['what S3 says', {}, undefined],
  [
    'a page with status 404',
    { notFound: 'loi/404.html' },
    [{ error_code: 404, response_code: 404, response_page_path: '/loi/404.html', error_caching_min_ttl: 10 }],
  ],
  [
    'the index with status 200',
    { singlePage: true },
    [{ error_code: 404, response_code: 200, response_page_path: '/index.html', error_caching_min_ttl: 10 }],
  ],
])('what is not there is answered by %s', (_, props, errors) => {
  expect(site(props).only('aws_cloudfront_distribution').custom_error_response).toEqual(errors);
});

test('in a single page the script knows the paths, so no function turns them into others', () => {
  const single = site({ singlePage: true });

  expect(single.ofType('aws_cloudfront_function')).toEqual([]);
  expect(single.only('aws_cloudfront_distribution').default_cache_behavior).not.toHaveProperty('function_association');
});

test('files are encrypted with the agency’s key where there is one', () => {
  const dataKeyArn = 'arn:aws:kms:ap-southeast-1:111122223333:key/1';

  expect(site({ dataKeyArn }).at('Site/encryption')).toMatchObject({
    rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: dataKeyArn } }],
  });
});

test('names stay within what AWS takes', () => {
  const long = site({ name: `${'a'.repeat(30)}-${'b'.repeat(30)}--${'c'.repeat(30)}` });

  expect(String(long.at('Site/Resource').bucket_prefix).length).toBeLessThanOrEqual(37);
  expect(String(long.only('aws_cloudfront_function').name).length).toBeLessThanOrEqual(64);
  expect(String(long.only('aws_cloudfront_origin_access_control').name).length).toBeLessThanOrEqual(64);
});

test('fails when two pages would answer for what is not there', () => {
  expect(() => site({ singlePage: true, notFound: '404.html' })).toThrow(
    'test/Site: `notFound` does not go with `singlePage`, by which the index answers, got: "404.html"',
  );
});

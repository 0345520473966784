import type { HopName, HopResult } from '../../../policy/hops/hop';
import { findAtDistribution } from '../../helpers/distribution';
import { fail, PASS, unknown } from '../../helpers/hops';
import type { Edit } from '../../helpers/plain-stack';

const distribution = (change: Record<string, unknown>): Edit => {
  return ({ aws_cloudfront_distribution }) => void Object.assign(aws_cloudfront_distribution!.portal!, change);
};

function expectBoth(hop: HopName, expected: HopResult, ...edits: readonly Edit[]): void {
  expect(findAtDistribution(hop, 'ipv4', ...edits)).toEqual(expected);
  expect(findAtDistribution(hop, 'ipv6', ...edits)).toEqual(expected);
}

test('a distribution that is off answers nobody', () => {
  expectBoth('edge', fail('enable the distribution'), distribution({ enabled: false }));
});

describe('its listener', () => {
  const OTHER_REGION = 'arn:aws:acm:ap-southeast-1:111122223333:certificate/1';

  test.each<[string, Record<string, unknown> | undefined, HopResult]>([
    ['of ACM', { acm_certificate_arn: 'arn:aws:acm:us-east-1:111122223333:certificate/1' }, PASS],
    ['of IAM', { iam_certificate_id: 'ASCA1' }, PASS],
    [
      'that is CloudFront’s own',
      { cloudfront_default_certificate: true },
      fail('give the distribution a certificate for its names'),
    ],
    ['that nobody wrote', undefined, fail('give the distribution a certificate for its names')],
    [
      'of another region',
      { acm_certificate_arn: OTHER_REGION },
      fail('take a certificate of us-east-1, not of ap-southeast-1: CloudFront knows no others'),
    ],
    ['that somebody gives', { acm_certificate_arn: '${var.certificate}' }, PASS],
  ])('has a certificate %s', (_, certificate, expected) => {
    expectBoth('listener', expected, distribution({ viewer_certificate: certificate }));
  });

  test('has no need of one where nobody calls it but by its own name', () => {
    expectBoth('listener', PASS, distribution({ aliases: [], viewer_certificate: undefined }), (resources) => {
      resources.aws_route53_record = {};
    });
  });

  test('knows its names by its aliases, of which a star stands for one label', () => {
    const www: Edit = ({ aws_route53_record: records, aws_acm_certificate: certificates }) => {
      records!.www = { ...records!.a, name: 'www.hue.gov.vn' };
      certificates!.portal!.subject_alternative_names = ['*.hue.gov.vn'];
    };

    expectBoth('listener', fail('add www.hue.gov.vn to the aliases of the distribution'), www);
    expectBoth('listener', PASS, www, distribution({ aliases: ['hue.gov.vn', '*.HUE.gov.vn'] }));
    expectBoth(
      'listener',
      unknown('the aliases of the distribution are only known after apply'),
      www,
      distribution({ aliases: ['hue.gov.vn', '${var.www}'] }),
    );
  });
});

describe('its target', () => {
  const HTTPS = { origin_protocol_policy: 'https-only' };
  const elsewhere = unknown('the origin is not part of this stack');

  test.each<[string, unknown, unknown, HopResult]>([
    ['a public name by HTTPS, as an address of a data center is', 'goc.hue.gov.vn', HTTPS, PASS],
    [
      'a public name by HTTP, which anybody may answer',
      'goc.hue.gov.vn',
      { origin_protocol_policy: 'match-viewer' },
      elsewhere,
    ],
    ['a name of no network that CloudFront is in', 'goc.hue.internal', HTTPS, elsewhere],
    ['an address', '203.0.113.7', HTTPS, elsewhere],
    ['a name that somebody gives', '${var.origin}', HTTPS, unknown('the origin is only known after apply')],
    [
      'the portal’s own name',
      'HUE.gov.vn',
      HTTPS,
      fail('give the origin a name of its own: HUE.gov.vn leads to the distribution itself'),
    ],
    [
      'the name to try IPv6 by',
      'v6.hue.gov.vn',
      HTTPS,
      fail('give the origin a name of its own: v6.hue.gov.vn leads to the distribution itself'),
    ],
  ])('is %s', (_, domain, config, expected) => {
    const origin = [{ domain_name: domain, custom_origin_config: config }];

    expectBoth('target', expected, distribution({ origin, aliases: ['hue.gov.vn', 'v6.hue.gov.vn'] }));
  });

  test('is not known where all of it is hidden', () => {
    expectBoth('target', unknown('the origin is only known after apply'), distribution({ origin: '${var.origins}' }));
  });

  const signed = distribution({
    origin: [
      {
        domain_name: '${aws_s3_bucket.portal.bucket_regional_domain_name}',
        origin_access_control_id: '${aws_cloudfront_origin_access_control.portal.id}',
      },
    ],
  });
  const policy = (bucket: string): Edit => {
    return (resources) => void (resources.aws_s3_bucket_policy = { portal: { bucket, policy: '{}' } });
  };

  test.each<[string, readonly Edit[], HopResult]>([
    ['with a policy', [policy('${aws_s3_bucket.portal.id}')], PASS],
    ['without one', [], fail('let the distribution read aws_s3_bucket.portal: it has no policy')],
    [
      'with one of another bucket',
      [policy('other')],
      fail('let the distribution read aws_s3_bucket.portal: it has no policy'),
    ],
    [
      'with one of nobody knows which',
      [policy('${var.bucket}'), (resources) => (resources.aws_s3_bucket!.other = {})],
      unknown('whose policies there are is only known after apply'),
    ],
  ])('may be a bucket that is read by signed requests, %s', (_, edits, expected) => {
    expectBoth('target', expected, signed, ...edits);
  });
});

describe('its health', () => {
  const probed: Edit = (resources) => {
    const input = JSON.stringify({ portal: 'portal', host: 'hue.gov.vn' });
    resources.aws_scheduler_schedule = { probe: { target: { input } } };
    resources.aws_cloudwatch_metric_alarm = {
      down: { metric_name: 'Ipv6Available', dimensions: { Portal: 'portal' }, alarm_actions: ['arn:aws:sns:1'] },
    };
  };

  test('is what the probe finds: its requests go on to the origin as everybody’s do', () => {
    expectBoth('health', PASS, probed);
  });

  test('over IPv4 a check of Route 53 on the name does as well, which knows no other family', () => {
    const checked: Edit = (resources) => {
      resources.aws_route53_health_check = { portal: { type: 'HTTPS', fqdn: 'hue.gov.vn' } };
    };

    expect(findAtDistribution('health', 'ipv4', checked)).toEqual(PASS);
    expect(findAtDistribution('health', 'ipv6', checked)).toEqual(fail('add a health check over IPv6: the probe'));
    expect(findAtDistribution('health', 'ipv4')).toEqual(fail('add the probe, or a Route 53 health check on the name'));
  });
});

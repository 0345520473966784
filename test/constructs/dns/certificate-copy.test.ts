import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { CertificateCopy } from '../../../constructs/dns/certificate-copy';
import { ValidatedCertificate } from '../../../constructs/dns/validated-certificate';
import { synth } from '../../helpers/synth';

const stack = synth((scope) => {
  const original = new ValidatedCertificate(scope, 'Original', {
    names: ['hue.gov.vn', 'www.hue.gov.vn', 'v6.hue.gov.vn'],
    zoneId: 'ZHUE',
  });
  const provider = new AwsProvider(scope, 'global', { region: 'us-east-1', alias: 'us-east-1' });
  const { arn } = new CertificateCopy(scope, 'Copy', { of: original, provider });
  new Vpc(scope, 'user', { tags: { arn } });
});

test('is for the same names, in the other region', () => {
  const { provider, ...copy } = stack.at('Copy/Resource');

  expect(copy).toEqual(stack.at('Original/Resource'));
  expect(provider).toBe('aws.us-east-1');
  expect(stack.at('Original/Resource')).not.toHaveProperty('provider');
});

test('is proved by the records of the other, which stay when it goes', () => {
  expect(stack.pathsOf('aws_route53_record')).toEqual([
    'Original/hue.gov.vn',
    'Original/v6.hue.gov.vn',
    'Original/www.hue.gov.vn',
  ]);
  expect(stack.at('Copy/validation')).toEqual({
    certificate_arn: stack.ref('Copy/Resource', 'arn'),
    validation_record_fqdns: stack.at('Original/validation').validation_record_fqdns,
    provider: 'aws.us-east-1',
  });
  expect(stack.at('Original/validation').validation_record_fqdns).toHaveLength(3);
});

test('is there once it is issued', () => {
  expect(stack.at('user').tags).toEqual({ arn: stack.ref('Copy/validation', 'certificate_arn') });
});

import { ValidatedCertificate, type ValidatedCertificateProps } from '../../../constructs/dns/validated-certificate';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { type Synthesized, synth } from '../../helpers/synth';

const NAMES: ValidatedCertificateProps['names'] = ['hue.gov.vn', 'www.hue.gov.vn', 'v6.hue.gov.vn'];

const certificate = (
  props: Partial<ValidatedCertificateProps> = {},
  look: (made: ValidatedCertificate) => void = () => {},
): Synthesized =>
  synth((scope) => look(new ValidatedCertificate(scope, 'Certificate', { names: NAMES, zoneId: 'ZHUE', ...props })));

const stack = certificate();

test('the first name is the main one, the others stand beside it', () => {
  expect(stack.only('aws_acm_certificate')).toEqual({
    domain_name: 'hue.gov.vn',
    subject_alternative_names: ['www.hue.gov.vn', 'v6.hue.gov.vn'],
    validation_method: 'DNS',
    lifecycle: { create_before_destroy: true },
  });
});

test.each(NAMES)('%s has a validation record of its own, picked by the name: the provider gives a set', (name) => {
  const options = `${stack.addressOf('Certificate/Resource')}.domain_validation_options`;
  const pick = (attribute: string): string =>
    `\${one([for option in ${options} : option.${attribute} if option.domain_name == "${name}"])}`;

  expect(stack.at(`Certificate/${name}`)).toEqual({
    zone_id: 'ZHUE',
    name: pick('resource_record_name'),
    type: 'CNAME',
    ttl: 300,
    records: [pick('resource_record_value')],
    allow_overwrite: true,
  });
});

test('there is one record for each name and no other', () => {
  expect(stack.pathsOf('aws_route53_record')).toEqual([...NAMES].sort().map((name) => `Certificate/${name}`));
});

test('the certificate counts as valid once all its records are there', () => {
  expect(stack.only('aws_acm_certificate_validation')).toEqual({
    certificate_arn: stack.ref('Certificate/Resource', 'arn'),
    validation_record_fqdns: NAMES.map((name) => stack.ref(`Certificate/${name}`, 'fqdn')),
  });
});

test('its ARN is that of the validation, so that nothing uses it earlier', () => {
  const used = certificate({}, (made) => void new Vpc(made, 'user', { tags: { arn: made.arn } }));

  expect(used.at('Certificate/user').tags).toEqual({ arn: used.ref('Certificate/validation', 'certificate_arn') });
});

test('adding a name leaves the records of the others as they are', () => {
  const more = certificate({ names: [...NAMES, 'new.hue.gov.vn'] });

  for (const name of NAMES) expect(more.at(`Certificate/${name}`)).toEqual(stack.at(`Certificate/${name}`));
});

describe('without a zone', () => {
  test('nothing is written to DNS, and apply waits for whoever enters the records', () => {
    const outside = certificate({ zoneId: undefined });

    expect(outside.ofType('aws_route53_record')).toEqual([]);
    expect(outside.only('aws_acm_certificate_validation')).toEqual({
      certificate_arn: outside.ref('Certificate/Resource', 'arn'),
      timeouts: { create: '6h' },
    });
  });

  test('the records are handed out to be entered by hand', () => {
    expect.assertions(2);
    certificate({ zoneId: undefined }, ({ validationRecords }) => {
      expect(validationRecords.map(({ domain }) => domain)).toEqual(NAMES);
      expect(validationRecords[1]!.value).toContain(
        'option.resource_record_value if option.domain_name == "www.hue.gov.vn"',
      );
    });
  });
});

test('a certificate for one name has no others', () => {
  expect(certificate({ names: ['hue.gov.vn'] }).only('aws_acm_certificate').subject_alternative_names).toEqual([]);
});

test('a certificate for CloudFront is made and awaited by the provider of us-east-1; records are of no region', () => {
  const global = synth((scope) => {
    const provider = new AwsProvider(scope, 'global', { region: 'us-east-1', alias: 'us-east-1' });
    new ValidatedCertificate(scope, 'Certificate', { names: NAMES, zoneId: 'ZHUE', provider });
  });

  expect(global.only('aws_acm_certificate').provider).toBe('aws.us-east-1');
  expect(global.only('aws_acm_certificate_validation').provider).toBe('aws.us-east-1');
  for (const record of global.ofType('aws_route53_record')) expect(record).not.toHaveProperty('provider');
});

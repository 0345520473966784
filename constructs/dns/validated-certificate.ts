import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';

/** Properties for `ValidatedCertificate`. */
export interface ValidatedCertificateProps {
  /** Names on the certificate, the main one first. */
  readonly names: readonly [string, ...string[]];

  /**
   * Hosted zone for the records that prove control of the names.
   *
   * @default - somebody enters them elsewhere, by hand; the certificate waits for that
   */
  readonly zoneId?: string;

  /**
   * Provider of the certificate's region: CloudFront takes none but those of us-east-1.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
}

/** How long to wait for records that a person enters in somebody else's zone. */
const BY_HAND_TIMEOUT = '6h';

/** A certificate that is valid before anything uses it: DNS validation, one record for each name. */
export class ValidatedCertificate extends Construct {
  /** ARN, known once the certificate is issued. */
  public readonly arn: string;

  /** Names on the certificate, the main one first. */
  public readonly names: ValidatedCertificateProps['names'];

  /** Names of the records that prove control of them, as far as they are defined here; known after apply. */
  public readonly recordFqdns: readonly string[];

  /** The records that prove control of the names, for a person to enter. */
  public readonly validationRecords: readonly ValidationRecord[];

  constructor(scope: Construct, id: string, { names, zoneId, provider }: ValidatedCertificateProps) {
    super(scope, id);
    const [domainName, ...others] = names;

    const certificate = new AcmCertificate(this, 'Resource', {
      domainName,
      subjectAlternativeNames: others,
      validationMethod: 'DNS',
      provider,
      // A listener uses the old one until the new one is there.
      lifecycle: { createBeforeDestroy: true },
    });
    this.validationRecords = names.map((name) => validationRecord(certificate, name));
    const records = zoneId ? this.validationRecords.map((record) => this.defineRecord(zoneId, record)) : [];
    this.names = names;
    this.recordFqdns = records.map(({ fqdn }) => fqdn);
    const validation = new AcmCertificateValidation(this, 'validation', {
      certificateArn: certificate.arn,
      provider,
      ...(zoneId ? { validationRecordFqdns: [...this.recordFqdns] } : { timeouts: { create: BY_HAND_TIMEOUT } }),
    });
    this.arn = validation.certificateArn;
  }

  private defineRecord(zoneId: string, { domain, name, value }: ValidationRecord): Route53Record {
    return new Route53Record(this, domain, {
      zoneId,
      name,
      type: 'CNAME',
      ttl: 300,
      records: [value],
      // ACM asks for the same record for every certificate of a name in an account.
      allowOverwrite: true,
    });
  }
}

/** A record by which ACM sees who controls a name; `name` and `value` are known after apply. */
export interface ValidationRecord {
  readonly domain: string;
  readonly name: string;
  readonly value: string;
}

/** Picked by name, not by place: the provider gives the options as a set. */
function validationRecord(certificate: AcmCertificate, domain: string): ValidationRecord {
  const options = `${certificate.terraformResourceType}.${certificate.friendlyUniqueId}.domain_validation_options`;
  const pick = (attribute: string): string =>
    `\${one([for option in ${options} : option.${attribute} if option.domain_name == "${domain}"])}`;
  return { domain, name: pick('resource_record_name'), value: pick('resource_record_value') };
}

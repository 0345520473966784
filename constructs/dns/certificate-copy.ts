import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import type { ValidatedCertificate } from './validated-certificate';

/** Properties for `CertificateCopy`. */
export interface CertificateCopyProps {
  /** The certificate whose names this one is for, too. */
  readonly of: ValidatedCertificate;

  /** Provider of the other region. */
  readonly provider: TerraformProvider;
}

/**
 * A certificate for the names of another one, in another region.
 *
 * ACM asks for the same records in every region of an account, so the other's records prove this one as well. It defines
 * none of its own: whoever took it away would take them from the other, which could not be renewed any more
 * (https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html).
 */
export class CertificateCopy extends Construct {
  /** ARN, known once the certificate is issued. */
  public readonly arn: string;

  constructor(scope: Construct, id: string, { of: original, provider }: CertificateCopyProps) {
    super(scope, id);
    const [domainName, ...others] = original.names;

    const certificate = new AcmCertificate(this, 'Resource', {
      domainName,
      subjectAlternativeNames: others,
      validationMethod: 'DNS',
      provider,
      // A distribution uses the old one until the new one is there.
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = new AcmCertificateValidation(this, 'validation', {
      certificateArn: certificate.arn,
      validationRecordFqdns: [...original.recordFqdns],
      provider,
    }).certificateArn;
  }
}

import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { invalidProp } from '../../core/errors';
import { shortName } from '../../core/names';
import { logsDistributions } from '../../core/regions';
import { PrivateBucket } from '../private-bucket';
import { RETENTION_DAYS } from '../retention';

/** Properties for `DistributionLogBucket`. */
export interface DistributionLogBucketProps {
  /** What the bucket's generated name begins with. */
  readonly name: string;

  /** Region of the bucket; CloudFront does not deliver to those that an account has to opt in to. */
  readonly region: string;
}

/**
 * A private bucket for CloudFront's access logs, which hold each client's full address of either family.
 *
 * CloudFront writes by an ACL, which is the only reason why this bucket takes any. It adds its own grant when a
 * distribution is given the bucket, so no ACL is defined here: that one would take the grant away again, and would need
 * the account's canonical id, which has to be asked of AWS
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html).
 */
export class DistributionLogBucket extends PrivateBucket {
  /** Name by which a distribution is given the bucket, e.g. `hue-production-cdn-logs-1.s3.amazonaws.com`. */
  public readonly domainName: string;

  /** Distributions must wait for it: AWS refuses a bucket that takes no ACLs yet. */
  public readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, { name, region }: DistributionLogBucketProps) {
    super(scope, id, {
      prefix: `${shortName(name, 24)}-cdn-logs-`,
      lifecycle: { id: 'expire', expiration: [{ days: RETENTION_DAYS }] },
      acls: true,
    });
    if (!logsDistributions(region)) {
      throw invalidProp(this, 'region', 'must be one that no account has to opt in to', region);
    }

    this.domainName = this.resource.bucketDomainName;
    this.ready = this.ownership;
    this.definePolicy([]);
  }
}

import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { Construct } from 'constructs';
import { shortName } from '../../core/names';
import { RETENTION_DAYS } from '../retention';

/** Properties for `AccessLogBucket`. */
export interface AccessLogBucketProps {
  /** What the bucket's generated name begins with. */
  readonly name: string;

  /** Account whose load balancers write here. */
  readonly account: string;
}

/**
 * A private bucket for load balancers' access logs, which hold each client's full address of either family.
 *
 * SSE-S3 is the only encryption that load balancers can write with
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html).
 */
export class AccessLogBucket extends Construct {
  /** Name of the bucket; known once the policy that lets load balancers write is there. */
  public readonly bucket: string;

  /** Load balancers must wait for it: AWS tries to write when logging is switched on. */
  public readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, { name, account }: AccessLogBucketProps) {
    super(scope, id);

    const resource = new S3Bucket(this, 'Resource', { bucketPrefix: `${shortName(name, 24)}-access-logs-` });
    const bucket = resource.bucket;
    new S3BucketOwnershipControls(this, 'ownership', { bucket, rule: { objectOwnership: 'BucketOwnerEnforced' } });
    const block = new S3BucketPublicAccessBlock(this, 'public-access-block', {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    });
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket,
      rule: [
        {
          id: 'expire',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          expiration: [{ days: RETENTION_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    });

    this.bucket = bucket;
    this.policy = new S3BucketPolicy(this, 'policy', {
      bucket,
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'LoadBalancersWrite',
            Effect: 'Allow',
            Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: `${resource.arn}/*/AWSLogs/${account}/*`,
          },
          {
            Sid: 'OnlyTls',
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: [resource.arn, `${resource.arn}/*`],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      }),
      // Both change the bucket's policy settings; AWS refuses the two at once.
      dependsOn: [block],
    });
  }
}

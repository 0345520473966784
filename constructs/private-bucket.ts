import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';

/** Properties for `PrivateBucket`. */
export interface PrivateBucketProps {
  /**
   * What the bucket's generated name begins with, at most 37 characters.
   *
   * @default - it is called `bucketName`
   */
  readonly prefix?: string;

  /**
   * The bucket's whole name.
   *
   * @default - generated
   */
  readonly bucketName?: string;

  /** What happens to objects over time. */
  readonly lifecycle: Pick<S3BucketLifecycleConfigurationRule, 'id' | 'expiration' | 'noncurrentVersionExpiration'>;

  /**
   * Key that encrypts objects at rest.
   *
   * @default - S3's own keys (SSE-S3)
   */
  readonly dataKeyArn?: string;

  /**
   * Let writers in by the bucket's ACL, too. What they write belongs to the bucket's owner all the same.
   *
   * @default false
   */
  readonly acls?: boolean;

  /**
   * Refuse every plan that would delete the bucket.
   *
   * @default false
   */
  readonly preventDestroy?: boolean;

  /**
   * Provider of its region.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
}

/**
 * A bucket that nobody outside can read: encrypted, without public access, by TLS alone.
 *
 * Abstract, so that the parts are children of what the bucket is for, not of another level below it.
 */
export abstract class PrivateBucket extends Construct {
  protected readonly resource: S3Bucket;
  protected readonly ownership: S3BucketOwnershipControls;

  private readonly block: S3BucketPublicAccessBlock;
  private readonly provider: TerraformProvider | undefined;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const { prefix, bucketName, lifecycle, dataKeyArn, acls = false, preventDestroy, provider } = props;

    this.resource = new S3Bucket(this, 'Resource', {
      bucketPrefix: prefix,
      bucket: bucketName,
      ...(preventDestroy && { lifecycle: { preventDestroy } }),
      provider,
    });
    this.provider = provider;
    const bucket = this.resource.bucket;
    this.ownership = new S3BucketOwnershipControls(this, 'ownership', {
      bucket,
      provider,
      rule: { objectOwnership: acls ? 'BucketOwnerPreferred' : 'BucketOwnerEnforced' },
    });
    this.block = new S3BucketPublicAccessBlock(this, 'public-access-block', {
      bucket,
      provider,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket,
      provider,
      rule: [
        dataKeyArn === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
          : {
              applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: dataKeyArn },
              bucketKeyEnabled: true,
            },
      ],
    });
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket,
      provider,
      rule: [
        {
          ...lifecycle,
          status: 'Enabled',
          filter: [{ prefix: '' }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    });
  }

  /** Says who may do what beside the owner; once, because a bucket has one policy. */
  protected definePolicy(statements: readonly object[]): S3BucketPolicy {
    const { arn, bucket } = this.resource;
    return new S3BucketPolicy(this, 'policy', {
      bucket,
      provider: this.provider,
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          ...statements,
          {
            Sid: 'OnlyTls',
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: [arn, `${arn}/*`],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      }),
      // Both change the bucket's policy settings; AWS refuses the two at once.
      dependsOn: [this.block],
    });
  }
}

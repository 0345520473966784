import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { partitionOf } from '../core/regions';

/** Properties for `DataKey`. */
export interface DataKeyProps {
  /** Name of the stack: the key's alias is `alias/portal6/<name>`. */
  readonly name: string;

  /** Region that the key is in, and whose logs it encrypts. */
  readonly region: string;

  /** Account whose logs and alarms may use the key. */
  readonly account: string;

  /**
   * Let the account's CloudFront distributions read what is encrypted with the key, such as a bucket's objects.
   *
   * @default false
   */
  readonly distributions?: boolean;

  /**
   * Provider of the region.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
}

/**
 * The agency's own key for data at rest: logs, topics and sites in one region. KMS renews its material every year.
 *
 * Not what load balancers log, which they can write with SSE-S3 alone, and not the volumes of instances: Auto Scaling
 * would need a grant on the key for a role that an account may not have yet.
 */
export class DataKey extends Construct {
  /** Known once the key is there with its policy. */
  public readonly arn: string;

  constructor(scope: Construct, id: string, props: DataKeyProps) {
    super(scope, id);
    const { name, provider } = props;

    const key = new KmsKey(this, 'Resource', {
      description: `Data at rest of ${name}`,
      enableKeyRotation: true,
      // The longest there is: without the key nobody reads the logs again.
      deletionWindowInDays: 30,
      policy: JSON.stringify({ Version: '2012-10-17', Statement: statements(props) }),
      provider,
    });
    new KmsAlias(this, 'alias', { name: `alias/portal6/${name}`, targetKeyId: key.keyId, provider });
    this.arn = key.arn;
  }
}

function statements({ region, account, distributions = false }: DataKeyProps): object[] {
  const partition = partitionOf(region);
  return [
    {
      Sid: 'Account',
      Effect: 'Allow',
      Principal: { AWS: `arn:${partition}:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    {
      Sid: 'Logs',
      Effect: 'Allow',
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      Resource: '*',
      Condition: {
        ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` },
      },
    },
    // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
    {
      Sid: 'Alarms',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    },
    // By account and not by distribution, which would make the key wait for what waits for the key
    // (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html).
    ...(distributions
      ? [
          {
            Sid: 'Distributions',
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: { ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudfront::${account}:distribution/*` } },
          },
        ]
      : []),
  ];
}

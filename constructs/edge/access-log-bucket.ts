import type { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import type { Construct } from 'constructs';
import { shortName } from '../../core/names';
import { PrivateBucket } from '../private-bucket';
import { RETENTION_DAYS } from '../retention';

/** Properties for `AccessLogBucket`. */
export interface AccessLogBucketProps {
  /** What the bucket's generated name begins with. */
  readonly name: string;

  /** Account whose load balancers write here. */
  readonly account: string;

  /**
   * Let AWS's log delivery write, too: it brings the logs of network load balancers and accelerators.
   *
   * @default false
   */
  readonly logDelivery?: boolean;
}

/**
 * A private bucket for load balancers' access logs, which hold each client's full address of either family.
 *
 * SSE-S3 is the only encryption that load balancers can write with
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html).
 */
export class AccessLogBucket extends PrivateBucket {
  /** Name of the bucket; known once the policy that lets load balancers write is there. */
  public readonly bucket: string;

  /** Load balancers must wait for it: AWS tries to write when logging is switched on. */
  public readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, { name, account, logDelivery = false }: AccessLogBucketProps) {
    super(scope, id, {
      prefix: `${shortName(name, 24)}-access-logs-`,
      lifecycle: { id: 'expire', expiration: [{ days: RETENTION_DAYS }] },
    });

    this.bucket = this.resource.bucket;
    this.policy = this.definePolicy([
      {
        Sid: 'LoadBalancersWrite',
        Effect: 'Allow',
        Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: `${this.resource.arn}/*/AWSLogs/${account}/*`,
      },
      ...(logDelivery ? logDeliveryStatements(this.resource.arn, account) : []),
    ]);
  }
}

/** As AWS asks for (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html). */
function logDeliveryStatements(bucketArn: string, account: string): object[] {
  const delivery = { Effect: 'Allow', Principal: { Service: 'delivery.logs.amazonaws.com' } };
  return [
    {
      Sid: 'LogDeliveryWrites',
      ...delivery,
      Action: 's3:PutObject',
      Resource: `${bucketArn}/*/AWSLogs/${account}/*`,
      Condition: { StringEquals: { 'aws:SourceAccount': account, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
    {
      Sid: 'LogDeliveryLooks',
      ...delivery,
      Action: ['s3:GetBucketAcl', 's3:ListBucket'],
      Resource: bucketArn,
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    },
  ];
}

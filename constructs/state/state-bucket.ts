import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { partitionOf } from '../../core/regions';
import { PrivateBucket } from '../private-bucket';

/** Properties for `StateBucket`. */
export interface StateBucketProps {
  /** Name of the bucket. */
  readonly name: string;

  /** Region of the bucket. */
  readonly region: string;

  /**
   * Stacks of other accounts whose states are in the bucket.
   *
   * @default - none
   */
  readonly guests?: readonly { readonly stack: string; readonly account: string }[];

  /**
   * Provider of the region.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
}

/** An old version is for who has broken a state, and notices it soon; the newest few stay for who does not. */
const OLD_VERSION_DAYS = 90;
const KEPT_VERSIONS = 10;

/**
 * The bucket that Terraform keeps states in, each version of them, and locks by a file beside each.
 *
 * SSE-S3, because Terraform asks for that by name with each state that it writes, whatever the bucket's default is, unless
 * every backend names a key (https://developer.hashicorp.com/terraform/language/backend/s3).
 */
export class StateBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, { name, region, guests = [], provider }: StateBucketProps) {
    super(scope, id, {
      bucketName: name,
      lifecycle: {
        id: 'forget-old-versions',
        noncurrentVersionExpiration: [{ noncurrentDays: OLD_VERSION_DAYS, newerNoncurrentVersions: KEPT_VERSIONS }],
        // What remains of each lock.
        expiration: [{ expiredObjectDeleteMarker: true }],
      },
      preventDestroy: true,
      provider,
    });
    const { bucket, arn } = this.resource;
    new S3BucketVersioningA(this, 'versioning', {
      bucket,
      versioningConfiguration: { status: 'Enabled' },
      provider,
    });
    this.definePolicy(accounts(guests).flatMap(([account, stacks]) => guestStatements(account, stacks, arn, region)));
  }
}

/** Accounts with their stacks, both in alphabetical order. */
function accounts(guests: NonNullable<StateBucketProps['guests']>): [string, string[]][] {
  const stacks = new Map<string, string[]>();
  for (const { account, stack } of guests) stacks.set(account, [...(stacks.get(account) ?? []), stack].sort());
  return [...stacks].sort(([one], [other]) => (one < other ? -1 : 1));
}

/**
 * What Terraform does in a bucket of another account: it looks for workspaces, and reads, writes and locks its own
 * states (https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required).
 */
function guestStatements(account: string, stacks: readonly string[], arn: string, region: string): object[] {
  const guest = { Effect: 'Allow', Principal: { AWS: `arn:${partitionOf(region)}:iam::${account}:root` } };
  return [
    { Sid: `List${account}`, ...guest, Action: 's3:ListBucket', Resource: arn },
    {
      Sid: `Use${account}`,
      ...guest,
      Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      Resource: stacks.map((stack) => `${arn}/${stack}/*`),
    },
  ];
}

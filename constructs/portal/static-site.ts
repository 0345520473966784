import { CloudfrontFunction } from '@cdktf/provider-aws/lib/cloudfront-function';
import { CloudfrontOriginAccessControl } from '@cdktf/provider-aws/lib/cloudfront-origin-access-control';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import type { Construct } from 'constructs';
import { invalidProp } from '../../core/errors';
import { shortName } from '../../core/names';
import type { DistributionContent, DualStackDistribution } from '../edge/dual-stack-distribution';
import { PrivateBucket } from '../private-bucket';
import { indexFunction } from './index-function';

/** Properties for `StaticSite`. */
export interface StaticSiteProps {
  /** What names of the site's resources begin with. */
  readonly name: string;

  /**
   * File that answers for a folder.
   *
   * @default index.html
   */
  readonly index?: string;

  /**
   * File that answers for what is not there, with status 404.
   *
   * @default - what S3 says
   */
  readonly notFound?: string;

  /**
   * Answer for what is not there with the index and status 200: a script in it knows the path.
   *
   * @default false
   */
  readonly singlePage?: boolean;

  /**
   * Key that encrypts the files at rest. CloudFront has to be let use it.
   *
   * @default - S3's own keys (SSE-S3)
   */
  readonly dataKeyArn?: string;
}

/** AWS's own CachingOptimized: a day, unless the files say otherwise, told apart by compression alone. */
export const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';

/** How long an answer for what is not there is kept: a file that is published meanwhile is seen soon. */
const ERROR_SECONDS = 10;

/** How long a file that was replaced or deleted can be brought back. */
const UNDO_DAYS = 90;

/**
 * A portal that is files: a private, versioned bucket that one distribution reads.
 *
 * Files are published by whatever makes them, by `aws s3 sync` for one, and not by Terraform.
 */
export class StaticSite extends PrivateBucket {
  /** Name of the bucket, to publish to. */
  public readonly bucket: string;

  /** What the distribution in front has to know. It is let in by `allow`. */
  public readonly content: DistributionContent;

  constructor(scope: Construct, id: string, props: StaticSiteProps) {
    const { name, index = 'index.html', notFound, singlePage = false, dataKeyArn } = props;
    super(scope, id, {
      prefix: `${shortName(name, 30)}-site-`,
      lifecycle: { id: 'undo', noncurrentVersionExpiration: [{ noncurrentDays: UNDO_DAYS }] },
      dataKeyArn,
    });
    if (singlePage && notFound !== undefined) {
      throw invalidProp(this, 'notFound', 'does not go with `singlePage`, by which the index answers', notFound);
    }

    this.bucket = this.resource.bucket;
    new S3BucketVersioningA(this, 'versioning', {
      bucket: this.bucket,
      versioningConfiguration: { status: 'Enabled' },
    });
    this.content = {
      origin: {
        domainName: this.resource.bucketRegionalDomainName,
        originAccessControlId: this.defineAccess(name).id,
      },
      behavior: {
        methods: 'read',
        cachePolicyId: CACHING_OPTIMIZED,
        functionArn: singlePage ? undefined : this.defineFunction(name, index).arn,
      },
      index,
      errors: errorsOf(singlePage ? { status: 200, file: index } : { status: 404, file: notFound }),
    };
  }

  /** Lets a distribution read the files, and no other. */
  public allow({ arn }: DualStackDistribution): void {
    const only = {
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceArn': arn } },
    };
    this.definePolicy([
      { ...only, Sid: 'DistributionReads', Action: 's3:GetObject', Resource: `${this.resource.arn}/*` },
      // Without it S3 answers 403 for what is not there, which could not be told from what a web ACL refuses. Nobody can
      // list by it: the index answers for `/`, and no query string gets to S3.
      { ...only, Sid: 'DistributionSeesWhatIsThere', Action: 's3:ListBucket', Resource: this.resource.arn },
    ]);
  }

  private defineAccess(name: string): CloudfrontOriginAccessControl {
    return new CloudfrontOriginAccessControl(this, 'access', {
      name: shortName(name, 64),
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    });
  }

  private defineFunction(name: string, index: string): CloudfrontFunction {
    return new CloudfrontFunction(this, 'index-function', {
      name: shortName(`${name}-index`, 64),
      comment: 'The index answers for folders',
      runtime: 'cloudfront-js-2.0',
      code: indexFunction(index),
      publish: true,
    });
  }
}

function errorsOf({ status, file }: { readonly status: number; readonly file?: string }) {
  if (file === undefined) return undefined;
  return [
    { errorCode: 404, responseCode: status, responsePagePath: `/${file}`, errorCachingMinTtl: ERROR_SECONDS },
  ] as const;
}

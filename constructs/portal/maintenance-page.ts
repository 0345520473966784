import { CloudfrontFunction } from '@cdktf/provider-aws/lib/cloudfront-function';
import { CloudfrontOriginAccessControl } from '@cdktf/provider-aws/lib/cloudfront-origin-access-control';
import { S3Object } from '@cdktf/provider-aws/lib/s3-object';
import type { Construct } from 'constructs';
import { invalidProp } from '../../core/errors';
import { shortName } from '../../core/names';
import type { DistributionContent, DualStackDistribution, Fallback } from '../edge/dual-stack-distribution';
import { PrivateBucket } from '../private-bucket';
import { CACHING_DISABLED } from './cdn-gateway';
import { MAX_FUNCTION_BYTES, maintenanceFunction } from './maintenance-function';
import { maintenanceHtml, type MaintenanceTexts } from './maintenance-html';
import { CACHING_OPTIMIZED } from './static-site';

/** Properties for `MaintenancePage`. */
export interface MaintenancePageProps extends MaintenanceTexts {
  /** What names of the page's resources begin with. */
  readonly name: string;
}

/** Where the page is in its bucket: below what no portal has for itself. */
const KEY = '.portal6/maintenance.html';

/**
 * The page that citizens see while a portal is away, in a private bucket that one distribution reads.
 *
 * A distribution shows it by `fallback` while its own origin does not answer, or by `answerEverything` alone, where it
 * stands in for a load balancer.
 */
export class MaintenancePage extends PrivateBucket {
  /** The page for a distribution that has an origin of its own. The distribution is let in by `allow`. */
  public readonly fallback: Fallback;

  private readonly name: string;
  private readonly html: string;

  constructor(scope: Construct, id: string, props: MaintenancePageProps) {
    const { name } = props;
    super(scope, id, {
      prefix: `${shortName(name, 24)}-maintenance-`,
      lifecycle: { id: 'clean-up' },
    });
    this.name = name;
    this.html = maintenanceHtml(props);

    new S3Object(this, 'html', {
      bucket: this.resource.bucket,
      key: KEY,
      content: this.html,
      contentType: 'text/html; charset=utf-8',
      contentLanguage: 'vi, en',
      // For CloudFront alone: browsers that kept the page would show it when the portal is back.
      cacheControl: 'max-age=0, s-maxage=60',
    });
    const access = new CloudfrontOriginAccessControl(this, 'access', {
      name: shortName(`${name}-maintenance`, 64),
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    });
    this.fallback = {
      origin: { domainName: this.resource.bucketRegionalDomainName, originAccessControlId: access.id },
      path: `/${KEY}`,
      behavior: { methods: 'read', cachePolicyId: CACHING_OPTIMIZED },
    };
  }

  /**
   * What a distribution has to know that shows nothing but the page. The bucket is there because a distribution has to
   * have an origin: what answers is a function.
   */
  public answerEverything(): DistributionContent {
    const code = maintenanceFunction(this.html);
    if (code.length > MAX_FUNCTION_BYTES) {
      throw invalidProp(
        this,
        'agency',
        'must have shorter names: a CloudFront Function has at most 10 KB',
        code.length,
      );
    }
    const answer = new CloudfrontFunction(this, 'function', {
      name: shortName(`${this.name}-maintenance`, 64),
      comment: 'Answers every request with the page, and 503',
      runtime: 'cloudfront-js-2.0',
      code,
      publish: true,
    });
    const { origin } = this.fallback;
    return { origin, behavior: { methods: 'all', cachePolicyId: CACHING_DISABLED, functionArn: answer.arn } };
  }

  /** Lets a distribution read the page, and no other. */
  public allow({ arn }: DualStackDistribution): void {
    this.definePolicy([
      {
        Sid: 'DistributionReads',
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 's3:GetObject',
        Resource: `${this.resource.arn}/${KEY}`,
        Condition: { StringEquals: { 'aws:SourceArn': arn } },
      },
    ]);
  }
}

import {
  CloudfrontDistribution,
  type CloudfrontDistributionCustomErrorResponse,
  type CloudfrontDistributionDefaultCacheBehavior,
  type CloudfrontDistributionOrigin,
} from '@cdktf/provider-aws/lib/cloudfront-distribution';
import { CloudfrontResponseHeadersPolicy } from '@cdktf/provider-aws/lib/cloudfront-response-headers-policy';
import { Construct } from 'constructs';
import { invalidProp } from '../../core/errors';
import { shortName } from '../../core/names';
import type { DistributionLogBucket } from './distribution-log-bucket';
import type { Front } from './front';

/** Properties for `DualStackDistribution`. */
export interface DualStackDistributionProps {
  /** Name, by which people know it in the console. */
  readonly name: string;

  /** Names that it answers for, at least one and at most 100. The certificate must hold them all. */
  readonly names: readonly string[];

  /** Certificate in us-east-1. */
  readonly certificateArn: string;

  /** Where requests go, and what is kept of the answers. */
  readonly content: DistributionContent;

  /** Where access logs go. */
  readonly accessLogs: DistributionLogBucket;

  /** First part of the access logs' keys. */
  readonly accessLogPrefix: string;

  /**
   * ARN of a web ACL of scope CLOUDFRONT.
   *
   * @default - everybody may connect
   */
  readonly webAclArn?: string;

  /**
   * What answers while the origin does not.
   *
   * @default - an error of CloudFront's
   */
  readonly fallback?: Fallback;
}

/** What a distribution has to know of the portal behind it. */
export interface DistributionContent {
  /** The only origin; its `originId` is this construct's to say. */
  readonly origin: Omit<CloudfrontDistributionOrigin, 'originId'>;

  /** What happens to requests for paths of which `paths` holds none. */
  readonly behavior: Behavior;

  /**
   * Paths that are treated otherwise, in this order: the first that fits counts.
   *
   * @default - none
   */
  readonly paths?: readonly (Behavior & { readonly pattern: string })[];

  /**
   * File that answers for `/`.
   *
   * @default - the origin decides
   */
  readonly index?: string;

  /**
   * What answers instead of an error of the origin's.
   *
   * @default - its own error
   */
  readonly errors?: readonly CloudfrontDistributionCustomErrorResponse[];
}

/**
 * A page at an origin of its own, which answers with status 503 while the portal's origin does not.
 *
 * Not an origin group: that fails over for GET and HEAD alone
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html).
 */
export interface Fallback {
  readonly origin: Omit<CloudfrontDistributionOrigin, 'originId'>;

  /** Path of the page, there as here. */
  readonly path: string;

  /** How CloudFront asks for the page. */
  readonly behavior: Behavior;
}

/** What happens to requests for some paths. */
export interface Behavior {
  /** `read` is GET and HEAD; `all` are the seven methods that CloudFront knows. */
  readonly methods: 'read' | 'all';

  readonly cachePolicyId: string;

  /**
   * What the origin is told of a request beyond what the cache tells apart.
   *
   * @default - nothing
   */
  readonly originRequestPolicyId?: string;

  /**
   * Function that sees each request first.
   *
   * @default - there is none
   */
  readonly functionArn?: string;

  /**
   * Whether CloudFront compresses what the origin does not.
   *
   * @default true
   */
  readonly compress?: boolean;
}

const ORIGIN = 'portal';
const FALLBACK = 'fallback';

/** What CloudFront says of an origin that it cannot speak to, or hears of one that is away. */
const AWAY = [502, 503, 504];

/** How long CloudFront believes that an origin is away before it asks again. */
const AWAY_SECONDS = 10;

const READ = ['GET', 'HEAD'];
const ALL = [...READ, 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'];

/** AWS's quota (https://docs.aws.amazon.com/general/latest/gr/cf_region.html). */
const MAX_NAMES = 100;

const YEAR_SECONDS = 365 * 24 * 3600;

/**
 * A CloudFront distribution that answers over IPv4 and IPv6 alike, by HTTP/2 and HTTP/3.
 *
 * It has neither a security group nor a VPC: who may connect is for a web ACL to say. Plain HTTP is redirected to HTTPS.
 */
export class DualStackDistribution extends Construct implements Front {
  public readonly arn: string;
  public readonly distributionId: string;
  /** Name that answers A and AAAA. */
  public readonly dnsName: string;
  public readonly aliases: Front['aliases'];

  constructor(scope: Construct, id: string, props: DualStackDistributionProps) {
    super(scope, id);
    const { name, names, certificateArn, content, accessLogs, accessLogPrefix, webAclArn, fallback } = props;
    if (names.length === 0 || names.length > MAX_NAMES) {
      throw invalidProp(this, 'names', `must hold 1 to ${MAX_NAMES} names`, names);
    }

    const headers = this.defineHeaders(name);
    const { origin, behavior, paths = [], index } = content;
    const ordered = [
      ...(fallback ? [{ ...behaviorOf(fallback.behavior, headers.id, FALLBACK), pathPattern: fallback.path }] : []),
      ...paths.map((one) => ({ ...behaviorOf(one, headers.id), pathPattern: one.pattern })),
    ];
    const errors = [...(content.errors ?? []), ...(fallback ? errorsOf(fallback) : [])];
    const distribution = new CloudfrontDistribution(this, 'Resource', {
      enabled: true,
      comment: name,
      aliases: [...names],
      isIpv6Enabled: true,
      httpVersion: 'http2and3',
      priceClass: 'PriceClass_All',
      defaultRootObject: index,
      origin: [{ ...origin, originId: ORIGIN }, ...(fallback ? [{ ...fallback.origin, originId: FALLBACK }] : [])],
      defaultCacheBehavior: behaviorOf(behavior, headers.id),
      orderedCacheBehavior: ordered.length > 0 ? ordered : undefined,
      customErrorResponse: errors.length > 0 ? errors : undefined,
      loggingConfig: { bucket: accessLogs.domainName, prefix: `${accessLogPrefix}/`, includeCookies: false },
      restrictions: { geoRestriction: { restrictionType: 'none' } },
      viewerCertificate: {
        acmCertificateArn: certificateArn,
        sslSupportMethod: 'sni-only',
        // Not 1.3 alone: Route 53's HTTPS checks end at 1.2, and so do browsers of ten years ago.
        minimumProtocolVersion: 'TLSv1.2_2021',
      },
      webAclId: webAclArn,
      dependsOn: [accessLogs.ready],
    });

    this.arn = distribution.arn;
    this.distributionId = distribution.id;
    this.dnsName = distribution.domainName;
    // Route 53 cannot see how CloudFront is.
    const alias = { dnsName: this.dnsName, zoneId: distribution.hostedZoneId, checkHealth: false };
    this.aliases = { A: alias, AAAA: alias };
  }

  /** Where the origin says one of these itself, its own counts; it may be stricter. */
  private defineHeaders(name: string): CloudfrontResponseHeadersPolicy {
    return new CloudfrontResponseHeadersPolicy(this, 'headers', {
      name: shortName(`${name}-headers`, 128),
      comment: 'What browsers are told by every answer',
      securityHeadersConfig: {
        // Subdomains may be other portals, which say it themselves.
        strictTransportSecurity: { accessControlMaxAgeSec: YEAR_SECONDS, includeSubdomains: false, override: false },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: 'SAMEORIGIN', override: false },
        referrerPolicy: { referrerPolicy: 'strict-origin-when-cross-origin', override: false },
      },
    });
  }
}

function behaviorOf(
  { methods, cachePolicyId, originRequestPolicyId, functionArn, compress = true }: Behavior,
  responseHeadersPolicyId: string,
  targetOriginId: string = ORIGIN,
): CloudfrontDistributionDefaultCacheBehavior {
  return {
    targetOriginId,
    viewerProtocolPolicy: 'redirect-to-https',
    allowedMethods: methods === 'all' ? ALL : READ,
    cachedMethods: READ,
    compress,
    cachePolicyId,
    originRequestPolicyId,
    responseHeadersPolicyId,
    functionAssociation: functionArn === undefined ? undefined : [{ eventType: 'viewer-request', functionArn }],
  };
}

/** 503 for all of them, so that nobody takes the page for the portal. */
function errorsOf({ path }: Fallback): CloudfrontDistributionCustomErrorResponse[] {
  return AWAY.map((errorCode) => ({
    errorCode,
    responseCode: 503,
    responsePagePath: path,
    errorCachingMinTtl: AWAY_SECONDS,
  }));
}

import { CloudfrontCachePolicy } from '@cdktf/provider-aws/lib/cloudfront-cache-policy';
import { Construct } from 'constructs';
import { invalidProp } from '../../core/errors';
import { parseAddress } from '../../core/cidr';
import { shortName } from '../../core/names';
import type { DistributionContent } from '../edge/dual-stack-distribution';

/** Properties for `CdnGateway`. */
export interface CdnGatewayProps {
  /** What names of the gateway's resources begin with. */
  readonly name: string;

  /** Public name of the origin, e.g. `portal-goc.hue.gov.vn`. */
  readonly host: string;

  /**
   * Port that it listens on: 443, or 1024 to 65535.
   *
   * @default 443
   */
  readonly port?: number;

  /**
   * How CloudFront reaches it. Other than `ipv4` needs AWS provider 6.15 or newer.
   *
   * @default ipv4
   */
  readonly family?: 'ipv4' | 'dual-stack' | 'ipv6';

  /**
   * Paths that CloudFront may keep, in this order: the first that fits counts. Seconds are the most; the origin may say
   * less, by `Cache-Control`.
   *
   * @default - nothing is kept
   */
  readonly cache?: readonly { readonly path: string; readonly seconds: number }[];

  /** Value of the header `x-origin-verify`, by which the origin knows that a request came this way. */
  readonly secret: string;
}

/** AWS's own CachingDisabled. */
export const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

/** AWS's own AllViewer: all headers, cookies and query strings of the client, the portal's own `Host` among them. */
const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';

const FAMILIES = { 'dual-stack': 'dualstack', ipv6: 'ipv6' } as const;

/**
 * A portal that stays where it is, behind a distribution: citizens come over IPv6, and CloudFront asks the origin over
 * whichever family it has, by HTTPS alone, so that it verifies the origin's certificate.
 *
 * The client's address is at the end of `X-Forwarded-For`, so the origin has to log it from there, in full.
 */
export class CdnGateway extends Construct {
  /** What the distribution in front has to know. */
  public readonly content: DistributionContent;

  constructor(scope: Construct, id: string, props: CdnGatewayProps) {
    super(scope, id);
    const { name, host, port = 443, family = 'ipv4', cache = [], secret } = props;
    if (parseAddress(host)) throw invalidProp(this, 'host', 'must be a name: CloudFront reaches no addresses', host);
    if (port !== 443 && (port < 1024 || port > 65535)) {
      throw invalidProp(this, 'port', 'must be 443, or 1024 to 65535', port);
    }

    const policies = new Map<number, CloudfrontCachePolicy>();
    for (const { seconds } of cache) {
      if (!policies.has(seconds)) policies.set(seconds, this.defineCachePolicy(name, seconds));
    }
    this.content = {
      origin: {
        domainName: host,
        customHeader: [{ name: 'x-origin-verify', value: secret }],
        customOriginConfig: {
          httpPort: 80,
          httpsPort: port,
          originProtocolPolicy: 'https-only',
          originSslProtocols: ['TLSv1.2'],
          ...(family === 'ipv4' ? {} : { ipAddressType: FAMILIES[family] }),
        },
      },
      // What is not kept is not compressed either.
      behavior: {
        methods: 'all',
        cachePolicyId: CACHING_DISABLED,
        originRequestPolicyId: ALL_VIEWER,
        compress: false,
      },
      paths: cache.map(({ path, seconds }) => ({
        pattern: path,
        methods: 'read',
        cachePolicyId: policies.get(seconds)!.id,
      })),
    };
  }

  /** Told apart by host and query string, which the origin gets; without cookies, so that nobody gets another's page. */
  private defineCachePolicy(name: string, seconds: number): CloudfrontCachePolicy {
    return new CloudfrontCachePolicy(this, `cache-${seconds}`, {
      name: shortName(`${name}-cache-${seconds}`, 128),
      comment: `Kept for at most ${seconds} seconds`,
      minTtl: 0,
      defaultTtl: seconds,
      maxTtl: seconds,
      parametersInCacheKeyAndForwardedToOrigin: {
        enableAcceptEncodingBrotli: true,
        enableAcceptEncodingGzip: true,
        headersConfig: { headerBehavior: 'whitelist', headers: { items: ['Host'] } },
        queryStringsConfig: { queryStringBehavior: 'all' },
        cookiesConfig: { cookieBehavior: 'none' },
      },
    });
  }
}

import { Construct } from 'constructs';
import { type DistributedHosting } from '../config/portal-front';
import { ValidatedCertificate } from '../constructs/dns/validated-certificate';
import type { DistributionLogBucket } from '../constructs/edge/distribution-log-bucket';
import {
  type DistributionContent,
  DualStackDistribution,
  type Fallback,
} from '../constructs/edge/dual-stack-distribution';
import { CdnGateway } from '../constructs/portal/cdn-gateway';
import { StaticSite } from '../constructs/portal/static-site';
import { stagedName } from '../core/names';
import { definePage } from './failover';
import type { PortalContext } from './portal-context';
import type { PortalFront } from './portal-front';
import { defineWebAcl } from './portal-waf';
import { secretVariable } from './secret-variable';

/** A distribution with its certificate, and behind it what the portal is. */
export function defineDistributionFront(
  scope: Construct,
  context: PortalContext,
  hosting: DistributedHosting,
  accessLogs: DistributionLogBucket,
  zoneId: string | undefined,
): PortalFront {
  const { portal, id, name, providers } = context;
  const names = [portal.domain, ...portal.aliases, stagedName(portal.domain)] as const;
  const certificate = new ValidatedCertificate(scope, 'certificate', { names, zoneId, provider: providers.global });
  const webAclArn = defineWebAcl(scope, context, 'distribution')?.arn;
  const common = { name, names, certificateArn: certificate.arn, accessLogs, accessLogPrefix: id, webAclArn };
  const serve = (content: DistributionContent, fallback?: Fallback) =>
    new DualStackDistribution(scope, 'edge', { ...common, content, fallback });

  if (hosting.type === 'static') {
    const { index, notFound, singlePage } = hosting;
    const dataKeyArn = context.dataKeys.arn;
    const site = new StaticSite(scope, 'hosting', { name, index, notFound, singlePage, dataKeyArn });
    const edge = serve(site.content);
    site.allow(edge);
    return { edge, certificate, watched: watch(edge), outputs: { ...outputsOf(edge), bucket: site.bucket } };
  }

  const { host, port, family, cache } = hosting.origin;
  const secret = secretVariable(
    scope,
    `origin-secret-${id}`,
    `Header x-origin-verify, by which ${host} knows CloudFront`,
  );
  const { content } = new CdnGateway(scope, 'hosting', { name, host, port, family, cache, secret });
  const page = portal.failover ? definePage(new Construct(scope, 'failover'), context) : undefined;
  const edge = serve(content, page?.fallback);
  page?.allow(edge);
  return { edge, certificate, watched: watch(edge), outputs: outputsOf(edge) };
}

function watch({ distributionId }: DualStackDistribution): PortalFront['watched'] {
  return { kind: 'distribution', distributionId };
}

function outputsOf({ dnsName, distributionId }: DualStackDistribution): Record<string, string> {
  return { distribution: dnsName, distribution_id: distributionId };
}

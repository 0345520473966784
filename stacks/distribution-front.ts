import type { Construct } from 'constructs';
import { type DistributedHosting } from '../config/portal-front';
import { ValidatedCertificate } from '../constructs/dns/validated-certificate';
import type { DistributionLogBucket } from '../constructs/edge/distribution-log-bucket';
import { type DistributionContent, DualStackDistribution } from '../constructs/edge/dual-stack-distribution';
import { CdnGateway } from '../constructs/portal/cdn-gateway';
import { StaticSite } from '../constructs/portal/static-site';
import { stagedName } from '../core/names';
import type { PortalContext } from './portal-context';
import { defineWebAcl } from './portal-waf';
import { secretVariable } from './secret-variable';

export interface DistributionFront {
  readonly edge: DualStackDistribution;
  readonly certificate: ValidatedCertificate;

  /** What the steps after apply need to know of it. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** A distribution with its certificate, and behind it what the portal is. */
export function defineDistributionFront(
  scope: Construct,
  context: PortalContext,
  hosting: DistributedHosting,
  accessLogs: DistributionLogBucket,
  zoneId: string | undefined,
): DistributionFront {
  const { portal, id, name, providers } = context;
  const names = [portal.domain, ...portal.aliases, stagedName(portal.domain)] as const;
  const certificate = new ValidatedCertificate(scope, 'certificate', { names, zoneId, provider: providers.global });
  const webAclArn = defineWebAcl(scope, context, 'distribution')?.arn;
  const common = { name, names, certificateArn: certificate.arn, accessLogs, accessLogPrefix: id, webAclArn };
  const serve = (content: DistributionContent) => new DualStackDistribution(scope, 'edge', { ...common, content });

  if (hosting.type === 'static') {
    const { index, notFound, singlePage } = hosting;
    const dataKeyArn = context.dataKeys.arn;
    const site = new StaticSite(scope, 'hosting', { name, index, notFound, singlePage, dataKeyArn });
    const edge = serve(site.content);
    site.allow(edge);
    return { edge, certificate, outputs: { ...outputsOf(edge), bucket: site.bucket } };
  }

  const { host, port, family, cache } = hosting.origin;
  const secret = secretVariable(
    scope,
    `origin-secret-${id}`,
    `Header x-origin-verify, by which ${host} knows CloudFront`,
  );
  const edge = serve(new CdnGateway(scope, 'hosting', { name, host, port, family, cache, secret }).content);
  return { edge, certificate, outputs: outputsOf(edge) };
}

function outputsOf({ dnsName, distributionId }: DualStackDistribution): Record<string, string> {
  return { distribution: dnsName, distribution_id: distributionId };
}

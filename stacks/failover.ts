import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { CertificateCopy } from '../constructs/dns/certificate-copy';
import { DualStackAlias, type DualStackAliasProps } from '../constructs/dns/dual-stack-alias';
import type { ValidatedCertificate } from '../constructs/dns/validated-certificate';
import type { DistributionLogBucket } from '../constructs/edge/distribution-log-bucket';
import { DualStackDistribution } from '../constructs/edge/dual-stack-distribution';
import { MaintenancePage } from '../constructs/portal/maintenance-page';
import type { PortalContext } from './portal-context';
import { GLOBAL_REGION } from './providers';

/** A name, and the records that answer for it as long as the portal is well. */
export interface PrimaryAnswer {
  readonly name: Omit<DualStackAliasProps, 'targets' | 'failover'>;
  readonly records: readonly ITerraformDependable[];
}

/**
 * A distribution that answers for a portal's names, with nothing but the maintenance page, while all targets behind its
 * load balancer are unhealthy.
 *
 * What steers is the health of the targets, which is the same for both families, so that they fail over together and
 * back. It is not the health check on the IPv6 probe: an AAAA record that failed over by itself would show the page to
 * people whose IPv4 works, because a browser takes any answer over IPv6 for the portal's and tries nothing else.
 *
 * @returns its certificate, where it has one of its own, in `GLOBAL_REGION`
 */
export function defineStandIn(
  scope: Construct,
  context: PortalContext,
  original: ValidatedCertificate,
  accessLogs: DistributionLogBucket,
  primaries: readonly PrimaryAnswer[],
): CertificateCopy | undefined {
  const { name, id, region, providers } = context;
  const failover = new Construct(scope, 'failover');
  const certificate =
    region === GLOBAL_REGION
      ? undefined
      : new CertificateCopy(failover, 'certificate', { of: original, provider: providers.global });
  const page = definePage(failover, context);
  const edge = new DualStackDistribution(failover, 'edge', {
    name: `${name}-maintenance`,
    names: primaries.map((primary) => primary.name.name),
    certificateArn: (certificate ?? original).arn,
    content: page.answerEverything(),
    accessLogs,
    accessLogPrefix: `${id}-maintenance`,
  });
  page.allow(edge);

  const dns = new Construct(failover, 'dns');
  for (const { name: props, records } of primaries) {
    const secondary = { role: 'secondary', after: records } as const;
    new DualStackAlias(dns, props.name, { ...props, targets: edge.aliases, failover: secondary });
  }
  return certificate;
}

/** The maintenance page, for a distribution to show. */
export function definePage(scope: Construct, { name, agency, portal }: PortalContext): MaintenancePage {
  return new MaintenancePage(scope, 'page', { name, domain: portal.domain, agency: agency.name });
}

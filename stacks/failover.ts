import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { failsOver } from '../config/portal-front';
import { CertificateCopy } from '../constructs/dns/certificate-copy';
import { DualStackAlias, type DualStackAliasProps, type Failover } from '../constructs/dns/dual-stack-alias';
import type { ValidatedCertificate } from '../constructs/dns/validated-certificate';
import type { DistributionLogBucket } from '../constructs/edge/distribution-log-bucket';
import { DualStackDistribution } from '../constructs/edge/dual-stack-distribution';
import type { Watched } from '../constructs/health/portal-dashboard';
import { TargetHealthCheck } from '../constructs/health/target-health-check';
import { MaintenancePage } from '../constructs/portal/maintenance-page';
import { GLOBAL_REGION } from '../core/regions';
import type { PortalContext } from './portal-context';

/** A name, and the records that answer for it as long as the portal is well. */
export interface PrimaryAnswer {
  readonly name: Omit<DualStackAliasProps, 'targets' | 'failover'>;
  readonly records: readonly ITerraformDependable[];
}

/**
 * The part that a portal's own records take, where there are others to fall back on.
 *
 * Route 53 takes the health of a load balancer's targets from the load balancer. Into an accelerator it does not see, and
 * one without a healthy endpoint goes on sending requests to them, so there a health check on the targets is needed.
 */
export function primaryRole(scope: Construct, context: PortalContext, watched: Watched): Failover | undefined {
  const { name, region, portal } = context;
  if (!failsOver(portal) || watched.kind === 'distribution') return undefined;
  if (portal.edge !== 'accelerator') return { role: 'primary' };
  const { targetGroup } = watched;
  const { healthCheckId } = new TargetHealthCheck(scope, 'failover-health', { name, region, targetGroup });
  return { role: 'primary', healthCheckId };
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

import { logsDistributions } from '../../core/regions';
import { error, type Finding, notice, type Path } from '../finding';
import { hasEdge, isDistributed } from '../portal-front';
import type { Environment, Portal } from '../schema';
import { EVERYBODY } from '../values';

/** What a portal has to keep that shows a page while it is away. */
export function checkFailover({ failover, hosting, edge, zone, allow }: Portal, path: Path): Finding[] {
  if (!failover) return [];
  const here = [...path, 'failover'];
  if (hosting.type === 'static') {
    return [
      error(here, 'does not go with `type: static`: files in S3 have no targets that could be unhealthy; take it out'),
    ];
  }
  const findings: Finding[] = [];
  // Behind CloudFront the distribution itself shows the page, whoever's the zone is.
  if ('external' in zone && !isDistributed(hosting)) {
    const message =
      'does not go with a zone outside Route 53: records that are entered there by hand lead to one place, however it is; take it out';
    findings.push(error(here, message));
  }
  if (edge === 'network') {
    findings.push(notice(here, 'is a page for browsers; clients that speak another protocol than HTTP cannot read it'));
  }
  if (!EVERYBODY.every((range) => allow.includes(range))) {
    findings.push(notice(here, 'is shown to everybody, and not only to those whom `allow` lets in'));
  }
  return findings;
}

/** What its portals' pages ask of an environment: CloudFront writes access logs to buckets of some regions alone. */
export function checkFailoverIn({ region, portals }: Environment, path: Path): Finding[] {
  if (logsDistributions(region)) return [];
  return Object.entries(portals).flatMap(([id, portal]) => {
    // What is behind CloudFront says this of itself.
    if (!portal.failover || !hasEdge(portal) || isDistributed(portal.hosting)) return [];
    const message =
      `shows its page by CloudFront, which writes no access logs to buckets in ${region}; ` +
      'use a region that no account has to opt in to, such as ap-southeast-1, or take it out';
    return [error([...path, 'portals', id, 'failover'], message)];
  });
}

import { stagedName } from '../../core/names';
import { logsDistributions } from '../../core/regions';
import { enumerate, error, type Finding, type Path } from '../finding';
import { type CdnGatewayHosting, hasEdge, isDistributed } from '../portal-front';
import type { Environment, Portal, StaticHosting } from '../schema';
import { publicNames } from './portal';
import { EVERYBODY } from '../values';

/** What a portal behind CloudFront has to keep by itself; nothing of the others. */
export function checkDistribution(portal: Portal, path: Path): Finding[] {
  const { hosting, allow, health } = portal;
  if (!isDistributed(hosting)) return [];
  const findings: Finding[] = [];
  if (!EVERYBODY.every((range) => allow.includes(range))) {
    const message =
      'is for security groups, and a distribution has none; take it out, and list who may come in `waf` instead';
    findings.push(error([...path, 'allow'], message));
  }
  if (hosting.type === 'static') {
    if (health) {
      const message =
        'does not go with `type: static`: S3 is no server of yours, and the IPv6 probe asks for the index; take it out';
      findings.push(error([...path, 'health'], message));
    }
    return [...findings, ...checkStatic(hosting, [...path, 'hosting'])];
  }
  return [...findings, ...checkHost(portal, hosting.origin.host, path), ...checkCdnGateway(hosting, path)];
}

function checkStatic({ notFound, singlePage }: StaticHosting, path: Path): Finding[] {
  if (!singlePage || notFound === undefined) return [];
  return [error([...path, 'notFound'], 'does not go with `singlePage: true`, by which the index answers; keep one')];
}

/** The origin is what the portal's names led to before; those lead to the distribution now. */
function checkHost(portal: Portal, host: string, path: Path): Finding[] {
  const names = [...publicNames(portal, path).map(({ name }) => name), stagedName(portal.domain)];
  if (!names.includes(host)) return [];
  const message = `${host} leads to the distribution itself, a loop; give the origin a name of its own, such as goc.${portal.domain}`;
  return [error([...path, 'hosting', 'origin', 'host'], message)];
}

function checkCdnGateway(hosting: CdnGatewayHosting, path: Path): Finding[] {
  const { cache } = hosting.origin;
  const findings: Finding[] = [];
  if (hosting.connection) {
    const message = 'does not go with `host`: CloudFront reaches the origin over the Internet; take it out';
    findings.push(error([...path, 'hosting', 'connection'], message));
  }
  cache.forEach(({ path: pattern }, index) => {
    if (/^\/\*+$/.test(pattern)) {
      const message = `${pattern} is all of the portal: forms could not be sent, and everybody would get the same page; name the paths of files`;
      findings.push(error([...path, 'hosting', 'origin', 'cache', index, 'path'], message));
    }
    if (cache.findIndex((other) => other.path === pattern) === index) return;
    findings.push(error([...path, 'hosting', 'origin', 'cache', index, 'path'], `${pattern} is in the list twice`));
  });
  return findings;
}

/** What a gateway to a public name has to keep where it is. */
export function checkCdnGatewayIn({ origin }: CdnGatewayHosting, { provider }: Environment, path: Path): Finding[] {
  if (origin.family === 'ipv4' || provider.minimum !== '5.100') return [];
  const message =
    `${origin.family} needs \`provider: { minimum: "6.25" }\`: ` +
    'older AWS providers do not know how to say it to CloudFront, which then reaches the origin over IPv4';
  return [error([...path, 'origin', 'family'], message)];
}

/** CloudFront writes access logs to buckets of regions alone that every account has. */
export function checkDistributionLogs({ region, portals }: Environment, path: Path): Finding[] {
  const distributed = Object.entries(portals).filter(([, portal]) => hasEdge(portal) && isDistributed(portal.hosting));
  if (logsDistributions(region) || distributed.length === 0) return [];
  const names = enumerate(distributed.map(([id]) => `\`${id}\``));
  const message =
    `CloudFront, which ${names} would be behind, writes no access logs to buckets in ${region}; ` +
    'use a region that no account has to opt in to, such as ap-southeast-1';
  return [error([...path, 'region'], message)];
}

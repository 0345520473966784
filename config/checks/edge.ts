import { takesAccelerators } from '../../core/regions';
import { error, type Finding, notice, type Path, warning } from '../finding';
import { healthOf, isDistributed } from '../portal-front';
import type { Environment, Portal } from '../schema';

/** Whether a portal's addresses stay as they are, so that A and AAAA records can hold them. */
export function hasFixedAddresses({ edge }: Pick<Portal, 'edge'>): boolean {
  return edge !== 'load-balancer';
}

/** What a portal's edge has to keep by itself. */
export function checkEdge(portal: Portal, path: Path): Finding[] {
  const { edge, hosting } = portal;
  if (!hasFixedAddresses(portal)) return [];
  if (isDistributed(hosting)) {
    const what = hosting.type === 'static' ? '`type: static`' : 'an origin with a `host`';
    return [error([...path, 'edge'], `does not go with ${what}, which is behind CloudFront; take it out`)];
  }
  return [
    ...(edge === 'network' ? checkNetwork(portal, path) : checkAccelerator(portal, path)),
    ...checkAudience(portal, path),
  ];
}

/** What the portals' edges have to keep where they are. */
export function checkEdgesIn({ region, portals }: Environment, path: Path): Finding[] {
  if (takesAccelerators(region)) return [];
  const message = `a Global Accelerator leads to no load balancer in ${region}; use another region`;
  return Object.entries(portals).flatMap(([id, { edge }]) =>
    edge === 'accelerator' ? [error([...path, 'portals', id, 'edge'], message)] : [],
  );
}

function checkNetwork({ hosting, health }: Portal, path: Path): Finding[] {
  const findings: Finding[] = [];
  if (health) {
    const message =
      'is not asked with `edge: network`, which knows nothing of HTTP: a target that takes a connection is well; take it out';
    findings.push(error([...path, 'health'], message));
  }
  if (hosting.type === 'gateway' && 'protocol' in hosting.origin && hosting.origin.protocol === 'https') {
    const message =
      'is https, but with `edge: network` TLS ends at the load balancer, and the origin gets what is inside, after a PROXY header; ' +
      'write `protocol: http` and the port for that';
    findings.push(error([...path, 'hosting', 'origin', 'protocol'], message));
  }
  return findings;
}

/** Limit of Route 53 (https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html). */
const MAX_PATH = 255;

/** What Route 53 asks the addresses of an accelerator. */
function checkAccelerator(portal: Portal, path: Path): Finding[] {
  const { codes, path: asked } = healthOf(portal);
  const findings: Finding[] = [];
  if (asked.length > MAX_PATH) {
    const message = `has ${asked.length} characters; Route 53, which asks the fixed addresses, takes ${MAX_PATH}`;
    findings.push(error([...path, 'health', 'path'], message));
  }
  if (codes.split(/[,-]/).some((code) => code.startsWith('4'))) {
    const message = 'holds 4xx, but to Route 53, which asks the fixed addresses, only 2xx and 3xx mean well';
    findings.push(warning([...path, 'health', 'codes'], message));
  }
  return findings;
}

/** Route 53 asks from addresses of its own, which change. */
function checkAudience({ edge, allow }: Portal, path: Path): Finding[] {
  const closed = [
    ['IPv4', '0.0.0.0/0'],
    ['IPv6', '::/0'],
  ].flatMap(([family, everybody]) => (allow.includes(everybody!) ? [] : [family!]));
  if (closed.length === 0) return [];
  const message = `does not let Route 53 in, so the fixed addresses are not asked from outside over ${closed.join(' and ')}`;
  return [
    edge === 'network'
      ? warning([...path, 'allow'], message)
      : notice([...path, 'allow'], `${message}; the probe is let in`),
  ];
}

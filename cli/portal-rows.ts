import type { AgencyFile, Environment, Portal } from '../config/schema';
import { stagedName } from '../core/names';
import type { Family } from '../core/cidr';
import type { Hop, Level, PortalPath } from '../policy/levels';

/** One portal as the table shows it: what its stack's JSON says of each family. */
export interface PortalRow {
  readonly agency: string;
  readonly environment: string;
  readonly portal: string;
  readonly domain: string;
  readonly ipv4: string;
  readonly ipv6: string;
  /** Designed readiness level. */
  readonly level: Level;
  /** Present, and true, where the JSON does not tell whether the portal is at a higher level. */
  readonly atLeast?: true;
  /** The level once `publish.aaaa` is live; absent where it is. */
  readonly levelWhenLive?: Level;
  /** As `atLeast`, of that level. */
  readonly atLeastWhenLive?: true;
  /** What the next level asks for. */
  readonly missing: readonly string[];
  readonly hops: readonly Hop[];
}

/** The rows of one stack. `livePaths` holds the paths of the same stack with every AAAA live. */
export function portalRows(
  config: AgencyFile,
  environment: string,
  paths: readonly PortalPath[],
  livePaths: readonly PortalPath[] = [],
): PortalRow[] {
  return Object.entries(config.environments[environment]!.portals)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([portal, entry]) => {
      const path = paths.find(({ names }) => names.includes(entry.domain));
      const live = livePaths.find(({ names }) => names.includes(entry.domain));
      return {
        agency: config.agency.id,
        environment,
        portal,
        domain: entry.domain,
        ...(path ? judged(entry, path) : UNDELEGATED),
        ...(live && entry.publish.aaaa !== 'live'
          ? { levelWhenLive: live.level, ...(live.atLeast && { atLeastWhenLive: live.atLeast }) }
          : {}),
      };
    });
}

/** The environment as it will be once every AAAA is live; undefined where that changes nothing. */
export function whenLive(environment: Environment): Environment | undefined {
  const portals = Object.entries(environment.portals);
  if (portals.every(([, { publish }]) => publish.aaaa === 'live')) return undefined;
  return {
    ...environment,
    portals: Object.fromEntries(portals.map(([id, portal]) => [id, { ...portal, publish: { aaaa: 'live' } }])),
  };
}

/** A created zone waits for its parent; nothing else is synthesized until then. */
const UNDELEGATED = {
  ipv4: 'zone only',
  ipv6: 'zone only',
  level: 0,
  missing: ['delegate the zone, then set `delegated: true`'],
  hops: [],
} as const;

function judged({ publish, domain }: Portal, { hops, level, atLeast, missing }: PortalPath) {
  const staged = publish.aaaa === 'staged' && missing.some((reason) => reason.startsWith('publish AAAA'));
  return {
    ipv4: side(hops, 'ipv4'),
    ipv6: staged ? `staged at ${stagedName(domain)}` : side(hops, 'ipv6'),
    level,
    ...(atLeast && { atLeast }),
    missing: staged ? [`verify ${stagedName(domain)}, then set \`aaaa: live\``] : missing,
    hops,
  };
}

/** One family in a few words: the first hop that is closed or unknown, or that all are open. */
function side(hops: readonly Hop[], family: Family): string {
  const on = (state: string): string | undefined => hops.find((hop) => hop[family].state === state)?.hop;
  const closed = on('fail');
  const unknown = on('unknown');
  if (closed) return closed === 'health' ? 'open, not checked' : `closed at ${closed}`;
  return unknown ? `unknown at ${unknown}` : 'open';
}

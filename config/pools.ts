import type { AgencyFile, Network } from './schema';
import type { RegistryFile, RegistryPool } from './registry-schema';

/** A pool of the registry with its name. */
export interface NamedPool {
  readonly name: string;
  readonly pool: RegistryPool;
}

/** What an agency's file says of its IPv6 pool: the name of one of the registry's, or an id. */
export function poolIn(network: Network | undefined): string | undefined {
  if (!network || 'existing' in network || network.ipv6 === 'amazon') return undefined;
  return network.ipv6.pool;
}

/** The name of a pool of the registry that a network draws from; undefined where its file has an id of AWS, or none. */
export function poolNameIn(network: Network | undefined): string | undefined {
  const text = poolIn(network);
  return text === undefined || isPoolId(text) ? undefined : text;
}

/** Whether that is an id of AWS: anything else is a name. */
export function isPoolId(text: string): boolean {
  return text.startsWith('ipam-pool-');
}

/** The pool of the registry that a name or an id stands for; the registry need not know an id. */
export function findPool(registry: RegistryFile | undefined, text: string): NamedPool | undefined {
  return Object.entries(registry?.pools ?? {})
    .map(([name, pool]) => ({ name, pool }))
    .find(({ name, pool }) => name === text || pool.ipv6?.id === text);
}

/**
 * The agency's file with the ids of AWS in the place of the names of pools; undefined where one of them is not known.
 */
export function withPoolIds(file: AgencyFile, registry: RegistryFile | undefined): AgencyFile | undefined {
  const environments: AgencyFile['environments'] = {};
  for (const [id, environment] of Object.entries(file.environments)) {
    const { network } = environment;
    const name = poolNameIn(network);
    if (name === undefined || !network || 'existing' in network || network.ipv6 === 'amazon') {
      environments[id] = environment;
      continue;
    }
    const pool = findPool(registry, name)?.pool.ipv6?.id;
    if (pool === undefined) return undefined;
    environments[id] = { ...environment, network: { ...network, ipv6: { ...network.ipv6, pool } } };
  }
  return { ...file, environments };
}

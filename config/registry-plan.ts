import { type Cidr, contains, firstFreeBlock, formatCidr, parseCidr } from '../core/cidr';
import { blockCount, blocksLeft, freeBlockCount, freeRanges } from '../core/pool-plan';
import { networkRange } from './checks/network-range';
import { findPool, poolIn } from './pools';
import { ipv6Length, type Ipv6Pool, type RegistryFile, regionOf, type RegistryPool } from './registry-schema';
import type { Network } from './schema';

/** The network of an agency's environment. */
export interface PlannedNetwork {
  readonly agency: string;
  readonly environment: string;
  readonly network: Network;
}

/** What one pool holds of one family. */
export interface PoolRow {
  readonly pool: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly region: string;
  /** The pool's range, or its length where AWS chooses the addresses, as in `/54`. */
  readonly range: string;
  /** Size of the blocks that are counted, as in `/56`: what the pool gives out where nobody asks for another. */
  readonly block: string;
  /** How many blocks, of whatever size, agencies have in it. */
  readonly held: number;
  /** How many blocks are free. Negative where the pool is too small for what agencies draw. */
  readonly free: number;
  /** How many blocks there are in an empty pool. */
  readonly room: number;
  /** The first that is free. Absent of IPv6, where AWS chooses, and where there is none. */
  readonly next?: string;
  /** Id of the pool, once it is deployed. */
  readonly id?: string;
}

/** One block of an agency. */
export interface PlannedBlock {
  /** Absent where it is in no pool. */
  readonly pool?: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly agency: string;
  readonly environment: string;
  /** The range, or its length where AWS chooses the addresses. */
  readonly block: string;
}

export interface RegistryPlan {
  /** By pool in the order of the file, IPv4 first. */
  readonly pools: readonly PoolRow[];
  /** By agency and environment in the order that they were given. */
  readonly blocks: readonly PlannedBlock[];
  /** What of the registry's own ranges is in no pool. Empty where AWS chooses the addresses. */
  readonly unassigned: readonly string[];
}

/** Which pool holds which agencies' blocks, and what is free, without asking AWS. */
export function registryPlan(registry: RegistryFile, networks: readonly PlannedNetwork[]): RegistryPlan {
  const blocks = networks.flatMap((network) => blocksOf(registry, network));
  const taken = networks.map(({ network }) => parseCidr(networkRange(network))!);
  const pools = Object.entries(registry.pools).flatMap(([name, pool]) => {
    const place = { pool: name, region: regionOf(registry, pool) };
    const own = (family: PlannedBlock['family']) =>
      blocks.filter((block) => block.pool === name && block.family === family).map(({ block }) => block);
    return [
      ...(pool.ipv4 ? [ipv4Row(place, pool.ipv4, own('ipv4').length, taken)] : []),
      ...(pool.ipv6 ? [ipv6Row(place, pool.ipv6, own('ipv6'))] : []),
    ];
  });
  return { pools, blocks, unassigned: unassignedIn(registry) };
}

type Place = Pick<PoolRow, 'pool' | 'region'>;

function ipv4Row(
  place: Place,
  { cidr, netmask }: NonNullable<RegistryPool['ipv4']>,
  held: number,
  taken: readonly Cidr[],
): PoolRow {
  const range = parseCidr(cidr)!;
  const next = firstFreeBlock(range, netmask.default, taken);
  return {
    ...place,
    family: 'ipv4',
    range: cidr,
    block: `/${netmask.default}`,
    held,
    free: freeBlockCount(range, netmask.default, taken),
    room: blockCount(range.prefix, netmask.default),
    ...(next && { next: formatCidr(next) }),
  };
}

function ipv6Row(place: Place, pool: Ipv6Pool, held: readonly string[]): PoolRow {
  const { netmask, id } = pool;
  const length = ipv6Length(pool);
  const lengths = held.map((text) => Number(text.slice(1)));
  return {
    ...place,
    family: 'ipv6',
    range: 'cidr' in pool ? pool.cidr : `/${pool.size}`,
    block: `/${netmask.default}`,
    held: held.length,
    free: blocksLeft(length, netmask.default, lengths),
    room: blockCount(length, netmask.default),
    ...(id !== undefined && { id }),
  };
}

/** The IPv4 block lies where it lies; the IPv6 block comes from the pool that the file names. */
function blocksOf(registry: RegistryFile, { agency, environment, network }: PlannedNetwork): PlannedBlock[] {
  const who = { agency, environment };
  const range = parseCidr(networkRange(network))!;
  const inside = ipv4PoolAround(registry, range);
  const blocks: PlannedBlock[] = [
    { ...(inside !== undefined && { pool: inside }), family: 'ipv4', ...who, block: formatCidr(range) },
  ];
  const text = poolIn(network);
  const found = text === undefined ? undefined : findPool(registry, text);
  if (found && !('existing' in network) && network.ipv6 !== 'amazon') {
    blocks.push({ pool: found.name, family: 'ipv6', ...who, block: `/${network.ipv6.netmask}` });
  }
  return blocks;
}

function ipv4PoolAround({ pools }: RegistryFile, range: Cidr): string | undefined {
  return Object.keys(pools).find((name) => {
    const { ipv4 } = pools[name]!;
    return ipv4 && contains(parseCidr(ipv4.cidr)!, range);
  });
}

function unassignedIn({ ipv4, ipv6, pools }: RegistryFile): string[] {
  const tops = [ipv4, ...(ipv6 && 'byoip' in ipv6 ? [ipv6.byoip.cidr] : [])].filter((text) => text !== undefined);
  const given = Object.values(pools)
    .flatMap((pool) => [pool.ipv4?.cidr, pool.ipv6 && 'cidr' in pool.ipv6 ? pool.ipv6.cidr : undefined])
    .flatMap((text) => (text === undefined ? [] : [parseCidr(text)!]));
  return tops.flatMap((text) => freeRanges(parseCidr(text)!, given).map(formatCidr));
}

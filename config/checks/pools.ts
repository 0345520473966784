import { type Cidr, contains, firstFreeBlock, formatCidr, parseCidr } from '../../core/cidr';
import { stackId } from '../../core/names';
import { plural } from '../../core/plural';
import { blocksLeft, freeBlockCount } from '../../core/pool-plan';
import { enumerate, error, type Finding, formatLocation, notice, type Path } from '../finding';
import { findPool, isPoolId, type NamedPool, poolIn } from '../pools';
import type { LoadedRegistry, ReadRegistry } from '../registry';
import { ipv6Length, type Netmasks, regionOf } from '../registry-schema';
import type { Environment, ManagedNetwork } from '../schema';
import { tagsOf } from '../stack-tags';
import { didYouMean } from '../suggest';
import type { FleetFinding, FleetSubject } from './fleet';
import { networkRanges } from './network-range';
import type { Subject } from './subject';

/**
 * Holds every network that draws from a pool of the registry against that pool.
 *
 * @param subjects those that are read
 * @param read the registry's file, if there is one
 * @param whole whether these are all the agencies there are, so that what is free is known
 */
export function checkPools<T extends FleetSubject>(
  subjects: readonly T[],
  read: ReadRegistry | undefined,
  whole: boolean,
): FleetFinding<T>[] {
  const taken = whole ? ipv4Ranges(subjects) : undefined;
  return subjects.flatMap((subject) =>
    subject.environments.flatMap(({ id, environment }) => {
      const text = poolIn(environment?.network);
      if (!environment || text === undefined) return [];
      const path = ['environments', id, 'network'];
      return checkPool(text, read, path, (registry, found) =>
        checkDraw({ registry, found, subject, id, environment, path, taken }),
      ).map((finding) => ({ subject, finding }));
    }),
  );
}

function checkPool(
  text: string,
  read: ReadRegistry | undefined,
  network: Path,
  check: (registry: LoadedRegistry, found: NamedPool) => Finding[],
): Finding[] {
  const path = [...network, 'ipv6', 'pool'];
  if (!read) {
    if (isPoolId(text)) return [];
    const message = `\`${text}\` would be a pool of config/registry.yaml, and there is no such file; write an id, such as ipam-pool-0123456789abcdef0`;
    return [error(path, message)];
  }
  // What is wrong with the registry's file is said there.
  const { registry } = read;
  if (!registry) return [];
  const found = findPool(registry.config, text);
  if (found) return check(registry, found);
  if (isPoolId(text)) return [];
  const names = Object.keys(registry.config.pools);
  const hint = didYouMean(text, names) || (names.length > 0 ? `; it has ${enumerate(names)}` : '; it has none');
  return [error(path, `${registry.file} has no pool \`${text}\`${hint}`)];
}

interface Draw {
  readonly registry: LoadedRegistry;
  readonly found: NamedPool;
  readonly subject: Subject;
  /** Key of the environment. */
  readonly id: string;
  readonly environment: Environment;
  readonly path: Path;
  /** All IPv4 ranges of the fleet; undefined where they are not known. */
  readonly taken: readonly Cidr[] | undefined;
}

function checkDraw(draw: Draw): Finding[] {
  return [...checkId(draw), ...checkWho(draw), ...checkTags(draw), ...checkIpv6(draw), ...checkIpv4(draw)];
}

function place({ registry, found }: Draw, ...keys: readonly string[]): string {
  return formatLocation(registry.locate(['pools', found.name, ...keys]));
}

function checkId(draw: Draw): Finding[] {
  const { found, path } = draw;
  const here = [...path, 'ipv6', 'pool'];
  const { ipv6 } = found.pool;
  if (!ipv6) return [error(here, `pool \`${found.name}\` has no IPv6 (${place(draw)})`)];
  if (ipv6.id !== undefined) return [];
  const message =
    `pool \`${found.name}\` has no id yet: deploy the stack address-registry, then write the id from its output ` +
    `\`pools\` as \`id\` at ${place(draw, 'ipv6')}`;
  return [error(here, message)];
}

/** AWS refuses accounts that a pool is not shared with; who is in an organization is not known here. */
function checkWho(draw: Draw): Finding[] {
  const { registry, found, subject, environment, path } = draw;
  const here = [...path, 'ipv6', 'pool'];
  const { agencies, shareWith = [] } = found.pool;
  const findings: Finding[] = [];
  if (agencies && !agencies.includes(subject.id)) {
    const message = `pool \`${found.name}\` is for ${enumerate(agencies)} alone (${place(draw, 'agencies')})`;
    findings.push(error(here, message));
  }
  const { account } = environment;
  const may = account === registry.config.account || shareWith.some((who) => who === account || who.startsWith('arn:'));
  if (!may) {
    const message = `pool \`${found.name}\` is not shared with account ${account}; add it to \`shareWith\` at ${place(draw)}`;
    findings.push(error(here, message));
  }
  return findings;
}

function checkTags(draw: Draw): Finding[] {
  const { found, subject, id, environment, path } = draw;
  const own: Record<string, string> = {
    ...tagsOf({ id: subject.id }, id, environment),
    Name: stackId(subject.id, id),
  };
  const missing = Object.entries(found.pool.tags).filter(([key, value]) => own[key] !== value);
  if (missing.length === 0) return [];
  const texts = missing.map(([key, value]) => `${key}: ${value}`);
  const message = `pool \`${found.name}\` asks for tags that the VPC will not have: ${enumerate(texts)} (${place(draw, 'tags')})`;
  return [error([...path, 'ipv6', 'pool'], message)];
}

function checkIpv6(draw: Draw): Finding[] {
  const { registry, found, environment, path } = draw;
  const { region } = environment;
  const { ipv6 } = environment.network as ManagedNetwork;
  if (ipv6 === 'amazon' || !found.pool.ipv6) return [];
  const findings: Finding[] = [];
  const locale = regionOf(registry.config, found.pool);
  if (locale !== region) {
    const message = `pool \`${found.name}\` is for VPCs in ${locale}, and this one is in ${region}`;
    findings.push(error([...path, 'ipv6', 'pool'], message));
  }
  const { netmask } = found.pool.ipv6;
  if (ipv6.netmask < netmask.min || ipv6.netmask > netmask.max) {
    findings.push(error([...path, 'ipv6', 'netmask'], givesOut(found.name, netmask, ipv6.netmask)));
  }
  return findings;
}

function givesOut(name: string, { min, max }: Netmasks, got: number): string {
  const sizes = min === max ? `blocks of /${min} alone` : `blocks from /${min} to /${max}`;
  return `pool \`${name}\` gives out ${sizes}, not /${got}`;
}

function checkIpv4(draw: Draw): Finding[] {
  const { found, environment, path, taken } = draw;
  const { ipv4 } = found.pool;
  if (!ipv4) return [];
  const here = [...path, 'ipv4'];
  const range = parseCidr(ipv4.cidr)!;
  const own = parseCidr((environment.network as ManagedNetwork).ipv4)!;
  if (!contains(range, own)) {
    const free = taken && firstFreeBlock(range, own.prefix, taken);
    const advice = free ? `; ${formatCidr(free)} is free there` : '';
    const message = `${formatCidr(own)} is not in the range of pool \`${found.name}\`, ${ipv4.cidr} (${place(draw, 'ipv4')})${advice}`;
    return [error(here, message)];
  }
  const { min, max } = ipv4.netmask;
  return own.prefix >= min && own.prefix <= max ? [] : [error(here, givesOut(found.name, ipv4.netmask, own.prefix))];
}

/**
 * Whether each pool has room for the agencies that draw from it and those that it is for. Given all the agencies that
 * there are; the findings are about the registry's file.
 */
export function checkRoom({ config: registry }: LoadedRegistry, subjects: readonly Subject[]): Finding[] {
  return Object.entries(registry.pools).flatMap(([name, pool]) => {
    const path = ['pools', name];
    const draws = drawsFrom(name, pool.ipv6?.id, subjects);
    const { agencies = [] } = pool;
    const waiting = agencies.filter((id) => draws.every((draw) => draw.agency !== id)).length;
    return [
      ...checkAgencies(agencies, subjects, [...path, 'agencies']),
      ...(pool.ipv6
        ? checkCount(
            blocksLeft(
              ipv6Length(pool.ipv6),
              pool.ipv6.netmask.default,
              draws.map(({ netmask }) => netmask),
            ),
            waiting,
            pool.ipv6.netmask.default,
            [...path, 'ipv6'],
          )
        : []),
      ...(pool.ipv4
        ? checkCount(
            freeBlockCount(parseCidr(pool.ipv4.cidr)!, pool.ipv4.netmask.default, ipv4Ranges(subjects)),
            waiting,
            pool.ipv4.netmask.default,
            [...path, 'ipv4'],
          )
        : []),
    ];
  });
}

function drawsFrom(
  name: string,
  poolId: string | undefined,
  subjects: readonly Subject[],
): { readonly agency: string; readonly netmask: number }[] {
  return subjects.flatMap(({ id, environments }) =>
    environments.flatMap(({ environment }) => {
      const network = environment?.network;
      if (!network || 'existing' in network || network.ipv6 === 'amazon') return [];
      const { pool, netmask } = network.ipv6;
      return pool === name || pool === poolId ? [{ agency: id, netmask }] : [];
    }),
  );
}

function checkAgencies(agencies: readonly string[], subjects: readonly Subject[], path: Path): Finding[] {
  return agencies.flatMap((agency, index) => {
    const here = [...path, index];
    if (agencies.indexOf(agency) < index) return [error(here, `${agency} is named above`)];
    const ids = subjects.map(({ id }) => id);
    if (ids.includes(agency)) return [];
    return [notice(here, `no agency \`${agency}\` has a file yet${didYouMean(agency, ids)}`)];
  });
}

function checkCount(left: number, waiting: number, size: number, path: Path): Finding[] {
  if (left < 0) return [error(path, 'is too small for the blocks that agencies draw from it')];
  if (left >= waiting) return [];
  const message = `has room for ${plural(left, 'more block')} of /${size}, and ${waiting} of its agencies have none yet`;
  return [error(path, message)];
}

/** The IPv4 ranges that VPCs have, or will have. */
function ipv4Ranges(subjects: readonly Subject[]): Cidr[] {
  return subjects
    .flatMap(({ environments }) => environments.flatMap(({ environment }) => networkRanges(environment?.network)))
    .map((text) => parseCidr(text)!);
}

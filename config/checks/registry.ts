import { type Cidr, contains, overlaps, parseCidr } from '../../core/cidr';
import { blocksLeft } from '../../core/pool-plan';
import { enumerate, error, type Finding, notice, type Path } from '../finding';
import { AMAZON_DEFAULT_NETMASK, ipv6Length, type Netmasks, type RegistryFile, regionOf } from '../registry-schema';

/** What the registry's file has to keep beyond its schema, whatever the agencies say. */
export function checkRegistry(registry: RegistryFile): Finding[] {
  return [
    ...checkRegions(registry),
    ...checkTier(registry),
    ...checkSource(registry),
    ...poolsOf(registry).flatMap(({ path, name }) => checkPool(registry, name, path)),
    ...checkOverlaps(registry, 'ipv4'),
    ...checkOverlaps(registry, 'ipv6'),
    ...checkAmazonBlocks(registry),
    ...checkIds(registry),
    ...checkQuota(registry),
  ];
}

function poolsOf({ pools }: RegistryFile) {
  return Object.entries(pools).map(([name, pool]) => ({ name, pool, path: ['pools', name] }));
}

/** Regions that may have pools. */
export function operatingRegions({ region, operatingRegions: regions = [region] }: RegistryFile): readonly string[] {
  return regions;
}

function checkRegions(registry: RegistryFile): Finding[] {
  const { region } = registry;
  const regions = operatingRegions(registry);
  const findings: Finding[] = [];
  if (!regions.includes(region)) {
    findings.push(error(['operatingRegions'], `must name the home region, ${region}, as well`));
  }
  regions.forEach((one, index) => {
    if (regions.indexOf(one) < index) findings.push(error(['operatingRegions', index], `${one} is named above`));
  });
  for (const { pool, path } of poolsOf(registry)) {
    const own = regionOf(registry, pool);
    if (regions.includes(own)) continue;
    const message = `${own} is not among the operating regions, ${enumerate(regions)}; add it to \`operatingRegions\``;
    findings.push(error([...path, 'region'], message));
  }
  return findings;
}

/** https://aws.amazon.com/vpc/pricing/ (tab IPAM) and https://docs.aws.amazon.com/vpc/latest/ipam/mod-ipam-tier.html */
function checkTier(registry: RegistryFile): Finding[] {
  if (registry.tier === 'advanced') return [];
  const refuse = (path: Path, what: string) => error(path, `${what} needs \`tier: advanced\``);
  return [
    ...(registry.ipv4 === undefined ? [] : [refuse(['ipv4'], 'a private IPv4 pool')]),
    ...(operatingRegions(registry).length > 1 ? [refuse(['operatingRegions'], 'more than the home region')] : []),
    ...poolsOf(registry)
      .filter(({ pool }) => pool.shareWith)
      .map(({ path }) => refuse([...path, 'shareWith'], 'sharing a pool with other accounts')),
  ];
}

/** https://docs.aws.amazon.com/vpc/latest/ipam/tutorials-byoip-ipam-ipv6.html */
const MAX_ADVERTISED = 48;
const MAX_HIDDEN = 60;

function checkSource({ ipv6 }: RegistryFile): Finding[] {
  if (!ipv6) return [];
  if ('amazon' in ipv6) {
    const { netmask } = ipv6.amazon;
    if (netmask >= AMAZON_DEFAULT_NETMASK) return [];
    const message = `AWS gives a /${AMAZON_DEFAULT_NETMASK} unless its support has raised the quota "Amazon-provided IPv6 CIDR block netmask length"`;
    return [notice(['ipv6', 'amazon', 'netmask'], message)];
  }
  const { cidr, advertise, provisioned } = ipv6.byoip;
  return [
    ...checkLength(cidr, advertise, ['ipv6', 'byoip', 'cidr']),
    ...(provisioned
      ? []
      : [
          notice(
            ['ipv6', 'byoip', 'provisioned'],
            `pools below ${cidr} are made once it is provisioned to the top pool: docs/registry.md has the steps`,
          ),
        ]),
  ];
}

function checkLength(text: string, advertise: boolean, path: Path): Finding[] {
  const { prefix } = parseCidr(text)!;
  const max = advertise ? MAX_ADVERTISED : MAX_HIDDEN;
  if (prefix <= max) return [];
  const kind = advertise ? 'a range that it announces' : 'a range that it does not announce';
  return [error(path, `AWS takes ${kind} up to a /${max}, and ${text} is smaller`)];
}

function checkPool(registry: RegistryFile, name: string, path: Path): Finding[] {
  const { ipv4, ipv6, shareWith = [], outsideOrganization } = registry.pools[name]!;
  const findings: Finding[] = [];
  if (!ipv4 && !ipv6) findings.push(error(path, 'has no addresses; write `ipv4`, `ipv6` or both'));
  if (ipv4) {
    findings.push(
      ...checkInside(ipv4.cidr, registry.ipv4, [...path, 'ipv4', 'cidr'], 'ipv4: 10.0.0.0/8'),
      ...checkNetmasks(ipv4.netmask, parseCidr(ipv4.cidr)!.prefix, [...path, 'ipv4', 'netmask']),
    );
  }
  if (ipv6) {
    findings.push(
      ...checkIpv6(registry, ipv6, [...path, 'ipv6']),
      ...checkNetmasks(ipv6.netmask, ipv6Length(ipv6), [...path, 'ipv6', 'netmask']),
    );
  }
  shareWith.forEach((principal, index) => {
    const here = [...path, 'shareWith', index];
    if (principal === registry.account)
      findings.push(error(here, "is the registry's own account, which has its pools"));
    else if (shareWith.indexOf(principal) < index) findings.push(error(here, `${principal} is named above`));
  });
  if (outsideOrganization && shareWith.length === 0) {
    findings.push(error([...path, 'outsideOrganization'], 'says nothing without `shareWith`'));
  }
  return findings;
}

function checkInside(text: string, top: string | undefined, path: Path, example: string): Finding[] {
  if (top === undefined) {
    return [error(path, `the registry has no such pool at the top to take it from; write \`${example}\` there`)];
  }
  return contains(parseCidr(top)!, parseCidr(text)!)
    ? []
    : [error(path, `${text} is not in the registry's range, ${top}`)];
}

function checkIpv6(
  { ipv6: source }: RegistryFile,
  ipv6: NonNullable<RegistryFile['pools'][string]['ipv6']>,
  path: Path,
): Finding[] {
  if ('cidr' in ipv6) {
    if (source && 'amazon' in source) {
      return [error([...path, 'cidr'], 'AWS chooses the addresses of an Amazon block; write `size`, such as 54')];
    }
    const top = source?.byoip;
    const here = [...path, 'cidr'];
    const findings = checkInside(ipv6.cidr, top?.cidr, here, 'ipv6: { byoip: { cidr: ..., advertise: true } }');
    if (!top || findings.length > 0) return findings;
    const unmade = !top.provisioned && ipv6.id !== undefined;
    return [
      ...checkLength(ipv6.cidr, top.advertise, here),
      ...(unmade
        ? [
            error(
              [...path, 'id'],
              'without `ipv6.byoip.provisioned: true` the stack would delete this pool; say so, or take the id out',
            ),
          ]
        : []),
    ];
  }
  const here = [...path, 'size'];
  if (!source) return [error(here, 'the registry has no IPv6 to take it from; write `ipv6: amazon` there')];
  if ('byoip' in source) return [error(here, 'say which part of your own range it is; write `cidr` instead of `size`')];
  const { netmask } = source.amazon;
  return ipv6.size >= netmask ? [] : [error(here, `a /${ipv6.size} is larger than the block of Amazon, a /${netmask}`)];
}

function checkNetmasks({ default: usual, min, max }: Netmasks, own: number, path: Path): Finding[] {
  if (min > max) return [error(path, `\`min\` is the size of the largest block; /${min} is smaller than /${max}`)];
  if (usual < min || usual > max) return [error(path, `the default, /${usual}, is not between /${min} and /${max}`)];
  return min >= own ? [] : [error(path, `a block of /${min} is larger than the pool itself, a /${own}`)];
}

interface Claim {
  readonly path: Path;
  readonly name: string;
  readonly range: Cidr;
}

function checkOverlaps(registry: RegistryFile, family: 'ipv4' | 'ipv6'): Finding[] {
  const claims = poolsOf(registry).flatMap(({ pool, path, name }): Claim[] => {
    const own = pool[family];
    return own && 'cidr' in own ? [{ path: [...path, family, 'cidr'], name, range: parseCidr(own.cidr)! }] : [];
  });
  return claims.flatMap(({ path, range, name }, index) => {
    const other = claims.slice(0, index).find((earlier) => overlaps(earlier.range, range));
    return other ? [error(path, `overlaps the range of pool \`${other.name}\`; \`${name}\` needs one of its own`)] : [];
  });
}

/** In one block of Amazon a region all of its pools have to find their place. */
function checkAmazonBlocks(registry: RegistryFile): Finding[] {
  const { ipv6: source } = registry;
  if (!source || !('amazon' in source)) return [];
  const { netmask } = source.amazon;
  const sizes = new Map<string, number[]>();
  return poolsOf(registry).flatMap(({ pool, path }) => {
    if (!pool.ipv6 || !('size' in pool.ipv6)) return [];
    const { size } = pool.ipv6;
    const region = regionOf(registry, pool);
    const taken = sizes.get(region) ?? [];
    sizes.set(region, [...taken, size]);
    if (size < netmask || blocksLeft(netmask, size, taken) > 0) return [];
    const message = `the block of Amazon in ${region}, a /${netmask}, has no room for a /${size} beside the pools above`;
    return [error([...path, 'ipv6', 'size'], message)];
  });
}

function checkIds(registry: RegistryFile): Finding[] {
  const owners = new Map<string, string>();
  return poolsOf(registry).flatMap(({ name, pool, path }) => {
    const id = pool.ipv6?.id;
    if (id === undefined) return [];
    const owner = owners.get(id);
    owners.set(id, owner ?? name);
    return owner === undefined ? [] : [error([...path, 'ipv6', 'id'], `is the id of pool \`${owner}\` already`)];
  });
}

/** https://docs.aws.amazon.com/vpc/latest/ipam/quotas-ipam.html */
const POOLS_PER_SCOPE = 50;

function checkQuota(registry: RegistryFile): Finding[] {
  return (['ipv4', 'ipv6'] as const).flatMap((family) => {
    const pools = poolsOf(registry).filter(({ pool }) => pool[family]);
    const source = registry.ipv6;
    const tops =
      family === 'ipv6' && source && 'amazon' in source
        ? new Set(pools.map(({ pool }) => regionOf(registry, pool))).size
        : 1;
    const count = pools.length + tops;
    if (count <= POOLS_PER_SCOPE) return [];
    const label = { ipv4: 'private IPv4', ipv6: 'IPv6' }[family];
    return [notice(['pools'], `${count} ${label} pools; a scope has ${POOLS_PER_SCOPE} unless the quota is raised`)];
  });
}

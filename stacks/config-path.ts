import type { Path } from '../config/finding';

/**
 * What of the agency file decides about a construct: its path below the stack or below its portal, `*` at the end of a
 * part for whatever follows there, and the keys below the environment or the portal. A path stands for all below it,
 * and the first that fits counts. Where no key decides, as about the route table of a tier, it is the part as a whole.
 */
type Table = readonly (readonly [construct: string, keys: string])[];

const STACK: Table = [
  ['network/Resource', 'network.ipv6'],
  ['network/egress-only-gateway', 'network.ipv6'],
  ['network/public/default/ipv6', 'network.ipv6'],
  ['network/nat-*', 'network.nat'],
  ['network/app/default-*/ipv4', 'network.nat'],
  ['network/app6/nat64-*', 'network.nat'],
  ['network/interface-endpoints', 'network.nat'],
  ['network/endpoints', 'network.nat'],
  ['network/app', 'network.appSubnets'],
  ['network/app6', 'network.appSubnets'],
  ['network/public/acl', 'network'],
  ['network/public/default', 'network'],
  ['network/public/route-table', 'network'],
  ['network/public', 'network.zones'],
  ['network/data/acl', 'network'],
  ['network/data/route-table', 'network'],
  ['network/data', 'network.zones'],
  // The gateways' portals decide about these, and their names are not in the path.
  ['network/transit', 'portals'],
  ['network/data-center-*', 'portals'],
  ['network/vpn-gateway', 'portals'],
  ['network/to-*', 'portals'],
  ['network', 'network'],
  // They are there because of the portals.
  ['probe', 'portals'],
  ['access-logs', 'portals'],
  ['distribution-logs', 'portals'],
  // What asks for an agency's own key.
  ['data-key', 'securityLevel'],
  ['data-key-*', 'portals'],
  ['portals', 'portals'],
];

const PORTAL: Table = [
  ['zone/signing', 'zone.dnssec'],
  ['zone/ds', 'zone.dnssec'],
  ['zone', 'zone'],
  ['caa', 'caa'],
  ['certificate/Resource', 'domain'],
  ['certificate', 'zone'],
  ['dns/*/AAAA', 'publish.aaaa'],
  ['dns', 'domain'],
  ['accelerator', 'edge'],

  ['address-health', 'edge'],
  ['edge/address-*', 'edge'],
  ['edge/tls', 'edge'],
  ['edge/443-*', 'allow'],
  ['edge/80-*', 'allow'],
  ['edge/path-mtu-*', 'allow'],
  ['edge/security-group', 'allow'],
  ['edge/probe', 'publish.aaaa'],
  ['edge/to-targets', 'hosting.port'],
  ['edge/to-*', 'hosting.origin.addresses'],
  ['hosting/from-edge', 'hosting.port'],
  ['hosting/target-group', 'hosting'],
  ['hosting/target-*', 'hosting.origin.addresses'],
  ['hosting/scaling', 'hosting.tasks'],
  ['hosting/cpu-target', 'hosting.instances'],
  ['hosting/launch-template', 'hosting.ami'],
  ['hosting/scale-on-*', 'hosting.tasks'],
  ['hosting/secrets-policy', 'hosting.secrets'],
  ['hosting/index-function', 'hosting.index'],
  ['hosting/cache-*', 'hosting.origin.cache'],
  ['hosting', 'hosting'],
  ['health', 'health'],
  ['alarms', 'alarms'],
  ['failover', 'failover'],
  ['failover-health', 'failover'],
  ['ipv6-share', 'publish.aaaa'],
  ...['waf', 'waf-global'].flatMap((acl): Table => [
    [`${acl}/allow`, 'waf.allow'],
    [`${acl}/block`, 'waf.block'],
    [`${acl}/probe`, 'publish.aaaa'],
    [acl, 'waf'],
  ]),
];

/**
 * The keys of the agency file that a construct comes from, from the top of the file and as deep as its path tells.
 *
 * @param environment key of the environment; the stack's id does not tell it from the agency
 * @param construct its path below the stack, such as `portals/portal/edge/443-::--0`
 */
export function configPathOf(environment: string, construct: string): Path {
  const top = ['environments', environment];
  const parts = construct.split('/');
  const [first, portal, ...rest] = parts;
  if (first === 'portals' && portal !== undefined) return [...top, 'portals', portal, ...keysOf(PORTAL, rest)];
  return [...top, ...keysOf(STACK, parts)];
}

const REGISTRY: Table = [
  ['ipv4', 'ipv4'],
  ['ipv6', 'ipv6'],
  ['Resource', 'region'],
];

const POOL: Table = [
  ['share', 'shareWith'],
  ['ipv4/range', 'ipv4.cidr'],
  ['ipv4', 'ipv4'],
  ['ipv6', 'ipv6'],
];

/**
 * The keys of the registry's file that a construct of its stack comes from.
 *
 * @param construct its path below the stack, such as `registry/pools/provinces/share/Resource`
 */
export function registryPathOf(construct: string): Path {
  const [, first, pool, ...rest] = construct.split('/');
  if (first === 'pools' && pool !== undefined) return ['pools', pool, ...keysOf(POOL, rest)];
  return keysOf(REGISTRY, first === undefined ? [] : [first]);
}

/**
 * The bucket that a construct of a stack for states belongs to; undefined where it belongs to none.
 *
 * @param construct its path below the stack, such as `buckets/hue-tfstate/versioning`
 */
export function bucketOf(construct: string): string | undefined {
  const [first, bucket] = construct.split('/');
  return first === 'buckets' ? bucket : undefined;
}

function keysOf(table: Table, parts: readonly string[]): readonly string[] {
  const [, keys] = table.find(([construct]) => fits(construct.split('/'), parts)) ?? [];
  return keys?.split('.') ?? [];
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  return pattern.every((part, index) =>
    part.endsWith('*') ? parts[index]?.startsWith(part.slice(0, -1)) : part === parts[index],
  );
}

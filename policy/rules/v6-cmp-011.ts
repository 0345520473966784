import type { Resource } from '../resource-graph';
import { fail, PASS, type Rule, unknown } from '../rule';
import { type Maybe, some, Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-CMP-011',
  title: 'A cache with IPv6 has an engine and nodes that know it',
  group: 'compute',
  kind: 'danger',
  severity: 'warning',
  types: ['aws_elasticache_cluster', 'aws_elasticache_replication_group'],
  why: 'ElastiCache knows IPv6 from Redis 6.2, Valkey 7.2 and Memcached 1.6.6 on, on Nitro nodes. It refuses anything older when it is applied, and changing the network type later replaces the cache.',
  fix: 'Raise `engine_version`, take a `node_type` of m5, r5, t3 or newer, and let `ip_discovery` be a family that `network_type` has.',
  sources: ['https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/network-type.html'],
  good: cache({ engine_version: '7.1', node_type: 'cache.t4g.small' }),
  bad: cache({ engine_version: '5.0.6', node_type: 'cache.t4g.small' }),
  unknown: cache({ engine_version: '${var.version}', node_type: 'cache.t4g.small' }),

  check(resource) {
    const hasIpv6 = some(['ipv6', 'dual_stack'].map((type) => resource.is('network_type', type, 'ipv4')));
    if (hasIpv6 === false) {
      return resource.is('ip_discovery', 'ipv6')
        ? fail('`ip_discovery` is ipv6, but the network type is ipv4')
        : undefined;
    }
    if (hasIpv6 === undefined) return unknown('the network type is only known after apply');
    const node = resource.known('node_type');
    if (node !== undefined && BEFORE_NITRO.test(node)) return fail(`nodes of type ${node} have no IPv6`);
    const isOld = isBeforeIpv6(resource);
    if (isOld) return fail(`${engineOf(resource)} ${String(resource.value('engine_version'))} has no IPv6`);
    return isOld === undefined ? unknown('the version of the engine is only known after apply') : PASS;
  },
};

const BEFORE_NITRO = /^cache\.(t1|t2|m1|m2|m3|m4|c1|r3|r4)\./;

/** The first version of each engine that knows IPv6. */
const FIRST: Readonly<Record<string, readonly number[]>> = {
  redis: [6, 2],
  valkey: [7, 2],
  memcached: [1, 6, 6],
};

function engineOf(resource: Resource): string {
  return resource.known('engine') ?? 'redis';
}

/** A version that is not written is the latest, and so is what is not: `6.x`. */
function isBeforeIpv6(resource: Resource): Maybe {
  const version = resource.string('engine_version');
  if (version instanceof Unknown || resource.string('engine') instanceof Unknown) return undefined;
  const parts = version?.split('.').map(Number) ?? [];
  for (const [index, least] of (FIRST[engineOf(resource)] ?? []).entries()) {
    const part = parts[index];
    if (part === undefined || Number.isNaN(part) || part > least) return false;
    if (part < least) return true;
  }
  return false;
}

function cache(attributes: Readonly<Record<string, unknown>>) {
  return {
    aws_elasticache_replication_group: { main: { network_type: 'dual_stack', engine: 'redis', ...attributes } },
  };
}

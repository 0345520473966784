import type { Resource, ResourceGraph } from '../resource-graph';
import { every, type Maybe, Unknown } from '../value';
import { counterparts, dnsNamesOf, finalTarget, isAlias, lastOf, namesakesOf, normalName } from './records';
import { isSame } from './same';

/** The record that answers for the other family where this one answers: by its set, its place, its target, or alone. */
export function twinOf(graph: ResourceGraph, record: Resource): Resource | undefined {
  const [first] = namesakesOf(graph, record);
  return graph.fact(first!, twinOf, () => pair(graph, namesakesOf(graph, record))).get(record);
}

/** Whether no record answers for the other family where this one answers. */
export function lacksTwin(graph: ResourceGraph, record: Resource): Maybe {
  if (twinOf(graph, record)) return false;
  const { found, complete } = counterparts(graph, record);
  const free = found.filter((other) => !twinOf(graph, other));
  return complete && free.every((other) => mayBeTwins(graph, record, other) === false) ? true : undefined;
}

/** Whether two records, one for each family, lead to different places. */
export function leadsElsewhere(graph: ResourceGraph, one: Resource, other: Resource): Maybe {
  const [last, otherLast] = [lastOf(graph, one), lastOf(graph, other)];
  if (!last || !otherLast) return undefined;
  if (!isAlias(last) || !isAlias(otherLast)) {
    // Addresses of one name are those of one host, as far as anybody can tell.
    return !isAlias(last) && !isAlias(otherLast) && namesakesOf(graph, last).includes(otherLast) ? false : undefined;
  }
  const [target, otherTarget] = [finalTarget(graph, one), finalTarget(graph, other)];
  if (target !== undefined && otherTarget !== undefined) return differ(target, otherTarget);
  const [name, otherName] = [last, otherLast].map((record) => record.block('alias').value('name'));
  return isSame(name, otherName) === true ? false : undefined;
}

/** What two names of one target have in common: consoles put `dualstack.` first, an accelerator has it inside. */
export function plainTarget(name: string): string {
  return normalName(name)
    .replace(/^dualstack\./, '')
    .replace(/\.dualstack\.awsglobalaccelerator\.com$/, '.awsglobalaccelerator.com');
}

function differ(one: Resource | string, other: Resource | string): Maybe {
  if (typeof one === 'string') return typeof other === 'string' ? differByName(one, other) : isOther(other, one);
  if (typeof other === 'string') return isOther(one, other);
  if (one === other) return false;
  // What a data source finds may be what is made here.
  return one.mode === 'managed' && other.mode === 'managed' ? true : undefined;
}

function differByName(one: string, other: string): Maybe {
  if (plainTarget(one) === plainTarget(other)) return false;
  const kinds = [one, other].map(kindOf);
  // The two names of an accelerator need not be alike.
  return kinds.includes(undefined) || kinds.every((kind) => kind === 'accelerator') ? undefined : true;
}

/** Whether a name is of something else than a resource. */
function isOther(resource: Resource, name: string): Maybe {
  const kind = kindOf(name);
  if (kind === undefined) return undefined;
  if ((KINDS[kind].types as readonly string[]).includes(resource.type))
    return dnsNamesOf(resource).length > 0 ? true : undefined;
  // An API at the edge locations has a name of CloudFront's.
  return kind === 'distribution' && resource.type === 'aws_api_gateway_domain_name' ? undefined : true;
}

/** How AWS names what aliases lead to. */
const KINDS = {
  'load balancer': {
    types: ['aws_lb', 'aws_alb', 'aws_elb'],
    name: /\.elb\.amazonaws\.com(\.cn)?$|\.elb\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/,
  },
  distribution: { types: ['aws_cloudfront_distribution'], name: /\.cloudfront\.net$/ },
  accelerator: { types: ['aws_globalaccelerator_accelerator'], name: /\.awsglobalaccelerator\.com$/ },
  website: {
    types: ['aws_s3_bucket', 'aws_s3_bucket_website_configuration'],
    name: /(^|\.)s3-website[.-][a-z0-9-]+\.amazonaws\.com/,
  },
} as const satisfies Readonly<Record<string, { readonly types: readonly string[]; readonly name: RegExp }>>;

type Kind = keyof typeof KINDS;

function kindOf(name: string): Kind | undefined {
  return (Object.keys(KINDS) as Kind[]).find((kind) => KINDS[kind].name.test(normalName(name)));
}

/** Routing policies that give each record of a name a place of its own. */
const PLACES = [
  'failover_routing_policy',
  'latency_routing_policy',
  'geolocation_routing_policy',
  'geoproximity_routing_policy',
  'cidr_routing_policy',
] as const;

/** Whether two records answer for the same: the primary, a region, a country; undefined too where neither says so. */
function isSamePlace(one: Resource, other: Resource): Maybe {
  const names = PLACES.filter((name) => one.has(name) || other.has(name));
  return names.length === 0 ? undefined : every(names.map((name) => isSame(one.value(name), other.value(name))));
}

function isSameSet(one: Resource, other: Resource): Maybe {
  return isSame(one.value('set_identifier'), other.value('set_identifier'));
}

function isSameTarget(graph: ResourceGraph, one: Resource, other: Resource): boolean {
  return isAlias(one) && isAlias(other) && leadsElsewhere(graph, one, other) === false;
}

function mayBeTwins(graph: ResourceGraph, one: Resource, other: Resource): Maybe {
  if (isSamePlace(one, other) === false) return false;
  const isHidden = [one, other].some((record) => record.value('set_identifier') instanceof Unknown);
  const isElsewhere = isAlias(one) && isAlias(other) && leadsElsewhere(graph, one, other) === true;
  return isElsewhere && !isHidden ? false : undefined;
}

/** Pairs of one A and one AAAA record; where there are fewer of a family, one may stand for several of the other. */
function pair(graph: ResourceGraph, records: readonly Resource[]): ReadonlyMap<Resource, Resource> {
  const ipv4 = records.filter((record) => record.is('type', 'A'));
  const ipv6 = records.filter((record) => record.is('type', 'AAAA'));
  const twins = new Map<Resource, Resource>();
  const free = (all: readonly Resource[]): Resource[] => all.filter((record) => !twins.has(record));
  const match = (belong: (one: Resource, other: Resource) => boolean): void => {
    for (const one of free(ipv4)) {
      const other = free(ipv6).find((candidate) => belong(one, candidate));
      if (other) twins.set(one, other).set(other, one);
    }
  };
  match((one, other) => isSameSet(one, other) === true);
  match((one, other) => isSamePlace(one, other) === true);
  match((one, other) => isSameTarget(graph, one, other) && isSameWeight(one, other));
  match((one, other) => isSameTarget(graph, one, other));
  // As many of each, so each has its own, wherever it leads.
  if (free(ipv4).length === free(ipv6).length) match((one, other) => isSamePlace(one, other) !== false);
  for (const one of free([...ipv4, ...ipv6])) {
    const others = ipv4.includes(one) ? ipv6 : ipv4;
    const stand =
      others.find((other) => isSameTarget(graph, one, other)) ?? others.find((other) => isAlone(one, other));
    if (stand) twins.set(one, stand);
  }
  return twins;
}

function isSameWeight(one: Resource, other: Resource): boolean {
  return isSame(one.value('weighted_routing_policy'), other.value('weighted_routing_policy')) === true;
}

/** Whether one of two records is the only one of its family, and so answers wherever the other does. */
function isAlone(one: Resource, other: Resource): boolean {
  return !one.has('set_identifier') || !other.has('set_identifier');
}

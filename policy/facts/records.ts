import type { Resolved, Resource, ResourceGraph } from '../resource-graph';
import { every, type Maybe, some, Unknown } from '../value';
import { isDualStack } from './load-balancers';
import { expressionOf } from './same';

/** DNS names are the same in all cases, and with the dot of the root or without it. */
export function normalName(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\\052(?=\.)/, '*');
}

/** The full name of a record; undefined where only apply will know. The provider takes names without their zone, too. */
export function recordName(graph: ResourceGraph, record: Resource): string | undefined {
  return graph.fact(record, recordName, () => {
    const whole = record.known('fqdn');
    if (whole !== undefined) return normalName(whole);
    const written = record.value('name');
    if (written instanceof Unknown || written === undefined) return undefined;
    const name = normalName(String(written));
    const zone = zoneOf(graph, record)?.known('name');
    if (zone === undefined) return name === '' ? undefined : name;
    const parent = normalName(zone);
    if (name === '') return parent;
    return name === parent || name.endsWith(`.${parent}`) ? name : `${name}.${parent}`;
  });
}

/** The zone of a record, where it is part of this input; that may be a data source. */
export function zoneOf(graph: ResourceGraph, record: Resource): Resource | undefined {
  const found = graph.referencesIn(record.value('zone_id')).filter(({ type }) => type === 'aws_route53_zone');
  return found.length === 1 ? found[0] : undefined;
}

/** The nearest public zone of this input that a public zone is below. */
export function parentZoneOf(graph: ResourceGraph, zone: Resource): Resource | undefined {
  const name = zone.known('name');
  if (name === undefined || zone.has('vpc')) return undefined;
  const above = graph.ofType('aws_route53_zone').filter((other) => {
    const parent = other.known('name');
    return parent !== undefined && !other.has('vpc') && normalName(name).endsWith(`.${normalName(parent)}`);
  });
  return above.sort((one, other) => other.known('name')!.length - one.known('name')!.length)[0];
}

/** Whether everybody may ask for a record: its zone is public. A certificate is only proven in a public zone. */
export function isPublic(graph: ResourceGraph, record: Resource): Maybe {
  const zone = zoneOf(graph, record);
  if (zone?.mode === 'managed') {
    if (zone.hides('vpc')) return undefined;
    return (
      zone.blocks('vpc').length === 0 && graph.referring('aws_route53_zone_association', 'zone_id', zone).length === 0
    );
  }
  if (zone?.has('private_zone')) {
    const isPrivate = zone.is('private_zone', true);
    return isPrivate === undefined ? undefined : !isPrivate;
  }
  const key = zoneKey(graph, record);
  return key && zonesOfCertificates(graph).has(key.text) ? true : undefined;
}

/** The zones in which certificates are proven, as `zoneKey` names them. */
function zonesOfCertificates(graph: ResourceGraph): ReadonlySet<string> {
  return graph.fact(graph, zonesOfCertificates, () => {
    const proofs = graph.ofType(RECORD).filter((record) => isProof(graph, record));
    return new Set(proofs.flatMap((record) => zoneKey(graph, record)?.text ?? []));
  });
}

/** Whether a public zone that is made here is the one in which a name would be. */
export function isInZone(graph: ResourceGraph, name: string): boolean {
  // Which names a star stands for is for the records to say.
  if (name.startsWith('*.')) return false;
  const labels = normalName(name).split('.');
  const parents = labels.map((_, index) => labels.slice(index).join('.'));
  const isZone = (parent: string): boolean =>
    graph
      .ofType('aws_route53_zone')
      .some((zone) => !zone.has('vpc') && normalName(zone.known('name') ?? '') === parent);
  // The nearest cut: a zone of this input, or one that is delegated elsewhere.
  const cut = parents.find((parent) => isZone(parent) || recordsNamed(graph, parent, 'NS').length > 0);
  return cut !== undefined && isZone(cut);
}

/** The records of a name and a type, in whichever zone. */
export function recordsNamed(graph: ResourceGraph, name: string, ...types: readonly string[]): readonly Resource[] {
  const records = byName(graph).get(normalName(name)) ?? [];
  return records.filter((record) => types.some((type) => record.is('type', type)));
}

/** Whether a record that is not seen to be of a name and a type may be: something of it is only known after apply. */
export function mayBeNamed(graph: ResourceGraph, name: string, ...types: readonly string[]): boolean {
  return vague(graph).some((record) => {
    const known = recordName(graph, record);
    const isOfType = some(types.map((type) => record.is('type', type)));
    if (known !== undefined && known !== normalName(name)) return false;
    return isOfType === undefined || (isOfType && known === undefined);
  });
}

/** Whether a record is there to prove a certificate; such names are only known after apply, and nobody types them. */
function isProof(graph: ResourceGraph, record: Resource): boolean {
  const parts = ['name', 'records', 'for_each'].map((attribute) => record.value(attribute));
  return graph.referencesIn(parts).some(({ type }) => type === 'aws_acm_certificate');
}

function byName(graph: ResourceGraph): ReadonlyMap<string, readonly Resource[]> {
  return graph.fact(graph, byName, () => groupBy(graph.ofType(RECORD), (one) => recordName(graph, one)));
}

/** The AAAA records of an A record's name, or the A records of an AAAA's; and whether those are all. */
export function counterparts(graph: ResourceGraph, record: Resource): Resolved {
  return graph.fact(record, counterparts, () => {
    const type = record.is('type', 'A') ? 'AAAA' : 'A';
    const found = namesakesOf(graph, record).filter((other) => other.is('type', type));
    const hidden = vague(graph).some(
      (other) =>
        other !== record &&
        !found.includes(other) &&
        other.is('type', type) !== false &&
        mayShareName(graph, record, other),
    );
    return { found, complete: !hidden };
  });
}

/** The records of the name and zone of a record, itself among them. */
export function namesakesOf(graph: ResourceGraph, record: Resource): readonly Resource[] {
  const key = keyOf(graph, record);
  return (key === undefined ? undefined : byKey(graph).get(key)) ?? [record];
}

/** Whether a record is the first of its name and type, so that what all of them lack is said once. */
export function isFirstOfName(graph: ResourceGraph, record: Resource): boolean {
  return namesakesOf(graph, record).find((one) => one.known('type') === record.known('type')) === record;
}

/** Whether a name is only there to try IPv6 by, such as `v6.hue.gov.vn`. */
export function isTrialName(name: string): boolean {
  return /^(ip)?v6\./.test(name);
}

/** Whether a record that is one of several for its name goes on answering while what it leads to is down. */
export function lacksHealth(record: Resource): Maybe {
  const failover = record.block('failover_routing_policy');
  const isLastResort = failover.is('type', 'SECONDARY');
  const isChosen = CHOOSING.some((name) => record.has(name) && record.is(name, false) !== true);
  if (!isChosen || isLastResort || record.has('health_check_id')) return false;
  const evaluates = record.block('alias').is('evaluate_target_health', true, false);
  return record.hides('alias') || evaluates === undefined ? undefined : !evaluates;
}

/** Routing policies by which Route 53 leaves out what is not healthy. */
const CHOOSING = [
  'weighted_routing_policy',
  'failover_routing_policy',
  'latency_routing_policy',
  'multivalue_answer_routing_policy',
] as const;

/** The addresses that a record says, known or not. */
export function addressesIn(record: Resource): readonly (string | Unknown)[] {
  const values = record.list('records').filter((value) => value instanceof Unknown || typeof value !== 'object');
  return values.map((value) => (value instanceof Unknown ? value : String(value)));
}

/** How messages name the set of a record that is one of several. */
export function setName(record: Resource): string {
  return `the set ${String(record.string('set_identifier') ?? 'without a name')}`;
}

export function isAlias(record: Resource): boolean {
  return record.has('alias');
}

/** What an alias leads to: what is part of this input, or a DNS name; undefined where only apply will know. */
export function aliasTarget(graph: ResourceGraph, record: Resource): Resource | string | undefined {
  return graph.fact(record, aliasTarget, () => {
    const value = record.block('alias').value('name');
    const [one, ...more] = graph.referencesIn(value).filter(({ type }) => TARGETS.has(type) || type === RECORD);
    if (one) return more.length === 0 ? one : undefined;
    if (value instanceof Unknown) return graph.referenceIn(value, ...FRONTS);
    if (typeof value !== 'string' || value === '') return undefined;
    // Consoles put `dualstack.` before the name of any load balancer.
    const name = normalName(value);
    const plain = name.replace(/^dualstack\./, '');
    const named = [...FRONTS].flatMap((type) => graph.ofType(type)).find((front) => dnsNamesOf(front).includes(plain));
    const records = recordsNamed(graph, name, 'A', 'AAAA').filter((other) => other !== record);
    return named ?? records.find((other) => other.known('type') === record.known('type')) ?? records[0] ?? name;
  });
}

/** How messages name what an alias leads to. */
export function targetName(target: Resource | string | undefined): string {
  if (target === undefined) return 'something that is only known after apply';
  return typeof target === 'string' ? target : target.address;
}

/** Whether what an alias leads to has IPv6 addresses. */
export function isDualStackTarget(graph: ResourceGraph, record: Resource): Maybe {
  return hasIpv6(graph, record, new Set());
}

/** Whether what an alias leads to never has IPv6 addresses, whatever its settings are. */
export function isIpv4OnlyTarget(target: Resource | string | undefined): boolean {
  return typeof target === 'object' ? TARGETS.get(target.type) === NEVER : IPV4_ONLY_NAME.test(target ?? '');
}

/** Websites of S3, whose names have a dot or a hyphen before the Region, and Elastic Beanstalk. */
const IPV4_ONLY_NAME = /(?:^|\.)s3-website[.-][a-z0-9-]+\.amazonaws\.com(?:\.cn)?$|\.elasticbeanstalk\.com$/;

/** Whether an alias to an accelerator uses the name that has its IPv6 addresses, too. */
export function usesDualStackName(graph: ResourceGraph, record: Resource): Maybe {
  const value = record.block('alias').value('name');
  if (value instanceof Unknown) {
    if (value.text?.includes('.dual_stack_dns_name')) return true;
    return value.text?.includes('.dns_name') ? false : undefined;
  }
  const name = normalName(String(value));
  const target = aliasTarget(graph, record);
  if (typeof target === 'object' && normalName(target.known('dual_stack_dns_name') ?? '') === name) return true;
  return name.endsWith('.dualstack.awsglobalaccelerator.com');
}

/** The A and AAAA records by which names lead to a resource, directly or by other records. */
export function recordsLeadingTo(graph: ResourceGraph, resource: Resource): readonly Resource[] {
  return byTarget(graph).get(resource) ?? [];
}

/** The A and AAAA records that lead where a record leads, itself among them. */
export function companionsOf(graph: ResourceGraph, record: Resource): readonly Resource[] {
  const target = finalTarget(graph, record);
  return typeof target === 'object' ? recordsLeadingTo(graph, target) : [];
}

function byTarget(graph: ResourceGraph): ReadonlyMap<Resource, readonly Resource[]> {
  return graph.fact(graph, byTarget, () => {
    const records = graph.ofType(RECORD).filter((one) => one.is('type', 'A') || one.is('type', 'AAAA'));
    return groupBy(records, (record) => {
      const target = finalTarget(graph, record);
      return typeof target === 'object' ? target : undefined;
    });
  });
}

/** Where a record leads at last, by however many others; undefined where only apply will know, and in a circle. */
export function finalTarget(graph: ResourceGraph, record: Resource): Resource | string | undefined {
  const last = lastOf(graph, record);
  return last && aliasTarget(graph, last);
}

/** The records by which a record leads on, itself the first of them; the last leads to no other, or back to one. */
export function chainOf(graph: ResourceGraph, record: Resource): readonly Resource[] {
  const chain = new Set<Resource>();
  let next: Resource | string | undefined = record;
  while (typeof next === 'object' && next.type === RECORD && !chain.has(next)) {
    chain.add(next);
    next = aliasTarget(graph, next);
  }
  return [...chain];
}

/** The record that answers where a record leads at last; undefined in a circle. */
export function lastOf(graph: ResourceGraph, record: Resource): Resource | undefined {
  const last = chainOf(graph, record).at(-1)!;
  const target = aliasTarget(graph, last);
  return typeof target === 'object' && target.type === RECORD ? undefined : last;
}

function hasIpv6(graph: ResourceGraph, record: Resource, seen: Set<Resource>): Maybe {
  const target = aliasTarget(graph, record);
  if (typeof target !== 'object') return isIpv4OnlyTarget(target) ? false : undefined;
  if (target.type !== RECORD) return TARGETS.get(target.type)!(target);
  if (seen.has(target)) return undefined;
  seen.add(target);
  const { found, complete } = target.is('type', 'AAAA')
    ? { found: [target], complete: true }
    : counterparts(graph, target);
  if (found.length === 0) return complete ? false : undefined;
  return some(found.map((one) => (isAlias(one) ? hasIpv6(graph, one, seen) : true)));
}

const RECORD = 'aws_route53_record';

/** What never has IPv6 addresses: AWS takes no AAAA alias to it. */
const NEVER = (): Maybe => false;

/** Whether each kind of target of an alias has IPv6 addresses. */
const TARGETS: ReadonlyMap<string, (target: Resource) => Maybe> = new Map<string, (target: Resource) => Maybe>([
  ['aws_lb', whereRead(isDualStack, 'ip_address_type')],
  ['aws_alb', whereRead(isDualStack, 'ip_address_type')],
  ['aws_cloudfront_distribution', bySwitch('is_ipv6_enabled', true, false)],
  ['aws_globalaccelerator_accelerator', bySwitch('ip_address_type', 'DUAL_STACK', 'IPV4')],
  ['aws_apigatewayv2_domain_name', within('domain_name_configuration')],
  ['aws_api_gateway_domain_name', within('endpoint_configuration')],
  ['aws_vpc_endpoint', whereRead(isDualStack, 'ip_address_type')],
  ['aws_elb', NEVER],
  ['aws_s3_bucket', NEVER],
  ['aws_s3_bucket_website_configuration', NEVER],
  ['aws_elastic_beanstalk_environment', NEVER],
]);

/** The targets that names of portals lead to. */
const FRONTS = [
  'aws_lb',
  'aws_alb',
  'aws_cloudfront_distribution',
  'aws_globalaccelerator_accelerator',
  'aws_apigatewayv2_domain_name',
  'aws_api_gateway_domain_name',
] as const;

/** A data source says what was found, and nothing where it was not read yet, or does not look at that. */
function whereRead(has: (target: Resource) => Maybe, name: string): (target: Resource) => Maybe {
  return (target) => (target.mode === 'data' && !target.has(name) ? undefined : has(target));
}

function bySwitch(name: string, on: string | boolean, off: string | boolean): (target: Resource) => Maybe {
  return whereRead((target) => target.is(name, on, off), name);
}

function within(place: string): (domainName: Resource) => Maybe {
  return whereRead(
    (one) => (one.hides(place) ? undefined : one.block(place).is('ip_address_type', 'dualstack', 'ipv4')),
    place,
  );
}

/** The DNS names of what AWS gives such, as far as they are known. */
export function dnsNamesOf(front: Resource): readonly string[] {
  const places = [front, ...front.blocks('domain_name_configuration')];
  return DNS_NAMES.flatMap((name) => places.flatMap((place) => place.known(name) ?? [])).map(normalName);
}

const DNS_NAMES = [
  'dns_name',
  'dual_stack_dns_name',
  'domain_name',
  'target_domain_name',
  'regional_domain_name',
  'cloudfront_domain_name',
] as const;

/** What two records have in common: plain where it is a value, otherwise the expression that stands for it. */
interface Key {
  readonly text: string;
  readonly plain: boolean;
}

function nameKey(graph: ResourceGraph, record: Resource): Key | undefined {
  const name = recordName(graph, record);
  return name === undefined ? expressionKey(record.value('name')) : { text: name, plain: true };
}

function zoneKey(graph: ResourceGraph, record: Resource): Key | undefined {
  const zone = zoneOf(graph, record);
  // A data source may have found the zone that another record names by its id.
  if (zone) return { text: zone.address, plain: zone.mode === 'managed' };
  const id = record.value('zone_id') ?? '';
  return typeof id === 'string' ? { text: id.replace(/^.*\//, ''), plain: true } : expressionKey(id);
}

function expressionKey(value: unknown): Key | undefined {
  const text = expressionOf(value);
  return text === undefined ? undefined : { text, plain: false };
}

function keyOf(graph: ResourceGraph, record: Resource): string | undefined {
  const name = nameKey(graph, record);
  const zone = zoneKey(graph, record);
  return name && zone && `${zone.text}\n${name.text}`;
}

function byKey(graph: ResourceGraph): ReadonlyMap<string, readonly Resource[]> {
  return graph.fact(graph, byKey, () => groupBy(graph.ofType(RECORD), (one) => keyOf(graph, one)));
}

/** The records of which something is not plain, so that they may be of another name, zone or type than they look. */
function vague(graph: ResourceGraph): readonly Resource[] {
  return graph.fact(graph, vague, () =>
    graph
      .ofType(RECORD)
      .filter(
        (one) =>
          !isProof(graph, one) &&
          !(one.known('type') !== undefined && nameKey(graph, one)?.plain && zoneKey(graph, one)?.plain),
      ),
  );
}

function mayShareName(graph: ResourceGraph, one: Resource, other: Resource): boolean {
  const same = [nameKey, zoneKey].map((keyIn) => isSameKey(keyIn(graph, one), keyIn(graph, other)));
  return every(same) !== false;
}

function isSameKey(one: Key | undefined, other: Key | undefined): Maybe {
  if (one === undefined || other === undefined) return undefined;
  if (one.text === other.text) return true;
  return one.plain && other.plain ? false : undefined;
}

function groupBy<K, V>(values: readonly V[], key: (value: V) => K | undefined): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const group = key(value);
    if (group === undefined) continue;
    const members = groups.get(group);
    if (members) members.push(value);
    else groups.set(group, [value]);
  }
  return groups;
}

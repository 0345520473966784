import type { Family } from '../../core/cidr';
import { lacksTwin, leadsElsewhere, twinOf } from '../facts/record-pairs';
import {
  addressesIn,
  aliasTarget,
  chainOf,
  counterparts,
  finalTarget,
  isAlias,
  isInZone,
  isIpv4OnlyTarget,
  isPublic,
  lastOf,
  mayBeNamed,
  recordsNamed,
  setName,
  targetName,
  usesDualStackName,
} from '../facts/records';
import type { Resource, ResourceGraph } from '../resource-graph';
import { every } from '../value';
import type { Edge } from './edges';
import { closed, hop, type HopResult, OPEN, unseen } from './hop';

type RecordType = 'A' | 'AAAA';

/** Every public name has a record of the family that leads here. */
export function dns(graph: ResourceGraph, edge: Edge, family: Family): HopResult {
  const { names, records } = edge;
  const type = family === 'ipv4' ? 'A' : 'AAAA';
  if (names.length === 0) return unseen('no name leads here: neither a record nor a certificate says one');
  if (records.size === 0) {
    return unseen(`enter the records: the zone is outside, so ${type} records cannot be seen here`);
  }
  const answers = names.map((name) => ({ name, answer: answerFor(graph, edge, name, type) }));
  const without = answers.filter(({ answer }) => answer === 'none').map(({ name }) => name);
  const missing = without.length > 0 ? [closed(publish(graph, edge, type, without.join(', ')))] : [];
  return together([...missing, ...answers.flatMap(({ answer }) => (answer === 'none' ? [] : answer))]);
}

function publish(graph: ResourceGraph, edge: Edge, type: RecordType, names: string): string {
  return type === 'AAAA' && edge.kind === 'outside' && isIpv4OnlyTarget(finalTarget(graph, edge.resource))
    ? `lead ${names} to something with IPv6: ${edge.address} cannot have it`
    : `publish ${type} for ${names}`;
}

/** All that is closed, or else all that is not seen. */
function together(results: readonly HopResult[]): HopResult {
  const of = (wanted: HopResult['state']): readonly HopResult[] => results.filter(({ state }) => state === wanted);
  const [worst] = [of('fail'), of('unknown')].filter((some) => some.length > 0);
  if (!worst || worst.length === 1) return worst?.[0] ?? OPEN;
  const reason = [...new Set(worst.flatMap((one) => one.reason ?? []))].join('; ');
  const causes = worst.flatMap((one) => one.causes ?? []);
  const minor = worst.every(({ severity }) => severity === 'warning');
  return {
    state: worst[0]!.state,
    reason,
    ...(causes.length > 0 && { causes }),
    ...(minor && { severity: 'warning' }),
  };
}

/** What a client of the family gets for a name: `none` where there is no record of the type at all. */
function answerFor(graph: ResourceGraph, edge: Edge, name: string, type: RecordType): HopResult | 'none' {
  const here = edge.records.get(`${name} ${type}`) ?? [];
  if (here.length > 0) return type === 'AAAA' ? withIpv6(graph, here, name) : OPEN;
  const others = edge.records.get(`${name} ${type === 'A' ? 'AAAA' : 'A'}`) ?? [];
  if (others.length === 0) return answerForDeclared(graph, edge, name, type);
  const answers = others.map((other) => answerBeside(graph, other, name, type));
  return answers.includes('none') ? 'none' : together(answers.filter((answer) => answer !== 'none'));
}

/** An accelerator has a name with its IPv6 addresses, and one without. */
function withIpv6(graph: ResourceGraph, records: readonly Resource[], name: string): HopResult {
  const aliases = records.flatMap((record) => lastOf(graph, record) ?? []).filter((one) => isAccelerated(graph, one));
  return hop(
    every(aliases.map((record) => usesDualStackName(graph, record))),
    `lead the AAAA record of ${name} to the dual-stack name of the accelerator`,
    `which name of the accelerator the AAAA record of ${name} uses cannot be seen here`,
  );
}

function isAccelerated(graph: ResourceGraph, record: Resource): boolean {
  const target = aliasTarget(graph, record);
  return typeof target === 'object'
    ? target.type === 'aws_globalaccelerator_accelerator'
    : target?.endsWith('.awsglobalaccelerator.com') === true;
}

/** The name has a record of the other family that leads here. */
function answerBeside(graph: ResourceGraph, other: Resource, name: string, type: RecordType): HopResult | 'none' {
  const twin = twinOf(graph, other);
  if (twin) return answerOf(graph, twin, other, `${type} of ${name}`);
  const { found, complete } = counterparts(graph, other);
  const set = `${setName(other)} of ${name}`;
  if (!complete) {
    return unseen(`${type} for ${name} may be among the records whose names or types are not known here`);
  }
  if (found.length === 0) return 'none';
  return lacksTwin(graph, other)
    ? closed(`publish ${type} for ${set}`)
    : unseen(`whether a record of type ${type} answers for ${set} cannot be seen here`);
}

/** The record for the family is there, and does not lead here as far as can be seen. */
function answerOf(graph: ResourceGraph, twin: Resource, other: Resource, what: string): HopResult {
  const elsewhere = leadsElsewhere(graph, other, twin);
  const last = lastOf(graph, twin);
  const place = last && !isAlias(last) ? addressesIn(last).join(', ') : targetName(finalTarget(graph, twin));
  if (!elsewhere) return unseen(`${what} leads to ${place}, and whether that is the same cannot be seen here`);
  const ipv6 = twin.is('type', 'AAAA') ? twin : other;
  return {
    ...closed(`lead both families to one place: ${what} leads to ${place}`),
    severity: 'warning',
    causes: chainOf(graph, ipv6).map((resource) => ({ rule: 'V6-DNS-003', resource })),
  };
}

/** The name has no record that leads here. It may be an alias of another kind, or have its zone elsewhere. */
function answerForDeclared(
  graph: ResourceGraph,
  { resource, records }: Edge,
  name: string,
  type: RecordType,
): HopResult | 'none' {
  const [cname] = recordsNamed(graph, name, 'CNAME');
  if (cname && graph.referencesIn(cname.value('records')).includes(resource)) return OPEN;
  if (cname) return unseen(`where the CNAME of ${name} leads cannot be seen here`);
  const [other] = recordsNamed(graph, name, type).filter((record) => isPublic(graph, record) !== false);
  if (other) return notHere(graph, other, `${type} of ${name}`);
  if (mayBeNamed(graph, name, type, 'CNAME')) {
    return unseen(`${type} for ${name} may be among the records whose names or types are not known here`);
  }
  const known = [...records.keys()].map((key) => key.split(' ')[0]!);
  const isNear = known.some((one) => name.endsWith(`.${one}`) || one.endsWith(`.${name}`));
  return isNear || isInZone(graph, name) ? 'none' : unseen(`enter the records of ${name}: its zone is outside`);
}

function notHere(graph: ResourceGraph, record: Resource, what: string): HopResult {
  const target = finalTarget(graph, record);
  return typeof target === 'object'
    ? closed(`lead ${what} here: it leads to ${targetName(target)}`)
    : unseen(`whether ${what} leads here cannot be seen`);
}

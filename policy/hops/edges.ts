import { stagedName } from '../../core/names';
import { ACCELERATOR, loadBalancersBehind, waysThrough } from '../facts/accelerators';
import { isOnInternet } from '../facts/internet';
import { isInternetFacing, LISTENERS, LOAD_BALANCERS } from '../facts/load-balancers';
import { plainTarget } from '../facts/record-pairs';
import {
  addressesIn,
  aliasTarget,
  isAlias,
  isPublic,
  isTrialName,
  lastOf,
  namesakesOf,
  normalName,
  recordName,
  recordsLeadingTo,
} from '../facts/records';
import { expressionOf } from '../facts/same';
import { isStandIn } from '../facts/stand-ins';
import type { Resource, ResourceGraph } from '../resource-graph';
import { Unknown } from '../value';

/** What citizens connect to, and the names that lead to it. */
export interface Edge {
  readonly kind: 'load-balancer' | 'distribution' | 'accelerator' | 'api' | 'outside';
  /** What answers; where that is outside, or nothing that this looks into, a record that leads there. */
  readonly resource: Resource;
  /** How reports name what answers: by its address, or by what the records say. */
  readonly address: string;
  /** The names that citizens type. */
  readonly names: readonly string[];
  /** Records by name and type: `hue.gov.vn AAAA`. */
  readonly records: ReadonlyMap<string, readonly Resource[]>;
  /** The names on its certificate; undefined where that is not part of this input. */
  readonly certified: readonly string[] | undefined;
  /** Of a load balancer: the port at which it gets what citizens send to port 443. */
  readonly port: number;
  /** Of a load balancer: who takes HTTPS on that port, or TLS where it is a network load balancer. */
  readonly httpsListener: Resource | undefined;
  /** Of an accelerator: the load balancers that it leads to, under its names, and whether those are all. */
  readonly behind: { readonly found: readonly Edge[]; readonly complete: boolean };
}

export const HTTPS = 443;

/**
 * The edges of a stack, in the order of the input. A load balancer behind a distribution or an accelerator is its
 * target, and an edge only under names of its own; what answers only while an edge is down belongs to that. What is
 * outside comes last.
 */
export function edgesOf(graph: ResourceGraph): readonly Edge[] {
  return graph.fact(graph, edgesOf, () => {
    const distributions = graph.ofType('aws_cloudfront_distribution');
    const origins = distributions.flatMap((one) => graph.referencesIn(one.value('origin')));
    const behind = new Set([...origins, ...loadBalancersBehind(graph)]);
    const facing = graph.ofType(...LOAD_BALANCERS).filter((one) => isInternetFacing(one) !== false);
    const hidden = facing.filter((one) => behind.has(one) && namesOf(graph, one).names.length === 0);
    const balancers = facing.filter((one) => !hidden.includes(one)).map((one) => loadBalancerEdge(graph, one));
    const accelerators = graph
      .ofType(ACCELERATOR)
      .map((one) => acceleratorEdge(graph, one))
      .filter((edge) => edge.behind.found.length > 0 || edge.names.length > 0);
    const apis = graph
      .ofType(...API_NAMES)
      .map((one) => ({ ...BARE, resource: one, kind: 'api' as const, address: one.address, ...namesOf(graph, one) }))
      .filter(({ names }) => names.length > 0);
    const standIns = new Set(distributions.filter((one) => isStandIn(graph, one)));
    const inside = [
      ...balancers,
      ...distributions.filter((one) => !standIns.has(one)).map((one) => distributionEdge(graph, one)),
      ...accelerators,
      ...apis,
    ];
    const seen = new Set([...inside.map(({ resource }) => resource), ...hidden, ...standIns]);
    return [...inside, ...outsideEdges(graph, seen)];
  });
}

const API_NAMES = ['aws_apigatewayv2_domain_name', 'aws_api_gateway_domain_name'] as const;

const BARE = {
  certified: undefined,
  port: HTTPS,
  httpsListener: undefined,
  behind: { found: [], complete: true },
} as const;

function loadBalancerEdge(graph: ResourceGraph, resource: Resource, port: number = HTTPS): Edge {
  const listeners = LISTENERS.flatMap((type) => graph.referring(type, 'load_balancer_arn', resource));
  const httpsListener = listeners.find(
    (listener) => listener.number('port') === port && listener.known('protocol') !== 'HTTP',
  );
  const records = recordsOf(graph, resource);
  const certified = httpsListener && certifiedNames(graph, httpsListener.value('certificate_arn'));
  return {
    ...BARE,
    resource,
    kind: 'load-balancer',
    address: resource.address,
    records,
    certified,
    port,
    httpsListener,
    // A certificate may be shared: its names are those of the portal only where no record tells.
    names: publicNames(records.size > 0 ? [] : certified, records),
  };
}

function distributionEdge(graph: ResourceGraph, resource: Resource): Edge {
  const records = recordsOf(graph, resource);
  const certified = certifiedNames(graph, resource.block('viewer_certificate').value('acm_certificate_arn'));
  const aliases = resource.list('aliases').filter((alias): alias is string => typeof alias === 'string');
  return {
    ...BARE,
    resource,
    kind: 'distribution',
    address: resource.address,
    records,
    certified,
    names: publicNames(aliases, records),
  };
}

function acceleratorEdge(graph: ResourceGraph, resource: Resource): Edge {
  const { ways, complete } = waysThrough(graph, resource, HTTPS);
  const balancers = ways.map(({ loadBalancer, port }) => loadBalancerEdge(graph, loadBalancer, port));
  const own = namesOf(graph, resource);
  const certified = balancers.flatMap((one) => one.certified ?? []);
  const names = own.records.size > 0 ? own.names : publicNames(certified, own.records);
  const found = balancers.map((one) => ({ ...one, records: own.records, names }));
  return {
    ...BARE,
    resource,
    kind: 'accelerator',
    address: resource.address,
    records: own.records,
    names,
    behind: { found, complete },
  };
}

/** The names of records that lead to a resource, as far as citizens type them. */
function namesOf(graph: ResourceGraph, resource: Resource): Pick<Edge, 'names' | 'records'> {
  const records = recordsOf(graph, resource);
  return { records, names: publicNames([], records).filter((name) => isTyped(graph, name)) };
}

/** Names to try IPv6 by, and those by which CloudFront asks its origins, are not the citizens'. */
function isTyped(graph: ResourceGraph, name: string): boolean {
  return !isTrialName(name) && !originNames(graph).has(name);
}

function originNames(graph: ResourceGraph): ReadonlySet<string> {
  return graph.fact(graph, originNames, () => {
    const origins = graph.ofType('aws_cloudfront_distribution').flatMap((one) => one.blocks('origin'));
    return new Set(origins.map((origin) => normalName(origin.known('domain_name') ?? '')));
  });
}

/** Where public names lead that lead to no edge. */
function outsideEdges(graph: ResourceGraph, seen: ReadonlySet<Resource>): Edge[] {
  const groups = new Map<string, { name: string; record: Resource }[]>();
  for (const record of graph.ofType('aws_route53_record')) {
    const name = recordName(graph, record);
    const place = name !== undefined && isTyped(graph, name) ? placeOf(graph, record, seen) : undefined;
    if (name !== undefined && place !== undefined) groups.set(place, [...(groups.get(place) ?? []), { name, record }]);
  }
  return [...groups].map(([address, leading]) => ({
    ...BARE,
    resource: leading[0]!.record,
    kind: 'outside',
    address,
    names: [...new Set(leading.map(({ name }) => name))],
    records: keyed(leading),
  }));
}

/** Where a record leads everybody, by its target, its addresses or, where only apply will know, by itself. */
function placeOf(graph: ResourceGraph, record: Resource, seen: ReadonlySet<Resource>): string | undefined {
  const known = isPublic(graph, record);
  const last = lastOf(graph, record);
  if (!(record.is('type', 'A') || record.is('type', 'AAAA')) || known === false || !last) return undefined;
  if (!isAlias(last)) return hostOf(graph, last);
  const target = aliasTarget(graph, last);
  if (typeof target === 'string') return plainTarget(target);
  if (target) return seen.has(target) || (isInside(target) && !known) ? undefined : target.address;
  const name = last.block('alias').value('name');
  return expressionOf(name) === undefined ? last.address : String(name);
}

/** What is only there for those inside has its names in private zones, where nothing says otherwise. */
export function isInside(target: Resource): boolean {
  if (target.type === 'aws_vpc_endpoint') return true;
  return (LOAD_BALANCERS as readonly string[]).includes(target.type)
    ? isInternetFacing(target) === false
    : target.is('internal', true) === true;
}

/** A host by the addresses of all records that say some for its name; undefined where none of them is on the Internet. */
function hostOf(graph: ResourceGraph, record: Resource): string | undefined {
  const records = namesakesOf(graph, record).filter(
    (one) => (one.is('type', 'A') || one.is('type', 'AAAA')) && !isAlias(one),
  );
  const values = records.flatMap(addressesIn);
  if (!values.some((value) => value instanceof Unknown || isOnInternet(value))) return undefined;
  const isSeen = values.every((value) => !(value instanceof Unknown) || expressionOf(value) !== undefined);
  return isSeen ? [...new Set(values.map(String))].join(', ') : records[0]!.address;
}

function recordsOf(graph: ResourceGraph, edge: Resource): Edge['records'] {
  const records = recordsLeadingTo(graph, edge).flatMap((record) => {
    const name = recordName(graph, record);
    // Citizens do not ask in private zones.
    return name === undefined || isPublic(graph, record) === false ? [] : [{ name, record }];
  });
  return keyed(records);
}

function keyed(records: readonly { readonly name: string; readonly record: Resource }[]): Edge['records'] {
  const all = new Map<string, Resource[]>();
  for (const { name, record } of records) {
    const key = `${name} ${record.known('type') ?? ''}`;
    all.set(key, [...(all.get(key) ?? []), record]);
  }
  return all;
}

/** Names that are declared and names with records; the staged name is for the operator, not for citizens. */
function publicNames(declared: readonly string[] | undefined, records: Edge['records']): string[] {
  const whole = (declared ?? []).filter((name) => !name.startsWith('*.'));
  const names = new Set([...whole, ...[...records.keys()].map((key) => key.split(' ')[0]!)]);
  const staged = new Set([...names].map(stagedName));
  return [...names].filter((name) => !staged.has(name));
}

/** The names of a certificate, used directly or after its validation. */
function certifiedNames(graph: ResourceGraph, arn: unknown): string[] | undefined {
  const validation = graph.referenceIn(arn, 'aws_acm_certificate_validation');
  const certificate = graph.referenceIn(validation?.value('certificate_arn') ?? arn, 'aws_acm_certificate');
  return (
    certificate &&
    [certificate.known('domain_name'), ...certificate.list('subject_alternative_names')].flatMap((name) =>
      typeof name === 'string' ? [normalName(name)] : [],
    )
  );
}

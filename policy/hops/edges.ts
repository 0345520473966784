import { stagedName } from '../../core/names';
import { isInternetFacing, LISTENERS, LOAD_BALANCERS, TARGET_GROUPS } from '../facts/load-balancers';
import { isPublic, normalName, recordName, recordsLeadingTo } from '../facts/records';
import { isStandIn } from '../facts/stand-ins';
import type { Resource, ResourceGraph } from '../resource-graph';

/** What citizens connect to, and the names that lead to it. */
export interface Edge {
  /** An internet-facing load balancer, or a CloudFront distribution. */
  readonly resource: Resource;
  readonly kind: 'load-balancer' | 'distribution';
  /** The names that citizens type. */
  readonly names: readonly string[];
  /** Records by name and type: `hue.gov.vn AAAA`. */
  readonly records: ReadonlyMap<string, Resource>;
  /** The names on its certificate; undefined where that is not part of this input. */
  readonly certified: readonly string[] | undefined;
  /** Of a load balancer: who takes HTTPS on port 443, or TLS where it is a network load balancer. */
  readonly httpsListener: Resource | undefined;
  /** Where that listener sends requests, if it is one group. */
  readonly targetGroup: Resource | undefined;
}

/**
 * The edges of a stack, in the order of the input. A load balancer behind a distribution is its target, not an edge, and
 * what answers only while an edge is down belongs to that.
 */
export function edgesOf(graph: ResourceGraph): readonly Edge[] {
  return graph.fact(graph, edgesOf, () => {
    const distributions = graph.ofType('aws_cloudfront_distribution');
    const origins = new Set(distributions.flatMap((one) => graph.referencesIn(one.value('origin'))));
    const balancers = graph
      .ofType(...LOAD_BALANCERS)
      .filter((one) => isInternetFacing(one) !== false && !origins.has(one));
    return [
      ...balancers.map((one) => loadBalancerEdge(graph, one)),
      ...distributions.filter((one) => !isStandIn(graph, one)).map((one) => distributionEdge(graph, one)),
    ];
  });
}

function loadBalancerEdge(graph: ResourceGraph, resource: Resource): Edge {
  const listeners = LISTENERS.flatMap((type) => graph.referring(type, 'load_balancer_arn', resource));
  const httpsListener = listeners.find(
    (listener) => listener.number('port') === 443 && listener.known('protocol') !== 'HTTP',
  );
  const records = recordsOf(graph, resource);
  const certified = httpsListener && certifiedNames(graph, httpsListener.value('certificate_arn'));
  const targetGroup = httpsListener && graph.referenceIn(httpsListener.value('default_action'), ...TARGET_GROUPS);
  return {
    resource,
    kind: 'load-balancer',
    records,
    certified,
    httpsListener,
    targetGroup,
    // A certificate may be shared: its names are those of the portal only where no record tells.
    names: publicNames(records.size > 0 ? [] : certified, records),
  };
}

function distributionEdge(graph: ResourceGraph, resource: Resource): Edge {
  const records = recordsOf(graph, resource);
  const certified = certifiedNames(graph, resource.block('viewer_certificate').value('acm_certificate_arn'));
  const aliases = resource.list('aliases').filter((alias): alias is string => typeof alias === 'string');
  return {
    resource,
    kind: 'distribution',
    records,
    certified,
    httpsListener: undefined,
    targetGroup: undefined,
    names: publicNames(aliases, records),
  };
}

function recordsOf(graph: ResourceGraph, edge: Resource): ReadonlyMap<string, Resource> {
  const records = recordsLeadingTo(graph, edge).flatMap((record) => {
    const name = recordName(graph, record);
    // Citizens do not ask in private zones.
    return name === undefined || isPublic(graph, record) === false
      ? []
      : [[`${name} ${record.known('type') ?? ''}`, record] as const];
  });
  return new Map(records);
}

/** Names that are declared and names with records; the staged name is for the operator, not for citizens. */
function publicNames(declared: readonly string[] | undefined, records: ReadonlyMap<string, Resource>): string[] {
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

import type { Resource, ResourceGraph } from '../resource-graph';
import { LISTENERS } from './load-balancers';
import { normalName } from './records';

/** The names of some certificates, and whether no others can be on them. */
export interface CertifiedNames {
  readonly names: readonly string[];
  readonly complete: boolean;
}

/** The names that a listener has certificates for: its own and those that are added to it. */
export function namesOfListener(graph: ResourceGraph, listener: Resource): CertifiedNames {
  const added = graph
    .ofType('aws_lb_listener_certificate', 'aws_alb_listener_certificate')
    .filter((one) => graph.referenceIn(one.value('listener_arn'), ...LISTENERS) === listener);
  const parts = [listener, ...added]
    .filter((one) => one.has('certificate_arn'))
    .map((one) => namesOf(graph, one.value('certificate_arn')));
  const hidden = ['aws_lb_listener_certificate', 'aws_alb_listener_certificate'].some((type) =>
    graph.mayRefer(type, 'listener_arn', listener.type),
  );
  return {
    names: parts.flatMap(({ names }) => names),
    complete: !hidden && parts.length > 0 && parts.every(({ complete }) => complete),
  };
}

/** The names of a certificate, which is used directly or after its validation. */
export function namesOf(graph: ResourceGraph, arn: unknown): CertifiedNames {
  const validation = graph.referenceIn(arn, 'aws_acm_certificate_validation');
  const certificate = graph.referenceIn(validation?.value('certificate_arn') ?? arn, 'aws_acm_certificate');
  // The names of one that is imported are inside it.
  if (!certificate || certificate.has('certificate_body')) return { names: [], complete: false };
  const all = [certificate.value('domain_name'), ...certificate.list('subject_alternative_names')];
  const names = all.filter((name) => typeof name === 'string').map(normalName);
  return { names, complete: names.length === all.length };
}

/** Whether a certificate's name is good for a host: a star stands for one label. */
export function covers(certified: string, name: string): boolean {
  if (certified === name) return true;
  return (
    certified.startsWith('*.') && name.replace(/^[^.]+\./, '') === certified.slice(2) && name !== certified.slice(2)
  );
}

import type { Family } from '../../core/cidr';
import { holdsClients } from '../facts/web-acls';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type Block, some } from '../value';
import { closed, FAMILY_NAME, type HopResult, OPEN, unseen } from './hop';

/** A web ACL that blocks whom it does not allow by address has addresses of the family to allow. */
export function webAcl(graph: ResourceGraph, edge: Resource, family: Family): HopResult {
  const acl = webAclOf(graph, edge);
  if (acl === undefined || acl.block('default_action').blocks('block').length === 0) return OPEN;
  const allowing = acl.blocks('rule').filter((rule) => rule.block('action').blocks('allow').length > 0);
  const sets = allowing.flatMap((rule) => graph.referencesIn(rule.value('statement')).filter(isIpSet));
  const version = family === 'ipv4' ? 'IPV4' : 'IPV6';
  const named = some(
    sets.filter((set) => set.is('ip_address_version', version)).map((set) => holdsClients(graph, set)),
  );
  if (named) return OPEN;
  const seen = named === false && allowing.length > 0 && allowing.every((rule) => isByAddressAlone(rule, graph));
  return seen || allowing.length === 0
    ? closed(`allow ${FAMILY_NAME[family]} addresses in ${acl.address}: it blocks whom it does not allow`)
    : unseen(`whom ${acl.address} allows cannot be seen here`);
}

function webAclOf(graph: ResourceGraph, edge: Resource): Resource | undefined {
  const own = graph.referenceIn(edge.value('web_acl_id'), 'aws_wafv2_web_acl');
  if (own) return own;
  const [association] = graph.referring('aws_wafv2_web_acl_association', 'resource_arn', edge);
  return association && graph.referenceIn(association.value('web_acl_arn'), 'aws_wafv2_web_acl');
}

function isIpSet({ type }: Resource): boolean {
  return type === 'aws_wafv2_ip_set';
}

/** Whether a rule's statement is ip sets that are part of this input, and nothing else. */
function isByAddressAlone(rule: Block, graph: ResourceGraph): boolean {
  const statement = rule.block('statement');
  const references = [statement, ...statement.blocks('or_statement').flatMap((or) => or.blocks('statement'))].flatMap(
    (one) => one.blocks('ip_set_reference_statement'),
  );
  return references.length > 0 && references.every((one) => graph.referenceIn(one.value('arn'), 'aws_wafv2_ip_set'));
}

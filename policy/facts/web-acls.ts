import type { Family } from '../../core/cidr';
import type { Resource, ResourceGraph } from '../resource-graph';
import { Block, isRecord, type Maybe, some, Unknown } from '../value';
import { isDualStack, LOAD_BALANCERS } from './load-balancers';

/** One rule of a web ACL, or of a group of rules that it refers to. */
export interface WebAclRule {
  readonly name: string;
  readonly action: 'allow' | 'block' | 'count' | 'other';
  readonly statement: Block;
}

/** The rules of a web ACL in its order, those of its own rule groups among them, and whether those are all. */
export interface WebAclRules {
  readonly rules: readonly WebAclRule[];
  readonly complete: boolean;
}

export function rulesOfWebAcl(graph: ResourceGraph, acl: Resource): WebAclRules {
  return graph.fact(acl, rulesOfWebAcl, () => {
    const own = acl.blocks('rule').map(ruleFrom);
    const referred = own.flatMap(({ statement }) =>
      statementsIn(statement, 'rule_group_reference_statement').map((reference) =>
        graph.referenceIn(reference.value('arn'), 'aws_wafv2_rule_group'),
      ),
    );
    const groups = [...new Set(referred)].filter((group) => group !== undefined);
    const hidden = [acl, ...groups].some((one) => one.hides('rule') || one.has('rule_json') || one.has('rules_json'));
    return {
      rules: [...own, ...groups.flatMap((group) => group.blocks('rule').map(ruleFrom))],
      complete: !hidden && groups.length === new Set(referred).size,
    };
  });
}

function ruleFrom(rule: Block): WebAclRule {
  const action = rule.block('action');
  const [kind = 'other'] = (['allow', 'block', 'count'] as const).filter((name) => isThere(action, name));
  return { name: rule.known('name') ?? 'without a name', action: kind, statement: rule.block('statement') };
}

/** Whether a block is written, which has nothing in it as a rule: `allow {}`. */
export function isThere(parent: Block, name: string): boolean {
  return parent.blocks(name).length > 0 || parent.hides(name);
}

/** The statements of a kind, however deep they are in others. */
export function statementsIn(statement: Block, kind: string): readonly Block[] {
  const found: Block[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isRecord(value)) {
      found.push(...new Block(value).blocks(kind));
      Object.values(value).forEach(visit);
    }
  };
  visit(statement.attributes);
  return found;
}

/** The IP sets that a rule rests on by family; `hidden` where one is not part of this input. */
export interface IpSets extends Readonly<Record<Family, readonly Resource[]>> {
  readonly hidden: boolean;
}

export function ipSetsOf(graph: ResourceGraph, { statement }: WebAclRule): IpSets {
  const references = statementsIn(statement, 'ip_set_reference_statement');
  const sets = references.map((reference) =>
    graph.referencesIn(reference.value('arn')).find(({ type }) => type === 'aws_wafv2_ip_set'),
  );
  const isOf = (version: string) =>
    sets.filter((set) => set !== undefined).filter((set) => set.is('ip_address_version', version));
  const [ipv4, ipv6] = [isOf('IPV4'), isOf('IPV6')];
  return { ipv4, ipv6, hidden: ipv4.length + ipv6.length < references.length };
}

/**
 * Whether some client on the Internet may be in an IP set: not known where something else than Terraform fills it. The
 * blocks of VPCs of this input, such as the IPv6 probe's, hold no clients.
 */
export function holdsClients(graph: ResourceGraph, set: Resource): Maybe {
  return graph.fact(set, holdsClients, () => {
    const ignored = set.block('lifecycle').list('ignore_changes');
    if (ignored.includes('addresses') || ignored.includes('all')) return undefined;
    const own = new Set(graph.ofType('aws_vpc').map((vpc) => vpc.known('ipv6_cidr_block')));
    return set
      .list('addresses')
      .some((address) =>
        address instanceof Unknown
          ? !graph.referencesIn(address).some(({ type }) => type === 'aws_vpc')
          : !own.has(String(address)),
      );
  });
}

/** Whether clients over IPv6 come by a web ACL; undefined where what it is in front of cannot be seen. */
export function guardsIpv6(graph: ResourceGraph, acl: Resource): Maybe {
  return graph.fact(acl, guardsIpv6, () => {
    const distributions = graph.referring('aws_cloudfront_distribution', 'web_acl_id', acl);
    const guarded = graph
      .referring('aws_wafv2_web_acl_association', 'web_acl_arn', acl)
      .map((association) => associatedHasIpv6(graph, association.value('resource_arn')));
    const known = some([...distributions.map((one) => one.is('is_ipv6_enabled', true, false)), ...guarded]);
    const hidden =
      graph.mayRefer('aws_cloudfront_distribution', 'web_acl_id', acl.type) ||
      graph.mayRefer('aws_wafv2_web_acl_association', 'web_acl_arn', acl.type);
    return known === false && hidden ? undefined : known;
  });
}

function associatedHasIpv6(graph: ResourceGraph, arn: unknown): Maybe {
  const loadBalancer = graph.referenceIn(arn, ...LOAD_BALANCERS);
  return loadBalancer && isDualStack(loadBalancer);
}

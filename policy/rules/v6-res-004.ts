import { type ExampleChange, planOf } from '../plan-example';
import type { Change, Resource } from '../resource-graph';
import { fail, PASS, type Rule } from '../rule';

export const rule: Rule = {
  id: 'V6-RES-004',
  title: 'Adding IPv6 replaces nothing that is in use',
  group: 'governance',
  kind: 'danger',
  severity: 'warning',
  types: Object.keys(replaceable()),
  why: 'Some attributes about addresses cannot change in place: Terraform takes the resource away and makes a new one. In between nobody is served, or a rule is missing; what others hold on to, such as ids and addresses, is new.',
  fix: 'Leave what is there as it is and add a second resource for IPv6 beside it; take the old one away once nothing uses it.',
  sources: [
    'plans measured with AWS provider 5.100.0',
    'https://developer.hashicorp.com/terraform/internals/json-format',
  ],
  good: planOf([edit(['update'])]),
  bad: planOf([edit(['delete', 'create'], ['ip_address_version'])]),

  check(resource) {
    const { change, type } = resource;
    if (!change) return undefined;
    const isReplaced = change.actions.includes('delete') && change.actions.includes('create');
    const paths = isReplaced ? reasons(change, replaceable()[type]!) : [];
    // What has no name of its own leaves no gap when the new one comes first.
    if (paths.length === 0 || (RULES.includes(type) && change.actions[0] === 'create')) return PASS;
    return fail(
      `the plan replaces it, because of ${paths.map((path) => described(resource, change, path)).join(', ')}`,
    );
  },
};

/** What is one entry of a list that others hold. */
const RULES: readonly string[] = [
  'aws_network_acl_rule',
  'aws_route',
  'aws_security_group_rule',
  'aws_vpc_security_group_egress_rule',
  'aws_vpc_security_group_ingress_rule',
];

/** Attributes about addresses that cannot change in place, by type; target groups are for V6-TG-006. */
function replaceable(): Readonly<Record<string, readonly string[]>> {
  return {
    aws_alb: ['subnets', 'subnet_mapping', 'internal'],
    aws_ec2_managed_prefix_list: ['address_family'],
    aws_eks_cluster: ['ip_family'],
    aws_elasticache_cluster: ['network_type'],
    aws_elasticache_replication_group: ['network_type'],
    aws_instance: ['ipv6_addresses', 'enable_primary_ipv6', 'ipv6_address_count'],
    aws_lb: ['subnets', 'subnet_mapping', 'internal'],
    aws_nat_gateway: ['connectivity_type'],
    aws_network_acl_rule: ['cidr_block', 'ipv6_cidr_block', 'protocol'],
    aws_opensearch_domain: ['ip_address_type'],
    aws_route: ['destination_cidr_block', 'destination_ipv6_cidr_block'],
    aws_security_group_rule: ['cidr_blocks', 'ipv6_cidr_blocks'],
    aws_subnet: ['ipv6_native', 'cidr_block', 'ipv6_cidr_block'],
    aws_vpc_ipv6_cidr_block_association: ['ipv6_cidr_block', 'ipv6_ipam_pool_id', 'ipv6_netmask_length', 'ipv6_pool'],
    aws_vpc_security_group_egress_rule: ['cidr_ipv4', 'cidr_ipv6'],
    aws_vpc_security_group_ingress_rule: ['cidr_ipv4', 'cidr_ipv6'],
    aws_wafv2_ip_set: ['ip_address_version'],
  };
}

/** The attributes that force the replacement; one in a block comes as `kubernetes_network_config.0.ip_family`. */
function reasons({ replacePaths }: Change, names: readonly string[]): readonly string[] {
  const found = replacePaths.flatMap((path) => path.split('.').find((part) => names.includes(part)) ?? []);
  return [...new Set(found)];
}

function described(resource: Resource, { before }: Change, name: string): string {
  const [old, next] = [before?.known(name), resource.known(name)];
  return old !== undefined && next !== undefined ? `${name} (${old} to ${next})` : name;
}

function edit(actions: readonly string[], replaces: readonly string[] = []): ExampleChange {
  const offices = { name: 'offices', scope: 'REGIONAL' };
  return {
    address: 'aws_wafv2_ip_set.offices',
    actions,
    before: { ...offices, ip_address_version: 'IPV4', addresses: ['203.0.113.0/24'] },
    after:
      replaces.length > 0
        ? { ...offices, ip_address_version: 'IPV6', addresses: ['2001:db8::/48'] }
        : { ...offices, ip_address_version: 'IPV4', addresses: ['203.0.113.0/24', '198.51.100.0/24'] },
    replaces,
  };
}

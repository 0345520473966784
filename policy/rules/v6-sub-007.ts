import { isIpv6Only } from '../facts/address-blocks';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-SUB-007',
  title: 'An IPv6-only subnet has no IPv4 block, and nothing in it that needs one',
  group: 'addressing',
  kind: 'danger',
  severity: 'error',
  types: ['aws_subnet'],
  why: 'A subnet is either IPv6-only or has an IPv4 block; AWS refuses both at once, and neither. Load balancers and databases also need IPv4 in each of their subnets, be they dual-stack or not.',
  fix: 'Remove `cidr_block` or `ipv6_native`, and put load balancers and databases into dual-stack subnets.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/create-subnets.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html',
    'measured with AWS provider 5.100.0',
  ],
  good: stack({}),
  bad: stack({ cidr_block: '10.0.0.0/24' }),
  unknown: stack({ ipv6_native: '${var.ipv6_only}', cidr_block: '10.0.0.0/24' }),

  check(subnet, graph) {
    const only = isIpv6Only(subnet);
    const hasIpv4 = ['cidr_block', 'ipv4_ipam_pool_id'].some((name) => subnet.has(name));
    if (only === false) return hasIpv4 ? undefined : fail('the subnet has no IPv4 block and is not IPv6-only either');
    const [user] = usersOfIpv4(graph, subnet);
    if (!hasIpv4 && !user) return PASS;
    if (only === undefined) return unknown('ipv6_native is only known after apply');
    return hasIpv4
      ? fail('ipv6_native is true, but the subnet has an IPv4 block')
      : fail(`the subnet is IPv6-only, but ${user!.address} needs IPv4 in it`);
  },
};

/** What needs IPv4 in each of its subnets: type and attribute. */
const LISTS = [
  ['aws_lb', 'subnets'],
  ['aws_lb', 'subnet_mapping'],
  ['aws_alb', 'subnets'],
  ['aws_alb', 'subnet_mapping'],
  ['aws_db_subnet_group', 'subnet_ids'],
] as const;

function usersOfIpv4(graph: ResourceGraph, subnet: Resource): readonly Resource[] {
  return LISTS.flatMap(([type, attribute]) => graph.referring(type, attribute, subnet));
}

function stack(subnet: Readonly<Record<string, unknown>>): ExampleResources {
  return { aws_subnet: { a: { ipv6_native: true, ipv6_cidr_block: '2001:db8:0:100::/64', ...subnet } } };
}

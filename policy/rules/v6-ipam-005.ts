import { DRAWERS, poolOf } from '../facts/ipam';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';
import { Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-IPAM-005',
  title: 'A block from a pool has a size',
  group: 'addressing',
  kind: 'danger',
  severity: 'notice',
  types: DRAWERS,
  why: 'A VPC that draws from a pool says how long its block is, or the pool has a default for it. Terraform plans without either, and AWS refuses the VPC.',
  fix: 'Set `ipv6_netmask_length`, such as 56, or `allocation_default_netmask_length` of the pool.',
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_ipam_pool',
    'measured with AWS provider 5.100.0',
  ],
  good: stack(56),
  bad: stack(undefined),
  unknown: stack('${var.netmask_length}'),

  check(drawer, graph) {
    // One that exists got its block.
    if (!drawer.has('ipv6_ipam_pool_id') || drawer.known('id') !== undefined) return undefined;
    if (drawer.has('ipv6_netmask_length') || drawer.has('ipv6_cidr_block')) return PASS;
    const pool = poolOf(graph, drawer);
    if (!pool) return unknown('ipv6_netmask_length is not set, and whether the pool has a default is not seen');
    const length = pool.number('allocation_default_netmask_length');
    if (length instanceof Unknown) return unknown(`the default of ${pool.address} is only known after apply`);
    return length ? PASS : fail(`neither it nor ${pool.address} says how long its IPv6 block is`);
  },
};

function stack(length: unknown): ExampleResources {
  return {
    aws_vpc_ipam_pool: { agency: { address_family: 'ipv6', allocation_default_netmask_length: length } },
    aws_vpc: { main: { cidr_block: '10.0.0.0/16', ipv6_ipam_pool_id: '${aws_vpc_ipam_pool.agency.id}' } },
  };
}

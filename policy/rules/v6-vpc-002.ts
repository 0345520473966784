import { type ExampleResources, fail, PASS, type Rule } from '../rule';

export const rule: Rule = {
  id: 'V6-VPC-002',
  title: 'A VPC takes its IPv6 block from one source',
  group: 'addressing',
  kind: 'danger',
  severity: 'error',
  types: ['aws_vpc'],
  why: "A VPC's IPv6 block is either Amazon's or from an IPAM pool, and of a pool it is a size or a certain block. Terraform refuses every mixture of them, but only when it plans.",
  fix: 'Keep `assign_generated_ipv6_cidr_block = true` alone, or `ipv6_ipam_pool_id` with one of `ipv6_netmask_length` and `ipv6_cidr_block`.',
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc',
    'measured with AWS provider 5.100.0',
  ],
  good: stack({ ipv6_ipam_pool_id: 'ipam-pool-0123456789abcdef0', ipv6_netmask_length: 56 }),
  bad: stack({
    assign_generated_ipv6_cidr_block: true,
    ipv6_ipam_pool_id: 'ipam-pool-0123456789abcdef0',
    ipv6_netmask_length: 56,
  }),

  check(vpc) {
    // What is planned or exists, the provider has taken; and then AWS's own choices are among the attributes.
    if (vpc.change || vpc.has('id')) return undefined;
    const [generated, pool, length, block] = SOURCES.map((name) => vpc.has(name));
    if (!generated && !pool && !length && !block) return undefined;
    // The provider takes `false` for an answer, too.
    if (generated && pool) return conflict('assign_generated_ipv6_cidr_block', 'ipv6_ipam_pool_id');
    if (length && block) return conflict('ipv6_netmask_length', 'ipv6_cidr_block');
    // Where no block is left at all, that is what is to be mended.
    if (length && !pool) return fail('ipv6_netmask_length is set without ipv6_ipam_pool_id', { causes: [vpc] });
    return block && !pool ? fail('ipv6_cidr_block is set without ipv6_ipam_pool_id') : PASS;
  },
};

const SOURCES = [
  'assign_generated_ipv6_cidr_block',
  'ipv6_ipam_pool_id',
  'ipv6_netmask_length',
  'ipv6_cidr_block',
] as const;

function conflict(one: string, other: string) {
  return fail(`${one} and ${other} are both set, which exclude each other`);
}

function stack(source: Readonly<Record<string, unknown>>): ExampleResources {
  return { aws_vpc: { main: { cidr_block: '10.0.0.0/16', ...source } } };
}

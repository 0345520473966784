import { vpcHasIpv6 } from '../facts/address-blocks';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-VPC-005',
  title: "A VPC with Amazon's IPv6 block has no second one",
  group: 'addressing',
  kind: 'danger',
  severity: 'warning',
  types: ['aws_vpc'],
  why: 'An association adds a block of its own to the VPC. Then half of the subnets may be cut from one block and half from the other, and firewalls and routes that name one of them forget the rest.',
  fix: 'Remove `assign_generated_ipv6_cidr_block` or the association. Waive this rule for a second block on purpose, such as during a move.',
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_ipv6_cidr_block_association',
  ],
  good: stack(undefined),
  bad: stack(true),
  unknown: stack('${var.generated}'),

  check(vpc, graph) {
    if (!vpcHasIpv6(graph, vpc)) return undefined;
    const generated = vpc.configures('assign_generated_ipv6_cidr_block')
      ? vpc.is('assign_generated_ipv6_cidr_block', true, false)
      : false;
    if (generated === false) return PASS;
    // The VPC of a state also reports the block that an association gave it.
    const others = graph
      .referring('aws_vpc_ipv6_cidr_block_association', 'vpc_id', vpc)
      .filter((one) => !one.has('id') || one.known('id') !== vpc.known('ipv6_association_id'));
    if (others.length === 0) return PASS;
    return generated
      ? fail(`it has a block of Amazon's, and ${others.map(({ address }) => address).join(', ')} adds another`)
      : unknown("whether it has a block of Amazon's beside the association's is only known after apply");
  },
};

function stack(generated: unknown): ExampleResources {
  return {
    aws_vpc: { main: { cidr_block: '10.0.0.0/16', assign_generated_ipv6_cidr_block: generated } },
    aws_vpc_ipv6_cidr_block_association: {
      agency: {
        vpc_id: '${aws_vpc.main.id}',
        ipv6_ipam_pool_id: 'ipam-pool-0123456789abcdef0',
        ipv6_netmask_length: 56,
      },
    },
  };
}

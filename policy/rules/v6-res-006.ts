import { parseCidr } from '../../core/cidr';
import { neighborsOf, overlappedBy } from '../facts/subnet-blocks';
import { type ExampleChange, planOf } from '../plan-example';
import { fail, PASS, type Rule, unknown } from '../rule';
import { Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-RES-006',
  title: 'The IPv6 block of a subnet in use does not change in place',
  group: 'governance',
  kind: 'danger',
  severity: 'error',
  types: ['aws_subnet'],
  why: 'The plan shows an update in place, but AWS does not take a block from a subnet that gives its addresses to new interfaces: apply stops with "InvalidCidrBlock.InUse", with half of the changes done.',
  fix: 'Keep the block. If it must change: set `assign_ipv6_address_on_creation = false` in one apply, change the block in the next, and set it to true again; or replace the subnet with `-replace`.',
  sources: [
    'https://github.com/hashicorp/terraform-provider-aws/issues/46017',
    'https://github.com/hashicorp/terraform-provider-aws/issues/1519',
    'plan measured with AWS provider 5.100.0',
  ],
  good: planOf([edit('2001:db8:0:100::/64')]),
  bad: planOf([edit('2001:db8:0:200::/64')]),

  check(subnet, graph) {
    const { change } = subnet;
    const old = parseCidr(change?.before?.known('ipv6_cidr_block') ?? '');
    if (!change || !old || change.actions.join() !== 'update') return undefined;
    const next = subnet.string('ipv6_cidr_block');
    // Taking it away altogether is for V6-RES-005.
    if (next === undefined) return undefined;
    const gives = change.before!.is('assign_ipv6_address_on_creation', true, false);
    if (!gives) return PASS;
    const from = change.before!.known('ipv6_cidr_block')!;
    if (next instanceof Unknown)
      return unknown(`whether ${from} stays the block of the subnet is only known after apply`);
    const same = parseCidr(next);
    if (same?.first === old.first && same.prefix === old.prefix) return PASS;
    // A block that is wrong in itself is what is to be mended first.
    const overlapping = neighborsOf(graph, subnet).filter((other) => overlappedBy(graph, other).includes(subnet));
    const causes = [
      { rule: 'V6-SUB-002', resource: subnet },
      ...[subnet, ...overlapping].map((resource) => ({ rule: 'V6-SUB-003', resource })),
    ];
    return fail(`the block goes from ${from} to ${next}, while the subnet gives its addresses to new interfaces`, {
      causes,
    });
  },
};

function edit(block: string): ExampleChange {
  const subnet = { cidr_block: '10.0.0.0/24', assign_ipv6_address_on_creation: true };
  return {
    address: 'aws_subnet.a',
    actions: ['update'],
    before: { ...subnet, ipv6_cidr_block: '2001:db8:0:100::/64', tags: { Name: 'a' } },
    after: { ...subnet, ipv6_cidr_block: block, tags: { Name: 'public-a' } },
  };
}

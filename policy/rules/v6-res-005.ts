import { LOSERS, removalOf } from '../facts/removals';
import { type ExampleChange, planOf } from '../plan-example';
import { fail, PASS, type Rule } from '../rule';

export const rule: Rule = {
  id: 'V6-RES-005',
  title: 'A plan takes no IPv6 away',
  group: 'governance',
  kind: 'danger',
  severity: 'error',
  types: LOSERS,
  aboutDeletions: true,
  why: 'Terraform shows the end of IPv6 as a small change in place. Citizens over IPv6 lose the portal at once, or after the records in their resolvers have run out, and addresses that Amazon gave do not come back.',
  fix: 'If it is meant, take the AAAA records away first, wait until their time to live has passed, and approve the rest as a change of its own. If not, put back what the configuration no longer says.',
  sources: [
    'plans measured with AWS provider 5.100.0',
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#vpc-sizing-ipv6',
  ],
  good: planOf([edit('dualstack')]),
  bad: planOf([edit('ipv4')]),

  check(resource, graph) {
    if (!resource.change) return undefined;
    const removal = removalOf(graph, resource);
    if (!removal) return resource.isDeleted ? undefined : PASS;
    return fail(removal.message, { causes: removal.follows });
  },
};

function edit(after: string): ExampleChange {
  const portal = { name: 'portal', load_balancer_type: 'application', internal: false };
  return {
    address: 'aws_lb.portal',
    actions: ['update'],
    before: { ...portal, ip_address_type: 'dualstack', idle_timeout: 60 },
    after: { ...portal, ip_address_type: after, idle_timeout: 120 },
  };
}

import { subnetHasIpv6, vpcHasIpv6 } from '../facts/address-blocks';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-VPC-006',
  title: 'What runs in the default VPC finds IPv6 there',
  group: 'addressing',
  kind: 'presence',
  severity: 'error',
  types: ['aws_default_vpc', 'aws_default_subnet'],
  why: "AWS makes an account's default VPC and its subnets with IPv4 alone. Whatever is put there cannot speak IPv6.",
  fix: 'Use a VPC of its own, or set `assign_generated_ipv6_cidr_block = true` in the default VPC and `ipv6_cidr_block` in its subnets.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_vpc',
  ],
  good: stack(true),
  bad: stack(undefined),
  unknown: stack('${var.ipv6}'),

  check(resource, graph) {
    const [user] = usersOf(graph, resource);
    if (!user) return undefined;
    if (resource.type === 'aws_default_subnet') {
      const causes = graph.ofType('aws_default_vpc');
      return subnetHasIpv6(resource)
        ? PASS
        : fail(
            `the default subnet has no IPv6 block, and ${user.address} uses it`,
            causes.length > 0 ? { causes } : {},
          );
    }
    const has = vpcHasIpv6(graph, resource);
    if (has === undefined) return unknown('whether the default VPC gets an IPv6 block is only known after apply');
    return has ? PASS : fail(`the default VPC has no IPv6 block, and ${user.address} is in it`);
  },
};

/** What refers to the VPC or the subnet, other than to tidy the account up: many adopt it to lock it down or to tag it. */
function usersOf(graph: ResourceGraph, resource: Resource): readonly Resource[] {
  return graph.resources.filter(
    (one) =>
      one.mode === 'managed' &&
      !one.isDeleted &&
      !one.type.startsWith('aws_default_') &&
      !HOUSEKEEPING.has(one.type) &&
      graph.referencesIn(one.attributes).includes(resource),
  );
}

const HOUSEKEEPING: ReadonlySet<string> = new Set(['aws_flow_log', 'aws_ec2_tag', 'aws_vpc_dhcp_options_association']);

function stack(generated: unknown): ExampleResources {
  return {
    aws_default_vpc: { account: { assign_generated_ipv6_cidr_block: generated } },
    aws_security_group: { portal: { vpc_id: '${aws_default_vpc.account.id}' } },
  };
}

import { isIpv6Only, vpcHasIpv6, vpcOf } from '../facts/address-blocks';
import { speaksIpv6, subnetsOfUser, usersOf } from '../facts/exposure';
import { defaultRoutes, routesOfSubnet } from '../facts/routes';
import { admitted, GROUPS, loneBlock, portBorders, securityRules } from '../facts/security-groups';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

/** What opens connections of its own; load balancers and endpoints wait for others'. */
const WORKLOADS = [
  'aws_ecs_service',
  'aws_instance',
  'aws_lambda_function',
  'aws_launch_template',
  'aws_network_interface',
];

export const rule: Rule = {
  id: 'V6-SG-004',
  title: 'What may leave over IPv4 may leave over IPv6',
  group: 'firewalls',
  kind: 'parity',
  severity: 'warning',
  types: GROUPS,
  why: 'Terraform takes away the rule with which AWS lets everything out, so each family needs one that is written. Programs try IPv6 first where a name has it: without the rule every such attempt hangs before IPv4 is tried.',
  fix: 'For each egress rule with `cidr_ipv4 = "0.0.0.0/0"` add one with `cidr_ipv6 = "::/0"` (inline: `ipv6_cidr_blocks`).',
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group',
    'https://www.rfc-editor.org/rfc/rfc8305',
  ],
  good: tasks({ cidr_ipv4: '0.0.0.0/0' }, { cidr_ipv6: '::/0' }),
  bad: tasks({ cidr_ipv4: '0.0.0.0/0' }),
  unknown: tasks({ cidr_ipv4: '0.0.0.0/0' }, { cidr_ipv6: '${var.outside}' }),

  check(group, graph) {
    const workloads = usersOf(graph, group).filter(({ type }) => WORKLOADS.includes(type));
    if (!workloads.some((user) => speaksIpv6(graph, user))) return undefined;
    const ports = portBorders(securityRules(graph, group, 'egress').rules);
    const sides = ports.map((port) => ({
      ipv4: admitted(graph, [group], 'egress', 'ipv4', port),
      ipv6: admitted(graph, [group], 'egress', 'ipv6', port),
    }));
    const lone4 = sides.filter(({ ipv4, ipv6 }) => ipv4.addresses.holdsInternet && !ipv6.addresses.holdsInternet);
    if (lone4.some(({ ipv6 }) => ipv6.certain)) return fail(lets('IPv4', lone4[0]!.ipv4.rules[0]!.resource));
    const vpc = vpcOf(graph, group);
    const block = vpc && vpcHasIpv6(graph, vpc) && loneBlock(graph, [group], 'egress', vpc, 'ipv4');
    if (block) {
      return fail(
        `${block.resource.address} lets out to the IPv4 block of the VPC, but no rule does to its IPv6 block`,
      );
    }
    const lone6 = sides.filter(({ ipv4, ipv6 }) => ipv6.addresses.holdsInternet && !ipv4.addresses.holdsInternet);
    if (lone6.some(({ ipv4 }) => ipv4.certain) && workloads.some((user) => leavesOverIpv4(graph, user))) {
      return fail(lets('IPv6', lone6[0]!.ipv6.rules[0]!.resource));
    }
    if (lone4.length > 0) return unknown('who may be reached over IPv6 is only known after apply');
    return sides.some(({ ipv4 }) => ipv4.addresses.holdsInternet) ? PASS : undefined;
  },
};

function lets(family: 'IPv4' | 'IPv6', { address }: Resource): string {
  return `${address} lets out to everybody over ${family}, but no rule does over ${family === 'IPv4' ? 'IPv6' : 'IPv4'}`;
}

/** Whether IPv4 has a way out of one of its subnets: where there is none, none is let out on purpose. */
function leavesOverIpv4(graph: ResourceGraph, user: Resource): boolean {
  return subnetsOfUser(graph, user).found.some(
    (subnet) => isIpv6Only(subnet) === false && defaultRoutes(routesOfSubnet(graph, subnet), 'ipv4').length > 0,
  );
}

function tasks(...peers: readonly object[]): ExampleResources {
  const rules = peers.map((peer, index) => [
    `out-${index}`,
    { security_group_id: '${aws_security_group.tasks.id}', ip_protocol: '-1', ...peer },
  ]);
  return {
    aws_vpc: { main: { assign_generated_ipv6_cidr_block: true } },
    aws_subnet: {
      app: {
        vpc_id: '${aws_vpc.main.id}',
        ipv6_cidr_block: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 16)}',
        assign_ipv6_address_on_creation: true,
      },
    },
    aws_security_group: { tasks: { vpc_id: '${aws_vpc.main.id}' } },
    aws_vpc_security_group_egress_rule: Object.fromEntries(rules) as ExampleResources[string],
    aws_ecs_service: {
      portal: {
        network_configuration: {
          subnets: ['${aws_subnet.app.id}'],
          security_groups: ['${aws_security_group.tasks.id}'],
        },
      },
    },
  };
}

import { subnetHasIpv6 } from '../facts/address-blocks';
import { asksForIpv6, computeSubnets, isFargate } from '../facts/compute';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';
import { type Maybe } from '../value';

export const rule: Rule = {
  id: 'V6-SUB-005',
  title: 'A subnet gives an IPv6 address to what starts in it',
  group: 'addressing',
  kind: 'presence',
  severity: 'warning',
  types: ['aws_subnet'],
  why: 'A subnet with an IPv6 block still starts machines and tasks with IPv4 alone, unless it assigns addresses or the machine asks for one. Fargate tasks cannot ask.',
  fix: 'Set `assign_ipv6_address_on_creation = true`, then start the tasks or machines anew.',
  sources: [
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/subnet',
  ],
  good: stack(true),
  bad: stack(undefined),
  unknown: stack('${var.assign}'),

  check(subnet, graph) {
    if (!subnetHasIpv6(subnet)) return undefined;
    const users = (computeSubnets(graph).get(subnet) ?? [])
      .map((user) => ({ user, helpsItself: helpsItself(graph, user) }))
      .filter((one) => one.helpsItself !== true);
    if (users.length === 0) return undefined;
    const assigns = subnet.is('assign_ipv6_address_on_creation', true, false);
    if (assigns) return PASS;
    if (assigns === undefined) return unknown('assign_ipv6_address_on_creation is only known after apply');
    const left = users.filter((one) => one.helpsItself === false).map(({ user }) => user);
    if (left.length === 0) return unknown('the launch templates of what runs here are not part of this input');
    return fail(`${left.map(({ address }) => address).join(', ')}: no IPv6 address, for the subnet assigns none`, {
      severity: left.some(isFargate) ? 'error' : 'warning',
    });
  },
};

/** Tasks get what their subnet assigns, machines may ask, and a function's addresses depend on neither. */
function helpsItself(graph: ResourceGraph, user: Resource): Maybe {
  if (user.type === 'aws_lambda_function') return true;
  return user.type === 'aws_ecs_service' ? false : asksForIpv6(graph, user);
}

function stack(assigns: unknown): ExampleResources {
  return {
    aws_subnet: {
      a: {
        cidr_block: '10.0.0.0/24',
        ipv6_cidr_block: '2001:db8:0:100::/64',
        assign_ipv6_address_on_creation: assigns,
      },
    },
    aws_ecs_service: { portal: { launch_type: 'FARGATE', network_configuration: { subnets: ['${aws_subnet.a.id}'] } } },
  };
}

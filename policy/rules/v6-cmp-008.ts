import { subnetHasIpv6 } from '../facts/address-blocks';
import { probesOf, wayOutOf } from '../facts/probes';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';

export const rule: Rule = {
  id: 'V6-CMP-008',
  title: 'A function in dual-stack subnets uses IPv6',
  group: 'compute',
  kind: 'presence',
  severity: 'warning',
  types: ['aws_lambda_function'],
  why: 'Lambda gives functions in a VPC IPv4 alone, unless it is told otherwise: they cannot call what has IPv6 alone, nor find out whether a portal answers over IPv6. And it refuses IPv6 where one of the subnets has none.',
  fix: 'Set `ipv6_allowed_for_dual_stack = true` in `vpc_config`, with subnets that all have IPv6 blocks, a security group that lets IPv6 out and a route for ::/0.',
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-ipv6'],
  good: stack({ ipv6_allowed_for_dual_stack: true }),
  bad: stack({}),
  unknown: stack({ ipv6_allowed_for_dual_stack: '${var.ipv6}' }),

  check(lambda, graph) {
    const network = lambda.block('vpc_config');
    if (!network.has('subnet_ids')) return undefined;
    const { found, complete } = graph.resolve(network.value('subnet_ids'), 'aws_subnet');
    const without = found.filter((subnet) => !subnetHasIpv6(subnet));
    const allowed = network.is('ipv6_allowed_for_dual_stack', true, false);
    if (allowed && without.length > 0) {
      const names = without.map(({ address }) => address).join(', ');
      return fail(`the function is to use IPv6, but ${names} has no IPv6 block`, {
        severity: 'error',
        causes: without,
      });
    }
    // Without IPv6 in each of them there is nothing to allow.
    if (without.length > 0 || found.length === 0) return undefined;
    if (allowed === undefined) return unknown('whether the function uses IPv6 is only known after apply');
    if (!allowed) return complete ? fail('the function does not use the IPv6 of its subnets') : undefined;
    if (!complete) return unknown('not all of its subnets are part of this input');
    return isProbe(graph, lambda) ? judgeWayOut(graph, lambda) : PASS;
  },
};

function isProbe(graph: ResourceGraph, lambda: Resource): boolean {
  return probesOf(graph).some(({ isOn, asker, host }) => isOn && asker === lambda && host !== undefined);
}

/** What is to ask for portals over IPv6 has to get there; what speaks inside its VPC alone does not. */
function judgeWayOut(graph: ResourceGraph, lambda: Resource): Verdict {
  const { isOpen, obstacle, causes } = wayOutOf(graph, lambda);
  if (isOpen === undefined) return unknown('whether it gets to the portals that it asks for cannot be seen here');
  return isOpen ? PASS : fail(`it asks for portals over IPv6, but ${obstacle ?? 'does not get out'}`, { causes });
}

function stack(network: Readonly<Record<string, unknown>>): ExampleResources {
  return {
    aws_subnet: {
      a: { cidr_block: '10.46.1.0/24', ipv6_cidr_block: '2406:da18:77:1::/64' },
      b: { cidr_block: '10.46.2.0/24', ipv6_cidr_block: '2406:da18:77:2::/64' },
    },
    aws_lambda_function: {
      probe: { vpc_config: { subnet_ids: ['${aws_subnet.a.id}', '${aws_subnet.b.id}'], ...network } },
    },
  };
}

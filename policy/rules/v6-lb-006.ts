import { parseAddress, parseCidr } from '../../core/cidr';
import { isDualStack, isInternetFacing, isOfKind, LOAD_BALANCERS } from '../facts/load-balancers';
import type { ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';
import { type Block, Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-LB-006',
  title: 'A fixed IPv6 address of a network load balancer is one of its subnet',
  group: 'load balancing',
  kind: 'danger',
  severity: 'warning',
  hop: 'edge',
  types: LOAD_BALANCERS,
  why: 'A network load balancer takes one IPv6 address per subnet, out of that subnet, if it is dual-stack and faces the Internet. The provider checks none of that, and even takes an IPv4 address; AWS refuses it at apply.',
  fix: 'Take the address from the subnet, such as `cidrhost(aws_subnet.a.ipv6_cidr_block, 16)`, on an internet-facing load balancer with `ip_address_type = "dualstack"`.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-ip-address-type.html',
    'plan measured with AWS provider 5.100.0',
  ],
  good: stack('2001:db8:0:100::10'),
  bad: stack('2001:db8:0:200::10'),
  unknown: stack('${var.address}'),

  check(loadBalancer, graph) {
    const mappings = loadBalancer.blocks('subnet_mapping').filter((mapping) => mapping.has('ipv6_address'));
    if (mappings.length === 0) return undefined;
    const refused =
      isOfKind(loadBalancer, 'network') === false
        ? 'only a network load balancer takes a fixed IPv6 address'
        : isDualStack(loadBalancer) === false
          ? 'the load balancer has a fixed IPv6 address, but is not dual-stack'
          : isInternetFacing(loadBalancer) === false
            ? 'the load balancer has a fixed IPv6 address, but is internal'
            : undefined;
    return refused === undefined ? mappings.map((mapping) => judge(mapping, graph)) : fail(refused);
  },
};

function judge(mapping: Block, graph: ResourceGraph): Verdict {
  const text = mapping.string('ipv6_address');
  const subnet = graph.referenceIn(mapping.value('subnet_id'), 'aws_subnet');
  if (text instanceof Unknown) {
    const isOfSubnet = subnet !== undefined && graph.referencesIn(text).includes(subnet);
    return isOfSubnet ? PASS : unknown(`whether ${String(text)} is an address of its subnet is only known after apply`);
  }
  const address = parseAddress(text ?? '');
  if (address?.family !== 'ipv6') return fail(`${String(text)} is no IPv6 address`);
  const block = parseCidr(subnet?.known('ipv6_cidr_block') ?? '');
  if (!block) return unknown(`whether ${String(text)} is an address of its subnet cannot be seen here`);
  return block.first <= address.value && address.value <= block.last
    ? PASS
    : fail(`${String(text)} is no address of ${subnet!.address}, which has ${subnet!.known('ipv6_cidr_block')!}`);
}

function stack(address: string): ExampleResources {
  return {
    aws_subnet: { a: { ipv6_cidr_block: '2001:db8:0:100::/64' } },
    aws_lb: {
      api: {
        load_balancer_type: 'network',
        ip_address_type: 'dualstack',
        subnet_mapping: [{ subnet_id: '${aws_subnet.a.id}', ipv6_address: address }],
      },
    },
  };
}

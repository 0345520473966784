import { isInterface } from '../facts/endpoints';
import { GROUPS, opensPort, securityRules } from '../facts/security-groups';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-EP-003',
  title: "A dual-stack endpoint's security group lets IPv6 in",
  group: 'endpoints',
  kind: 'parity',
  severity: 'warning',
  types: GROUPS,
  why: 'AWS gives clients the IPv6 address of a dual-stack endpoint, too. A security group that names IPv4 ranges alone drops what they send there.',
  fix: "Allow port 443 from the VPC's IPv6 block, or from the clients' security group, which covers both families.",
  sources: ['https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html'],
  good: stack({ cidr_blocks: ['10.0.0.0/16'], ipv6_cidr_blocks: ['${aws_vpc.main.ipv6_cidr_block}'] }),
  bad: stack({ cidr_blocks: ['10.0.0.0/16'] }),
  unknown: stack({ cidr_blocks: ['10.0.0.0/16'], prefix_list_ids: ['pl-0123456789abcdef0'] }),

  check(group, graph) {
    const endpoints = graph
      .referring('aws_vpc_endpoint', 'security_group_ids', group)
      .filter((endpoint) => isInterface(endpoint) && endpoint.is('ip_address_type', 'ipv4', 'ipv4') === false);
    const opened = opening(graph, group);
    // A group that opens nothing is not what lets clients in.
    if (endpoints.length === 0 || !opened.ipv4) return undefined;
    if (opened.ipv6) return PASS;
    const closed = endpoints.filter((endpoint) => !isOpenedByOthers(graph, endpoint, group));
    if (closed.length === 0) return PASS;
    const certain = closed.filter((endpoint) => isWhollyKnown(graph, endpoint)).map(({ address }) => address);
    return certain.length > 0
      ? fail(`port 443 of ${certain.join(', ')} is open to IPv4 ranges alone`)
      : unknown('whether IPv6 gets in depends on rules that this input does not show');
  },
};

interface Opening {
  readonly ipv4: boolean;
  readonly ipv6: boolean;
  readonly complete: boolean;
}

/** Whom a group lets in to port 443. A group among the peers stands for both families. */
function opening(graph: ResourceGraph, group: Resource): Opening {
  const { rules, complete } = securityRules(graph, group, 'ingress');
  const peers = rules.filter((one) => opensPort(one, 443) !== false).map(({ peer }) => peer);
  const families = peers.map((peer) => {
    if (peer.kind === 'group') return 'both';
    if (peer.kind === 'range') return peer.range.family;
    return peer.kind === 'prefix-list' ? 'hidden' : peer.family;
  });
  return {
    ipv4: families.some((family) => family !== 'ipv6'),
    ipv6: families.some((family) => family === 'ipv6' || family === 'both'),
    complete: complete && !families.includes('hidden'),
  };
}

function isOpenedByOthers(graph: ResourceGraph, endpoint: Resource, group: Resource): boolean {
  return graph
    .resolve(endpoint.value('security_group_ids'), ...GROUPS)
    .found.some((other) => other !== group && opening(graph, other).ipv6);
}

/** Whether all groups of an endpoint are known, with all of their rules. */
function isWhollyKnown(graph: ResourceGraph, endpoint: Resource): boolean {
  const { found, complete } = graph.resolve(endpoint.value('security_group_ids'), ...GROUPS);
  return complete && found.every((group) => opening(graph, group).complete);
}

function stack(ingress: Readonly<Record<string, unknown>>): ExampleResources {
  return {
    aws_vpc: { main: { cidr_block: '10.0.0.0/16', assign_generated_ipv6_cidr_block: true } },
    aws_security_group: {
      endpoints: {
        vpc_id: '${aws_vpc.main.id}',
        ingress: [{ protocol: 'tcp', from_port: 443, to_port: 443, ...ingress }],
      },
    },
    aws_vpc_endpoint: {
      kms: {
        vpc_endpoint_type: 'Interface',
        service_name: 'com.amazonaws.ap-southeast-1.kms',
        ip_address_type: 'dualstack',
        security_group_ids: ['${aws_security_group.endpoints.id}'],
      },
    },
  };
}

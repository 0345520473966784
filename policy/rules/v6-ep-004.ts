import { isIpv6Only } from '../facts/address-blocks';
import { takenFrom } from '../facts/removals';
import { routeTableOf } from '../facts/routes';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-EP-004',
  title: 'A gateway endpoint is dual-stack',
  group: 'endpoints',
  kind: 'presence',
  severity: 'notice',
  types: ['aws_vpc_endpoint'],
  why: 'A gateway endpoint on IPv4 alone leaves IPv6 traffic to S3 or DynamoDB to the Internet route, or to NAT64. Where subnets have no IPv4, nothing uses the endpoint.',
  fix: 'Set `ip_address_type = "dualstack"`, and let clients ask for `s3.dualstack.<region>.amazonaws.com`.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html'],
  good: stack('dualstack'),
  bad: stack('ipv4'),
  unknown: stack('${var.address_type}'),

  check(endpoint, graph) {
    if (!endpoint.is('vpc_endpoint_type', 'Gateway', 'Gateway')) return undefined;
    const dualStack = endpoint.is('ip_address_type', 'dualstack', 'ipv4');
    if (dualStack === undefined) return unknown('its address type is only known after apply');
    if (dualStack) return PASS;
    const cutOff = subnetsUsing(endpoint, graph).filter((subnet) => isIpv6Only(subnet));
    const causes = takenFrom(graph, endpoint);
    if (cutOff.length === 0)
      return fail(`the address type is ${endpoint.known('ip_address_type') ?? 'ipv4'}`, { causes });
    return fail(`${cutOff.map(({ address }) => address).join(', ')} cannot use it: they have no IPv4`, {
      severity: 'warning',
      causes,
    });
  },
};

function subnetsUsing(endpoint: Resource, graph: ResourceGraph): readonly Resource[] {
  const tables = graph.referencesIn(endpoint.value('route_table_ids'));
  return graph.ofType('aws_subnet').filter((subnet) => {
    const table = routeTableOf(graph, subnet);
    return table !== undefined && tables.includes(table);
  });
}

function stack(type: string): ExampleResources {
  return {
    aws_vpc_endpoint: {
      s3: { vpc_endpoint_type: 'Gateway', service_name: 'com.amazonaws.ap-southeast-1.s3', ip_address_type: type },
    },
  };
}

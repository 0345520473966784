import { isIpv4OnlyService } from '../../core/endpoint-services';
import { subnetHasIpv6 } from '../facts/address-blocks';
import { isInterface, serviceOf, subnetsOfEndpoint } from '../facts/endpoints';
import { takenFrom } from '../facts/removals';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-EP-001',
  title: 'An interface endpoint in dual-stack subnets is dual-stack',
  group: 'endpoints',
  kind: 'parity',
  severity: 'warning',
  types: ['aws_vpc_endpoint'],
  why: 'An endpoint has IPv4 addresses alone unless it says otherwise. What runs on IPv6 only cannot use it, and goes the long way around or nowhere.',
  fix: 'Set `ip_address_type = "dualstack"`. Waive this rule for a service that has no IPv6 endpoint yet.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html',
  ],
  good: stack({ ip_address_type: 'dualstack' }),
  bad: stack({}),
  unknown: stack({ ip_address_type: '${var.ip_address_type}' }),

  check(endpoint, graph) {
    if (!isInterface(endpoint)) return undefined;
    const service = serviceOf(endpoint);
    // What somebody else offers speaks what they offer.
    if (service.kind === 'private' || (service.kind === 'aws' && isIpv4OnlyService(service.name))) return undefined;
    const ipv4 = endpoint.is('ip_address_type', 'ipv4', 'ipv4');
    if (ipv4 === false) return PASS;
    const { found, complete } = subnetsOfEndpoint(graph, endpoint);
    if (!found.every(subnetHasIpv6) || (complete && found.length === 0)) return undefined;
    if (ipv4 === undefined) return unknown('ip_address_type is only known after apply');
    if (!complete) return unknown('the endpoint has IPv4 alone, and its subnets are not all part of this input');
    return service.kind === 'aws'
      ? fail('the endpoint has IPv4 addresses alone in subnets that have IPv6, too', {
          causes: takenFrom(graph, endpoint),
        })
      : unknown('the endpoint has IPv4 addresses alone, and whether its service has others is not known here');
  },
};

function stack(endpoint: Readonly<Record<string, unknown>>): ExampleResources {
  return {
    aws_subnet: { app: { cidr_block: '10.0.0.0/24', ipv6_cidr_block: '2001:db8:0:110::/64' } },
    aws_vpc_endpoint: {
      kms: {
        vpc_endpoint_type: 'Interface',
        service_name: 'com.amazonaws.ap-southeast-1.kms',
        subnet_ids: ['${aws_subnet.app.id}'],
        ...endpoint,
      },
    },
  };
}

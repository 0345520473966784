import type { Family } from '../../core/cidr';
import { subnetHasIpv6, vpcOf } from '../facts/address-blocks';
import { subnetsOfLoadBalancer } from '../facts/load-balancers';
import { leadsTo } from '../facts/routes';
import type { Resource, ResourceGraph } from '../resource-graph';
import type { Maybe } from '../value';
import type { Edge } from './edges';
import { closed, EVERYBODY, hop, type HopResult, OPEN, unseen, worst } from './hop';

/** Answers find their way from the edge's subnets to the Internet. CloudFront has its own. */
export function route(graph: ResourceGraph, { resource, kind }: Edge, family: Family): HopResult {
  if (kind === 'distribution') return OPEN;
  const { found, complete } = subnetsOfLoadBalancer(graph, resource);
  const elsewhere = complete ? OPEN : unseen('the subnets and their routes are not part of this stack');
  return worst([...found.map((subnet) => publicRoute(graph, subnet, family)), elsewhere]);
}

function publicRoute(graph: ResourceGraph, subnet: Resource, family: Family): HopResult {
  if (family === 'ipv6' && !subnetHasIpv6(subnet)) return closed(`give ${subnet.address} an IPv6 block`);
  // Behind a firewall's endpoint the way goes on where this does not look.
  if (leadsTo(graph, subnet, family, 'vpc-endpoint', 'network-interface')) {
    return unseen(
      `${EVERYBODY[family]} of ${subnet.address} leads to a firewall, and what is behind it cannot be seen here`,
    );
  }
  return hop(
    leadsTo(graph, subnet, family, 'internet-gateway'),
    `route ${EVERYBODY[family]} of ${subnet.address} to the internet gateway`,
    `where ${EVERYBODY[family]} of ${subnet.address} leads cannot be seen here`,
  );
}

/**
 * An accelerator brings packets in and takes the answers back whatever the routes say. The VPC has to have an internet
 * gateway all the same, as a sign that it takes packets of the Internet.
 */
export function routeOfAccelerator(graph: ResourceGraph, { resource }: Edge, family: Family): HopResult {
  const { found, complete } = subnetsOfLoadBalancer(graph, resource);
  const elsewhere = complete ? OPEN : unseen('the subnets and their routes are not part of this stack');
  return worst([...found.map((subnet) => privateRoute(graph, subnet, family)), elsewhere]);
}

function privateRoute(graph: ResourceGraph, subnet: Resource, family: Family): HopResult {
  if (family === 'ipv6' && !subnetHasIpv6(subnet)) return closed(`give ${subnet.address} an IPv6 block`);
  const vpc = vpcOf(graph, subnet);
  return hop(
    vpc && hasInternetGateway(graph, vpc),
    `attach an internet gateway to ${vpc?.address}: an accelerator asks for one`,
    `whether the VPC of ${subnet.address} has an internet gateway cannot be seen here`,
  );
}

function hasInternetGateway(graph: ResourceGraph, vpc: Resource): Maybe {
  const types = ['aws_internet_gateway', 'aws_internet_gateway_attachment'];
  if (types.some((type) => graph.referring(type, 'vpc_id', vpc).length > 0)) return true;
  return types.some((type) => graph.mayRefer(type, 'vpc_id', vpc.type)) ? undefined : false;
}

import { subnetHasIpv6, vpcOf } from '../facts/address-blocks';
import { isDualStack, isInternetFacing, LOAD_BALANCERS, subnetsOfLoadBalancer } from '../facts/load-balancers';
import { leadsTo, routesOfSubnet, routeTableOf } from '../facts/routes';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-LB-002',
  title: 'A dual-stack load balancer is in subnets with IPv6 and a way out for it',
  group: 'load balancing',
  kind: 'danger',
  severity: 'error',
  hop: 'route',
  types: LOAD_BALANCERS,
  why: 'The load balancer takes its IPv6 addresses from its subnets, and answers by their routes. Without an IPv6 block AWS refuses it: "You must specify subnets with an associated IPv6 CIDR block". Without a route for ::/0 to the internet gateway clients over IPv6 wait for answers that never come.',
  fix: 'Give each of its subnets an `ipv6_cidr_block` and a route for ::/0 to the internet gateway, and refer to them as `aws_subnet.x.id`, so that Terraform adds the block first.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-ip-address-type.html',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4865',
  ],
  good: stack('2001:db8:0:101::/64'),
  bad: stack(undefined),
  unknown: { aws_lb: { portal: { ip_address_type: 'dualstack', subnets: ['subnet-0123456789abcdef0'] } } },

  check(loadBalancer, graph) {
    if (!isDualStack(loadBalancer)) return undefined;
    const { found, complete } = subnetsOfLoadBalancer(graph, loadBalancer);
    const isPublic = isInternetFacing(loadBalancer);
    const lacks = found.map((subnet) => ({ subnet, what: lackOf(graph, subnet, isPublic === true) }));
    const lacking = lacks.filter(({ what }) => what !== undefined);
    if (lacking.length > 0) {
      const causes = lacking.flatMap(({ subnet }) => [...originsOf(graph, subnet)]);
      return fail(lacking.map(({ subnet, what }) => `${subnet.address} has ${what!}`).join('; '), { causes });
    }
    if (!complete) return unknown('not all of its subnets are part of this input');
    const unseen = found.find(
      (subnet) => isPublic !== false && leadsTo(graph, subnet, 'ipv6', 'internet-gateway') !== true,
    );
    return unseen ? unknown(`where ::/0 of ${unseen.address} leads cannot be seen here`) : PASS;
  },
};

function lackOf(graph: ResourceGraph, subnet: Resource, isPublic: boolean): string | undefined {
  if (!subnetHasIpv6(subnet)) return 'no IPv6 block';
  if (!isPublic || leadsTo(graph, subnet, 'ipv6', 'internet-gateway') !== false) return undefined;
  return 'no route for ::/0 to an internet gateway';
}

/** What has a finding of its own where a subnet lacks something: the subnet, its VPC, its table and their routes. */
function originsOf(graph: ResourceGraph, subnet: Resource): readonly Resource[] {
  const routes = routesOfSubnet(graph, subnet).routes.map(({ resource }) => resource);
  const own = [subnet, vpcOf(graph, subnet), routeTableOf(graph, subnet)];
  return [...own.filter((resource) => resource !== undefined), ...routes];
}

function stack(block: string | undefined): ExampleResources {
  return {
    aws_subnet: {
      a: { cidr_block: '10.0.0.0/24', ipv6_cidr_block: '2001:db8:0:100::/64' },
      b: { cidr_block: '10.0.1.0/24', ipv6_cidr_block: block },
    },
    aws_lb: {
      portal: {
        internal: true,
        ip_address_type: 'dualstack',
        subnets: ['${aws_subnet.a.id}', '${aws_subnet.b.id}'],
      },
    },
  };
}

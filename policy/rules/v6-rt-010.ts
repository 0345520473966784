import { vpcHasIpv6, vpcOf } from '../facts/address-blocks';
import { type Route, routesOf, type RouteTarget } from '../facts/routes';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';
import { Unknown } from '../value';

const ATTACHMENT = 'aws_ec2_transit_gateway_vpc_attachment';

export const rule: Rule = {
  id: 'V6-RT-010',
  title: 'A link between networks carries the families that are routed to it',
  group: 'routing',
  kind: 'parity',
  severity: 'warning',
  types: ['aws_vpc', ATTACHMENT, 'aws_vpc_peering_connection'],
  why: 'A transit gateway carries no IPv6 of a VPC unless its attachment says so, and without an attachment nothing at all; a peering connection carries what the tables on both sides lead there. What is routed to a link that does not carry it is lost without an error.',
  fix: 'Set `ipv6_support = "enable"` on the attachment, and give each table with IPv4 routes to the link the IPv6 ones.',
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ec2_transit_gateway_vpc_attachment',
    'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html',
    'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html',
  ],
  good: attached({ ipv6_support: 'enable' }),
  bad: attached({}),
  unknown: attached({ ipv6_support: '${var.ipv6_support}' }),

  check(resource, graph) {
    if (resource.type === 'aws_vpc') return judgeVpc(graph, resource);
    return resource.type === ATTACHMENT ? judgeAttachment(graph, resource) : judgePeering(graph, resource);
  },
};

/** Every route to a transit gateway needs an attachment of the VPC, which is made after the VPC is. */
function judgeVpc(graph: ResourceGraph, vpc: Resource): Verdict | undefined {
  const [route] = routesIn(graph, vpc, 'transit-gateway');
  if (!route || graph.referring(ATTACHMENT, 'vpc_id', vpc).length > 0) return undefined;
  return graph.mayRefer(ATTACHMENT, 'vpc_id', 'aws_vpc')
    ? unknown('an attachment to the transit gateway may be among those that this input does not show')
    : fail(`${route.resource.address} leads to a transit gateway, but the VPC is not attached to one`);
}

function judgeAttachment(graph: ResourceGraph, attachment: Resource): Verdict | undefined {
  const carries = attachment.is('ipv6_support', 'enable', 'disable');
  if (carries) return PASS;
  const vpc = vpcOf(graph, attachment);
  const gateway = attachment.value('transit_gateway_id');
  const lost = (vpc ? routesIn(graph, vpc, 'transit-gateway') : []).find(
    ({ family, to, gatewayId }) =>
      family === 'ipv6' && (to ? graph.referencesIn(gateway).includes(to) : isSame(gatewayId, gateway)),
  );
  if (lost) {
    return carries === undefined
      ? unknown('whether the attachment carries IPv6 is only known after apply')
      : fail(`${lost.resource.address} leads IPv6 to the transit gateway, but the attachment does not carry it`);
  }
  if (carries === undefined || !vpc || !vpcHasIpv6(graph, vpc)) return undefined;
  return fail('the attachment of a dual-stack VPC carries no IPv6', { severity: 'notice' });
}

function isSame(one: unknown, other: unknown): boolean {
  if (one instanceof Unknown && other instanceof Unknown) return one.text !== undefined && one.text === other.text;
  return one !== undefined && one === other;
}

/** Both sides have IPv6, and only IPv4 is routed between them. */
function judgePeering(graph: ResourceGraph, peering: Resource): Verdict | undefined {
  const sides = ['vpc_id', 'peer_vpc_id'].map((name) => graph.referenceIn(peering.value(name), 'aws_vpc'));
  const verdicts = sides.map((vpc, index) => {
    const other = sides[1 - index];
    if (!vpc || !other || !vpcHasIpv6(graph, vpc) || !vpcHasIpv6(graph, other)) return undefined;
    const routes = routesIn(graph, vpc, 'peering').filter(({ to }) => to === peering);
    if (!routes.some(({ family }) => family === 'ipv4')) return undefined;
    return routes.some(({ family }) => family !== 'ipv4')
      ? PASS
      : fail(`both VPCs have IPv6, but the tables of ${vpc.address} lead IPv4 alone to the peering connection`);
  });
  return verdicts.find((verdict) => verdict?.result === 'fail') ?? verdicts.find((verdict) => verdict !== undefined);
}

function routesIn(graph: ResourceGraph, vpc: Resource, target: RouteTarget): Route[] {
  return ['aws_route_table', 'aws_default_route_table']
    .flatMap((type) => graph.ofType(type))
    .filter(
      (table) => (vpcOf(graph, table) ?? graph.referenceIn(table.value('default_route_table_id'), 'aws_vpc')) === vpc,
    )
    .flatMap((table) => routesOf(graph, table).routes)
    .filter((route) => route.target === target);
}

function attached(support: object): ExampleResources {
  return {
    aws_vpc: { main: { assign_generated_ipv6_cidr_block: true } },
    aws_ec2_transit_gateway_vpc_attachment: {
      main: {
        vpc_id: '${aws_vpc.main.id}',
        transit_gateway_id: 'tgw-0123456789abcdef0',
        subnet_ids: ['subnet-0123456789abcdef0'],
        ...support,
      },
    },
    aws_route_table: { app: { vpc_id: '${aws_vpc.main.id}' } },
    aws_route: {
      office: {
        route_table_id: '${aws_route_table.app.id}',
        destination_ipv6_cidr_block: '2001:db8:100::/48',
        transit_gateway_id: 'tgw-0123456789abcdef0',
      },
    },
  };
}

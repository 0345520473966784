import { subnetsOf, vpcHasIpv6 } from '../facts/address-blocks';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-OBS-001',
  title: 'A dual-stack VPC has flow logs of all its traffic',
  group: 'observability',
  kind: 'presence',
  severity: 'warning',
  types: ['aws_vpc'],
  why: 'Flow logs tell who came over IPv6 and what a firewall dropped. That is often the only trace of citizens who did not get through: what never arrives is in no access log.',
  fix: 'Add an `aws_flow_log` of the VPC with `traffic_type = "ALL"`, whose format, where it has one of its own, names source and destination (`$${srcaddr} $${dstaddr}`).',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/flow_log',
  ],
  good: stack('ALL'),
  bad: stack('REJECT'),
  unknown: stack('${var.traffic_type}'),

  check(vpc, graph) {
    if (!vpcHasIpv6(graph, vpc)) return undefined;
    const logs = graph.referring('aws_flow_log', 'vpc_id', vpc);
    if (logs.length === 0) {
      if (hasLogsBySubnet(graph, vpc)) return PASS;
      return graph.mayRefer('aws_flow_log', 'vpc_id', 'aws_vpc')
        ? unknown('whose flow logs there are is only known after apply')
        : fail('the VPC has no flow logs');
    }
    const mute = logs.filter(hidesAddresses);
    const types = logs.filter((log) => !mute.includes(log)).map((log) => log.string('traffic_type'));
    if (types.includes('ALL') || (types.includes('ACCEPT') && types.includes('REJECT'))) return PASS;
    if (types.some((type) => typeof type === 'object')) return unknown('traffic_type is only known after apply');
    return mute.length > 0
      ? fail(`the log_format of ${mute.map(({ address }) => address).join(', ')} leaves out who talked to whom`)
      : fail(`the flow logs of the VPC are about ${types.map((type) => String(type)).join(', ')} traffic alone`);
  },
};

/** Whether each subnet has its own, as far as the subnets are known. */
function hasLogsBySubnet(graph: ResourceGraph, vpc: Resource): boolean {
  const subnets = subnetsOf(graph, vpc);
  return subnets.length > 0 && subnets.every((one) => graph.referring('aws_flow_log', 'subnet_id', one).length > 0);
}

/** Whether the format is known and names no source or no destination. The one that AWS takes of itself names both. */
function hidesAddresses(log: Resource): boolean {
  const format = log.known('log_format');
  if (format === undefined) return false;
  return !/\{(pkt-)?srcaddr\}/.test(format) || !/\{(pkt-)?dstaddr\}/.test(format);
}

function stack(traffic: string): ExampleResources {
  return {
    aws_vpc: { main: { cidr_block: '10.0.0.0/16', assign_generated_ipv6_cidr_block: true } },
    aws_flow_log: {
      main: {
        vpc_id: '${aws_vpc.main.id}',
        traffic_type: traffic,
        log_destination_type: 's3',
        log_destination: 'arn:aws:s3:::hue-flow-logs',
      },
    },
  };
}

import { isIpv6Only, subnetHasIpv6, vpcNameOf } from '../facts/address-blocks';
import { computeSubnets } from '../facts/compute';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-CMP-009',
  title: 'A dual-stack database has subnets with IPv6, and one that IPv6-only applications use is dual-stack',
  group: 'compute',
  kind: 'parity',
  severity: 'error',
  types: ['aws_db_instance', 'aws_rds_cluster'],
  why: 'RDS refuses network type DUAL with `NetworkTypeNotSupported` while one subnet of its group has no IPv6. And applications without IPv4 cannot connect to a database that has nothing else.',
  fix: 'Give every subnet of the group an IPv6 block, then set `network_type = "DUAL"` in a change of its own: a database in several zones switches to its standby.',
  sources: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html'],
  good: stack('2406:da18:77:2::/64'),
  bad: stack(undefined),
  unknown: {
    aws_db_instance: { main: { network_type: 'DUAL', db_subnet_group_name: '${var.subnet_group}' } },
  },

  check(database, graph) {
    const dual = database.is('network_type', 'DUAL', 'IPV4');
    const group = graph.referenceIn(database.value('db_subnet_group_name'), 'aws_db_subnet_group');
    const { found, complete } = graph.resolve(group?.value('subnet_ids'), 'aws_subnet');
    if (dual === undefined) return unknown('the network type is only known after apply');
    if (!dual) return ofIpv4(found, graph);
    const without = found.filter((subnet) => !subnetHasIpv6(subnet));
    if (without.length > 0) {
      const names = without.map(({ address }) => address).join(', ');
      return fail(`the network type is DUAL, but ${names} has no IPv6 block`, { causes: without });
    }
    return complete ? PASS : unknown('the subnets of its group are not part of this input');
  },
};

function ofIpv4(subnets: readonly Resource[], graph: ResourceGraph) {
  const vpcs = new Set(subnets.map((subnet) => vpcNameOf(graph, subnet)));
  const users = [...computeSubnets(graph)].filter(
    ([subnet]) => isIpv6Only(subnet) && vpcNameOf(graph, subnet) !== undefined && vpcs.has(vpcNameOf(graph, subnet)),
  );
  const names = [...new Set(users.flatMap(([, inside]) => inside.map(({ address }) => address)))];
  if (names.length === 0) return undefined;
  return fail(`the database has IPv4 alone, but IPv6 is all that ${names.join(', ')} has`, { severity: 'warning' });
}

function stack(block: string | undefined): ExampleResources {
  return {
    aws_subnet: {
      a: { cidr_block: '10.46.1.0/24', ipv6_cidr_block: '2406:da18:77:1::/64' },
      b: { cidr_block: '10.46.2.0/24', ipv6_cidr_block: block },
    },
    aws_db_subnet_group: { main: { subnet_ids: ['${aws_subnet.a.id}', '${aws_subnet.b.id}'] } },
    aws_db_instance: { main: { network_type: 'DUAL', db_subnet_group_name: '${aws_db_subnet_group.main.name}' } },
  };
}

import {
  ipv6PrefixOf,
  isInDualStackVpc,
  isIpv6Only,
  isSubnetPrefix,
  isVpcPrefix,
  subnetHasIpv6,
  vpcHasIpv6,
  vpcNameOf,
} from '../../../policy/facts/address-blocks';
import type { Resource, ResourceGraph } from '../../../policy/resource-graph';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

function read(resource: PlainResources, data: PlainResources = {}): ResourceGraph {
  return readStackJson({ resource, data });
}

function at(graph: ResourceGraph, address: string): Resource {
  return graph.at(address)!;
}

describe('a VPC has IPv6', () => {
  const association = (vpc: string): PlainResources => ({
    aws_vpc_ipv6_cidr_block_association: { x: { vpc_id: vpc, ipv6_ipam_pool_id: 'ipam-pool-0123456789abcdef0' } },
  });

  test.each<[string, Record<string, unknown>, PlainResources, boolean | undefined]>([
    ["with Amazon's block", { assign_generated_ipv6_cidr_block: 'true' }, {}, true],
    ['with a pool', { ipv6_ipam_pool_id: '${var.pool}', ipv6_netmask_length: 56 }, {}, true],
    ['with a block that is only known after apply', { ipv6_cidr_block: '${var.block}' }, {}, true],
    ['with an association', {}, association('${aws_vpc.main.id}'), true],
    [
      'with an association, whatever a variable says',
      { assign_generated_ipv6_cidr_block: '${var.x}' },
      association('${aws_vpc.main.id}'),
      true,
    ],
    ['not with nothing', { ipv6_cidr_block: null, ipv6_ipam_pool_id: '' }, {}, false],
    ['not with an association of another VPC', {}, association('vpc-0123456789abcdef0'), false],
    ['maybe, by a variable', { assign_generated_ipv6_cidr_block: '${var.ipv6}' }, {}, undefined],
  ])('%s', (_, vpc, others, expected) => {
    const graph = read({ aws_vpc: { main: vpc }, ...others });

    expect(vpcHasIpv6(graph, at(graph, 'aws_vpc.main'))).toBe(expected);
  });

  test('maybe, where an association may be of any of two VPCs', () => {
    const graph = read({ aws_vpc: { main: {}, other: {} }, ...association('${var.vpc_id}') });

    expect(vpcHasIpv6(graph, at(graph, 'aws_vpc.main'))).toBeUndefined();
  });
});

describe('a subnet is in a VPC with IPv6', () => {
  test.each<[string, unknown, Record<string, unknown>, boolean | undefined]>([
    ['as the VPC says', '${aws_vpc.main.id}', {}, true],
    ['not as the VPC says', '${aws_vpc.old.id}', {}, false],
    ['as a data source has read', '${data.aws_vpc.read.id}', {}, true],
    ['maybe, where a data source is not read yet', '${data.aws_vpc.unread.id}', {}, undefined],
    ['as a default VPC says', '${aws_default_vpc.main.id}', {}, true],
    ['maybe, by an id', 'vpc-0123456789abcdef0', {}, undefined],
    ['as a neighbor of the same id shows', 'vpc-0123456789abcdef0', { vpc_id: 'vpc-0123456789abcdef0' }, true],
    ['as a neighbor of the same variable shows', '${var.vpc_id}', { vpc_id: '${var.vpc_id}' }, true],
    ['maybe, next to a subnet of another VPC', '${var.vpc_id}', { vpc_id: '${var.other_vpc_id}' }, undefined],
    ['maybe, where each subnet may have another VPC', '${each.value.vpc}', { vpc_id: '${each.value.vpc}' }, undefined],
  ])('%s', (_, vpcId, neighbor, expected) => {
    const graph = read(
      {
        aws_vpc: { main: { assign_generated_ipv6_cidr_block: true }, old: {} },
        aws_default_vpc: { main: { assign_generated_ipv6_cidr_block: true } },
        aws_subnet: { a: { vpc_id: vpcId }, b: { ipv6_cidr_block: '${var.block}', ...neighbor } },
      },
      { aws_vpc: { read: { ipv6_cidr_block: '2001:db8::/56' }, unread: { id: '${var.vpc_id}' } } },
    );

    expect(isInDualStackVpc(graph, at(graph, 'aws_subnet.a'))).toBe(expected);
  });

  test('two subnets of one VPC name it alike', () => {
    const graph = read({
      aws_vpc: { main: {} },
      aws_subnet: {
        a: { vpc_id: '${aws_vpc.main.id}' },
        b: { vpc_id: '${aws_vpc.main.id}' },
        c: { vpc_id: 'vpc-0123456789abcdef0' },
      },
    });
    const [a, b, c] = ['a', 'b', 'c'].map((name) => vpcNameOf(graph, at(graph, `aws_subnet.${name}`)));

    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });
});

describe('the length of a block', () => {
  test.each<[string, Record<string, unknown>, number | undefined]>([
    ["is Amazon's", { assign_generated_ipv6_cidr_block: true }, 56],
    ['is as it is asked for', { ipv6_ipam_pool_id: '${var.pool}', ipv6_netmask_length: '52' }, 52],
    ['is as it is written', { ipv6_ipam_pool_id: '${var.pool}', ipv6_cidr_block: '2001:db8::/44' }, 44],
    ["is the pool's default", { ipv6_ipam_pool_id: '${aws_vpc_ipam_pool.main.id}' }, 60],
    [
      "is not the pool's where it will be known",
      { ipv6_ipam_pool_id: '${aws_vpc_ipam_pool.main.id}', ipv6_netmask_length: '${var.x}' },
      undefined,
    ],
    ['is not known of a pool elsewhere', { ipv6_ipam_pool_id: 'ipam-pool-0123456789abcdef0' }, undefined],
    ['is not known of what states have for none', { ipv6_netmask_length: 0 }, undefined],
  ])('%s', (_, vpc, expected) => {
    const graph = read({
      aws_vpc: { main: vpc },
      aws_vpc_ipam_pool: { main: { allocation_default_netmask_length: 60 } },
    });

    expect(ipv6PrefixOf(graph, at(graph, 'aws_vpc.main'))).toBe(expected);
  });

  test('is of a size that AWS has', () => {
    const lengths = Array.from({ length: 129 }, (_, length) => length);

    expect(lengths.filter(isVpcPrefix)).toEqual([44, 48, 52, 56, 60]);
    expect(lengths.filter(isSubnetPrefix)).toEqual([44, 48, 52, 56, 60, 64]);
  });
});

describe('a subnet', () => {
  const graph = read({
    aws_subnet: {
      block: { ipv6_cidr_block: '${cidrsubnet(var.block, 8, 1)}' },
      pool: { ipv6_ipam_pool_id: 'ipam-pool-0123456789abcdef0', ipv6_netmask_length: 64 },
      none: { ipv6_cidr_block: '' },
      only: { ipv6_native: 'true' },
      hidden: { ipv6_native: '${var.ipv6_only}' },
    },
  });
  const subnet = (name: string) => at(graph, `aws_subnet.${name}`);

  test('has IPv6 by a block or by a pool', () => {
    expect(['block', 'pool', 'none', 'only'].map((name) => subnetHasIpv6(subnet(name)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('is IPv6-only where it says so', () => {
    expect(['only', 'block', 'hidden'].map((name) => isIpv6Only(subnet(name)))).toEqual([true, false, undefined]);
  });
});

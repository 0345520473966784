import { drawersOf, poolOf } from '../../../policy/facts/ipam';
import { readStackJson } from '../../../policy/sources/stack-json';

const graph = readStackJson({
  resource: {
    aws_vpc_ipam_pool: { agency: {}, other: {} },
    aws_vpc_ipam_pool_cidr: { agency: { ipam_pool_id: '${aws_vpc_ipam_pool.agency.id}' } },
    aws_vpc: {
      pool: { ipv6_ipam_pool_id: '${aws_vpc_ipam_pool.agency.id}' },
      range: { ipv6_ipam_pool_id: '${aws_vpc_ipam_pool_cidr.agency.ipam_pool_id}' },
      elsewhere: { ipv6_ipam_pool_id: 'ipam-pool-0123456789abcdef0' },
      amazon: { assign_generated_ipv6_cidr_block: true },
    },
    aws_vpc_ipv6_cidr_block_association: { second: { ipv6_ipam_pool_id: '${aws_vpc_ipam_pool.agency.id}' } },
  },
});

test.each([
  ['pool', 'aws_vpc_ipam_pool.agency'],
  ['range', 'aws_vpc_ipam_pool.agency'],
  ['elsewhere', undefined],
  ['amazon', undefined],
])('the pool of the VPC %s is %s', (name, expected) => {
  expect(poolOf(graph, graph.at(`aws_vpc.${name}`)!)?.address).toBe(expected);
});

test('what draws from a pool are VPCs and what adds blocks to them', () => {
  const drawers = (pool: string) => drawersOf(graph, graph.at(pool)!).map(({ address }) => address);

  expect(drawers('aws_vpc_ipam_pool.agency')).toEqual([
    'aws_vpc.pool',
    'aws_vpc.range',
    'aws_vpc_ipv6_cidr_block_association.second',
  ]);
  expect(drawers('aws_vpc_ipam_pool.other')).toEqual([]);
});

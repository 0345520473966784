import { neighborsOf, overlappedBy, strayFrom, subnetBlockOf } from '../../../policy/facts/subnet-blocks';
import { formatCidr } from '../../../core/cidr';
import { readStackJson } from '../../../policy/sources/stack-json';

type Attributes = Record<string, unknown>;

const WRITTEN = { ipv6_cidr_block: '2001:db8::/56' };
const SECOND = { ipv6_cidr_block: '2001:db8:1::/56' };

function cut(subnet: string, vpc: Attributes = { assign_generated_ipv6_cidr_block: true }) {
  const graph = readStackJson({
    resource: {
      aws_vpc: { main: vpc },
      aws_subnet: { a: { vpc_id: '${aws_vpc.main.id}', ipv6_cidr_block: subnet } },
    },
  });
  const block = subnetBlockOf(graph, graph.at('aws_subnet.a')!);
  return { range: block?.range && formatCidr(block.range), parent: block?.parentPrefix, owner: block?.owner?.address };
}

describe('the block of a subnet', () => {
  test.each([
    ['2001:db8:0:101::/64', { range: '2001:db8:0:101::/64' }],
    ['${cidrsubnet("2001:db8:0:100::/56", 8, 1)}', { range: '2001:db8:0:101::/64', parent: 56 }],
    ['${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 1)}', { parent: 56, owner: 'aws_vpc.main' }],
    ['${cidrsubnet(var.block, 8, 1)}', { parent: undefined, owner: undefined }],
  ])('%s', (text, expected) => {
    expect(cut(text)).toMatchObject(expected);
  });

  test('is worked out where the block of the VPC is written down', () => {
    expect(cut('${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 255)}', { ipv6_cidr_block: '2001:db8::/56' })).toEqual({
      range: '2001:db8:0:ff::/64',
      parent: 56,
      owner: 'aws_vpc.main',
    });
  });

  test.each(['10.0.0.0/24', '${cidrsubnet("10.0.0.0/16", 8, 1)}', '${var.block}', 'nothing'])('%s is none', (text) => {
    expect(cut(text)).toEqual({ range: undefined, parent: undefined, owner: undefined });
  });

  test.each(['${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 120, 1)}', '${cidrsubnet("2001:db8::/56", 100, 1)}'])(
    '%s breaks nothing',
    (text) => {
      expect(() => cut(text)).not.toThrow();
    },
  );
});

test('subnets are compared with those of their VPC alone, and each pair once', () => {
  const block = '${cidrsubnet(var.block, 8, 1)}';
  const graph = readStackJson({
    resource: {
      aws_subnet: {
        a: { vpc_id: 'vpc-00000000000000001', ipv6_cidr_block: block },
        b: { vpc_id: 'vpc-00000000000000002', ipv6_cidr_block: block },
        c: { vpc_id: 'vpc-00000000000000001', ipv6_cidr_block: '${cidrsubnet(var.block, 7, 0)}' },
        d: { vpc_id: 'vpc-00000000000000001', ipv6_cidr_block: '${cidrsubnet(var.other, 8, 1)}' },
      },
    },
  });
  const overlaps = graph.ofType('aws_subnet').map((one) => overlappedBy(graph, one).map(({ address }) => address));

  expect(overlaps).toEqual([[], [], ['aws_subnet.a'], []]);
  expect(neighborsOf(graph, graph.at('aws_subnet.b')!)).toHaveLength(1);
});

test.each<[string, Attributes, Readonly<Record<string, Attributes>>, string, string[] | undefined]>([
  ['another block', WRITTEN, {}, '2001:db8:1::/64', ['2001:db8::/56']],
  ['a cut of another block', WRITTEN, {}, '${cidrsubnet("2001:db8:1::/56", 8, 0)}', ['2001:db8::/56']],
  ['neither of two blocks', WRITTEN, { x: SECOND }, '2001:db8:2::/64', ['2001:db8::/56', '2001:db8:1::/56']],
  ['the second of two blocks', WRITTEN, { x: SECOND }, '2001:db8:1::/64', undefined],
  ['a second block that is not known', WRITTEN, { x: { ipv6_netmask_length: 56 } }, '2001:db8:2::/64', undefined],
  ["Amazon's block", { assign_generated_ipv6_cidr_block: true }, {}, '2001:db8:2::/64', undefined],
  ['a variable', WRITTEN, {}, '${cidrsubnet(var.block, 8, 0)}', undefined],
])('a subnet strays from its VPC, or not: %s', (_, vpc, associations, block, expected) => {
  const added = Object.entries(associations).map(([name, one]) => [name, { vpc_id: '${aws_vpc.main.id}', ...one }]);
  const graph = readStackJson({
    resource: {
      aws_vpc: { main: vpc },
      aws_vpc_ipv6_cidr_block_association: Object.fromEntries(added) as object,
      aws_subnet: { a: { vpc_id: '${aws_vpc.main.id}', ipv6_cidr_block: block } },
    },
  });

  expect(strayFrom(graph, graph.at('aws_subnet.a')!)?.blocks.map(formatCidr)).toEqual(expected);
});

import { judge } from '../../../policy/check';
import { Resource, ResourceGraph } from '../../../policy/resource-graph';
import type { Rule } from '../../../policy/rule';
import { rule as vpc001 } from '../../../policy/rules/v6-vpc-001';
import { rule as vpc002 } from '../../../policy/rules/v6-vpc-002';
import { rule as vpc003 } from '../../../policy/rules/v6-vpc-003';
import { rule as vpc004 } from '../../../policy/rules/v6-vpc-004';
import { rule as vpc005 } from '../../../policy/rules/v6-vpc-005';
import { rule as vpc006 } from '../../../policy/rules/v6-vpc-006';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

function saysOf(resource: PlainResources, ...rules: readonly Rule[]): string[] {
  const { findings, crashes } = judge(readStackJson({ resource }), rules);
  expect(crashes).toEqual([]);
  return findings.map(({ result, resource: { address }, message }) => `${result} ${address}: ${message}`);
}

const POOL = 'ipam-pool-0123456789abcdef0';

describe('V6-VPC-001', () => {
  test.each<[string, Record<string, unknown>]>([
    ["Amazon's block", { assign_generated_ipv6_cidr_block: 'true' }],
    ['a pool that only apply will know', { ipv6_ipam_pool_id: '${var.pool}' }],
  ])('is content with %s', (_, vpc) => {
    expect(saysOf({ aws_vpc: { main: vpc } }, vpc001)).toEqual([]);
  });

  test('is content with a block that an association adds', () => {
    const association = { main: { vpc_id: '${aws_vpc.main.id}', ipv6_ipam_pool_id: POOL } };

    expect(saysOf({ aws_vpc: { main: {} }, aws_vpc_ipv6_cidr_block_association: association }, vpc001)).toEqual([]);
  });

  test('does not know of an association that may be of this VPC', () => {
    const association = { main: { vpc_id: '${var.vpc_id}', ipv6_ipam_pool_id: POOL } };

    expect(
      saysOf({ aws_vpc: { main: {}, other: {} }, aws_vpc_ipv6_cidr_block_association: association }, vpc001),
    ).toEqual(['main', 'other'].map((name) => expect.stringContaining(`unknown aws_vpc.${name}: `) as string));
  });
});

describe('V6-VPC-002', () => {
  test.each<[Record<string, unknown>, string]>([
    [
      { assign_generated_ipv6_cidr_block: false, ipv6_ipam_pool_id: POOL, ipv6_netmask_length: 56 },
      'assign_generated_ipv6_cidr_block and ipv6_ipam_pool_id are both set, which exclude each other',
    ],
    [
      { ipv6_ipam_pool_id: POOL, ipv6_netmask_length: 56, ipv6_cidr_block: '2001:db8::/56' },
      'ipv6_netmask_length and ipv6_cidr_block are both set, which exclude each other',
    ],
    [{ ipv6_cidr_block: '2001:db8::/56' }, 'ipv6_cidr_block is set without ipv6_ipam_pool_id'],
    [
      { assign_generated_ipv6_cidr_block: true, ipv6_cidr_block: '2001:db8::/56' },
      'ipv6_cidr_block is set without ipv6_ipam_pool_id',
    ],
    [{ ipv6_netmask_length: 56 }, 'ipv6_netmask_length is set without ipv6_ipam_pool_id'],
  ])('fails %j', (vpc, message) => {
    expect(saysOf({ aws_vpc: { main: vpc } }, vpc002)).toEqual([`fail aws_vpc.main: ${message}`]);
  });

  test.each<[Record<string, unknown>]>([
    [{ cidr_block: '10.0.0.0/16' }],
    [{ assign_generated_ipv6_cidr_block: true }],
    [
      {
        assign_generated_ipv6_cidr_block: null,
        ipv6_ipam_pool_id: '${var.pool}',
        ipv6_netmask_length: '${var.length}',
      },
    ],
    [{ ipv6_ipam_pool_id: POOL, ipv6_cidr_block: '2001:db8::/56' }],
  ])('is content with %j', (vpc) => {
    expect(saysOf({ aws_vpc: { main: vpc } }, vpc002)).toEqual([]);
  });

  test('a pool that was taken away is one finding: there is no IPv6 any more', () => {
    expect(saysOf({ aws_vpc: { main: { ipv6_netmask_length: 56 } } }, vpc001, vpc002)).toEqual([
      'fail aws_vpc.main: the VPC has no IPv6 block',
    ]);
  });

  test('says nothing of what exists: there the computed block stands next to its source', () => {
    const existing = {
      id: 'vpc-0123456789abcdef0',
      assign_generated_ipv6_cidr_block: true,
      ipv6_cidr_block: '2001:db8::/56',
      ipv6_netmask_length: 0,
    };

    expect(saysOf({ aws_vpc: { main: existing } }, vpc002)).toEqual([]);
  });

  test('says nothing of a plan, which there would not be', () => {
    const planned = new Resource({
      address: 'aws_vpc.main',
      type: 'aws_vpc',
      attributes: { assign_generated_ipv6_cidr_block: false, ipv6_ipam_pool_id: POOL, ipv6_netmask_length: 56 },
      configured: new Set(['ipv6_ipam_pool_id', 'ipv6_netmask_length']),
      change: { actions: ['create'], replacePaths: [] },
    });

    expect(judge(new ResourceGraph([planned]), [vpc002]).findings).toEqual([]);
  });
});

describe('V6-VPC-003', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['a length', { ipv6_netmask_length: '64' }, 'ipv6_netmask_length is 64'],
    ['a length below', { ipv6_netmask_length: 40 }, 'ipv6_netmask_length is 40'],
    ['a block', { ipv6_cidr_block: '2001:db8::/58' }, 'ipv6_cidr_block is a /58'],
    ['no IPv6', { ipv6_cidr_block: '10.0.0.0/16' }, 'ipv6_cidr_block is 10.0.0.0/16, which is no IPv6 block'],
  ])('fails %s, in a VPC and in an association', (_, attributes, message) => {
    expect(saysOf({ aws_vpc: { x: attributes } }, vpc003)).toEqual([`fail aws_vpc.x: ${message}`]);
    expect(saysOf({ aws_vpc_ipv6_cidr_block_association: { x: attributes } }, vpc003)).toEqual([
      `fail aws_vpc_ipv6_cidr_block_association.x: ${message}`,
    ]);
  });

  test.each([44, 48, 52, 56, 60])('is content with a /%d', (length) => {
    expect(saysOf({ aws_vpc: { main: { ipv6_netmask_length: length } } }, vpc003)).toEqual([]);
    expect(saysOf({ aws_vpc: { main: { ipv6_cidr_block: `2001:db8::/${length}` } } }, vpc003)).toEqual([]);
  });

  test('says nothing where nobody chose a length', () => {
    expect(saysOf({ aws_vpc: { main: { ipv6_netmask_length: 0 } } }, vpc003)).toEqual([]);
  });
});

describe('V6-VPC-004', () => {
  const vpc = (attributes: Record<string, unknown>): PlainResources => ({
    aws_vpc: { main: { assign_generated_ipv6_cidr_block: true, ...attributes } },
  });

  test.each<[Record<string, unknown>, string]>([
    [{}, 'enable_dns_hostnames is not true'],
    [{ enable_dns_hostnames: true, enable_dns_support: 'false' }, 'enable_dns_support is not true'],
    [{ enable_dns_support: false }, 'enable_dns_support and enable_dns_hostnames are not true'],
    [{ enable_dns_support: '${var.dns}' }, 'enable_dns_hostnames is not true'],
  ])('fails %j', (attributes, message) => {
    expect(saysOf(vpc(attributes), vpc004)).toEqual([`fail aws_vpc.main: ${message}`]);
  });

  test('says nothing of a VPC without IPv6, nor of one that may have it', () => {
    expect(saysOf({ aws_vpc: { old: {}, maybe: { assign_generated_ipv6_cidr_block: '${var.x}' } } }, vpc004)).toEqual(
      [],
    );
  });
});

describe('V6-VPC-005', () => {
  const association = (attributes: Record<string, unknown> = {}): PlainResources => ({
    aws_vpc_ipv6_cidr_block_association: { x: { vpc_id: '${aws_vpc.main.id}', ...attributes } },
  });

  test('is content with either of the two, and with a second block of a pool', () => {
    const amazon = { assign_generated_ipv6_cidr_block: true };

    expect(saysOf({ aws_vpc: { main: amazon } }, vpc005)).toEqual([]);
    expect(saysOf({ aws_vpc: { main: {} }, ...association() }, vpc005)).toEqual([]);
    expect(saysOf({ aws_vpc: { main: { ipv6_ipam_pool_id: POOL } }, ...association() }, vpc005)).toEqual([]);
  });

  test('names what adds the second block', () => {
    expect(saysOf({ aws_vpc: { main: { assign_generated_ipv6_cidr_block: true } }, ...association() }, vpc005)).toEqual(
      ["fail aws_vpc.main: it has a block of Amazon's, and aws_vpc_ipv6_cidr_block_association.x adds another"],
    );
  });

  test("knows an association's block again in what AWS says of the VPC", () => {
    const main = { assign_generated_ipv6_cidr_block: true, ipv6_association_id: 'vpc-cidr-assoc-1' };

    expect(saysOf({ aws_vpc: { main }, ...association({ id: 'vpc-cidr-assoc-1' }) }, vpc005)).toEqual([]);
    expect(saysOf({ aws_vpc: { main }, ...association({ id: 'vpc-cidr-assoc-2' }) }, vpc005)).toHaveLength(1);
  });
});

describe('V6-VPC-006', () => {
  test('a default subnet without IPv6 that something runs in is the finding where its VPC has IPv6', () => {
    const resource = {
      aws_default_vpc: { main: { assign_generated_ipv6_cidr_block: true } },
      aws_default_subnet: { a: { availability_zone: 'ap-southeast-1a' } },
      aws_instance: { web: { subnet_id: '${aws_default_subnet.a.id}' } },
    };

    expect(saysOf(resource, vpc006)).toEqual([
      'fail aws_default_subnet.a: the default subnet has no IPv6 block, and aws_instance.web uses it',
    ]);
  });

  test('a default VPC without IPv6 is one finding, whatever is in it', () => {
    const resource = {
      aws_default_vpc: { main: {} },
      aws_default_subnet: { a: {}, b: {} },
      aws_lb: { edge: { subnets: ['${aws_default_subnet.a.id}', '${aws_default_subnet.b.id}'] } },
      aws_security_group: { edge: { vpc_id: '${aws_default_vpc.main.id}' } },
    };

    expect(saysOf(resource, vpc006)).toEqual([
      'fail aws_default_vpc.main: the default VPC has no IPv6 block, and aws_security_group.edge is in it',
    ]);
  });

  test('says nothing of a default VPC that is only locked down', () => {
    const vpc_id = '${aws_default_vpc.main.id}';
    const resource = {
      aws_default_vpc: { main: { tags: { Name: 'do-not-use' } } },
      aws_default_subnet: { a: {} },
      aws_default_security_group: { none: { vpc_id } },
      aws_default_network_acl: { none: { default_network_acl_id: '${aws_default_vpc.main.default_network_acl_id}' } },
      aws_flow_log: { main: { vpc_id } },
    };

    expect(saysOf(resource, vpc006)).toEqual([]);
  });
});

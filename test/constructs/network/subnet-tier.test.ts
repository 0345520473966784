import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { SubnetTier, type SubnetTierProps } from '../../../constructs/network/subnet-tier';
import { REGION, type Synthesized, synth } from '../../helpers/synth';

const minimal: Omit<SubnetTierProps, 'vpc'> = {
  ipv4: '10.0.0.0/20',
  ipv6Prefix: 56,
  tier: 'app',
  region: REGION,
  zones: ['a', 'c'],
  routeTables: 'shared',
  name: 'hue-production',
};

const tier = (props: Partial<SubnetTierProps> = {}, look: (tier: SubnetTier) => void = () => {}): Synthesized =>
  synth((scope) => {
    const vpc = new Vpc(scope, 'vpc', { cidrBlock: '10.0.0.0/20' });
    look(new SubnetTier(scope, 'Tier', { vpc, ...minimal, ...props }));
  });

/** The IPv6 block of a subnet, as Terraform computes it from the block that Amazon gives the VPC. */
const ipv6Block = (stack: Synthesized, newbits: number, netnum: number): string =>
  `\${cidrsubnet(${stack.addressOf('vpc')}.ipv6_cidr_block, ${newbits}, ${netnum})}`;

test('each zone has a subnet with blocks of both families, at the places of the address plan', () => {
  const stack = tier();

  expect(stack.pathsOf('aws_subnet')).toEqual(['Tier/a/Resource', 'Tier/c/Resource']);
  expect(stack.at('Tier/a/Resource')).toEqual({
    vpc_id: stack.ref('vpc'),
    availability_zone: 'ap-southeast-1a',
    cidr_block: '10.0.2.0/25',
    ipv6_cidr_block: ipv6Block(stack, 8, 16),
    tags: { Name: 'hue-production-app-a' },
  });
  expect(stack.at('Tier/c/Resource')).toMatchObject({
    availability_zone: 'ap-southeast-1c',
    cidr_block: '10.0.3.0/25',
    ipv6_cidr_block: ipv6Block(stack, 8, 18),
  });
});

test('ipv4 is the block that the IPv4 blocks are cut from', () => {
  expect(tier({ ipv4: '172.16.0.0/16' }).at('Tier/a/Resource').cidr_block).toBe('172.16.32.0/21');
});

test.each([
  [44, 20],
  [48, 16],
  [52, 12],
  [56, 8],
])('in a VPC of /%i a subnet is a /64: %i bits more', (ipv6Prefix, newbits) => {
  const stack = tier({ ipv6Prefix });

  expect(stack.at('Tier/a/Resource').ipv6_cidr_block).toBe(ipv6Block(stack, newbits, 16));
});

test('tier decides the place and the name', () => {
  const stack = tier({ tier: 'endpoints' });

  expect(stack.at('Tier/a/Resource')).toMatchObject({
    cidr_block: '10.0.10.0/25',
    ipv6_cidr_block: ipv6Block(stack, 8, 80),
    tags: { Name: 'hue-production-endpoints-a' },
  });
});

test('region is part of the names of the zones', () => {
  expect(tier({ region: 'ap-northeast-1' }).at('Tier/a/Resource').availability_zone).toBe('ap-northeast-1a');
});

test('tasks get an IPv6 address on creation, and a name that answers A and AAAA', () => {
  expect(tier({ compute: true }).at('Tier/a/Resource')).toMatchObject({
    assign_ipv6_address_on_creation: true,
    private_dns_hostname_type_on_launch: 'resource-name',
    enable_resource_name_dns_a_record_on_launch: true,
    enable_resource_name_dns_aaaa_record_on_launch: true,
  });
});

test('an IPv6-only subnet has no IPv4 block and no A records', () => {
  const stack = tier({ stack: 'ipv6-only', tier: 'app6', compute: true });

  expect(stack.at('Tier/a/Resource')).toEqual({
    vpc_id: stack.ref('vpc'),
    availability_zone: 'ap-southeast-1a',
    ipv6_native: true,
    ipv6_cidr_block: ipv6Block(stack, 8, 32),
    assign_ipv6_address_on_creation: true,
    private_dns_hostname_type_on_launch: 'resource-name',
    enable_resource_name_dns_aaaa_record_on_launch: true,
    enable_dns64: false,
    tags: { Name: 'hue-production-app6-a' },
  });
});

test.each([true, false])('DNS64 in an IPv6-only subnet is as asked: %s', (dns64) => {
  expect(tier({ stack: 'ipv6-only', dns64 }).at('Tier/c/Resource').enable_dns64).toBe(dns64);
});

test.each([undefined, 'dual-stack'] as const)(
  'fails when hosts with IPv4 would get made-up addresses (%s)',
  (stack) => {
    expect(() => tier({ stack, dns64: true })).toThrow(
      'test/Tier: `dns64` is for IPv6-only subnets: hosts with IPv4 need no made-up addresses, got: true',
    );
  },
);

test('a shared route table belongs to every subnet', () => {
  const stack = tier({ routeTables: 'shared' });

  expect(stack.only('aws_route_table')).toEqual({ vpc_id: stack.ref('vpc'), tags: { Name: 'hue-production-app' } });
  for (const zone of ['a', 'c']) {
    expect(stack.at(`Tier/${zone}/route-table-association`)).toEqual({
      subnet_id: stack.ref(`Tier/${zone}/Resource`),
      route_table_id: stack.ref('Tier/route-table'),
    });
  }
});

test('with a table per zone, each zone can use its own NAT gateway', () => {
  const stack = tier({ routeTables: 'per-zone' });

  expect(stack.pathsOf('aws_route_table')).toEqual(['Tier/a/route-table', 'Tier/c/route-table']);
  for (const zone of ['a', 'c']) {
    expect(stack.at(`Tier/${zone}/route-table`).tags).toEqual({ Name: `hue-production-app-${zone}` });
    expect(stack.at(`Tier/${zone}/route-table-association`).route_table_id).toBe(stack.ref(`Tier/${zone}/route-table`));
  }
});

test.each([
  ['shared', 1],
  ['per-zone', 2],
] as const)('hands out its %s route tables, each once', (routeTables, count) => {
  expect.assertions(4);
  tier({ routeTables }, (made) => {
    expect(made.tier).toBe('app');
    expect(made.zones).toEqual(['a', 'c']);
    expect(made.routeTables).toHaveLength(count);
    expect(made.routeTables).toContain(made.routeTable('c'));
  });
});

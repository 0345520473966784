import {
  type AddressPool,
  AddressRegistry,
  type AddressRegistryProps,
} from '../../../constructs/network/address-registry';
import { REGION, synth } from '../../helpers/synth';

const netmask = (size: number) => ({ default: size, min: size, max: size });

const minimal: AddressRegistryProps = { name: 'registry', region: REGION, pools: {} };

const IPV4: AddressPool = { region: REGION, ipv4: { cidr: '10.0.0.0/10', netmask: netmask(20) } };
const OWN: AddressPool = { region: REGION, ipv6: { cidr: '2001:db8:4000::/36', netmask: netmask(56) } };
const SIZED: AddressPool = { region: REGION, ipv6: { size: 54, netmask: netmask(56) } };

const byoip = (provisioned: boolean, advertise = true) => ({
  byoip: { cidr: '2001:db8::/32', advertise, provisioned },
});
const AMAZON = { amazon: { netmask: 52 } };

const registry = (props: Partial<AddressRegistryProps> = {}) => {
  let made!: AddressRegistry;
  const stack = synth((scope) => (made = new AddressRegistry(scope, 'registry', { ...minimal, ...props })));
  return { stack, made };
};

test('is an IPAM of the advanced tier in its home region, without pools, when nothing else is said', () => {
  const { stack } = registry();

  expect(stack.resources.map(({ path }) => path)).toEqual(['registry/Resource']);
  expect(stack.at('registry/Resource')).toEqual({
    description: 'registry',
    operating_regions: [{ region_name: REGION }],
    tier: 'advanced',
    tags: { Name: 'registry' },
  });
});

test('names its regions in alphabetical order, and its tier', () => {
  const { stack } = registry({ operatingRegions: [REGION, 'ap-northeast-1'] });

  expect(stack.at('registry/Resource')).toMatchObject({
    operating_regions: [{ region_name: 'ap-northeast-1' }, { region_name: REGION }],
  });
  expect(registry({ tier: 'free' }).stack.at('registry/Resource')).toMatchObject({ tier: 'free' });
});

test('puts the IPv4 pools of groups below one at the top, in the private scope, and lets them take in VPCs', () => {
  const { stack, made } = registry({ ipv4: '10.0.0.0/8', pools: { provinces: { ...IPV4, tags: { a: 'b' } } } });
  const scope = stack.ref('registry/Resource', 'private_default_scope_id');

  expect(stack.at('registry/ipv4/Resource')).toMatchObject({ ipam_scope_id: scope, address_family: 'ipv4' });
  expect(stack.at('registry/ipv4/Resource')).not.toHaveProperty('locale');
  expect(stack.at('registry/ipv4/range')).toMatchObject({ cidr: '10.0.0.0/8' });
  expect(stack.at('registry/pools/provinces/ipv4/Resource')).toMatchObject({
    ipam_scope_id: scope,
    source_ipam_pool_id: stack.ref('registry/ipv4/Resource'),
    locale: REGION,
    allocation_default_netmask_length: 20,
    allocation_resource_tags: { a: 'b' },
    auto_import: true,
    tags: { Name: 'registry-provinces-ipv4' },
  });
  expect(stack.at('registry/pools/provinces/ipv4/range')).toMatchObject({
    cidr: '10.0.0.0/10',
    depends_on: [stack.addressOf('registry/ipv4/range')],
  });
  expect(Object.keys(made.topPoolIds)).toEqual(['ipv4']);
  expect(Object.keys(made.poolIds.provinces!)).toEqual(['ipv4']);
});

test('takes one block of Amazon in each region that has pools', () => {
  const { stack, made } = registry({
    operatingRegions: [REGION, 'ap-northeast-1', 'us-east-1'],
    ipv6: AMAZON,
    pools: { a: SIZED, b: SIZED, tokyo: { ...SIZED, region: 'ap-northeast-1' } },
  });
  const tops = ['registry/ipv6/ap-northeast-1', `registry/ipv6/${REGION}`];

  for (const top of tops) {
    expect(stack.at(`${top}/Resource`)).toMatchObject({
      ipam_scope_id: stack.ref('registry/Resource', 'public_default_scope_id'),
      public_ip_source: 'amazon',
      locale: top.split('/')[2],
    });
    expect(stack.at(`${top}/range`)).toMatchObject({ netmask_length: 52 });
  }
  expect(stack.pathsOf('aws_vpc_ipam_pool').filter((path) => path.startsWith('registry/ipv6'))).toEqual(
    tops.map((top) => `${top}/Resource`),
  );
  expect(stack.at('registry/pools/tokyo/ipv6/Resource')).toMatchObject({
    source_ipam_pool_id: stack.ref('registry/ipv6/ap-northeast-1/Resource'),
    public_ip_source: 'amazon',
    aws_service: 'ec2',
  });
  expect(stack.at('registry/pools/tokyo/ipv6/range')).toMatchObject({
    netmask_length: 54,
    depends_on: [stack.addressOf('registry/ipv6/ap-northeast-1/range')],
  });
  expect(Object.keys(made.topPoolIds)).toEqual(['ipv6-ap-northeast-1', `ipv6-${REGION}`]);
});

test('takes no block of Amazon where no pool has IPv6', () => {
  expect(registry({ ipv4: '10.0.0.0/8', ipv6: AMAZON, pools: { a: IPV4 } }).stack.pathsOf('aws_vpc_ipam_pool')).toEqual(
    ['registry/ipv4/Resource', 'registry/pools/a/ipv4/Resource'],
  );
});

test('leaves the range of its own to a person, who provisions it, and puts the pools below it', () => {
  const { stack, made } = registry({ ipv6: byoip(true), pools: { provinces: OWN } });

  expect(stack.at('registry/ipv6/Resource')).toMatchObject({ public_ip_source: 'byoip', publicly_advertisable: true });
  expect(stack.at('registry/ipv6/Resource')).not.toHaveProperty('locale');
  expect(stack.pathsOf('aws_vpc_ipam_pool_cidr')).toEqual(['registry/pools/provinces/ipv6/range']);
  expect(stack.at('registry/pools/provinces/ipv6/Resource')).toMatchObject({
    source_ipam_pool_id: stack.ref('registry/ipv6/Resource'),
    publicly_advertisable: true,
    locale: REGION,
  });
  expect(stack.at('registry/pools/provinces/ipv6/range')).toEqual({
    ipam_pool_id: stack.ref('registry/pools/provinces/ipv6/Resource'),
    cidr: '2001:db8:4000::/36',
  });
  expect(Object.keys(made.poolIds.provinces!)).toEqual(['ipv6']);
});

test('until its own range is provisioned there is the pool at the top alone, and nothing to share', () => {
  const pools = { provinces: { ...OWN, shareWith: ['111122223333'] } };
  const { stack, made } = registry({ ipv6: byoip(false, false), pools });

  expect(stack.resources.map(({ path }) => path)).toEqual(['registry/Resource', 'registry/ipv6/Resource']);
  expect(stack.at('registry/ipv6/Resource')).toMatchObject({ publicly_advertisable: false });
  expect(made.poolIds.provinces).toEqual({});
});

test('shares the pools of a group with those that it names', () => {
  const group = { ...IPV4, ...OWN, shareWith: ['111122223333'], outsideOrganization: true };
  const { stack } = registry({ ipv4: '10.0.0.0/8', ipv6: byoip(true), pools: { provinces: group } });

  expect(stack.at('registry/pools/provinces/share/Resource')).toMatchObject({
    name: 'registry-provinces',
    allow_external_principals: true,
  });
  expect(stack.pathsOf('aws_ram_resource_association')).toEqual([
    'registry/pools/provinces/share/ipv4',
    'registry/pools/provinces/share/ipv6',
  ]);
});

test.each<[string, Partial<AddressRegistryProps>, string]>([
  [
    'the home region is not among the others',
    { operatingRegions: ['us-east-1'] },
    '`operatingRegions` must hold the home region, ap-southeast-1, got: ["us-east-1"]',
  ],
  [
    'the free tier has IPv4',
    { tier: 'free', ipv4: '10.0.0.0/8' },
    '`tier` must be advanced for IPv4 pools, several regions and shared pools, got: "free"',
  ],
  [
    'the free tier has several regions',
    { tier: 'free', operatingRegions: [REGION, 'us-east-1'] },
    '`tier` must be advanced for IPv4 pools, several regions and shared pools, got: "free"',
  ],
  [
    'the free tier shares',
    { tier: 'free', ipv6: AMAZON, pools: { a: { ...SIZED, shareWith: ['111122223333'] } } },
    '`tier` must be advanced for IPv4 pools, several regions and shared pools, got: "free"',
  ],
  [
    'a pool is in another region',
    { ipv6: AMAZON, pools: { a: { ...SIZED, region: 'us-east-1' } } },
    '`pools.a.region` must be one of ap-southeast-1, got: "us-east-1"',
  ],
  [
    'an IPv4 pool is not a part of the range',
    { ipv4: '172.16.0.0/12', pools: { a: IPV4 } },
    '`pools.a.ipv4.cidr` must be a part of 172.16.0.0/12, got: "10.0.0.0/10"',
  ],
  [
    'there is no IPv4 range',
    { pools: { a: IPV4 } },
    '`pools.a.ipv4.cidr` must be a part of an `ipv4` range, got: "10.0.0.0/10"',
  ],
  [
    'an IPv6 pool is not a part of the range',
    { ipv6: { byoip: { cidr: '2001:db9::/32', advertise: true, provisioned: true } }, pools: { a: OWN } },
    '`pools.a.ipv6.cidr` must be a part of 2001:db9::/32, got: "2001:db8:4000::/36"',
  ],
  [
    'a range is given of an Amazon block',
    { ipv6: AMAZON, pools: { a: OWN } },
    '`pools.a.ipv6.cidr` must be a part of a range of your own, got: "2001:db8:4000::/36"',
  ],
  [
    'a size is given of a range of its own',
    { ipv6: byoip(true), pools: { a: SIZED } },
    '`pools.a.ipv6.size` needs a block of Amazon at the top, got: 54',
  ],
  [
    'a pool is larger than the block of Amazon',
    { ipv6: AMAZON, pools: { a: { ...SIZED, ipv6: { size: 51, netmask: netmask(56) } } } },
    '`pools.a.ipv6.size` must fit into the /52 of Amazon, got: 51',
  ],
])('fails when %s', (_, props, message) => {
  expect(() => registry(props)).toThrow(`test/registry: ${message}`);
});

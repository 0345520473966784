import { IpamPool, type IpamPoolProps } from '../../../constructs/network/ipam-pool';
import { synth } from '../../helpers/synth';

const minimal: IpamPoolProps = { name: 'registry-ipv4', family: 'ipv4', scopeId: 'ipam-scope-1' };

const pool = (props: Partial<IpamPoolProps> = {}) =>
  synth((scope) => new IpamPool(scope, 'pool', { ...minimal, ...props }));

test('is a pool of private addresses at the top, for other pools alone and without a range, when nothing else is said', () => {
  const stack = pool();

  expect(stack.resources.map(({ path }) => path)).toEqual(['pool/Resource']);
  expect(stack.at('pool/Resource')).toEqual({
    address_family: 'ipv4',
    description: 'registry-ipv4',
    ipam_scope_id: 'ipam-scope-1',
    tags: { Name: 'registry-ipv4' },
  });
});

test.each([
  [{ cidr: '10.0.0.0/8' }, { cidr: '10.0.0.0/8' }],
  [{ size: 52 }, { netmask_length: 52 }],
])('gets the range %j', (range, expected) => {
  const stack = pool({ range });

  expect(stack.at('pool/range')).toEqual({ ipam_pool_id: stack.ref('pool/Resource'), ...expected });
});

test('names its region, the sizes of its blocks, the tags it asks for, and that it takes in what is there', () => {
  const props = { region: 'ap-southeast-1', tags: { owner: 'portal6' }, autoImport: true };

  expect(pool({ ...props, netmask: { default: 20, min: 18, max: 22 } }).at('pool/Resource')).toMatchObject({
    locale: 'ap-southeast-1',
    allocation_default_netmask_length: 20,
    allocation_min_netmask_length: 18,
    allocation_max_netmask_length: 22,
    allocation_resource_tags: { owner: 'portal6' },
    auto_import: true,
  });
});

test('asks for no tags rather than for an empty set of them', () => {
  expect(pool({ tags: {} }).at('pool/Resource')).not.toHaveProperty('allocation_resource_tags');
});

test.each<[IpamPoolProps['source'], string | undefined, object]>([
  ['amazon', 'ap-southeast-1', { public_ip_source: 'amazon', aws_service: 'ec2' }],
  [{ advertise: true }, undefined, { public_ip_source: 'byoip', publicly_advertisable: true }],
  [
    { advertise: false },
    'ap-southeast-1',
    { public_ip_source: 'byoip', publicly_advertisable: false, aws_service: 'ec2' },
  ],
])('says whose public addresses these are: %j in %s', (source, region, expected) => {
  const { address_family, description, ipam_scope_id, tags, locale, ...rest } = pool({
    family: 'ipv6',
    source,
    region,
  }).at('pool/Resource');

  expect([address_family, description, ipam_scope_id, tags, locale]).toEqual([
    'ipv6',
    'registry-ipv4',
    'ipam-scope-1',
    { Name: 'registry-ipv4' },
    region,
  ]);
  expect(rest).toEqual(expected);
});

test('is a part of its parent, and waits until that has its range', () => {
  const stack = synth((scope) => {
    const parent = new IpamPool(scope, 'parent', { ...minimal, range: { cidr: '10.0.0.0/8' } });
    new IpamPool(scope, 'pool', { ...minimal, parent, range: { cidr: '10.0.0.0/10' } });
  });

  expect(stack.at('pool/Resource')).toMatchObject({ source_ipam_pool_id: stack.ref('parent/Resource') });
  expect(stack.at('pool/range')).toMatchObject({ depends_on: [stack.addressOf('parent/range')] });
});

test('waits for nothing below a pool whose range a person provisioned', () => {
  const stack = synth((scope) => {
    const parent = new IpamPool(scope, 'parent', minimal);
    new IpamPool(scope, 'pool', { ...minimal, parent, range: { cidr: '10.0.0.0/10' } });
  });

  expect(stack.at('pool/range')).not.toHaveProperty('depends_on');
});

test.each([[{ default: 20, min: 22, max: 24 }], [{ default: 26, min: 22, max: 24 }]])(
  'fails when the default of %j is not between the others',
  (netmask) => {
    expect(() => pool({ netmask })).toThrow(
      `test/pool: \`netmask\` must have a default between min and max, got: ${JSON.stringify(netmask)}`,
    );
  },
);

test('fails when a pool of Amazon has no region', () => {
  expect(() => pool({ source: 'amazon' })).toThrow(
    'test/pool: `region` must be set where the addresses are of Amazon, got: undefined',
  );
});

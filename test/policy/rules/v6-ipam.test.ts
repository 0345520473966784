import { judge } from '../../../policy/check';
import { Resource, ResourceGraph } from '../../../policy/resource-graph';
import type { Rule } from '../../../policy/rule';
import { rule as ipam001 } from '../../../policy/rules/v6-ipam-001';
import { rule as ipam002 } from '../../../policy/rules/v6-ipam-002';
import { rule as ipam003 } from '../../../policy/rules/v6-ipam-003';
import { rule as ipam005 } from '../../../policy/rules/v6-ipam-005';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

function saysOf(rule: Rule, resource: PlainResources, data: PlainResources = {}): string[] {
  const { findings, crashes } = judge(readStackJson({ resource, data }), [rule]);
  expect(crashes).toEqual([]);
  return findings.map(({ result, resource: { address }, message }) => `${result} ${address}: ${message}`);
}

describe('V6-IPAM-001', () => {
  const stack = (vpc: Record<string, unknown>, others: PlainResources = {}): PlainResources => ({
    aws_vpc_ipam_pool: { agency: { address_family: 'ipv6' } },
    aws_vpc_ipam_pool_cidr: { agency: { ipam_pool_id: '${aws_vpc_ipam_pool.agency.id}' } },
    aws_vpc: { main: { ipv6_ipam_pool_id: '${aws_vpc_ipam_pool.agency.id}', ...vpc } },
    ...others,
  });

  test.each<[string, PlainResources]>([
    ['depends on the range', stack({ depends_on: ['aws_vpc_ipam_pool_cidr.agency'] })],
    [
      'names the pool by way of the range',
      stack({ ipv6_ipam_pool_id: '${aws_vpc_ipam_pool_cidr.agency.ipam_pool_id}' }),
    ],
    [
      'depends on what depends on the range',
      stack({ depends_on: ['time_sleep.a'] }, { time_sleep: { a: { depends_on: ['aws_vpc_ipam_pool_cidr.agency'] } } }),
    ],
    [
      'refers to what depends on the range',
      stack(
        { tags: { Ready: '${time_sleep.a.id}' } },
        { time_sleep: { a: { triggers: { range: '${aws_vpc_ipam_pool_cidr.agency.cidr}' } } } },
      ),
    ],
    ['draws from a pool elsewhere', stack({ ipv6_ipam_pool_id: 'ipam-pool-0123456789abcdef0' })],
    ['exists', stack({ id: 'vpc-0123456789abcdef0' })],
  ])('is content with a VPC that %s', (_, resource) => {
    expect(saysOf(ipam001, resource)).toEqual([]);
  });

  test('fails an association that does not wait', () => {
    const resource = stack(
      { ipv6_ipam_pool_id: undefined },
      { aws_vpc_ipv6_cidr_block_association: { x: { ipv6_ipam_pool_id: '${aws_vpc_ipam_pool.agency.id}' } } },
    );

    expect(saysOf(ipam001, resource)).toEqual([
      'fail aws_vpc_ipv6_cidr_block_association.x: it takes its block from aws_vpc_ipam_pool.agency, but does not wait for aws_vpc_ipam_pool_cidr.agency',
    ]);
  });

  const below = (range: Record<string, unknown>, above: PlainResources[string] = {}): PlainResources => ({
    aws_vpc_ipam_pool: { top: {}, agency: { source_ipam_pool_id: '${aws_vpc_ipam_pool.top.id}' } },
    aws_vpc_ipam_pool_cidr: {
      agency: { ipam_pool_id: '${aws_vpc_ipam_pool.agency.id}', cidr: '2001:db8::/44', ...range },
      ...above,
    },
  });
  const top = { top: { ipam_pool_id: '${aws_vpc_ipam_pool.top.id}', cidr: '2001:db8::/32' } };

  test('fails a range that does not wait for the one that it is a part of', () => {
    expect(saysOf(ipam001, below({}, top))).toEqual([
      'fail aws_vpc_ipam_pool_cidr.agency: it is a part of aws_vpc_ipam_pool.top, but does not wait for aws_vpc_ipam_pool_cidr.top',
    ]);
  });

  test.each<[string, PlainResources]>([
    ['that waits for the one above', below({ depends_on: ['aws_vpc_ipam_pool_cidr.top'] }, top)],
    ['below one that a person provisioned', below({})],
    ['that exists', below({ id: '2001:db8::/44_ipam-pool-1' }, top)],
    ['at the top', { aws_vpc_ipam_pool: { top: {} }, aws_vpc_ipam_pool_cidr: top }],
  ])('is content with a range %s', (_, resource) => {
    expect(saysOf(ipam001, resource)).toEqual([]);
  });

  test.each([
    ['all instances of the range', 'aws_vpc_ipam_pool_cidr.agency', 0],
    ['the module of the range', 'module.ipam', 0],
    ['another module', 'module.ipam2', 1],
    ['another range', 'aws_vpc_ipam_pool_cidr.agency2', 1],
    ['a range that begins alike', 'aws_vpc_ipam_pool_cidr.agenc', 1],
  ])('depending on %s', (_, dependency, expected) => {
    const [module, name] = dependency.startsWith('module') ? ['module.ipam', 'module.ipam.'] : ['', ''];
    const resource = (type: string, key: string, attributes: object, more: object = {}) =>
      new Resource({ address: `${type}.${key}`, type, attributes: { ...attributes }, ...more });
    const graph = new ResourceGraph([
      resource('aws_vpc_ipam_pool', 'agency', { id: 'ipam-pool-1' }),
      new Resource({
        address: `${name}aws_vpc_ipam_pool_cidr.agency[0]`,
        type: 'aws_vpc_ipam_pool_cidr',
        module,
        attributes: { ipam_pool_id: 'ipam-pool-1' },
      }),
      resource('aws_vpc', 'main', { ipv6_ipam_pool_id: 'ipam-pool-1' }, { dependsOn: [dependency] }),
    ]);

    expect(judge(graph, [ipam001]).findings).toHaveLength(expected);
  });
});

describe('V6-IPAM-002', () => {
  const pool = (attributes: Record<string, unknown>): PlainResources => ({
    aws_vpc_ipam: {
      main: { private_default_scope_id: 'ipam-scope-private', public_default_scope_id: 'ipam-scope-public' },
    },
    aws_vpc_ipam_scope: { agency: { ipam_id: '${aws_vpc_ipam.main.id}' } },
    aws_vpc_ipam_pool: { agency: { address_family: 'ipv6', ...attributes } },
  });

  test.each<[Record<string, unknown>]>([
    [{ public_ip_source: 'byoip' }],
    [{ ipam_scope_id: '${aws_vpc_ipam.main.public_default_scope_id}' }],
    [{ ipam_scope_id: 'ipam-scope-public' }],
  ])('fails %j', (attributes) => {
    expect(saysOf(ipam002, pool(attributes))).toEqual([
      'fail aws_vpc_ipam_pool.agency: publicly_advertisable is not set',
    ]);
  });

  test.each<[Record<string, unknown>]>([
    [{ public_ip_source: 'byoip', publicly_advertisable: false }],
    [{ public_ip_source: 'amazon' }],
    [{ ipam_scope_id: '${aws_vpc_ipam.main.private_default_scope_id}' }],
    [{ ipam_scope_id: 'ipam-scope-private' }],
    [{ ipam_scope_id: '${aws_vpc_ipam_scope.agency.id}' }],
    [{ address_family: 'ipv4', public_ip_source: 'byoip' }],
  ])('is content with %j', (attributes) => {
    expect(saysOf(ipam002, pool(attributes))).toEqual([]);
  });

  test.each<[Record<string, unknown>]>([
    [{ public_ip_source: '${var.source}' }],
    [{ address_family: '${var.family}', public_ip_source: 'byoip' }],
    [{ ipam_scope_id: 'ipam-scope-0123456789abcdef0' }],
  ])('does not know of %j', (attributes) => {
    expect(saysOf(ipam002, pool(attributes))).toEqual([expect.stringMatching(/^unknown aws_vpc_ipam_pool\.agency: /)]);
  });
});

describe('V6-IPAM-003', () => {
  const stack = (locale: unknown, vpc: Record<string, unknown>, zone?: string): PlainResources => ({
    aws_vpc_ipam_pool: { agency: { locale } },
    aws_vpc: { main: { ipv6_ipam_pool_id: '${aws_vpc_ipam_pool.agency.id}', ...vpc } },
    aws_subnet: { a: { vpc_id: '${aws_vpc.main.id}', availability_zone: zone } },
  });

  test.each<[string, PlainResources, string]>([
    ['no locale', stack(undefined, {}), 'it has no locale, and aws_vpc.main draws from it'],
    ['no locale, as plans have it', stack('None', {}), 'it has no locale, and aws_vpc.main draws from it'],
    [
      'the locale of another region than that of the subnets',
      stack('ap-northeast-1', {}, 'ap-southeast-1a'),
      'its locale is ap-northeast-1, but aws_vpc.main is in ap-southeast-1',
    ],
    [
      'the locale of another region than that of the VPC',
      stack('ap-northeast-1', { region: 'ap-southeast-1' }),
      'its locale is ap-northeast-1, but aws_vpc.main is in ap-southeast-1',
    ],
  ])('fails %s', (_, resource, message) => {
    expect(saysOf(ipam003, resource)).toEqual([`fail aws_vpc_ipam_pool.agency: ${message}`]);
  });

  test.each<[string, PlainResources]>([
    ['the locale of the zones', stack('ap-southeast-1', {}, 'ap-southeast-1b')],
    ['that of a local zone', stack('us-west-2', {}, 'us-west-2-lax-1a')],
    ["the provider's own region", stack('${data.aws_region.current.name}', {}, 'ap-southeast-1b')],
    ['none in a pool for pools', { ...stack(undefined, { ipv6_ipam_pool_id: undefined }) }],
  ])('is content with %s', (_, resource) => {
    expect(saysOf(ipam003, resource, { aws_region: { current: {} } })).toEqual([]);
  });

  test.each<[string, unknown, string[]]>([
    [
      'fails one that is shared and has no locale',
      undefined,
      [
        'fail aws_vpc_ipam_pool.agency: it has no locale, and aws_ram_resource_association.agency shares it with accounts whose VPCs draw from it',
      ],
    ],
    ['is content with one that is shared and has a locale', 'ap-southeast-1', []],
  ])('%s', (_, locale, says) => {
    const shared: PlainResources = {
      aws_vpc_ipam_pool: { agency: { locale } },
      aws_ram_resource_association: { agency: { resource_arn: '${aws_vpc_ipam_pool.agency.arn}' } },
    };

    expect(saysOf(ipam003, shared)).toEqual(says);
  });

  test.each([
    [undefined, ['fail aws_vpc_ipam_pool.agency: it has no locale, and Amazon gives its blocks to a region']],
    ['ap-southeast-1', []],
  ])('says of a pool of Amazon with locale %s', (locale, says) => {
    expect(saysOf(ipam003, { aws_vpc_ipam_pool: { agency: { locale, public_ip_source: 'amazon' } } })).toEqual(says);
  });

  test('does not know the region of a VPC whose zones are not seen', () => {
    expect(saysOf(ipam003, stack('ap-southeast-1', {}, '${data.aws_availability_zones.all.names[0]}'))).toEqual([
      'unknown aws_vpc_ipam_pool.agency: the region of aws_vpc.main is not seen',
    ]);
  });
});

describe('V6-IPAM-005', () => {
  const stack = (vpc: Record<string, unknown>, pool: Record<string, unknown> = {}): PlainResources => ({
    aws_vpc_ipam_pool: { agency: pool },
    aws_vpc: { main: { ipv6_ipam_pool_id: '${aws_vpc_ipam_pool.agency.id}', ...vpc } },
  });

  test.each<[string, PlainResources]>([
    ['a length', stack({ ipv6_netmask_length: 56 })],
    ['a block', stack({ ipv6_cidr_block: '2001:db8::/56' })],
    ["the pool's default", stack({}, { allocation_default_netmask_length: '56' })],
    ['what exists', stack({ id: 'vpc-0123456789abcdef0', ipv6_netmask_length: 0 })],
    ["Amazon's block", { aws_vpc: { main: { assign_generated_ipv6_cidr_block: true } } }],
  ])('is content with %s', (_, resource) => {
    expect(saysOf(ipam005, resource)).toEqual([]);
  });

  test('does not know the default of a pool elsewhere', () => {
    expect(saysOf(ipam005, stack({ ipv6_ipam_pool_id: 'ipam-pool-0123456789abcdef0' }))).toEqual([
      'unknown aws_vpc.main: ipv6_netmask_length is not set, and whether the pool has a default is not seen',
    ]);
  });
});

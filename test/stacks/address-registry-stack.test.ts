import { parse } from 'yaml';
import { registryJsonSchema } from '../../config/json-schema';
import type { Path } from '../../config/finding';
import { registryFileSchema } from '../../config/registry-schema';
import { judge } from '../../policy/check';
import { readStackJson } from '../../policy/sources/stack-json';
import { registryPathOf } from '../../stacks/config-path';
import { stackJson } from '../../stacks/synthesize';
import type { StackJson } from '../helpers/agency';
import { edit } from '../helpers/config-folder';
import { AMAZON_REGISTRY, REGISTRY } from '../helpers/registry';
import { resourcesOf } from '../helpers/synth';

const stack = (text: string) => stackJson({ registry: registryFileSchema.parse(parse(text)) }) as StackJson;

const FILES: readonly (readonly [string, string])[] = [
  ['a range of its own', REGISTRY],
  ['a range that waits', edit(REGISTRY, ['provisioned: true', 'provisioned: false'])],
  [
    'blocks of Amazon',
    edit(AMAZON_REGISTRY, [
      '{ size: 54 }',
      '{ size: 54 }\n    region: ap-northeast-1\n    shareWith: ["111122223333"]',
    ]),
  ],
];

test('pins the account and the region, and tags what it makes', () => {
  expect(stack(REGISTRY).provider.aws).toEqual([
    {
      region: 'ap-southeast-1',
      allowed_account_ids: ['999900001111'],
      default_tags: [{ tags: { 'managed-by': 'portal6' } }],
    },
  ]);
});

test('keeps its state on the machine or in a bucket, as the file says', () => {
  const remote = edit(REGISTRY, ['ipv4: 10.0.0.0/8', 'state: { bucket: registry-tfstate }\nipv4: 10.0.0.0/8']);

  expect(stack(REGISTRY).terraform.backend).toEqual({ local: {} });
  expect(stack(remote).terraform.backend).toEqual({
    s3: {
      bucket: 'registry-tfstate',
      key: 'address-registry/terraform.tfstate',
      region: 'ap-southeast-1',
      encrypt: true,
      use_lockfile: true,
    },
  });
});

test('works with the provider that the file asks for', () => {
  const newer = edit(REGISTRY, ['ipv4: 10.0.0.0/8', 'provider: { minimum: "6.25" }\nipv4: 10.0.0.0/8']);

  expect(stack(REGISTRY).terraform.required_providers).toMatchObject({ aws: { version: '>= 5.100.0, < 7.0.0' } });
  expect(stack(newer).terraform.required_providers).toMatchObject({ aws: { version: '>= 6.25.0, < 7.0.0' } });
});

test('gives out the ids that are written back into the file', () => {
  const { output } = stack(REGISTRY);
  const id = expect.stringMatching(/^\$\{aws_vpc_ipam_pool\.registry_.*\.id\}$/) as string;

  expect(output.pools!.value).toEqual({ provinces: { ipv4: id, ipv6: id }, ministries: { ipv6: id } });
  expect(output.ipam!.value).toEqual({
    id: expect.stringMatching(/^\$\{aws_vpc_ipam\.registry_.*\.id\}$/) as string,
    top_pools: { ipv4: id, ipv6: id },
  });
});

test('is the same whatever order the pools stand in', () => {
  const [head, pools] = REGISTRY.split('pools:\n') as [string, string];
  const [provinces, ministries] = pools.split(/^(?= {2}ministries)/m) as [string, string];

  expect(JSON.stringify(stack(`${head}pools:\n${ministries}${provinces}`))).toBe(JSON.stringify(stack(REGISTRY)));
});

test('adding a pool changes nothing that is there', () => {
  const more = edit(REGISTRY, ['  ministries:', '  communes:\n    ipv4: { cidr: 10.64.0.0/10 }\n  ministries:']);
  const before = resourcesOf(stack(REGISTRY));
  const after = resourcesOf(stack(more));

  expect(before.length).toBeGreaterThan(10);
  expect(after).toEqual(expect.arrayContaining(before));
});

test.each(FILES)('of %s passes the rules with nothing to say', (_, text) => {
  expect(judge(readStackJson(stack(text)))).toEqual({ findings: [], crashes: [] });
});

describe.each(FILES)('every construct of %s', (_, text) => {
  const paths = resourcesOf(stack(text)).map(({ path }) => registryPathOf(path));

  test('comes from a key that the schema has', () => {
    expect(paths.filter((path) => path.length === 0 || !hasKeys(path))).toEqual([]);
  });
});

test.each([
  ['registry/Resource', 'region'],
  ['registry/ipv4/Resource', 'ipv4'],
  ['registry/ipv6/ap-southeast-1/range', 'ipv6'],
  ['registry/pools/provinces/ipv4/Resource', 'pools.provinces.ipv4'],
  ['registry/pools/provinces/ipv4/range', 'pools.provinces.ipv4.cidr'],
  ['registry/pools/provinces/ipv6/range', 'pools.provinces.ipv6'],
  ['registry/pools/ipv4/share/with-111122223333', 'pools.ipv4.shareWith'],
  ['registry', ''],
  ['something/else', ''],
])('%s comes from %s', (construct, keys) => {
  expect(registryPathOf(construct).join('.')).toBe(keys);
});

const SCHEMA = registryJsonSchema();

type Schema = ReturnType<typeof registryJsonSchema>;

/** Whether some form of the schema has keys at a path. */
function hasKeys(path: Path, schema: Schema = SCHEMA): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return true;
  const forms = (schema.anyOf ?? [schema]) as Schema[];
  return forms.some(({ properties, additionalProperties }) => {
    const child = properties ? properties[key] : additionalProperties;
    return typeof child === 'object' && hasKeys(rest, child as Schema);
  });
}

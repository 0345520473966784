import { loadAgency, loadFleet } from '../../config/load';
import { configFolder, edit, EXISTING, HUE, printed } from '../helpers/config-folder';
import { AMAZON_REGISTRY, REGISTRY } from '../helpers/registry';

const ID = 'ipam-pool-0123456789abcdef0';

/** Hue, drawing from a pool. */
const drawing = (pool = 'provinces', ...replacements: readonly (readonly [string, string])[]) =>
  edit(HUE, ['      zones: 3\n', `      zones: 3\n      ipv6: { pool: ${pool} }\n`], ...replacements);

/** Another agency, elsewhere. */
const other = (id: string, ipv4: string, text: string) =>
  edit(
    text,
    ['id: hue', `id: ${id}`],
    ['ipv4: 10.46.0.0/20', `ipv4: ${ipv4}`],
    ['domain: hue.gov.vn', `domain: ${id}.gov.vn`],
    ['aliases: [www.hue.gov.vn]', 'aliases: []'],
    ['name: hue.gov.vn', `name: ${id}.gov.vn`],
    ['Z0123456789ABCDEFGHIJ', `Z0123456789${id.toUpperCase().replaceAll('-', '')}`],
  );

function load(files: Readonly<Record<string, string>>, id?: string) {
  const folder = configFolder(files);
  const { agencies, problems, ...rest } = id === undefined ? loadFleet(folder) : loadAgency(folder, id);
  return { folder, agencies, lines: printed(folder, problems), ...rest };
}

const linesOf = (hue: string, registry = REGISTRY) =>
  load({ 'registry.yaml': registry, 'agencies/hue.yaml': hue }).lines;

const POOL = 'agencies/hue.yaml:16:15: environments.production.network.ipv6.pool:';

test.each([
  ['the fleet', undefined],
  ['one agency', 'hue'],
])('a name becomes the id of AWS, loading %s', (_, id) => {
  const { agencies, lines } = load({ 'registry.yaml': REGISTRY, 'agencies/hue.yaml': drawing() }, id);

  expect(lines).toEqual([]);
  expect(agencies[0]!.config.environments.production!.network).toMatchObject({ ipv6: { pool: ID, netmask: 56 } });
});

test('an id is taken as it is, with and without a registry', () => {
  for (const registry of [{}, { 'registry.yaml': REGISTRY }] as Record<string, string>[]) {
    const { agencies, lines } = load({ ...registry, 'agencies/hue.yaml': drawing('ipam-pool-0aaaaaaaaaaaaaaaa') });

    expect(lines).toEqual([]);
    expect(agencies[0]!.config.environments.production!.network).toMatchObject({
      ipv6: { pool: 'ipam-pool-0aaaaaaaaaaaaaaaa' },
    });
  }
});

test('what draws no IPv6 from a pool has nothing to do with the registry', () => {
  for (const text of [HUE, EXISTING]) {
    expect(load({ 'registry.yaml': 'nonsense: true\n', 'agencies/hue.yaml': text }, 'hue').lines).toEqual([]);
  }
});

test.each([
  ['ipam-pool-xyz', 'write the name of a pool of config/registry.yaml, or an id such as ipam-pool-0123456789abcdef0'],
  ['Provinces', 'write the name of a pool of config/registry.yaml, or an id such as ipam-pool-0123456789abcdef0'],
  ['province', 'registry.yaml has no pool `province`; did you mean `provinces`?'],
  ['communes', 'registry.yaml has no pool `communes`; it has provinces and ministries'],
])('fails when the pool is called %s', (pool, message) => {
  expect(linesOf(drawing(pool))).toEqual([`${POOL} ${message}`]);
});

test('fails when there is no registry to know a name', () => {
  const { lines, agencies } = load({ 'agencies/hue.yaml': drawing() });

  expect(agencies).toEqual([]);
  expect(lines).toEqual([
    `${POOL} \`provinces\` would be a pool of config/registry.yaml, and there is no such file; write an id, such as ipam-pool-0123456789abcdef0`,
  ]);
});

test('says what to do when the pool has no id yet', () => {
  const registry = edit(REGISTRY, [`      id: ${ID}\n`, '']);

  expect(linesOf(drawing(), registry)).toEqual([
    `${POOL} pool \`provinces\` has no id yet: deploy the stack address-registry, then write the id from its output \`pools\` as \`id\` at registry.yaml:12`,
  ]);
});

test.each<[string, string, string]>([
  [
    'has no IPv6',
    edit(REGISTRY, [`    ipv6:\n      cidr: 2001:db8:4000::/36\n      id: ${ID}\n`, '']),
    'pool `provinces` has no IPv6 (registry.yaml:10)',
  ],
  [
    'is for others',
    edit(REGISTRY, ["    shareWith: ['111", "    agencies: [langson]\n    shareWith: ['111"]),
    'pool `provinces` is for langson alone (registry.yaml:15)',
  ],
  [
    'is not shared with the account',
    edit(REGISTRY, ["['111122223333', '444455556666']", "['444455556666']"]),
    'pool `provinces` is not shared with account 111122223333; add it to `shareWith` at registry.yaml:10',
  ],
  [
    'asks for tags that no stack has',
    edit(REGISTRY, [
      "    shareWith: ['111",
      "    tags: { managed-by: portal6, agency: langson, owner: x }\n    shareWith: ['111",
    ]),
    'pool `provinces` asks for tags that the VPC will not have: agency: langson and owner: x (registry.yaml:15)',
  ],
  [
    'is for another region',
    edit(
      REGISTRY,
      ['ipv4: 10.0.0.0/8', 'operatingRegions: [ap-southeast-1, us-east-1]\nipv4: 10.0.0.0/8'],
      ['  provinces:\n', '  provinces:\n    region: us-east-1\n'],
    ),
    'pool `provinces` is for VPCs in us-east-1, and this one is in ap-southeast-1',
  ],
])('fails when the pool %s', (_, registry, message) => {
  expect(linesOf(drawing(), registry).filter((line) => !line.includes('notice'))).toEqual([`${POOL} ${message}`]);
});

test('the same holds for a pool that is named by its id', () => {
  const registry = edit(REGISTRY, ["['111122223333', '444455556666']", "['444455556666']"]);

  expect(linesOf(drawing(ID), registry)).toEqual([
    `${POOL} pool \`provinces\` is not shared with account 111122223333; add it to \`shareWith\` at registry.yaml:10`,
  ]);
});

test.each([
  [
    'shared with an organization, whose accounts are not known here',
    '    shareWith: [arn:aws:organizations::999900001111:organization/o-exampleorgid]\n',
  ],
  [
    'asking for tags that every stack has',
    "    tags: { managed-by: portal6, Name: hue-production, security-level: '3' }\n    shareWith: ['111122223333']\n",
  ],
  ['for this agency', "    agencies: [hue]\n    shareWith: ['111122223333']\n"],
])('is content with a pool %s', (_, keys) => {
  const registry = edit(REGISTRY, ["    shareWith: ['111122223333', '444455556666']\n", keys]);

  expect(linesOf(drawing(), registry)).toEqual([]);
});

test("the registry's own account needs no share", () => {
  const text = drawing('provinces', ['"111122223333"', '"999900001111"']);

  expect(linesOf(text, AMAZON_REGISTRY)).toEqual([]);
});

test.each([
  ['netmask: 56', 52, 'blocks of /56 alone, not /52'],
  ['netmask: { min: 48, max: 52, default: 52 }', 44, 'blocks from /48 to /52, not /44'],
  ['netmask: { min: 44, max: 48, default: 48 }', 56, 'blocks from /44 to /48, not /56'],
])('fails when a pool with %s is asked for a /%i', (rule, netmask, message) => {
  const registry = edit(REGISTRY, [`      id: ${ID}`, `      id: ${ID}\n      ${rule}`]);
  const text = edit(HUE, [
    '      zones: 3\n',
    `      zones: 3\n      ipv6: { pool: provinces, netmask: ${netmask} }\n`,
  ]);

  expect(linesOf(text, registry)).toEqual([
    `agencies/hue.yaml:16:32: environments.production.network.ipv6.netmask: pool \`provinces\` gives out ${message}`,
  ]);
});

describe('the IPv4 block', () => {
  test.each([
    [
      '10.200.0.0/20',
      '10.200.0.0/20 is not in the range of pool `provinces`, 10.0.0.0/10 (registry.yaml:11); 10.0.0.0/20 is free there',
    ],
    ['10.0.0.0/16', 'pool `provinces` gives out blocks of /20 alone, not /16'],
  ])('fails when it is %s', (ipv4, message) => {
    expect(linesOf(drawing('provinces', ['ipv4: 10.46.0.0/20', `ipv4: ${ipv4}`]))).toEqual([
      `agencies/hue.yaml:14:7: environments.production.network.ipv4: ${message}`,
    ]);
  });

  test('is offered another that no agency has, where all are read', () => {
    const files = {
      'registry.yaml': REGISTRY,
      'agencies/hue.yaml': drawing('provinces', ['ipv4: 10.46.0.0/20', 'ipv4: 10.200.0.0/20']),
      'agencies/danang.yaml': other('danang', '10.0.0.0/20', HUE),
    };

    expect(load(files).lines[0]).toMatch(/; 10\.0\.16\.0\/20 is free there$/);
    expect(load(files, 'hue').lines).toEqual([
      'agencies/hue.yaml:14:7: environments.production.network.ipv4: 10.200.0.0/20 is not in the range of pool `provinces`, 10.0.0.0/10 (registry.yaml:11)',
    ]);
  });

  test('may lie anywhere where the pool has no IPv4', () => {
    const text = drawing('ministries', ['ipv4: 10.46.0.0/20', 'ipv4: 192.168.0.0/20']);
    const registry = edit(REGISTRY, [
      "{ cidr: '2001:db8:8000::/36' }",
      "{ cidr: '2001:db8:8000::/36', id: ipam-pool-0aaaaaaaaaaaaaaaa }",
    ]);

    expect(linesOf(text, registry)).toEqual([]);
  });
});

describe('a registry with mistakes', () => {
  test('that breaks the schema keeps those out who name its pools, and says so once', () => {
    const files = {
      'registry.yaml': edit(REGISTRY, ['region: ap-southeast-1', 'region: nowhere']),
      'agencies/hue.yaml': drawing(),
      'agencies/danang.yaml': other('danang', '10.0.0.0/20', HUE),
    };
    const line = expect.stringMatching(/^registry\.yaml:2:1: region: /) as string;

    expect(load(files).lines).toEqual([line]);
    expect(load(files).agencies.map(({ id }) => id)).toEqual(['danang']);
    expect(load(files, 'hue')).toMatchObject({ lines: [line], agencies: [] });
    expect(load(files, 'danang')).toMatchObject({ lines: [], agencies: [{ id: 'danang' }] });
  });

  test('of another kind does not keep them out', () => {
    const registry = edit(REGISTRY, ["cidr: '2001:db8:8000::/36'", "cidr: '2001:db9::/36'"]);
    const { agencies, registry: loaded } = load({ 'registry.yaml': registry, 'agencies/hue.yaml': drawing() });

    expect(agencies).toHaveLength(1);
    expect(loaded?.valid).toBe(false);
  });
});

describe('the room in a pool', () => {
  const registry = (pool: string) => edit(AMAZON_REGISTRY, ['    ipv6: { size: 54 }\n', pool]);
  const three = {
    'agencies/hue.yaml': drawing('ministries'),
    'agencies/danang.yaml': other('danang', '10.0.0.0/20', drawing('ministries')),
    'agencies/langson.yaml': other('langson', '10.0.16.0/20', drawing('ministries')),
  };
  const roomLines = (pool: string) =>
    load({ ...three, 'registry.yaml': registry(pool) }).lines.filter((line) => line.startsWith('registry'));

  test.each([
    ['    ipv6: { size: 54 }\n', []],
    [
      '    ipv6: { size: 55 }\n',
      ['registry.yaml:9:5: pools.ministries.ipv6: is too small for the blocks that agencies draw from it'],
    ],
    [
      '    ipv6: { size: 54 }\n    agencies: [hue, danang, langson, bkhcn, botc]\n',
      [
        'registry.yaml:9:5: pools.ministries.ipv6: has room for 1 more block of /56, and 2 of its agencies have none yet',
        'registry.yaml:10:38: pools.ministries.agencies[3]: notice: no agency `bkhcn` has a file yet',
        'registry.yaml:10:45: pools.ministries.agencies[4]: notice: no agency `botc` has a file yet',
      ],
    ],
    [
      '    ipv6: { size: 54 }\n    agencies: [hue, danang, langson, lang-son]\n',
      [
        'registry.yaml:10:38: pools.ministries.agencies[3]: notice: no agency `lang-son` has a file yet; did you mean `langson`?',
      ],
    ],
    [
      '    ipv6: { size: 54 }\n    agencies: [hue, danang, langson, hue]\n',
      ['registry.yaml:10:38: pools.ministries.agencies[3]: hue is named above'],
    ],
  ])('is held against those who draw and those it is for: %j', (pool, lines) => {
    expect(roomLines(pool)).toEqual(lines);
  });

  test('counts who names the pool by its id', () => {
    const text = registry('    ipv6: { size: 56, id: ipam-pool-0aaaaaaaaaaaaaaaa }\n');
    const byId = Object.fromEntries(
      Object.entries(three).map(([file, hue]) => [file, hue.replace('ministries', 'ipam-pool-0aaaaaaaaaaaaaaaa')]),
    );

    expect(load({ ...byId, 'registry.yaml': text }).lines).toContain(
      'registry.yaml:9:5: pools.ministries.ipv6: is too small for the blocks that agencies draw from it',
    );
  });

  test('of IPv4 as well, counting every block that lies in it', () => {
    const text = edit(
      AMAZON_REGISTRY,
      ['ipv6: amazon', 'ipv4: 10.0.0.0/8\nipv6: amazon'],
      ['    ipv6: { size: 54 }\n', '    ipv4: { cidr: 10.0.0.0/18 }\n    agencies: [bkhcn, botc, bonv]\n'],
    );
    const lines = load({ ...three, 'registry.yaml': text }).lines.filter(
      (line) => line.startsWith('registry') && line.includes('.ipv4:'),
    );

    expect(lines).toEqual([
      'registry.yaml:10:5: pools.ministries.ipv4: has room for 2 more blocks of /20, and 3 of its agencies have none yet',
    ]);
  });

  test('is not looked at where one agency alone is read', () => {
    const files = { 'registry.yaml': registry('    ipv6: { size: 56, id: ipam-pool-0aaaaaaaaaaaaaaaa }\n'), ...three };

    expect(load(files, 'hue').lines.filter((line) => line.startsWith('registry'))).toEqual([]);
  });
});

test('the registry may be there before the first agency', () => {
  const { agencies, registry, lines } = load({ 'registry.yaml': REGISTRY });

  expect([agencies, lines, registry?.valid]).toEqual([[], [], true]);
});

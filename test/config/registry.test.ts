import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readRegistry, type ReadRegistry } from '../../config/registry';
import { configFolder, edit, printed } from '../helpers/config-folder';
import { AMAZON_REGISTRY, REGISTRY } from '../helpers/registry';

type Replacements = readonly (readonly [from: string, to: string])[];

function read(text: string): { readonly lines: string[]; readonly read: ReadRegistry } {
  const folder = configFolder({ 'registry.yaml': text });
  const result = readRegistry(folder)!;
  return { lines: printed(folder, result.problems), read: result };
}

const linesOf = (...replacements: Replacements) => read(edit(REGISTRY, ...replacements)).lines;
const amazonLinesOf = (...replacements: Replacements) => read(edit(AMAZON_REGISTRY, ...replacements)).lines;

test('a fleet can do without the file', () => {
  expect(readRegistry(configFolder({}))).toBeUndefined();
});

test.each([
  ['a range of its own', REGISTRY],
  ['blocks of Amazon', AMAZON_REGISTRY],
  ['the example', readFileSync(join(__dirname, '../../config/reference/registry.yaml'), 'utf8')],
])('a right file has nothing wrong with it: %s', (_, text) => {
  const { lines, read: result } = read(text);

  expect(lines).toEqual([]);
  expect(result.registry?.config.account).toBe('999900001111');
});

test('fills in what the file leaves out', () => {
  const { config } = read(edit(AMAZON_REGISTRY, ['{ size: 54 }', '{ size: 54, netmask: { default: 52, max: 56 } }']))
    .read.registry!;

  expect(config).toMatchObject({ tier: 'advanced', provider: { minimum: '5.100' }, ipv6: { amazon: { netmask: 52 } } });
  expect(config.pools.provinces).toEqual({
    ipv6: { size: 53, id: 'ipam-pool-0123456789abcdef0', netmask: { default: 56, min: 56, max: 56 } },
    tags: {},
    outsideOrganization: false,
  });
  expect(config.pools.ministries!.ipv6!.netmask).toEqual({ default: 52, min: 52, max: 56 });
});

test('finds keys where they stand', () => {
  const { registry } = read(REGISTRY).read;

  expect(registry!.locate(['pools', 'provinces', 'ipv6', 'id'])).toMatchObject({ line: 14, column: 7 });
});

describe('the file', () => {
  test('that is empty is told so', () => {
    expect(read('# nothing yet\n').lines).toEqual([
      'registry.yaml: is empty; write the pools of the address registry, or take the file away',
    ]);
  });

  test('that is no YAML is told where', () => {
    expect(read('pools: [').lines[0]).toMatch(/^registry\.yaml:1:\d+: /);
    expect(read('- provinces').lines).toEqual([
      'registry.yaml:1:1: is a list, not keys and values; begin with `account:`, `region:` and `pools:`',
    ]);
  });

  test('that is a folder or a dangling link is told so', () => {
    const folder = configFolder({});
    mkdirSync(join(folder, 'registry.yaml'));
    const other = configFolder({});
    symlinkSync('nowhere', join(other, 'registry.yaml'));

    expect(printed(folder, readRegistry(folder)!.problems)).toEqual(['registry.yaml: is a folder, not a file']);
    expect(printed(other, readRegistry(other)!.problems)).toEqual([
      'registry.yaml: is a link to nowhere, which does not exist',
    ]);
  });
});

test.each<[string, Replacements, string[]]>([
  [
    'an account without quotes',
    [["'999900001111'", '999900001111']],
    ['1:1: account: write the 12 digits of the AWS account in quotes, such as "111122223333"'],
  ],
  ['an unknown key', [['ipv4: 10.0.0.0/8', 'ipv: 10.0.0.0/8']], ['3:1: ipv: unknown key; did you mean `ipv4`?']],
  [
    'public addresses as private ones',
    [['ipv4: 10.0.0.0/8', 'ipv4: 8.0.0.0/8']],
    ['3:1: ipv4: use private addresses (RFC 1918): 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16'],
  ],
  [
    'private IPv6 addresses',
    [['    cidr: 2001:db8::/32', '    cidr: fd00::/32']],
    ['6:5: ipv6.byoip.cidr: write a range of the public IPv6 Internet, 2000::/3'],
  ],
  [
    'a range that nobody says is announced',
    [['    advertise: true\n', '']],
    [
      '5:3: ipv6.byoip.advertise: is missing; say whether AWS announces the range on the Internet: true or false; it cannot be changed',
    ],
  ],
  [
    'a source that is none',
    [['ipv6:\n  byoip:\n    cidr: 2001:db8::/32\n    advertise: true\n    provisioned: true\n', 'ipv6: amazn\n']],
    [
      '4:1: ipv6: write amazon, { amazon: { netmask: 48 } } or { byoip: { cidr: 2001:db8::/32, advertise: true } }; did you mean `amazon`?',
    ],
  ],
  [
    'a pool that is called as an id',
    [['  ministries:', '  ipam-pool-1:']],
    ['16:3: pools.ipam-pool-1: use another name: ids of AWS begin with ipam-pool-'],
  ],
  [
    'a pool of IPv6 without a range',
    [["{ cidr: '2001:db8:8000::/36' }", '{}']],
    [
      '17:5: pools.ministries.ipv6: write { cidr: 2001:db8:100::/44 } for a range of your own, or { size: 54 } for a part of an Amazon block',
    ],
  ],
  [
    'a block of a size that no agency can use',
    [["{ cidr: '2001:db8:8000::/36' }", "{ cidr: '2001:db8:8000::/36', netmask: 60 }"]],
    [
      '17:41: pools.ministries.ipv6.netmask: write the size of the blocks, 44, 48, 52, 56, or { default: 56, min: ..., max: ... }',
    ],
  ],
  [
    'an IPv4 block that no VPC can have',
    [['{ cidr: 10.0.0.0/10 }', '{ cidr: 10.0.0.0/10, netmask: { default: 20, max: 30 } }']],
    ['11:56: pools.provinces.ipv4.netmask.max: a VPC has a block from /16 to /28'],
  ],
  [
    'somebody who is no account',
    [["'111122223333', ", 'hue, ']],
    [
      '15:17: pools.provinces.shareWith[0]: write the 12 digits of an account in quotes, or the ARN of an organization or organizational unit',
    ],
  ],
  [
    'a tag of AWS, and one that nobody can have',
    [['  ministries:\n', '  ministries:\n    tags: { "aws:x": y, a: "${b}" }\n']],
    [
      '17:13: pools.ministries.tags."aws:x": use letters, digits, spaces and _.:/=+-@ alone, and not aws: at the beginning',
      '17:25: pools.ministries.tags.a: use letters, digits, spaces and _.:/=+-@ alone',
    ],
  ],
])('refuses %s', (_, replacements, lines) => {
  expect(linesOf(...replacements)).toEqual(lines.map((line) => `registry.yaml:${line}`));
});

test.each<[string, Replacements, string[]]>([
  [
    'operating regions without the home region',
    [['ipv4: 10.0.0.0/8', 'operatingRegions: [us-east-1]\nipv4: 10.0.0.0/8']],
    [
      '3:1: operatingRegions: must name the home region, ap-southeast-1, as well',
      '11:3: pools.provinces.region: ap-southeast-1 is not among the operating regions, us-east-1; add it to `operatingRegions`',
      '17:3: pools.ministries.region: ap-southeast-1 is not among the operating regions, us-east-1; add it to `operatingRegions`',
    ],
  ],
  [
    'a region twice',
    [['ipv4: 10.0.0.0/8', 'operatingRegions: [ap-southeast-1, ap-southeast-1]\nipv4: 10.0.0.0/8']],
    ['3:36: operatingRegions[1]: ap-southeast-1 is named above'],
  ],
  [
    'a pool in a region that is none of the operating ones',
    [['  ministries:\n', '  ministries:\n    region: us-east-1\n']],
    [
      '17:5: pools.ministries.region: us-east-1 is not among the operating regions, ap-southeast-1; add it to `operatingRegions`',
    ],
  ],
  [
    'IPv4, several regions and shares in the free tier',
    [['ipv4: 10.0.0.0/8', 'tier: free\noperatingRegions: [ap-southeast-1, us-east-1]\nipv4: 10.0.0.0/8']],
    [
      '4:1: operatingRegions: more than the home region needs `tier: advanced`',
      '5:1: ipv4: a private IPv4 pool needs `tier: advanced`',
      '17:5: pools.provinces.shareWith: sharing a pool with other accounts needs `tier: advanced`',
      '20:5: pools.ministries.shareWith: sharing a pool with other accounts needs `tier: advanced`',
    ],
  ],
  [
    'ranges that AWS announces and that are too small for it',
    [
      ['    cidr: 2001:db8::/32', '    cidr: 2001:db8::/49'],
      ['cidr: 2001:db8:4000::/36', 'cidr: 2001:db8::/50'],
      ["cidr: '2001:db8:8000::/36'", "cidr: '2001:db8:0:4000::/50'"],
    ],
    [
      '6:5: ipv6.byoip.cidr: AWS takes a range that it announces up to a /48, and 2001:db8::/49 is smaller',
      '13:7: pools.provinces.ipv6.cidr: AWS takes a range that it announces up to a /48, and 2001:db8::/50 is smaller',
      '17:13: pools.ministries.ipv6.cidr: AWS takes a range that it announces up to a /48, and 2001:db8:0:4000::/50 is smaller',
    ],
  ],
  [
    'a pool without addresses',
    [["    ipv6: { cidr: '2001:db8:8000::/36' }\n", '']],
    ['16:3: pools.ministries: has no addresses; write `ipv4`, `ipv6` or both'],
  ],
  [
    'pools outside the ranges of the registry',
    [
      ['cidr: 10.0.0.0/10', 'cidr: 172.16.0.0/16'],
      ['cidr: 2001:db8:4000::/36', 'cidr: 2001:db9::/36'],
    ],
    [
      "11:13: pools.provinces.ipv4.cidr: 172.16.0.0/16 is not in the registry's range, 10.0.0.0/8",
      "13:7: pools.provinces.ipv6.cidr: 2001:db9::/36 is not in the registry's range, 2001:db8::/32",
    ],
  ],
  [
    'pools below nothing',
    [
      ['ipv4: 10.0.0.0/8\nipv6:\n  byoip:\n    cidr: 2001:db8::/32\n    advertise: true\n    provisioned: true\n', ''],
      ["{ cidr: '2001:db8:8000::/36' }", '{ size: 54 }'],
    ],
    [
      '5:13: pools.provinces.ipv4.cidr: the registry has no such pool at the top to take it from; write `ipv4: 10.0.0.0/8` there',
      '7:7: pools.provinces.ipv6.cidr: the registry has no such pool at the top to take it from; write `ipv6: { byoip: { cidr: ..., advertise: true } }` there',
      '11:13: pools.ministries.ipv6.size: the registry has no IPv6 to take it from; write `ipv6: amazon` there',
    ],
  ],
  [
    'a size of a range that is known',
    [["{ cidr: '2001:db8:8000::/36' }", '{ size: 54 }']],
    ['17:13: pools.ministries.ipv6.size: say which part of your own range it is; write `cidr` instead of `size`'],
  ],
  [
    'pools that overlap',
    [
      ["cidr: '2001:db8:8000::/36'", "cidr: '2001:db8:4000::/37'"],
      ['  ministries:\n', '  ministries:\n    ipv4: { cidr: 10.32.0.0/11 }\n'],
    ],
    [
      '17:13: pools.ministries.ipv4.cidr: overlaps the range of pool `provinces`; `ministries` needs one of its own',
      '18:13: pools.ministries.ipv6.cidr: overlaps the range of pool `provinces`; `ministries` needs one of its own',
    ],
  ],
  [
    'blocks larger than their pool, a default outside, and limits the wrong way round',
    [
      ['{ cidr: 10.0.0.0/10 }', '{ cidr: 10.0.0.0/18, netmask: 16 }'],
      ['      cidr: 2001:db8:4000::/36', '      netmask: { min: 52, max: 48 }\n      cidr: 2001:db8:4000::/36'],
      ["{ cidr: '2001:db8:8000::/36' }", "{ cidr: '2001:db8:8000::/36', netmask: { min: 44, max: 52 } }"],
    ],
    [
      '11:32: pools.provinces.ipv4.netmask: a block of /16 is larger than the pool itself, a /18',
      '13:7: pools.provinces.ipv6.netmask: `min` is the size of the largest block; /52 is smaller than /48',
      '18:41: pools.ministries.ipv6.netmask: the default, /56, is not between /44 and /52',
    ],
  ],
  [
    "the registry's own account, and one twice",
    [["'111122223333', '444455556666'", "'999900001111', '444455556666', '444455556666'"]],
    [
      "15:17: pools.provinces.shareWith[0]: is the registry's own account, which has its pools",
      '15:49: pools.provinces.shareWith[2]: 444455556666 is named above',
    ],
  ],
  [
    'strangers where nobody is named',
    [
      [
        '    shareWith: [arn:aws:organizations::999900001111:organization/o-exampleorgid]\n',
        '    outsideOrganization: true\n',
      ],
    ],
    ['18:5: pools.ministries.outsideOrganization: says nothing without `shareWith`'],
  ],
  [
    'an id twice',
    [["{ cidr: '2001:db8:8000::/36' }", "{ cidr: '2001:db8:8000::/36', id: ipam-pool-0123456789abcdef0 }"]],
    ['17:41: pools.ministries.ipv6.id: is the id of pool `provinces` already'],
  ],
  [
    'an id below a range that is said to be missing',
    [['provisioned: true', 'provisioned: false']],
    [
      '8:5: ipv6.byoip.provisioned: notice: pools below 2001:db8::/32 are made once it is provisioned to the top pool: docs/registry.md has the steps',
      '14:7: pools.provinces.ipv6.id: without `ipv6.byoip.provisioned: true` the stack would delete this pool; say so, or take the id out',
    ],
  ],
])('holds the file against itself: %s', (_, replacements, lines) => {
  expect(linesOf(...replacements)).toEqual(lines.map((line) => `registry.yaml:${line}`));
});

test.each<[string, Replacements, string[]]>([
  [
    'a range of a block whose addresses AWS chooses',
    [['{ size: 54 }', "{ cidr: '2001:db8::/54' }"]],
    ['9:13: pools.ministries.ipv6.cidr: AWS chooses the addresses of an Amazon block; write `size`, such as 54'],
  ],
  [
    'a pool that is larger than the block',
    [['{ size: 54 }', '{ size: 51 }']],
    ['9:13: pools.ministries.ipv6.size: a /51 is larger than the block of Amazon, a /52'],
  ],
  [
    'pools that do not fit together',
    [['{ size: 54 }', '{ size: 52 }']],
    [
      '9:13: pools.ministries.ipv6.size: the block of Amazon in ap-southeast-1, a /52, has no room for a /52 beside the pools above',
    ],
  ],
  [
    'pools that fit, each in its region',
    [['    ipv6: { size: 54 }', '    ipv6: { size: 52 }\n    region: ap-northeast-1']],
    [],
  ],
  ['pools that fill the block', [['{ size: 54 }', '{ size: 53 }']], []],
  [
    'a block that has to be asked for',
    [['ipv6: amazon', 'ipv6: { amazon: { netmask: 44 } }']],
    [
      '4:19: ipv6.amazon.netmask: notice: AWS gives a /52 unless its support has raised the quota "Amazon-provided IPv6 CIDR block netmask length"',
    ],
  ],
])('holds blocks of Amazon against the file: %s', (_, replacements, lines) => {
  expect(amazonLinesOf(...replacements)).toEqual(lines.map((line) => `registry.yaml:${line}`));
});

test('a range that AWS does not announce may be as small as a /60', () => {
  const small: Replacements = [
    ['advertise: true', 'advertise: false'],
    ["cidr: '2001:db8:8000::/36'", "cidr: '2001:db8:8000::/56'"],
  ];

  expect(linesOf(...small)).toEqual([]);
});

test.each([
  [48, []],
  [49, ['registry.yaml:3:1: pools: notice: 51 private IPv4 pools; a scope has 50 unless the quota is raised']],
])('of %i pools and the one above them AWS has its say', (count, lines) => {
  const pools = Array.from({ length: count + 1 }, (_, n) => `  p${n}: { ipv4: { cidr: 10.${n}.0.0/16 } }\n`);
  const text = `account: '999900001111'\nregion: ap-southeast-1\npools:\n${pools.join('')}ipv4: 10.0.0.0/8\n`;

  expect(read(text).lines).toEqual(lines);
});

test('whatever sizes the pools have, they fit into the block of Amazon or one of them is told that it does not', () => {
  const sizes = fc.array(fc.integer({ min: 52, max: 56 }), { minLength: 1, maxLength: 20 });

  fc.assert(
    fc.property(sizes, (all) => {
      const pools = all.map((size, n) => `  p${n}: { ipv6: { size: ${size} } }\n`).join('');
      const { lines } = read(`account: '999900001111'\nregion: ap-southeast-1\nipv6: amazon\npools:\n${pools}`);
      const needed = all.reduce((sum, size) => sum + 2 ** (56 - size), 0);

      expect(lines.length === 0).toBe(needed <= 16);
    }),
    { numRuns: 30 },
  );
});

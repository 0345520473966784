import fc from 'fast-check';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loadAgency, loadFleet } from '../../config/load';
import { configFolder, edit, GATEWAY, HUE, printed } from '../helpers/config-folder';

const DANANG = edit(
  HUE,
  ['id: hue', 'id: danang'],
  ['10.46.0.0/20', '10.47.0.0/20'],
  ['domain: hue.gov.vn', 'domain: danang.gov.vn'],
  ['www.hue.gov.vn', 'www.danang.gov.vn'],
  ['name: hue.gov.vn', 'name: danang.gov.vn'],
);

const load = (files: Readonly<Record<string, string | Uint8Array>>) => {
  const folder = configFolder(files);
  const { agencies, problems } = loadFleet(folder);
  return { folder, agencies, lines: printed(folder, problems) };
};

describe('loadFleet', () => {
  test('gives the agencies by id, with what they leave out filled in', () => {
    const { agencies, lines } = load({ 'agencies/hue.yaml': HUE, 'agencies/danang.yml': DANANG });

    expect(lines).toEqual([]);
    expect(agencies.map(({ id }) => id)).toEqual(['danang', 'hue']);
    expect(agencies[1]!.config.environments.production).toMatchObject({
      provider: { minimum: '5.100' },
      network: { ipv4: '10.46.0.0/20', ipv6: 'amazon', zones: 3, nat: 'per-zone', appSubnets: 'dual-stack' },
      portals: { portal: { publish: { aaaa: 'staged' }, allow: ['0.0.0.0/0', '::/0'] } },
    });
  });

  test('says all problems of all files at once, by file, line and column', () => {
    const { agencies, lines } = load({
      'agencies/a.yaml': '',
      'agencies/danang.yaml': edit(
        DANANG,
        ['name: danang.gov.vn', 'name: hue.vn'],
        ['zones: 3', 'zones: 9'],
        ['kind: city', 'kynd: city'],
      ),
      'agencies/hue.yaml': edit(HUE, ['    region:', '\tregion:']),
      'agencies/z.yaml': edit(HUE, ['portal:1.4.2', 'portal']),
    });

    expect(agencies).toEqual([]);
    expect(lines).toEqual([
      'agencies/a.yaml: is empty; `portal6 init <agency>` writes a file to begin with',
      'agencies/danang.yaml:4:3: agency.kynd: unknown key; did you mean `kind`?',
      'agencies/danang.yaml:15:7: environments.production.network.zones: use at most 4 zones: the address plan has room for no more',
      'agencies/danang.yaml:18:9: environments.production.portals.portal.domain: danang.gov.vn is not in the zone hue.vn; its records could not be written there',
      'agencies/danang.yaml:19:19: environments.production.portals.portal.aliases[0]: www.danang.gov.vn is not in the zone hue.vn; its records could not be written there',
      'agencies/hue.yaml:9:1: indent with spaces, not tabs',
      'agencies/z.yaml:2:3: agency.id: the file is called `z`; write that, or rename it to hue.yaml',
      'agencies/z.yaml:23:11: environments.production.portals.portal.hosting.image: names neither tag nor digest, so nobody knows what runs; add `:<tag>` or `@sha256:<digest>`',
    ]);
  });

  test('a broken file does not keep the others from being loaded', () => {
    expect(load({ 'agencies/a.yaml': '{', 'agencies/hue.yaml': HUE }).agencies.map(({ id }) => id)).toEqual(['hue']);
  });

  test('a warning does not keep an agency out', () => {
    const { agencies, lines } = load({ 'agencies/hue.yaml': edit(HUE, ['portal:1.4.2', 'portal:latest']) });

    expect(agencies).toHaveLength(1);
    expect(lines).toHaveLength(1);
  });

  test('other files in the folder are left alone', () => {
    const { agencies, lines } = load({
      'agencies/hue.yaml': HUE,
      'agencies/README.md': '# Agencies',
      'agencies/.hue.yaml': '{',
      'agencies/hue.yaml.orig': '{',
    });

    expect(agencies).toHaveLength(1);
    expect(lines).toEqual([]);
  });

  test('a folder and a dangling link that are called as agencies get one line each', () => {
    const folder = configFolder({ 'agencies/hue.yaml': HUE });
    mkdirSync(join(folder, 'agencies', 'danang.yaml'));
    symlinkSync('nowhere', join(folder, 'agencies', 'hanoi.yaml'));

    const { agencies, problems } = loadFleet(folder);

    expect(agencies).toHaveLength(1);
    expect(printed(folder, problems)).toEqual([
      'agencies/danang.yaml: is a folder, not a file',
      'agencies/hanoi.yaml: is a link to nowhere, which does not exist',
    ]);
  });

  test('Vietnamese names become NFC, and domain names with other letters punycode', () => {
    const { agencies } = load({
      'agencies/hue.yaml': edit(
        HUE,
        ['Thành phố Huế', 'Thành phố Huế'.normalize('NFD')],
        ['[www.hue.gov.vn]', `[${'huế'.normalize('NFD')}.hue.gov.vn, WWW.hue.gov.vn]`],
      ),
    });
    const { agency, environments } = agencies[0]!.config;

    expect(agency.name.vi).toBe('Thành phố Huế'.normalize('NFC'));
    expect(environments.production!.portals.portal!.aliases).toEqual(['xn--hu-07s.hue.gov.vn', 'www.hue.gov.vn']);
  });

  test('fails when the folder is missing', () => {
    const folder = join(configFolder({}), 'gone');

    expect(() => loadFleet(folder)).toThrow(
      `no folder ${folder}/agencies; \`portal6 init <agency>\` makes it, with the agency's file in it`,
    );
  });

  test('fails when there is no agency file', () => {
    const folder = configFolder({ 'defaults.yaml': '' });

    expect(() => loadFleet(folder)).toThrow(
      `no agency file in ${folder}/agencies; \`portal6 init <agency>\` writes one`,
    );
  });

  test('fails when `agencies` is a file', () => {
    const folder = configFolder({ 'elsewhere/agencies': '' });

    expect(() => loadFleet(join(folder, 'elsewhere'))).toThrow(`${folder}/elsewhere/agencies is not a folder`);
  });
});

describe('loadAgency', () => {
  test('reads the file of one agency and no other', () => {
    const folder = configFolder({ 'agencies/hue.yaml': HUE, 'agencies/broken.yaml': '{' });
    // Nobody may read it, so that reading it would be a problem (for root it would be its content).
    chmodSync(join(folder, 'agencies', 'broken.yaml'), 0);

    const { agencies, problems } = loadAgency(folder, 'hue');

    expect(agencies.map(({ id }) => id)).toEqual(['hue']);
    expect(problems).toEqual([]);
  });

  test('merges the defaults as well', () => {
    const folder = configFolder({ 'agencies/hue.yaml': HUE, 'defaults.yaml': 'network: { nat: single }' });

    expect(loadAgency(folder, 'hue').agencies[0]!.config.environments.production!.network).toMatchObject({
      nat: 'single',
    });
  });

  test('checks the environments of the agency beside each other', () => {
    const folder = configFolder({ 'agencies/hue.yaml': withStaging(HUE, '10.46.16.0/20') });

    expect(printed(folder, loadAgency(folder, 'hue').problems)).toEqual([
      'agencies/hue.yaml:32:17: environments.staging.portals.portal.domain: hue.gov.vn is taken by agencies/hue.yaml:18',
    ]);
  });

  test.each([
    ['huee', '; did you mean `hue`?'],
    ['Hue', '; did you mean `hue`?'],
    ['langson', ''],
    ['../hue', ''],
    ['', ''],
  ])('fails when there is no agency %j', (id, suggestion) => {
    const folder = configFolder({ 'agencies/hue.yaml': HUE });

    expect(() => loadAgency(folder, id)).toThrow(
      expect.objectContaining({ name: 'UserError', message: `no agency \`${id}\` in ${folder}/agencies${suggestion}` }),
    );
  });
});

describe('defaults.yaml', () => {
  test('is merged under every environment: maps key by key, where the environment wins; lists and scalars replace', () => {
    const { agencies, lines } = load({
      'defaults.yaml': `
region: ap-southeast-5
provider: { minimum: "6.25" }
network: { ipv6: { pool: ipam-pool-0123456789abcdef0 }, nat: none, zones: 2 }
`,
      'agencies/hue.yaml': edit(HUE, ['zones: 3', 'zones: 3\n      nat: single\n      ipv6: amazon']),
    });

    expect(lines).toEqual([]);
    expect(agencies[0]!.config.environments.production).toMatchObject({
      region: 'ap-southeast-1',
      provider: { minimum: '6.25' },
      network: { ipv6: 'amazon', nat: 'single', zones: 3 },
    });
  });

  test('an adopted network takes nothing of the one that the defaults build, nor the other way round', () => {
    const adopted = `existing:
        vpc: vpc-0123456789abcdef0
        ipv4: 10.46.0.0/20
        ipv6: 2001:db8:46::/56
        subnets:
          public: [{ id: subnet-00000001, zone: a, ipv6: "2001:db8:46::/64" }, { id: subnet-00000002, zone: b, ipv6: "2001:db8:46:1::/64" }]
          app: [{ id: subnet-00000003, zone: a, ipv6: "2001:db8:46:10::/64" }, { id: subnet-00000004, zone: b, ipv6: "2001:db8:46:11::/64" }]
`;
    const adopting = load({
      'defaults.yaml': 'network: { nat: none, zones: 2 }',
      'agencies/hue.yaml': edit(HUE, ['ipv4: 10.46.0.0/20\n      zones: 3\n', adopted]),
    });
    const building = load({ 'defaults.yaml': `network:\n      ${adopted}`, 'agencies/hue.yaml': HUE });

    expect([...adopting.lines, ...building.lines]).toEqual([]);
    expect(adopting.agencies[0]!.config.environments.production!.network).toHaveProperty('existing');
    expect(building.agencies[0]!.config.environments.production!.network).not.toHaveProperty('existing');
  });

  test('a problem of its values is said once, at its place in defaults.yaml', () => {
    const { agencies, lines } = load({
      'defaults.yaml': 'network:\n  nat: sometimes\n  zone: 2\nsecurityLevel: 9\nportals: {}\n',
      'agencies/danang.yaml': edit(DANANG, ['    securityLevel: 3\n', '']),
      'agencies/hue.yaml': edit(HUE, ['    securityLevel: 3\n', '']),
    });

    expect(agencies).toEqual([]);
    expect(lines).toEqual([
      'defaults.yaml:2:3: network.nat: use one of per-zone, single, none; got "sometimes"',
      'defaults.yaml:3:3: network.zone: unknown key; did you mean `zones`?',
      'defaults.yaml:4:1: securityLevel: say the security level (cấp độ), 1 to 5',
      'defaults.yaml:5:1: portals: portals belong in the file of their agency',
    ]);
  });

  test('a problem between the two files is said where the value stands', () => {
    const { lines } = load({
      'defaults.yaml': '# all of them\nnetwork:\n  zones: 4\n',
      'agencies/danang.yaml': edit(DANANG, ['      zones: 3\n', '']),
      'agencies/hue.yaml': edit(HUE, ['      zones: 3\n', '']),
    });

    expect(lines).toEqual(['defaults.yaml:3:3: network.zones: ap-southeast-1 has 3 zones, a, b and c, not 4']);
  });

  test('what both files leave out is missing in the agency', () => {
    const { lines } = load({
      'defaults.yaml': 'network: { zones: 2 }',
      'agencies/hue.yaml': edit(HUE, ['    network:\n      ipv4: 10.46.0.0/20\n      zones: 3\n', '']),
    });

    expect(lines).toEqual([
      'agencies/hue.yaml:7:3: environments.production: has no `network`, and `portal` needs a VPC; write network: { ipv4: 10.46.0.0/20 }, or `existing` for one that is there',
    ]);
  });

  test('that cannot be read is said once, is not held against the agencies, and keeps them out', () => {
    const { agencies, lines } = load({
      'defaults.yaml': 'region: "ap-southeast-1\n',
      'agencies/danang.yaml': DANANG,
      'agencies/hue.yaml': edit(HUE, ['    region: ap-southeast-1\n', ''], ['kind: city', 'kind: town']),
    });

    expect(agencies).toEqual([]);
    expect(lines).toEqual([
      'agencies/hue.yaml:4:3: agency.kind: use one of ministry, ministerial-agency, government-agency, city, province, other; got "town"',
      'defaults.yaml:1:9: this quote is not closed',
    ]);
  });

  test.each(['', '# nothing yet\n'])('may say nothing: %j', (text) => {
    expect(load({ 'defaults.yaml': text, 'agencies/hue.yaml': HUE }).lines).toEqual([]);
  });

  test('locates each value in the file that says it', () => {
    const { folder, agencies } = load({
      'defaults.yaml': 'provider:\n  minimum: "6.25"\nnetwork: { nat: single }\n',
      'agencies/hue.yaml': HUE,
    });
    const at = (...path: (string | number)[]) => {
      const { file, line, column } = agencies[0]!.locate(['environments', 'production', ...path]);
      return `${file.replace(`${folder}/`, '')}:${line}:${column}`;
    };

    expect(at('provider', 'minimum')).toBe('defaults.yaml:2:3');
    expect(at('network', 'nat')).toBe('defaults.yaml:3:12');
    expect(at('network', 'zones')).toBe('agencies/hue.yaml:15:7');
    expect(at('network', 'appSubnets')).toBe('agencies/hue.yaml:13:5');
    expect(at('portals', 'portal', 'aliases', 0)).toBe('agencies/hue.yaml:19:19');
  });
});

test('a hosted zone belongs to one account, so two environments of two accounts do not share it', () => {
  const staging = HUE.slice(HUE.indexOf('  production:'))
    .replace('production:', 'staging:')
    .replace('"111122223333"', '"444455556666"')
    .replaceAll('hue.gov.vn', 'thu.hue.gov.vn')
    .replace('name: thu.hue.gov.vn', 'name: hue.gov.vn')
    .replace('10.46.0.0/20', '10.46.16.0/20');

  const { lines } = load({ 'agencies/hue.yaml': HUE + staging });

  expect(lines.filter((line) => !line.includes(': warning: '))).toEqual([
    expect.stringMatching(
      /environments\.staging\.portals\.portal\.zone\.id: Z0123456789ABCDEFGHIJ is in account 111122223333 for environments\.production; a zone belongs to one account$/,
    ),
  ]);
});

describe('between agencies', () => {
  test.each<[string, string, [string, string][], string[]]>([
    [
      'a domain of another agency',
      'danang',
      [
        ['aliases: [www.danang.gov.vn]', 'aliases: [www.hue.gov.vn]'],
        ['{ id: Z0123456789ABCDEFGHIJ, name: danang.gov.vn }', '{ external: true }\n        publish: { aaaa: live }'],
        ['domain: danang.gov.vn', 'domain: x.danang.gov.vn'],
      ],
      [
        'agencies/hue.yaml:19:19: environments.production.portals.portal.aliases[0]: www.hue.gov.vn is taken by agencies/danang.yaml:19',
      ],
    ],
    [
      'a name that portal6 makes for another agency',
      'danang',
      [
        ['aliases: [www.danang.gov.vn]', 'aliases: [v6.hue.gov.vn]'],
        ['{ id: Z0123456789ABCDEFGHIJ, name: danang.gov.vn }', '{ external: true }\n        publish: { aaaa: live }'],
        ['domain: danang.gov.vn', 'domain: x.danang.gov.vn'],
      ],
      [
        'agencies/danang.yaml:19:19: environments.production.portals.portal.aliases[0]: v6.hue.gov.vn is the name that portal6 makes to try out the IPv6 of hue.gov.vn (agencies/hue.yaml:18); choose another',
      ],
    ],
    [
      'overlapping networks',
      'danang',
      [['10.47.0.0/20', '10.46.8.0/21']],
      [
        'agencies/hue.yaml:14:7: environments.production.network.ipv4: warning: 10.46.0.0/20 overlaps 10.46.8.0/21 of agencies/danang.yaml:14; 10.0.0.0/20 is free',
      ],
    ],
    [
      'a stack of the same name',
      'hue-a',
      [['  production:', '  b:']],
      [
        'agencies/hue.yaml:7:3: environments.a-b: its stack would be called hue-a-b, as that of agencies/hue-a.yaml:7; choose another name',
      ],
    ],
    [
      "a stack called as another agency's state",
      'hue-a',
      [],
      [
        'agencies/hue.yaml:7:3: environments.a-state: its stack would be called hue-a-state, as that of agencies/hue-a.yaml:2; choose another name',
      ],
    ],
  ])('%s', (_, other, replacements, expected) => {
    const environment = /environments\.([a-z-]+)\.?/.exec(expected[0]!)![1]!;
    const { lines } = load({
      [`agencies/${other}.yaml`]: edit(DANANG, ['id: danang', `id: ${other}`], ...replacements),
      'agencies/hue.yaml': edit(HUE, ['  production:', `  ${environment}:`]),
    });

    expect(lines).toEqual(expected);
  });

  test('each is told of another free block, which neither a network nor a data center has', () => {
    const third = edit(
      GATEWAY,
      ['id: hue', 'id: third'],
      ['10.1.2.3', '10.0.2.3'],
      ['10.1.0.0/16', '10.0.0.0/19'],
      ['hue.gov.vn', 'third.gov.vn'],
      ['www.hue.gov.vn', 'www.third.gov.vn'],
      ['name: hue.gov.vn', 'name: third.gov.vn'],
    );
    const { lines } = load({
      'agencies/danang.yaml': edit(DANANG, ['10.47.0.0/20', '10.46.0.0/20']),
      'agencies/hue.yaml': HUE,
      'agencies/third.yaml': third,
    });

    expect(lines.filter((line) => line.includes('overlaps')).map((line) => line.replace(/.*; /, ''))).toEqual([
      '10.0.32.0/20 is free',
      '10.0.48.0/20 is free',
    ]);
  });

  test('one agency has one file', () => {
    const { lines } = load({ 'agencies/hue.yaml': HUE, 'agencies/hue.yml': HUE });

    expect(lines[0]).toBe(
      'agencies/hue.yml:2:3: agency.id: agency `hue` has another file, agencies/hue.yaml; keep one',
    );
  });

  test.each([
    [
      'internal',
      'agencies/internal.yaml:2:3: agency.id: AWS refuses load balancers whose name begins with `internal-`; choose another',
    ],
    ['state', "agencies/state.yaml:2:3: agency.id: `state` is reserved for portal6's own stack; choose another id"],
    [
      'address-registry',
      "agencies/address-registry.yaml:2:3: agency.id: `address-registry` is reserved for portal6's own stack; choose another id",
    ],
  ])('no agency is called %s', (id, line) => {
    expect(load({ [`agencies/${id}.yaml`]: edit(HUE, ['id: hue', `id: ${id}`]) }).lines).toEqual([line]);
  });

  test('no stack is called as that of the address registry', () => {
    const text = edit(HUE, ['id: hue', 'id: address'], ['  production:', '  registry:']);

    expect(load({ 'agencies/address.yaml': text }).lines).toEqual([
      'agencies/address.yaml:7:3: environments.registry: its stack would be called address-registry, which is reserved; choose another name',
    ]);
  });

  test('a thousand agencies on one block are told so in seconds', () => {
    const files = Object.fromEntries(
      Array.from({ length: 1000 }, (_, n) => [`agencies/a${n}.yaml`, edit(HUE, ['id: hue', `id: a${n}`])] as const),
    );
    const folder = configFolder(files);
    const start = performance.now();

    const { problems } = loadFleet(folder);

    // For each but the first: the network, the domain and the alias.
    expect(problems).toHaveLength(999 * 3);
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});

describe('between environments of one agency', () => {
  test('two that adopt one VPC do not overlap', () => {
    const text = withStaging(HUE, '10.46.16.0/20');
    const adopted = (slot: number): string =>
      `{ existing: { vpc: vpc-0123456789abcdef0, ipv4: 10.46.0.0/20, ipv6: "2001:db8:46::/56", subnets: { public: [${subnets(slot)}], app: [${subnets(slot + 2)}] } } }`;
    const { lines } = load({
      'agencies/hue.yaml': edit(
        text,
        ['    network:\n      ipv4: 10.46.0.0/20\n      zones: 3\n', `    network: ${adopted(0)}\n`],
        ['network: { ipv4: 10.46.16.0/20 }', `network: ${adopted(4)}`],
        ['domain: hue.gov.vn, zone', 'domain: thu.hue.gov.vn, zone'],
      ),
    });

    expect(lines).toEqual([]);
  });
});

describe('between portals of one environment', () => {
  const second = (connection: string): string =>
    edit(GATEWAY, [
      '      portal:\n',
      `      first:
        domain: a.hue.gov.vn
        zone: { id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }
        hosting: { type: gateway, origin: { addresses: [10.1.2.4] }, connection: ${connection} }
      portal:
`,
    ]);

  test('a VPC takes one VPN gateway', () => {
    const { lines } = load({
      'agencies/hue.yaml': edit(second('{ vpnGateway: vgw-00000001, routes: [10.1.0.0/17] }'), [
        'transitGateway: tgw-0123456789abcdef0',
        'vpnGateway: vgw-00000002',
      ]),
    });

    expect(lines.slice(1)).toEqual([
      'agencies/hue.yaml:28:25: environments.production.portals.portal.hosting.connection.vpnGateway: a VPC takes one VPN gateway, and vgw-00000001 is attached for another portal',
    ]);
  });

  test('a route leads one way', () => {
    const { lines } = load({ 'agencies/hue.yaml': second('{ vpnGateway: vgw-00000001, routes: [10.1.0.0/16] }') });

    expect(lines.slice(1)).toEqual([
      'agencies/hue.yaml:28:73: environments.production.portals.portal.hosting.connection.routes[0]: 10.1.0.0/16 leads to vgw-00000001 for another portal',
    ]);
  });

  test('a transit gateway may be shared', () => {
    const { agencies } = load({
      'agencies/hue.yaml': second('{ transitGateway: tgw-0123456789abcdef0, routes: [10.1.0.0/16] }'),
    });

    expect(agencies).toHaveLength(1);
  });
});

test('values of any kind at any key are reported, never thrown', () => {
  const folder = configFolder({ 'agencies/hue.yaml': HUE });
  const file = join(folder, 'agencies', 'hue.yaml');
  const paths = pathsOf(agencyOf(folder));
  const weird = fc.oneof(
    fc.constant(null),
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('', ' ', '*', -1, 1e99, [], {}, [null], { existing: 1 }, { type: 'gateway' }, { create: true }),
  );

  fc.assert(
    fc.property(fc.constantFrom(...paths), weird, fc.boolean(), (path, value, inDefaults) => {
      const edited = structuredClone(agencyOf(folder)) as Tree;
      setAt(edited, path, value);
      writeFileSync(file, stringify(edited));
      if (inDefaults) writeFileSync(join(folder, 'defaults.yaml'), stringify(value));
      const { agencies, problems } = loadFleet(folder);
      for (const { message } of problems) {
        expect(message).not.toMatch(/Invalid input|undefined|\[object|\.$/);
        expect(message).not.toBe('');
      }
      return agencies.length === 1 || problems.some(({ severity }) => severity === 'error');
    }),
    { numRuns: 300 },
  );
});

type Tree = { [key: string]: unknown };

const RIGHT: { tree?: unknown } = {};

/** The right file as data, read before it is changed. */
function agencyOf(folder: string): unknown {
  RIGHT.tree ??= structuredClone(loadFleet(folder).agencies[0]!.config);
  return RIGHT.tree;
}

function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]));
  return path.length > 0 ? [path, ...inner] : inner;
}

function setAt(tree: Tree, path: string[], value: unknown): void {
  const parent = path.slice(0, -1).reduce((here, key) => here[key] as Tree, tree);
  parent[path[path.length - 1]!] = value;
}

/** The file with a second environment at its end, whose portal has the same domain. */
function withStaging(text: string, ipv4: string): string {
  return `${text}  staging:
    account: "111122223333"
    region: ap-southeast-1
    dataLocation: abroad
    securityLevel: 3
    approval: { number: 12/QD-UBND, date: 2026-10-01, signedBy: Nguyễn Văn A }
    network: { ipv4: ${ipv4} }
    portals:
      portal: { domain: hue.gov.vn, zone: { id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }, hosting: { type: container, image: "nginx:1.29" } }
`;
}

function subnets(slot: number): string {
  return ['a', 'b']
    .map(
      (zone, index) => `{ id: subnet-0000000${slot + index}, zone: ${zone}, ipv6: "2001:db8:46:${slot + index}::/64" }`,
    )
    .join(', ');
}

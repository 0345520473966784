import { addressRows } from '../../config/address-table';
import { loadAgency, loadFleet } from '../../config/load';
import { takenRanges } from '../../config/draft';
import { accountNeeds, formatNeeds } from '../../config/quotas';
import { configFolder, edit, HUE, printed } from '../helpers/config-folder';

const NETWORK = '    network:\n      ipv4: 10.46.0.0/20\n      zones: 3\n';
const CONTAINER =
  '          type: container\n          image: 111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/portal:1.4.2\n';

/** The right file of one agency, without a network, whose portal is behind CloudFront. */
const fileWith = (hosting: string, ...replacements: [from: string, to: string][]): string =>
  edit(HUE, [NETWORK, ''], [CONTAINER, `          ${hosting}\n`], ...replacements);

const STATIC = 'type: static';
const gateway = (origin = 'host: goc.hue.gov.vn'): string => `type: gateway\n          origin: { ${origin} }`;

/** All that is said of a file, without the place in front. */
function said(file: string, defaults?: string): string[] {
  const folder = configFolder({
    'agencies/hue.yaml': file,
    ...(defaults === undefined ? {} : { 'defaults.yaml': defaults }),
  });
  return printed(folder, loadAgency(folder, 'hue').problems).map((line) => line.replace(/^\S+:\d+:\d+: /, ''));
}

const PORTAL = 'environments.production.portals.portal';

function config(file: string) {
  const folder = configFolder({ 'agencies/hue.yaml': file });
  return loadFleet(folder).agencies[0]!.config;
}

test.each([
  ['a static portal', fileWith(STATIC)],
  ['a page for what is not there', fileWith(`${STATIC}\n          notFound: loi/404.html`)],
  ['a single page', fileWith(`${STATIC}\n          index: app.html\n          singlePage: true`)],
  ['a gateway to a public name', fileWith(gateway())],
  [
    'a gateway with all there is to say',
    fileWith(
      gateway(
        'host: Goc.hue.gov.vn, port: 8443, family: ipv6, cache: [{ path: /static/*, seconds: 86400 }, { path: /a?.png, seconds: 60 }]',
      ),
      ['    securityLevel: 3', '    provider: { minimum: "6.25" }\n    securityLevel: 3'],
    ),
  ],
  [
    'everybody in so many words',
    fileWith(STATIC, ['        hosting:', '        allow: ["::/0", 0.0.0.0/0]\n        hosting:']),
  ],
])('%s needs no network and is right', (_, file) => {
  expect(said(file)).toEqual([]);
});

test('what a static portal does not say is index.html, and no page for what is not there', () => {
  expect(config(fileWith(STATIC)).environments.production!.portals.portal!.hosting).toEqual({
    type: 'static',
    index: 'index.html',
    singlePage: false,
  });
});

test('what a gateway to a name does not say is port 443 over IPv4, and nothing is kept', () => {
  expect(config(fileWith(gateway())).environments.production!.portals.portal!.hosting).toEqual({
    type: 'gateway',
    origin: { host: 'goc.hue.gov.vn', port: 443, family: 'ipv4', cache: [] },
  });
});

describe('fails for', () => {
  const withKey = (hosting: string, key: string): string =>
    fileWith(hosting, ['        hosting:', `        ${key}\n        hosting:`]);

  test.each<[string, string, string]>([
    [
      'health of files',
      withKey(STATIC, 'health: { path: / }'),
      'health: does not go with `type: static`: S3 is no server of yours, and the IPv6 probe asks for the index; take it out',
    ],
    [
      'an allow list of files',
      withKey(STATIC, 'allow: [203.0.113.0/24, "::/0"]'),
      'allow: is for security groups, and a distribution has none; take it out, and list who may come in `waf` instead',
    ],
    [
      'an allow list of a gateway to a name',
      withKey(gateway(), 'allow: [203.0.113.0/24, "2001:db8::/32"]'),
      'allow: is for security groups, and a distribution has none; take it out, and list who may come in `waf` instead',
    ],
    [
      'two answers for what is not there',
      fileWith(`${STATIC}\n          notFound: 404.html\n          singlePage: true`),
      'hosting.notFound: does not go with `singlePage: true`, by which the index answers; keep one',
    ],
    [
      'an index with a folder',
      fileWith(`${STATIC}\n          index: vi/index.html`),
      'hosting.index: write the name of a file without its folder, such as index.html',
    ],
    [
      'a page above the bucket',
      fileWith(`${STATIC}\n          notFound: ../404.html`),
      'hosting.notFound: write the name of a file, such as 404.html',
    ],
    [
      'an origin by address',
      fileWith(gateway('host: 203.0.113.7')),
      'hosting.origin.host: CloudFront reaches origins by a name, not 203.0.113.7; private addresses belong in `addresses`',
    ],
    [
      'an origin by IPv6 address',
      fileWith(gateway('host: "2001:db8::7"')),
      'hosting.origin.host: CloudFront reaches origins by a name, not 2001:db8::7; private addresses belong in `addresses`',
    ],
    [
      'an origin by URL',
      fileWith(gateway('host: "https://goc.hue.gov.vn/"')),
      'hosting.origin.host: write a full host name such as portal.hue.gov.vn, without scheme, path, wildcard or final dot',
    ],
    [
      'the domain as its own origin',
      fileWith(gateway('host: hue.gov.vn')),
      'hosting.origin.host: hue.gov.vn leads to the distribution itself, a loop; give the origin a name of its own, such as goc.hue.gov.vn',
    ],
    [
      'an alias as the origin',
      fileWith(gateway('host: www.hue.gov.vn')),
      'hosting.origin.host: www.hue.gov.vn leads to the distribution itself, a loop; give the origin a name of its own, such as goc.hue.gov.vn',
    ],
    [
      'the name to try IPv6 by as the origin',
      fileWith(gateway('host: v6.hue.gov.vn')),
      'hosting.origin.host: v6.hue.gov.vn leads to the distribution itself, a loop; give the origin a name of its own, such as goc.hue.gov.vn',
    ],
    [
      'a port that CloudFront does not take',
      fileWith(gateway('host: goc.hue.gov.vn, port: 444')),
      'hosting.origin.port: use 443, or a port from 1024 to 65535: CloudFront reaches origins at no others by HTTPS',
    ],
    [
      'HTTP',
      fileWith(gateway('host: goc.hue.gov.vn, protocol: http')),
      'hosting.origin.protocol: does not go with `host`; write { addresses: [10.1.2.3] } for private addresses behind a load balancer, or { host: portal-goc.hue.gov.vn } for a public name behind CloudFront',
    ],
    [
      'an origin of neither form',
      fileWith(gateway('port: 443')),
      'hosting.origin: write { addresses: [10.1.2.3] } for private addresses behind a load balancer, or { host: portal-goc.hue.gov.vn } for a public name behind CloudFront',
    ],
    [
      'a way to a data center',
      fileWith(`${gateway()}\n          connection: { transitGateway: tgw-0123456789abcdef0, routes: [10.1.0.0/16] }`),
      'hosting.connection: does not go with `host`: CloudFront reaches the origin over the Internet; take it out',
    ],
    [
      'a family that the provider does not know',
      fileWith(gateway('host: goc.hue.gov.vn, family: dual-stack')),
      'hosting.origin.family: dual-stack needs `provider: { minimum: "6.25" }`: older AWS providers do not know how to say it to CloudFront, which then reaches the origin over IPv4',
    ],
    [
      'a path twice',
      fileWith(gateway('host: goc.hue.gov.vn, cache: [{ path: /a, seconds: 1 }, { path: /a, seconds: 2 }]')),
      'hosting.origin.cache[1].path: /a is in the list twice',
    ],
    [
      'a path that is all of the portal',
      fileWith(gateway("host: goc.hue.gov.vn, cache: [{ path: '/*', seconds: 60 }]")),
      'hosting.origin.cache[0].path: /* is all of the portal: forms could not be sent, and everybody would get the same page; name the paths of files',
    ],
    [
      'a path without a beginning',
      fileWith(gateway('host: goc.hue.gov.vn, cache: [{ path: static/*, seconds: 1 }]')),
      'hosting.origin.cache[0].path: begin the path with /, such as /static/*, with letters, digits and _-.*$/~"\'@:+?& alone, at most 255 characters',
    ],
    [
      'a path that would be a template',
      fileWith(gateway('host: goc.hue.gov.vn, cache: [{ path: "/${x}", seconds: 1 }]')),
      'hosting.origin.cache[0].path: begin the path with /, such as /static/*, with letters, digits and _-.*$/~"\'@:+?& alone, at most 255 characters',
    ],
    [
      'more paths than a distribution takes',
      fileWith(
        gateway(
          `host: goc.hue.gov.vn, cache: [${Array.from({ length: 25 }, (_, index) => `{ path: /${index}, seconds: 1 }`).join(', ')}]`,
        ),
      ),
      'hosting.origin.cache: name at most 24 paths: a distribution takes 25 behaviors, one of them for all other paths',
    ],
  ])('%s', (_, file, message) => {
    expect(said(file)).toEqual([`${PORTAL}.${message}`]);
  });

  test('a region to whose buckets CloudFront writes no logs', () => {
    expect(said(fileWith(STATIC, ['region: ap-southeast-1', 'region: ap-southeast-3']))).toEqual([
      'environments.production.region: CloudFront, which `portal` would be behind, writes no access logs to buckets in ap-southeast-3; use a region that no account has to opt in to, such as ap-southeast-1',
    ]);
  });
});

describe('a network', () => {
  const missing =
    'environments.production: has no `network`, and `portal` needs a VPC; write network: { ipv4: 10.46.0.0/20 }, or `existing` for one that is there';

  test('is missing where a portal needs a VPC, and the environment is told', () => {
    expect(said(edit(HUE, [NETWORK, '']))).toEqual([missing]);
    expect(
      said(
        edit(HUE, [NETWORK, ''], [CONTAINER, '          type: gateway\n          origin: { addresses: [10.1.2.3] }\n']),
      ),
    ).toEqual([missing]);
  });

  test('is not missing while the portal waits for the delegation of its zone, and is nothing else', () => {
    const waiting = edit(HUE, [NETWORK, ''], ['{ id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }', '{ create: true }']);

    expect(said(waiting)).toEqual([]);
  });

  test('may come from defaults.yaml; what only completes one is none', () => {
    const without = edit(HUE, [NETWORK, '']);

    expect(said(without, 'network: { ipv4: 10.46.0.0/20 }')).toEqual([]);
    expect(said(without, 'network: { nat: single }')).toEqual([missing]);
    expect(said(fileWith(STATIC), 'network: { nat: single }')).toEqual([]);
  });

  test('is not held against a file while defaults.yaml, which may have it, cannot be read', () => {
    const lines = said(edit(HUE, [NETWORK, '']), 'network: {');

    expect(lines.filter((line) => line.startsWith('environments'))).toEqual([]);
    expect(lines).not.toEqual([]);
  });
});

describe('an environment without a network', () => {
  const { production } = config(fileWith(STATIC)).environments;

  test('has no address plan', () => {
    expect(addressRows(production!)).toEqual([]);
    expect(() => addressRows(production!, { ipv6Prefix: '2001:db8::/56' })).toThrow(
      '--ipv6-prefix: the environment has no network',
    );
  });

  test('takes no range from others, and overlaps none', () => {
    const other = edit(
      HUE,
      ['id: hue', 'id: danang'],
      ['domain: hue.gov.vn', 'domain: danang.gov.vn'],
      ['www.hue.gov.vn', 'www.danang.gov.vn'],
      ['name: hue.gov.vn }', 'name: danang.gov.vn }'],
    );
    const folder = configFolder({ 'agencies/hue.yaml': fileWith(STATIC), 'agencies/danang.yaml': other });

    expect(printed(folder, loadFleet(folder).problems)).toEqual([]);
    expect(takenRanges([config(fileWith(STATIC))])).toEqual([]);
  });

  test('needs a distribution for each portal, and of all the rest what the probe needs', () => {
    const cache = 'cache: [{ path: /a, seconds: 60 }, { path: /b, seconds: 60 }, { path: /c, seconds: 61 }]';
    const needs = (file: string) => accountNeeds([config(file)]).map(formatNeeds);

    expect(needs(fileWith(STATIC))).toEqual([
      'account 111122223333, ap-southeast-1 (hue/production): VPCs 1 of 5, egress-only internet gateways 1 of 5, CloudFront distributions 1 of 200, CloudFront response headers policies 1 of 20',
    ]);
    expect(needs(fileWith(gateway(`host: goc.hue.gov.vn, ${cache}`)))[0]).toContain(
      'CloudFront cache policies 2 of 20',
    );
  });

  test('shares what CloudFront limits with the same account in other regions', () => {
    const one = config(fileWith(STATIC));
    const { production: here } = one.environments;
    const both = { ...one, environments: { production: here!, staging: { ...here!, region: 'us-east-1' } } };
    const counts = accountNeeds([both]).map(({ needs }) =>
      needs.filter(({ what }) => ['VPCs', 'CloudFront distributions'].includes(what)).map(({ count }) => count),
    );

    expect(counts).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });
});

describe('data in Vietnam', () => {
  const inVietnam = (hosting: string): string => fileWith(hosting, ['dataLocation: abroad', 'dataLocation: vietnam']);

  test('is not in a bucket', () => {
    expect(said(inVietnam(STATIC))).toEqual([
      `${PORTAL}.hosting.type: a static portal keeps its data in ap-southeast-1, and no AWS region is in Vietnam; use \`type: gateway\`, or say \`dataLocation: abroad\` with an \`approval\``,
    ]);
  });

  test('stays with the origin of a gateway, but for what CloudFront logs and keeps', () => {
    expect(said(inVietnam(gateway()))).toEqual([
      "environments.production.dataLocation: notice: data at rest stays with the origin, but CloudFront's access logs are in ap-southeast-1, and what it passes on and caches is at its edge locations, all over the world",
    ]);
  });

  test('leaves the region by the log of a web ACL', () => {
    const guarded = inVietnam(gateway()).replace('        hosting:', '        waf: {}\n        hosting:');

    expect(said(guarded)).toContain(
      "environments.production.dataLocation: notice: CloudFront's web ACLs, and so their logs of requests with full addresses, are in us-east-1",
    );
  });
});

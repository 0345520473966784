import { loadFleet } from '../../config/load';
import { configFolder, edit, EXISTING, GATEWAY, HUE, printed } from '../helpers/config-folder';

/** What is wrong, the right file it is made from, what is replaced in it, and all that is said about it. */
type Row = [title: string, base: string, replacements: [from: string, to: string][], lines: string[]];

/** Every gateway portal whose data stays in Vietnam has it. */
const EDGE_NOTICE =
  '10:5: environments.production.dataLocation: notice: data at rest stays with the origin, but access logs, and whatever is cached at the edge, are in ap-southeast-1';

/** Every portal has it whose zone is outside Route 53 and which is not live. */
function outsideNotice(domain: string): string {
  return `17:7: environments.production.portals.portal.publish.aaaa: notice: in a zone outside Route 53 names are CNAMEs, which answer for both families at once: enter v6.${domain} first, verify it, then the others`;
}

function expectLines(base: string, replacements: [from: string, to: string][], lines: string[]): void {
  const folder = configFolder({ 'agencies/hue.yaml': edit(base, ...replacements) });

  const { agencies, problems } = loadFleet(folder);

  expect(printed(folder, problems)).toEqual(lines.map((line) => `agencies/hue.yaml:${line}`));
  expect(agencies).toHaveLength(problems.some(({ severity }) => severity === 'error') ? 0 : 1);
}

test.each([
  ['a container', HUE, []],
  ['a gateway', GATEWAY, [EDGE_NOTICE]],
  ['an adopted network', EXISTING, []],
])('nothing is wrong with the file of %s, from which those below are made', (_, base, lines) =>
  expectLines(base, [], lines),
);

test.each<Row>([
  ['tabs for indentation', HUE, [['    region:', '	region:']], ['9:1: indent with spaces, not tabs']],
  ['a key in the wrong column', HUE, [['    region:', '   region:']], ['9:1: indent this as its neighbors are']],
  [
    'a key without a colon',
    HUE,
    [['  kind: city', '  kind city']],
    ['4:3: write `key: value`, with a colon and a space'],
  ],
  [
    'a colon too many',
    HUE,
    [['kind: city', 'kind: city: hue']],
    ['4:9: one key too many in this line; put text that holds `: ` in quotes, or begin a new line'],
  ],
  ['a quote that is not closed', HUE, [['"111122223333"', '"111122223333']], ['8:14: this quote is not closed']],
  [
    'a bracket that is not closed',
    HUE,
    [['[www.hue.gov.vn]', '[www.hue.gov.vn']],
    ['20:9: indent this further, or close the bracket above'],
  ],
  [
    'a character that YAML reserves',
    HUE,
    [['kind: city', 'kind: @city']],
    ['4:9: put text that begins with such a character in quotes'],
  ],
  [
    'an escape that YAML does not know',
    HUE,
    [['kind: city', 'kind: "\\city"']],
    ['4:10: is not valid YAML: invalid escape sequence \\c'],
  ],
  [
    'a key that is there twice',
    HUE,
    [
      [
        '    securityLevel: 3',
        `    region: ap-southeast-5
    securityLevel: 3`,
      ],
    ],
    ['11:5: `region` is here twice, first in line 9; keep one'],
  ],
  [
    'two portals of one id',
    HUE,
    [
      [
        `    portals:
`,
        `    portals:
      portal: { domain: a.hue.gov.vn, zone: { external: true }, hosting: { type: gateway, origin: { addresses: [10.1.2.3] }, connection: { vpnGateway: vgw-0123456789abcdef0, routes: [10.1.0.0/16] } } }
`,
      ],
    ],
    ['18:7: `portal` is here twice, first in line 17; keep one'],
  ],
  [
    'a second document',
    HUE,
    [
      [
        'environments:',
        `---
environments:`,
      ],
    ],
    ['6:1: write one document in a file; take out this `---` and what follows, or make it a file of its own'],
  ],
  ['a list as a key', HUE, [['  kind: city', '  [kind]: city']], ['4:3: write plain text as a key']],
  [
    'a key called __proto__',
    HUE,
    [
      [
        '  kind: city',
        `  kind: city
  __proto__: {}`,
      ],
    ],
    ['5:3: `__proto__` cannot be a key'],
  ],
  ['a tag', HUE, [['kind: city', 'kind: !secret city']], ['4:9: leave out the tag: values need none']],
  ['binary data', HUE, [['kind: city', 'kind: !!binary Y2l0eQ==']], ['4:9: leave out the tag: values need none']],
  [
    'an alias without an anchor',
    HUE,
    [['[www.hue.gov.vn]', '[*.hue.gov.vn]']],
    ['19:19: no anchor `&.hue.gov.vn` above; put text that begins with * in quotes'],
  ],
  [
    'an alias inside its own anchor',
    HUE,
    [
      [
        '    network:',
        `    network: &network
      ipv6: *network`,
      ],
    ],
    ['14:13: the alias stands inside what it names, `&network`'],
  ],
  [
    'a merge key that merges no map',
    HUE,
    [['  kind: city', '  <<: city']],
    ['4:3: `<<` takes the alias of a map, or a list of them'],
  ],
  [
    'a list at the top',
    HUE,
    [
      ['agency:', '- agency:'],
      ['environments:', '- environments:'],
    ],
    ['1:1: is a list, not keys and values; begin with `agency:` and `environments:`'],
  ],
])('YAML that cannot be read: %s', (_, base, replacements, lines) => expectLines(base, replacements, lines));

test.each<Row>([
  ['a key that is missing', HUE, [[', en: Hue City', '']], ['3:3: agency.name.en: is missing; name in English']],
  [
    'a whole part that is missing',
    HUE,
    [
      [
        `agency:
  id: hue
  name: { vi: Thành phố Huế, en: Hue City }
  kind: city
  contact: ipv6@hue.gov.vn
`,
        '',
      ],
    ],
    ['1:1: agency: is missing; who it is'],
  ],
  [
    'a missing key whose schema has its own words',
    HUE,
    [
      [
        `    securityLevel: 3
`,
        '',
      ],
    ],
    ['7:3: environments.production.securityLevel: is missing; say the security level (cấp độ), 1 to 5'],
  ],
  [
    'a key without a value',
    HUE,
    [['region: ap-southeast-1', 'region:']],
    ['9:5: environments.production.region: is empty; AWS region'],
  ],
  [
    'a key without a value that may be left out',
    HUE,
    [
      [
        '    approval: { number: 12/QD-UBND, date: 2026-10-01, signedBy: Nguyễn Văn A }',
        `    approval: { number: 12/QD-UBND, date: 2026-10-01, signedBy: Nguyễn Văn A }
    state:`,
      ],
    ],
    ['13:5: environments.production.state: is empty; write a value, or take the key out'],
  ],
  [
    'a typing error in a key',
    HUE,
    [['zones: 3', 'zone: 3']],
    ['15:7: environments.production.network.zone: unknown key; did you mean `zones`?'],
  ],
  [
    'a key in another spelling',
    HUE,
    [['zones: 3', 'app_subnets: dual-stack']],
    ['15:7: environments.production.network.app_subnets: unknown key; did you mean `appSubnets`?'],
  ],
  [
    'a key that nobody knows',
    HUE,
    [
      [
        '  kind: city',
        `  kind: city
  budget: 5`,
      ],
    ],
    ['5:3: agency.budget: unknown key; use contact, id, kind or name'],
  ],
  [
    'a key with a line break in it',
    HUE,
    [
      [
        '  kind: city',
        `  kind: city
  "a\\nb": 5`,
      ],
    ],
    ['5:3: agency."a\\nb": unknown key; use contact, id, kind or name'],
  ],
  [
    'a key that belongs one level deeper',
    HUE,
    [
      [
        '    securityLevel: 3',
        `    securityLevel: 3
    nat: single`,
      ],
    ],
    ['12:5: environments.production.nat: unknown key; it belongs in `network`'],
  ],
  [
    'an id that cannot be part of a name',
    HUE,
    [['  production:', '  Production:']],
    ['7:3: environments.Production: use lower-case letters, digits and single hyphens, beginning with a letter'],
  ],
  [
    'no environment at all',
    HUE,
    [
      [
        HUE.slice(HUE.indexOf('environments:')),
        `environments: {}
`,
      ],
    ],
    ['6:1: environments: name at least one environment'],
  ],
  [
    'a typing error in a key that is needed',
    HUE,
    [['account:', 'acount:']],
    ['8:5: environments.production.acount: unknown key; did you mean `account`?'],
  ],
])('keys: %s', (_, base, replacements, lines) => expectLines(base, replacements, lines));

test.each<Row>([
  [
    'a word that is none of those allowed',
    HUE,
    [['kind: city', 'kind: citty']],
    [
      '4:3: agency.kind: use one of ministry, ministerial-agency, government-agency, city, province, other; got "citty"; did you mean `city`?',
    ],
  ],
  [
    'a word in capitals',
    HUE,
    [['kind: city', 'kind: CITY']],
    [
      '4:3: agency.kind: use one of ministry, ministerial-agency, government-agency, city, province, other; got "CITY"; did you mean `city`?',
    ],
  ],
  [
    'a region that is nearly right',
    HUE,
    [['region: ap-southeast-1', 'region: ap-southest-1']],
    ['9:5: environments.production.region: "ap-southest-1" is not known here; did you mean `ap-southeast-1`?'],
  ],
  [
    'a value with words of its own',
    HUE,
    [['dataLocation: abroad', 'dataLocation: vietnm']],
    [
      '10:5: environments.production.dataLocation: say where data at rest lives: vietnam (gateway portals only) or abroad (with an approval); did you mean `vietnam`?',
    ],
  ],
  [
    'a security level that does not exist',
    HUE,
    [['securityLevel: 3', 'securityLevel: 6']],
    ['11:5: environments.production.securityLevel: say the security level (cấp độ), 1 to 5'],
  ],
  [
    'a version that YAML reads as a number',
    HUE,
    [
      [
        '    network:',
        `    provider: { minimum: 5.100 }
    network:`,
      ],
    ],
    ['13:17: environments.production.provider.minimum: use one of "5.100", "6.25", in quotes; got 5.1'],
  ],
  [
    'a CPU size that does not exist',
    HUE,
    [
      [
        'type: container',
        `type: container
          cpu: 500`,
      ],
    ],
    [
      '23:11: environments.production.portals.portal.hosting.cpu: use one of 256, 512, 1024, 2048, 4096, 8192, 16384; got 500',
    ],
  ],
  [
    'an account without quotes',
    HUE,
    [['"111122223333"', '111122223333']],
    ['8:5: environments.production.account: write the 12 digits of the AWS account in quotes, such as "111122223333"'],
  ],
  [
    'text where a whole number belongs',
    HUE,
    [['zones: 3', 'zones: two']],
    ['15:7: environments.production.network.zones: write a whole number of zones, 2 to 4'],
  ],
  [
    'a fraction where a whole number belongs',
    HUE,
    [
      [
        'type: container',
        `type: container
          port: 80.5`,
      ],
    ],
    ['23:11: environments.production.portals.portal.hosting.port: write a whole number, got 80.5'],
  ],
  [
    'a number where text belongs',
    HUE,
    [
      [
        'type: container',
        `type: container
          environment: { LEVEL: 3 }`,
      ],
    ],
    ['23:26: environments.production.portals.portal.hosting.environment.LEVEL: write text, got 3; put it in quotes'],
  ],
  [
    'text where a truth value belongs',
    HUE,
    [
      [
        '    network:',
        `    protected: yes
    network:`,
      ],
    ],
    ['13:5: environments.production.protected: write true or false, got "yes"'],
  ],
  [
    'text where a list belongs',
    HUE,
    [['[www.hue.gov.vn]', 'www.hue.gov.vn']],
    ['19:9: environments.production.portals.portal.aliases: write a list, got "www.hue.gov.vn"'],
  ],
  [
    'a list where keys belong',
    HUE,
    [['approval: { number: 12/QD-UBND, date: 2026-10-01, signedBy: Nguyễn Văn A }', 'approval: [12/QD-UBND]']],
    ['12:5: environments.production.approval: write keys and values, got a list'],
  ],
  [
    'keys where text belongs',
    HUE,
    [['vi: Thành phố Huế', 'vi: { Huế }']],
    ['3:11: agency.name.vi: write text, got keys and values'],
  ],
  [
    'text where an environment belongs',
    HUE,
    [
      [
        'environments:',
        `environments:
  staging: later`,
      ],
    ],
    ['7:3: environments.staging: write keys and values, got "later"'],
  ],
  [
    'a number that is too small',
    HUE,
    [
      [
        'type: container',
        `type: container
          port: 0`,
      ],
    ],
    ['23:11: environments.production.portals.portal.hosting.port: write at least 1, got 0'],
  ],
  [
    'a number that is too large',
    HUE,
    [
      [
        'type: container',
        `type: container
          port: 65536`,
      ],
    ],
    ['23:11: environments.production.portals.portal.hosting.port: write at most 65535, got 65536'],
  ],
  [
    'too many zones',
    HUE,
    [['zones: 3', 'zones: 9']],
    ['15:7: environments.production.network.zones: use at most 4 zones: the address plan has room for no more'],
  ],
  [
    'an empty list of routes',
    GATEWAY,
    [['[10.1.0.0/16]', '[]']],
    ['24:64: environments.production.portals.portal.hosting.connection.routes: name at least one'],
  ],
  [
    'a range with host bits',
    HUE,
    [['10.46.0.0/20', '10.46.0.1/20']],
    ['14:7: environments.production.network.ipv4: 10.46.0.1/20 has host bits set; did you mean 10.46.0.0/20?'],
  ],
  [
    'an address that is no range',
    HUE,
    [
      [
        '        domain:',
        `        allow: [203.0.113.7]
        domain:`,
      ],
    ],
    [
      '18:17: environments.production.portals.portal.allow[0]: write a range such as 203.0.113.0/24 or 2001:db8::/32; for one address write 203.0.113.7/32',
    ],
  ],
  [
    'a VPC block that is too small',
    HUE,
    [['10.46.0.0/20', '10.46.0.0/24']],
    [
      '14:7: environments.production.network.ipv4: use a block from /16 to /22: the plan cuts it into 32 subnets, and a load balancer needs a /27',
    ],
  ],
  [
    'an IPv6 block that has too few subnets',
    HUE,
    [['zones: 3', 'ipv6: { pool: ipam-pool-0123456789abcdef0, netmask: 60 }']],
    [
      '15:50: environments.production.network.ipv6.netmask: use 44, 48, 52, 56: the plan needs 128 subnets of /64, and a /60 has only 16',
    ],
  ],
  [
    'a URL where a domain belongs',
    HUE,
    [['domain: hue.gov.vn', 'domain: https://hue.gov.vn/']],
    [
      '18:9: environments.production.portals.portal.domain: write a full host name such as portal.hue.gov.vn, without scheme, path, wildcard or final dot',
    ],
  ],
  [
    'a health path without a slash',
    HUE,
    [
      [
        '        domain:',
        `        health: { path: healthz }
        domain:`,
      ],
    ],
    [
      '18:19: environments.production.portals.portal.health.path: begin the path with /, such as /healthz, and percent-encode what is not ASCII',
    ],
  ],
  [
    'a day that does not exist',
    HUE,
    [['2026-10-01', '2026-02-30']],
    ['12:37: environments.production.approval.date: write a day as 2026-10-01'],
  ],
  [
    'a secret in plain text',
    HUE,
    [
      [
        'type: container',
        `type: container
          secrets: { PASSWORD: hunter2 }`,
      ],
    ],
    [
      '23:22: environments.production.portals.portal.hosting.secrets.PASSWORD: write the whole ARN of a secret in Secrets Manager, with the six characters that AWS put at its end, or of a parameter in SSM; never the secret itself',
    ],
  ],
])('values: %s', (_, base, replacements, lines) => expectLines(base, replacements, lines));

test.each<Row>([
  [
    'a zone with an id alone',
    HUE,
    [['{ id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }', '{ id: x }']],
    [
      '20:9: environments.production.portals.portal.zone.name: is missing; name of the hosted zone',
      '20:17: environments.production.portals.portal.zone.id: write the id of a hosted zone, such as Z0123456789ABCDEFGHIJ',
    ],
  ],
  [
    'a zone that is only a name',
    HUE,
    [['{ id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }', 'hue.gov.vn']],
    [
      '20:9: environments.production.portals.portal.zone: write { id: Z..., name: hue.gov.vn }, { create: true } or { external: true }',
    ],
  ],
  [
    'a zone with a typing error',
    HUE,
    [['{ id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }', '{ creat: true }']],
    ['20:17: environments.production.portals.portal.zone.creat: unknown key; did you mean `create`?'],
  ],
  [
    'a zone that is created and external',
    HUE,
    [['{ id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }', '{ create: true, external: true }']],
    [
      '20:31: environments.production.portals.portal.zone.external: does not go with `create`; write { id: Z..., name: hue.gov.vn }, { create: true } or { external: true }',
    ],
  ],
  [
    'a zone that is created and has an id',
    HUE,
    [[', name: hue.gov.vn }', ', create: true }']],
    [
      '20:17: environments.production.portals.portal.zone.id: does not go with `create`; write { id: Z..., name: hue.gov.vn }, { create: true } or { external: true }',
    ],
  ],
  [
    'a network to build without a block, with an empty one to adopt',
    HUE,
    [
      [
        'ipv4: 10.46.0.0/20',
        `existing: {}
      nat: none`,
      ],
    ],
    [
      '14:7: environments.production.network.existing: does not go with `nat` and `zones`; write ipv4, ipv6, zones, nat and appSubnets for a VPC to build, or `existing` alone for one that is there',
    ],
  ],
  [
    'an adopted network with keys of one to build',
    EXISTING,
    [
      [
        '      existing:',
        `      zones: 3
      nat: none
      existing:`,
      ],
    ],
    [
      '13:5: environments.production.network: `zones` and `nat` do not go with `existing`; write ipv4, ipv6, zones, nat and appSubnets for a VPC to build, or `existing` alone for one that is there',
    ],
  ],
  [
    'an adopted network with one key of one to build',
    EXISTING,
    [
      [
        '      existing:',
        `      zones: 3
      existing:`,
      ],
    ],
    [
      '14:7: environments.production.network.zones: does not go with `existing`; write ipv4, ipv6, zones, nat and appSubnets for a VPC to build, or `existing` alone for one that is there',
    ],
  ],
  [
    'an adopted network with a typing error in it',
    EXISTING,
    [['vpc: vpc-', 'vcp: vpc-']],
    ['15:9: environments.production.network.existing.vcp: unknown key; did you mean `vpc`?'],
  ],
  [
    'an adopted network whose addresses no citizen reaches',
    EXISTING,
    [['ipv6: 2001:db8:46::/56', 'ipv6: fd00:46::/56']],
    [
      '17:9: environments.production.network.existing.ipv6: write a range of the public IPv6 Internet, 2000::/3: citizens reach no other',
    ],
  ],
  [
    'an IPv6 source that is nearly right',
    HUE,
    [['zones: 3', 'ipv6: amazn']],
    [
      '15:7: environments.production.network.ipv6: write amazon, or { pool: ipam-pool-..., netmask: 56 }; did you mean `amazon`?',
    ],
  ],
  [
    'a hosting type that is nearly right',
    HUE,
    [['type: container', 'type: contaner']],
    [
      '22:11: environments.production.portals.portal.hosting.type: write `type: container`, `type: instances`, `type: static` or `type: gateway`; did you mean `container`?',
    ],
  ],
  [
    'a hosting type that is changed, and its keys are not',
    HUE,
    [['type: container', 'type: static']],
    ['23:11: environments.production.portals.portal.hosting.image: does not go with `type: static`'],
  ],
  [
    'hosting without a type',
    HUE,
    [
      [
        `          type: container
`,
        '',
      ],
    ],
    [
      '21:9: environments.production.portals.portal.hosting.type: is missing; write `type: container`, `type: instances`, `type: static` or `type: gateway`',
    ],
  ],
  [
    'a key of another hosting type',
    GATEWAY,
    [
      [
        'type: gateway',
        `type: gateway
          image: nginx:1.29`,
      ],
    ],
    ['23:11: environments.production.portals.portal.hosting.image: does not go with `type: gateway`'],
  ],
  [
    'a connection without a gateway',
    GATEWAY,
    [['transitGateway: tgw-0123456789abcdef0, ', '']],
    [
      '24:11: environments.production.portals.portal.hosting.connection: write { transitGateway: tgw-..., routes: [...] }, { vpnGateway: vgw-..., routes: [...] } or { vpn: { address: 203.0.113.9 }, routes: [...] }',
    ],
  ],
  [
    'a connection with a typing error',
    GATEWAY,
    [['transitGateway', 'transitGatway']],
    [
      '24:25: environments.production.portals.portal.hosting.connection.transitGatway: unknown key; did you mean `transitGateway`?',
    ],
  ],
  [
    'an origin with a public address',
    GATEWAY,
    [['[10.1.2.3]', '[203.0.113.7]']],
    [
      '23:33: environments.production.portals.portal.hosting.origin.addresses[0]: a load balancer reaches private IPv4 addresses (RFC 1918, RFC 6598) alone, not 203.0.113.7; for an origin with a public name write `host` instead, and CloudFront reaches it',
    ],
  ],
])('alternatives: %s', (_, base, replacements, lines) => expectLines(base, replacements, lines));

test.each<Row>([
  [
    'a file that is not called as the agency',
    HUE,
    [['id: hue', 'id: danang']],
    ['2:3: agency.id: the file is called `hue`; write that, or rename it to danang.yaml'],
  ],
  [
    'an environment called state',
    HUE,
    [['  production:', '  state:']],
    ["7:3: environments.state: `state` is reserved for the stack of the agency's Terraform state; choose another name"],
  ],
  [
    'two environments whose networks overlap',
    HUE,
    [
      [
        '  production:',
        `  staging:
    account: "111122223333"
    region: ap-southeast-1
    dataLocation: abroad
    securityLevel: 3
    approval: { number: 12/QD-UBND, date: 2026-10-01, signedBy: A }
    network: { ipv4: 10.46.0.0/16 }
  production:`,
      ],
    ],
    [
      '21:7: environments.production.network.ipv4: 10.46.0.0/20 overlaps environment `staging`, 10.46.0.0/16; the two could never be connected',
    ],
  ],
])('the agency: %s', (_, base, replacements, lines) => expectLines(base, replacements, lines));

test.each<Row>([
  [
    'more zones than the region has',
    HUE,
    [['zones: 3', 'zones: 4']],
    ['15:7: environments.production.network.zones: ap-southeast-1 has 3 zones, a, b and c, not 4'],
  ],
  [
    'data abroad without an approval',
    HUE,
    [
      [
        `    approval: { number: 12/QD-UBND, date: 2026-10-01, signedBy: Nguyễn Văn A }
`,
        '',
      ],
    ],
    [
      '7:3: environments.production.approval: is missing; data abroad needs the decision that allows it: { number, date, signedBy }',
    ],
  ],
  [
    'an approval that is still what init wrote',
    HUE,
    [
      [
        'number: 12/QD-UBND, date: 2026-10-01, signedBy: Nguyễn Văn A',
        'number: REPLACE-ME/QD, date: 2026-10-01, signedBy: REPLACE ME',
      ],
    ],
    [
      '12:5: environments.production.approval: warning: is still what `portal6 init` wrote; data abroad needs a decision',
    ],
  ],
  [
    'a container whose data must stay in Vietnam',
    HUE,
    [['dataLocation: abroad', 'dataLocation: vietnam']],
    [
      '22:11: environments.production.portals.portal.hosting.type: a container portal keeps its data in ap-southeast-1, and no AWS region is in Vietnam; use `type: gateway`, or say `dataLocation: abroad` with an `approval`',
    ],
  ],
  [
    'a security level too low for public services',
    HUE,
    [
      ['securityLevel: 3', 'securityLevel: 2'],
      [
        '        domain:',
        `        service: public-service
        domain:`,
      ],
    ],
    [
      '11:5: environments.production.securityLevel: warning: is 2, but systems that handle administrative procedures, such as `portal` (public-service), are level 3 (Decree 331/2026, art. 13.2.b, as secondary sources quote it)',
    ],
  ],
  [
    'a secret of another region',
    HUE,
    [
      [
        'type: container',
        `type: container
          secrets: { PASSWORD: "arn:aws:secretsmanager:ap-southeast-5:111122223333:secret:x-AbCdEf" }`,
      ],
    ],
    [
      '23:22: environments.production.portals.portal.hosting.secrets.PASSWORD: is in ap-southeast-5, but the tasks run in ap-southeast-1; ECS reads secrets of its own region alone',
    ],
  ],
  [
    'a secret by a part of its ARN, which its policy would not match',
    HUE,
    [
      [
        'type: container',
        `type: container
          secrets: { PASSWORD: "arn:aws:secretsmanager:ap-southeast-1:111122223333:secret:x" }`,
      ],
    ],
    [
      '23:22: environments.production.portals.portal.hosting.secrets.PASSWORD: write the whole ARN of a secret in Secrets Manager, with the six characters that AWS put at its end, or of a parameter in SSM; never the secret itself',
    ],
  ],
  [
    'a secret of another account',
    HUE,
    [
      [
        'type: container',
        `type: container
          secrets: { PASSWORD: "arn:aws:ssm:ap-southeast-1:444455556666:parameter/x" }`,
      ],
    ],
    [
      '23:22: environments.production.portals.portal.hosting.secrets.PASSWORD: warning: belongs to account 444455556666, not 111122223333; its policy and key must allow the tasks to read it',
    ],
  ],
  [
    'IPv6-only tasks with the registry of IPv4',
    HUE,
    [['zones: 3', 'appSubnets: ipv6-only']],
    [
      '23:11: environments.production.portals.portal.hosting.image: IPv6-only tasks cannot reach 111122223333.dkr.ecr.ap-southeast-1.amazonaws.com, which answers over IPv4 alone; write 111122223333.dkr-ecr.ap-southeast-1.on.aws/portal:1.4.2',
    ],
  ],
  [
    'IPv6-only tasks without NAT64 and a foreign registry',
    HUE,
    [
      [
        'zones: 3',
        `appSubnets: ipv6-only
      nat: none`,
      ],
      ['111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/portal:1.4.2', 'nginx:1.29'],
    ],
    [
      '24:11: environments.production.portals.portal.hosting.image: IPv6-only tasks without NAT64 (nat: none) cannot reach docker.io; pull from <account>.dkr-ecr.ap-southeast-1.on.aws, or set nat to single or per-zone',
    ],
  ],
  [
    'tasks without NAT and a foreign registry',
    HUE,
    [
      ['zones: 3', 'nat: none'],
      ['111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/portal:1.4.2', 'ghcr.io/hue/portal:1'],
    ],
    [
      '23:11: environments.production.portals.portal.hosting.image: tasks without NAT (nat: none) cannot reach ghcr.io; pull from <account>.dkr.ecr.ap-southeast-1.amazonaws.com, or set nat to single or per-zone',
    ],
  ],
  [
    'tasks without NAT and a registry of another region',
    HUE,
    [
      ['zones: 3', 'nat: none'],
      ['ecr.ap-southeast-1', 'ecr.ap-southeast-5'],
    ],
    [
      '23:11: environments.production.portals.portal.hosting.image: tasks without NAT (nat: none) cannot reach 111122223333.dkr.ecr.ap-southeast-5.amazonaws.com; pull from <account>.dkr.ecr.ap-southeast-1.amazonaws.com, or set nat to single or per-zone',
    ],
  ],
  [
    'an existing subnet that is no /64',
    EXISTING,
    [['2001:db8:46:1::/64', '2001:db8:46:1::/68']],
    [
      '21:47: environments.production.network.existing.subnets.public[1].ipv6: 2001:db8:46:1::/68 is no /64; every subnet has one',
    ],
  ],
  [
    'an existing subnet outside the VPC',
    EXISTING,
    [['2001:db8:46:1::/64', '2001:db8:47:1::/64']],
    [
      "21:47: environments.production.network.existing.subnets.public[1].ipv6: 2001:db8:47:1::/64 is not in the VPC's block, 2001:db8:46::/56",
    ],
  ],
  [
    'two existing subnets with one range',
    EXISTING,
    [['2001:db8:46:1::/64', '2001:db8:46::/64']],
    [
      "21:47: environments.production.network.existing.subnets.public[1].ipv6: 2001:db8:46::/64 is another subnet's already",
    ],
  ],
  [
    'one subnet in two tiers',
    EXISTING,
    [['subnet-00000003', 'subnet-00000001']],
    [
      '23:17: environments.production.network.existing.subnets.app[0].id: subnet-00000001 is in use above; each subnet has one place',
    ],
  ],
  [
    'two existing subnets in one zone',
    EXISTING,
    [['subnet-00000004, zone: b', 'subnet-00000004, zone: a']],
    [
      '24:38: environments.production.network.existing.subnets.app[1].zone: zone a has a subnet above; name one app subnet for each zone',
    ],
  ],
  [
    'an existing subnet in a zone that is not there',
    EXISTING,
    [['subnet-00000004, zone: b', 'subnet-00000004, zone: d']],
    [
      '24:38: environments.production.network.existing.subnets.app[1].zone: ap-southeast-1 has no zone d; it has a, b and c',
    ],
  ],
  [
    'a gateway without a connection',
    GATEWAY,
    [
      [
        `          connection: { transitGateway: tgw-0123456789abcdef0, routes: [10.1.0.0/16] }
`,
        '',
      ],
    ],
    [
      EDGE_NOTICE,
      '21:9: environments.production.portals.portal.hosting.connection: is missing; say which way leads to the origin: { transitGateway: tgw-..., routes: [...] }, { vpnGateway: vgw-..., routes: [...] } or { vpn: { address: 203.0.113.9 }, routes: [...] }',
    ],
  ],
  [
    'an origin outside the routes',
    GATEWAY,
    [['[10.1.2.3]', '[10.2.2.3]']],
    [
      EDGE_NOTICE,
      '23:33: environments.production.portals.portal.hosting.origin.addresses[0]: 10.2.2.3 is in none of the routes of the connection, 10.1.0.0/16',
    ],
  ],
  [
    'an origin inside the VPC',
    GATEWAY,
    [['[10.1.2.3]', '[10.46.2.3]']],
    [
      EDGE_NOTICE,
      "23:33: environments.production.portals.portal.hosting.origin.addresses[0]: 10.46.2.3 is in the VPC's own block, 10.46.0.0/20, not in the data center",
    ],
  ],
  [
    'a route over the VPC',
    GATEWAY,
    [['[10.1.0.0/16]', '[10.1.0.0/16, 10.0.0.0/8]']],
    [
      EDGE_NOTICE,
      "24:86: environments.production.portals.portal.hosting.connection.routes[1]: 10.0.0.0/8 overlaps the VPC's own block, 10.46.0.0/20; it could not be reached",
    ],
  ],
  [
    'a route that is named twice',
    GATEWAY,
    [['[10.1.0.0/16]', '[10.1.0.0/16, 10.1.0.0/16]']],
    [
      EDGE_NOTICE,
      '24:86: environments.production.portals.portal.hosting.connection.routes[1]: 10.1.0.0/16 is in the list twice',
    ],
  ],
])('an environment: %s', (_, base, replacements, lines) => expectLines(base, replacements, lines));

test.each<Row>([
  [
    'a domain outside its zone',
    HUE,
    [['name: hue.gov.vn }', 'name: hue.vn }']],
    [
      '18:9: environments.production.portals.portal.domain: hue.gov.vn is not in the zone hue.vn; its records could not be written there',
      '19:19: environments.production.portals.portal.aliases[0]: www.hue.gov.vn is not in the zone hue.vn; its records could not be written there',
    ],
  ],
  [
    'an alias outside the zone that is created',
    HUE,
    [
      ['{ id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }', '{ create: true }'],
      ['[www.hue.gov.vn]', '[hue.vn]'],
    ],
    [
      '19:19: environments.production.portals.portal.aliases[0]: hue.vn is not in the zone hue.gov.vn, which is made for the domain; its records could not be written there',
    ],
  ],
  [
    'an alias that is the domain',
    HUE,
    [['[www.hue.gov.vn]', '[hue.gov.vn]']],
    ['19:19: environments.production.portals.portal.aliases[0]: is the domain itself; take it out'],
  ],
  [
    'an alias that is named twice',
    HUE,
    [['[www.hue.gov.vn]', '[www.hue.gov.vn, WWW.hue.gov.vn]']],
    ['19:35: environments.production.portals.portal.aliases[1]: www.hue.gov.vn is in the list twice'],
  ],
  [
    'an alias that portal6 makes by itself',
    HUE,
    [['[www.hue.gov.vn]', '[v6.hue.gov.vn]']],
    [
      '19:19: environments.production.portals.portal.aliases[0]: is the name that portal6 makes to try IPv6 out; take it out',
    ],
  ],
  [
    'an apex outside Route 53',
    HUE,
    [['{ id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }', '{ external: true }']],
    [
      outsideNotice('hue.gov.vn'),
      '18:9: environments.production.portals.portal.domain: warning: hue.gov.vn is probably the apex of its zone, where no CNAME may stand (RFC 1034, 3.6.2); an apex outside Route 53 needs fixed addresses: write `edge: accelerator`',
    ],
  ],
  [
    'an apex right under vn outside Route 53',
    HUE,
    [
      ['{ id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }', '{ external: true }'],
      ['domain: hue.gov.vn', 'domain: hue.vn'],
    ],
    [
      outsideNotice('hue.vn'),
      '18:9: environments.production.portals.portal.domain: warning: hue.vn is probably the apex of its zone, where no CNAME may stand (RFC 1034, 3.6.2); an apex outside Route 53 needs fixed addresses: write `edge: accelerator`',
    ],
  ],
  [
    'CAA outside Route 53',
    HUE,
    [
      [
        '{ id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }',
        `{ external: true }
        caa: [amazon.com]`,
      ],
      ['domain: hue.gov.vn', 'domain: cong.hue.gov.vn'],
    ],
    [
      outsideNotice('cong.hue.gov.vn'),
      '21:9: environments.production.portals.portal.caa: does not go with a zone outside Route 53: the domain is a CNAME there, beside which no CAA may stand (RFC 1034, 3.6.2)',
    ],
  ],
  [
    'no AAAA outside Route 53',
    HUE,
    [
      [
        '{ id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }',
        `{ external: true }
        publish: { aaaa: off }`,
      ],
      ['domain: hue.gov.vn', 'domain: cong.hue.gov.vn'],
    ],
    [
      '21:20: environments.production.portals.portal.publish.aaaa: cannot be off: in a zone outside Route 53 names are CNAMEs, which answer for both families at once; write staged or live',
    ],
  ],
  [
    'a domain too long for a certificate',
    HUE,
    [['domain: hue.gov.vn', `domain: ${'a'.repeat(58)}.hue.gov.vn`]],
    [
      "18:9: environments.production.portals.portal.domain: has 69 characters; a certificate's first name has at most 64",
    ],
  ],
  [
    'more names than the quota of a new account',
    HUE,
    [['[www.hue.gov.vn]', `[${[...'abcdefghi'].map((letter) => `${letter}.hue.gov.vn`).join(', ')}]`]],
    [
      '19:9: environments.production.portals.portal.aliases: warning: makes 11 names on one certificate, with the domain and v6.hue.gov.vn; the quota of a new account is 10',
    ],
  ],
  [
    'more names than a certificate takes',
    HUE,
    [['[www.hue.gov.vn]', `[${Array.from({ length: 99 }, (_, index) => `a${index}.hue.gov.vn`).join(', ')}]`]],
    [
      '19:9: environments.production.portals.portal.aliases: makes 101 names on one certificate, with the domain and v6.hue.gov.vn; ACM takes at most 100',
    ],
  ],
  [
    'CAA without Amazon',
    HUE,
    [
      [
        'aliases: [www.hue.gov.vn]',
        `aliases: [www.hue.gov.vn]
        caa: [letsencrypt.org]`,
      ],
    ],
    [
      '20:9: environments.production.portals.portal.caa: names none of amazon.com, amazontrust.com, awstrust.com, amazonaws.com, so ACM could not issue',
    ],
  ],
  [
    'status codes as a list of ranges',
    HUE,
    [
      [
        '        domain:',
        `        health: { codes: "200-299,302" }
        domain:`,
      ],
    ],
    [
      '18:19: environments.production.portals.portal.health.codes: write status codes such as 200 or 200,302, or a range such as 200-299',
    ],
  ],
  [
    'status codes that run backwards',
    HUE,
    [
      [
        '        domain:',
        `        health: { codes: 399-200 }
        domain:`,
      ],
    ],
    ['18:19: environments.production.portals.portal.health.codes: begin a range with the smaller code'],
  ],
  [
    'no AAAA at all',
    HUE,
    [
      [
        '        domain:',
        `        publish: { aaaa: off }
        domain:`,
      ],
    ],
    [
      '18:20: environments.production.portals.portal.publish.aaaa: warning: no name gets an AAAA record, so the portal stays at level 0',
    ],
  ],
  [
    'nobody allowed over IPv6',
    HUE,
    [
      [
        '        domain:',
        `        allow: [203.0.113.0/24]
        domain:`,
      ],
    ],
    [
      '18:9: environments.production.portals.portal.allow: warning: holds no IPv6 range, so nobody can connect over IPv6 (V6-SG-003); add the IPv6 ranges of the same people',
    ],
  ],
  [
    'an image without a tag',
    HUE,
    [['portal:1.4.2', 'portal']],
    [
      '23:11: environments.production.portals.portal.hosting.image: names neither tag nor digest, so nobody knows what runs; add `:<tag>` or `@sha256:<digest>`',
    ],
  ],
  [
    'an image without a tag from a registry with a port',
    HUE,
    [['111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/portal:1.4.2', 'registry.hue.gov.vn:5000/portal']],
    [
      '23:11: environments.production.portals.portal.hosting.image: names neither tag nor digest, so nobody knows what runs; add `:<tag>` or `@sha256:<digest>`',
    ],
  ],
  [
    'the latest image',
    HUE,
    [['portal:1.4.2', 'portal:latest']],
    [
      '23:11: environments.production.portals.portal.hosting.image: warning: `latest` is another image tomorrow; name a version or, better, a digest',
    ],
  ],
  [
    'more tasks at least than at most',
    HUE,
    [
      [
        'type: container',
        `type: container
          tasks: { min: 12 }`,
      ],
    ],
    ['23:20: environments.production.portals.portal.hosting.tasks.min: is 12, more than max, 10'],
  ],
  [
    'memory that Fargate does not have with the CPU',
    HUE,
    [
      [
        'type: container',
        `type: container
          cpu: 256
          memory: 4096`,
      ],
    ],
    [
      '24:11: environments.production.portals.portal.hosting.memory: is 4096; with cpu 256 Fargate takes 512, 1024 or 2048',
    ],
  ],
  [
    'memory between two of its steps',
    HUE,
    [
      [
        'type: container',
        `type: container
          cpu: 8192
          memory: 18432`,
      ],
    ],
    [
      '24:11: environments.production.portals.portal.hosting.memory: is 18432; with cpu 8192 Fargate takes 16384 to 61440 in steps of 4096',
    ],
  ],
  [
    'a CPU size for which the default memory is too little',
    HUE,
    [
      [
        'type: container',
        `type: container
          cpu: 2048`,
      ],
    ],
    [
      '21:9: environments.production.portals.portal.hosting.memory: is 1024; with cpu 2048 Fargate takes 4096 to 16384 in steps of 1024',
    ],
  ],
  [
    'a variable that is a secret too',
    HUE,
    [
      [
        'type: container',
        `type: container
          environment: { A: b }
          secrets: { A: "arn:aws:ssm:ap-southeast-1:111122223333:parameter/x" }`,
      ],
    ],
    ['24:22: environments.production.portals.portal.hosting.secrets.A: is in `environment` too; keep one'],
  ],
  [
    'an origin that is named twice',
    GATEWAY,
    [['[10.1.2.3]', '[10.1.2.3, 10.1.2.3]']],
    [
      EDGE_NOTICE,
      '23:43: environments.production.portals.portal.hosting.origin.addresses[1]: 10.1.2.3 is in the list twice',
    ],
  ],
])('a portal: %s', (_, base, replacements, lines) => expectLines(base, replacements, lines));

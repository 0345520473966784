import { loadAgency } from '../../config/load';
import { configFolder, edit, GATEWAY, HUE, printed } from '../helpers/config-folder';

type Replacement = readonly [from: string, to: string];

/** What is said of a portal with such an edge, without the place in front. */
function said(edge: string, base = HUE, ...replacements: readonly Replacement[]): string[] {
  const text = edit(base, ['        hosting:\n', `        edge: ${edge}\n        hosting:\n`], ...replacements);
  const folder = configFolder({ 'agencies/hue.yaml': text });
  return printed(folder, loadAgency(folder, 'hue').problems)
    .filter((line) => !line.includes('.dataLocation: notice'))
    .map((line) => line.replace(/^.*?environments\.production\.portals\.portal\.?/, ''));
}

const key = (text: string): Replacement => ['        hosting:\n', `        ${text}\n        hosting:\n`];
const HTTP_ORIGIN: Replacement = ['{ addresses: [10.1.2.3] }', '{ addresses: [10.1.2.3], protocol: http }'];
const STATIC: Replacement = [
  `container
          image: 111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/portal:1.4.2
`,
  'static\n',
];
const ELSEWHERE: Replacement = ['{ id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }', '{ external: true }'];

test.each([
  ['load-balancer', HUE, []],
  ['accelerator', HUE, []],
  ['network', HUE, []],
  ['accelerator', GATEWAY, []],
  ['network', GATEWAY, [HTTP_ORIGIN]],
  ['load-balancer', HUE, [STATIC]],
] as const)('%s is fine', (edge, base, replacements) => {
  expect(said(edge, base, ...replacements)).toEqual([]);
});

test.each<[edge: string, base: string, replacements: readonly Replacement[], messages: string[]]>([
  ['none', HUE, [], ['edge: use one of load-balancer, accelerator, network; got "none"']],
  ['accelerator', HUE, [STATIC], ['edge: does not go with `type: static`, which is behind CloudFront; take it out']],
  [
    'network',
    edit(HUE, [
      STATIC[0],
      `gateway
          origin: { host: goc.hue.gov.vn }
`,
    ]),
    [],
    ['edge: does not go with an origin with a `host`, which is behind CloudFront; take it out'],
  ],
  [
    'network',
    GATEWAY,
    [],
    [
      'hosting.origin.protocol: is https, but with `edge: network` TLS ends at the load balancer, and the origin gets what is inside, after a PROXY header; write `protocol: http` and the port for that',
    ],
  ],
  [
    'network',
    HUE,
    [key('health: { path: /healthz }')],
    [
      'health: is not asked with `edge: network`, which knows nothing of HTTP: a target that takes a connection is well; take it out',
    ],
  ],
  [
    'accelerator',
    HUE,
    [key(`health: { path: /${'x'.repeat(255)} }`)],
    ['health.path: has 256 characters; Route 53, which asks the fixed addresses, takes 255'],
  ],
  [
    'accelerator',
    HUE,
    [key('health: { codes: "200-404" }')],
    ['health.codes: warning: holds 4xx, but to Route 53, which asks the fixed addresses, only 2xx and 3xx mean well'],
  ],
  [
    'accelerator',
    HUE,
    [key('allow: [203.0.113.0/24, "::/0"]')],
    [
      'allow: notice: does not let Route 53 in, so the fixed addresses are not asked from outside over IPv4; the probe is let in',
    ],
  ],
  [
    'network',
    HUE,
    [key('allow: [203.0.113.0/24, "2001:db8:100::/48"]')],
    ['allow: warning: does not let Route 53 in, so the fixed addresses are not asked from outside over IPv4 and IPv6'],
  ],
  [
    'accelerator',
    HUE,
    [
      ['ap-southeast-1\n', 'ap-southeast-7\n'],
      ['ecr.ap-southeast-1', 'ecr.ap-southeast-7'],
    ],
    ['edge: a Global Accelerator leads to no load balancer in ap-southeast-7; use another region'],
  ],
])('%s says what does not go with it: %#', (edge, base, replacements, messages) => {
  expect(said(edge, base, ...replacements)).toEqual(messages);
});

test('a web ACL judges requests, and Route 53 is among those that its list keeps out', () => {
  const waf = 'waf: { allow: [203.0.113.0/24, "2001:db8:100::/48"] }';

  expect(said('accelerator', HUE, key(waf))).toEqual([
    'waf.allow: notice: does not let Route 53 in, so the fixed addresses are not asked from outside; the probe is let in',
  ]);
  expect(said('network', HUE, key('waf: {}'))).toEqual([
    'waf: does not go with `edge: network`: AWS WAF judges requests, and a network load balancer passes bytes on; take it out, or use `edge: load-balancer`',
  ]);
});

test('a path that Route 53 takes just so is fine', () => {
  expect(said('accelerator', HUE, key(`health: { path: /${'x'.repeat(254)} }`))).toEqual([]);
});

describe('in a zone elsewhere', () => {
  test.each(['accelerator', 'network'])('%s answers at an apex, and its AAAA may be staged', (edge) => {
    expect(said(edge, HUE, ELSEWHERE)).toEqual([]);
    expect(said(edge, HUE, ELSEWHERE, key('publish: { aaaa: live }'))).toEqual([]);
  });

  test('an AAAA that nobody enters keeps the portal at level 0, as elsewhere', () => {
    expect(said('accelerator', HUE, ELSEWHERE, key('publish: { aaaa: off }'))).toEqual([
      'publish.aaaa: warning: no name gets an AAAA record, so the portal stays at level 0',
    ]);
  });

  test('an apex behind CloudFront is not told of what it cannot have', () => {
    expect(said('load-balancer', HUE, STATIC, ELSEWHERE, key('publish: { aaaa: live }'))).toEqual([
      'domain: warning: hue.gov.vn is probably the apex of its zone, where no CNAME may stand (RFC 1034, 3.6.2); an apex outside Route 53 needs fixed addresses',
    ]);
  });

  test('a CAA is for somebody to enter', () => {
    expect(said('accelerator', HUE, ELSEWHERE, key('caa: [amazon.com]'))).toEqual([
      'caa: does not go with a zone outside Route 53, where portal6 writes nothing; take it out, and enter the CAA there',
    ]);
  });
});

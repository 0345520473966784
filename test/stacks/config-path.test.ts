import { agencyJsonSchema } from '../../config/json-schema';
import type { Path } from '../../config/finding';
import { loadFleet, type LoadedAgency } from '../../config/load';
import { configPathOf } from '../../stacks/config-path';
import { stackJson } from '../../stacks/synthesize';
import { EXAMPLES } from '../helpers/agencies';
import { CONTAINER, GATEWAY, productionJson } from '../helpers/agency';
import { resourcesOf } from '../helpers/synth';

type Environment = NonNullable<Parameters<typeof productionJson>[0]>;
type Portal = NonNullable<Environment['portals']>[string];

const PORTALS: Readonly<Record<string, Portal>> = {
  container: {
    ...CONTAINER,
    caa: ['amazon.com'],
    hosting: {
      ...CONTAINER.hosting,
      secrets: { KEY: 'arn:aws:ssm:ap-southeast-1:111122223333:parameter/portal/api-key' },
    } as Portal['hosting'],
  },
  guarded: {
    ...CONTAINER,
    domain: 'canh.hue.gov.vn',
    aliases: [],
    waf: { allow: ['203.0.113.0/24', '2001:db8::/48'], block: ['203.0.113.7/32', '2001:db8::7/128'] },
  },
  staged: { ...CONTAINER, domain: 'thu.hue.gov.vn', aliases: [], publish: { aaaa: 'staged' } },
  off: { ...CONTAINER, domain: 'cu.hue.gov.vn', aliases: [], publish: { aaaa: 'off' } },
  created: { ...CONTAINER, domain: 'a.vn', aliases: [], zone: { create: true, delegated: true } },
  below: { ...CONTAINER, domain: 'b.a.vn', aliases: [], zone: { create: true, delegated: true, dnssec: true } },
  waiting: { ...CONTAINER, domain: 'c.vn', aliases: [], zone: { create: true } },
  external: { ...CONTAINER, domain: 'd.vn', aliases: [], zone: { external: true } },
  instances: {
    ...CONTAINER,
    domain: 'may.hue.gov.vn',
    aliases: [],
    hosting: { type: 'instances', ami: 'ami-0123456789abcdef0' },
    failover: 'maintenance-page',
    alarms: { latency: 2 },
  },
  static: {
    ...CONTAINER,
    domain: 'tin.hue.gov.vn',
    aliases: [],
    hosting: { type: 'static', notFound: '404.html' },
  },
  cdn: {
    ...CONTAINER,
    domain: 'cdn.hue.gov.vn',
    aliases: [],
    hosting: {
      type: 'gateway',
      origin: { host: 'goc.hue.gov.vn', cache: [{ path: '/static/*', seconds: 86400 }] },
    },
    failover: 'maintenance-page',
  },
  gateway: GATEWAY,
  vpn: {
    ...GATEWAY,
    domain: 'vpn.hue.gov.vn',
    hosting: {
      type: 'gateway',
      origin: { addresses: ['10.2.2.3'], protocol: 'http' },
      connection: { vpnGateway: 'vgw-0123456789abcdef0', routes: ['10.2.0.0/16'] },
    },
  },
};

const NETWORKS = (['dual-stack', 'ipv6-only'] as const).flatMap((appSubnets) =>
  (['per-zone', 'single', 'none'] as const).map((nat) => ({ ipv4: '10.46.0.0/20', zones: 3, appSubnets, nat })),
);

const EXISTING: Environment['network'] = {
  existing: {
    vpc: 'vpc-0123456789abcdef0',
    ipv4: '10.46.0.0/20',
    ipv6: '2001:db8:46::/56',
    subnets: {
      public: [
        { id: 'subnet-00000001', zone: 'a', ipv6: '2001:db8:46:0::/64' },
        { id: 'subnet-00000002', zone: 'b', ipv6: '2001:db8:46:1::/64' },
      ],
      app: [
        { id: 'subnet-00000003', zone: 'a', ipv6: '2001:db8:46:10::/64' },
        { id: 'subnet-00000004', zone: 'b', ipv6: '2001:db8:46:11::/64' },
      ],
    },
  },
};

const OWN_VPN: Portal['hosting'] = {
  type: 'gateway',
  origin: { addresses: ['10.1.2.3'], protocol: 'http' },
  connection: { vpn: { address: '203.0.113.9' }, routes: ['10.1.0.0/16'] },
};

const FIXED: Readonly<Record<string, Portal>> = {
  accelerator: { ...CONTAINER, edge: 'accelerator', failover: 'maintenance-page' },
  external: { ...CONTAINER, domain: 'd.vn', aliases: [], zone: { external: true }, edge: 'accelerator' },
  network: { ...CONTAINER, domain: 'tcp.hue.gov.vn', aliases: [], edge: 'network' },
  vpn: { ...GATEWAY, edge: 'network', hosting: OWN_VPN },
};

const STACKS: readonly (readonly [string, string, object])[] = [
  ...loadFleet(EXAMPLES).agencies.flatMap(stacksOf),
  ['an existing network', 'production', productionJson({ network: EXISTING, portals: { portal: CONTAINER } })],
  ['addresses that stay', 'production', productionJson({ portals: FIXED })],
  ...NETWORKS.map(
    (network) =>
      [
        `${network.appSubnets}, nat ${network.nat}`,
        'production',
        productionJson({ network, portals: PORTALS }),
      ] as const,
  ),
];

function stacksOf({ id, config }: LoadedAgency): [string, string, object][] {
  return Object.keys(config.environments).map((environment) => [
    `${id}/${environment}`,
    environment,
    stackJson({ config, environments: [environment] }) as object,
  ]);
}

/** The construct paths of a stack, without its id. */
const pathsIn = (json: object) => resourcesOf(json).map(({ path }) => path);

describe.each(STACKS)('every construct of %s', (_, environment, json) => {
  const paths = pathsIn(json);

  test('comes from a key below its environment', () => {
    const shallow = paths.filter((path) => configPathOf(environment, path).length < 3);

    expect(paths.length).toBeGreaterThan(20);
    expect(shallow).toEqual([]);
  });

  test('comes from keys that the schema has', () => {
    const strange = paths.map((path) => configPathOf(environment, path)).filter((path) => !hasKeys(path));

    expect(strange).toEqual([]);
  });
});

test('each part of a portal is told apart, but for what no key decides', () => {
  const portal = (path: Path) => path[2] === 'portals' && path.length === 4;
  const whole = STACKS.flatMap(([, environment, json]) =>
    pathsIn(json).filter((path) => portal(configPathOf(environment, path))),
  );

  expect([...new Set(whole.map((path) => path.split('/').slice(2).join('/')))].sort()).toEqual([
    'dashboard/Resource',
    'edge/Resource',
    'edge/headers',
    'edge/http',
    'edge/https',
  ]);
});

test.each([
  ['portals/portal/edge/443-::--0', 'portals.portal.allow'],
  ['portals/portal/edge/80-2001:db8::--32', 'portals.portal.allow'],
  ['portals/portal/edge/Resource', 'portals.portal'],
  ['portals/portal/edge/to-10.1.2.3', 'portals.portal.hosting.origin.addresses'],
  ['portals/portal/edge/to-targets', 'portals.portal.hosting.port'],
  ['portals/portal/edge/address-a', 'portals.portal.edge'],
  ['portals/portal/edge/tls', 'portals.portal.edge'],
  ['portals/portal/accelerator/Resource', 'portals.portal.edge'],
  ['portals/portal/address-health/ipv6-a/alarm', 'portals.portal.edge'],
  ['portals/portal/dns/www.hue.gov.vn/AAAA', 'portals.portal.publish.aaaa'],
  ['portals/portal/dns/www.hue.gov.vn/A', 'portals.portal.domain'],
  ['portals/portal/certificate/www.hue.gov.vn', 'portals.portal.zone'],
  ['portals/portal/certificate/Resource', 'portals.portal.domain'],
  ['portals/portal/zone/delegation', 'portals.portal.zone'],
  ['portals/portal/zone/ds', 'portals.portal.zone.dnssec'],
  ['portals/portal/zone/signing/alarms/email', 'portals.portal.zone.dnssec'],
  ['portals/portal/hosting/target-group', 'portals.portal.hosting'],
  ['portals/portal/hosting/target-10.1.2.3', 'portals.portal.hosting.origin.addresses'],
  ['portals/portal/hosting/cpu-target', 'portals.portal.hosting.instances'],
  ['portals/portal/hosting/launch-template', 'portals.portal.hosting.ami'],
  ['portals/portal/hosting/index-function', 'portals.portal.hosting.index'],
  ['portals/portal/hosting/cache-86400', 'portals.portal.hosting.origin.cache'],
  ['portals/portal/waf/allow/ipv6', 'portals.portal.waf.allow'],
  ['portals/portal/waf-global/block/ipv4', 'portals.portal.waf.block'],
  ['portals/portal/waf/probe', 'portals.portal.publish.aaaa'],
  ['portals/portal/waf/association', 'portals.portal.waf'],
  ['portals/portal/waf-global/Resource', 'portals.portal.waf'],
  ['portals/portal/health/alarm', 'portals.portal.health'],
  ['portals/portal/alarms/email', 'portals.portal.alarms'],
  ['portals/portal/alarms/load-balancer/errors', 'portals.portal.alarms'],
  ['portals/portal/failover/edge/Resource', 'portals.portal.failover'],
  ['portals/portal/failover-health/alarm', 'portals.portal.failover'],
  ['portals/portal/failover/dns/www.hue.gov.vn/AAAA', 'portals.portal.failover'],
  ['portals/portal/dashboard/Resource', 'portals.portal'],
  ['portals/edge/dns/a.vn/A', 'portals.edge.domain'],
  ['network/Resource', 'network.ipv6'],
  ['network/nat-a/address', 'network.nat'],
  ['network/app/default-b/ipv4', 'network.nat'],
  ['network/app/default-b/ipv6', 'network.appSubnets'],
  ['network/app6/nat64-b', 'network.nat'],
  ['network/app6/a/Resource', 'network.appSubnets'],
  ['network/public/c/Resource', 'network.zones'],
  ['network/public/acl/Resource', 'network'],
  ['network/public/default/ipv6', 'network.ipv6'],
  ['network/transit/a/Resource', 'portals'],
  ['network/vpn-gateway', 'portals'],
  ['network/flow-logs/role', 'network'],
  ['probe/vpc', 'portals'],
  ['distribution-logs/policy', 'portals'],
  ['data-key/alias', 'securityLevel'],
  ['data-key-us-east-1/Resource', 'portals'],
  ['something/else', ''],
])('%s comes from %s', (construct, keys) => {
  expect(configPathOf('staging', construct).join('.')).toBe(['environments.staging', keys].filter(Boolean).join('.'));
});

const SCHEMA = agencyJsonSchema();

type Schema = ReturnType<typeof agencyJsonSchema>;

/** Whether some form of the schema has keys at a path. */
function hasKeys(path: Path, schema: Schema = SCHEMA): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return true;
  const forms = (schema.anyOf ?? schema.oneOf ?? [schema]) as Schema[];
  return forms.some(({ properties, additionalProperties }) => {
    const child = properties ? properties[key] : additionalProperties;
    return typeof child === 'object' && hasKeys(rest, child as Schema);
  });
}

import { type AgencyFileInput, agencyFileOf, type Variation } from './variations';

type EnvironmentInput = AgencyFileInput['environments'][string];
type PortalInput = NonNullable<EnvironmentInput['portals']>[string];

const ZONE = { id: 'Z0123456789ABCDEFGHIJ', name: 'thunghiem.gov.vn' };
const ROUTES = ['10.200.0.0/16', '10.201.0.0/16'];

const CONTAINER: PortalInput = {
  domain: 'cong.thunghiem.gov.vn',
  zone: ZONE,
  hosting: { type: 'container', image: '111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/portal:1.0.0' },
  publish: { aaaa: 'live' },
};

const GATEWAY: PortalInput = {
  ...CONTAINER,
  domain: 'motcua.thunghiem.gov.vn',
  hosting: {
    type: 'gateway',
    origin: { addresses: ['10.200.1.1'], protocol: 'http', port: 8883 },
    connection: { vpn: { address: '203.0.113.9' }, routes: ROUTES },
  },
};

const INSTANCES: PortalInput = {
  ...CONTAINER,
  domain: 'may.thunghiem.gov.vn',
  hosting: { type: 'instances', ami: 'ami-0123456789abcdef0' },
};

/** Files whose portals have addresses that stay, and ways of their own to data centers, with what is special in each. */
export function filesOfFixedAddresses(simple: Variation): [title: string, file: AgencyFileInput][] {
  const file = agencyFileOf(simple);
  const withPortals = (portals: Record<string, PortalInput>, changes: Partial<EnvironmentInput> = {}) => ({
    ...file,
    environments: { production: { ...file.environments.production!, portals, ...changes } },
  });
  const given = agencyFileOf({
    ...simple,
    zones: 'given',
    source: 'given',
    netmask: 'given',
    nat: 'given',
    subnets: 'given',
  });
  const { network } = given.environments.production!;
  return [
    [
      'an accelerator, for names in Route 53 and for an apex elsewhere',
      withPortals({
        cong: { ...CONTAINER, edge: 'accelerator' },
        xa: {
          ...CONTAINER,
          edge: 'accelerator',
          domain: 'so.gov.vn',
          zone: { external: true },
          publish: { aaaa: 'staged' },
        },
        rieng: {
          ...CONTAINER,
          edge: 'accelerator',
          domain: 'rieng.thunghiem.gov.vn',
          allow: ['203.0.113.0/24', '2001:db8:100::/48'],
        },
      }),
    ],
    [
      'a network load balancer before containers, machines and a data center behind a VPN',
      withPortals({
        cong: { ...CONTAINER, edge: 'network' },
        may: { ...INSTANCES, edge: 'network', publish: { aaaa: 'staged' } },
        motcua: { ...GATEWAY, edge: 'network', zone: { external: true } },
      }),
    ],
    [
      'a network load balancer in an adopted network, in us-east-1',
      withPortals(
        { cong: { ...CONTAINER, edge: 'network', publish: { aaaa: 'off' } } },
        { network, region: 'us-east-1' },
      ),
    ],
    [
      'two VPNs of its own, one of them for two portals',
      withPortals({
        motcua: GATEWAY,
        'mot-cua-khac': { ...GATEWAY, domain: 'khac.thunghiem.gov.vn' },
        ngoai: {
          ...GATEWAY,
          domain: 'ngoai.thunghiem.gov.vn',
          hosting: {
            type: 'gateway',
            origin: { addresses: ['10.202.1.1'] },
            connection: { vpn: { address: '198.51.100.9', asn: 64600 }, routes: ['10.202.0.0/16'] },
          },
        },
      }),
    ],
  ];
}

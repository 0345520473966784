import { addressRows } from '../../config/address-table';
import { parseCidr } from '../../core/cidr';
import { agencyFile, CONTAINER, GATEWAY, production } from '../helpers/agency';

/** `portal6 addresses` says what synthesis does: the two may not drift apart. */
test.each([
  ['two zones', {}],
  ['three zones', { network: { ipv4: '10.46.0.0/20', zones: 3 } }],
  ['a region whose second zone is c', { region: 'ap-northeast-1', network: { ipv4: '10.46.0.0/20', zones: 3 } }],
  ['endpoints in place of NAT', { network: { ipv4: '10.46.0.0/20', nat: 'none' as const } }],
  ['endpoints that nobody needs', { network: { ipv4: '10.46.0.0/20', nat: 'none' as const }, portals: {} }],
  ['IPv6-only tasks', { network: { ipv4: '10.46.0.0/20', appSubnets: 'ipv6-only' as const } }],
  ['a data center', { portals: { portal: CONTAINER, motcua: GATEWAY } }],
  [
    'a data center behind a zone that waits for its delegation',
    { portals: { motcua: { ...GATEWAY, zone: { create: true as const, delegated: false } } } },
  ],
  [
    'a data center behind a virtual private gateway, which needs no subnets',
    {
      portals: {
        motcua: {
          ...GATEWAY,
          hosting: {
            type: 'gateway' as const,
            origin: { addresses: ['10.1.2.3'] },
            connection: { vpnGateway: 'vgw-0123456789abcdef0', routes: ['10.1.0.0/16'] },
          },
        },
      },
    },
  ],
  [
    'a data center behind a VPN that is made here, which needs no subnets either',
    {
      portals: {
        motcua: {
          ...GATEWAY,
          hosting: {
            type: 'gateway' as const,
            origin: { addresses: ['10.1.2.3'] },
            connection: { vpn: { address: '203.0.113.9' }, routes: ['10.1.0.0/16'] },
          },
        },
      },
    },
  ],
  [
    'a pool',
    { network: { ipv4: '172.16.0.0/16', ipv6: { pool: 'ipam-pool-0123456789abcdef0', netmask: 48 as const } } },
  ],
])('the rows in use are the subnets that are synthesized: %s', (_, environment) => {
  const rows = addressRows(agencyFile(environment).environments.production!, { ipv6Prefix: prefixFor(environment) });
  const planned = rows
    .filter(({ state }) => state === 'used')
    .map(({ zone, ipv4, ipv6 }) => ({ zone, ipv4, netnum: netnumOf(ipv6) }));
  const synthesized = production(environment)
    .ofType('aws_subnet')
    .filter(({ constructPath }) => constructPath?.startsWith('hue-production/network/'))
    .map(({ attributes }) => ({
      zone: attributes.availability_zone,
      ipv4: attributes.cidr_block,
      netnum: Number(/, ([0-9]+)\)\}$/.exec(String(attributes.ipv6_cidr_block))?.[1]),
    }));

  expect(planned.length).toBeGreaterThan(0);
  expect(synthesized.map(text).sort()).toEqual(planned.map(text).sort());
});

function prefixFor(environment: { network?: object; portals?: object }): string {
  return environment.network && 'ipv6' in environment.network ? '2001:db8::/48' : '2001:db8::/56';
}

/** Which /64 of the block it is: the blocks above begin at 2001:db8::. */
function netnumOf(ipv6: string): number {
  return Number((parseCidr(ipv6)!.first >> 64n) & 0xffffn);
}

function text(subnet: object): string {
  return JSON.stringify(subnet);
}

import { loadAgency } from '../../config/load';
import { configFolder, edit, GATEWAY, printed } from '../helpers/config-folder';

/** What is said of gateways with such connections, without the place in front. */
function said(first: string, ...others: readonly string[]): string[] {
  const connected = edit(GATEWAY, ['{ transitGateway: tgw-0123456789abcdef0, routes: [10.1.0.0/16] }', first]);
  const portals = others.map(
    (connection, index) => `      other-${index + 1}:
        domain: khac-${index + 1}.hue.gov.vn
        zone: { id: Z0123456789ABCDEFGHIJ, name: hue.gov.vn }
        hosting:
          type: gateway
          origin: { addresses: [10.${index + 2}.2.3] }
          connection: ${connection}
`,
  );
  const folder = configFolder({ 'agencies/hue.yaml': connected + portals.join('') });
  return printed(folder, loadAgency(folder, 'hue').problems)
    .filter((line) => !line.includes('.dataLocation: notice'))
    .map((line) => line.replace(/^.*?environments\.production\.portals\./, '').replace('hosting.connection.', ''));
}

const vpn = (device: string, routes: string) => `{ vpn: { ${device} }, routes: [${routes}] }`;
const FIRST = vpn('address: 203.0.113.9', '10.1.0.0/16');

test.each<[string, string[]]>([
  ['alone', [FIRST]],
  ['shared by portals', [FIRST, vpn('address: 203.0.113.9', '10.2.0.0/16')]],
  ['beside another one', [FIRST, vpn('address: 203.0.113.10, asn: 64513', '10.2.0.0/16')]],
  ['beside a transit gateway', [FIRST, '{ transitGateway: tgw-0123456789abcdef0, routes: [10.2.0.0/16] }']],
  ['a number that is AWS only elsewhere', [vpn('address: 203.0.113.9, asn: 9059', '10.1.0.0/16')]],
])('a VPN that is made here is fine: %s', (_, [first, ...others]) => {
  expect(said(first!, ...others)).toEqual([]);
});

test.each<[string, string[], string[]]>([
  [
    'a private address',
    [vpn('address: 10.1.2.3', '10.1.0.0/16')],
    [
      "portal.vpn.address: write the public IPv4 address of the data center's VPN device, such as 203.0.113.9, not 10.1.2.3",
    ],
  ],
  [
    'an IPv6 address',
    [vpn('address: "2001:db8::1"', '10.1.0.0/16')],
    [
      "portal.vpn.address: write the public IPv4 address of the data center's VPN device, such as 203.0.113.9, not 2001:db8::1",
    ],
  ],
  [
    'a range that the origin is not in',
    [vpn('address: 203.0.113.9', '10.9.0.0/16')],
    ['portal.hosting.origin.addresses[0]: 10.1.2.3 is in none of the routes of the connection, 10.9.0.0/16'],
  ],
  [
    'a gateway of another stack beside it',
    [FIRST, '{ vpnGateway: vgw-0123456789abcdef0, routes: [10.2.0.0/16] }'],
    ['other-1.vpnGateway: a VPC takes one VPN gateway, and one made here is attached for another portal'],
  ],
  [
    'it beside a gateway of another stack',
    ['{ vpnGateway: vgw-0123456789abcdef0, routes: [10.1.0.0/16] }', vpn('address: 203.0.113.9', '10.2.0.0/16')],
    ['other-1.vpn: a VPC takes one VPN gateway, and vgw-0123456789abcdef0 is attached for another portal'],
  ],
  [
    'two numbers of one device',
    [FIRST, vpn('address: 203.0.113.9, asn: 64513', '10.2.0.0/16')],
    ['other-1.vpn.asn: is 64513, but 65000 for another portal behind the same address; a device has one'],
  ],
  [
    "AWS's number of the region",
    [vpn('address: 203.0.113.9, asn: 17943', '10.1.0.0/16')],
    ["portal.vpn.asn: 17943 is AWS's own in ap-southeast-1; use that of the data center, or leave it out"],
  ],
  [
    "AWS's number everywhere",
    [vpn('address: 203.0.113.9, asn: 7224', '10.1.0.0/16')],
    ["portal.vpn.asn: 7224 is AWS's own in ap-southeast-1; use that of the data center, or leave it out"],
  ],
  [
    'a range that leads two ways',
    [FIRST, vpn('address: 203.0.113.10', '10.1.0.0/16, 10.2.0.0/16')],
    ['other-1.routes[0]: 10.1.0.0/16 leads to 203.0.113.9 for another portal'],
  ],
])('a VPN that is made here is refused: %s', (_, [first, ...others], messages) => {
  expect(said(first!, ...others)).toEqual(messages);
});

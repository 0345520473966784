import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpnGateway } from '@cdktf/provider-aws/lib/vpn-gateway';
import { type DataCenter, DataCenterLink, gatewayOf } from '../../../constructs/network/data-center-link';
import { SubnetTier } from '../../../constructs/network/subnet-tier';
import { REGION, type Synthesized, synth } from '../../helpers/synth';

const TRANSIT: DataCenter = { transitGateway: 'tgw-1', routes: ['10.1.0.0/16', '10.2.0.0/16'] };
const VPN: DataCenter = { vpnGateway: 'vgw-1', routes: ['10.1.0.0/16'] };
const OWN_VPN: DataCenter = {
  vpn: { address: '203.0.113.9', asn: 65000, email: 'ipv6@hue.gov.vn' },
  routes: ['10.1.0.0/16'],
};

const link = (dataCenter: DataCenter, look: (link: DataCenterLink) => void = () => {}): Synthesized =>
  synth((scope) => {
    const vpc = new Vpc(scope, 'vpc', { cidrBlock: '10.0.0.0/20' });
    const transit = new SubnetTier(scope, 'transit', {
      vpc,
      ipv4: '10.0.0.0/20',
      ipv6Prefix: 56,
      tier: 'transit',
      region: REGION,
      zones: ['a', 'b'],
      routeTables: 'shared',
      name: 'hue',
    });
    const routeTable = new RouteTable(scope, 'public', { vpcId: vpc.id });
    look(
      new DataCenterLink(scope, 'Link', {
        vpc,
        dataCenter,
        transitSubnetIds: transit.subnetIds,
        vpnGateway: 'vpn' in dataCenter ? new VpnGateway(scope, 'gateway', { vpcId: vpc.id }) : undefined,
        routeTable,
        name: 'hue',
      }),
    );
  });

test('attaches the transit tier, in every zone, to the transit gateway', () => {
  const stack = link(TRANSIT);

  expect(stack.only('aws_ec2_transit_gateway_vpc_attachment')).toEqual({
    vpc_id: stack.ref('vpc'),
    transit_gateway_id: 'tgw-1',
    subnet_ids: [stack.ref('transit/a/Resource'), stack.ref('transit/b/Resource')],
    dns_support: 'enable',
    // Off by default at AWS; then no IPv6 could ever pass.
    ipv6_support: 'enable',
    tags: { Name: 'hue-data-center' },
  });
});

test('routes each range to the transit gateway, once that is attached', () => {
  const stack = link(TRANSIT);

  expect(stack.ofType('aws_route')).toEqual(
    TRANSIT.routes.map((range) => ({
      route_table_id: stack.ref('public'),
      destination_cidr_block: range,
      transit_gateway_id: 'tgw-1',
      depends_on: [stack.addressOf('Link/attachment')],
    })),
  );
});

test('attaches a VPN gateway to the VPC itself', () => {
  const stack = link(VPN);

  expect(stack.only('aws_vpn_gateway_attachment')).toEqual({ vpc_id: stack.ref('vpc'), vpn_gateway_id: 'vgw-1' });
  expect(stack.ofType('aws_ec2_transit_gateway_vpc_attachment')).toEqual([]);
  expect(stack.only('aws_route')).toMatchObject({
    gateway_id: 'vgw-1',
    depends_on: [stack.addressOf('Link/attachment')],
  });
});

test('connects the VPC by a VPN of its own, and routes to the gateway, which is attached as soon as it is there', () => {
  expect.assertions(4);
  const stack = link(OWN_VPN, ({ vpn }) => expect(vpn).toBeDefined());

  expect(stack.only('aws_vpn_connection')).toMatchObject({ vpn_gateway_id: stack.ref('gateway') });
  expect(stack.only('aws_vpn_connection_route').destination_cidr_block).toBe('10.1.0.0/16');
  expect(stack.only('aws_route')).toEqual({
    route_table_id: stack.ref('public'),
    destination_cidr_block: '10.1.0.0/16',
    gateway_id: stack.ref('gateway'),
  });
});

test('hands out its routes for load balancers to wait for', () => {
  expect.assertions(1);
  link(TRANSIT, ({ routes }) => expect(routes).toHaveLength(2));
});

test.each([
  [TRANSIT, 'tgw-1'],
  [VPN, 'vgw-1'],
  [OWN_VPN, '203.0.113.9'],
])('a data center is known by its gateway, or by its address', (dataCenter, id) => {
  expect(gatewayOf(dataCenter)).toBe(id);
});

import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { type DataCenter, DataCenterLink, gatewayOf } from '../../../constructs/network/data-center-link';
import { SubnetTier } from '../../../constructs/network/subnet-tier';
import { REGION, type Synthesized, synth } from '../../helpers/synth';

const TRANSIT: DataCenter = { transitGateway: 'tgw-1', routes: ['10.1.0.0/16', '10.2.0.0/16'] };
const VPN: DataCenter = { vpnGateway: 'vgw-1', routes: ['10.1.0.0/16'] };

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

test('hands out its routes for load balancers to wait for', () => {
  expect.assertions(1);
  link(TRANSIT, ({ routes }) => expect(routes).toHaveLength(2));
});

test.each([
  [TRANSIT, 'tgw-1'],
  [VPN, 'vgw-1'],
])('a data center is known by its gateway', (dataCenter, id) => {
  expect(gatewayOf(dataCenter)).toBe(id);
});

import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { EgressOnlyInternetGateway } from '@cdktf/provider-aws/lib/egress-only-internet-gateway';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { DefaultRoutes, NAT64_PREFIX } from '../../../constructs/network/default-routes';
import { synth } from '../../helpers/synth';

test('a public table leads both families to the internet gateway', () => {
  const stack = synth((scope) => {
    const routeTable = new RouteTable(scope, 'table', { vpcId: 'vpc-1' });
    const target = { gatewayId: new InternetGateway(scope, 'internet', {}).id };
    new DefaultRoutes(scope, 'Default', { routeTable, ipv4: target, ipv6: target });
  });

  const common = { route_table_id: stack.ref('table'), gateway_id: stack.ref('internet') };
  expect(stack.ofType('aws_route')).toEqual([
    { ...common, destination_cidr_block: '0.0.0.0/0' },
    { ...common, destination_ipv6_cidr_block: '::/0' },
  ]);
});

test('a private table leads IPv4 to NAT and IPv6, which has none, to the egress-only gateway', () => {
  const stack = synth((scope) => {
    const routeTable = new RouteTable(scope, 'table', { vpcId: 'vpc-1' });
    new DefaultRoutes(scope, 'Default', {
      routeTable,
      ipv4: { natGatewayId: new NatGateway(scope, 'nat', { subnetId: 'subnet-1' }).id },
      ipv6: { egressOnlyGatewayId: new EgressOnlyInternetGateway(scope, 'egress', { vpcId: 'vpc-1' }).id },
    });
  });

  expect(stack.at('Default/ipv4')).toMatchObject({ nat_gateway_id: stack.ref('nat') });
  expect(stack.at('Default/ipv6')).toMatchObject({ egress_only_gateway_id: stack.ref('egress') });
});

test('IPv4 may be left out, IPv6 not', () => {
  const stack = synth((scope) => {
    const routeTable = new RouteTable(scope, 'table', { vpcId: 'vpc-1' });
    new DefaultRoutes(scope, 'Default', { routeTable, ipv6: { egressOnlyGatewayId: 'eigw-1' } });
  });

  expect(stack.only('aws_route')).toMatchObject({ destination_ipv6_cidr_block: '::/0' });
});

test('hands out its routes for others to wait for', () => {
  synth((scope) => {
    const routeTable = new RouteTable(scope, 'table', { vpcId: 'vpc-1' });
    const { routes } = new DefaultRoutes(scope, 'Default', {
      routeTable,
      ipv4: { natGatewayId: 'nat-1' },
      ipv6: { egressOnlyGatewayId: 'eigw-1' },
    });

    expect(routes.map(({ node }) => node.id)).toEqual(['ipv4', 'ipv6']);
  });
});

test('NAT64 has one well-known prefix', () => {
  expect(NAT64_PREFIX).toBe('64:ff9b::/96');
});

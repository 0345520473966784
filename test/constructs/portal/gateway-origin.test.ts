import { GatewayOrigin, type GatewayOriginProps } from '../../../constructs/portal/gateway-origin';
import { aNetwork, anEdge, type Synthesized, synth } from '../../helpers/synth';

const gateway = (props: Partial<GatewayOriginProps> = {}): Synthesized =>
  synth((scope) => {
    const network = aNetwork();
    new GatewayOrigin(scope, 'Gateway', {
      network,
      edge: anEdge(scope, network),
      addresses: ['10.1.2.3', '10.1.2.4'],
      port: 443,
      protocol: 'https',
      health: { path: '/healthz', codes: '200,302' },
      ...props,
    });
  });

const stack = gateway();

test('the origin speaks IPv4 whoever asks: the load balancer translates', () => {
  expect(stack.only('aws_lb_target_group')).toMatchObject({
    name_prefix: 'p6-gw-',
    vpc_id: 'vpc-1',
    target_type: 'ip',
    ip_address_type: 'ipv4',
    port: 443,
    protocol: 'HTTPS',
    deregistration_delay: '30',
    lifecycle: { create_before_destroy: true },
  });
  expect(stack.only('aws_lb').ip_address_type).toBe('dualstack');
});

test('each address is a target in all zones, because it lies outside the VPC', () => {
  expect(stack.pathsOf('aws_lb_target_group_attachment')).toEqual([
    'Gateway/target-10.1.2.3',
    'Gateway/target-10.1.2.4',
  ]);
  expect(stack.at('Gateway/target-10.1.2.3')).toEqual({
    target_group_arn: stack.ref('Gateway/target-group', 'arn'),
    target_id: '10.1.2.3',
    port: 443,
    availability_zone: 'all',
  });
});

test('the load balancer may speak to each address, on its port, and to nobody else', () => {
  expect(
    stack
      .ofType('aws_vpc_security_group_egress_rule')
      .map(({ cidr_ipv4, from_port, to_port }) => [cidr_ipv4, from_port, to_port]),
  ).toEqual([
    ['10.1.2.3/32', 443, 443],
    ['10.1.2.4/32', 443, 443],
  ]);
});

test('the load balancer serves the origin', () => {
  expect(stack.at('edge/https')).toMatchObject({
    default_action: [{ type: 'forward', target_group_arn: stack.ref('Gateway/target-group', 'arn') }],
  });
  expect(stack.at('edge/http').port).toBe(80);
});

test.each([
  ['https', 'HTTPS'],
  ['http', 'HTTP'],
] as const)('protocol %s is that of requests and health checks', (protocol, expected) => {
  expect(gateway({ protocol }).only('aws_lb_target_group')).toMatchObject({
    protocol: expected,
    health_check: { protocol: expected },
  });
});

test('port is that of targets and of the firewall', () => {
  const other = gateway({ port: 8443 });

  expect(other.only('aws_lb_target_group').port).toBe(8443);
  expect(other.at('Gateway/target-10.1.2.3').port).toBe(8443);
  expect(other.ofType('aws_vpc_security_group_egress_rule')[0]).toMatchObject({ from_port: 8443, to_port: 8443 });
});

test('health says what to ask for and what means well', () => {
  expect(stack.only('aws_lb_target_group').health_check).toMatchObject({ path: '/healthz', matcher: '200,302' });
});

test('adding an address changes nothing of the others', () => {
  const more = gateway({ addresses: ['10.1.2.2', '10.1.2.3', '10.1.2.4'] });

  expect(more.at('Gateway/target-10.1.2.3')).toEqual(stack.at('Gateway/target-10.1.2.3'));
});

test.each(['203.0.113.9', '2001:db8::1', 'origin.hue.gov.vn'])(
  'fails when %s is an address: a load balancer reaches private IPv4 alone',
  (address) => {
    expect(() => gateway({ addresses: ['10.1.2.3', address] })).toThrow(
      `test/Gateway: \`addresses\` must be private IPv4 addresses (RFC 1918 or RFC 6598), got: "${address}"`,
    );
  },
);

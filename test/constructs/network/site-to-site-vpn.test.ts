import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpnGateway } from '@cdktf/provider-aws/lib/vpn-gateway';
import { SiteToSiteVpn, type SiteToSiteVpnProps } from '../../../constructs/network/site-to-site-vpn';
import { type Synthesized, synth } from '../../helpers/synth';

const vpn = (props: Partial<SiteToSiteVpnProps> = {}, use: (made: SiteToSiteVpn) => void = () => {}): Synthesized =>
  synth((scope) =>
    use(
      new SiteToSiteVpn(scope, 'Vpn', {
        name: 'hue-production',
        gateway: new VpnGateway(scope, 'gateway', { vpcId: 'vpc-1' }),
        address: '203.0.113.9',
        asn: 65000,
        routes: ['10.1.0.0/16', '10.2.0.0/16'],
        email: 'ipv6@hue.gov.vn',
        ...props,
      }),
    ),
  );

const stack = vpn();
const connection = stack.only('aws_vpn_connection');

test('is a connection of static routes, IPv4 inside, from the gateway of the VPC to the device of the data center', () => {
  expect(connection).toMatchObject({
    type: 'ipsec.1',
    vpn_gateway_id: stack.ref('gateway'),
    customer_gateway_id: stack.ref('Vpn/customer-gateway'),
    static_routes_only: true,
    tunnel_inside_ip_version: 'ipv4',
    tags: { Name: 'hue-production-vpn-203.0.113.9' },
  });
  expect(stack.only('aws_customer_gateway')).toEqual({
    type: 'ipsec.1',
    ip_address: '203.0.113.9',
    bgp_asn: '65000',
    // AWS hands out the gateway that is there for the same address and name.
    device_name: 'hue-production',
    tags: { Name: 'hue-production-vpn-203.0.113.9' },
  });
});

test('knows each range of the data center', () => {
  expect(stack.pathsOf('aws_vpn_connection_route')).toEqual(['Vpn/route-10.1.0.0--16', 'Vpn/route-10.2.0.0--16']);
  expect(stack.at('Vpn/route-10.1.0.0--16')).toEqual({
    vpn_connection_id: stack.ref('Vpn/Resource'),
    destination_cidr_block: '10.1.0.0/16',
  });
});

describe.each(['tunnel1', 'tunnel2'])('%s', (tunnel) => {
  test('takes IKEv2 alone, with nothing that is broken', () => {
    expect(connection[`${tunnel}_ike_versions`]).toEqual(['ikev2']);
    for (const phase of ['phase1', 'phase2']) {
      const groups = connection[`${tunnel}_${phase}_dh_group_numbers`] as number[];

      expect(Math.min(...groups)).toBeGreaterThanOrEqual(14);
      // RFC 8247, 2.4.
      expect(groups.filter((group) => [22, 23, 24].includes(group))).toEqual([]);
      expect(connection[`${tunnel}_${phase}_encryption_algorithms`]).toEqual(['AES256', 'AES256-GCM-16']);
      expect(connection[`${tunnel}_${phase}_integrity_algorithms`]).toEqual(['SHA2-256', 'SHA2-384', 'SHA2-512']);
    }
  });

  test('is started by AWS, and started again when the other side falls silent', () => {
    expect(connection).toMatchObject({
      [`${tunnel}_startup_action`]: 'start',
      [`${tunnel}_dpd_timeout_action`]: 'restart',
    });
  });

  test('says in a log why it is down', () => {
    expect(connection[`${tunnel}_log_options`]).toEqual({
      cloudwatch_log_options: {
        log_enabled: true,
        log_group_arn: stack.ref('Vpn/log-group', 'arn'),
        log_output_format: 'json',
      },
    });
  });
});

test('logs are kept for the 12 months that the law asks for', () => {
  expect(stack.only('aws_cloudwatch_log_group')).toEqual({
    name: '/aws/vendedlogs/portal6/hue-production/vpn/203.0.113.9',
    retention_in_days: 400,
  });
});

test('somebody hears when neither tunnel is up; one alone is maintenance', () => {
  expect(stack.only('aws_cloudwatch_metric_alarm')).toMatchObject({
    alarm_name: 'hue-production-vpn-203.0.113.9-down',
    namespace: 'AWS/VPN',
    metric_name: 'TunnelState',
    dimensions: { VpnId: stack.ref('Vpn/Resource') },
    statistic: 'Maximum',
    threshold: 1,
    comparison_operator: 'LessThanThreshold',
    treat_missing_data: 'breaching',
    alarm_actions: [stack.ref('Vpn/alarms/Resource', 'arn')],
    ok_actions: [stack.ref('Vpn/alarms/Resource', 'arn')],
  });
  expect(stack.only('aws_sns_topic_subscription').endpoint).toBe('ipv6@hue.gov.vn');
});

test('the key encrypts what is logged and told', () => {
  const dataKeyArn = 'arn:aws:kms:ap-southeast-1:111122223333:key/1';
  const encrypted = vpn({ dataKeyArn });

  expect(encrypted.only('aws_cloudwatch_log_group').kms_key_id).toBe(dataKeyArn);
  expect(encrypted.only('aws_sns_topic').kms_master_key_id).toBe(dataKeyArn);
});

test('holds no key of the tunnels: AWS makes them', () => {
  expect(Object.keys(connection).filter((name) => name.includes('preshared'))).toEqual([]);
});

test('tells where its tunnels end', () => {
  const told = vpn({}, (made) => {
    new Vpc(made, 'told', { tags: { one: made.tunnels[0], two: made.tunnels[1] } });
  });

  expect(told.at('Vpn/told').tags).toEqual({
    one: told.ref('Vpn/Resource', 'tunnel1_address'),
    two: told.ref('Vpn/Resource', 'tunnel2_address'),
  });
});

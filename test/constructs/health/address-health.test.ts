import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { AddressHealth, type AddressHealthProps } from '../../../constructs/health/address-health';
import { type Synthesized, synth } from '../../helpers/synth';

const ADDRESSES: AddressHealthProps['addresses'] = {
  A: [
    { id: '1', address: '198.51.100.1' },
    { id: '2', address: '198.51.100.2' },
  ],
  AAAA: [{ id: '1', address: '2001:db8::1' }],
};

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:alarms';

const health = (props: Partial<AddressHealthProps> = {}): Synthesized =>
  synth((scope) => {
    const provider = new AwsProvider(scope, 'aws-us-east-1', { region: 'us-east-1', alias: 'us-east-1' });
    new AddressHealth(scope, 'Health', {
      name: 'hue-production--portal',
      addresses: ADDRESSES,
      probe: { host: 'hue.gov.vn', path: '/healthz' },
      alarmTopicArn: TOPIC,
      provider,
      ...props,
    });
  });

const stack = health();

test('each address is asked by itself: of a name Route 53 asks the IPv4 addresses alone', () => {
  expect(stack.pathsOf('aws_route53_health_check')).toEqual([
    'Health/ipv4-1/health-check',
    'Health/ipv4-2/health-check',
    'Health/ipv6-1/health-check',
  ]);
  expect(stack.at('Health/ipv6-1/health-check')).toEqual({
    ip_address: '2001:db8::1',
    port: 443,
    type: 'HTTPS',
    // The name in SNI and Host.
    fqdn: 'hue.gov.vn',
    resource_path: '/healthz',
    enable_sni: true,
    tags: { Name: 'hue-production--portal-ipv6-1' },
  });
});

test('what speaks no HTTP is asked for a connection, without a name: Route 53 refuses both at once', () => {
  expect(health({ probe: 'connect' }).at('Health/ipv6-1/health-check')).toEqual({
    ip_address: '2001:db8::1',
    port: 443,
    type: 'TCP',
    tags: { Name: 'hue-production--portal-ipv6-1' },
  });
});

test('somebody hears of each, in us-east-1, which alone has the metrics of health checks', () => {
  expect(stack.at('Health/ipv6-1/alarm')).toEqual({
    alarm_name: 'hue-production--portal-ipv6-1-down',
    alarm_description: 'Address 1 of the portal does not answer over IPv6, asked by Route 53.',
    namespace: 'AWS/Route53',
    metric_name: 'HealthCheckStatus',
    dimensions: { HealthCheckId: stack.ref('Health/ipv6-1/health-check') },
    statistic: 'Minimum',
    period: 60,
    evaluation_periods: 3,
    datapoints_to_alarm: 3,
    threshold: 1,
    comparison_operator: 'LessThanThreshold',
    treat_missing_data: 'breaching',
    alarm_actions: [TOPIC],
    ok_actions: [TOPIC],
    provider: 'aws.us-east-1',
  });
  expect(stack.pathsOf('aws_cloudwatch_metric_alarm')).toHaveLength(3);
});

test('a new address changes nothing of the others', () => {
  const more = health({ addresses: { ...ADDRESSES, AAAA: [...ADDRESSES.AAAA, { id: '2', address: '2001:db8::2' }] } });

  expect(more.at('Health/ipv6-1/health-check')).toEqual(stack.at('Health/ipv6-1/health-check'));
});

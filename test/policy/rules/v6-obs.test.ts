import { judge } from '../../../policy/check';
import type { Rule } from '../../../policy/rule';
import { rule as obs001 } from '../../../policy/rules/v6-obs-001';
import { rule as obs002 } from '../../../policy/rules/v6-obs-002';
import { rule as obs003 } from '../../../policy/rules/v6-obs-003';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

type Attributes = Record<string, unknown>;

function saysOf(rule: Rule, resource: PlainResources): string[] {
  const { findings, crashes } = judge(readStackJson({ resource }), [rule]);
  expect(crashes).toEqual([]);
  return findings.map(({ result, resource: { address }, message }) => `${result} ${address}: ${message}`);
}

describe('V6-OBS-001', () => {
  const stack = (...logs: readonly Attributes[]): PlainResources => ({
    aws_vpc: { main: { assign_generated_ipv6_cidr_block: true } },
    aws_flow_log: Object.fromEntries(
      logs.map((log, index) => [`log${index}`, { vpc_id: '${aws_vpc.main.id}', ...log }]),
    ),
  });
  const ALL = { traffic_type: 'ALL' };

  test.each<[string, PlainResources, string]>([
    ['no logs', stack(), 'the VPC has no flow logs'],
    [
      'logs of what was dropped',
      stack({ traffic_type: 'REJECT' }),
      'the flow logs of the VPC are about REJECT traffic alone',
    ],
    ['logs of another VPC', stack({ ...ALL, vpc_id: 'vpc-0123456789abcdef0' }), 'the VPC has no flow logs'],
    [
      'logs without addresses',
      stack({ ...ALL, log_format: '$${version} $${srcport} $${dstaddr} $${action}' }),
      'the log_format of aws_flow_log.log0 leaves out who talked to whom',
    ],
  ])('fails %s', (_, resource, message) => {
    expect(saysOf(obs001, resource)).toEqual([`fail aws_vpc.main: ${message}`]);
  });

  const { aws_vpc } = stack();
  const subnet = (name: string) => ({ vpc_id: '${aws_vpc.main.id}', availability_zone: name });

  test.each<[string, PlainResources]>([
    ['two logs that make up all', stack({ traffic_type: 'ACCEPT' }, { traffic_type: 'REJECT' })],
    ['a format of its own', stack({ ...ALL, log_format: '$${srcaddr} $${dstaddr} $${action}' })],
    ['the addresses of packets', stack({ ...ALL, log_format: '$${pkt-srcaddr} $${pkt-dstaddr}' })],
    ['a format that only apply will know', stack({ ...ALL, log_format: '${var.format}' })],
    [
      'a log of each subnet',
      {
        aws_vpc: aws_vpc!,
        aws_subnet: { a: subnet('a'), b: subnet('b') },
        aws_flow_log: {
          a: { subnet_id: '${aws_subnet.a.id}', ...ALL },
          b: { subnet_id: '${aws_subnet.b.id}', ...ALL },
        },
      },
    ],
    ['no logs of a VPC without IPv6', { aws_vpc: { main: {} } }],
  ])('is content with %s', (_, resource) => {
    expect(saysOf(obs001, resource)).toEqual([]);
  });

  test('one subnet with a log does not make up for the others', () => {
    const resource = {
      aws_vpc: aws_vpc!,
      aws_subnet: { a: subnet('a'), b: subnet('b') },
      aws_flow_log: { a: { subnet_id: '${aws_subnet.a.id}', ...ALL } },
    };

    expect(saysOf(obs001, resource)).toEqual(['fail aws_vpc.main: the VPC has no flow logs']);
  });

  test('does not know whose logs those of a variable are', () => {
    const resource = {
      ...stack({ ...ALL, vpc_id: '${var.vpc_id}' }),
      aws_vpc: { main: aws_vpc!.main!, other: aws_vpc!.main! },
    };

    expect(saysOf(obs001, resource)).toEqual(
      ['main', 'other'].map((name) => `unknown aws_vpc.${name}: whose flow logs there are is only known after apply`),
    );
  });
});

const DUAL_STACK = { ip_address_type: 'dualstack' };

describe('V6-OBS-002', () => {
  const ACTIONS = { alarm_actions: ['${aws_sns_topic.alarms.arn}'] };
  const metric = (name: string, loadBalancer: unknown = '${aws_lb.edge.arn_suffix}'): Attributes => ({
    namespace: 'AWS/ApplicationELB',
    metric_name: name,
    dimensions: { LoadBalancer: loadBalancer },
  });
  const stack = (alarm: Attributes, others: PlainResources = {}, edge: Attributes = DUAL_STACK): PlainResources => ({
    aws_lb: { edge },
    aws_cloudwatch_metric_alarm: { ipv6: alarm },
    ...others,
  });
  const share = (dimension?: unknown): Attributes => ({
    metric_query: [
      { id: 'share', expression: '100 * v6 / all', return_data: true },
      { id: 'all', metric: metric('RequestCount', dimension) },
      { id: 'v6', metric: [metric('IPv6RequestCount', dimension)] },
    ],
  });
  const NONE = 'fail aws_lb.edge: no alarm is on IPv6RequestCount or IPv6ProcessedBytes of the load balancer';

  test.each<[string, PlainResources, string]>([
    ['an alarm on the sum', stack({ ...metric('RequestCount'), ...ACTIONS }), NONE],
    [
      'an alarm on another load balancer',
      stack({ ...metric('IPv6RequestCount', 'app/other/0123456789abcdef'), ...ACTIONS }),
      NONE,
    ],
    [
      'an alarm that nobody hears',
      stack(share()),
      'fail aws_lb.edge: nobody hears aws_cloudwatch_metric_alarm.ipv6: it has no actions',
    ],
    [
      'an alarm whose actions are off',
      stack({ ...share(), ...ACTIONS, actions_enabled: false }),
      'fail aws_lb.edge: nobody hears aws_cloudwatch_metric_alarm.ipv6: it has no actions',
    ],
    ['no alarm', { aws_lb: { edge: DUAL_STACK } }, NONE],
    ['no alarm of the older type', { aws_alb: { edge: DUAL_STACK } }, NONE.replace('aws_lb', 'aws_alb')],
  ])('fails %s', (_, resource, message) => {
    expect(saysOf(obs002, resource)).toEqual([message]);
  });

  test.each<[string, PlainResources]>([
    ['an alarm on the bytes', stack({ ...metric('IPv6ProcessedBytes'), ...ACTIONS })],
    ['an alarm on a share', stack({ ...share(), ...ACTIONS })],
    [
      'an alarm on a load balancer that exists',
      stack(
        { ...share('app/edge/0123456789abcdef'), ...ACTIONS },
        {},
        { ...DUAL_STACK, arn_suffix: 'app/edge/0123456789abcdef' },
      ),
    ],
    [
      'an alarm that another one speaks for',
      stack(share(), {
        aws_cloudwatch_composite_alarm: {
          all: { alarm_rule: 'ALARM(${aws_cloudwatch_metric_alarm.ipv6.alarm_name})', ...ACTIONS },
        },
      }),
    ],
    ['an internal load balancer', { aws_lb: { edge: { ...DUAL_STACK, internal: true } } }],
    ['a load balancer with IPv4 alone', { aws_lb: { edge: {} } }],
    ['a network load balancer', { aws_lb: { edge: { ...DUAL_STACK, load_balancer_type: 'network' } } }],
  ])('is content with %s', (_, resource) => {
    expect(saysOf(obs002, resource)).toEqual([]);
  });

  test.each<[string, Attributes]>([
    ['load balancer', metric('IPv6RequestCount', '${var.load_balancer}')],
    ['dimensions', { ...metric('IPv6RequestCount'), dimensions: '${var.dimensions}' }],
    ['metric', metric('${var.metric}')],
    ['queries', { metric_query: '${var.queries}' }],
  ])('does not know of an alarm whose %s only apply will know', (_, alarm) => {
    expect(saysOf(obs002, stack({ ...alarm, ...ACTIONS }))).toEqual([
      'unknown aws_lb.edge: which load balancers the alarms are about is only known after apply',
    ]);
  });
});

describe('V6-OBS-003', () => {
  const logs = (enabled?: unknown) => ({ access_logs: { bucket: 'hue-access-logs', enabled } });
  const listener = (protocol: string): PlainResources => ({
    aws_lb_listener: { https: { load_balancer_arn: '${aws_lb.edge.arn}', protocol } },
  });
  const network = { aws_lb: { edge: { ...DUAL_STACK, load_balancer_type: 'network' } } };
  const delivery = (arn: string): PlainResources => ({
    aws_cloudwatch_log_delivery_source: { edge: { log_type: 'ACCESS_LOGS', resource_arn: arn } },
  });
  const cdn = (attributes: Attributes = {}): PlainResources => ({
    aws_cloudfront_distribution: { cdn: { enabled: true, is_ipv6_enabled: true, ...attributes } },
  });

  test.each<[string, PlainResources, string]>([
    ['no logs', { aws_lb: { edge: DUAL_STACK } }, 'aws_lb.edge'],
    ['logs that are not turned on', { aws_lb: { edge: { ...DUAL_STACK, ...logs() } } }, 'aws_lb.edge'],
    ['a network load balancer that ends TLS', { ...network, ...listener('TLS') }, 'aws_lb.edge'],
    ['a distribution', cdn(), 'aws_cloudfront_distribution.cdn'],
    [
      'a distribution with logs of another',
      { ...cdn(), ...delivery('arn:aws:cloudfront::1:distribution/E') },
      'aws_cloudfront_distribution.cdn',
    ],
  ])('fails %s', (_, resource, address) => {
    expect(saysOf(obs003, resource)).toEqual([`fail ${address}: it keeps no access logs`]);
  });

  test.each<[string, PlainResources]>([
    [
      'logs',
      { aws_lb: { edge: { ...DUAL_STACK, access_logs: [{ bucket: '${aws_s3_bucket.logs.id}', enabled: 'true' }] } } },
    ],
    ['logs of a distribution', cdn({ logging_config: { bucket: 'hue-logs.s3.amazonaws.com' } })],
    ['logs of a distribution that are delivered', { ...cdn(), ...delivery('${aws_cloudfront_distribution.cdn.arn}') }],
    [
      'logs of a distribution in real time',
      cdn({ default_cache_behavior: { realtime_log_config_arn: '${var.logs}' } }),
    ],
    ['a distribution without IPv6', cdn({ is_ipv6_enabled: false })],
    ['a distribution that says nothing of IPv6', cdn({ is_ipv6_enabled: undefined })],
    ['a distribution that is off', cdn({ enabled: false })],
    ['a network load balancer for TCP, which cannot have them', { ...network, ...listener('TCP') }],
    ['an internal load balancer', { aws_lb: { edge: { ...DUAL_STACK, internal: true } } }],
    ['a load balancer with IPv4 alone', { aws_lb: { edge: { ip_address_type: 'ipv4' } } }],
  ])('is content with %s', (_, resource) => {
    expect(saysOf(obs003, resource)).toEqual([]);
  });

  test.each<[string, PlainResources]>([
    ['blocks that only apply will know', { aws_lb: { edge: { ...DUAL_STACK, access_logs: '${var.logs}' } } }],
    [
      'logs that may be delivered',
      {
        ...cdn(),
        ...delivery('${var.arn}'),
        aws_cloudfront_distribution: { cdn: cdn().aws_cloudfront_distribution!.cdn!, b: { enabled: false } },
      },
    ],
  ])('does not know of %s', (_, resource) => {
    expect(saysOf(obs003, resource)).toEqual([expect.stringMatching(/^unknown .* whether it keeps access logs/)]);
  });
});

import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import {
  AVAILABLE_METRIC,
  Ipv6Probe,
  type Ipv6ProbeProps,
  PROBE_NAMESPACE,
  REQUESTS_METRIC,
} from '../../../constructs/health/ipv6-probe';
import { PROBE_METRICS } from '../../../constructs/health/probe/handler';
import { contains, overlaps, parseCidr } from '../../../core/cidr';
import { type Attributes, REGION, type Synthesized, synth } from '../../helpers/synth';

const PORTAL = { portal: 'portal', host: 'hue.gov.vn', lookup: 'v6.hue.gov.vn', path: '/healthz', codes: '200-299' };

const probe = (props: Partial<Ipv6ProbeProps> = {}): Synthesized =>
  synth((scope) => {
    const made = new Ipv6Probe(scope, 'Probe', { name: 'hue-production', region: REGION, ...props });
    made.watch(scope, 'schedule', PORTAL);
  });

const stack = probe();

describe('its network', () => {
  test('is a VPC of its own: in the portal’s, the way from the Internet would not be proven', () => {
    expect(stack.only('aws_vpc')).toMatchObject({
      cidr_block: '100.64.0.0/26',
      assign_generated_ipv6_cidr_block: true,
    });
  });

  test('takes IPv4 addresses that no agency’s network can overlap', () => {
    const block = parseCidr(String(stack.only('aws_vpc').cidr_block))!;

    expect(contains(parseCidr('100.64.0.0/10')!, block)).toBe(true);
    for (const text of ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']) {
      expect(overlaps(parseCidr(text)!, block)).toBe(false);
    }
  });

  test('has a dual-stack subnet in each of two zones', () => {
    const vpc = stack.addressOf('Probe/vpc');

    expect(stack.ofType('aws_subnet')).toMatchObject([
      {
        availability_zone: 'ap-southeast-1a',
        cidr_block: '100.64.0.0/27',
        ipv6_cidr_block: `\${cidrsubnet(${vpc}.ipv6_cidr_block, 8, 0)}`,
        assign_ipv6_address_on_creation: true,
      },
      {
        availability_zone: 'ap-southeast-1b',
        cidr_block: '100.64.0.32/27',
        ipv6_cidr_block: `\${cidrsubnet(${vpc}.ipv6_cidr_block, 8, 1)}`,
        assign_ipv6_address_on_creation: true,
      },
    ]);
  });

  test('leads out over IPv6 alone, so that a request cannot fall back to IPv4', () => {
    expect(stack.only('aws_route')).toEqual({
      route_table_id: stack.ref('Probe/route-table'),
      destination_ipv6_cidr_block: '::/0',
      egress_only_gateway_id: stack.ref('Probe/egress-only-gateway'),
    });
    expect(stack.ofType('aws_nat_gateway')).toEqual([]);
    expect(stack.ofType('aws_internet_gateway')).toEqual([]);
    for (const zone of ['a', 'b']) {
      expect(stack.at(`Probe/route-table-association-${zone}`)).toEqual({
        subnet_id: stack.ref(`Probe/subnet-${zone}`),
        route_table_id: stack.ref('Probe/route-table'),
      });
    }
  });

  test('lets HTTPS out over IPv6, and nothing in', () => {
    expect(stack.only('aws_vpc_security_group_egress_rule')).toMatchObject({
      security_group_id: stack.ref('Probe/security-group'),
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
      cidr_ipv6: '::/0',
    });
    expect(stack.ofType('aws_vpc_security_group_ingress_rule')).toEqual([]);
    expect(stack.only('aws_default_security_group')).toMatchObject({ ingress: [], egress: [] });
  });

  test('logs its flows', () => {
    expect(stack.only('aws_flow_log').vpc_id).toBe(stack.ref('Probe/vpc'));
    expect(stack.at('Probe/flow-logs/log-group').name).toBe('/portal6/hue-production/ipv6-probe/flow-logs');
  });
});

describe('its function', () => {
  test('is allowed IPv6 in its subnets: without that a Lambda has IPv4 alone', () => {
    expect(stack.only('aws_lambda_function')).toMatchObject({
      function_name: 'hue-production-ipv6-probe',
      runtime: 'nodejs22.x',
      handler: 'index.handler',
      role: stack.ref('Probe/role', 'arn'),
      vpc_config: {
        subnet_ids: [stack.ref('Probe/subnet-a'), stack.ref('Probe/subnet-b')],
        security_group_ids: [stack.ref('Probe/security-group')],
        ipv6_allowed_for_dual_stack: true,
      },
    });
  });

  test('waits for its permissions and its way out', () => {
    expect(stack.only('aws_lambda_function').depends_on).toEqual([
      stack.addressOf('Probe/role-policy'),
      stack.addressOf('Probe/default/ipv6'),
    ]);
  });

  test('is the zip that was built, at a path that is the same on every machine', () => {
    const { filename, source_code_hash } = stack.only('aws_lambda_function');

    expect(filename).toMatch(/^assets\/Probe_code_[0-9A-F]{8}\/[0-9a-f]{32}\/probe\.zip$/);
    expect(source_code_hash).toBe(`\${filebase64sha256("${String(filename)}")}`);
  });

  test('keeps its log, which holds the metric, for a year', () => {
    expect(stack.at('Probe/log-group')).toEqual({
      name: '/aws/lambda/hue-production-ipv6-probe',
      retention_in_days: 400,
    });
    expect(stack.only('aws_lambda_function').logging_config).toEqual({
      log_format: 'Text',
      log_group: stack.ref('Probe/log-group', 'name'),
    });
  });

  test('encrypts its logs with the key that the stack has for its data', () => {
    const encrypted = probe({ dataKeyArn: 'arn:aws:kms:key' });

    expect(encrypted.ofType('aws_cloudwatch_log_group').map((group) => group.kms_key_id)).toEqual([
      'arn:aws:kms:key',
      'arn:aws:kms:key',
    ]);
  });

  test('a long name is cut, in the function as in its log group', () => {
    const long = probe({ name: 'a'.repeat(61) });
    const name = String(long.only('aws_lambda_function').function_name);

    expect(name).toHaveLength(64);
    expect(long.at('Probe/log-group').name).toBe(`/aws/lambda/${name}`);
    expect(String(long.only('aws_scheduler_schedule').name)).toHaveLength(64);
  });

  test('its role is for Lambda, in the partition of the region', () => {
    expect(stack.at('Probe/role').assume_role_policy).toContain('"Service":"lambda.amazonaws.com"');
    expect(stack.at('Probe/role-policy')).toEqual({
      role: stack.ref('Probe/role', 'name'),
      policy_arn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole',
    });
  });
});

test('the alarms ask for the metrics that the probe writes', () => {
  expect(PROBE_METRICS).toMatchObject({
    namespace: PROBE_NAMESPACE,
    dimensions: ['Stack', 'Portal'],
    available: AVAILABLE_METRIC,
    requests: REQUESTS_METRIC,
  });
});

describe('a portal', () => {
  test('is asked once a minute, and never twice for one minute', () => {
    expect(stack.only('aws_scheduler_schedule')).toMatchObject({
      name: 'hue-production--portal-ipv6-probe',
      schedule_expression: 'rate(1 minute)',
      flexible_time_window: { mode: 'OFF' },
      target: {
        arn: stack.ref('Probe/Resource', 'arn'),
        role_arn: stack.ref('Probe/scheduler-role', 'arn'),
        retry_policy: { maximum_retry_attempts: 0, maximum_event_age_in_seconds: 60 },
      },
    });
  });

  test('is named to the function with all that it has to ask', () => {
    const { input } = stack.only('aws_scheduler_schedule').target as Attributes;

    expect(JSON.parse(String(input))).toEqual({ stack: 'hue-production', ...PORTAL });
  });

  test('has its schedule in its own place, so that no other portal changes with it', () => {
    expect(stack.pathsOf('aws_scheduler_schedule')).toEqual(['schedule']);
  });

  test('the scheduler may call this function and no other', () => {
    expect(stack.at('Probe/scheduler-role').assume_role_policy).toContain('"Service":"scheduler.amazonaws.com"');
    expect(JSON.parse(String(stack.at('Probe/scheduler-role-policy').policy))).toMatchObject({
      Statement: [{ Action: 'lambda:InvokeFunction', Resource: stack.ref('Probe/Resource', 'arn') }],
    });
  });
});

test('tells firewalls the IPv6 block that its requests come from', () => {
  const told = synth((scope) => {
    const { ipv6Cidr } = new Ipv6Probe(scope, 'Probe', { name: 'hue-production', region: REGION });
    new Vpc(scope, 'firewall', { tags: { ipv6Cidr } });
  });

  expect(told.at('firewall').tags).toEqual({ ipv6Cidr: told.ref('Probe/vpc', 'ipv6_cidr_block') });
});

test('region decides the zones', () => {
  expect(
    probe({ region: 'ap-northeast-1' })
      .ofType('aws_subnet')
      .map(({ availability_zone }) => availability_zone),
  ).toEqual(['ap-northeast-1a', 'ap-northeast-1c']);
});

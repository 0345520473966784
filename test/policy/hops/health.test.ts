import type { HopResult } from '../../../policy/hops/hop';
import { expectBoth, fail, find, PASS, type Step, unknown } from '../../helpers/hops';
import { networkEdge, watched } from '../../helpers/plain-network-edge';
import { type Edit } from '../../helpers/plain-stack';

describe('health', () => {
  test('without a check of the targets IPv4 fails, and IPv6 has the probe', () => {
    expectBoth('health', ({ aws_lb_target_group }) => (aws_lb_target_group!.tasks!.health_check = { enabled: false }), {
      ipv4: fail('add a health check to the target group'),
      ipv6: PASS,
    });
  });

  const withoutProbe: Edit = (resources) => void (resources.aws_scheduler_schedule = {});

  test('a check of IPv4 targets says nothing of IPv6', () => {
    expectBoth('health', withoutProbe, { ipv4: PASS, ipv6: fail('add a health check over IPv6: the probe') });
  });

  test('the check of an IPv6 target group runs over IPv6', () => {
    const edit: Edit = (resources) => {
      withoutProbe(resources);
      resources.aws_lb_target_group!.tasks!.ip_address_type = 'ipv6';
    };

    expectBoth('health', edit, { ipv4: PASS, ipv6: PASS });
  });

  test.each<Step>([
    ['nobody listens to it', ({ aws_cloudwatch_metric_alarm: alarms }) => delete alarms!.down],
    [
      'the alarm is on another metric',
      ({ aws_cloudwatch_metric_alarm: alarms }) => (alarms!.down!.metric_name = 'Errors'),
    ],
    [
      'the alarm is for another portal',
      ({ aws_cloudwatch_metric_alarm: alarms }) => (alarms!.down!.dimensions = { Portal: 'other' }),
    ],
    ['it asks for another portal', input({ portal: 'portal', host: 'motcua.hue.gov.vn' })],
    [
      'it names no portal',
      (resources) => {
        input({ host: 'hue.gov.vn' })(resources);
        resources.aws_cloudwatch_metric_alarm!.down!.dimensions = { Stack: 'hue' };
      },
    ],
    [
      'its input cannot be read',
      ({ aws_scheduler_schedule }) => (aws_scheduler_schedule!.probe!.target = { input: '{' }),
    ],
    [
      'its input is no object',
      ({ aws_scheduler_schedule }) => (aws_scheduler_schedule!.probe!.target = { input: 'null' }),
    ],
  ])('a probe counts for nothing when %s', (_, edit) => {
    expect(find('health', 'ipv6', edit)).toEqual(fail('add a health check over IPv6: the probe'));
  });

  describe('of a probe in the VPC', () => {
    const inside =
      (network: Record<string, unknown>, group: Record<string, unknown> = { egress: [HTTPS] }): Edit =>
      (resources) => {
        const arn = '${aws_lambda_function.probe.arn}';
        Object.assign(resources.aws_scheduler_schedule!.probe!.target as object, { arn });
        resources.aws_security_group!.probe = group;
        resources.aws_lambda_function = {
          probe: {
            vpc_config: {
              subnet_ids: ['${aws_subnet.a.id}'],
              security_group_ids: ['${aws_security_group.probe.id}'],
              ipv6_allowed_for_dual_stack: true,
              ...network,
            },
          },
        };
      };
    const twoSubnets = ['${aws_subnet.a.id}', '${aws_subnet.app.id}'];
    const HTTPS = { protocol: 'tcp', from_port: 443, to_port: 443, ipv6_cidr_blocks: ['::/0'] };
    const shut = {
      ...fail('let aws_lambda_function.probe out over IPv6'),
      causes: [{ rule: 'V6-CMP-008', resource: expect.objectContaining({ address: 'aws_lambda_function.probe' }) }],
    };
    const hidden = unknown('whether aws_lambda_function.probe gets out over IPv6 cannot be seen here');

    test.each<[string, Edit, HopResult]>([
      ['that gets out', inside({}), PASS],
      ['that uses no IPv6', inside({ ipv6_allowed_for_dual_stack: false }), shut],
      ['that a security group keeps in', inside({}, { egress: [{ ...HTTPS, to_port: 442, from_port: 442 }] }), shut],
      ['in a subnet without a route', inside({ subnet_ids: ['${aws_subnet.app.id}'] }), shut],
      ['in two subnets, one without a route', inside({ subnet_ids: twoSubnets }), shut],
      ['of which that is not known', inside({ ipv6_allowed_for_dual_stack: '${var.ipv6}' }), hidden],
      ['whose groups are elsewhere', inside({ security_group_ids: ['sg-0123456789abcdef0'] }), hidden],
    ])('%s', (_, edit, expected) => {
      expect(find('health', 'ipv6', edit)).toEqual(expected);
    });

    test('another that gets out will do', () => {
      const second: Edit = ({ aws_scheduler_schedule: schedules }) => {
        schedules!.second = { target: { input: JSON.stringify({ portal: 'portal', host: 'hue.gov.vn' }) } };
      };

      expect(find('health', 'ipv6', inside({ ipv6_allowed_for_dual_stack: false }), second)).toEqual(PASS);
    });

    test('one that is switched off counts for nothing', () => {
      const off: Edit = ({ aws_scheduler_schedule: schedules }) => (schedules!.probe!.state = 'DISABLED');

      expect(find('health', 'ipv6', off)).toEqual(fail('add a health check over IPv6: the probe'));
    });
  });

  test('a probe of any public name will do', () => {
    expect(find('health', 'ipv6', input({ portal: 'portal', host: 'www.hue.gov.vn' }))).toEqual(PASS);
  });

  test('nobody can tell without a target group', () => {
    expect(find('health', 'ipv4', (resources) => void (resources.aws_lb_target_group = {})).state).not.toBe('pass');
  });
});

describe('health of a load balancer whose addresses stay', () => {
  const unasked = fail('add a Route 53 health check of each of its IPv6 addresses, with an alarm');
  const untold = unknown('whether Route 53 asks its IPv6 addresses is only known after apply');

  test('passes where Route 53 asks each of its IPv6 addresses, and somebody hears', () => {
    expect(find('health', 'ipv6', networkEdge, watched('ipv6'))).toEqual(PASS);
  });

  test.each<[string, Edit, ReturnType<typeof fail>]>([
    ['nothing asks', () => undefined, unasked],
    ['only IPv4 is asked', watched('ipv4'), unasked],
    ['an address is not asked', ({ aws_route53_health_check: checks }) => delete checks!['ipv6-b'], unasked],
    [
      'nobody hears of an address',
      ({ aws_cloudwatch_metric_alarm: alarms }) => delete alarms!['ipv6-b']!.alarm_actions,
      unasked,
    ],
    [
      'the alarm on an address is on another metric',
      ({ aws_cloudwatch_metric_alarm: alarms }) => (alarms!['ipv6-b']!.metric_name = 'HealthCheckPercentageHealthy'),
      unasked,
    ],
    [
      'what an address is asked at comes from outside',
      ({ aws_route53_health_check: checks }) => (checks!['ipv6-b']!.ip_address = '${var.address}'),
      untold,
    ],
  ])('does not where %s', (what, edit, finding) => {
    const others: readonly Edit[] = finding === unasked && /nothing|only/.test(what) ? [] : [watched('ipv6')];

    expect(find('health', 'ipv6', networkEdge, ...others, edit)).toEqual(finding);
  });

  test('of IPv4 passes by checks of the addresses where targets have none', () => {
    const unchecked: Edit = ({ aws_lb_target_group: groups }) => (groups!.tasks!.health_check = { enabled: false });

    expect(find('health', 'ipv4', networkEdge, unchecked, watched('ipv4'))).toEqual(PASS);
    expect(find('health', 'ipv4', networkEdge, unchecked, watched('ipv6'))).toEqual(
      fail('add a health check to the target group'),
    );
  });
});

function input(event: Record<string, string>): Edit {
  return ({ aws_scheduler_schedule }) =>
    void (aws_scheduler_schedule!.probe!.target = { input: JSON.stringify(event) });
}

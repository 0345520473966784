import { expectBoth, fail, find, PASS, type Step } from '../../helpers/hops';
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

  test('a probe of any public name will do', () => {
    expect(find('health', 'ipv6', input({ portal: 'portal', host: 'www.hue.gov.vn' }))).toEqual(PASS);
  });

  test('nobody can tell without a target group', () => {
    expect(find('health', 'ipv4', (resources) => void (resources.aws_lb_target_group = {})).state).not.toBe('pass');
  });
});

function input(event: Record<string, string>): Edit {
  return ({ aws_scheduler_schedule }) =>
    void (aws_scheduler_schedule!.probe!.target = { input: JSON.stringify(event) });
}

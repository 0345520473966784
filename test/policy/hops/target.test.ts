import type { Family } from '../../../core/cidr';
import type { HopResult } from '../../../policy/hops/hop';
import { expectBoth, fail, find, PASS, unknown } from '../../helpers/hops';
import { type Edit } from '../../helpers/plain-stack';

describe('target', () => {
  const both = (finding: HopResult): Record<Family, HopResult> => ({ ipv4: finding, ipv6: finding });

  test('the load balancer translates, so one way to the tasks serves clients of both families', () => {
    expectBoth('target', ({ aws_vpc_security_group_ingress_rule: rules }) => delete rules!.tasks, {
      ipv4: fail('open port 8080 of the tasks to the load balancer'),
      ipv6: fail('open port 8080 of the tasks to the load balancer'),
    });
  });

  test.each<[string, boolean, Record<string, unknown>]>([
    ['another port', false, { from_port: 80, to_port: 80 }],
    ['a range around the port', true, { from_port: 8000, to_port: 9000 }],
    ['all protocols', true, { ip_protocol: '-1', from_port: undefined, to_port: undefined }],
    ['UDP', false, { ip_protocol: 'udp' }],
    ['somebody else', false, { referenced_security_group_id: '${aws_security_group.tasks.id}' }],
  ])('a rule for %s opens the tasks to the load balancer: %j', (_, opens, change) => {
    const edit: Edit = ({ aws_vpc_security_group_ingress_rule: rules }) => void Object.assign(rules!.tasks!, change);

    expect(find('target', 'ipv6', edit).state).toBe(opens ? 'pass' : 'fail');
  });

  test('an inline rule counts as one of its own does', () => {
    const edit: Edit = ({ aws_security_group, aws_vpc_security_group_ingress_rule: rules }) => {
      delete rules!.tasks;
      aws_security_group!.tasks!.ingress = [
        { protocol: 'tcp', from_port: 8080, to_port: 8080, security_groups: ['${aws_security_group.edge.id}'] },
      ];
    };

    expectBoth('target', edit, both(PASS));
  });

  test.each([['ipv4'], [undefined]])(
    'fails when an IPv4 load balancer (%j) stands before an IPv6 target group',
    (type) => {
      const edit: Edit = ({ aws_lb, aws_lb_target_group }) => {
        aws_lb!.edge!.ip_address_type = type;
        aws_lb_target_group!.tasks!.ip_address_type = 'ipv6';
      };

      expectBoth('target', edit, both(fail('an IPv4 load balancer cannot reach an IPv6 target group')));
    },
  );

  describe('of several groups', () => {
    const arn = (name: string) => `\${aws_lb_target_group.${name}.arn}`;
    /** A second group, to which a tenth of the requests goes, and who is registered in it. */
    const shared =
      (by: string, group: Record<string, unknown> = {}): Edit =>
      (resources) => {
        const { tasks } = resources.aws_lb_target_group!;
        const { portal } = resources.aws_ecs_service!;
        const target_group = [
          { arn: arn('tasks'), weight: 90 },
          { arn: by, weight: 10 },
        ];
        resources.aws_lb_target_group!.next = { ...tasks, ...group };
        resources.aws_lb_listener!.https!.default_action = [{ type: 'forward', forward: { target_group } }];
        resources.aws_ecs_service!.next = {
          ...portal,
          load_balancer: [{ target_group_arn: arn('next'), container_port: 8080 }],
        };
      };

    test('all have to be reached', () => {
      const empty: Edit = ({ aws_ecs_service }) => delete aws_ecs_service!.next;

      expectBoth('target', shared(arn('next')), both(PASS));
      expect(find('target', 'ipv6', shared(arn('next')), empty)).toEqual(fail('register somebody in the target group'));
    });

    test('one that is elsewhere is not known', () => {
      expectBoth(
        'target',
        shared('arn:aws:elasticloadbalancing:x'),
        both(unknown('not all target groups can be seen here')),
      );
    });

    test('all have to be checked', () => {
      const unwatched: Edit = (resources) => void (resources.aws_scheduler_schedule = {});
      const ipv6: Edit = ({ aws_lb_target_group }) => (aws_lb_target_group!.tasks!.ip_address_type = 'ipv6');
      const unchecked = { health_check: { enabled: false } };

      expect(find('health', 'ipv4', shared(arn('next')))).toEqual(PASS);
      expect(find('health', 'ipv4', shared(arn('next'), unchecked)).state).toBe('fail');
      expect(find('health', 'ipv6', shared(arn('next'), { ip_address_type: 'ipv6' }), ipv6, unwatched)).toEqual(PASS);
      expect(find('health', 'ipv6', shared(arn('next')), ipv6, unwatched).state).toBe('fail');
    });
  });

  test('is that of the rules which forward a family', () => {
    const edit: Edit = (resources) => {
      resources.aws_lb_target_group!.office = { ...resources.aws_lb_target_group!.tasks };
      resources.aws_lb_listener_rule = {
        office: {
          listener_arn: '${aws_lb_listener.https.arn}',
          action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.office.arn}' }],
          condition: [{ source_ip: { values: ['203.0.113.0/24'] } }],
        },
      };
    };

    expectBoth('target', edit, { ipv4: fail('register somebody in the target group'), ipv6: PASS });
  });

  test('attached addresses are targets too', () => {
    const edit: Edit = (resources) => {
      resources.aws_ecs_service = {};
      resources.aws_lb_target_group_attachment = {
        origin: { target_group_arn: '${aws_lb_target_group.tasks.arn}', target_id: '10.1.2.3' },
      };
      resources.aws_vpc_security_group_egress_rule!.edge!.referenced_security_group_id = undefined;
      resources.aws_vpc_security_group_egress_rule!.edge!.cidr_ipv4 = '10.1.2.3/32';
    };

    expectBoth('target', edit, both(PASS));
  });

  test.each<[string, Edit, string]>([
    ['no one registers', (resources) => void (resources.aws_ecs_service = {}), 'register somebody in the target group'],
  ])('is closed to both families when %s', (_, edit, reason) => {
    expectBoth('target', edit, both(fail(reason)));
  });

  test('who registers elsewhere cannot be seen', () => {
    const edit: Edit = (resources) => {
      resources.aws_ecs_service = {};
      resources.aws_lb_target_group!.other = {};
      resources.aws_lb_target_group_attachment = {
        origin: { target_group_arn: '${var.group}', target_id: '10.1.2.3' },
      };
    };

    expectBoth('target', edit, both(unknown('who registers in the target group cannot be seen here')));
    expectBoth(
      'target',
      (resources) => void (resources.aws_lb_target_group = {}),
      both(unknown('no target group can be seen')),
    );
  });
});

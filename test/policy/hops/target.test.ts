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

import { passagesTo } from '../../../policy/facts/target-access';
import { type Edit, plainStack } from '../../helpers/plain-stack';

/** Each direction of the way to the tasks of the plain stack: open, closed (false) or not to be seen. */
function ways(edit: Edit = () => undefined) {
  const graph = plainStack(edit);
  const [group] = graph.ofType('aws_lb_target_group');
  return passagesTo(graph, group!).map(({ direction, port, family, isOpen, isOpenOverOther }) => ({
    way: `${direction} ${family} ${port}`,
    isOpen,
    isOpenOverOther,
  }));
}

const egress = (isOpen: boolean | undefined, isOpenOverOther = isOpen) => ({
  way: 'egress ipv4 8080',
  isOpen,
  isOpenOverOther,
});
const ingress = (isOpen: boolean | undefined, isOpenOverOther = isOpen) => ({
  way: 'ingress ipv4 8080',
  isOpen,
  isOpenOverOther,
});

test('a rule that names the other group opens the way over both families', () => {
  expect(ways()).toEqual([egress(true), ingress(true)]);
});

test('a rule for a range of one family opens the way over that family alone', () => {
  const edit: Edit = ({ aws_vpc_security_group_ingress_rule: rules }) => {
    rules!.tasks!.referenced_security_group_id = undefined;
    rules!.tasks!.cidr_ipv6 = '::/0';
  };

  expect(ways(edit)).toEqual([egress(true), ingress(false, true)]);
});

test('a rule for another port opens nothing', () => {
  const edit: Edit = ({ aws_vpc_security_group_egress_rule: rules }) =>
    void Object.assign(rules!.edge!, { from_port: 9000, to_port: 9000 });

  expect(ways(edit)).toEqual([egress(false), ingress(true)]);
});

test('what a group elsewhere lets in cannot be seen', () => {
  const edit: Edit = ({ aws_ecs_service }) => {
    (aws_ecs_service!.portal!.network_configuration as Record<string, unknown>).security_groups = ['sg-0abc'];
  };

  expect(ways(edit)).toEqual([egress(undefined), ingress(undefined)]);
});

test('a function behind a target group is reached by no address', () => {
  expect(ways(({ aws_lb_target_group }) => (aws_lb_target_group!.tasks!.target_type = 'lambda'))).toEqual([]);
});

import { isForwardedTo, TARGET_GROUPS } from '../facts/load-balancers';
import { type ExampleChange, planOf } from '../plan-example';
import type { Resource } from '../resource-graph';
import { fail, PASS, type Rule } from '../rule';

export const rule: Rule = {
  id: 'V6-TG-006',
  title: 'A target group that is replaced hands over to its successor first',
  group: 'targets and health',
  kind: 'danger',
  severity: 'warning',
  types: TARGET_GROUPS,
  why: 'The family of a target group cannot change in place. A listener holds on to the old group, so AWS refuses to delete it before there is a new one ("ResourceInUse"); and two groups of one name cannot be there at once.',
  fix: 'Use `name_prefix` (at most 6 characters) instead of `name`, and `lifecycle { create_before_destroy = true }`; or make a second group and shift the weights of the listener.',
  sources: [
    'https://github.com/hashicorp/terraform-provider-aws/issues/35010',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_target_group',
    'plan measured with AWS provider 5.100.0',
  ],
  good: planOf(changes({ name_prefix: 'tasks-' }, ['create', 'delete'])),
  bad: planOf(changes({ name: 'tasks' }, ['delete', 'create'])),

  check(targetGroup, graph) {
    const { change } = targetGroup;
    if (!change?.actions.includes('delete') || !change.actions.includes('create')) return undefined;
    if (!change.before) return undefined;
    const reason = described(targetGroup);
    if (change.actions[0] === 'delete') {
      return isForwardedTo(graph, targetGroup)
        ? fail(`the plan deletes it before there is another, while a listener forwards to it${reason}`)
        : undefined;
    }
    const name = change.before.known('name');
    if (targetGroup.configures('name') && targetGroup.is('name', name ?? '')) {
      return fail(`the plan makes a second one with the same name, ${name!}, before it deletes the first${reason}`);
    }
    return PASS;
  },
};

/** What forces the replacement. */
function described(targetGroup: Resource): string {
  const { before, replacePaths } = targetGroup.change!;
  const [name] = replacePaths;
  if (name === undefined) return '';
  const [old, next] = [before!.known(name), targetGroup.known(name)];
  return old !== undefined && next !== undefined ? `: ${name} goes from ${old} to ${next}` : `: ${name} changes`;
}

function changes(naming: Readonly<Record<string, unknown>>, actions: readonly string[]): ExampleChange[] {
  const arn = 'arn:aws:elasticloadbalancing:ap-southeast-1:111122223333:targetgroup/tasks/0123456789abcdef';
  const group = { ...naming, port: 8080, target_type: 'ip', arn };
  const listener = { port: 443, default_action: [{ type: 'forward', target_group_arn: arn }] };
  return [
    {
      address: 'aws_lb_target_group.tasks',
      actions,
      before: { ...group, ip_address_type: 'ipv4' },
      after: { ...group, ip_address_type: 'ipv6' },
      replaces: ['ip_address_type'],
    },
    { address: 'aws_lb_listener.https', actions: ['no-op'], before: listener, after: listener },
  ];
}

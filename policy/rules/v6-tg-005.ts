import { parseAddress } from '../../core/cidr';
import { ATTACHMENTS, familyOf, TARGET_GROUPS } from '../facts/load-balancers';
import type { Resource } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';

export const rule: Rule = {
  id: 'V6-TG-005',
  title: 'A target is of the kind and of the family that its group takes',
  group: 'targets and health',
  kind: 'danger',
  severity: 'error',
  hop: 'target',
  types: ATTACHMENTS,
  why: 'All targets of a group are of one kind, instances or addresses, and of one family. AWS refuses to register an IPv4 address in an IPv6 group, an address in a group of instances, and the reverse; a plan accepts all of them.',
  fix: 'Set `target_type` and `ip_address_type` of the target group to what is registered, or register the other address.',
  sources: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html'],
  good: stack('2001:db8:0:100::20'),
  bad: stack('10.0.0.20'),
  unknown: stack('${var.address}'),

  check(attachment, graph) {
    const group = graph.referenceIn(attachment.value('target_group_arn'), ...TARGET_GROUPS);
    if (!group) return undefined;
    const verdict = judge(attachment, group);
    if (verdict?.result !== 'fail') return verdict;
    const registered = ATTACHMENTS.flatMap((type) => graph.referring(type, 'target_group_arn', group));
    // Where none fits, it is the group that does not, which is said once.
    const none = registered.every((one) => judge(one, group)?.result === 'fail');
    return none ? { ...verdict, causes: [{ rule: 'V6-TG-005', resource: registered[0]! }] } : verdict;
  },
};

function judge(attachment: Resource, group: Resource): Verdict | undefined {
  const id = attachment.known('target_id') ?? '';
  const address = parseAddress(id);
  if (group.is('target_type', 'instance', 'instance')) {
    return address ? fail(`${id} is an address, but ${group.address} takes instances`) : PASS;
  }
  if (!group.is('target_type', 'ip')) return undefined;
  if (id.startsWith('i-')) return fail(`${id} is an instance, but ${group.address} takes addresses`);
  const family = familyOf(group);
  // IPv4 is what addresses are as long as nobody says otherwise.
  if (!address) return family === 'ipv4' ? undefined : unknown('the family of the address cannot be seen here');
  if (!family) return unknown(`the family of ${group.address} is only known after apply`);
  return address.family === family ? PASS : fail(`${id} cannot be in ${group.address}, which is ${NAMES[family]}`);
}

const NAMES = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

function stack(address: string): ExampleResources {
  return {
    aws_lb_target_group: { web: { port: 443, target_type: 'ip', ip_address_type: 'ipv6' } },
    aws_lb_target_group_attachment: {
      web: { target_group_arn: '${aws_lb_target_group.web.arn}', target_id: address },
    },
  };
}

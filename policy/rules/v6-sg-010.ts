import { isWritten } from '../facts/inline';
import { type Direction, GROUPS } from '../facts/security-groups';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule } from '../rule';

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

export const rule: Rule = {
  id: 'V6-SG-010',
  title: 'The rules of a security group are written in one style',
  group: 'firewalls',
  kind: 'danger',
  severity: 'error',
  types: GROUPS,
  why: 'Inline `ingress` and `egress` blocks are all the rules to Terraform: it takes away every other one, those of rule resources too, which the next run adds again. Typically a rule resource brought ::/0 to a group with inline IPv4 rules, and then IPv6 comes and goes.',
  fix: 'Write all rules of the group as rule resources, or all as inline blocks.',
  sources: ['https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group'],
  good: bothFamilies('resources'),
  bad: bothFamilies('mixed'),

  check(group, graph) {
    const inline = DIRECTIONS.filter((direction) => isWritten(group, direction));
    const separate = DIRECTIONS.flatMap((direction) =>
      rulesOf(graph, group, direction).map((one) => ({ one, direction })),
    );
    const clash = separate.find(({ direction }) => inline.includes(direction));
    if (clash) {
      return fail(
        `the group has inline ${clash.direction} rules, and ${clash.one.address} adds another: each takes the other away`,
      );
    }
    if (inline.length > 0 && separate.length > 0) {
      return fail(
        `the group has inline ${inline.join()} rules, and rule resources for ${separate[0]!.direction}: one inline block there takes them away`,
        {
          severity: 'notice',
        },
      );
    }
    return inline.length + separate.length > 0 ? PASS : undefined;
  },
};

function rulesOf(graph: ResourceGraph, group: Resource, direction: Direction): readonly Resource[] {
  return [
    ...graph.referring(`aws_vpc_security_group_${direction}_rule`, 'security_group_id', group),
    ...graph
      .referring('aws_security_group_rule', 'security_group_id', group)
      .filter((one) => one.is('type', direction)),
  ];
}

function bothFamilies(style: 'resources' | 'mixed'): ExampleResources {
  const https = {
    security_group_id: '${aws_security_group.edge.id}',
    ip_protocol: 'tcp',
    from_port: 443,
    to_port: 443,
  };
  const inline = { protocol: 'tcp', from_port: 443, to_port: 443, cidr_blocks: ['0.0.0.0/0'] };
  const vpc_id = 'vpc-0123456789abcdef0';
  return {
    aws_security_group: { edge: style === 'mixed' ? { vpc_id, ingress: [inline] } : { vpc_id } },
    aws_vpc_security_group_ingress_rule: {
      ...(style === 'resources' && { ipv4: { ...https, cidr_ipv4: '0.0.0.0/0' } }),
      ipv6: { ...https, cidr_ipv6: '::/0' },
    },
  };
}

import { subnetHasIpv6 } from '../facts/address-blocks';
import { asksForIpv6 } from '../facts/compute';
import { launchTemplateOf } from '../facts/load-balancers';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-CMP-005',
  title: 'A launch template with interfaces asks for IPv6 addresses where its subnets give none',
  group: 'compute',
  kind: 'presence',
  severity: 'warning',
  types: ['aws_launch_template'],
  why: 'A machine in a dual-stack subnet has IPv4 alone, unless the subnet assigns IPv6 addresses or the interface in the launch template asks for one.',
  fix: 'Set `ipv6_address_count = 1` in `network_interfaces`, or `assign_ipv6_address_on_creation = true` on the subnets.',
  sources: ['https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template'],
  good: stack({ ipv6_address_count: 1 }),
  bad: stack({}),
  unknown: stack({}, '${var.assign}'),

  check(template, graph) {
    if (!template.has('network_interfaces')) return undefined;
    const groups = graph.ofType('aws_autoscaling_group').filter((group) => launchTemplateOf(graph, group) === template);
    const subnets = groups
      .flatMap((group) => graph.resolve(group.value('vpc_zone_identifier'), 'aws_subnet').found)
      .filter(subnetHasIpv6);
    if (subnets.length === 0) return undefined;
    const asks = asksForIpv6(graph, template);
    if (asks) return PASS;
    const gives = subnets.map((subnet) => subnet.is('assign_ipv6_address_on_creation', true, false));
    const without = [...new Set(subnets.filter((_, index) => gives[index] === false))];
    if (without.length > 0 && asks === false) {
      const names = without.map(({ address }) => address).join(', ');
      return fail(`its interfaces ask for no IPv6 address, and ${names} assigns none`, { causes: without });
    }
    return gives.every((one) => one)
      ? PASS
      : unknown('whether its machines get IPv6 addresses is only known after apply');
  },
};

function stack(networkInterface: Readonly<Record<string, unknown>>, assigns?: string): ExampleResources {
  return {
    aws_subnet: {
      app: {
        cidr_block: '10.46.1.0/24',
        ipv6_cidr_block: '2406:da18:77:1::/64',
        assign_ipv6_address_on_creation: assigns,
      },
    },
    aws_launch_template: { web: { network_interfaces: [{ device_index: 0, ...networkInterface }] } },
    aws_autoscaling_group: {
      web: { launch_template: { id: '${aws_launch_template.web.id}' }, vpc_zone_identifier: ['${aws_subnet.app.id}'] },
    },
  };
}

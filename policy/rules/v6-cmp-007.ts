import { isIpv6Only } from '../facts/address-blocks';
import { launchTemplateOf } from '../facts/load-balancers';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';
import type { Block } from '../value';

export const rule: Rule = {
  id: 'V6-CMP-007',
  title: 'Instance metadata answers over IPv6 where there is no IPv4, and only to who has a token',
  group: 'compute',
  kind: 'danger',
  severity: 'warning',
  types: ['aws_instance', 'aws_launch_template'],
  why: 'A machine gets its role and its network from the metadata service. Over IPv6, at fd00:ec2::254, it is off unless asked for, which leaves a machine without IPv4 with nothing; and without tokens it hands credentials to whoever makes the machine send a request.',
  fix: 'In `metadata_options` set `http_protocol_ipv6 = "enabled"`, `http_endpoint = "enabled"` and `http_tokens = "required"`.',
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template',
  ],
  good: stack({ http_protocol_ipv6: 'enabled', http_endpoint: 'enabled', http_tokens: 'required' }),
  bad: stack({ http_endpoint: 'enabled', http_tokens: 'required' }),
  unknown: stack({ http_protocol_ipv6: '${var.imds}', http_tokens: 'required' }),

  check(machine, graph) {
    // What a template says is the template's.
    if (!machine.has('metadata_options') && launchTemplateOf(graph, machine)) return undefined;
    const native = subnetsOf(machine, graph).filter((subnet) => isIpv6Only(subnet));
    const options = machine.block('metadata_options');
    const enabled = machine.hides('metadata_options')
      ? undefined
      : options.is('http_protocol_ipv6', 'enabled', 'disabled');
    if (enabled) return ofEnabled(options);
    if (native.length === 0) return undefined;
    return enabled === false
      ? fail(`the metadata service is not on over IPv6, and ${native[0]!.address} has no IPv4`)
      : unknown('whether the metadata service answers over IPv6 is only known after apply');
  },
};

function ofEnabled(options: Block): Verdict {
  const answers = options.is('http_endpoint', 'enabled', 'enabled');
  if (answers === false) return fail('`http_protocol_ipv6` is enabled, but `http_endpoint` is not: nothing answers');
  const tokens = options.is('http_tokens', 'required', 'optional');
  if (tokens === false) return fail('the metadata service answers over IPv6 without a token');
  return answers && tokens ? PASS : unknown('whether the metadata service asks for tokens is only known after apply');
}

/** Where a machine starts, or what a template is for. */
function subnetsOf(machine: Resource, graph: ResourceGraph): readonly Resource[] {
  const groups = graph.ofType('aws_autoscaling_group').filter((group) => launchTemplateOf(graph, group) === machine);
  const ids = [
    machine.value('subnet_id'),
    ...machine.blocks('network_interfaces').map((one) => one.value('subnet_id')),
    ...groups.flatMap((group) => group.list('vpc_zone_identifier')),
  ];
  return graph.resolve(ids, 'aws_subnet').found;
}

function stack(options: Readonly<Record<string, unknown>>): ExampleResources {
  return {
    aws_subnet: { app: { ipv6_native: true, ipv6_cidr_block: '2406:da18:77:1::/64' } },
    aws_instance: { web: { subnet_id: '${aws_subnet.app.id}', metadata_options: options } },
  };
}

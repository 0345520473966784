import { subnetHasIpv6 } from '../facts/address-blocks';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-SUB-004',
  title: 'A subnet that hands out IPv6 has an IPv6 block',
  group: 'addressing',
  kind: 'danger',
  severity: 'error',
  types: ['aws_subnet'],
  why: 'Automatic IPv6 addresses, AAAA records of machines and DNS64 need a block in the subnet. The plan passes without, and AWS refuses the setting with InvalidParameterValue.',
  fix: 'Set `ipv6_cidr_block`, or take the setting away. Where the subnet exists already, apply the block first and the setting after that.',
  sources: [
    'https://github.com/hashicorp/terraform-provider-aws/issues/32897',
    'https://github.com/hashicorp/terraform-provider-aws/issues/32410',
    'measured with AWS provider 5.100.0',
  ],
  good: stack({ assign_ipv6_address_on_creation: true, ipv6_cidr_block: '2001:db8:0:100::/64' }),
  bad: stack({ assign_ipv6_address_on_creation: true }),
  unknown: stack({ assign_ipv6_address_on_creation: '${var.ipv6}' }),

  check(subnet) {
    const settings = SETTINGS.map((name) => ({ name, on: subnet.is(name, true, false) }));
    const used = settings.filter(({ on }) => on !== false);
    if (used.length === 0) return undefined;
    if (subnetHasIpv6(subnet)) return PASS;
    const on = used.filter((setting) => setting.on).map(({ name }) => name);
    if (on.length === 0) return unknown(`${used[0]!.name} is only known after apply, and there is no IPv6 block`);
    return fail(`${on.join(' and ')} ${on.length === 1 ? 'is' : 'are'} true, but the subnet has no IPv6 block`, {
      // That it should have a block may have been said already.
      causes: [subnet],
    });
  },
};

const SETTINGS = [
  'assign_ipv6_address_on_creation',
  'enable_resource_name_dns_aaaa_record_on_launch',
  'enable_dns64',
] as const;

function stack(settings: Readonly<Record<string, unknown>>): ExampleResources {
  return { aws_subnet: { a: { vpc_id: 'vpc-0123456789abcdef0', cidr_block: '10.0.0.0/24', ...settings } } };
}

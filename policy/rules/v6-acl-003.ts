import { AddressSet } from '../../core/address-set';
import { subnetHasIpv6, vpcOf } from '../facts/address-blocks';
import { type AclEntries, aclEntries, ACLS, letsThrough, missingIn, subnetsGuardedBy } from '../facts/network-acls';
import { takenFrom } from '../facts/removals';
import type { Direction } from '../facts/security-groups';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

const WAY = { ingress: 'in', egress: 'out' } as const;

const EVERYBODY = { action: 'allow', ipv6_cidr_block: '::/0' };
const TCP = { ...EVERYBODY, protocol: '6', from_port: 0, to_port: 65535 };
const ICMP = { ...EVERYBODY, protocol: '58', from_port: 0, to_port: 0 };

export const rule: Rule = {
  id: 'V6-ACL-003',
  title: 'A network ACL lets "packet too big" through where it lets IPv6 through',
  group: 'firewalls',
  kind: 'presence',
  severity: 'warning',
  types: ACLS,
  why: 'Routers never cut an IPv6 packet: they send "packet too big" (ICMPv6 type 2) back. An ACL with TCP entries alone drops that, and for clients behind tunnels and mobile networks pages begin to load and hang.',
  fix: 'Allow protocol 58 with `icmp_type = 2` and `icmp_code = 0` from and to ::/0, before any entry that denies ICMPv6.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/path_mtu_discovery.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network_mtu.html',
    'https://www.rfc-editor.org/rfc/rfc4890#section-4.3.1',
  ],
  good: guarded([TCP, { ...ICMP, icmp_type: 2, icmp_code: 0 }]),
  bad: guarded([TCP]),
  unknown: guarded([TCP, { ...ICMP, icmp_type: '${var.icmp_type}', icmp_code: 0 }]),

  check(acl, graph) {
    if (!subnetsGuardedBy(graph, acl).some(subnetHasIpv6)) return undefined;
    const missing = missingIn(graph, acl);
    if (missing && missing !== 'unknown' && missing.family === 'ipv6') return undefined;
    const outside = (['ingress', 'egress'] as const).filter((one) => isAboutInternet(aclEntries(graph, acl, one)));
    if (outside.length === 0) return undefined;
    const lets = (one: Direction) =>
      letsThrough(aclEntries(graph, acl, one), {
        family: 'ipv6',
        protocol: 'icmp',
        fromPort: 2,
        toPort: 2,
        addresses: AddressSet.internet('ipv6'),
      });
    const dropped = outside.filter((one) => lets(one) === false);
    if (dropped.length > 0) {
      const vpc = vpcOf(graph, acl);
      // A block that is taken from the VPC is inside no more.
      return fail(
        `it drops ICMPv6 type 2 (packet too big) on the way ${dropped.map((one) => WAY[one]).join(' and ')}`,
        {
          causes: vpc ? takenFrom(graph, vpc) : [],
        },
      );
    }
    return outside.every(lets) ? PASS : unknown('whether ICMPv6 type 2 (packet too big) passes is not known');
  },
};

/** Whether an ACL lets anybody on the Internet through over IPv6. */
function isAboutInternet({ entries, vpc }: AclEntries): boolean {
  // Amazon's addresses of a VPC are public, and inside all the same.
  const internet = vpc?.ipv6 ? AddressSet.internet('ipv6').minus(vpc.ipv6) : AddressSet.internet('ipv6');
  return entries.some(({ family, allows, range }) => family === 'ipv6' && allows && range && internet.overlaps(range));
}

function guarded(entries: readonly object[]): ExampleResources {
  const numbered = entries.map((entry, index) => ({ ...entry, rule_no: 100 + index }));
  return {
    aws_vpc: { main: { assign_generated_ipv6_cidr_block: true } },
    aws_subnet: {
      a: { vpc_id: '${aws_vpc.main.id}', ipv6_cidr_block: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 0)}' },
    },
    aws_network_acl: {
      public: {
        vpc_id: '${aws_vpc.main.id}',
        subnet_ids: ['${aws_subnet.a.id}'],
        ingress: numbered,
        egress: numbered,
      },
    },
  };
}

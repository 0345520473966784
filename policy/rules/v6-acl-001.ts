import { subnetHasIpv6 } from '../facts/address-blocks';
import { carriesPortal } from '../facts/acl-traffic';
import { ACLS, missingIn, subnetsGuardedBy } from '../facts/network-acls';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

const WAY = { ingress: 'in', egress: 'out' } as const;

const IPV4 = { rule_no: 100, action: 'allow', protocol: '-1', from_port: 0, to_port: 0, cidr_block: '0.0.0.0/0' };
const IPV6 = { rule_no: 101, action: 'allow', protocol: '-1', from_port: 0, to_port: 0, ipv6_cidr_block: '::/0' };

export const rule: Rule = {
  id: 'V6-ACL-001',
  title: 'A network ACL that lets one family through lets the other through',
  group: 'firewalls',
  kind: 'parity',
  severity: 'error',
  hop: 'firewall',
  types: ACLS,
  why: 'An entry of a network ACL is about one family, and what no entry is about is denied. AWS adds IPv6 to the default ACL of a VPC only as long as nobody has changed it; one that Terraform manages has what is written.',
  fix: 'Write each entry twice, with `cidr_block` and with `ipv6_cidr_block` (0.0.0.0/0 and ::/0, or the blocks of the VPC), in both directions.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_network_acl',
  ],
  good: guarded([IPV4, IPV6]),
  bad: guarded([IPV4]),
  unknown: guarded('${var.entries}'),

  check(acl, graph) {
    const missing = missingIn(graph, acl);
    if (missing === 'unknown') return unknown('not all of its entries are part of this input');
    if (!missing) return subnetsGuardedBy(graph, acl).some(subnetHasIpv6) ? PASS : undefined;
    const ways = missing.directions.map((direction) => WAY[direction]).join(' and ');
    return missing.family === 'ipv6'
      ? fail(`its subnets have IPv6, but it lets none ${ways}`)
      : fail(`it lets IPv6 ${ways}, but no IPv4`, {
          severity: carriesPortal(graph, acl, 'ipv4') ? 'error' : 'warning',
        });
  },
};

function guarded(entries: unknown): ExampleResources {
  return {
    aws_vpc: { main: { assign_generated_ipv6_cidr_block: true } },
    aws_subnet: {
      a: { vpc_id: '${aws_vpc.main.id}', ipv6_cidr_block: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 0)}' },
    },
    aws_network_acl: {
      public: {
        vpc_id: '${aws_vpc.main.id}',
        subnet_ids: ['${aws_subnet.a.id}'],
        ingress: entries,
        egress: entries,
      },
    },
  };
}

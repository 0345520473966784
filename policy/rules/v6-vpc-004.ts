import { vpcHasIpv6 } from '../facts/address-blocks';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';

export const rule: Rule = {
  id: 'V6-VPC-004',
  title: 'A dual-stack VPC has DNS support and DNS host names',
  group: 'addressing',
  kind: 'presence',
  severity: 'warning',
  types: ['aws_vpc'],
  why: 'Without them AWS answers no names inside the VPC: no AAAA records of machines, no private names of endpoints. DNS host names are off unless somebody turns them on.',
  fix: 'Set `enable_dns_support = true` and `enable_dns_hostnames = true`.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html',
  ],
  good: stack(true),
  bad: stack(false),
  unknown: stack('${var.dns}'),

  check(vpc, graph) {
    if (!vpcHasIpv6(graph, vpc)) return undefined;
    const answers = [
      { name: 'enable_dns_support', on: vpc.is('enable_dns_support', true, true) },
      { name: 'enable_dns_hostnames', on: vpc.is('enable_dns_hostnames', true, false) },
    ];
    const off = answers.filter(({ on }) => on === false).map(({ name }) => name);
    if (off.length > 0) return fail(`${off.join(' and ')} ${off.length === 1 ? 'is' : 'are'} not true`);
    const hidden = answers.find(({ on }) => on === undefined);
    return hidden ? unknown(`${hidden.name} is only known after apply`) : PASS;
  },
};

function stack(hostNames: boolean | string): ExampleResources {
  return {
    aws_vpc: {
      main: {
        cidr_block: '10.0.0.0/16',
        assign_generated_ipv6_cidr_block: true,
        enable_dns_hostnames: hostNames,
      },
    },
  };
}

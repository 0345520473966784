import { parseAddress } from '../../core/cidr';
import { type Guard, guardsAt } from '../facts/exposure';
import { admitted, awsListName, familyOfList, GROUPS, portBorders, securityRules } from '../facts/security-groups';
import type { ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';
import { type Maybe, some, Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-SG-007',
  title: 'Where a list of AWS lets CloudFront or Route 53 in over IPv4, its IPv6 twin does over IPv6',
  group: 'firewalls',
  kind: 'parity',
  severity: 'warning',
  types: GROUPS,
  why: "AWS keeps the addresses of CloudFront and of Route 53's health checkers in one prefix list a family. A group with the IPv4 list alone drops what they send over IPv6, as they do where the origin or the health check is told to use it.",
  fix: 'Add a rule with the IPv6 list, such as `com.amazonaws.global.ipv6.cloudfront.origin-facing`. Each list weighs 55 of the 60 rules that a group may have of its family.',
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html',
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-enable-ipv6.html',
  ],
  good: behindCloudFront('dualstack', ['ipv4', 'ipv6']),
  bad: behindCloudFront('dualstack', ['ipv4']),
  unknown: behindCloudFront('${var.origin_family}', ['ipv4']),

  check(group, graph) {
    const verdicts = guardsAt(graph, group).flatMap((guard) => judge(graph, guard) ?? []);
    return verdicts.find(({ result }) => result !== 'pass') ?? verdicts[0];
  },
};

function judge(graph: ResourceGraph, guard: Guard): Verdict | undefined {
  const rules = guard.groups.flatMap((group) => securityRules(graph, group, 'ingress').rules);
  if (!rules.some(({ peer }) => peer.kind === 'prefix-list')) return undefined;
  for (const port of portBorders(rules)) {
    const lists = admitted(graph, guard.groups, 'ingress', 'ipv4', port).rules.flatMap(({ peer }) =>
      peer.kind === 'prefix-list' && familyOfList(graph, peer.value) === 'ipv4' ? [peer.value] : [],
    );
    const ipv6 = admitted(graph, guard.groups, 'ingress', 'ipv6', port);
    for (const [service, uses] of SERVICES) {
      const name = lists.map((value) => awsListName(graph, value)).find((one) => one?.endsWith(service));
      if (!name) continue;
      const twin = ipv6.rules.some(
        ({ peer }) => peer.kind === 'prefix-list' && awsListName(graph, peer.value)?.endsWith(service),
      );
      if (twin || ipv6.addresses.holdsInternet) return PASS;
      const used = uses(graph, guard);
      if (used === false) return PASS;
      const message = `port ${port} is open to ${name}, but not to the list of its IPv6 addresses`;
      return used && ipv6.certain ? fail(message) : unknown(`${message}; whether those are used is not known`);
    }
  }
  return undefined;
}

/** The lists by how their names end, and whether AWS comes over IPv6 in this input. */
const SERVICES: readonly (readonly [string, (graph: ResourceGraph, guard: Guard) => Maybe])[] = [
  ['cloudfront.origin-facing', usesIpv6Origin],
  ['route53-healthchecks', usesIpv6Check],
];

/** CloudFront comes to its origins over IPv4 unless they say otherwise. */
function usesIpv6Origin(graph: ResourceGraph, { fronts }: Guard): Maybe {
  const origins = graph
    .ofType('aws_cloudfront_distribution')
    .flatMap((distribution) => distribution.blocks('origin'))
    .filter((origin) =>
      graph.referencesIn(origin.value('domain_name')).some((one) => fronts.some(({ resource }) => resource === one)),
    );
  if (origins.length === 0) return undefined;
  return some(
    origins.map((origin) => {
      const ipv4 = origin.block('custom_origin_config').is('ip_address_type', 'ipv4', 'ipv4');
      return ipv4 === undefined ? undefined : !ipv4;
    }),
  );
}

/** Checks by name come over IPv4; those of an address over its family. */
function usesIpv6Check(graph: ResourceGraph): Maybe {
  return some(
    graph.ofType('aws_route53_health_check').map((check) => {
      const address = check.string('ip_address');
      if (address instanceof Unknown) return undefined;
      return parseAddress(address ?? '')?.family === 'ipv6';
    }),
  );
}

function behindCloudFront(ip_address_type: string, families: readonly ('ipv4' | 'ipv6')[]): ExampleResources {
  const rules = families.map((family) => [
    family,
    {
      security_group_id: '${aws_security_group.edge.id}',
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
      prefix_list_id: `\${data.aws_ec2_managed_prefix_list.${family}.id}`,
    },
  ]);
  return {
    'data.aws_ec2_managed_prefix_list': {
      ipv4: { name: 'com.amazonaws.global.cloudfront.origin-facing' },
      ipv6: { name: 'com.amazonaws.global.ipv6.cloudfront.origin-facing' },
    },
    aws_security_group: { edge: { vpc_id: 'vpc-0123456789abcdef0' } },
    aws_vpc_security_group_ingress_rule: Object.fromEntries(rules) as ExampleResources[string],
    aws_lb: {
      edge: {
        ip_address_type: 'dualstack',
        security_groups: ['${aws_security_group.edge.id}'],
        subnets: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      },
    },
    aws_cloudfront_distribution: {
      portal: {
        origin: [{ domain_name: '${aws_lb.edge.dns_name}', custom_origin_config: { ip_address_type } }],
      },
    },
  };
}

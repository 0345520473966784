import { AddressSet } from '../../core/address-set';
import { parseAddress, parseCidr } from '../../core/cidr';
import { probedNames } from '../facts/probes';
import {
  aliasTarget,
  companionsOf,
  counterparts,
  isAlias,
  isDualStackTarget,
  isFirstOfName,
  isIpv4OnlyTarget,
  isPublic,
  isTrialName,
  recordName,
  targetName,
  twinOf,
} from '../facts/records';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';
import { Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-DNS-001',
  title: 'A name with an A record has an AAAA record, too',
  group: 'DNS',
  kind: 'parity',
  severity: 'error',
  hop: 'dns',
  types: ['aws_route53_record'],
  why: 'An A record says IPv4 addresses alone, also where it is an alias to something with both. Without an AAAA record nobody comes over IPv6, however ready the portal is.',
  fix: 'Add the same record again with `type = "AAAA"`.',
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-enable-ipv6.html',
    'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html',
  ],
  good: stack('dualstack', 'A', 'AAAA'),
  bad: stack('dualstack', 'A'),
  unknown: stack('${var.address_type}', 'A'),

  check(record, graph) {
    if (!record.is('type', 'A') || isPublic(graph, record) === false) return undefined;
    const { found, complete } = counterparts(graph, record);
    if (twinOf(graph, record) || (found.length > 0 && !record.has('set_identifier'))) return PASS;
    if (found.length === 0 && !isFirstOfName(graph, record)) return undefined;
    if (!complete) return unknown('an AAAA record may be among those whose names or types are not known here');
    if (found.length > 0) return otherSet(record, graph);
    return isAlias(record) ? aloneToTarget(record, graph) : aloneToAddresses(record, graph);
  },
};

function otherSet(record: Resource, graph: ResourceGraph): Verdict {
  return fail(
    `${nameIn(record, graph)} has AAAA records, but none for the set ${String(record.value('set_identifier'))}`,
  );
}

function aloneToTarget(record: Resource, graph: ResourceGraph): Verdict | undefined {
  const target = aliasTarget(graph, record);
  if (isIpv4OnlyTarget(target)) {
    return fail(`${nameIn(record, graph)} leads to ${targetName(target)}, which cannot have IPv6`, {
      fix: 'Lead the name to something with IPv6: an application or network load balancer, or CloudFront in front.',
    });
  }
  const dualStack = isDualStackTarget(graph, record);
  // That the target has no IPv6 is the target's to say.
  if (dualStack === false) return undefined;
  if (!dualStack) return unknown(`whether ${targetName(target)} has IPv6 addresses cannot be seen here`);
  const name = nameIn(record, graph);
  const message = `${name} has no AAAA record, although ${targetName(target)} has IPv6 addresses`;
  const staged = stagedUnder(record, graph);
  if (staged === undefined || probedNames(graph).has(name)) return fail(message);
  return fail(`${message}: it is staged under ${staged}`, {
    severity: 'notice',
    fix: `Verify ${staged}, then publish the AAAA record.`,
  });
}

/** The name by which IPv6 is tried while none of the citizens' names for the same target has it. */
function stagedUnder(record: Resource, graph: ResourceGraph): string | undefined {
  const names = companionsOf(graph, record)
    .filter((one) => one.is('type', 'AAAA'))
    .map((one) => recordName(graph, one))
    .filter((name) => name !== undefined);
  return names.every(isTrialName) ? names[0] : undefined;
}

function aloneToAddresses(record: Resource, graph: ResourceGraph): Verdict | undefined {
  const values = record.list('records');
  const internet = AddressSet.internet('ipv4');
  const isPublicAddress = (value: unknown): boolean => {
    if (value instanceof Unknown) return graph.referencesIn(value).some(({ type }) => type === 'aws_eip');
    return parseAddress(String(value))?.family === 'ipv4' && internet.holds(parseCidr(`${String(value)}/32`)!);
  };
  if (values.some(isPublicAddress)) {
    return fail(`${nameIn(record, graph)} has no AAAA record: it answers over IPv4 alone`, {
      severity: 'warning',
      fix: 'Give the host an IPv6 address and publish it as AAAA, or put a dual-stack load balancer in front.',
    });
  }
  if (!values.some((value) => value instanceof Unknown)) return undefined;
  return unknown(`what ${nameIn(record, graph)} answers is only known after apply`);
}

function nameIn(record: Resource, graph: ResourceGraph): string {
  return recordName(graph, record) ?? String(record.value('name'));
}

function stack(addressType: string, ...types: readonly string[]): ExampleResources {
  const record = (type: string) => ({
    zone_id: '${aws_route53_zone.hue.zone_id}',
    name: 'hue.gov.vn',
    type,
    alias: {
      name: '${aws_lb.portal.dns_name}',
      zone_id: '${aws_lb.portal.zone_id}',
      evaluate_target_health: true,
    },
  });
  return {
    aws_route53_zone: { hue: { name: 'hue.gov.vn' } },
    aws_lb: { portal: { ip_address_type: addressType } },
    aws_route53_record: Object.fromEntries(types.map((type) => [type.toLowerCase(), record(type)])),
  };
}

import { AddressSet } from '../../core/address-set';
import { parseAddress, parseCidr } from '../../core/cidr';
import { probedNames } from '../facts/probes';
import { lacksTwin, twinOf } from '../facts/record-pairs';
import {
  aliasTarget,
  companionsOf,
  counterparts,
  finalTarget,
  isAlias,
  isDualStackTarget,
  isIpv4OnlyTarget,
  isPublic,
  isTrialName,
  namesakesOf,
  recordName,
  setName,
  targetName,
} from '../facts/records';
import { takenFrom } from '../facts/removals';
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
  why: 'An A record says IPv4 addresses alone, also where it is an alias to something with both. Without an AAAA record nobody comes over IPv6, however ready the portal is. Where a name has several records, by weight, by region or as a reserve, each of them needs its own.',
  fix: 'Add the same record again with `type = "AAAA"`, in a set of its own where it has a `set_identifier`.',
  sources: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-enable-ipv6.html',
    'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html',
  ],
  good: stack('dualstack', 'A', 'AAAA'),
  bad: stack('dualstack', 'A'),
  unknown: stack('${var.address_type}', 'A'),

  check(record, graph) {
    if (!record.is('type', 'A') || isPublic(graph, record) === false) return undefined;
    if (twinOf(graph, record)) return PASS;
    return counterparts(graph, record).found.length > 0 ? ofSet(record, graph) : ofName(record, graph);
  },
};

/** Of a record that is one of several, while others of its name have their AAAA. */
function ofSet(record: Resource, graph: ResourceGraph): Verdict | undefined {
  const set = setName(record);
  if (!lacksTwin(graph, record)) return unknown(`whether an AAAA record answers for ${set} cannot be seen here`);
  const message = `${nameIn(record, graph)} has AAAA records, but none for ${set}`;
  const target = finalTarget(graph, record);
  if (isIpv4OnlyTarget(target)) return cannot(`${message}: ${targetName(target)} cannot have IPv6`);
  // That the target has no IPv6 is the target's to say.
  return isAlias(record) && isDualStackTarget(graph, record) === false ? undefined : fail(message);
}

/** Of a name without any AAAA record, said once: of the first of its records that there is something to say of. */
function ofName(record: Resource, graph: ResourceGraph): Verdict | undefined {
  const namesakes = namesakesOf(graph, record).filter((one) => one.is('type', 'A'));
  const verdicts = namesakes.map((one) => ({ one, verdict: alone(one, graph) }));
  const first = verdicts.find(({ verdict }) => verdict?.result === 'fail') ?? verdicts.find(({ verdict }) => verdict);
  if (first?.one !== record) return undefined;
  if (first.verdict?.result !== 'fail') return first.verdict;
  return { ...first.verdict, causes: namesakes.flatMap((one) => takenFrom(graph, one)) };
}

function alone(record: Resource, graph: ResourceGraph): Verdict | undefined {
  if (!counterparts(graph, record).complete) {
    return unknown('an AAAA record may be among those whose names or types are not known here');
  }
  return isAlias(record) ? aloneToTarget(record, graph) : aloneToAddresses(record, graph);
}

function cannot(message: string): Verdict {
  return fail(message, {
    fix: 'Lead the name to something with IPv6: an application or network load balancer, or CloudFront in front.',
  });
}

function aloneToTarget(record: Resource, graph: ResourceGraph): Verdict | undefined {
  const target = aliasTarget(graph, record);
  if (isIpv4OnlyTarget(target)) {
    return cannot(`${nameIn(record, graph)} leads to ${targetName(target)}, which cannot have IPv6`);
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

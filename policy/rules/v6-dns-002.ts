import { lacksTwin } from '../facts/record-pairs';
import {
  aliasTarget,
  counterparts,
  isAlias,
  isDualStackTarget,
  isFirstOfName,
  isPublic,
  isTrialName,
  recordName,
  setName,
  targetName,
} from '../facts/records';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';

export const rule: Rule = {
  id: 'V6-DNS-002',
  title: 'An AAAA record leads to IPv6 addresses, beside an A record for everybody else',
  group: 'DNS',
  kind: 'parity',
  severity: 'error',
  hop: 'dns',
  types: ['aws_route53_record'],
  why: 'An AAAA alias to a target without IPv6 answers with nothing, so clients over IPv6 see no portal. A name with AAAA alone shuts out everybody whose network is IPv4.',
  fix: 'Make the target dual-stack before its AAAA record is published, and publish A beside it.',
  sources: [
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-alias.html',
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-enable-ipv6.html',
  ],
  good: stack('dualstack'),
  bad: stack('ipv4'),
  unknown: stack('${var.address_type}'),

  check(record, graph) {
    if (!record.is('type', 'AAAA')) return undefined;
    const verdicts = [ofTarget(record, graph), ofName(record, graph)].filter(({ result }) => result !== 'pass');
    return verdicts.length > 0 ? verdicts : PASS;
  },
};

function ofTarget(record: Resource, graph: ResourceGraph): Verdict {
  if (!isAlias(record)) return PASS;
  const target = aliasTarget(graph, record);
  const dualStack = isDualStackTarget(graph, record);
  if (dualStack === undefined) return unknown(`whether ${targetName(target)} has IPv6 addresses cannot be seen here`);
  const explained = typeof target === 'object' ? { causes: [target] } : {};
  return dualStack ? PASS : fail(`the record leads to ${targetName(target)}, which has no IPv6 addresses`, explained);
}

function ofName(record: Resource, graph: ResourceGraph): Verdict {
  const name = recordName(graph, record);
  const isMeantAlone = name !== undefined && isTrialName(name);
  if (isMeantAlone || isPublic(graph, record) === false) return PASS;
  const { found, complete } = counterparts(graph, record);
  const told = name ?? String(record.value('name'));
  if (found.length > 0) return ofSet(record, told, graph);
  if (!isFirstOfName(graph, record)) return PASS;
  return complete
    ? fail(`${told} has an AAAA record, but no A record`)
    : unknown('an A record may be among those whose names or types are not known here');
}

/** Of a record that is one of several, while others of its name have their A. */
function ofSet(record: Resource, name: string, graph: ResourceGraph): Verdict {
  const lacks = lacksTwin(graph, record);
  if (lacks === false) return PASS;
  const set = setName(record);
  return lacks
    ? fail(`${name} has A records, but none for ${set}`)
    : unknown(`whether an A record answers for ${set} cannot be seen here`);
}

function stack(addressType: string): ExampleResources {
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
    aws_route53_record: { a: record('A'), aaaa: record('AAAA') },
  };
}

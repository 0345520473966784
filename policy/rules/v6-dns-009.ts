import { normalName, parentZoneOf, recordName, zoneOf } from '../facts/records';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';
import { some } from '../value';

export const rule: Rule = {
  id: 'V6-DNS-009',
  title: 'A public zone is signed, and its parent says so',
  group: 'DNS',
  kind: 'presence',
  severity: 'warning',
  types: ['aws_route53_zone'],
  why: 'Without signatures (DNSSEC) whoever sits between a citizen and the name servers can answer with other addresses, of either family. Signing takes four parts that rest on each other: a key in KMS, a key signing key that is active, the signing of the zone, and a DS record in the parent zone. With one of them missing nobody validates; with the key or the signing gone while the DS is still there, the zone vanishes. A zone without any of it is a notice.',
  fix: 'Add an `aws_route53_key_signing_key` on a KMS key in us-east-1, an `aws_route53_hosted_zone_dnssec` that waits for it and, last, the DS record in the parent zone (`ds_record`).',
  sources: [
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html',
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec-disable.html',
  ],
  good: stack('SIGNING'),
  bad: stack('NOT_SIGNING'),
  unknown: stack('${var.signing}'),

  check(zone, graph) {
    if (zone.has('vpc') || graph.referring('aws_route53_zone_association', 'zone_id', zone).length > 0)
      return undefined;
    const keys = graph.referring(KEY, 'hosted_zone_id', zone);
    // The zone may be named by way of its key, which makes the one wait for the other.
    const signings = [zone, ...keys].flatMap((named) => graph.referring(SIGNING, 'hosted_zone_id', named));
    const mayBe = (type: string) => [zone.type, KEY].some((to) => graph.mayRefer(type, 'hosted_zone_id', to));

    if (keys.length === 0 && signings.length === 0) {
      return mayBe(KEY) || mayBe(SIGNING)
        ? unknown('whether it is signed is only known after apply')
        : fail('answers of the zone are not signed', { severity: 'notice' });
    }
    if (signings.length === 0) {
      return mayBe(SIGNING)
        ? unknown('whether it is signed is only known after apply')
        : fail(`nothing signs the zone with ${keys.map(({ address }) => address).join(', ')}`);
    }
    if (keys.length === 0) {
      return mayBe(KEY)
        ? unknown('which key signs the zone is only known after apply')
        : fail(`${signings[0]!.address} has no key signing key, and AWS refuses to sign without`, {
            severity: 'error',
          });
    }
    const on = some(signings.map((one) => one.is('signing_status', 'SIGNING', 'SIGNING')));
    const active = some(keys.map((one) => one.is('status', 'ACTIVE', 'ACTIVE')));
    if (on === false) return fail(`${signings[0]!.address} signs nothing: its signing_status is not SIGNING`);
    if (active === false) return fail('no key signing key of the zone is active', { severity: 'error' });
    if (on === undefined || active === undefined) return unknown('whether it is signed is only known after apply');
    return chain(zone, graph);
  },
};

const KEY = 'aws_route53_key_signing_key';
const SIGNING = 'aws_route53_hosted_zone_dnssec';

/** Whether the parent, where it is part of this input and signed itself, says that the zone is signed. */
function chain(zone: Resource, graph: ResourceGraph): Verdict {
  const parent = parentZoneOf(graph, zone);
  if (!parent || graph.referring(KEY, 'hosted_zone_id', parent).length === 0) return PASS;
  const name = normalName(zone.known('name')!);
  const records = graph.ofType('aws_route53_record').filter((record) => zoneOf(graph, record) === parent);
  if (records.some((record) => record.is('type', 'DS') && recordName(graph, record) === name)) return PASS;
  return records.some((record) => record.is('type', 'DS') !== false && recordName(graph, record) === undefined)
    ? unknown(`a DS record for ${name} may be among those whose names are not known here`)
    : fail(`${parent.address} has no DS record for ${name}, so nobody looks at the signatures`);
}

function stack(status: string): ExampleResources {
  return {
    aws_route53_zone: { hue: { name: 'hue.gov.vn' } },
    aws_route53_key_signing_key: {
      hue: {
        hosted_zone_id: '${aws_route53_zone.hue.zone_id}',
        key_management_service_arn: 'arn:aws:kms:us-east-1:111122223333:key/1',
        name: 'hue_1',
      },
    },
    aws_route53_hosted_zone_dnssec: {
      hue: { hosted_zone_id: '${aws_route53_key_signing_key.hue.hosted_zone_id}', signing_status: status },
    },
  };
}

import { parseAddress } from '../../core/cidr';
import { isOnInternet } from '../facts/internet';
import { isPublic } from '../facts/records';
import type { Resource, ResourceGraph } from '../resource-graph';
import { fail, PASS, type Rule, unknown } from '../rule';
import { Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-DNS-004',
  title: 'Records say addresses of their own family, and public names say public ones',
  group: 'DNS',
  kind: 'danger',
  severity: 'error',
  hop: 'dns',
  types: ['aws_route53_record'],
  why: 'Terraform plans whatever is written. An IPv4 address in an AAAA record is refused when it is applied; a private IPv6 address in a public zone is published, and every client over IPv6 waits for something that it cannot reach.',
  fix: 'Write addresses of 2000::/3 that the host really has in AAAA records, and IPv4 addresses in A records.',
  sources: [
    'https://www.iana.org/assignments/iana-ipv6-special-registry/iana-ipv6-special-registry.xhtml',
    'measured with AWS provider 5.100.0',
  ],
  good: {
    aws_route53_zone: { hue: { name: 'hue.gov.vn' } },
    aws_route53_record: {
      host: {
        zone_id: '${aws_route53_zone.hue.zone_id}',
        name: 'host.hue.gov.vn',
        type: 'AAAA',
        ttl: 300,
        records: ['2406:da18:77::10'],
      },
    },
  },
  bad: {
    aws_route53_zone: { hue: { name: 'hue.gov.vn' } },
    aws_route53_record: {
      host: {
        zone_id: '${aws_route53_zone.hue.zone_id}',
        name: 'host.hue.gov.vn',
        type: 'AAAA',
        ttl: 300,
        records: ['fd00:77::10'],
      },
    },
  },
  unknown: {
    aws_route53_record: {
      host: { zone_id: '${var.zone_id}', name: 'host.hue.gov.vn', type: 'AAAA', ttl: 300, records: ['fd00:77::10'] },
    },
  },

  check(record, graph) {
    const family = record.is('type', 'AAAA') ? 'ipv6' : record.is('type', 'A') ? 'ipv4' : undefined;
    if (!family || !record.has('records')) return undefined;
    const values = record
      .list('records')
      .filter((value) => !(value instanceof Unknown))
      .map(String);
    const foreign = values.filter((value) => parseAddress(value)?.family !== family);
    if (foreign.length > 0) {
      const kind = family === 'ipv6' ? 'IPv6' : 'IPv4';
      return fail(
        `${foreign.join(', ')}: not an ${kind} address, which is what a record of type ${family === 'ipv6' ? 'AAAA' : 'A'} says`,
      );
    }
    const hidden = family === 'ipv6' ? values.filter((value) => !isOnInternet(value)) : [];
    if (hidden.length > 0) return unreachable(hidden, record, graph);
    return values.length > 0 ? PASS : undefined;
  },
};

function unreachable(addresses: readonly string[], record: Resource, graph: ResourceGraph) {
  const known = isPublic(graph, record);
  const message = `${addresses.join(', ')}: not an address that the Internet reaches`;
  if (known === undefined) return unknown(`${message}; whether the zone is public cannot be seen here`);
  return known ? fail(message) : PASS;
}

import { fail, PASS, type Rule } from '../rule';

export const rule: Rule = {
  id: 'V6-DNS-010',
  title: 'An HTTPS record hints at both families or at none',
  group: 'DNS',
  kind: 'parity',
  severity: 'notice',
  types: ['aws_route53_record'],
  why: 'Browsers may connect to the addresses in an HTTPS or SVCB record before they ask for any other. With hints of one family they stay with it.',
  fix: 'Write `ipv4hint` and `ipv6hint`, or leave both out: clients then ask for A and AAAA.',
  sources: ['https://www.rfc-editor.org/rfc/rfc9460#section-7.3'],
  good: record('1 . alpn="h2,h3"'),
  bad: record('1 . alpn="h2,h3" ipv4hint=203.113.1.10'),

  check(resource) {
    if (!resource.is('type', 'HTTPS') && !resource.is('type', 'SVCB')) return undefined;
    const texts = resource.list('records').filter((text): text is string => typeof text === 'string');
    if (texts.length === 0) return undefined;
    const lone = texts.map(hintsOf).find((hints) => hints.length === 1);
    return lone ? fail(`the record has ${lone[0]!}, but no ${lone[0] === 'ipv4hint' ? 'ipv6hint' : 'ipv4hint'}`) : PASS;
  },
};

function hintsOf(text: string): string[] {
  return ['ipv4hint', 'ipv6hint'].filter((hint) => new RegExp(`(^|\\s)${hint}=`, 'i').test(text));
}

function record(text: string) {
  return {
    aws_route53_record: {
      https: { zone_id: 'Z0123456789ABCDEFGHIJ', name: 'hue.gov.vn', type: 'HTTPS', ttl: 300, records: [text] },
    },
  };
}

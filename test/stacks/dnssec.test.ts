import { judge } from '../../policy/check';
import { CONTAINER, production, productionJson } from '../helpers/agency';
import { synthesized } from '../helpers/stacks';

type Dnssec = boolean | 'without-ds';

/** A portal at hue.gov.vn, and one below it, in zones that are made for them. */
const portals = (above: Dnssec, below: Dnssec, delegated = true) => ({
  above: { ...CONTAINER, domain: 'hue.gov.vn', aliases: [], zone: { create: true as const, delegated, dnssec: above } },
  below: {
    ...CONTAINER,
    domain: 'motcua.hue.gov.vn',
    aliases: [],
    alarms: { email: 'motcua@hue.gov.vn' },
    zone: { create: true as const, delegated, dnssec: below },
  },
});

/** What the two rest on, by path. */
function signed(above: Dnssec, below: Dnssec, delegated?: boolean): string[] {
  return synthesized(productionJson({ portals: portals(above, below, delegated) }))
    .resources.filter(({ type, attributes }) => type === 'aws_route53_hosted_zone_dnssec' || attributes.type === 'DS')
    .map(({ path }) => path)
    .sort();
}

test('by default no zone is signed, and nothing is in us-east-1', () => {
  expect(signed(false, false)).toEqual([]);
  expect(productionJson({ portals: portals(false, false) }).provider.aws).toHaveLength(1);
});

test('the DS of a zone is entered in the zone above it, where that is of the same stack', () => {
  expect(signed(true, true)).toEqual([
    'portals/above/zone/signing/Resource',
    'portals/below/zone/ds',
    'portals/below/zone/signing/Resource',
  ]);
});

test('without-ds signs, and tells the parent nothing', () => {
  expect(signed(true, 'without-ds')).toEqual([
    'portals/above/zone/signing/Resource',
    'portals/below/zone/signing/Resource',
  ]);
  expect(productionJson({ portals: portals('without-ds', false) }).output.zone_above?.value).not.toHaveProperty('ds');
});

test('a zone may be signed before it is delegated, so that DS and name servers are entered together', () => {
  const { output } = productionJson({ portals: portals(true, false, false) });

  expect(signed(true, false, false)).toEqual(['portals/above/zone/signing/Resource']);
  expect(output.zone_above?.value).toEqual({
    name: 'hue.gov.vn',
    name_servers: expect.stringMatching(/name_servers\}$/),
    delegated: false,
    ds: expect.stringMatching(/^\$\{aws_route53_key_signing_key\..*\.ds_record\}$/),
  });
  expect(output.zone_below?.value).not.toHaveProperty('ds');
});

test('whoever gets the alarms of a portal hears of its zone, too', () => {
  const emails = synthesized(productionJson({ portals: portals(true, true) }))
    .resources.filter(({ type, path }) => type === 'aws_sns_topic_subscription' && path.includes('/zone/'))
    .map(({ attributes }) => attributes.endpoint);

  expect(emails).toEqual(['ipv6@hue.gov.vn', 'motcua@hue.gov.vn']);
});

test('rules have nothing above a notice to say of signed zones', () => {
  const { findings, crashes } = judge(production({ portals: portals(true, true) }));

  expect(crashes).toEqual([]);
  expect(findings.filter(({ severity }) => severity !== 'notice')).toEqual([]);
  expect(findings.filter(({ rule }) => rule === 'V6-DNS-009')).toEqual([]);
});

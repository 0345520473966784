import { judge } from '../../../policy/check';
import type { Rule } from '../../../policy/rule';
import { rule as dns001 } from '../../../policy/rules/v6-dns-001';
import { rule as dns002 } from '../../../policy/rules/v6-dns-002';
import { rule as dns003 } from '../../../policy/rules/v6-dns-003';
import { rule as dns004 } from '../../../policy/rules/v6-dns-004';
import { rule as dns005 } from '../../../policy/rules/v6-dns-005';
import { rule as dns006 } from '../../../policy/rules/v6-dns-006';
import { rule as dns007 } from '../../../policy/rules/v6-dns-007';
import { rule as dns008 } from '../../../policy/rules/v6-dns-008';
import { rule as dns009 } from '../../../policy/rules/v6-dns-009';
import { rule as dns010 } from '../../../policy/rules/v6-dns-010';
import { rule as dns013 } from '../../../policy/rules/v6-dns-013';
import { rule as dns015 } from '../../../policy/rules/v6-dns-015';
import { rule as lb001 } from '../../../policy/rules/v6-lb-001';
import { rule as path001 } from '../../../policy/rules/v6-path-001';
import { rule as res002 } from '../../../policy/rules/v6-res-002';
import { rule as res003 } from '../../../policy/rules/v6-res-003';
import { rule as cmp012 } from '../../../policy/rules/v6-cmp-012';
import { readStackJson } from '../../../policy/sources/stack-json';
import { production } from '../../helpers/agency';
import type { PlainResources } from '../../helpers/plain-stack';
import { verdictsOf } from '../../helpers/verdicts';

type Attributes = Record<string, unknown>;

function saysOf(rules: Rule | readonly Rule[], resource: PlainResources): string[] {
  const { findings, crashes } = judge(readStackJson({ resource }), [rules].flat());
  expect(crashes).toEqual([]);
  return findings.map(
    ({ result, severity, resource: { address }, message }) =>
      `${result === 'fail' ? severity : result} ${address}: ${message}`,
  );
}

/** Records of a zone that is made here, as aliases to a load balancer unless they say otherwise. */
function zoneOf(records: Record<string, Attributes>, others: PlainResources = {}): PlainResources {
  return {
    aws_route53_zone: { hue: { name: 'hue.gov.vn' } },
    aws_lb: { portal: { ip_address_type: 'dualstack' } },
    ...others,
    aws_route53_record: Object.fromEntries(
      Object.entries(records).map(([name, record]) => [
        name,
        {
          zone_id: '${aws_route53_zone.hue.zone_id}',
          name: 'hue.gov.vn',
          ...(record.records === undefined ? alias() : { ttl: 300 }),
          ...record,
        },
      ]),
    ),
  };
}

function alias(name = '${aws_lb.portal.dns_name}', evaluates: unknown = true): Attributes {
  return { alias: { name, zone_id: 'Z1', evaluate_target_health: evaluates } };
}

const PRIVATE: PlainResources = { aws_route53_zone: { hue: { name: 'hue.gov.vn', vpc: [{ vpc_id: 'vpc-1' }] } } };
const A = { type: 'A' };
const AAAA = { type: 'AAAA' };

test.each(['live', 'staged', 'off'] as const)('a portal6 stack with AAAA %s has nothing above a notice', (aaaa) => {
  const portal = {
    domain: 'hue.gov.vn',
    aliases: ['www.hue.gov.vn'],
    zone: { id: 'Z0123456789ABCDEFGHIJ', name: 'hue.gov.vn' },
    hosting: { type: 'container' as const, image: '111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/portal:1' },
    publish: { aaaa },
  };
  const rules = [dns002, dns003, dns004, dns006, dns007, dns008, dns010, dns013, dns015];
  const graph = production({ portals: { portal } });
  const about001 = judge(graph, [dns001]).findings.map(({ severity, message }) => `${severity} ${message}`);

  expect(judge(graph, rules)).toEqual({ findings: [], crashes: [] });
  const lack = expect.stringContaining('has no AAAA record, although');
  expect(about001).toEqual(
    {
      live: [],
      staged: [
        expect.stringMatching(/^notice hue\.gov\.vn .*: it is staged under v6\.hue\.gov\.vn$/),
        expect.stringMatching(/^notice www\.hue\.gov\.vn .*: it is staged under v6\.hue\.gov\.vn$/),
      ],
      off: [lack, lack],
    }[aaaa],
  );
});

test.each<[string, Rule, PlainResources]>([
  ['records of other types', dns001, zoneOf({ txt: { type: 'TXT', records: ['x'] } })],
  ['names of IPv4 load balancers', dns001, zoneOf({ a: A }, { aws_lb: { portal: {} } })],
  ['private addresses', dns001, zoneOf({ a: { ...A, records: ['10.1.2.3'] } })],
  ['A records', dns002, zoneOf({ a: A })],
  ['AAAA records without a twin', dns003, zoneOf({ aaaa: AAAA })],
  ['aliases', dns004, zoneOf({ aaaa: AAAA })],
  ['aliases to load balancers', dns005, zoneOf({ aaaa: AAAA })],
  ['checks that no AAAA record has', dns006, zoneOf({ a: A }, { aws_route53_health_check: { c: { type: 'TCP' } } })],
  ['simple records', dns007, zoneOf({ aaaa: AAAA })],
  ['records of other types', dns010, zoneOf({ txt: { type: 'TXT', records: ['x'] } })],
  [
    'checks of endpoints',
    dns013,
    {
      aws_route53_health_check: {
        c: { type: 'HTTPS', cloudwatch_alarm_name: 'down' },
        d: { type: 'CLOUDWATCH_METRIC' },
      },
    },
  ],
  ['load balancers without names', dns015, zoneOf({}, { aws_lb: { portal: { internal: true } } })],
])('a rule about names does not even pass %s', (_, rule, resource) => {
  expect(verdictsOf(rule, resource)).toEqual([]);
});

describe('V6-DNS-001', () => {
  const lacks = 'has no AAAA record, although aws_lb.portal has IPv6 addresses';

  test.each<[string, PlainResources, string[]]>([
    ['an alias alone', zoneOf({ a: A }), [`error aws_route53_record.a: hue.gov.vn ${lacks}`]],
    ['twins', zoneOf({ a: A, aaaa: { ...AAAA, name: 'HUE.gov.vn.' } }), []],
    ['an alias of an IPv4 load balancer', zoneOf({ a: A }, { aws_lb: { portal: {} } }), []],
    ['a private zone', zoneOf({ a: A }, PRIVATE), []],
    [
      'a load balancer of the classic kind',
      zoneOf({ a: { ...A, ...alias('${aws_elb.old.dns_name}') } }, { aws_elb: { old: {} } }),
      ['error aws_route53_record.a: hue.gov.vn leads to aws_elb.old, which cannot have IPv6'],
    ],
    [
      'a website of S3, by its name',
      zoneOf({ a: { ...A, ...alias('s3-website-ap-southeast-1.amazonaws.com') } }),
      [
        'error aws_route53_record.a: hue.gov.vn leads to s3-website-ap-southeast-1.amazonaws.com, which cannot have IPv6',
      ],
    ],
    [
      'a target elsewhere',
      zoneOf({ a: { ...A, ...alias('d111.cloudfront.net') } }),
      ['unknown aws_route53_record.a: whether d111.cloudfront.net has IPv6 addresses cannot be seen here'],
    ],
    [
      'two weighted records without any AAAA, once',
      zoneOf({ blue: { ...A, set_identifier: 'blue' }, green: { ...A, set_identifier: 'green' } }),
      [`error aws_route53_record.blue: hue.gov.vn ${lacks}`],
    ],
    [
      'two weighted records to two targets, of which one has an AAAA',
      zoneOf(
        {
          blue: { ...A, set_identifier: 'blue' },
          green: { ...A, set_identifier: 'green', ...alias('${aws_lb.green.dns_name}') },
          blue6: { ...AAAA, set_identifier: 'blue' },
        },
        { aws_lb: { portal: { ip_address_type: 'dualstack' }, green: { ip_address_type: 'dualstack' } } },
      ),
      ['error aws_route53_record.green: hue.gov.vn has AAAA records, but none for the set green'],
    ],
    [
      'an AAAA record of a hidden name',
      zoneOf({ a: A, each: { ...AAAA, name: '${each.value}' } }),
      ['unknown aws_route53_record.a: an AAAA record may be among those whose names or types are not known here'],
    ],
    [
      'a public address',
      zoneOf({ a: { ...A, records: ['203.113.1.1'] } }),
      ['warning aws_route53_record.a: hue.gov.vn has no AAAA record: it answers over IPv4 alone'],
    ],
    [
      'an elastic address',
      zoneOf({ a: { ...A, records: ['${aws_eip.x.public_ip}'] } }, { aws_eip: { x: {} } }),
      ['warning aws_route53_record.a: hue.gov.vn has no AAAA record: it answers over IPv4 alone'],
    ],
    ['private addresses', zoneOf({ a: { ...A, records: ['10.1.2.3', '192.168.0.1'] } }), []],
    [
      'a public address among private ones',
      zoneOf({ a: { ...A, records: ['10.1.2.3', '${var.address}', '203.113.1.1'] } }),
      ['warning aws_route53_record.a: hue.gov.vn has no AAAA record: it answers over IPv4 alone'],
    ],
    [
      'an elastic address, chosen by a variable',
      zoneOf(
        { a: { ...A, records: ['${var.own ? aws_eip.x.public_ip : aws_instance.x.public_ip}'] } },
        { aws_eip: { x: {} }, aws_instance: { x: {} } },
      ),
      ['warning aws_route53_record.a: hue.gov.vn has no AAAA record: it answers over IPv4 alone'],
    ],
    [
      'an address that only apply will know among private ones',
      zoneOf({ a: { ...A, records: ['10.1.2.3', '${var.address}'] } }),
      ['unknown aws_route53_record.a: what hue.gov.vn answers is only known after apply'],
    ],
    [
      'one A record beside an AAAA record of several',
      zoneOf({ a: A, aaaa: { ...AAAA, set_identifier: 'x', records: ['2406:da18::1'] } }),
      [],
    ],
    [
      'an address that only apply will know',
      zoneOf({ a: { ...A, records: ['${aws_instance.x.public_ip}'] } }, { aws_instance: { x: {} } }),
      ['unknown aws_route53_record.a: what hue.gov.vn answers is only known after apply'],
    ],
    ['a record that is neither', zoneOf({ txt: { type: 'TXT', records: ['x'] } }), []],
  ])('%s', (_, resource, expected) => {
    expect(saysOf(dns001, resource)).toEqual(expected);
  });

  describe('of a name with several records', () => {
    const BOTH: PlainResources = {
      aws_lb: { portal: { ip_address_type: 'dualstack' }, green: { ip_address_type: 'dualstack' } },
    };
    const green = alias('${aws_lb.green.dns_name}');
    const set = (set_identifier: string, weight: unknown = 50) => ({
      set_identifier,
      weighted_routing_policy: { weight },
    });
    const failover = (type: string, set_identifier = type) => ({ set_identifier, failover_routing_policy: [{ type }] });
    const none = (record: string, id: string) => [
      `error aws_route53_record.${record}: hue.gov.vn has AAAA records, but none for the set ${id}`,
    ];

    test.each<[string, Record<string, Attributes>, string[]]>([
      [
        'sets of other names for each family',
        {
          blue: { ...A, ...set('blue-a') },
          green: { ...A, ...set('green-a'), ...green },
          blue6: { ...AAAA, ...set('blue-aaaa') },
          green6: { ...AAAA, ...set('green-aaaa'), ...green },
        },
        [],
      ],
      [
        'one of those sets',
        {
          blue: { ...A, ...set('blue-a') },
          green: { ...A, ...set('green-a'), ...green },
          blue6: { ...AAAA, ...set('blue-aaaa') },
        },
        none('green', 'green-a'),
      ],
      [
        'a set that leads elsewhere over IPv6',
        {
          blue: { ...A, ...set('blue-a') },
          green: { ...A, ...set('green-a'), ...green },
          blue6: { ...AAAA, ...set('blue-aaaa') },
          other6: { ...AAAA, ...set('other-aaaa'), ...alias('d111.cloudfront.net') },
        },
        [],
      ],
      [
        'two sets to one target, with one over IPv6',
        { one: { ...A, ...set('one') }, other: { ...A, ...set('other') }, all6: { ...AAAA, ...set('all') } },
        [],
      ],
      [
        'a secondary',
        {
          primary: { ...A, ...failover('PRIMARY') },
          secondary: { ...A, ...failover('SECONDARY'), ...green },
          primary6: { ...AAAA, ...failover('PRIMARY', 'p6') },
        },
        none('secondary', 'SECONDARY'),
      ],
      [
        'a primary',
        {
          primary: { ...A, ...failover('PRIMARY') },
          secondary: { ...A, ...failover('SECONDARY'), ...green },
          secondary6: { ...AAAA, ...failover('SECONDARY', 's6'), ...green },
        },
        none('primary', 'PRIMARY'),
      ],
      [
        'both, under other names',
        {
          primary: { ...A, ...failover('PRIMARY', 'p') },
          secondary: { ...A, ...failover('SECONDARY', 's'), ...green },
          secondary6: { ...AAAA, ...failover('SECONDARY', 's6'), ...green },
          primary6: { ...AAAA, ...failover('PRIMARY', 'p6') },
        },
        [],
      ],
      [
        'hidden sets whose targets are seen',
        {
          blue: { ...A, ...set('${var.blue}') },
          green: { ...A, ...set('${var.green}'), ...green },
          blue6: { ...AAAA, ...set('${var.blue6}') },
        },
        none('green', '${var.green}'),
      ],
      [
        'hidden sets whose targets tell nothing',
        {
          blue: { ...A, ...set('${var.blue}') },
          green: { ...A, ...set('${var.green}'), ...green },
          some6: { ...AAAA, ...set('${var.some}'), ...alias('d111.cloudfront.net') },
        },
        ['blue', 'green'].map(
          (name) =>
            `unknown aws_route53_record.${name}: whether an AAAA record answers for the set \${var.${name}} cannot be seen here`,
        ),
      ],
      [
        'a secondary that can have none',
        {
          primary: { ...A, ...failover('PRIMARY') },
          secondary: { ...A, ...failover('SECONDARY'), ...alias('s3-website-ap-southeast-1.amazonaws.com') },
          primary6: { ...AAAA, ...failover('PRIMARY') },
        },
        [`${none('secondary', 'SECONDARY')[0]!}: s3-website-ap-southeast-1.amazonaws.com cannot have IPv6`],
      ],
    ])('%s', (_, records, expected) => {
      expect(saysOf([dns001, res002], zoneOf(records, BOTH))).toEqual(expected);
    });

    test('that the target of a set has no IPv6 is said of the target', () => {
      const records = {
        blue: { ...A, ...set('blue') },
        green: { ...A, ...set('green'), ...green },
        blue6: { ...AAAA, ...set('blue') },
      };
      const others = { aws_lb: { ...BOTH.aws_lb, green: { ip_address_type: 'ipv4' } } };

      expect(saysOf([dns001, lb001], zoneOf(records, others))).toEqual([
        'error aws_lb.green: the address type is ipv4',
      ]);
    });

    test('without any AAAA record the first speaks of which there is something to say', () => {
      const records = { blue: { ...A, ...set('blue') }, green: { ...A, ...set('green'), ...green } };
      const others = { aws_lb: { ...BOTH.aws_lb, portal: { ip_address_type: 'ipv4' } } };

      expect(saysOf([dns001, lb001], zoneOf(records, others))).toEqual([
        'error aws_route53_record.green: hue.gov.vn has no AAAA record, although aws_lb.green has IPv6 addresses',
        'error aws_lb.portal: the address type is ipv4',
      ]);
    });
  });

  const staged = { a: A, v6: { ...AAAA, name: 'v6.hue.gov.vn' } };

  test('a name that is staged is worth a notice, its aliases included', () => {
    const told = `${lacks}: it is staged under v6.hue.gov.vn`;

    expect(saysOf(dns001, zoneOf({ ...staged, www: { ...A, name: 'www' } }))).toEqual([
      `notice aws_route53_record.a: hue.gov.vn ${told}`,
      `notice aws_route53_record.www: www.hue.gov.vn ${told}`,
    ]);
  });

  test.each<[string, PlainResources]>([
    ['another name of the portal is live', zoneOf({ ...staged, www: { ...AAAA, name: 'www' } })],
    ['the v6 name is of another portal', zoneOf({ a: A, v6: { ...staged.v6, records: ['2406:da18::1'] } })],
    [
      'the probe takes the name for live',
      zoneOf(staged, { aws_scheduler_schedule: { probe: { target: { input: '{"host":"hue.gov.vn"}' } } } }),
    ],
  ])('a name is not staged where %s', (_, resource) => {
    expect(saysOf(dns001, resource)).toEqual([`error aws_route53_record.a: hue.gov.vn ${lacks}`]);
  });

  test('the probe of a staged portal asks for the staged name', () => {
    const input = '{"host":"hue.gov.vn","lookup":"v6.hue.gov.vn"}';
    const resource = zoneOf(staged, { aws_scheduler_schedule: { probe: { target: { input } } } });

    expect(saysOf(dns001, resource)).toEqual([expect.stringMatching(/^notice/)]);
  });
});

describe('V6-DNS-002', () => {
  test.each<[string, PlainResources, string[]]>([
    ['twins', zoneOf({ a: A, aaaa: AAAA }), []],
    [
      'AAAA alone',
      zoneOf({ aaaa: AAAA }),
      ['error aws_route53_record.aaaa: hue.gov.vn has an AAAA record, but no A record'],
    ],
    [
      'two AAAA alone, once',
      zoneOf({ one: AAAA, other: AAAA }),
      ['error aws_route53_record.one: hue.gov.vn has an AAAA record, but no A record'],
    ],
    ['names to try IPv6 by', zoneOf({ v6: { ...AAAA, name: 'v6' }, ipv6: { ...AAAA, name: 'ipv6.hue.gov.vn' } }), []],
    ['AAAA alone in a private zone', zoneOf({ aaaa: AAAA }, PRIVATE), []],
    [
      'a distribution without IPv6',
      zoneOf(
        { a: A, aaaa: { ...AAAA, ...alias('${aws_cloudfront_distribution.x.domain_name}') } },
        { aws_cloudfront_distribution: { x: {} } },
      ),
      ['error aws_route53_record.aaaa: the record leads to aws_cloudfront_distribution.x, which has no IPv6 addresses'],
    ],
    [
      'a target elsewhere',
      zoneOf({ a: A, aaaa: { ...AAAA, ...alias('d111.cloudfront.net') } }),
      ['unknown aws_route53_record.aaaa: whether d111.cloudfront.net has IPv6 addresses cannot be seen here'],
    ],
    [
      'an A record of a hidden name',
      zoneOf({ aaaa: AAAA, each: { ...A, name: '${each.value}' } }),
      ['unknown aws_route53_record.aaaa: an A record may be among those whose names or types are not known here'],
    ],
    ['literal addresses', zoneOf({ a: A, aaaa: { ...AAAA, records: ['2406:da18::1'] } }), []],
  ])('%s', (_, resource, expected) => {
    expect(saysOf(dns002, resource)).toEqual(expected);
  });

  describe('of a name with several records', () => {
    const BOTH: PlainResources = {
      aws_lb: { portal: { ip_address_type: 'dualstack' }, green: { ip_address_type: 'dualstack' } },
    };
    const set = (type: string, set_identifier: string, balancer: string) => ({
      type,
      set_identifier,
      weighted_routing_policy: { weight: 50 },
      ...alias(`\${aws_lb.${balancer}.dns_name}`, true),
    });

    test('an AAAA record without the A record of its set is told by the set', () => {
      const records = {
        blue: set('A', 'blue-a', 'portal'),
        blue6: set('AAAA', 'blue-aaaa', 'portal'),
        green6: set('AAAA', 'green-aaaa', 'green'),
      };

      expect(saysOf([dns001, dns002, dns003], zoneOf(records, BOTH))).toEqual([
        'error aws_route53_record.green6: hue.gov.vn has A records, but none for the set green-aaaa',
      ]);
      expect(saysOf(dns002, zoneOf(records, { ...BOTH, ...PRIVATE }))).toEqual([]);
    });

    test('which A record is its own may be hidden', () => {
      const records = {
        blue: { ...set('A', 'blue-a', 'portal'), ...alias('${var.one}${var.other}') },
        blue6: set('AAAA', 'blue-aaaa', 'portal'),
        green6: set('AAAA', 'green-aaaa', 'green'),
      };

      expect(saysOf(dns002, zoneOf(records, BOTH))).toEqual(
        ['blue', 'green'].map(
          (name) =>
            `unknown aws_route53_record.${name}6: whether an A record answers for the set ${name}-aaaa cannot be seen here`,
        ),
      );
    });
  });

  test('an accelerator or an API without IPv6 is said once, of itself, however many names lead there', () => {
    const leading = (name: string) => ({
      a: { ...A, ...alias(name) },
      aaaa: { ...AAAA, ...alias(name) },
      'www-aaaa': { ...AAAA, name: 'www', ...alias(name) },
      'www-a': { ...A, name: 'www', ...alias(name) },
    });
    const accelerator = zoneOf(leading('${aws_globalaccelerator_accelerator.x.dns_name}'), {
      aws_lb: {},
      aws_globalaccelerator_accelerator: { x: {} },
    });
    const api = zoneOf(leading('${aws_api_gateway_domain_name.x.regional_domain_name}'), {
      aws_lb: {},
      aws_api_gateway_domain_name: { x: { endpoint_configuration: { types: ['REGIONAL'] } } },
    });

    expect(saysOf([dns001, dns002, dns003, dns005, res003, path001], accelerator)).toEqual([
      'error aws_globalaccelerator_accelerator.x: the accelerator has IPv4 addresses alone',
    ]);
    expect(saysOf([dns001, dns002, dns003, cmp012, path001], api)).toEqual([
      'error aws_api_gateway_domain_name.x: the address type is ipv4, as none is written',
    ]);
  });

  test('an IPv4 load balancer is said once, of itself; of an internal one nothing else speaks', () => {
    const withBalancer = (attributes: Attributes) => zoneOf({ a: A, aaaa: AAAA }, { aws_lb: { portal: attributes } });

    expect(saysOf([dns002, lb001], withBalancer({ ip_address_type: 'ipv4' }))).toEqual([
      expect.stringMatching(/^error aws_lb\.portal:/),
    ]);
    expect(saysOf([dns002, lb001], withBalancer({ ip_address_type: 'ipv4', internal: true }))).toEqual([
      'error aws_route53_record.aaaa: the record leads to aws_lb.portal, which has no IPv6 addresses',
    ]);
  });
});

describe('V6-DNS-003', () => {
  const differ = (what: string) => [`warning aws_route53_record.aaaa: of hue.gov.vn, A and AAAA differ in ${what}`];
  const apart = (places: string) => [
    `warning aws_route53_record.aaaa: of hue.gov.vn, A and AAAA lead to different places (${places})`,
  ];
  const weighted = (weight: unknown) => ({ set_identifier: 'x', weighted_routing_policy: { weight } });

  test.each<[string, Attributes, Attributes, string[]]>([
    ['the same', {}, {}, []],
    ['other spellings', weighted(10), { set_identifier: 'x', weighted_routing_policy: [{ weight: '10' }] }, []],
    ['nothing and null', {}, { failover_routing_policy: null, latency_routing_policy: [] }, []],
    ['the health of the target', {}, alias(undefined, false), differ('`evaluate_target_health`')],
    ['weights', weighted(10), weighted(20), differ('`weighted_routing_policy`')],
    ['a policy', weighted(10), {}, differ('`weighted_routing_policy`')],
    ['checks of their own', { health_check_id: 'ipv4' }, { health_check_id: 'ipv6' }, []],
    ['a check or none', { health_check_id: 'ipv4' }, {}, differ('`health_check_id`')],
    ['targets', {}, alias('${aws_lb.other.dns_name}'), apart('aws_lb.portal and aws_lb.other')],
    ['a target elsewhere', {}, alias('d111.cloudfront.net'), apart('aws_lb.portal and d111.cloudfront.net')],
    [
      'targets and weights',
      weighted(10),
      { ...weighted(20), ...alias('${aws_lb.other.dns_name}') },
      [`${apart('aws_lb.portal and aws_lb.other')[0]!}, and differ in \`weighted_routing_policy\``],
    ],
    [
      'a load balancer elsewhere, which may be the one that is made here',
      {},
      alias('portal-1.ap-southeast-1.elb.amazonaws.com'),
      [
        'unknown aws_route53_record.aaaa: whether A and AAAA lead to one place (aws_lb.portal and portal-1.ap-southeast-1.elb.amazonaws.com) cannot be seen here',
      ],
    ],
    [
      'a hidden target and a hidden weight',
      weighted(10),
      { ...weighted('${var.weight}'), ...alias('${coalesce(aws_lb.portal.dns_name, aws_lb.other.dns_name)}') },
      [
        'unknown aws_route53_record.aaaa: whether A and AAAA lead to one place (aws_lb.portal and something that is only known after apply), and agree in `weighted_routing_policy` cannot be seen here',
      ],
    ],
    [
      'a weight that only apply will know',
      weighted(10),
      weighted('${var.weight}'),
      ['unknown aws_route53_record.aaaa: whether A and AAAA agree in `weighted_routing_policy` cannot be seen here'],
    ],
    ['one expression', weighted('${var.weight}'), weighted('${var.weight}'), []],
    [
      'an alias and addresses',
      {},
      { records: ['2406:da18::1'], alias: null, ttl: 60 },
      [
        'unknown aws_route53_record.aaaa: whether A and AAAA lead to one place (aws_lb.portal and 2406:da18::1) cannot be seen here',
      ],
    ],
    [
      'times to live',
      { records: ['203.113.1.1'], ttl: 300 },
      { records: ['2406:da18::1'], ttl: 60 },
      ['notice aws_route53_record.aaaa: of hue.gov.vn, A and AAAA differ in `ttl`'],
    ],
    [
      'times to live and a check',
      { records: ['203.113.1.1'], ttl: 300, health_check_id: 'ipv4' },
      { records: ['2406:da18::1'], ttl: 60 },
      differ('`health_check_id`, `ttl`'),
    ],
    ['no health and health that is not written', alias(undefined, false), alias(undefined, null), []],
  ])('%s', (_, a, aaaa, expected) => {
    const others = { aws_lb: { portal: { ip_address_type: 'dualstack' }, other: { ip_address_type: 'dualstack' } } };

    expect(saysOf(dns003, zoneOf({ a: { ...A, ...a }, aaaa: { ...AAAA, ...aaaa } }, others))).toEqual(expected);
  });

  test('both names of an accelerator are one target', () => {
    const name = (attribute: string) => alias(`\${aws_globalaccelerator_accelerator.x.${attribute}}`);
    const records = { a: { ...A, ...name('dns_name') }, aaaa: { ...AAAA, ...name('dual_stack_dns_name') } };

    expect(
      saysOf(dns003, zoneOf(records, { aws_globalaccelerator_accelerator: { x: { ip_address_type: 'DUAL_STACK' } } })),
    ).toEqual([]);
  });

  test('where names lead on together, the one at which the families part speaks', () => {
    const www = alias('${aws_route53_record.a.name}');
    const records = {
      a: A,
      aaaa: { ...AAAA, ...alias('${aws_lb.other.dns_name}') },
      'www-a': { ...A, name: 'www', ...www },
      'www-aaaa': { ...AAAA, name: 'www', ...alias('hue.gov.vn') },
      'm-a': { ...A, name: 'm', ...www },
      'm-aaaa': { ...AAAA, name: 'm', ...alias('${aws_lb.other.dns_name}') },
    };
    const others = { aws_lb: { portal: { ip_address_type: 'dualstack' }, other: { ip_address_type: 'dualstack' } } };

    expect(saysOf(dns003, zoneOf(records, others))).toEqual([
      'warning aws_route53_record.aaaa: of hue.gov.vn, A and AAAA lead to different places (aws_lb.portal and aws_lb.other)',
      'warning aws_route53_record.m-aaaa: of m.hue.gov.vn, A and AAAA lead to different places (aws_lb.portal and aws_lb.other)',
    ]);
  });

  test('families of a name that lead to different places are one finding, and none that the AAAA record lacks', () => {
    const records = { a: A, aaaa: { ...AAAA, ...alias('${aws_lb.other.dns_name}') } };
    const others = { aws_lb: { portal: { ip_address_type: 'dualstack' }, other: { ip_address_type: 'dualstack' } } };
    const found = saysOf([dns001, dns002, dns003, path001], zoneOf(records, others));

    expect(found.filter((text) => /hue\.gov\.vn|dns/.test(text))).toEqual([
      'warning aws_route53_record.aaaa: of hue.gov.vn, A and AAAA lead to different places (aws_lb.portal and aws_lb.other)',
    ]);
    expect(saysOf([dns001, path001], zoneOf(records, others)).filter((text) => /at dns/.test(text))).toEqual([
      'warning aws_lb.other: closed over IPv4 at dns: lead both families to one place: A of hue.gov.vn leads to aws_lb.portal',
      'warning aws_lb.portal: closed over IPv6 at dns: lead both families to one place: AAAA of hue.gov.vn leads to aws_lb.other',
    ]);
  });

  test('what breaks failover is said once', () => {
    const policy = { set_identifier: 'x', failover_routing_policy: { type: 'PRIMARY' } };
    const resource = zoneOf({ a: { ...A, ...policy }, aaaa: { ...AAAA, ...policy, ...alias(undefined, false) } });

    expect(saysOf([dns003, dns007], resource)).toEqual([
      'warning aws_route53_record.aaaa: the failover record has neither a health check nor evaluates the health of its target',
    ]);
  });
});

describe('V6-DNS-004', () => {
  const outside = 'not an address that the Internet reaches';

  test.each<[string, Attributes, PlainResources, string[]]>([
    ['any spelling', { ...AAAA, records: ['2406:DA18:0:0::10'] }, {}, []],
    [
      'IPv4 in AAAA',
      { ...AAAA, records: ['203.113.1.1', '2406:da18::1'] },
      {},
      ['203.113.1.1: not an IPv6 address, which is what a record of type AAAA says'],
    ],
    [
      'IPv6 in A',
      { ...A, records: ['2406:da18::1'] },
      {},
      ['2406:da18::1: not an IPv4 address, which is what a record of type A says'],
    ],
    [
      'no address',
      { ...AAAA, records: ['host.hue.gov.vn'] },
      {},
      ['host.hue.gov.vn: not an IPv6 address, which is what a record of type AAAA says'],
    ],
    ['an address of documentation', { ...AAAA, records: ['2001:db8::1'] }, {}, [`2001:db8::1: ${outside}`]],
    ['an address of NAT64', { ...AAAA, records: ['64:ff9b::1'] }, {}, [`64:ff9b::1: ${outside}`]],
    ['link-local', { ...AAAA, records: ['fe80::1'] }, {}, [`fe80::1: ${outside}`]],
    ['a private address in a private zone', { ...AAAA, records: ['fd00::1'] }, PRIVATE, []],
    [
      'a private address in a zone elsewhere',
      { ...AAAA, records: ['fd00::1'], zone_id: 'Z1' },
      {},
      [`fd00::1: ${outside}; whether the zone is public cannot be seen here`],
    ],
    ['private IPv4, which is no matter of families', { ...A, records: ['10.0.0.1'] }, {}, []],
    ['what only apply will know', { ...AAAA, records: ['${aws_instance.x.ipv6_addresses[0]}'] }, {}, []],
  ])('%s', (_, record, others, expected) => {
    const messages = saysOf(dns004, zoneOf({ r: record }, others)).map((text) => text.replace(/^.*?: /, ''));

    expect(messages).toEqual(expected);
  });
});

describe('V6-DNS-005', () => {
  const ofAccelerator = (name: string, accelerator: Attributes = { ip_address_type: 'DUAL_STACK' }) =>
    saysOf(
      dns005,
      zoneOf({ aaaa: { ...AAAA, ...alias(name) } }, { aws_globalaccelerator_accelerator: { x: accelerator } }),
    );

  test.each<[string, string, RegExp | undefined]>([
    ['a reference to the dual-stack name', '${aws_globalaccelerator_accelerator.x.dual_stack_dns_name}', undefined],
    ['a reference to the other name', '${aws_globalaccelerator_accelerator.x.dns_name}', /^error/],
    ['a dual-stack name', 'a12.dualstack.awsglobalaccelerator.com', undefined],
    ['the other name', 'A12.awsglobalaccelerator.com.', /^error/],
    ['a name of something else', 'd111.cloudfront.net', undefined],
  ])('%s', (_, name, expected) => {
    expect(ofAccelerator(name)).toEqual(expected ? [expect.stringMatching(expected)] : []);
  });

  test('known names of the accelerator', () => {
    const known = { ip_address_type: 'DUAL_STACK', dns_name: 'a.example', dual_stack_dns_name: 'b.example' };

    expect([ofAccelerator('b.example', known), ofAccelerator('a.example', known)]).toEqual([
      [],
      [expect.stringMatching(/^error/)],
    ]);
  });

  test('an accelerator without IPv6 is not about its names', () => {
    expect(ofAccelerator('${aws_globalaccelerator_accelerator.x.dns_name}', {})).toEqual([]);
  });
});

describe('V6-DNS-006', () => {
  const withCheck = (check: Attributes, others: PlainResources['x'] = {}) =>
    saysOf(
      dns006,
      zoneOf(
        {
          aaaa: { ...AAAA, health_check_id: '${aws_route53_health_check.c.id}' },
          www: { ...AAAA, name: 'www', health_check_id: '${aws_route53_health_check.c.id}' },
        },
        { aws_route53_health_check: { c: check, ...others } },
      ),
    );
  const only = [
    'error aws_route53_health_check.c: the check asks over IPv4 alone, but the AAAA record of hue.gov.vn, www.hue.gov.vn rests on it',
  ];

  test.each<[string, Attributes, string[]]>([
    ['a name', { type: 'HTTPS_STR_MATCH', fqdn: 'hue.gov.vn' }, only],
    ['an IPv4 address', { type: 'TCP', ip_address: '203.113.1.1' }, only],
    ['an IPv6 address', { type: 'TCP', ip_address: '2406:da18::1' }, []],
    ['an alarm', { type: 'CLOUDWATCH_METRIC' }, []],
    [
      'checks of which none is over IPv6',
      { type: 'CALCULATED', child_healthchecks: ['${aws_route53_health_check.v4.id}'] },
      only,
    ],
    [
      'checks of which one is',
      {
        type: 'CALCULATED',
        child_healthchecks: ['${aws_route53_health_check.v4.id}', '${aws_route53_health_check.v6.id}'],
      },
      [],
    ],
    [
      'checks of which one is elsewhere',
      { type: 'CALCULATED', child_healthchecks: ['${aws_route53_health_check.v4.id}', 'abcd-1234'] },
      ['unknown aws_route53_health_check.c: whether the check asks over IPv6 cannot be seen here'],
    ],
    [
      'a hidden address',
      { type: 'HTTPS', ip_address: '${var.address}' },
      ['unknown aws_route53_health_check.c: whether the check asks over IPv6 cannot be seen here'],
    ],
  ])('%s', (_, check, expected) => {
    const others = {
      v4: { type: 'HTTPS', fqdn: 'hue.gov.vn' },
      v6: { type: 'HTTPS', ip_address: '2406:da18::1' },
    };

    expect(withCheck(check, others)).toEqual(expected);
  });

  test('a check of an A record may ask over IPv4, and one elsewhere is not known', () => {
    const check = { aws_route53_health_check: { c: { type: 'HTTPS', fqdn: 'hue.gov.vn' } } };

    expect(saysOf(dns006, zoneOf({ a: { ...A, health_check_id: '${aws_route53_health_check.c.id}' } }, check))).toEqual(
      [],
    );
    expect(saysOf(dns006, zoneOf({ aaaa: { ...AAAA, health_check_id: 'abcd-1234' } }))).toEqual([
      'unknown aws_route53_record.aaaa: how its health check asks cannot be seen here',
    ]);
  });
});

describe('V6-DNS-007', () => {
  test.each<[string, Attributes, string | undefined]>([
    ['weighted', { weighted_routing_policy: { weight: 1 } }, 'weighted'],
    ['multivalue', { multivalue_answer_routing_policy: true }, 'multivalue'],
    ['latency', { latency_routing_policy: { region: 'ap-southeast-1' } }, 'latency'],
    ['the last resort', { failover_routing_policy: { type: 'SECONDARY' } }, undefined],
    ['a check', { weighted_routing_policy: { weight: 1 }, health_check_id: 'x' }, undefined],
    ['simple', {}, undefined],
    ['an A record', { type: 'A', weighted_routing_policy: { weight: 1 } }, undefined],
  ])('%s', (_, record, kind) => {
    const resource = zoneOf({ r: { ...AAAA, ...alias(undefined, false), ...record } });

    expect(saysOf(dns007, resource)).toEqual(
      kind === undefined
        ? []
        : [
            `warning aws_route53_record.r: the ${kind} record has neither a health check nor evaluates the health of its target`,
          ],
    );
  });
});

describe('V6-DNS-008', () => {
  test.each<[Attributes, string | undefined]>([
    [{ type: 'HTTPS', fqdn: 'hue.gov.vn' }, undefined],
    [{ type: 'HTTPS', fqdn: 'hue.gov.vn', ip_address: '2406:da18::1' }, undefined],
    [{ type: 'HTTP', ip_address: '10.0.0.1' }, '10.0.0.1 is not an address that the Internet reaches'],
    [{ type: 'HTTP', ip_address: '2001:db8::1' }, '2001:db8::1 is not an address that the Internet reaches'],
    [{ type: 'HTTP', ip_address: 'hue.gov.vn' }, 'hue.gov.vn is not an address'],
    [{ type: 'HTTP', fqdn: null, ip_address: '' }, 'a check of type HTTP needs an `ip_address` or a `fqdn`'],
    [{ type: 'TCP', fqdn: 'hue.gov.vn' }, undefined],
    [
      { type: 'TCP', fqdn: 'hue.gov.vn', ip_address: '2406:da18::1' },
      'a TCP check takes either `ip_address` or `fqdn`, not both',
    ],
    [{ type: 'CALCULATED', fqdn: 'hue.gov.vn' }, 'a check of type CALCULATED asks no endpoint, so it takes no `fqdn`'],
    [{ type: 'CALCULATED', child_healthchecks: ['x'] }, undefined],
    [{ type: 'RECOVERY_CONTROL' }, undefined],
    [
      { type: 'CLOUDWATCH_METRIC', cloudwatch_alarm_name: 'x' },
      'a check of type CLOUDWATCH_METRIC needs `cloudwatch_alarm_region`',
    ],
    [{ type: 'CLOUDWATCH_METRIC', cloudwatch_alarm_name: 'x', cloudwatch_alarm_region: 'us-east-1' }, undefined],
  ])('%j', (check, message) => {
    expect(saysOf(dns008, { aws_route53_health_check: { c: check } })).toEqual(
      message === undefined ? [] : [`error aws_route53_health_check.c: ${message}`],
    );
  });
});

describe('V6-DNS-008 of addresses that apply will know', () => {
  test.each<[string, string[]]>([
    ['${aws_eip.a.public_ip}', []],
    ['${cidrhost(aws_subnet.a.ipv6_cidr_block, 16)}', []],
    ['${var.address}', ['unknown aws_route53_health_check.c: the address is only known after apply']],
  ])('%s', (ip_address, expected) => {
    const resources = {
      aws_eip: { a: { domain: 'vpc' } },
      aws_vpc: { v: { assign_generated_ipv6_cidr_block: true } },
      aws_subnet: { a: { vpc_id: '${aws_vpc.v.id}' } },
      aws_route53_health_check: { c: { type: 'TCP', ip_address } },
    };

    expect(saysOf(dns008, resources)).toEqual(expected);
  });
});

describe('V6-DNS-010', () => {
  test.each<[string, string, string | undefined]>([
    ['HTTPS', '1 . ipv4hint=203.113.1.1 ipv6hint=2406:da18::1', undefined],
    ['SVCB', '1 svc.hue.gov.vn ipv6hint=2406:da18::1', 'ipv6hint, but no ipv4hint'],
    ['HTTPS', '1 . alpn=h3 IPv4Hint=203.113.1.1', 'ipv4hint, but no ipv6hint'],
    ['TXT', 'ipv4hint=203.113.1.1', undefined],
  ])('%s %s', (type, text, message) => {
    expect(saysOf(dns010, zoneOf({ r: { type, records: [text] } }))).toEqual(
      message === undefined ? [] : [`notice aws_route53_record.r: the record has ${message}`],
    );
  });
});

describe('V6-DNS-013', () => {
  const withAlarm = (alarm: Attributes, name = '${aws_cloudwatch_metric_alarm.x.alarm_name}') =>
    saysOf(dns013, {
      aws_cloudwatch_metric_alarm: { x: { alarm_name: 'down', ...alarm } },
      aws_cloudwatch_composite_alarm: { both: { alarm_name: 'both' } },
      aws_route53_health_check: { c: { type: 'CLOUDWATCH_METRIC', cloudwatch_alarm_name: name } },
    }).map((text) => text.replace(/^(\w+) .*?: /, '$1: '));

  test.each<[string, Attributes, string | undefined, string[]]>([
    ['one metric', { metric_name: 'x', statistic: 'Minimum', period: '60' }, undefined, []],
    [
      'a percentile',
      { extended_statistic: 'p99' },
      undefined,
      ['error: aws_cloudwatch_metric_alarm.x has an extended statistic, p99'],
    ],
    [
      'metric math',
      { metric_query: [{ id: 'a' }] },
      undefined,
      ['error: aws_cloudwatch_metric_alarm.x has metric queries'],
    ],
    ['high resolution', { period: 10 }, undefined, ['error: aws_cloudwatch_metric_alarm.x has a period of 10 seconds']],
    [
      'an alarm by its name',
      { period: 10 },
      'down',
      ['error: aws_cloudwatch_metric_alarm.x has a period of 10 seconds'],
    ],
    ['an alarm of alarms', {}, 'both', ['error: aws_cloudwatch_composite_alarm.both combines other alarms']],
    ['an alarm elsewhere', {}, 'other', ['unknown: the alarm is not part of this input']],
  ])('%s', (_, alarm, name, expected) => {
    expect(withAlarm(alarm, name)).toEqual(expected);
  });
});

describe('V6-DNS-009', () => {
  const key = (zone = 'hue', attributes: Attributes = {}) => ({
    hosted_zone_id: `\${aws_route53_zone.${zone}.zone_id}`,
    status: 'ACTIVE',
    ...attributes,
  });
  const on = (zone = 'hue', attributes: Attributes = {}) => ({
    hosted_zone_id: `\${aws_route53_zone.${zone}.zone_id}`,
    ...attributes,
  });
  const of = (keys: PlainResources[string], signings: PlainResources[string], others: PlainResources = {}) =>
    verdictsOf(dns009, {
      aws_route53_zone: { hue: { name: 'hue.gov.vn' } },
      aws_route53_key_signing_key: keys,
      aws_route53_hosted_zone_dnssec: signings,
      ...others,
    });
  const ZONE = 'aws_route53_zone.hue';

  test.each<[string, PlainResources[string], PlainResources[string], string]>([
    ['nothing', {}, {}, `notice ${ZONE}: answers of the zone are not signed`],
    ['a key and the signing', { k: key() }, { s: on() }, `pass ${ZONE}`],
    ['a key alone', { k: key() }, {}, `warning ${ZONE}: nothing signs the zone with aws_route53_key_signing_key.k`],
    [
      'the signing alone',
      {},
      { s: on() },
      `error ${ZONE}: aws_route53_hosted_zone_dnssec.s has no key signing key, and AWS refuses to sign without`,
    ],
    [
      'a signing that is off',
      { k: key() },
      { s: on('hue', { signing_status: 'NOT_SIGNING' }) },
      `warning ${ZONE}: aws_route53_hosted_zone_dnssec.s signs nothing: its signing_status is not SIGNING`,
    ],
    [
      'a key that is not active',
      { k: key('hue', { status: 'INACTIVE' }) },
      { s: on() },
      `error ${ZONE}: no key signing key of the zone is active`,
    ],
    [
      'one key of two that is active, as while one takes the place of the other',
      { k: key('hue', { status: 'INACTIVE' }), l: key() },
      { s: on() },
      `pass ${ZONE}`,
    ],
    [
      'a zone that a variable names',
      {},
      { s: { hosted_zone_id: '${var.zone}' }, t: { hosted_zone_id: '${var.other}' } },
      // The only zone there is.
      `error ${ZONE}: aws_route53_hosted_zone_dnssec.s has no key signing key, and AWS refuses to sign without`,
    ],
    [
      'a status that a variable has',
      { k: key('hue', { status: '${var.status}' }) },
      { s: on() },
      `unknown ${ZONE}: whether it is signed is only known after apply`,
    ],
  ])('a zone with %s', (_, keys, signings, expected) => {
    expect(of(keys, signings)).toEqual([expected]);
  });

  test('of several zones, which one a variable names is not known', () => {
    const zones = { aws_route53_zone: { hue: { name: 'hue.gov.vn' }, hanoi: { name: 'hanoi.gov.vn' } } };

    expect(of({}, { s: { hosted_zone_id: '${var.zone}' } }, zones)).toEqual([
      `unknown ${ZONE}: whether it is signed is only known after apply`,
      'unknown aws_route53_zone.hanoi: whether it is signed is only known after apply',
    ]);
    expect(of({ k: key(), l: key('hanoi') }, { s: { hosted_zone_id: '${var.zone}' } }, zones)[0]).toBe(
      `unknown ${ZONE}: whether it is signed is only known after apply`,
    );
    expect(of({ k: { hosted_zone_id: '${var.zone}' } }, { s: on() }, zones)[0]).toBe(
      `unknown ${ZONE}: which key signs the zone is only known after apply`,
    );
  });

  test('is silent about private zones', () => {
    expect(of({}, {}, PRIVATE)).toEqual([]);
    expect(
      of({}, {}, { aws_route53_zone_association: { a: { zone_id: '${aws_route53_zone.hue.zone_id}', vpc_id: 'v' } } }),
    ).toEqual([]);
  });

  describe('below another zone of the input', () => {
    const below = (records: Record<string, Attributes>, parentKey: PlainResources[string] = { parent: key() }) =>
      of(
        { ...parentKey, k: key('motcua') },
        { ...(Object.keys(parentKey).length > 0 ? { parent: on() } : {}), s: on('motcua') },
        {
          aws_route53_zone: { hue: { name: 'hue.gov.vn' }, motcua: { name: 'motcua.hue.gov.vn' } },
          aws_route53_record: Object.fromEntries(
            Object.entries(records).map(([name, record]) => [
              name,
              { zone_id: '${aws_route53_zone.hue.zone_id}', type: 'DS', records: ['x'], ...record },
            ]),
          ),
        },
      )[1];

    test.each<[string, Record<string, Attributes>, string]>([
      ['the DS record', { ds: { name: 'motcua' } }, 'pass aws_route53_zone.motcua'],
      [
        'no DS record',
        { ns: { name: 'motcua', type: 'NS' }, other: { name: 'thue' } },
        'warning aws_route53_zone.motcua: aws_route53_zone.hue has no DS record for motcua.hue.gov.vn, so nobody looks at the signatures',
      ],
      [
        'the DS record in the wrong zone',
        { ds: { name: 'motcua.hue.gov.vn', zone_id: '${aws_route53_zone.motcua.zone_id}' } },
        'warning aws_route53_zone.motcua: aws_route53_zone.hue has no DS record for motcua.hue.gov.vn, so nobody looks at the signatures',
      ],
      [
        'a DS record without a name that is known',
        { ds: { name: '${var.name}' } },
        'unknown aws_route53_zone.motcua: a DS record for motcua.hue.gov.vn may be among those whose names are not known here',
      ],
    ])('%s', (_, records, expected) => {
      expect(below(records)).toBe(expected);
    });

    test('nobody asks for a DS record in a zone that is not signed', () => {
      expect(below({}, {})).toBe('pass aws_route53_zone.motcua');
    });
  });
});

describe('V6-DNS-015', () => {
  const behind = (attributes: Attributes, record: Attributes = {}, others: PlainResources = {}) =>
    saysOf(
      dns015,
      zoneOf({ a: A, www: { ...A, name: 'www', ...record } }, { ...others, aws_lb: { portal: attributes } }),
    );

  test('is said once for all names', () => {
    expect(behind({ internal: true })).toEqual([
      'error aws_lb.portal: the load balancer is internal, but public names lead to it: hue.gov.vn, www.hue.gov.vn',
    ]);
  });

  test('an internal load balancer of a private zone is as it should be', () => {
    expect(behind({ internal: true }, {}, PRIVATE)).toEqual([]);
    expect(behind({ internal: false })).toEqual([]);
    expect(behind({})).toEqual([]);
  });

  test('a zone elsewhere may be private', () => {
    const resource = { ...zoneOf({ a: { ...A, zone_id: 'Z1' } }), aws_lb: { portal: { internal: true } } };

    expect(saysOf(dns015, resource)).toEqual([
      'unknown aws_lb.portal: the load balancer is internal, and whether the zone of its names is public is not seen here: hue.gov.vn',
    ]);
  });
});

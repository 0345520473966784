import {
  aliasTarget,
  chainOf,
  companionsOf,
  counterparts,
  finalTarget,
  isDualStackTarget,
  isFirstOfName,
  isInZone,
  isIpv4OnlyTarget,
  isPublic,
  lacksHealth,
  lastOf,
  mayBeNamed,
  namesakesOf,
  normalName,
  parentZoneOf,
  recordName,
  recordsLeadingTo,
  recordsNamed,
  usesDualStackName,
} from '../../../policy/facts/records';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';
import { A, AAAA, at, type Attributes, graphOf } from '../../helpers/records';

describe('names', () => {
  test.each([
    ['Hue.Gov.VN.', 'hue.gov.vn'],
    ['\\052.hue.gov.vn', '*.hue.gov.vn'],
    ['hue.gov.vn', 'hue.gov.vn'],
  ])('%s is %s', (text, name) => {
    expect(normalName(text)).toBe(name);
  });

  test.each([
    ['', 'hue.gov.vn'],
    ['www', 'www.hue.gov.vn'],
    ['WWW.hue.gov.vn.', 'www.hue.gov.vn'],
    ['hue.gov.vn', 'hue.gov.vn'],
    ['thue.gov.vn', 'thue.gov.vn.hue.gov.vn'],
  ])('a record named %j in a zone is %s', (name, expected) => {
    const graph = graphOf({ a: { ...A, name } });

    expect(recordName(graph, at(graph, 'a'))).toBe(expected);
    expect(recordsNamed(graph, expected.toUpperCase(), 'A')).toEqual([at(graph, 'a')]);
  });

  test('what a state says in full counts', () => {
    const graph = graphOf({ a: { ...A, zone_id: 'Z1', name: 'www', fqdn: 'www.hue.gov.vn' } });

    expect(recordName(graph, at(graph, 'a'))).toBe('www.hue.gov.vn');
  });

  test('a name that only apply will know is not known', () => {
    const graph = graphOf({ a: { ...A, name: '${var.domain}' } });

    expect(recordName(graph, at(graph, 'a'))).toBeUndefined();
  });
});

describe('the records of the other family', () => {
  const cases: [string, Attributes, Attributes, 'twin' | 'none' | 'unknown'][] = [
    ['the same name', A, AAAA, 'twin'],
    ['the same name, spelled otherwise', { ...A, name: 'www' }, { ...AAAA, name: 'WWW.hue.gov.vn.' }, 'twin'],
    ['another name', { ...A, name: 'www' }, { ...AAAA, name: 'w2' }, 'none'],
    ['the same type', A, A, 'none'],
    ['another zone', { ...A, zone_id: 'Z1' }, { ...AAAA, zone_id: 'Z2' }, 'none'],
    ['the same zone by its whole id', { ...A, zone_id: 'Z1' }, { ...AAAA, zone_id: '/hostedzone/Z1' }, 'twin'],
    ['one expression', { ...A, name: '${var.domain}' }, { ...AAAA, name: '${var.domain}' }, 'twin'],
    ['two expressions', { ...A, name: '${var.domain}' }, { ...AAAA, name: '${local.domain}' }, 'unknown'],
    ['instances of one block', { ...A, name: '${each.value}' }, { ...AAAA, name: '${each.value}' }, 'unknown'],
    ['a zone that may be the same', { ...A, zone_id: 'Z1' }, { ...AAAA, zone_id: '${var.zone}' }, 'unknown'],
    ['a type that may be the one', A, { type: '${each.value}' }, 'unknown'],
    ['another name and a hidden type', A, { type: '${each.value}', name: 'www' }, 'none'],
  ];

  test.each(cases)('%s', (_, a, other, expected) => {
    const graph = graphOf({ a, other });
    const { found, complete } = counterparts(graph, at(graph, 'a'));

    expect({ found, complete }).toEqual({
      found: expected === 'twin' ? [at(graph, 'other')] : [],
      complete: expected !== 'unknown',
    });
  });

  test.each<[string, Attributes]>([
    ['name and value of the proof', { name: '${aws_acm_certificate.c.x}', records: '${aws_acm_certificate.c.y}' }],
    [
      'a block for each domain',
      {
        for_each: '${{for o in aws_acm_certificate.c.domain_validation_options : o.domain_name => o}}',
        name: '${each.value.resource_record_name}',
        type: '${each.value.resource_record_type}',
      },
    ],
  ])('records that prove certificates hide nothing: %s', (_, proof) => {
    const graph = graphOf({ a: A, proof }, { aws_acm_certificate: { c: { domain_name: 'hue.gov.vn' } } });

    expect(counterparts(graph, at(graph, 'a'))).toEqual({ found: [], complete: true });
    expect(mayBeNamed(graph, 'www.hue.gov.vn', 'AAAA')).toBe(false);
  });

  test.each<[string, Attributes, boolean]>([
    ['a hidden name', { ...AAAA, name: '${each.value}' }, true],
    ['a hidden type of that name', { type: '${each.value}', name: 'www' }, true],
    ['a hidden type of another name', { type: '${each.value}', name: 'w2' }, false],
    ['a hidden name of another type', { type: 'TXT', name: '${each.value}' }, false],
  ])('%s may be what is looked for: %j', (_, record, expected) => {
    expect(mayBeNamed(graphOf({ record }), 'www.hue.gov.vn', 'AAAA')).toBe(expected);
  });

  test('a zone that is read may be the one that another record names by its id', () => {
    const ofZone = (zone: string) => ({ zone_id: zone, name: 'hue.gov.vn' });
    const graph = readStackJson({
      resource: {
        aws_route53_record: {
          a: { ...A, ...ofZone('Z1') },
          read: { ...AAAA, ...ofZone('${data.aws_route53_zone.hue.zone_id}') },
        },
      },
      data: { aws_route53_zone: { hue: { name: 'hue.gov.vn' } } },
    });

    expect(counterparts(graph, at(graph, 'a'))).toEqual({ found: [], complete: false });
  });
});

test('records of one name and zone belong together, and the first of a type speaks for all of it', () => {
  const graph = graphOf({
    txt: { type: 'TXT' },
    one: A,
    other: A,
    aaaa: AAAA,
    www: { ...A, name: 'www' },
    hidden: { ...A, name: '${each.value}' },
  });
  const namesakes = ['txt', 'one', 'other', 'aaaa'].map((name) => at(graph, name));

  expect(namesakesOf(graph, at(graph, 'aaaa'))).toEqual(namesakes);
  expect(namesakesOf(graph, at(graph, 'hidden'))).toEqual([at(graph, 'hidden')]);
  expect(['one', 'other', 'aaaa', 'www', 'hidden'].map((name) => isFirstOfName(graph, at(graph, name)))).toEqual([
    true,
    false,
    true,
    true,
    true,
  ]);
});

test.each([
  ['hue.gov.vn', true],
  ['a.b.hue.gov.vn', true],
  ['danang.gov.vn', false],
  ['thue.gov.vn', false],
  ['www.motcua.hue.gov.vn', false],
  ['inside.example', false],
  ['*.hue.gov.vn', false],
])('%s is a name in a public zone of this input: %s', (name, expected) => {
  const zones = { hue: { name: 'hue.gov.vn' }, inside: { name: 'inside.example', vpc: [{ vpc_id: 'vpc-1' }] } };
  const graph = graphOf({ motcua: { type: 'NS', name: 'motcua' } }, { aws_route53_zone: zones });

  expect(isInZone(graph, name)).toBe(expected);
});

describe('what an alias leads to', () => {
  const balancer = { aws_lb: { portal: { ip_address_type: 'dualstack', dns_name: 'Portal-1.elb.amazonaws.com' } } };

  test.each<[string, unknown, string | undefined]>([
    ['a reference', '${aws_lb.portal.dns_name}', 'aws_lb.portal'],
    ['a known name', 'Portal-1.elb.amazonaws.com', 'aws_lb.portal'],
    ['the name as consoles and states have it', 'dualstack.portal-1.elb.amazonaws.com.', 'aws_lb.portal'],
    ['the only load balancer, where the name is hidden', '${var.dns_name}', 'aws_lb.portal'],
    ['a name of somewhere else', 'd111.cloudfront.net', 'd111.cloudfront.net'],
    ['another record', '${aws_route53_record.other.fqdn}', 'aws_route53_record.other'],
    ['another record by its name', 'other.hue.gov.vn', 'aws_route53_record.other'],
    ['several', '${coalesce(aws_lb.portal.dns_name, aws_elb.old.dns_name)}', undefined],
    ['nothing', undefined, undefined],
  ])('%s', (_, name, expected) => {
    const graph = graphOf(
      { a: { ...A, alias: { name } }, other: { ...A, name: 'other', records: ['203.113.1.1'] } },
      { ...balancer, aws_elb: { old: {} } },
    );
    const target = aliasTarget(graph, at(graph, 'a'));

    expect(typeof target === 'object' ? target.address : target).toBe(expected);
  });

  test.each<[string, string, Attributes, boolean | undefined]>([
    ['aws_lb', 'dns_name', { ip_address_type: 'dualstack' }, true],
    ['aws_lb', 'dns_name', { ip_address_type: 'dualstack-without-public-ipv4' }, true],
    ['aws_alb', 'dns_name', {}, false],
    ['aws_lb', 'dns_name', { ip_address_type: '${var.type}' }, undefined],
    ['aws_cloudfront_distribution', 'domain_name', { is_ipv6_enabled: 'true' }, true],
    ['aws_cloudfront_distribution', 'domain_name', {}, false],
    ['aws_globalaccelerator_accelerator', 'dual_stack_dns_name', { ip_address_type: 'DUAL_STACK' }, true],
    ['aws_globalaccelerator_accelerator', 'dns_name', {}, false],
    [
      'aws_apigatewayv2_domain_name',
      'domain_name_configuration[0].target_domain_name',
      { domain_name_configuration: { ip_address_type: 'dualstack' } },
      true,
    ],
    ['aws_api_gateway_domain_name', 'regional_domain_name', { endpoint_configuration: {} }, false],
    ['aws_vpc_endpoint', 'dns_entry[0].dns_name', { ip_address_type: 'dualstack' }, true],
    ['aws_vpc_endpoint', 'dns_entry[0].dns_name', { ip_address_type: '${var.type}' }, undefined],
    ['aws_elb', 'dns_name', {}, false],
    ['aws_s3_bucket_website_configuration', 'website_domain', {}, false],
  ])('%s.%s with %j', (type, attribute, target, expected) => {
    const graph = graphOf({ a: { ...A, alias: { name: `\${${type}.x.${attribute}}` } } }, { [type]: { x: target } });

    expect(isDualStackTarget(graph, at(graph, 'a'))).toBe(expected);
  });

  test.each<[string, string, Attributes, Attributes]>([
    ['aws_lb', 'dns_name', { ip_address_type: 'dualstack' }, { ip_address_type: 'ipv4' }],
    ['aws_cloudfront_distribution', 'domain_name', { is_ipv6_enabled: true }, { is_ipv6_enabled: false }],
    [
      'aws_globalaccelerator_accelerator',
      'dual_stack_dns_name',
      { ip_address_type: 'DUAL_STACK' },
      { ip_address_type: 'IPV4' },
    ],
    [
      'aws_api_gateway_domain_name',
      'regional_domain_name',
      { endpoint_configuration: [{ ip_address_type: 'dualstack' }] },
      { endpoint_configuration: [{ types: ['REGIONAL'] }] },
    ],
  ])('%s that is read has IPv6, or not, only where that was read', (type, attribute, dual, single) => {
    const answer = (found: Attributes) => {
      const record = { ...A, name: 'hue.gov.vn', alias: { name: `\${data.${type}.x.${attribute}}` } };
      const graph = readStackJson({ resource: { aws_route53_record: { a: record } }, data: { [type]: { x: found } } });
      return isDualStackTarget(graph, at(graph, 'a'));
    };

    expect([answer({ name: 'x' }), answer(dual), answer(single)]).toEqual([undefined, true, false]);
  });

  test('an address type in a block that only apply will know is not known', () => {
    const api = { aws_apigatewayv2_domain_name: { x: { domain_name_configuration: '${var.configuration}' } } };
    const graph = graphOf({ a: { ...A, alias: { name: '${aws_apigatewayv2_domain_name.x.arn}' } } }, api);

    expect(isDualStackTarget(graph, at(graph, 'a'))).toBeUndefined();
  });

  test.each([
    ['s3-website-ap-southeast-1.amazonaws.com', true],
    ['s3-website.ap-southeast-5.amazonaws.com', true],
    ['hue.gov.vn.s3-website-ap-southeast-1.amazonaws.com', true],
    ['portal.ap-southeast-1.elasticbeanstalk.com', true],
    ['s3.dualstack.ap-southeast-1.amazonaws.com', false],
    ['d111.cloudfront.net', false],
    ['my-s3-website-x.example', false],
  ])('%s never has IPv6, by its name: %s', (name, never) => {
    const graph = graphOf({ a: { ...A, alias: { name } } });

    expect(isIpv4OnlyTarget(name)).toBe(never);
    expect(isDualStackTarget(graph, at(graph, 'a'))).toBe(never ? false : undefined);
  });

  test('an API is known by the name that AWS gave its domain name', () => {
    const graph = graphOf(
      { a: { ...A, alias: { name: 'D-1.execute-api.ap-southeast-1.amazonaws.com' } } },
      {
        aws_apigatewayv2_domain_name: {
          x: {
            domain_name: 'api.hue.gov.vn',
            domain_name_configuration: [{ target_domain_name: 'd-1.execute-api.ap-southeast-1.amazonaws.com' }],
          },
        },
      },
    );

    expect(aliasTarget(graph, at(graph, 'a'))).toBe(graph.at('aws_apigatewayv2_domain_name.x'));
  });

  test.each<[string, boolean | undefined]>([
    ['${aws_globalaccelerator_accelerator.x.dual_stack_dns_name}', true],
    ['${aws_globalaccelerator_accelerator.x.dns_name}', false],
    ['${coalesce(var.name, aws_globalaccelerator_accelerator.x.id)}', undefined],
    ['B.example.', true],
    ['a.example', false],
    ['a12.dualstack.awsglobalaccelerator.com', true],
    ['a12.awsglobalaccelerator.com', false],
  ])('%s is the name of an accelerator with IPv6: %s', (name, expected) => {
    const x = { dns_name: 'a.example', dual_stack_dns_name: 'b.example' };
    const graph = graphOf({ a: { ...AAAA, alias: { name } } }, { aws_globalaccelerator_accelerator: { x } });

    expect(usesDualStackName(graph, at(graph, 'a'))).toBe(expected);
  });

  test('of the records of a name an alias leads to the one of its own type', () => {
    const graph = graphOf({
      other6: { ...AAAA, name: 'other' },
      other: { ...A, name: 'other' },
      a: { ...A, alias: { name: 'other.hue.gov.vn' } },
      aaaa: { ...AAAA, alias: { name: 'other.hue.gov.vn' } },
    });

    expect([aliasTarget(graph, at(graph, 'a')), aliasTarget(graph, at(graph, 'aaaa'))]).toEqual([
      at(graph, 'other'),
      at(graph, 'other6'),
    ]);
  });

  test('another record has IPv6 where its name does, and circles lead nowhere', () => {
    const www = (type: string) => ({ type, name: 'www', alias: { name: '${aws_route53_record.apex.name}' } });
    const apex = { ...A, alias: { name: '${aws_lb.portal.dns_name}' } };
    const both = graphOf({ www: www('A'), apex, apex6: { ...apex, ...AAAA } }, balancer);
    const one = graphOf({ www: www('AAAA'), apex }, balancer);
    const circle = graphOf({
      www: www('AAAA'),
      apex: { ...AAAA, alias: { name: '${aws_route53_record.www.name}' } },
    });

    expect(isDualStackTarget(both, at(both, 'www'))).toBe(true);
    expect(isDualStackTarget(one, at(one, 'www'))).toBe(false);
    expect(isDualStackTarget(circle, at(circle, 'www'))).toBeUndefined();
    expect(recordsLeadingTo(both, both.at('aws_lb.portal')!)).toHaveLength(3);
    expect(companionsOf(both, at(both, 'www'))).toHaveLength(3);
    expect(companionsOf(circle, at(circle, 'www'))).toEqual([]);
    expect(chainOf(both, at(both, 'www'))).toEqual([at(both, 'www'), at(both, 'apex')]);
    expect(lastOf(both, at(both, 'www'))).toBe(at(both, 'apex'));
    expect(finalTarget(both, at(both, 'www'))).toBe(both.at('aws_lb.portal'));
    expect(chainOf(circle, at(circle, 'www'))).toEqual([at(circle, 'www'), at(circle, 'apex')]);
    expect([lastOf(circle, at(circle, 'www')), finalTarget(circle, at(circle, 'www'))]).toEqual([undefined, undefined]);
  });
});

describe('whether a record is public', () => {
  const isPublicIn = (zone: Attributes | undefined, record: Attributes = {}, others: PlainResources = {}) => {
    const graph = graphOf({ a: { ...A, ...record } }, { ...others, aws_route53_zone: zone ? { hue: zone } : {} });
    return isPublic(graph, at(graph, 'a'));
  };

  test.each<[string, Attributes | undefined, boolean | undefined]>([
    ['a zone', { name: 'hue.gov.vn' }, true],
    ['a zone of a VPC', { name: 'hue.gov.vn', vpc: { vpc_id: 'vpc-1' } }, false],
    ['a zone whose VPCs are hidden', { name: 'hue.gov.vn', vpc: '${var.vpcs}' }, undefined],
    ['a zone elsewhere', undefined, undefined],
  ])('%s', (_, zone, expected) => {
    expect(isPublicIn(zone)).toBe(expected);
  });

  test('a zone elsewhere that proves a certificate is public', () => {
    const proof = { type: 'CNAME', name: '${aws_acm_certificate.c.x}', records: ['${aws_acm_certificate.c.y}'] };
    const others = { aws_acm_certificate: { c: {} } };
    const graph = graphOf({ a: { ...A, zone_id: 'Z1' }, proof: { ...proof, zone_id: 'Z1' } }, others);
    const other = graphOf({ a: { ...A, zone_id: 'Z1' }, proof: { ...proof, zone_id: 'Z2' } }, others);

    expect([isPublic(graph, at(graph, 'a')), isPublic(other, at(other, 'a'))]).toEqual([true, undefined]);
  });

  test('a zone that is read says so itself', () => {
    const read = (zone: Attributes) => {
      const record = { ...A, name: 'hue.gov.vn', zone_id: '${data.aws_route53_zone.hue.zone_id}' };
      const graph = readStackJson({
        resource: { aws_route53_record: { a: record } },
        data: { aws_route53_zone: { hue: zone } },
      });
      return isPublic(graph, at(graph, 'a'));
    };

    expect([read({ private_zone: true }), read({ private_zone: false }), read({ name: 'hue.gov.vn' })]).toEqual([
      false,
      true,
      undefined,
    ]);
  });
});

describe('records that go on answering while their target is down', () => {
  test.each<[string, Attributes, boolean | undefined]>([
    ['failover without health', { failover_routing_policy: { type: 'PRIMARY' }, alias: {} }, true],
    ['the last resort', { failover_routing_policy: { type: 'SECONDARY' }, alias: {} }, false],
    ['weighted without health', { weighted_routing_policy: { weight: 10 }, records: ['::1'] }, true],
    ['with a check', { weighted_routing_policy: { weight: 10 }, health_check_id: 'x' }, false],
    ['with the health of the target', { latency_routing_policy: {}, alias: { evaluate_target_health: true } }, false],
    ['hidden', { latency_routing_policy: {}, alias: { evaluate_target_health: '${var.x}' } }, undefined],
    ['no multivalue', { multivalue_answer_routing_policy: false }, false],
    ['by place, which is no choice by health', { geolocation_routing_policy: { country: 'VN' } }, false],
    ['simple', { alias: {} }, false],
  ])('%s', (_, record, expected) => {
    const graph = graphOf({ a: { ...AAAA, ...record } });

    expect(lacksHealth(at(graph, 'a'))).toBe(expected);
  });
});

test.each<[string, PlainResources[string], string | undefined]>([
  ['nothing above it', {}, undefined],
  ['a zone above it', { above: { name: 'hue.gov.vn.' } }, 'above'],
  ['two of them', { far: { name: 'gov.vn' }, above: { name: 'hue.gov.vn' } }, 'above'],
  ['a private one above it', { above: { name: 'hue.gov.vn', vpc: [{ vpc_id: 'v' }] } }, undefined],
  ['one that ends alike', { above: { name: 'ue.gov.vn' } }, undefined],
])('a zone with %s', (_, zones, expected) => {
  const graph = readStackJson({ resource: { aws_route53_zone: { own: { name: 'Motcua.hue.gov.vn' }, ...zones } } });

  expect(parentZoneOf(graph, graph.at('aws_route53_zone.own')!)).toBe(
    expected === undefined ? undefined : graph.at(`aws_route53_zone.${expected}`),
  );
});

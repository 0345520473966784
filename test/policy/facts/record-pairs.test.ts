import { lacksTwin, leadsElsewhere, plainTarget, twinOf } from '../../../policy/facts/record-pairs';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';
import { A, AAAA, at, type Attributes, graphOf, to } from '../../helpers/records';

const BALANCERS: PlainResources = { aws_lb: { blue: {}, green: {}, lone: {} } };

const set = (set_identifier: string): Attributes => ({
  set_identifier,
  weighted_routing_policy: { weight: 50 },
});
const failover = (type: string): Attributes => ({
  set_identifier: `hidden-${type}`,
  failover_routing_policy: [{ type }],
});

/** The twin of each record by its name here: `?` where one may be there that is not seen, `-` where there is none. */
function twinsOf(records: Record<string, Attributes>): Record<string, string> {
  const graph = graphOf(records, BALANCERS);
  const nameOf = (name: string): string => {
    const twin = twinOf(graph, at(graph, name));
    if (twin) return twin.address.replace('aws_route53_record.', '');
    return lacksTwin(graph, at(graph, name)) ? '-' : '?';
  };
  return Object.fromEntries(Object.keys(records).map((name) => [name, nameOf(name)]));
}

describe('an A and an AAAA record are twins', () => {
  test('where both are alone', () => {
    expect(twinsOf({ a: { ...A, ...to('blue') }, aaaa: { ...AAAA, ...to('green') } })).toEqual({
      a: 'aaaa',
      aaaa: 'a',
    });
  });

  test('by their set, wherever they lead', () => {
    expect(
      twinsOf({
        blue: { ...A, ...set('blue'), ...to('blue') },
        green: { ...A, ...set('green'), ...to('green') },
        green6: { ...AAAA, ...set('green'), ...to('blue') },
        blue6: { ...AAAA, ...set('blue'), ...to('green') },
      }),
    ).toEqual({ blue: 'blue6', blue6: 'blue', green: 'green6', green6: 'green' });
  });

  test('by their place where their sets are named apart, as primary and secondary are', () => {
    expect(
      twinsOf({
        primary: { ...A, ...failover('PRIMARY'), set_identifier: 'p', ...to('blue') },
        secondary: { ...A, ...failover('SECONDARY'), set_identifier: 's', ...to('green') },
        secondary6: { ...AAAA, ...failover('SECONDARY'), set_identifier: 's6', ...to('blue') },
        primary6: { ...AAAA, ...failover('PRIMARY'), set_identifier: 'p6', ...to('green') },
      }),
    ).toEqual({ primary: 'primary6', primary6: 'primary', secondary: 'secondary6', secondary6: 'secondary' });
  });

  test('by their target where their sets are named apart', () => {
    expect(
      twinsOf({
        blue: { ...A, ...set('blue-a'), ...to('blue') },
        green: { ...A, ...set('green-a'), ...to('green') },
        green6: { ...AAAA, ...set('green-aaaa'), ...to('green') },
        blue6: { ...AAAA, ...set('blue-aaaa'), ...to('blue') },
      }),
    ).toEqual({ blue: 'blue6', blue6: 'blue', green: 'green6', green6: 'green' });
  });

  test('by their target even where their weights differ', () => {
    const share = (id: string, weight: number) => ({ ...set(id), weighted_routing_policy: { weight } });

    expect(
      twinsOf({
        blue: { ...A, ...share('a', 90), ...to('blue') },
        green: { ...A, ...share('b', 10), ...to('green') },
        green6: { ...AAAA, ...share('c', 50), ...to('green') },
        blue6: { ...AAAA, ...share('d', 50), ...to('blue') },
      }),
    ).toEqual({ blue: 'blue6', blue6: 'blue', green: 'green6', green6: 'green' });
  });

  test('by their target among those that no set has taken', () => {
    expect(
      twinsOf({
        blue: { ...A, ...set('blue'), ...to('blue') },
        green: { ...A, ...set('green'), ...to('green') },
        lone: { ...A, ...set('lone'), ...to('lone') },
        blue6: { ...AAAA, ...set('blue'), ...to('green') },
        green6: { ...AAAA, ...set('green6'), ...to('green') },
      }),
    ).toEqual({ blue: 'blue6', blue6: 'blue', green: 'green6', green6: 'green', lone: '-' });
  });

  test('by their weight where several lead to one target', () => {
    const share = (id: string, weight: number) => ({ ...set(id), weighted_routing_policy: { weight }, ...to('blue') });

    expect(
      twinsOf({
        much: { ...A, ...share('a', 90) },
        little: { ...A, ...share('b', 10) },
        little6: { ...AAAA, ...share('c', 10) },
        much6: { ...AAAA, ...share('d', 90) },
      }),
    ).toEqual({ much: 'much6', much6: 'much', little: 'little6', little6: 'little' });
  });

  test('where there are as many of each, and each has a target of its own', () => {
    expect(
      twinsOf({
        blue: { ...A, ...set('blue-a'), ...to('blue') },
        green: { ...A, ...set('green-a'), ...to('green') },
        blue6: { ...AAAA, ...set('blue-aaaa'), ...to('blue') },
        other6: { ...AAAA, ...set('other-aaaa'), ...to('lone') },
      }),
    ).toEqual({ blue: 'blue6', blue6: 'blue', green: 'other6', other6: 'green' });
  });

  test('where one leads where several of the other family do', () => {
    expect(
      twinsOf({
        one: { ...A, ...set('one'), ...to('blue') },
        other: { ...A, ...set('other'), ...to('blue') },
        all6: { ...AAAA, ...set('all'), ...to('blue') },
      }),
    ).toEqual({ one: 'all6', other: 'all6', all6: 'one' });
  });

  test('where one of them has no set, and so answers wherever the other does', () => {
    expect(
      twinsOf({
        blue: { ...A, ...set('blue'), ...to('blue') },
        green: { ...A, ...set('green'), ...to('green') },
        all6: { ...AAAA, ...to('blue') },
      }),
    ).toEqual({ blue: 'all6', green: 'all6', all6: 'blue' });
    expect(
      twinsOf({
        all: { ...A, ...to('lone') },
        blue6: { ...AAAA, ...set('blue'), ...to('blue') },
        green6: { ...AAAA, ...set('green'), ...to('green') },
      }),
    ).toEqual({ all: 'blue6', blue6: 'all', green6: 'all' });
  });
});

describe('a record has no twin', () => {
  test('where the set of its target has none of the other family', () => {
    expect(
      twinsOf({
        blue: { ...A, ...set('blue-a'), ...to('blue') },
        green: { ...A, ...set('green-a'), ...to('green') },
        blue6: { ...AAAA, ...set('blue-aaaa'), ...to('blue') },
      }),
    ).toEqual({ blue: 'blue6', blue6: 'blue', green: '-' });
  });

  test('where the only one of the other family is for another place', () => {
    expect(
      twinsOf({
        primary: { ...A, ...failover('PRIMARY'), ...to('blue') },
        secondary6: { ...AAAA, ...failover('SECONDARY'), ...to('green') },
      }),
    ).toEqual({ primary: '-', secondary6: '-' });
    expect(
      twinsOf({
        primary: { ...A, ...failover('PRIMARY'), set_identifier: '${var.primary}', ...to('blue') },
        secondary6: { ...AAAA, ...failover('SECONDARY'), set_identifier: '${var.secondary}', ...to('green') },
      }),
    ).toEqual({ primary: '-', secondary6: '-' });
  });

  test('where others of the other family lead elsewhere, and there are fewer of them', () => {
    expect(
      twinsOf({
        blue: { ...A, ...set('blue'), ...to('blue') },
        green: { ...A, ...set('green'), ...to('green') },
        lone6: { ...AAAA, ...set('lone'), ...to('lone') },
      }),
    ).toEqual({ blue: '-', green: '-', lone6: '-' });
  });
});

describe('which record is the twin cannot be seen', () => {
  test('where sets are hidden', () => {
    expect(
      twinsOf({
        blue: { ...A, ...set('${var.a}'), ...to('blue') },
        green: { ...A, ...set('${var.b}'), ...to('green') },
        lone6: { ...AAAA, ...set('${var.c}'), ...to('lone') },
      }),
    ).toEqual({ blue: '?', green: '?', lone6: '?' });
  });

  test('but by the target, where that is seen', () => {
    expect(
      twinsOf({
        blue: { ...A, ...set('${var.a}'), ...to('blue') },
        green: { ...A, ...set('${var.b}'), ...to('green') },
        blue6: { ...AAAA, ...set('${var.c}'), ...to('blue') },
      }),
    ).toEqual({ blue: 'blue6', blue6: 'blue', green: '-' });
  });

  test('but by the expression, where it is the same', () => {
    expect(
      twinsOf({
        blue: { ...A, ...set('${var.a}'), ...to('blue') },
        green: { ...A, ...set('${var.b}'), ...to('green') },
        green6: { ...AAAA, ...set('${var.b}'), ...to('${var.x}') },
      }),
    ).toMatchObject({ green: 'green6', green6: 'green' });
  });

  test('where targets are hidden', () => {
    expect(
      twinsOf({
        blue: { ...A, ...set('blue'), ...to('blue') },
        green: { ...A, ...set('green'), ...to('green') },
        lone6: { ...AAAA, ...set('lone'), ...to('${coalesce(aws_lb.blue.dns_name, aws_lb.green.dns_name)}') },
      }),
    ).toEqual({ blue: '?', green: '?', lone6: '?' });
  });

  test('where several hosts have names of their own for each family', () => {
    const host = (id: string, address: string) => ({ ...set(id), records: [address] });

    expect(
      twinsOf({
        one: { ...A, ...host('one', '203.162.0.1') },
        two: { ...A, ...host('two', '203.162.0.2') },
        some6: { ...AAAA, ...host('some', '2406:da18::1') },
      }),
    ).toEqual({ one: '?', two: '?', some6: '?' });
  });

  test('where a record of a hidden name may be it', () => {
    expect(twinsOf({ a: { ...A, ...to('blue') }, each: { ...AAAA, name: '${each.value}' } }).a).toBe('?');
  });
});

describe('whether two records lead to different places', () => {
  const KNOWN: PlainResources = {
    aws_lb: { blue: { dns_name: 'blue-1.ap-southeast-1.elb.amazonaws.com' }, green: {} },
    aws_cloudfront_distribution: { x: {} },
    aws_globalaccelerator_accelerator: { x: {} },
    aws_api_gateway_domain_name: { x: {} },
  };

  test.each<[string, string, boolean | undefined]>([
    ['blue', 'blue', false],
    ['blue', 'green', true],
    ['blue', '${aws_cloudfront_distribution.x.domain_name}', true],
    [
      '${aws_globalaccelerator_accelerator.x.dns_name}',
      '${aws_globalaccelerator_accelerator.x.dual_stack_dns_name}',
      false,
    ],
    // The name of `blue` is known, that of `green` is not.
    ['blue', 'other-1.ap-southeast-1.elb.amazonaws.com', true],
    ['blue', 'dualstack.blue-1.ap-southeast-1.elb.amazonaws.com', false],
    ['green', 'other-1.ap-southeast-1.elb.amazonaws.com', undefined],
    ['green', 'net-1.elb.ap-southeast-1.amazonaws.com', undefined],
    ['green', 'd111.cloudfront.net', true],
    ['green', 's3-website-ap-southeast-1.amazonaws.com', true],
    ['green', 'portal.example', undefined],
    ['${aws_api_gateway_domain_name.x.cloudfront_domain_name}', 'd111.cloudfront.net', undefined],
    ['${aws_api_gateway_domain_name.x.regional_domain_name}', 'other-1.ap-southeast-1.elb.amazonaws.com', true],
    ['d111.cloudfront.net', 'D111.cloudfront.net.', false],
    ['d111.cloudfront.net', 'd222.cloudfront.net', true],
    ['a1.awsglobalaccelerator.com', 'a1.dualstack.awsglobalaccelerator.com', false],
    ['a1.awsglobalaccelerator.com', 'a2.dualstack.awsglobalaccelerator.com', undefined],
    ['portal.example', 'd111.cloudfront.net', undefined],
    ['green', '${coalesce(aws_lb.blue.dns_name, aws_lb.green.dns_name)}', undefined],
    ['${coalesce(aws_lb.blue.id, aws_lb.green.id)}', '${coalesce(aws_lb.blue.id, aws_lb.green.id)}', false],
  ])('%s and %s: %s', (one, other, expected) => {
    const graph = graphOf({ a: { ...A, ...to(one) }, aaaa: { ...AAAA, ...to(other) } }, KNOWN);

    expect(leadsElsewhere(graph, at(graph, 'a'), at(graph, 'aaaa'))).toBe(expected);
    expect(leadsElsewhere(graph, at(graph, 'aaaa'), at(graph, 'a'))).toBe(expected);
  });

  test('addresses of one name are those of one host, as far as anybody can tell', () => {
    const graph = graphOf(
      {
        a: { ...A, records: ['203.162.0.1'] },
        aaaa: { ...AAAA, records: ['2406:da18::1'] },
        alias: { ...AAAA, ...to('blue') },
        other: { ...AAAA, name: 'other', records: ['2406:da18::2'] },
      },
      BALANCERS,
    );

    expect(leadsElsewhere(graph, at(graph, 'a'), at(graph, 'aaaa'))).toBe(false);
    expect(leadsElsewhere(graph, at(graph, 'a'), at(graph, 'alias'))).toBeUndefined();
    expect(leadsElsewhere(graph, at(graph, 'a'), at(graph, 'other'))).toBeUndefined();
  });

  test('what counts is where a chain of records ends', () => {
    const graph = graphOf(
      {
        www: { ...A, name: 'www', ...to('${aws_route53_record.apex.fqdn}') },
        www6: { ...AAAA, name: 'www', ...to('blue') },
        apex: { ...A, ...to('blue') },
        other6: { ...AAAA, name: 'other', ...to('green') },
        round: { ...AAAA, name: 'round', ...to('${aws_route53_record.round.fqdn}') },
      },
      BALANCERS,
    );

    expect(leadsElsewhere(graph, at(graph, 'www'), at(graph, 'www6'))).toBe(false);
    expect(leadsElsewhere(graph, at(graph, 'www'), at(graph, 'other6'))).toBe(true);
    expect(leadsElsewhere(graph, at(graph, 'www'), at(graph, 'round'))).toBeUndefined();
  });

  test('what a data source finds may be what is made here', () => {
    const graph = readStackJson({
      resource: {
        aws_lb: { blue: {} },
        aws_route53_record: {
          a: { ...A, name: 'hue.gov.vn', ...to('blue') },
          aaaa: { ...AAAA, name: 'hue.gov.vn', ...to('${data.aws_lb.x.dns_name}') },
        },
      },
      data: { aws_lb: { x: { name: 'portal' } } },
    });

    expect(leadsElsewhere(graph, at(graph, 'a'), at(graph, 'aaaa'))).toBeUndefined();
  });
});

test.each([
  ['dualstack.Portal-1.elb.amazonaws.com.', 'portal-1.elb.amazonaws.com'],
  ['a1.dualstack.awsglobalaccelerator.com', 'a1.awsglobalaccelerator.com'],
  ['d111.cloudfront.net', 'd111.cloudfront.net'],
])('%s is %s', (name, plain) => {
  expect(plainTarget(name)).toBe(plain);
});

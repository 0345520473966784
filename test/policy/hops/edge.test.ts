import { edgesOf } from '../../../policy/hops/edges';
import { hopsOf } from '../../../policy/hops/hops';
import { readStackJson } from '../../../policy/sources/stack-json';
import { findAtAccelerator } from '../../helpers/accelerator';
import { expectBoth, fail, PASS, unknown } from '../../helpers/hops';
import { type Edit, type PlainResources } from '../../helpers/plain-stack';
import { A, AAAA, type Attributes } from '../../helpers/records';

describe('edge', () => {
  const typed =
    (type: unknown): Edit =>
    ({ aws_lb }) =>
      (aws_lb!.edge!.ip_address_type = type);

  test.each<[unknown, string]>([
    ['ipv4', 'ipv4'],
    // What AWS takes when nothing is written.
    [undefined, 'ipv4'],
    [null, 'ipv4'],
  ])('an address type of %j has no IPv6', (type, said) => {
    expectBoth('edge', typed(type), { ipv4: PASS, ipv6: fail(`make the load balancer dualstack: it is ${said}`) });
  });

  test('without public IPv4 it shuts out those who have nothing else', () => {
    expectBoth('edge', typed('dualstack-without-public-ipv4'), {
      ipv4: fail('make the load balancer dualstack: it is dualstack-without-public-ipv4'),
      ipv6: PASS,
    });
  });

  test('a type that is known only later passes for neither family', () => {
    const finding = unknown("the load balancer's address type is ${var.type}");

    expectBoth('edge', typed('${var.type}'), { ipv4: finding, ipv6: finding });
  });
});

describe('edge of an accelerator', () => {
  const both = (edit: Edit) => (['ipv4', 'ipv6'] as const).map((family) => findAtAccelerator('edge', family, edit));
  const typed =
    (type: unknown): Edit =>
    ({ aws_globalaccelerator_accelerator: accelerators }) =>
      (accelerators!.front!.ip_address_type = type);

  test.each(['IPV4', undefined])('an address type of %j has no IPv6', (type) => {
    expect(both(typed(type))).toEqual([PASS, fail('make the accelerator DUAL_STACK: it is IPV4')]);
  });

  test('a type that is known only later passes for IPv4 alone, which every accelerator has', () => {
    expect(both(typed('${var.type}'))).toEqual([PASS, unknown("the accelerator's address type is ${var.type}")]);
  });

  test('one that is off answers nobody', () => {
    const off = fail('set `enabled = true` on the accelerator');

    expect(
      both(({ aws_globalaccelerator_accelerator: accelerators }) => (accelerators!.front!.enabled = false)),
    ).toEqual([off, off]);
  });

  test('speaks IPv6 to the load balancer behind it, which therefore has it, and may do without public IPv4', () => {
    const behind = (type: unknown): Edit => {
      return ({ aws_lb }) => (aws_lb!.edge!.ip_address_type = type);
    };

    expect(both(behind('ipv4'))).toEqual([
      PASS,
      fail('make aws_lb.edge dualstack: the accelerator has IPv6 clients for it'),
    ]);
    expect(both(behind('${var.type}'))).toEqual([
      PASS,
      unknown('whether aws_lb.edge is dualstack is only known after apply'),
    ]);
    expect(both(behind('dualstack-without-public-ipv4'))).toEqual([PASS, PASS]);
  });
});

/** What both families find at the edge of the one name of a public zone. */
function findBeyond(records: Record<string, Attributes>, resource: PlainResources = {}, data: PlainResources = {}) {
  const aws_route53_record = Object.fromEntries(
    Object.entries(records).map(([name, record]) => [
      name,
      { zone_id: '${aws_route53_zone.hue.zone_id}', name: 'hue.gov.vn', ...record },
    ]),
  );
  const zones = { aws_route53_zone: { hue: { name: 'hue.gov.vn' } } };
  const graph = readStackJson({ resource: { ...zones, ...resource, aws_route53_record }, data });
  const [edge, ...more] = edgesOf(graph);
  expect(more).toEqual([]);
  return (['ipv4', 'ipv6'] as const).map((family) => hopsOf(graph, edge!, family).edge);
}

const led = (name: string) => ({ a: { ...A, alias: { name } }, aaaa: { ...AAAA, alias: { name } } });

describe('edge of an API', () => {
  const DUAL = { ip_address_type: 'dualstack' };

  test.each<[string, Attributes, unknown]>([
    ['aws_apigatewayv2_domain_name', { domain_name_configuration: [DUAL] }, PASS],
    [
      'aws_apigatewayv2_domain_name',
      { domain_name_configuration: [{ endpoint_type: 'REGIONAL' }] },
      fail('make the domain name of the API dualstack: it is ipv4'),
    ],
    ['aws_api_gateway_domain_name', { endpoint_configuration: { types: ['REGIONAL'], ...DUAL } }, PASS],
    [
      'aws_api_gateway_domain_name',
      { endpoint_configuration: { types: ['EDGE'], ip_address_type: 'ipv4' } },
      fail('make the domain name of the API dualstack: it is ipv4'),
    ],
    ['aws_api_gateway_domain_name', {}, fail('make the domain name of the API dualstack: it is ipv4')],
    [
      'aws_api_gateway_domain_name',
      { endpoint_configuration: { ip_address_type: '${var.type}' } },
      unknown('the address type of the domain name is ${var.type}'),
    ],
    [
      'aws_api_gateway_domain_name',
      { endpoint_configuration: '${var.configuration}' },
      unknown('the address type of the domain name is only known after apply'),
    ],
    [
      'aws_api_gateway_domain_name',
      { endpoint_configuration: { types: ['PRIVATE'] } },
      unknown('who reaches a private API cannot be seen here'),
    ],
  ])('%s with %j', (type, api, ipv6) => {
    expect(findBeyond(led(`\${${type}.forms.arn}`), { [type]: { forms: api } })).toEqual([PASS, ipv6]);
  });
});

describe('edge outside', () => {
  const notSeen = (address: string) =>
    ['IPv4', 'IPv6'].map((family) => unknown(`whether ${address} has ${family} addresses cannot be seen here`));

  test.each([['d111.cloudfront.net'], ['portal.example'], ['portal-1.ap-southeast-1.elb.amazonaws.com']])(
    'a target by its name is not known: %s',
    (name) => {
      expect(findBeyond(led(name))).toEqual(notSeen(name));
    },
  );

  test('a target that is hidden is not known', () => {
    expect(findBeyond(led('${var.target}'))).toEqual(notSeen('${var.target}'));
  });

  test.each<[string, PlainResources, string]>([
    ['s3-website-ap-southeast-1.amazonaws.com', {}, 's3-website-ap-southeast-1.amazonaws.com'],
    [
      '${aws_s3_bucket_website_configuration.old.website_domain}',
      { aws_s3_bucket_website_configuration: { old: {} } },
      'aws_s3_bucket_website_configuration.old',
    ],
    ['${aws_elb.old.dns_name}', { aws_elb: { old: {} } }, 'aws_elb.old'],
  ])('%s has IPv4 and can have nothing else', (name, others, address) => {
    expect(findBeyond(led(name), others)).toEqual([
      PASS,
      fail(`put CloudFront in front of ${address}, which cannot have IPv6`),
    ]);
  });

  test('an internal load balancer answers nobody on the Internet', () => {
    const finding = fail('lead the name to a load balancer that faces the Internet: aws_lb.inner is internal');

    expect(
      findBeyond(led('${aws_lb.inner.dns_name}'), {
        aws_lb: { inner: { internal: true, ip_address_type: 'dualstack' } },
      }),
    ).toEqual([finding, finding]);
  });

  test('who reaches an endpoint of a VPC is not known', () => {
    const finding = unknown('who reaches aws_vpc_endpoint.api from the Internet cannot be seen here');

    expect(findBeyond(led('${aws_vpc_endpoint.api.dns_entry[0].dns_name}'), { aws_vpc_endpoint: { api: {} } })).toEqual(
      [finding, finding],
    );
  });

  test.each<[Attributes, unknown[]]>([
    [{ ip_address_type: 'dualstack' }, [PASS, PASS]],
    [{ ip_address_type: 'ipv4' }, [PASS, fail('make the load balancer dualstack: it is ipv4')]],
    [{ name: 'portal' }, notSeen('data.aws_lb.portal')],
  ])('a load balancer that is read is what was read: %j', (portal, expected) => {
    expect(findBeyond(led('${data.aws_lb.portal.dns_name}'), {}, { aws_lb: { portal } })).toEqual(expected);
  });

  test.each<[string[], string[], unknown[]]>([
    [['203.162.0.1'], ['2406:da18::1'], [PASS, PASS]],
    [['203.162.0.1'], [], [PASS, unknown('whether the host has IPv6 addresses cannot be seen here')]],
    [['203.162.0.1'], ['fd00::1'], [PASS, fail('publish addresses that the Internet reaches, not fd00::1')]],
    [
      ['${aws_instance.x.public_ip}'],
      ['2406:da18::1'],
      [unknown('whether the host has IPv4 addresses cannot be seen here'), PASS],
    ],
  ])('a host is reached at addresses of the Internet: %j and %j', (ipv4, ipv6, expected) => {
    const records: Record<string, Attributes> = { a: { ...A, records: ipv4 } };
    if (ipv6.length > 0) records.aaaa = { ...AAAA, records: ipv6 };

    expect(findBeyond(records)).toEqual(expected);
  });
});

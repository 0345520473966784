import { judge } from '../../../policy/check';
import type { Rule } from '../../../policy/rule';
import { rule as ep001 } from '../../../policy/rules/v6-ep-001';
import { rule as ep002 } from '../../../policy/rules/v6-ep-002';
import { rule as ep003 } from '../../../policy/rules/v6-ep-003';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

type Attributes = Record<string, unknown>;

function saysOf(rule: Rule, resource: PlainResources): string[] {
  const { findings, crashes } = judge(readStackJson({ resource }), [rule]);
  expect(crashes).toEqual([]);
  return findings.map(({ result, resource: { address }, message }) => `${result} ${address}: ${message}`);
}

describe('V6-EP-001', () => {
  const stack = (endpoint: Attributes, subnet: Attributes = { ipv6_cidr_block: '2001:db8::/64' }): PlainResources => ({
    aws_subnet: { a: { cidr_block: '10.0.0.0/24', ...subnet } },
    aws_vpc_endpoint: {
      x: {
        vpc_endpoint_type: 'Interface',
        service_name: 'com.amazonaws.ap-southeast-1.logs',
        subnet_ids: ['${aws_subnet.a.id}'],
        ...endpoint,
      },
    },
  });

  test.each<[Attributes]>([
    [{ ip_address_type: 'ipv4' }],
    [{ ip_address_type: null, service_name: 'com.amazonaws.${data.aws_region.current.name}.logs' }],
  ])('fails %j', (endpoint) => {
    expect(saysOf(ep001, stack(endpoint))).toEqual([
      'fail aws_vpc_endpoint.x: the endpoint has IPv4 addresses alone in subnets that have IPv6, too',
    ]);
  });

  test.each<[string, PlainResources]>([
    ['IPv6 alone', stack({ ip_address_type: 'ipv6' })],
    ['a service that has no IPv6 endpoint', stack({ service_name: 'com.amazonaws.ap-southeast-1.ecr.dkr' })],
    ['such a service in any region', stack({ service_name: 'com.amazonaws.${var.region}.ecr.api' })],
    [
      'the service of somebody else',
      stack({ service_name: 'com.amazonaws.vpce.ap-southeast-1.vpce-svc-0123456789abcdef0' }),
    ],
    ['a gateway endpoint', stack({ vpc_endpoint_type: 'Gateway' })],
    ['subnets without IPv6', stack({}, {})],
    ['an endpoint without subnets', stack({ subnet_ids: [] })],
  ])('is content with %s', (_, resource) => {
    expect(saysOf(ep001, resource)).toEqual([]);
  });

  test.each<[string, PlainResources]>([
    ['subnets elsewhere', stack({ subnet_ids: ['subnet-0123456789abcdef0'] })],
    ['a service that is not known', stack({ service_name: 'com.amazonaws.ap-southeast-1.${each.value}' })],
  ])('does not know of %s', (_, resource) => {
    expect(saysOf(ep001, resource)).toEqual([expect.stringMatching(/^unknown aws_vpc_endpoint\.x: /)]);
  });
});

describe('V6-EP-002', () => {
  const stack = (addresses: unknown, records: unknown): PlainResources => ({
    aws_vpc_endpoint: { x: { ip_address_type: addresses, dns_options: [{ dns_record_ip_type: records }] } },
  });

  test.each([
    ['ipv4', 'dualstack'],
    ['ipv4', 'ipv6'],
    ['ipv6', 'ipv4'],
    ['ipv6', 'dualstack'],
  ])('fails %s addresses with %s records', (addresses, records) => {
    expect(saysOf(ep002, stack(addresses, records))).toEqual([
      `fail aws_vpc_endpoint.x: dns_record_ip_type is ${records}, but ip_address_type is ${addresses}`,
    ]);
  });

  test('an endpoint has IPv4 addresses where nothing is written', () => {
    expect(saysOf(ep002, stack(undefined, 'dualstack'))).toHaveLength(1);
  });

  test.each([
    ['ipv4', 'ipv4'],
    ['ipv6', 'ipv6'],
    ['dualstack', 'ipv4'],
    ['dualstack', 'ipv6'],
    ['dualstack', 'dualstack'],
    ['dualstack', '${var.records}'],
    ['ipv4', 'service-defined'],
    ['ipv4', undefined],
  ])('is content with %s addresses and %s records', (addresses, records) => {
    expect(saysOf(ep002, stack(addresses, records))).toEqual([]);
  });
});

describe('V6-EP-003', () => {
  const endpoint = (groups: readonly string[], attributes: Attributes = {}): Attributes => ({
    vpc_endpoint_type: 'Interface',
    ip_address_type: 'dualstack',
    security_group_ids: groups.map((name) => `\${aws_security_group.${name}.id}`),
    ...attributes,
  });
  const https = { protocol: 'tcp', from_port: 443, to_port: 443 };
  const IPV4 = { ...https, cidr_blocks: ['10.0.0.0/16'] };
  const guarded = (...ingress: readonly Attributes[]): PlainResources => ({
    aws_security_group: { a: { ingress } },
    aws_vpc_endpoint: { x: endpoint(['a']) },
  });
  const CLOSED = 'fail aws_security_group.a: port 443 of aws_vpc_endpoint.x is open to IPv4 ranges alone';

  test.each<[string, PlainResources]>([
    ['inline', guarded(IPV4)],
    ['inline, for all protocols', guarded({ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['10.0.0.0/8'] })],
    [
      'inline, with IPv6 to another port',
      guarded(IPV4, { ...https, from_port: 80, to_port: 80, ipv6_cidr_blocks: ['::/0'] }),
    ],
    [
      'as a resource of its own',
      {
        ...guarded(),
        aws_vpc_security_group_ingress_rule: {
          a: {
            security_group_id: '${aws_security_group.a.id}',
            ip_protocol: 'tcp',
            from_port: 443,
            to_port: 443,
            cidr_ipv4: '10.0.0.0/16',
          },
        },
      },
    ],
    [
      'as an older resource of its own',
      {
        ...guarded(),
        aws_security_group_rule: { a: { type: 'ingress', security_group_id: '${aws_security_group.a.id}', ...IPV4 } },
      },
    ],
  ])('fails a rule for IPv4 alone: %s', (_, resource) => {
    expect(saysOf(ep003, resource)).toEqual([CLOSED]);
  });

  test('is one finding for all endpoints of a group', () => {
    const resource = {
      aws_security_group: { a: { ingress: [IPV4] } },
      aws_vpc_endpoint: { x: endpoint(['a']), y: endpoint(['a']) },
    };

    expect(saysOf(ep003, resource)).toEqual([
      'fail aws_security_group.a: port 443 of aws_vpc_endpoint.x, aws_vpc_endpoint.y is open to IPv4 ranges alone',
    ]);
  });

  test.each<[string, PlainResources]>([
    ['IPv6 ranges, too', guarded(IPV4, { ...https, ipv6_cidr_blocks: ['${aws_vpc.main.ipv6_cidr_block}'] })],
    ['a group of clients', guarded(IPV4, { ...https, security_groups: ['sg-0123456789abcdef0'] })],
    ['nothing at all, which is not about IPv6', guarded()],
    [
      'IPv6 by another group of the endpoint',
      {
        aws_security_group: { a: { ingress: [IPV4] }, b: { ingress: [{ ...https, ipv6_cidr_blocks: ['::/0'] }] } },
        aws_vpc_endpoint: { x: endpoint(['a', 'b']) },
      },
    ],
    [
      'an endpoint with IPv4 alone',
      { ...guarded(IPV4), aws_vpc_endpoint: { x: endpoint(['a'], { ip_address_type: 'ipv4' }) } },
    ],
  ])('is content with %s', (_, resource) => {
    expect(saysOf(ep003, resource)).toEqual([]);
  });

  test('names the endpoints alone that are certainly closed', () => {
    const hidden = { ...https, prefix_list_ids: ['pl-0123456789abcdef0'] };
    const resource = {
      aws_security_group: { a: { ingress: [IPV4] }, b: { ingress: [hidden] } },
      aws_vpc_endpoint: { x: endpoint(['a', 'b']), y: endpoint(['a']) },
    };

    expect(saysOf(ep003, resource)).toEqual([
      expect.stringMatching(/^fail aws_security_group\.a: port 443 of aws_vpc_endpoint\.y is/),
      expect.stringMatching(/^unknown aws_security_group\.b: /),
    ]);
  });

  test('does not know of an endpoint with a group elsewhere', () => {
    const x = { ...endpoint([]), security_group_ids: ['${aws_security_group.a.id}', 'sg-0123456789abcdef0'] };

    expect(saysOf(ep003, { aws_security_group: { a: { ingress: [IPV4] } }, aws_vpc_endpoint: { x } })).toEqual([
      'unknown aws_security_group.a: whether IPv6 gets in depends on rules that this input does not show',
    ]);
  });
});

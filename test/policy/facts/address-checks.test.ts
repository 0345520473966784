import { addressChecks, asksEach, familyOfAddress, isGivenByAmazon } from '../../../policy/facts/address-checks';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { ResourceGraph } from '../../../policy/resource-graph';
import { type Unknown } from '../../../policy/value';

type Checks = Record<string, Record<string, unknown>>;

const IPV6 = '${cidrhost(aws_subnet.a.ipv6_cidr_block, 16)}';

function graphOf(checks: Checks, extra: Record<string, Record<string, Record<string, unknown>>> = {}): ResourceGraph {
  return readStackJson({
    resource: {
      aws_vpc: {
        vpc: { assign_generated_ipv6_cidr_block: true },
        pooled: { ipv6_ipam_pool_id: 'ipam-pool-0123456789abcdef0' },
      },
      aws_subnet: {
        a: { vpc_id: '${aws_vpc.vpc.id}', ipv6_cidr_block: '${cidrsubnet(aws_vpc.vpc.ipv6_cidr_block, 8, 0)}' },
        pooled: {
          vpc_id: '${aws_vpc.pooled.id}',
          ipv6_cidr_block: '${cidrsubnet(aws_vpc.pooled.ipv6_cidr_block, 8, 0)}',
        },
      },
      aws_eip: { a: { domain: 'vpc' }, b: { domain: 'vpc' } },
      aws_globalaccelerator_accelerator: { portal: { ip_address_type: 'DUAL_STACK' } },
      aws_lb: {
        portal: {
          load_balancer_type: 'network',
          subnet_mapping: [
            { subnet_id: '${aws_subnet.a.id}', allocation_id: '${aws_eip.a.id}', ipv6_address: IPV6 },
            { subnet_id: 'subnet-1', allocation_id: '${aws_eip.b.id}', ipv6_address: '2406:da18::10' },
          ],
        },
        named: { load_balancer_type: 'application' },
      },
      aws_route53_health_check: checks,
      ...extra,
    },
  });
}

const tcp = (address: string, more: object = {}) => ({ type: 'TCP', ip_address: address, ...more });

const asks = (checks: Checks, address: string, family: 'ipv4' | 'ipv6') => {
  const graph = graphOf(checks);
  const about = { resource: graph.at(address)!, names: ['hue.gov.vn'] };
  return asksEach(graph, addressChecks(graph), about, family);
};

describe('checks of addresses', () => {
  test.each<[string, Record<string, unknown>, boolean]>([
    ['an address', tcp('2406:da18::10'), true],
    ['an address by HTTPS', { type: 'HTTPS', ip_address: '2406:da18::10', fqdn: 'hue.gov.vn' }, true],
    ['a name', { type: 'HTTPS', fqdn: 'hue.gov.vn' }, false],
    ['nobody any more', tcp('2406:da18::10', { disabled: true }), false],
    ['an alarm', { type: 'CLOUDWATCH_METRIC', ip_address: '2406:da18::10' }, false],
  ])('are those that ask %s: %j', (_, check, expected) => {
    expect(addressChecks(graphOf({ check }))).toHaveLength(expected ? 1 : 0);
  });
});

describe('of a load balancer with fixed addresses', () => {
  test.each<[string, Checks, 'ipv4' | 'ipv6', boolean | undefined]>([
    ['each is asked', { a: tcp(IPV6), b: tcp('2406:da18::10') }, 'ipv6', true],
    ['each is asked, written out', { a: tcp(IPV6), b: tcp('2406:da18:0000:0::0010') }, 'ipv6', true],
    ['one is not', { a: tcp(IPV6) }, 'ipv6', undefined],
    ['none is', {}, 'ipv6', false],
    ['only those of the other family are', { a: tcp('${aws_eip.a.public_ip}') }, 'ipv6', false],
    ['others are', { a: tcp('2406:da18::11'), b: tcp('2406:da18::12') }, 'ipv6', false],
    [
      'each Elastic IP address is asked',
      { a: tcp('${aws_eip.a.public_ip}'), b: tcp('${aws_eip.b.public_ip}') },
      'ipv4',
      true,
    ],
    ['one Elastic IP address is not', { a: tcp('${aws_eip.a.public_ip}') }, 'ipv4', false],
  ])('%s', (_, checks, family, expected) => {
    expect(asks(checks, 'aws_lb.portal', family)).toBe(expected);
  });

  test('addresses out of different subnets are not the same', () => {
    const subnetIn = (slot: number) => ({
      vpc_id: '${aws_vpc.vpc.id}',
      ipv6_cidr_block: `\${cidrsubnet(aws_vpc.vpc.ipv6_cidr_block, 8, ${slot})}`,
    });
    const graph = readStackJson({
      resource: {
        aws_subnet: { a: subnetIn(0), c: subnetIn(1) },
        aws_lb: {
          portal: {
            load_balancer_type: 'network',
            subnet_mapping: [{ subnet_id: '${aws_subnet.a.id}', ipv6_address: IPV6 }],
          },
        },
        aws_route53_health_check: { c: tcp('${cidrhost(aws_subnet.c.ipv6_cidr_block, 16)}') },
      },
    });

    expect(asksEach(graph, addressChecks(graph), { resource: graph.at('aws_lb.portal')!, names: [] }, 'ipv6')).toBe(
      false,
    );
  });

  test('a place without a fixed address beside one that has one is not asked', () => {
    const graph = readStackJson({
      resource: {
        aws_lb: {
          portal: {
            load_balancer_type: 'network',
            subnet_mapping: [{ subnet_id: 'subnet-1', ipv6_address: '2406:da18::10' }, { subnet_id: 'subnet-2' }],
          },
        },
        aws_route53_health_check: { a: tcp('2406:da18::10') },
      },
    });

    expect(asksEach(graph, addressChecks(graph), { resource: graph.at('aws_lb.portal')!, names: [] }, 'ipv6')).toBe(
      false,
    );
  });
});

describe('of anything else', () => {
  const https = (address: string, fqdn: string) => ({ check: { type: 'HTTPS', ip_address: address, fqdn } });
  const some = (of: string) =>
    `\${sort([for address in flatten(aws_globalaccelerator_accelerator.portal.ip_sets[*].ip_addresses) : address if ${of}])[0]}`;

  test.each<[string, Checks, 'ipv4' | 'ipv6', boolean | undefined]>([
    ['a check over IPv6 for its name is one', https('2406:da18::10', 'Hue.gov.vn.'), 'ipv6', true],
    ['it is none over IPv4', https('2406:da18::10', 'hue.gov.vn'), 'ipv4', false],
    ['a check for another name is none', https('2406:da18::10', 'hanoi.gov.vn'), 'ipv6', false],
    ['a check of what cannot be seen may be one', https('${var.address}', 'hue.gov.vn'), 'ipv6', undefined],
  ])('%s', (_, checks, family, expected) => {
    expect(asks(checks, 'aws_lb.named', family)).toBe(expected);
  });

  test.each<[string, 'ipv4' | 'ipv6', boolean]>([
    [some('strcontains(address, ":")'), 'ipv6', true],
    [some('strcontains(address, ":")'), 'ipv4', false],
    [some('!strcontains(address, ":")'), 'ipv4', true],
  ])('a check of an accelerator by its address is about it: %s, %s', (address, family, expected) => {
    expect(asks({ check: tcp(address) }, 'aws_globalaccelerator_accelerator.portal', family)).toBe(expected);
  });
});

describe('an address that only apply will know', () => {
  const told = (text: string) => {
    const graph = graphOf({ check: tcp(text) });
    const address = graph.at('aws_route53_health_check.check')!.value('ip_address');
    return { graph, address };
  };

  test.each([
    ['2406:da18::10', 'ipv6'],
    ['198.51.100.7', 'ipv4'],
    ['hue.gov.vn', undefined],
    [IPV6, 'ipv6'],
    ['${aws_eip.a.public_ip}', 'ipv4'],
    ['${aws_globalaccelerator_accelerator.portal.ip_sets[0].ip_addresses[0]}', undefined],
    ['${var.address}', undefined],
  ])('%s is %s', (text, family) => {
    const { graph, address } = told(text);
    expect(familyOfAddress(graph, address)).toBe(family);
  });

  test('nothing is of no family', () => {
    expect(familyOfAddress(graphOf({}), undefined)).toBeUndefined();
  });

  test.each([
    ['${aws_eip.a.public_ip}', true],
    ['${aws_eip.a.private_ip}', false],
    [IPV6, true],
    ['${cidrhost(aws_vpc.vpc.ipv6_cidr_block, 16)}', true],
    ['${cidrhost(aws_subnet.pooled.ipv6_cidr_block, 16)}', false],
    ['${cidrhost(aws_subnet.a.cidr_block, 16)}', false],
    ['${aws_globalaccelerator_accelerator.portal.ip_sets[0].ip_addresses[0]}', true],
    ['${aws_lb.named.dns_name}', false],
    ['${var.address}', false],
  ])('%s is surely on the Internet: %s', (text, expected) => {
    const { graph, address } = told(text);
    expect(isGivenByAmazon(graph, address as Unknown)).toBe(expected);
  });
});

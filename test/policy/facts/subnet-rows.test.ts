import { readStackJson } from '../../../policy/sources/stack-json';
import { subnetRows } from '../../../policy/facts/subnet-rows';
import { production } from '../../helpers/agency';

test('subnets come by name, with the end of the /64 that is known already', () => {
  const rows = subnetRows(production());

  expect(rows.map(({ name }) => name)).toEqual([...rows.map(({ name }) => name)].sort());
  expect(rows.find(({ name }) => name === 'hue-production-app-b')).toEqual({
    name: 'hue-production-app-b',
    zone: 'ap-southeast-1b',
    ipv4: '10.46.2.128/25',
    ipv6: '…11::/64',
  });
});

test('IPv6-only subnets have no IPv4 block', () => {
  const rows = subnetRows(production({ network: { ipv4: '10.46.0.0/20', appSubnets: 'ipv6-only' }, portals: {} }));

  expect(rows.find(({ name }) => name === 'hue-production-app6-a')).toMatchObject({
    ipv4: undefined,
    ipv6: '…20::/64',
  });
});

test.each([
  ['2001:db8::/64', '2001:db8::/64'],
  ['${cidrsubnet(aws_vpc.v.ipv6_cidr_block, 12, 16)}', '…010::/64'],
  ['${var.block}', '?'],
])('a block that is %s is shown as %s', (block, expected) => {
  const graph = readStackJson({ resource: { aws_subnet: { a: { ipv6_cidr_block: block } } } });

  expect(subnetRows(graph)).toEqual([{ name: 'aws_subnet.a', zone: '', ipv4: undefined, ipv6: expected }]);
});

import { addressChanges } from '../../review/address-changes';
import { CONTAINER, production } from '../helpers/agency';
import { resources } from '../helpers/snapshots';

test('the plan of addresses is the same where nothing of it changes', () => {
  expect(addressChanges(production(), production({ portals: { portal: { ...CONTAINER, alarms: {} } } }))).toEqual([]);
});

test('another block of the network moves every block in it, and no /64', () => {
  const changes = addressChanges(production(), production({ network: { ipv4: '10.47.0.0/20' } }));

  expect(changes).toContainEqual({
    name: 'hue-production',
    family: 'ipv4',
    before: '10.46.0.0/20',
    after: '10.47.0.0/20',
  });
  expect(changes).toContainEqual({
    name: 'hue-production-app-a',
    family: 'ipv4',
    before: '10.46.2.0/25',
    after: '10.47.2.0/25',
  });
  expect(changes.filter(({ family }) => family === 'ipv6')).toEqual([]);
});

test('one more zone only adds', () => {
  const changes = addressChanges(production(), production({ network: { ipv4: '10.46.0.0/20', zones: 3 } }));

  expect(changes.map(({ before }) => before)).toEqual(changes.map(() => undefined));
  expect(changes).toContainEqual({ name: 'hue-production-app-c', family: 'ipv6', after: '…12::/64' });
});

test('a block from elsewhere is told by where it comes from', () => {
  const vpc = (attributes: object) => resources({ aws_vpc: { v: attributes } }).graph;

  expect(
    addressChanges(
      vpc({ assign_generated_ipv6_cidr_block: true }),
      vpc({ ipv6_ipam_pool_id: 'ipam-pool-1', ipv6_netmask_length: 52 }),
    ),
  ).toEqual([{ name: 'aws_vpc.v', family: 'ipv6', before: "a /56 of Amazon's", after: 'a /52 of a pool' }]);
});

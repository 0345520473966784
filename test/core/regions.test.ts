import { logsDistributions, partitionOf, REGIONS, takesAccelerators, zonesOf } from '../../core/regions';

test('Singapore, the nearest to Vietnam, has zones a, b and c', () => {
  expect(zonesOf('ap-southeast-1')).toEqual(['a', 'b', 'c']);
});

test('letters are no sequence: new accounts in Tokyo see no zone b', () => {
  expect(zonesOf('ap-northeast-1')).toEqual(['a', 'c', 'd']);
});

test.each(REGIONS)('%s has at least two zones, for a load balancer, each once and in the address plan', (region) => {
  const zones = zonesOf(region);

  expect(zones.length).toBeGreaterThanOrEqual(2);
  expect(zones.join('')).toMatch(/^a?b?c?d?$/);
});

test('regions are listed in alphabetical order', () => {
  expect(REGIONS).toEqual([...REGIONS].sort());
});

test.each(['mars-1', '', 'constructor', 'toString'])('an unknown region, %j, has no zones', (region) => {
  expect(zonesOf(region)).toEqual([]);
});

test.each([
  ['ap-southeast-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['us-west-2', 'aws'],
])('%s is in the partition %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});

test('an accelerator leads to Singapore, and not yet to Thailand', () => {
  expect(takesAccelerators('ap-southeast-1')).toBe(true);
  expect(takesAccelerators('ap-southeast-7')).toBe(false);
});

test('CloudFront writes its logs to Singapore, and not to regions that an account has to opt in to', () => {
  expect(logsDistributions('ap-southeast-1')).toBe(true);
  expect(logsDistributions('ap-southeast-3')).toBe(false);
});

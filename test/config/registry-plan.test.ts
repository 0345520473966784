import fc from 'fast-check';
import { parse } from 'yaml';
import { type PlannedNetwork, registryPlan } from '../../config/registry-plan';
import { registryFileSchema } from '../../config/registry-schema';
import { environmentSchema } from '../../config/schema';
import { edit } from '../helpers/config-folder';
import { AMAZON_REGISTRY, REGISTRY } from '../helpers/registry';

const registry = (text: string) => registryFileSchema.parse(parse(text));

const network = (agency: string, ipv4: string, ipv6?: object): PlannedNetwork => ({
  agency,
  environment: 'production',
  network: environmentSchema.shape.network.parse({ ipv4, ...(ipv6 && { ipv6 }) })!,
});

const EXISTING: PlannedNetwork = {
  agency: 'old',
  environment: 'production',
  network: environmentSchema.shape.network.parse({
    existing: {
      vpc: 'vpc-0123456789abcdef0',
      ipv4: '10.0.0.0/16',
      ipv6: '2001:db8:46::/56',
      subnets: {
        public: ['a', 'b'].map((zone, n) => ({ id: `subnet-0000000${n}`, zone, ipv6: `2001:db8:46:${n}::/64` })),
        app: ['a', 'b'].map((zone, n) => ({ id: `subnet-0000001${n}`, zone, ipv6: `2001:db8:46:1${n}::/64` })),
      },
    },
  })!,
};

test('of a range of its own, tells what each pool holds, what is free, and what is in no pool', () => {
  const plan = registryPlan(registry(REGISTRY), [
    network('hue', '10.46.0.0/20', { pool: 'provinces' }),
    network('danang', '10.0.0.0/20', { pool: 'ipam-pool-0123456789abcdef0', netmask: 52 }),
    network('bkhcn', '10.200.0.0/20'),
  ]);

  expect(plan.pools).toEqual([
    {
      pool: 'provinces',
      family: 'ipv4',
      region: 'ap-southeast-1',
      range: '10.0.0.0/10',
      block: '/20',
      held: 2,
      free: 1022,
      room: 1024,
      next: '10.0.16.0/20',
    },
    {
      pool: 'provinces',
      family: 'ipv6',
      region: 'ap-southeast-1',
      range: '2001:db8:4000::/36',
      block: '/56',
      held: 2,
      // A /52 is 16 of them.
      free: 2 ** 20 - 17,
      room: 2 ** 20,
      id: 'ipam-pool-0123456789abcdef0',
    },
    {
      pool: 'ministries',
      family: 'ipv6',
      region: 'ap-southeast-1',
      range: '2001:db8:8000::/36',
      block: '/56',
      held: 0,
      free: 2 ** 20,
      room: 2 ** 20,
    },
  ]);
  expect(plan.blocks).toEqual([
    { pool: 'provinces', family: 'ipv4', agency: 'hue', environment: 'production', block: '10.46.0.0/20' },
    { pool: 'provinces', family: 'ipv6', agency: 'hue', environment: 'production', block: '/56' },
    { pool: 'provinces', family: 'ipv4', agency: 'danang', environment: 'production', block: '10.0.0.0/20' },
    { pool: 'provinces', family: 'ipv6', agency: 'danang', environment: 'production', block: '/52' },
    { family: 'ipv4', agency: 'bkhcn', environment: 'production', block: '10.200.0.0/20' },
  ]);
  expect(plan.unassigned).toEqual([
    '10.64.0.0/10',
    '10.128.0.0/9',
    '2001:db8::/34',
    '2001:db8:5000::/36',
    '2001:db8:6000::/35',
    '2001:db8:9000::/36',
    '2001:db8:a000::/35',
    '2001:db8:c000::/34',
  ]);
});

test('of blocks of Amazon, tells lengths, and nothing that is in no pool', () => {
  const text = edit(AMAZON_REGISTRY, ['{ size: 54 }', '{ size: 54 }\n    region: ap-northeast-1']);
  const { pools, unassigned } = registryPlan(registry(text), [network('hue', '10.0.0.0/20', { pool: 'ministries' })]);

  expect(pools.map(({ pool, region, range, held, free, room }) => [pool, region, range, held, free, room])).toEqual([
    ['provinces', 'ap-southeast-1', '/53', 0, 8, 8],
    ['ministries', 'ap-northeast-1', '/54', 1, 3, 4],
  ]);
  expect(unassigned).toEqual([]);
});

test('counts what agencies had before, and says by how much a pool is too small', () => {
  const text = edit(
    AMAZON_REGISTRY,
    ['ipv6: amazon', 'ipv4: 10.0.0.0/8\nipv6: amazon'],
    ['    ipv6: { size: 54 }\n', '    ipv4: { cidr: 10.0.0.0/15 }\n    ipv6: { size: 56 }\n'],
  );
  const many = [1, 2, 3].map((n) => network(`a${n}`, `10.1.${16 * n}.0/20`, { pool: 'ministries' }));
  const [, ipv4, ipv6] = registryPlan(registry(text), [EXISTING, ...many]).pools;

  expect(ipv4).toMatchObject({ held: 4, free: 13, room: 32, next: '10.1.0.0/20' });
  expect(ipv6).toMatchObject({ held: 3, free: -2, room: 1 });
});

test('a full pool has no next block', () => {
  const text = edit(REGISTRY, ['{ cidr: 10.0.0.0/10 }', '{ cidr: 10.0.0.0/20 }']);
  const [ipv4] = registryPlan(registry(text), [network('hue', '10.0.0.0/20')]).pools;

  expect(ipv4).toMatchObject({ held: 1, free: 0 });
  expect(ipv4).not.toHaveProperty('next');
});

test('whatever agencies draw of one size, what is held and what is free are all that there is', () => {
  const draws = fc.uniqueArray(fc.integer({ min: 0, max: 1023 }), { maxLength: 40 });

  fc.assert(
    fc.property(draws, (numbers) => {
      const networks = numbers.map((n) =>
        network(`a${n}`, `10.${Math.floor(n / 16)}.${(n % 16) * 16}.0/20`, { pool: 'provinces' }),
      );
      const [ipv4, ipv6] = registryPlan(registry(REGISTRY), networks).pools;

      for (const { held, free, room } of [ipv4!, ipv6!]) {
        expect(held).toBe(numbers.length);
        expect(held + free).toBe(room);
      }
    }),
    { numRuns: 30 },
  );
});

import { stackView } from '../../report/stack-view';
import { CONTAINER, GATEWAY, production } from '../helpers/agency';

test('a view has names, level and the way of both families with what makes it', () => {
  const { portals, subnets, topology } = stackView('hue-production', production());

  expect(portals).toMatchObject([
    {
      names: ['portal.hue.gov.vn', 'www.hue.gov.vn'],
      construct: 'hue-production/portals/portal',
      level: 3,
      atLeast: false,
      missing: ['run the application subnets IPv6-only'],
    },
  ]);
  expect(portals[0]!.hops[0]).toEqual({
    hop: 'dns',
    ipv4: { state: 'pass', lines: ['A portal.hue.gov.vn', 'A www.hue.gov.vn'] },
    ipv6: { state: 'pass', lines: ['AAAA portal.hue.gov.vn', 'AAAA www.hue.gov.vn'] },
  });
  expect(subnets.length).toBeGreaterThan(0);
  expect(topology).toBeDefined();
});

test('what is closed says why, and nothing is said to make it', () => {
  const graph = production({ portals: { portal: { ...CONTAINER, publish: { aaaa: 'off' } } } });
  const [portal] = stackView('hue-production', graph).portals;

  expect(portal!.hops[0]!.ipv6).toEqual({
    state: 'fail',
    reason: 'publish AAAA for portal.hue.gov.vn, www.hue.gov.vn',
    lines: [],
  });
});

test('each portal of a stack knows its own construct', () => {
  const { portals } = stackView('x', production({ portals: { portal: CONTAINER, motcua: GATEWAY } }));

  expect(portals.map(({ construct }) => construct).sort()).toEqual([
    'hue-production/portals/motcua',
    'hue-production/portals/portal',
  ]);
});

test('a stack without portals has nothing to draw', () => {
  expect(stackView('hue-production', production({ portals: {} }))).toMatchObject({ portals: [] });
  expect(stackView('hue-production', production({ portals: {} })).topology).toBeUndefined();
});

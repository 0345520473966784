import { neutralTopology } from '../../report/neutral-topology';
import { topologyOf } from '../../report/topology';
import { CONTAINER, GATEWAY, production } from '../helpers/agency';

const neutral = (environment: Parameters<typeof production>[0] = {}) =>
  neutralTopology(topologyOf(production(environment)));

test('names, addresses, blocks and sizes make no difference', () => {
  const other = {
    network: { ipv4: '10.99.0.0/20' },
    portals: {
      portal: {
        ...CONTAINER,
        domain: 'portal.danang.gov.vn',
        aliases: ['www.danang.gov.vn'],
        zone: { id: 'Z9999999999ABCDEFGHIJ', name: 'danang.gov.vn' },
        hosting: { ...CONTAINER.hosting, tasks: { min: 3, max: 30 } },
      },
    },
  } as Parameters<typeof production>[0];

  expect(neutral(other)).toEqual(neutral());
  expect(JSON.stringify(neutral({ portals: { portal: GATEWAY } }))).not.toMatch(/gov\.vn|10\.\d|aws_|tgw-/);
});

test('how it is built makes one', () => {
  expect(neutral({ network: { ipv4: '10.46.0.0/20', nat: 'single' } })).not.toEqual(neutral());
  expect(neutral({ portals: { portal: { ...CONTAINER, publish: { aaaa: 'off' } } } })).not.toEqual(neutral());
});

test('several names are told apart by numbers, and one needs none', () => {
  const lines = (topology: ReturnType<typeof neutral>) =>
    topology.nodes.filter(({ kind }) => kind === 'name').map((node) => node.lines);

  expect(lines(neutral())).toEqual([[]]);
  expect(lines(neutral({ portals: { portal: CONTAINER, motcua: GATEWAY } }))).toEqual([['(1)'], ['(2)']]);
});

test('NAT gateways are still counted', () => {
  expect(neutral().nodes.find(({ kind }) => kind === 'nat-gateway')?.lines).toHaveLength(2);
});

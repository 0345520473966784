import { costDriversOf } from '../../report/cost-drivers';
import { CONTAINER, GATEWAY, production } from '../helpers/agency';

function counts(environment: Parameters<typeof production>[0] = {}): Record<string, number> {
  return Object.fromEntries(costDriversOf(production(environment)).map(({ name, count }) => [name.en, count]));
}

test('NAT gateways, their addresses and those of the load balancer count by zone', () => {
  expect(counts({ network: { ipv4: '10.46.0.0/20', zones: 3 } })).toMatchObject({
    'NAT gateway, per hour': 3,
    'Public IPv4 address, per hour': 6,
    'Application Load Balancer, per hour': 1,
  });
});

test('tasks and instances count as few as they may be', () => {
  const tasks = { min: 3, max: 30 };

  expect(
    counts({ portals: { portal: { ...CONTAINER, hosting: { ...CONTAINER.hosting, tasks } as never } } }),
  ).toMatchObject({ 'Fargate task, at the fewest, per vCPU and GB': 3 });
  expect(
    counts({
      portals: {
        portal: {
          ...CONTAINER,
          hosting: { type: 'instances', ami: 'ami-0123456789abcdef0', instances: { min: 4, max: 8 } },
        },
      },
    }),
  ).toMatchObject({ 'EC2 instance with its volume, at the fewest': 4 });
});

test('interface endpoints cost in every zone', () => {
  expect(counts({ network: { ipv4: '10.46.0.0/20', nat: 'none' } })).toMatchObject({
    'Interface endpoint, per zone and hour': 6,
  });
});

test('what is not there is not in the list', () => {
  const driver = counts({ portals: { portal: GATEWAY }, network: { ipv4: '10.46.0.0/20', nat: 'none' } });

  expect(driver).toMatchObject({ 'Transit gateway attachment, per hour': 1 });
  expect(driver).not.toHaveProperty('NAT gateway, per hour');
});

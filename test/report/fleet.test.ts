import { agencyCount, isOf } from '../../report/fleet';
import { production } from '../helpers/agency';
import { fleetOf, HUE } from '../helpers/fleet';
import { finding } from '../helpers/report';

test('a finding in the construct of another portal is not of this one; all that is shared is', () => {
  const own = 'hue-production/portals/portal';

  expect(isOf(own, finding({ construct: `${own}/edge` }))).toBe(true);
  expect(isOf(own, finding({ construct: 'hue-production/portals/portal-2/edge' }))).toBe(false);
  expect(isOf(own, finding({ construct: 'hue-production/network/Resource' }))).toBe(true);
  expect(isOf(own, finding({ construct: undefined }))).toBe(true);
  expect(isOf(undefined, finding({ construct: `${own}/edge` }))).toBe(true);
});

test('an agency counts once, with several stacks or a broken file; stacks of nobody do not', () => {
  const graph = production();
  const fleet = fleetOf([
    { stack: 'hue-production', graph, agency: HUE, environment: 'production' },
    { stack: 'hue-staging', graph, agency: HUE, environment: 'staging' },
    { stack: 'address-registry', graph: production({ portals: {} }) },
  ]);
  const broken = [
    { file: 'config/agencies/danang.yaml', agency: 'danang', problems: ['x'] },
    { file: 'config/defaults.yaml', problems: ['x'] },
  ];

  expect(agencyCount(fleet)).toBe(1);
  expect(agencyCount({ ...fleet, broken })).toBe(2);
});

import { sharedData, stackData } from '../../report/fleet-data';
import { RULE_TITLES_VI } from '../../report/rule-titles-vi';
import { CONTAINER, GATEWAY, production } from '../helpers/agency';
import { fleetOf, HUE } from '../helpers/fleet';
import { finding, WAIVER } from '../helpers/report';

const RULE = { id: 'V6-RT-001', title: 'T', why: 'W', fix: 'F' };

const fleet = fleetOf([
  {
    stack: 'hue-production',
    graph: production({ portals: { portal: CONTAINER, motcua: GATEWAY } }),
    agency: HUE,
    environment: 'production',
  },
]);

test('findings come worst first, with their place, and with a fix where it is not the rule’s', () => {
  const findings = [
    finding({ severity: 'notice', fix: 'F' }),
    finding({ severity: 'error', fix: 'another', result: 'waived', waiver: WAIVER }),
  ];
  const data = stackData(fleet.stacks[0]!, findings, [RULE]);

  expect(data.findings).toMatchObject([
    { severity: 'error', fix: 'another', waiver: WAIVER, place: 'config/agencies/hue.yaml:18:7' },
    { severity: 'notice' },
  ]);
  expect(data.findings[1]).not.toHaveProperty('fix');
});

test('each portal knows which of the findings are another’s', () => {
  const findings = ['portals/portal/edge', 'portals/motcua/edge', 'network'].map((part) =>
    finding({ construct: `hue-production/${part}` }),
  );
  const { portals } = stackData(fleet.stacks[0]!, findings, [RULE]);
  const others = Object.fromEntries(portals.map(({ names: [name], others: indexes }) => [name, indexes]));

  expect(others).toEqual({ 'portal.hue.gov.vn': [1], 'motcua.hue.gov.vn': [0] });
});

test('what a level asks for is there in Vietnamese, too', () => {
  const data = stackData(fleet.stacks[0]!, [], [RULE]);

  expect(data.portals.flatMap(({ missing }) => missing)).toContainEqual({
    en: 'run the application subnets IPv6-only',
    vi: 'chạy các mạng con ứng dụng chỉ với IPv6',
  });
});

test('rules that found nothing are not in the page', () => {
  const report = { ...fleet.report, findings: [finding()] };
  const { rules } = sharedData({ ...fleet, report, rules: [RULE, { ...RULE, id: 'V6-VPC-001' }] });

  expect(rules).toEqual({ 'V6-RT-001': { title: { en: 'T', vi: RULE_TITLES_VI['V6-RT-001'] }, why: 'W', fix: 'F' } });
});

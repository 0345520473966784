import { fleetFindings } from '../../report/fleet-findings';
import { production } from '../helpers/agency';
import { fleetOf, HUE } from '../helpers/fleet';
import { finding, WAIVER } from '../helpers/report';

const findingsOf = (...findings: Parameters<typeof finding>[0][]) =>
  String(
    fleetFindings(
      fleetOf(
        [{ stack: 'hue-production', graph: production(), agency: HUE, environment: 'production' }],
        findings.map((changes) => finding(changes)),
      ),
    ),
  );

const headings = (html: string) => [...html.matchAll(/<h3 id="rule-([^"]+)"/g)].map(([, id]) => id);

test('rules come worst first, and what is unknown after all that is known', () => {
  const html = findingsOf(
    { severity: 'notice', rule: 'V6-RT-002' },
    { result: 'unknown', rule: 'V6-RT-003' },
    { severity: 'error', rule: 'V6-RT-004' },
    { severity: 'warning', rule: 'V6-RT-005' },
  );

  expect(headings(html)).toEqual([
    'V6-RT-004-error-fail',
    'V6-RT-005-warning-fail',
    'V6-RT-002-notice-fail',
    'V6-RT-003-error-unknown',
  ]);
});

test('why and fix of a rule are said once for all that it found', () => {
  const html = findingsOf({ address: 'aws_route_table.a' }, { address: 'aws_route_table.b' });

  expect(headings(html)).toEqual(['V6-RT-001-error-fail']);
  expect(html).toContain('aws_route_table.a');
  expect(html).toContain('aws_route_table.b');
  expect(html.match(/<div class="rule"/g)).toHaveLength(1);
});

test('a finding leads to its portal, and names the line', () => {
  const html = findingsOf({});

  expect(html).toContain('<a href="#hue-production/portal.hue.gov.vn">hue-production</a>');
  expect(html).toContain('<code>config/agencies/hue.yaml:18:7</code>');
});

test('a waiver has its reason, owner and day, and is no open finding', () => {
  const html = findingsOf({ result: 'waived', waiver: WAIVER });

  expect(headings(html)).toEqual([]);
  expect(html).toContain('No findings.');
  for (const text of Object.values(WAIVER)) expect(html).toContain(text);
});

test('what is found about a waiver of all stacks leads nowhere', () => {
  expect(findingsOf({ rule: 'V6-WVR-002', stack: '' })).toContain('all stacks');
});

import type { Report, ReportContext, ReportFinding, ReportPortal } from '../../policy/report';
import { HOPS, type HopName } from '../../policy/hops/hop';
import { reportOf } from '../../policy/assemble';

/** What reporters are told of a rule; its texts hold what each format has to escape. */
export const RULE: ReportContext['rules'][number] = {
  id: 'V6-RT-001',
  title: 'A table that leads IPv4 to the Internet leads IPv6 there, too',
  why: 'Each family has its own default route; without `::/0` answers find no way out.',
  group: 'routing',
  kind: 'parity',
  severity: 'error',
  fix: 'Add a route with `destination_ipv6_cidr_block = "::/0"`.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html', 'measured'],
};

export const QUIET_RULE: ReportContext['rules'][number] = {
  ...RULE,
  id: 'V6-VPC-001',
  title: 'A VPC has an IPv6 block',
};

export function context(changes: Partial<ReportContext> = {}): ReportContext {
  return {
    rules: [RULE, QUIET_RULE],
    failOn: 'error',
    stacks: ['hue-production'],
    version: '1.2.3',
    baseline: false,
    ...changes,
  };
}

export function finding(changes: Partial<ReportFinding> = {}): ReportFinding {
  return {
    rule: RULE.id,
    severity: 'error',
    result: 'fail',
    address: 'aws_route_table.public',
    message: '0.0.0.0/0 leads to the internet gateway, but there is no route for ::/0',
    fix: RULE.fix,
    stack: 'hue-production',
    hop: 'route',
    construct: 'hue-production/network/public/route-table',
    source: { file: 'config/agencies/hue.yaml', line: 18, column: 7 },
    ...changes,
  };
}

export const WAIVER = { reason: 'the data center follows in 2027', owner: 'net@hue.gov.vn', expires: '2027-01-31' };

/** One of each: error, warning, notice, unknown, waived, known before. */
export const OF_EACH_KIND: readonly ReportFinding[] = [
  finding(),
  finding({ severity: 'warning', address: 'aws_route_table.warned' }),
  finding({ severity: 'notice', address: 'aws_route_table.noticed', source: { file: 'plan.json' } }),
  finding({
    result: 'unknown',
    address: 'aws_route_table.hidden',
    message: 'a route may be hidden',
    source: undefined,
  }),
  finding({ result: 'waived', address: 'aws_route_table.waived', waiver: WAIVER }),
  finding({ known: true, address: 'aws_route_table.known' }),
];

/** A portal that is open over both families but for what is said of some hops. */
export function portal(
  closed: Partial<Record<HopName, Partial<ReportPortal['hops'][number]>>> = {},
  changes: Partial<ReportPortal> = {},
): ReportPortal {
  return {
    stack: 'hue-production',
    name: 'hue.gov.vn',
    edge: 'aws_lb.portal',
    level: 3,
    missing: [],
    hops: HOPS.map((hop) => ({ hop, ipv4: 'open', ipv6: 'open', ...closed[hop] })),
    ...changes,
  };
}

export function report(findings: readonly ReportFinding[] = [], portals: readonly ReportPortal[] = [portal()]): Report {
  const stacks = [...new Set(['hue-production', ...findings.map(({ stack }) => stack)])];
  return reportOf({ stacks, resources: 113, findings, portals, crashes: [] });
}

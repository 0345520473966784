import type { ReportFinding } from '../../policy/report';
import { reportOf } from '../../policy/assemble';
import { RULES } from '../../policy/rules';
import { WAIVER_RULES } from '../../policy/waivers';
import type { ResourceGraph } from '../../policy/resource-graph';
import type { Fleet, FleetAgency } from '../../report/fleet';
import { fleetPage } from '../../report/fleet-page';
import { Gallery } from '../../report/gallery';
import type { Language } from '../../report/language';
import { stackView } from '../../report/stack-view';

/** A stack of a fleet, as a test has it. */
export interface Member {
  readonly stack: string;
  readonly graph: ResourceGraph;
  readonly agency?: FleetAgency;
  readonly environment?: string;
}

export const HUE: FleetAgency = { id: 'hue', name: { vi: 'Thành phố Huế', en: 'Hue City' } };

export const DA_NANG: FleetAgency = { id: 'danang', name: { vi: 'Thành phố Đà Nẵng', en: 'Da Nang City' } };

/** A fleet of these stacks with these findings, on a day that stays. */
export function fleetOf(
  members: readonly Member[],
  findings: readonly ReportFinding[] = [],
  gallery: Gallery = new Gallery(),
): Fleet {
  const stacks = members.map(({ stack, graph, agency, environment }) => {
    const { topology, ...view } = stackView(stack, graph);
    return { ...view, agency, environment, ...(topology && { picture: gallery.add(topology) }) };
  });
  const assembly = {
    stacks: members.map(({ stack }) => stack),
    resources: members.reduce((total, { graph }) => total + graph.resources.length, 0),
    findings,
    portals: [],
    crashes: [],
  };
  const report = reportOf(assembly);
  const portals = stacks.reduce((total, stack) => total + stack.portals.length, 0);
  return {
    date: '2026-10-01',
    version: '1.2.3',
    report: { ...report, summary: { ...report.summary, portals } },
    rules: [...RULES, ...WAIVER_RULES],
    stacks,
    broken: [],
  };
}

/** The page of such a fleet. */
export async function pageOf(
  members: readonly Member[],
  findings: readonly ReportFinding[] = [],
  { language = 'en', ...changes }: Partial<Fleet> & { language?: Language } = {},
): Promise<string> {
  const gallery = new Gallery();
  const fleet = fleetOf(members, findings, gallery);
  return fleetPage({ ...fleet, ...changes }, await gallery.draw(), language);
}

import { basename, dirname } from 'node:path';
import { formatProblem, type Problem } from '../config/problem';
import { today } from '../core/days';
import { stackId } from '../core/names';
import { packageVersion } from '../core/package-root';
import { reportOf } from '../policy/assemble';
import type { Crash } from '../policy/check';
import { RULES } from '../policy/rules';
import { WAIVER_RULES } from '../policy/waivers';
import type { BrokenFile, Fleet, FleetAgency, FleetStack } from '../report/fleet';
import { Gallery, type Picture } from '../report/gallery';
import { stackView } from '../report/stack-view';
import { agencyIdsIn, type CheckedInput } from './checked-input';
import { agencyIdOf } from './config-folder';
import { judgeInput } from './judged';

/** A fleet with its pictures, and what broke down on the way. */
export interface FleetReport {
  readonly fleet: Fleet;
  readonly pictures: readonly Picture[];
  readonly crashes: readonly (Crash & { readonly stack: string })[];
}

/** Judges the input, and keeps of each stack what the report shows of it. */
export async function fleetReport(input: CheckedInput, config: string): Promise<FleetReport> {
  const gallery = new Gallery();
  const owners = ownersOf(input, config);
  const stacks: FleetStack[] = [];
  const unseen: (Crash & { stack: string })[] = [];
  const rules = { rules: RULES, aboutWaivers: WAIVER_RULES };
  const { assembly, findings } = judgeInput(input, rules, config, ({ stack, graph }) => {
    try {
      const { topology, ...view } = stackView(stack, graph);
      stacks.push({ ...view, ...owners(stack), ...(topology && { picture: gallery.add(topology) }) });
    } catch (error) {
      unseen.push({ rule: 'V6-PATH-001', stack, address: stack, error });
      stacks.push({ stack, portals: [], subnets: [], ...owners(stack) });
    }
  });
  return {
    fleet: {
      date: today(),
      version: packageVersion(),
      report: reportOf(assembly, findings),
      rules: [...RULES, ...WAIVER_RULES],
      stacks: stacks.sort((one, other) => (one.stack < other.stack ? -1 : 1)),
      broken: brokenFiles(input.problems),
    },
    pictures: await gallery.draw(),
    // What breaks down for the page has broken down for the rules, mostly.
    crashes: [
      ...assembly.crashes,
      ...unseen.filter(({ stack }) => assembly.crashes.every((one) => one.stack !== stack)),
    ],
  };
}

type Owner = Pick<FleetStack, 'agency' | 'environment'>;

/** Whose stack is whose: as configured, or else by the ids of the agencies that there are. */
function ownersOf({ designed }: CheckedInput, config: string): (stack: string) => Owner {
  const names = new Map<string, FleetAgency>();
  const owners = new Map<string, Owner>();
  for (const { id, config: file } of designed?.agencies ?? []) {
    const agency = { id, name: file.agency.name };
    names.set(id, agency);
    for (const environment of Object.keys(file.environments)) {
      owners.set(stackId(id, environment), { agency, environment });
    }
  }
  // The longest first: an agency's id may begin with another's.
  const ids = agencyIdsIn(config).sort((one, other) => other.length - one.length);
  return (stack) => {
    const known = owners.get(stack);
    if (known) return known;
    const id = ids.find((one) => stack.startsWith(stackId(one, '')));
    return id === undefined
      ? {}
      : { agency: names.get(id) ?? { id }, environment: stack.slice(stackId(id, '').length) };
  };
}

function brokenFiles(problems: readonly Problem[]): BrokenFile[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  return [...new Set(errors.map(({ file }) => file))].map((file) => ({
    file,
    ...(basename(dirname(file)) === 'agencies' && { agency: agencyIdOf(file) }),
    problems: errors.filter((problem) => problem.file === file).map(formatProblem),
  }));
}

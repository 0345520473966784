import { type Fleet, loadAgency, loadFleet, type LoadedAgency } from '../config/load';
import { didYouMean } from '../config/suggest';
import { UserError } from '../core/errors';
import type { Selection } from '../stacks/app';
import { parseTarget } from './target';

/** The agencies that targets name, or all; and which of their environments are wanted. */
export function select(targets: readonly string[], config: string): { fleet: Fleet; selections: Selection[] } {
  if (targets.length === 0) {
    const fleet = loadFleet(config);
    return { fleet, selections: fleet.agencies.map(({ config: agency, files }) => ({ config: agency, files })) };
  }

  const wanted = new Map<string, Set<string> | 'all'>();
  for (const { agency, environment } of targets.map((text) => parseTarget(text, 2))) {
    const environments = wanted.get(agency) ?? new Set();
    if (!environment || environments === 'all') wanted.set(agency, 'all');
    else wanted.set(agency, environments.add(environment));
  }
  const parts = [...wanted.keys()].sort().map((agency) => loadAgency(config, agency));
  const agencies = parts.flatMap((part) => part.agencies);
  return {
    fleet: { agencies, problems: parts.flatMap(({ problems }) => problems) },
    selections: agencies.map((agency) => selection(agency, wanted.get(agency.id)!)),
  };
}

function selection({ id, config, files }: LoadedAgency, wanted: Set<string> | 'all'): Selection {
  if (wanted === 'all') return { config, files };
  const known = Object.keys(config.environments);
  for (const environment of wanted) {
    if (!known.includes(environment)) {
      throw new UserError(
        `${id} has no environment ${environment}; it has ${known.join(', ')}${didYouMean(environment, known)}`,
      );
    }
  }
  return { config, files, environments: [...wanted] };
}

import { enumerate, formatPath } from '../config/finding';
import { type Fleet, loadAgency, loadFleet, type LoadedAgency } from '../config/load';
import { byPlace, type Problem } from '../config/problem';
import { registryFile } from '../config/registry-file';
import { displayName } from '../config/source';
import { stateStacks, statePath, type StateUser, unownedBuckets } from '../config/state-buckets';
import { didYouMean } from '../config/suggest';
import { UserError } from '../core/errors';
import { REGISTRY_STACK } from '../core/names';
import type { AgencySelection, Selection } from '../stacks/app';
import { concerns, isAboutRegistry } from './concerns';
import { isRegistry, parseTarget, stateHolder } from './target';

/**
 * What targets name: agencies or some of their environments, the address registry, and the stacks that hold states. Without
 * targets it is every agency and, where there is one, the registry.
 *
 * @throws UserError when there is nothing of that name
 */
export function select(targets: readonly string[], config: string): { fleet: Fleet; selections: Selection[] } {
  if (targets.length === 0) {
    const fleet = loadFleet(config);
    return { fleet, selections: [...fleet.agencies.map(whole), ...registryOf(fleet)] };
  }
  const ofFleet = targets.filter((text) => isRegistry(text) || stateHolder(text) !== undefined);
  const agencies = selectAgencies(
    targets.filter((text) => !ofFleet.includes(text)),
    config,
  );
  if (ofFleet.length === 0) return agencies;
  const others = selectOfFleet(ofFleet, config);
  return {
    fleet: { ...agencies.fleet, problems: byPlace([...agencies.fleet.problems, ...others.problems]) },
    selections: [...agencies.selections, ...others.selections],
  };
}

function whole({ config, files }: LoadedAgency): AgencySelection {
  return { config, files };
}

function registryOf({ registry }: Fleet): Selection[] {
  return registry?.valid ? [{ registry: registry.config }] : [];
}

function selectAgencies(targets: readonly string[], config: string): { fleet: Fleet; selections: Selection[] } {
  const wanted = new Map<string, Set<string> | 'all'>();
  for (const { agency, environment } of targets.map((text) => parseTarget(text, 2))) {
    const environments = wanted.get(agency) ?? new Set();
    if (!environment || environments === 'all') wanted.set(agency, 'all');
    else wanted.set(agency, environments.add(environment));
  }
  const parts = [...wanted.keys()].sort().map((agency) => loadAgency(config, agency));
  const agencies = parts.flatMap((part) => part.agencies);
  return {
    fleet: {
      agencies,
      problems: parts.flatMap(({ problems }) => problems),
      poolUsers: parts.flatMap(({ poolUsers }) => poolUsers),
      states: parts.flatMap(({ states }) => states),
    },
    selections: agencies.map((agency) => selection(agency, wanted.get(agency.id)!)),
  };
}

function selection({ id, config, files }: LoadedAgency, wanted: Set<string> | 'all'): AgencySelection {
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

interface OfFleet {
  readonly problems: readonly Problem[];
  readonly selections: readonly Selection[];
}

/** The stacks about which all files have something to say. */
function selectOfFleet(targets: readonly string[], config: string): OfFleet {
  const fleet = loadFleet(config);
  const parts = targets.map((text) =>
    isRegistry(text) ? selectRegistry(fleet, config) : selectStates(text, fleet, config),
  );
  const once = new Map(parts.flatMap(({ selections }) => selections.map((one) => [JSON.stringify(one), one])));
  return { problems: parts.flatMap(({ problems }) => problems), selections: [...once.values()] };
}

function selectRegistry(fleet: Fleet, config: string): OfFleet {
  requireRegistry(fleet, config);
  const problems = fleet.problems.filter((problem) => isAboutRegistry(problem, config));
  return { problems, selections: registryOf(fleet) };
}

/** @throws UserError when there is no registry's file. */
export function requireRegistry({ registry, problems }: Fleet, config: string): void {
  if (registry || problems.some((problem) => isAboutRegistry(problem, config))) return;
  throw new UserError(`no ${displayName(registryFile(config))}; docs/registry.md says what to write there`);
}

/** @param text `state` for all that there are, or `hue/state` */
function selectStates(text: string, fleet: Fleet, config: string): OfFleet {
  const holder = stateHolder(text)!;
  const isMeant = (id: string): boolean => holder === 'all' || id === holder;
  const plans = stateStacks(fleet.states).filter((plan) => isMeant(plan.holder));
  const unowned = unownedBuckets(fleet.states).filter(([, users]) => users.some((user) => isMeant(user.holder)));
  const problems = fleet.problems.filter((problem) => holder === 'all' || concerns(holder, problem, config));
  // A file with errors may well have a bucket that cannot be seen.
  if (plans.length === 0 && !problems.some(({ severity }) => severity === 'error')) {
    throw new UserError(...whyNoBucket(holder, fleet, unowned));
  }

  const valid = [...fleet.agencies.map(({ id }) => id), ...(fleet.registry?.valid ? [REGISTRY_STACK] : [])];
  return {
    problems: [...problems, ...unowned.flatMap(([bucket, users]) => sayUnowned(bucket, users, fleet))],
    selections: plans.filter((plan) => valid.includes(plan.holder)).map((state) => ({ state })),
  };
}

function whyNoBucket(holder: string, { states }: Fleet, unowned: readonly [string, readonly StateUser[]][]): string[] {
  if (unowned.length > 0) return unowned.map(([bucket, users]) => nobodys(bucket, users));
  const user = states.find((one) => one.holder === holder);
  if (user) return [`${user.stack} keeps its state in ${user.bucket}, which is another agency's`];
  const who = holder === 'all' ? 'no stack' : `no stack of ${holder}`;
  return [`${who} keeps its state in a bucket; \`state: { bucket: ... }\` in an environment says which`];
}

function sayUnowned(bucket: string, users: readonly StateUser[], { agencies, registry }: Fleet): Problem[] {
  const [first] = users;
  const file = first!.environment === undefined ? registry : agencies.find(({ id }) => id === first!.holder);
  if (!file) return [];
  const path = [...statePath(first!), 'bucket'];
  return [{ severity: 'warning', ...file.locate(path), path: formatPath(path), message: nobodys(bucket, users) }];
}

function nobodys(bucket: string, users: readonly StateUser[]): string {
  const stacks = enumerate(users.map(({ stack }) => stack).slice(0, MANY));
  const rest = users.length > MANY ? ` and ${users.length - MANY} more` : '';
  return `${bucket} holds the states of ${stacks}${rest}; say \`owner: true\` beside it in the account that has it`;
}

/** More stacks than these are not named one by one. */
const MANY = 5;

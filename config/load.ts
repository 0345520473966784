import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../core/errors';
import { agencyFiles, idOf, referenceFiles } from './agency-files';
import { checkAgency } from './checks/agency';
import { checkBuckets } from './checks/buckets';
import { checkFleet, type FleetSubject } from './checks/fleet';
import { checkPools, checkRoom } from './checks/pools';
import type { CheckedEnvironment, CheckedPortal, Subject } from './checks/subject';
import { isFields, mergeUnder } from './defaults';
import { error, type Finding, formatPath, type Location, type Path } from './finding';
import { findIssues, type Issue } from './issues';
import { type Places, placesOf } from './places';
import { poolNameIn, withPoolIds } from './pools';
import { byPlace, type Problem } from './problem';
import { type LoadedRegistry, readRegistry, type ReadRegistry } from './registry';
import { registryFile } from './registry-file';
import type { PlannedNetwork } from './registry-plan';
import { type AgencyFile, agencyFileSchema, environmentSchema, type Portal } from './schema';
import { displayName, readSource } from './source';
import { registryUser, type StateUser, usersOf } from './state-buckets';
import { didYouMean } from './suggest';
import { readUserData } from './user-data';

/** An agency whose file is right. */
export interface LoadedAgency {
  /** The file's base name, and the agency's id. */
  readonly id: string;
  /** The file as the user would name it. */
  readonly file: string;
  /** What the file says, with `defaults.yaml` and the schema's defaults under it. */
  readonly config: AgencyFile;
  /** Texts that the file names by their files: path as it stands there, to text. */
  readonly files: ReadonlyMap<string, string>;
  /** Where a key stands, in the file or in `defaults.yaml`; or else the deepest of its parents that exists. */
  locate(path: Path): Location;
}

/** The address registry, beside the agencies that were read. */
export interface FleetRegistry extends LoadedRegistry {
  /** Whether nothing is wrong with it, so that its stack can be made. */
  readonly valid: boolean;
  /** The networks of the agencies, as far as their files are right; those of agencies with errors are among them. */
  readonly networks: readonly PlannedNetwork[];
}

/** Agencies and what there is to say about their files. */
export interface Fleet {
  /** Those without errors, by id. While `defaults.yaml` has errors there are none: what they inherit is not known. */
  readonly agencies: readonly LoadedAgency[];
  /** Absent where there is no registry's file, or it breaks the schema. */
  readonly registry?: FleetRegistry;
  /** Ids of the agencies that name a pool of the registry, whether or not there is one. */
  readonly poolUsers: readonly string[];
  /** The stacks that have remote state, as far as their files are right; those of agencies with errors are among them. */
  readonly states: readonly StateUser[];
  /** All of all files, by file, line and column. */
  readonly problems: readonly Problem[];
}

/**
 * Reads and checks every agency of a config folder, by itself and beside the others, and the address registry.
 *
 * @throws UserError when there is no file of either at all.
 */
export function loadFleet(configDir: string): Fleet {
  return load(configDir, fleetFiles(configDir), true);
}

/** The registry may well be there before the first agency is. */
function fleetFiles(configDir: string): readonly string[] {
  try {
    return agencyFiles(configDir);
  } catch (thrown) {
    if (thrown instanceof UserError && existsSync(registryFile(configDir))) return [];
    throw thrown;
  }
}

/**
 * Reads and checks one agency without reading the others, so that its domains and addresses are not held against theirs.
 *
 * @throws UserError when it has no file.
 */
export function loadAgency(configDir: string, id: string): Fleet {
  const files = agencyFiles(configDir);
  const own = files.filter((file) => idOf(file) === id);
  if (own.length === 0) {
    const folder = displayName(join(configDir, 'agencies'));
    throw new UserError(`no agency \`${id}\` in ${folder}${didYouMean(id, files.map(idOf))}`);
  }
  return load(configDir, own);
}

/** Reads and checks the reference architectures, which are agency files too. */
export function loadReferences(configDir: string): Fleet {
  return load(configDir, referenceFiles(configDir));
}

/** @param whole whether the files are all that there are */
function load(configDir: string, files: readonly string[], whole = false): Fleet {
  const defaults = readDefaults(join(configDir, 'defaults.yaml'), readdirSync(configDir));
  const candidates = files.map((file) => readCandidate(file, defaults));
  const read = readRegistry(configDir);
  const found = [
    ...checkFleet(candidates),
    ...checkPools(candidates, read, whole),
    ...checkBuckets(candidates, read?.registry),
  ];
  for (const { subject, finding } of found) {
    subject.problems.push(place(subject, finding));
  }
  const beside = besideAgencies(read, candidates, whole);

  const sound = !defaults.problems.some(isError);
  return {
    agencies: candidates
      .flatMap(({ id, file, config: written, files: texts, problems, locate }) => {
        if (!sound || !written || problems.some(isError)) return [];
        const config = withPoolIds(written, read?.registry?.config);
        return config ? [{ id, file, config, files: texts, locate }] : [];
      })
      .sort((one, other) => (one.id < other.id ? -1 : 1)),
    ...beside,
    states: [
      ...registryUser(read?.registry?.config),
      ...candidates.flatMap(({ id, environments }) => usersOf(id, environments)),
    ],
    problems: byPlace([...defaults.problems, ...beside.problems, ...candidates.flatMap(({ problems }) => problems)]),
  };
}

/** The registry as the agencies use it. What is wrong with it is for those who draw from it, and for who looks at all. */
function besideAgencies(
  read: ReadRegistry | undefined,
  subjects: readonly Subject[],
  whole: boolean,
): Pick<Fleet, 'registry' | 'poolUsers' | 'problems'> {
  const networks = subjects.flatMap(({ id, environments }) =>
    environments.flatMap(({ id: environment, environment: checked }): PlannedNetwork[] =>
      checked?.network ? [{ agency: id, environment, network: checked.network }] : [],
    ),
  );
  const poolUsers = new Set(
    networks.filter(({ network }) => poolNameIn(network) !== undefined).map(({ agency }) => agency),
  );
  const registry = read?.registry;
  const room = registry && whole ? checkRoom(registry, subjects).map((finding) => place(registry, finding)) : [];
  const problems = [...(read?.problems ?? []), ...room];
  return {
    registry: registry && { ...registry, valid: !problems.some(isError), networks },
    poolUsers: [...poolUsers],
    problems: whole || poolUsers.size > 0 ? problems : [],
  };
}

/** The part that every environment inherits. */
interface Defaults {
  readonly value?: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
  /** Whether there is a file of which nothing can be known. */
  readonly unreadable: boolean;
  locate(path: Path): Location;
}

function readDefaults(path: string, siblings: readonly string[]): Defaults {
  const file = displayName(path);
  const nothing = { problems: [], unreadable: false, locate: () => ({ file }) };
  if (!siblings.includes('defaults.yaml')) return nothing;

  const source = readSource(path);
  // An empty file, or one of comments alone, is as good as none.
  if (source.empty) return nothing;
  if (!source.value) return { problems: source.problems, unreadable: true, locate: source.locate };

  const { portals, ...value } = source.value;
  const issues: Issue[] = findIssues(ownKeysSchema, value).filter(({ missing }) => !missing);
  if (portals !== undefined) {
    issues.push({ path: ['portals'], message: 'portals belong in the file of their agency', missing: false });
  }
  const problems = issues.map((issue) => place(source, error(issue.path, issue.message)));
  return { value, problems: [...source.problems, ...problems], unreadable: false, locate: source.locate };
}

/** A file on its way to become an agency. */
interface Candidate extends FleetSubject, Places {
  readonly file: string;
  /** Absent where the file breaks the schema. */
  readonly config?: AgencyFile;
  readonly files: ReadonlyMap<string, string>;
  readonly problems: Problem[];
}

function readCandidate(path: string, defaults: Defaults): Candidate {
  const source = readSource(path);
  const id = idOf(path);
  const places = placesOf(source, defaults);
  const base = { id, file: source.file, problems: [...source.problems], ...places };
  if (!source.value) return { ...base, files: new Map(), environments: [] };

  const value = withDefaults(source.value, defaults.value);
  const parsed = agencyFileSchema.safeParse(value);
  const subject: Subject = { id, ...(parsed.success ? partsOf(parsed.data) : validPartsOf(value)) };
  const { files, findings } = readUserData(path, subject);
  const candidate = { ...base, ...subject, files, config: parsed.success ? parsed.data : undefined };

  const issues = parsed.success ? [] : findIssues(agencyFileSchema, value);
  for (const { path: at, message, missing } of issues) {
    // What an unreadable defaults.yaml may well have said is not held against the agency.
    if (missing && defaults.unreadable && at[0] === 'environments' && at[2] !== 'portals') continue;
    candidate.problems.push(place(candidate, error(at, message)));
  }
  for (const finding of [...checkAgency(subject), ...findings]) {
    if (!finding.missing || !defaults.unreadable) candidate.problems.push(place(candidate, finding));
  }
  return candidate;
}

function withDefaults(value: Readonly<Record<string, unknown>>, defaults: unknown): Readonly<Record<string, unknown>> {
  const { environments } = value;
  if (!isFields(environments) || defaults === undefined) return value;
  const merged = Object.entries(environments).map(
    ([id, environment]) => [id, mergeUnder(environment, defaults)] as const,
  );
  return { ...value, environments: Object.fromEntries(merged) };
}

function partsOf({ agency, environments }: AgencyFile): Omit<Subject, 'id'> {
  return {
    agency,
    environments: Object.entries(environments).map(([id, environment]) => ({
      id,
      environment,
      portals: Object.entries(environment.portals).map(([portalId, portal]) => ({ id: portalId, portal })),
    })),
  };
}

const ownKeysSchema = environmentSchema.omit({ portals: true });
const portalSchema = environmentSchema.shape.portals.unwrap().valueType;

/** What can be checked further although the file as a whole breaks the schema. */
function validPartsOf(value: Readonly<Record<string, unknown>>): Omit<Subject, 'id'> {
  return {
    agency: agencyFileSchema.shape.agency.safeParse(value.agency).data,
    environments: entries(value.environments).map(([id, raw]): CheckedEnvironment => {
      const portals = validPortalsOf(raw);
      const own = ownKeysSchema.safeParse(isFields(raw) ? without(raw, 'portals') : raw).data;
      return { id, portals, environment: own && { ...own, portals: byId(portals) } };
    }),
  };
}

function validPortalsOf(environment: unknown): CheckedPortal[] {
  return entries(isFields(environment) ? environment.portals : undefined).flatMap(([id, raw]) => {
    const portal = portalSchema.safeParse(raw).data;
    return portal ? [{ id, portal }] : [];
  });
}

function byId(portals: readonly CheckedPortal[]): Record<string, Portal> {
  return Object.fromEntries(portals.map(({ id, portal }) => [id, portal]));
}

function place(
  { locate, pathAt }: { locate(path: Path): Location; pathAt?(path: Path): Path },
  { severity, path, message }: Finding,
): Problem {
  return { severity, ...locate(path), path: formatPath(pathAt?.(path) ?? path), message };
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function entries(value: unknown): [string, unknown][] {
  return isFields(value) ? Object.entries(value) : [];
}

function without(fields: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));
}

import { readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { UserError } from '../core/errors';
import { checkAgency } from './checks/agency';
import { checkFleet, type FleetSubject } from './checks/fleet';
import type { CheckedEnvironment, CheckedPortal, Subject } from './checks/subject';
import { beneath, mergeUnder } from './defaults';
import { error, type Finding, formatPath, type Location, type Path } from './finding';
import { findIssues, type Issue } from './issues';
import type { Problem } from './problem';
import { type AgencyFile, agencyFileSchema, environmentSchema, type Portal } from './schema';
import { displayName, readSource, type Source } from './source';
import { didYouMean } from './suggest';

/** An agency whose file is right. */
export interface LoadedAgency {
  /** The file's base name, and the agency's id. */
  readonly id: string;
  /** The file as the user would name it. */
  readonly file: string;
  /** What the file says, with `defaults.yaml` and the schema's defaults under it. */
  readonly config: AgencyFile;
  /** Where a key stands, in the file or in `defaults.yaml`; or else the deepest of its parents that exists. */
  locate(path: Path): Location;
}

/** Agencies and what there is to say about their files. */
export interface Fleet {
  /** Those without errors, by id. While `defaults.yaml` has errors there are none: what they inherit is not known. */
  readonly agencies: readonly LoadedAgency[];
  /** All of all files, by file, line and column. */
  readonly problems: readonly Problem[];
}

/**
 * Reads and checks every agency of a config folder, by itself and beside the others.
 *
 * @throws UserError when there is no agency file at all.
 */
export function loadFleet(configDir: string): Fleet {
  return load(configDir, agencyFiles(configDir));
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

function agencyFiles(configDir: string): readonly string[] {
  const folder = join(configDir, 'agencies');
  const files = listFolder(folder)
    .filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('.'))
    .sort();
  if (files.length > 0) return files.map((name) => join(folder, name));
  throw new UserError(`no agency file in ${displayName(folder)}; \`portal6 init <agency>\` writes one`);
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw new UserError(
        `no folder ${displayName(folder)}; \`portal6 init <agency>\` makes it, with the agency's file in it`,
      );
    }
    if (code === 'ENOTDIR') throw new UserError(`${displayName(folder)} is not a folder`);
    throw new UserError(`${displayName(folder)} cannot be read (${code ?? 'unknown error'})`);
  }
}

function idOf(file: string): string {
  return basename(file, extname(file));
}

function load(configDir: string, files: readonly string[]): Fleet {
  const defaults = readDefaults(join(configDir, 'defaults.yaml'), readdirSync(configDir));
  const candidates = files.map((file) => readCandidate(file, defaults));
  for (const { subject, finding } of checkFleet(candidates)) subject.problems.push(place(subject, finding));

  const sound = !defaults.problems.some(isError);
  return {
    agencies: candidates
      .flatMap(({ id, file, config, problems, locate }) =>
        sound && config && !problems.some(isError) ? [{ id, file, config, locate }] : [],
      )
      .sort((one, other) => compare(one.id, other.id)),
    problems: inOrder([...defaults.problems, ...candidates.flatMap(({ problems }) => problems)]),
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

type Items = Readonly<Record<string | number, unknown>>;

/** A file on its way to become an agency. */
interface Candidate extends FleetSubject {
  readonly file: string;
  /** Absent where the file breaks the schema. */
  readonly config?: AgencyFile;
  readonly problems: Problem[];
  /** The path as it stands in the file that says it. */
  pathAt(path: Path): Path;
}

function readCandidate(path: string, defaults: Defaults): Candidate {
  const source = readSource(path);
  const id = idOf(path);
  const places = placesOf(source, defaults);
  const base = { id, file: source.file, problems: [...source.problems], ...places };
  if (!source.value) return { ...base, environments: [] };

  const value = withDefaults(source.value, defaults.value);
  const parsed = agencyFileSchema.safeParse(value);
  const subject: Subject = { id, ...(parsed.success ? partsOf(parsed.data) : validPartsOf(value)) };
  const candidate = { ...base, ...subject, config: parsed.success ? parsed.data : undefined };

  const issues = parsed.success ? [] : findIssues(agencyFileSchema, value);
  for (const { path: at, message, missing } of issues) {
    // What an unreadable defaults.yaml may well have said is not held against the agency.
    if (missing && defaults.unreadable && at[0] === 'environments' && at[2] !== 'portals') continue;
    candidate.problems.push(place(candidate, error(at, message)));
  }
  for (const finding of checkAgency(subject)) candidate.problems.push(place(candidate, finding));
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

function placesOf(source: Source, defaults: Defaults): Pick<Candidate, 'locate' | 'pathAt'> {
  /** The path within `defaults.yaml`, where that says the value; what nobody says is missing in the agency's own file. */
  const inherited = (path: Path): Path | undefined => {
    const [top, id, ...rest] = path;
    if (top !== 'environments' || id === undefined) return undefined;
    let own = isFields(source.value) && isFields(source.value.environments) ? source.value.environments[id] : undefined;
    let base: unknown = defaults.value;
    for (const [depth, key] of rest.entries()) {
      if (isFields(own) && Object.hasOwn(own, key)) {
        const inner: unknown = own[key];
        base = isFields(base) ? beneath(key, inner, base[key]) : undefined;
        own = inner;
      } else {
        return isFields(own) && isThere(base, rest.slice(depth)) ? rest : undefined;
      }
    }
    return undefined;
  };
  return {
    locate: (path) => {
      const there = inherited(path);
      return there ? defaults.locate(there) : source.locate(path);
    },
    pathAt: (path) => inherited(path) ?? path,
  };
}

function place(
  { locate, pathAt }: { locate(path: Path): Location; pathAt?(path: Path): Path },
  { severity, path, message }: Finding,
): Problem {
  return { severity, ...locate(path), path: formatPath(pathAt?.(path) ?? path), message };
}

/** By place, and each once: what `defaults.yaml` says is found again in every agency. */
function inOrder(problems: readonly Problem[]): Problem[] {
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...once.values()].sort(
    (one, other) =>
      compare(one.file, other.file) ||
      (one.line ?? 0) - (other.line ?? 0) ||
      (one.column ?? 0) - (other.column ?? 0) ||
      compare(one.path, other.path) ||
      compare(one.message, other.message),
  );
}

function isThere(value: unknown, path: Path): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return true;
  return (
    typeof value === 'object' && value !== null && Object.hasOwn(value, key) && isThere((value as Items)[key], rest)
  );
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

/** Not by the reader's language, so that everybody sees the same order. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entries(value: unknown): [string, unknown][] {
  return isFields(value) ? Object.entries(value) : [];
}

function without(fields: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));
}

import { lstatSync } from 'node:fs';
import { checkRegistry } from './checks/registry';
import { error, formatPath, type Location, type Path } from './finding';
import { findIssues } from './issues';
import { byPlace, type Problem } from './problem';
import { registryFile } from './registry-file';
import { type RegistryFile, registryFileSchema } from './registry-schema';
import { displayName, readSource } from './source';

/** The registry's file, as far as it says what pools there are. */
export interface LoadedRegistry {
  /** The file as the user would name it. */
  readonly file: string;
  readonly config: RegistryFile;
  /** Where a key stands, or else the deepest of its parents that exists. */
  locate(path: Path): Location;
}

export interface ReadRegistry {
  /** Absent where the file breaks the schema. */
  readonly registry?: LoadedRegistry;
  readonly problems: readonly Problem[];
}

/** Reads and checks `registry.yaml`. Undefined where there is none: a fleet can do without. */
export function readRegistry(configDir: string): ReadRegistry | undefined {
  const path = registryFile(configDir);
  if (!lstatSync(path, { throwIfNoEntry: false })) return undefined;
  const source = readSource(path, '`account:`, `region:` and `pools:`');
  const { value, locate } = source;
  if (source.empty) {
    const message = 'is empty; write the pools of the address registry, or take the file away';
    return { problems: [{ severity: 'error', file: displayName(path), path: '', message }] };
  }
  if (!value) return { problems: source.problems };

  const parsed = registryFileSchema.safeParse(value);
  const findings = parsed.success
    ? checkRegistry(parsed.data)
    : findIssues(registryFileSchema, value).map(({ path: at, message }) => error(at, message));
  const problems = findings.map(({ severity, path: at, message }): Problem => {
    return { severity, ...locate(at), path: formatPath(at), message };
  });
  return {
    registry: parsed.success ? { file: source.file, config: parsed.data, locate } : undefined,
    problems: byPlace([...source.problems, ...problems]),
  };
}

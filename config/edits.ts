import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isFields } from './defaults';
import type { Location, Path } from './finding';
import { readSource, type Source } from './source';

/** A value of the configuration that is not what it was. */
export interface Edit {
  readonly path: Path;
  /** Absent where the key is not there. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** Where it stands now; where it is gone, the deepest of its parents that is still there. */
  readonly source: Location;
}

/**
 * What differs between two versions of an agency's configuration, key by key; order, comments and style do not. What
 * `defaults.yaml` says is told under the environments that it stands under.
 */
export function agencyEdits(configBefore: string, configAfter: string, agency: string): Edit[] {
  const [old, now] = [configBefore, configAfter].map((config) => agencySource(config, agency));
  const own = old && now ? edits(old.value, now.value, now.locate) : [wholeFile(old, now, configAfter, agency)];
  const environments = Object.keys(fieldsOf(fieldsOf(now?.value).environments));
  return [...own, ...defaultsEdits(configBefore, configAfter, environments)];
}

/** As `agencyEdits`, of the registry's file. */
export function registryEdits(configBefore: string, configAfter: string, file: string): Edit[] {
  const [old, now] = [configBefore, configAfter].map((config) => readSource(join(config, file)));
  return edits(old!.value, now!.value, now!.locate);
}

function agencySource(config: string, agency: string): Source | undefined {
  const file = ['yaml', 'yml'].map((ending) => join(config, 'agencies', `${agency}.${ending}`)).find(existsSync);
  return file === undefined ? undefined : readSource(file);
}

function wholeFile(old: Source | undefined, now: Source | undefined, config: string, agency: string): Edit {
  const file = now?.file ?? readSource(join(config, 'agencies', `${agency}.yaml`)).file;
  return {
    path: [],
    ...(old && { before: old.value }),
    ...(now && { after: now.value }),
    source: { file },
  };
}

function defaultsEdits(configBefore: string, configAfter: string, environments: readonly string[]): Edit[] {
  const [old, now] = [configBefore, configAfter].map((config) => readSource(join(config, 'defaults.yaml')));
  const found = edits(old!.value ?? {}, now!.value ?? {}, now!.locate);
  return environments.flatMap((environment) =>
    found.map((edit) => ({ ...edit, path: ['environments', environment, ...edit.path] })),
  );
}

function edits(before: unknown, after: unknown, locate: Source['locate'], path: Path = []): Edit[] {
  // Of two types little is comparable: that one took the place of the other is the edit.
  if (isFields(before) && isFields(after) && before.type === after.type) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => edits(before[key], after[key], locate, [...path, key]));
  }
  if (JSON.stringify(sorted(before)) === JSON.stringify(sorted(after))) return [];
  return [
    {
      path,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      source: locate(path),
    },
  ];
}

/** With keys in order, wherever there are keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isFields(value) ? value : {};
}

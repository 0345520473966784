import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isFields } from './defaults';
import type { Location, Path } from './finding';
import { displayName, readSource, type Source } from './source';

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
 * `defaults.yaml` says is told under the environments that it stands under, a file of user data under the key that names it.
 */
export function agencyEdits(configBefore: string, configAfter: string, agency: string): Edit[] {
  const [old, now] = [configBefore, configAfter].map((config) => agencySource(config, agency));
  const own = old && now ? edits(old.value, now.value, now.locate) : [wholeFile(old, now, configAfter, agency)];
  const texts = userDataEdits(join(configBefore, 'agencies'), join(configAfter, 'agencies'), old?.value, now?.value);
  const environments = Object.keys(fieldsOf(fieldsOf(now?.value).environments));
  return [...own, ...texts, ...defaultsEdits(configBefore, configAfter, environments)];
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
  const file = now?.file ?? displayName(join(config, 'agencies', old ? basename(old.file) : `${agency}.yaml`));
  return {
    path: [],
    ...(old && { before: old.value }),
    ...(now && { after: now.value }),
    source: { file },
  };
}

/** Files that both versions name alike and that do not say the same. What is named otherwise is an edit already. */
function userDataEdits(folderBefore: string, folderAfter: string, before: unknown, after: unknown): Edit[] {
  const old = new Map(userDataIn(before).map(([path, file]) => [path.join('\n'), file]));
  return userDataIn(after).flatMap(([path, file]): Edit[] => {
    if (old.get(path.join('\n')) !== file) return [];
    const [was, is] = [folderBefore, folderAfter].map((folder) => digestOf(join(folder, file)));
    if (was === is) return [];
    const source = { file: displayName(join(folderAfter, file)) };
    return [{ path, before: `${file}, ${was!}`, after: `${file}, ${is!}`, source }];
  });
}

function userDataIn(agency: unknown): [Path, string][] {
  return Object.entries(fieldsOf(fieldsOf(agency).environments)).flatMap(([environment, value]) =>
    Object.entries(fieldsOf(fieldsOf(value).portals)).flatMap(([portal, front]): [Path, string][] => {
      const { userData } = fieldsOf(fieldsOf(front).hosting);
      const path = ['environments', environment, 'portals', portal, 'hosting', 'userData'];
      return typeof userData === 'string' ? [[path, userData]] : [];
    }),
  );
}

function digestOf(file: string): string {
  if (!existsSync(file)) return 'not there';
  return `SHA-256 ${createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12)}`;
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

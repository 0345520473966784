import { isRecord, Unknown } from '../value';

export type Json = Readonly<Record<string, unknown>>;

/** A resource as plans and states list it. */
export interface ListedResource {
  readonly address: string;
  readonly type: string;
  /** `aws_subnet.public` or `data.aws_subnet.public`: without module and instance key. */
  readonly name: string;
  /** Address of its module with the keys of instances; empty for the root. */
  readonly module: string;
  /** Key of its instance, as in its address: `["a"]`, `[0]`. */
  readonly key: string | undefined;
  readonly mode: 'managed' | 'data';
  readonly json: Json;
}

/** The resources of a `root_module` and of the modules in it. */
export function resourcesOf(module: unknown): ListedResource[] {
  const { resources, child_modules: children, address } = record(module);
  const own = typeof address === 'string' ? address : '';
  return [...list(resources).flatMap((json) => listed(json, own)), ...list(children).flatMap(resourcesOf)];
}

/** None where it is neither a resource nor a data source. */
export function listed(json: Json, module: string): ListedResource[] {
  const { address, type, name, mode } = json;
  if (typeof address !== 'string' || typeof type !== 'string' || typeof name !== 'string') return [];
  if (mode !== 'managed' && mode !== 'data') return [];
  const [key] = INSTANCE_KEY.exec(address) ?? [];
  return [{ address, type, name: `${mode === 'data' ? 'data.' : ''}${type}.${name}`, module, key, mode, json }];
}

const INSTANCE_KEY = /\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/;

/** A name in a module as a full address. */
export function below(module: string, name: string): string {
  return module === '' ? name : `${module}.${name}`;
}

/** What stands in the place of a sensitive value, wherever attributes are printed. */
export const SENSITIVE = '(sensitive)';

/** The attributes without what is marked as sensitive: marks have the shape of the attributes, and are true there. */
export function withoutSecrets(attributes: unknown, marks: unknown, module: string): Json {
  const names = Object.keys(record(attributes));
  const each = marks === true ? Object.fromEntries(names.map((name) => [name, true])) : marks;
  return record(withoutMarked(attributes, each, module));
}

function withoutMarked(value: unknown, marks: unknown, module: string): unknown {
  if (!isMarked(marks) || isNothing(value)) return value;
  if (marks === true) return new Unknown(SENSITIVE, module, () => ({ addresses: [], opaque: true }));
  if (Array.isArray(value)) return value.map((item, index) => withoutMarked(item, part(marks, index), module));
  const entries = Object.entries(record(value));
  return Object.fromEntries(entries.map(([name, item]) => [name, withoutMarked(item, part(marks, name), module)]));
}

/** What is not set keeps no secret. */
export function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Whether something in a value is marked. */
export function isMarked(marks: unknown): boolean {
  if (typeof marks !== 'object' || marks === null) return marks === true;
  return Object.values(marks).some(isMarked);
}

/** A part of an object or list; what is neither has none. */
export function part(value: unknown, name: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string | number, unknown>>)[name];
}

/** The texts in a list. */
export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function record(value: unknown): Json {
  return isRecord(value) ? value : {};
}

export function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(record) : [];
}

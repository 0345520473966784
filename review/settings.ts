import { isRecord } from '../policy/value';
import { changedValues } from './attributes';
import type { AttributeChange } from './report';

/** What changes in a configuration beside its resources: where the state is, the provider, outputs, variables. */
export function changedSettings(before: unknown, after: unknown): AttributeChange[] {
  const [old, now] = [before, after].map((json) => (isRecord(json) ? json : {}));
  const names = [...new Set([...Object.keys(old!), ...Object.keys(now!)])].sort();
  return names
    .filter((name) => !APART.includes(name))
    .flatMap((name) => changedValues(withoutComments(old![name]), withoutComments(now![name]), name));
}

/** Resources are compared one by one; moves and removals are told of the resources that they are about. */
const APART: readonly string[] = ['//', 'resource', 'moved', 'removed', 'import'];

/** A value without what cdktf says of it beside. */
export function withoutComments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutComments);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([name]) => name !== '//');
  return Object.fromEntries(entries.map(([name, part]) => [name, withoutComments(part)]));
}

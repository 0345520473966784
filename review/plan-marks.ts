import { isMarked, part, SENSITIVE } from '../policy/sources/show-json';
import { isRecord, Unknown } from '../policy/value';
import { formOf, formText } from './form';
import type { AttributeChange } from './report';

/**
 * What is secret before or after is secret on both sides, as Terraform itself shows it: a value does not become public by
 * losing its mark. Marks have the shape of the attributes, and are true where something is secret.
 */
export function eitherMarked(one: unknown, other: unknown): unknown {
  if (one === true || other === true) return true;
  if (!isMarked(one)) return other;
  if (!isMarked(other)) return one;
  if (Array.isArray(one) && Array.isArray(other)) {
    const length = Math.max(one.length, other.length);
    return Array.from({ length }, (_, index) => eitherMarked(one[index], other[index]));
  }
  const names = [...Object.keys(one as object), ...Object.keys(other as object)];
  return Object.fromEntries(
    [...new Set(names)].map((name) => [name, eitherMarked(part(one, name), part(other, name))]),
  );
}

/** A value without what is marked in it. */
export function withoutMarked(value: unknown, marks: unknown): unknown {
  if (!isMarked(marks) || value === undefined || value === null) return value;
  if (marks === true) return value instanceof Unknown && value.toString() === SENSITIVE ? value : HIDDEN;
  if (Array.isArray(value)) return value.map((item, index) => withoutMarked(item, part(marks, index)));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, withoutMarked(item, part(marks, name))]),
  );
}

const HIDDEN = new Unknown(SENSITIVE, '', () => ({ addresses: [], opaque: true }));

/** Where secret values differ, without the values. */
export function secretChanges(before: unknown, after: unknown, marks: unknown, path: string): AttributeChange[] {
  if (!isMarked(marks)) return [];
  if (marks === true) {
    const [one, other] = [before, after].map((value) => formText(formOf(value)));
    if (one === other) return [];
    const sides = { ...(one !== '' && { before: SENSITIVE }), ...(other !== '' && { after: SENSITIVE }) };
    return [{ path, ...sides, sensitive: true }];
  }
  return Object.keys(marks as object)
    .sort()
    .flatMap((name) =>
      secretChanges(
        part(before, name),
        part(after, name),
        part(marks, name),
        stepped(path, name, Array.isArray(marks)),
      ),
    );
}

function stepped(path: string, name: string, isItem: boolean): string {
  if (path === '') return name;
  return isItem ? `${path}[${name}]` : /^[\w-]+$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}

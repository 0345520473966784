import { isTemplate } from '../sources/expression';
import { every, isRecord, type Maybe, Unknown } from '../value';

/** The expression that a value is made by; undefined where it is not seen, or another one for each instance. */
export function expressionOf(value: unknown): string | undefined {
  if (!(value instanceof Unknown) || value.text === undefined || !isTemplate(value.text)) return undefined;
  return /\b(each|count)\./.test(value.text) ? undefined : `${value.module} ${value.text}`;
}

/**
 * Whether two values mean the same to Terraform: 1 and "1" are one, and so are null, false, an empty text and
 * an empty list.
 */
export function isSame(one: unknown, other: unknown): Maybe {
  const [items, others] = [itemsOf(one), itemsOf(other)];
  const isHidden = [one, other].some((value) => value instanceof Unknown);
  if (items.length !== others.length) return isHidden ? undefined : false;
  return every(items.map((item, index) => isSameItem(item, others[index])));
}

function isSameItem(one: unknown, other: unknown): Maybe {
  if (one instanceof Unknown || other instanceof Unknown) {
    const expression = expressionOf(one);
    return expression !== undefined && expression === expressionOf(other) ? true : undefined;
  }
  if (Array.isArray(one) || Array.isArray(other)) return isSame(one, other);
  if (!isRecord(one) || !isRecord(other)) return !isRecord(one) && !isRecord(other) && String(one) === String(other);
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return every([...names].map((name) => isSame(one[name], other[name])));
}

function itemsOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null || value === false || value === '') return [];
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

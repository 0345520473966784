import { isRecord } from '../value';
import { isTemplate } from './expression';

/** What stands for the repetition in what is repeated: `each.key` and `each.value`, `count.index`, or a block's own. */
export type Bindings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** One time of something that is repeated. */
export interface Repetition {
  /** As it is written, with its escapes. */
  readonly key: string | number;
  readonly value: unknown;
}

/** Beyond that it is no list that a person wrote. */
const MAX_REPETITIONS = 256;

/** How many there are by a `count`; undefined where it is no number that is written. */
export function countOf(count: unknown): number | undefined {
  const text = typeof count === 'number' || typeof count === 'string' ? String(count) : '';
  return /^\d{1,4}$/.test(text) && Number(text) <= MAX_REPETITIONS ? Number(text) : undefined;
}

/** What a `for_each` goes through, where that is written: a map, a set or, of blocks, a list. */
export function repetitionsOf(collection: unknown): readonly Repetition[] | undefined {
  const found = itemsOf(collection);
  const isWritten = found?.every(({ key }) => typeof key === 'number' || !isTemplate(key));
  return isWritten && found!.length <= MAX_REPETITIONS ? found : undefined;
}

/** A set of texts is written as an expression, for want of another way in JSON. */
export function setIn(text: string): unknown {
  const [, items] = /^\$\{\s*toset\(\s*(\[[^]*?\])\s*\)\s*\}$/.exec(text) ?? [];
  if (items === undefined) return undefined;
  try {
    const texts: unknown = JSON.parse(items.replace(/,\s*\]$/, ']'));
    const isSet = Array.isArray(texts) && texts.every((item) => typeof item === 'string' && !isTemplate(item));
    return isSet ? Object.fromEntries(texts.map((item: string) => [item, item])) : undefined;
  } catch {
    return undefined;
  }
}

function itemsOf(collection: unknown): readonly Repetition[] | undefined {
  if (Array.isArray(collection)) return collection.map((value: unknown, key) => ({ key, value }));
  if (!isRecord(collection)) return undefined;
  return Object.entries(collection).map(([key, value]) => ({ key, value }));
}

/**
 * The same JSON with what is bound put in its place, wherever that can be done in the text alone. The rest stays as it
 * is written.
 */
export function substitute(value: unknown, bindings: Bindings): unknown {
  if (typeof value === 'string') return value.includes('${') ? substituteText(value, bindings) : value;
  if (Array.isArray(value)) return value.map((item) => substitute(item, bindings));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, substitute(item, bindings)]));
}

/** Whether something bound is still named in a value. */
export function isNamedIn(value: unknown, binding: string): boolean {
  if (typeof value === 'string') {
    const found = [...value.matchAll(REFERENCE)];
    return found.some(({ groups = {} }) => groups.name === binding);
  }
  return typeof value === 'object' && value !== null && Object.values(value).some((item) => isNamedIn(item, binding));
}

const STEP = '\\.[A-Za-z_][\\w-]*|\\["(?:[^"\\\\$%]|\\\\["\\\\])*"\\]|\\[\\d+\\]';
const REFERENCE = new RegExp(
  `(?<![\\w".-])(?<name>[A-Za-z_][\\w-]*)\\.(?<what>key|value|index)(?<path>(?:${STEP})*)`,
  'g',
);
const WHOLE = new RegExp(`^\\$\\{\\s*(?:${REFERENCE.source})\\s*\\}$`);
const LITERAL_OR_REFERENCE = new RegExp(`"(?:[^"\\\\]|\\\\.)*"|${REFERENCE.source}`, 'g');

function substituteText(text: string, bindings: Bindings): unknown {
  const whole = WHOLE.exec(text);
  if (whole) {
    const found = lookUp(whole.groups!, bindings);
    return found === undefined ? text : found.value;
  }
  // Expressions without literals in a longer text, or one expression that is all of it.
  const pieces = /^\$\{[^]*\}$/.test(text) && !/\}[^}]*\$\{/.test(text) ? [text] : text.split(/((?<!\$)\$\{[^{}"]*\})/);
  return pieces.map((piece) => (/^\$\{[^]*\}$/.test(piece) ? inExpression(piece, bindings) : piece)).join('');
}

/** `${each.key}` in a longer text is that text; `each.key` in a longer expression is a literal. */
function inExpression(expression: string, bindings: Bindings): string {
  const whole = WHOLE.exec(expression);
  const plain = whole && plainOf(lookUp(whole.groups!, bindings)?.value);
  if (whole) return plain === null || plain === undefined ? expression : escapeTemplate(String(plain));
  return expression.replace(LITERAL_OR_REFERENCE, (...match: unknown[]) => {
    const written = match[0] as string;
    if (written.startsWith('"')) return written;
    const literal = plainOf(lookUp(match.at(-1) as Record<string, string>, bindings)?.value);
    return literal === undefined ? written : JSON.stringify(literal);
  });
}

/** A value that can stand in an expression as it is. */
function plainOf(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'string' && !/[$%]\{/.test(value) ? value : undefined;
}

function escapeTemplate(text: string): string {
  return text.replaceAll('${', '$${').replaceAll('%{', '%%{');
}

/** What a reference stands for; undefined where it is not bound, or leads into what is not written. */
function lookUp(
  { name, what, path = '' }: Readonly<Record<string, string | undefined>>,
  bindings: Bindings,
): { readonly value: unknown } | undefined {
  const bound = Object.hasOwn(bindings, name!) ? bindings[name!]! : {};
  if (!Object.hasOwn(bound, what!)) return undefined;
  let value = bound[what!];
  for (const [, attribute, quoted, index] of path.matchAll(/\.([A-Za-z_][\w-]*)|\[("[^]*?(?<!\\)")\]|\[(\d+)\]/g)) {
    const step = attribute ?? (quoted === undefined ? index! : (JSON.parse(quoted) as string));
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return { value };
}

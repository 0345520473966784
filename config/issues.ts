import * as z from 'zod';
import { enumerate, type Path, shorten } from './finding';
import { didYouMean, suggest } from './suggest';

/** What a schema has against a value. */
export interface Issue {
  readonly path: Path;
  readonly message: string;
  /** Whether a key that is needed is not there at all. */
  readonly missing: boolean;
  /** The key that was meant, where this one is a typing error. */
  readonly meant?: Path;
}

/**
 * Holds a value against a schema and says in plain words what is wrong: all at once, each at its own key. Messages
 * that the schema brings itself are used as they are.
 *
 * @returns an empty list for a valid value
 */
export function findIssues(schema: z.ZodType, value: unknown): Issue[] {
  const result = schema.safeParse(value, PLAIN);
  if (result.success) return [];
  const issues = result.error.issues.flatMap((issue) => explain({ schema, value }, issue));
  // A key with a typing error is not missing as well.
  const meant = new Set(issues.flatMap((issue) => (issue.meant ? [JSON.stringify(issue.meant)] : [])));
  return issues.filter(({ missing, path }) => !missing || !meant.has(JSON.stringify(path)));
}

/** Leaves the message empty wherever the schema has none of its own, so that the wording below is told apart. */
export const PLAIN = { error: () => '' };

type Schema = z.core.$ZodType;
type Fields = Readonly<Record<string, unknown>>;

/** Where an explanation starts: the top of a file, or an alternative within it. */
interface Top {
  readonly schema: Schema;
  readonly value: unknown;
  /** Keys that lead here from the top of the file. */
  readonly prefix?: Path;
}

function explain(top: Top, issue: z.core.$ZodIssue): Issue[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  const place = { schema: schemaAt(top, path), value: valueAt(top.value, path) };
  const at = [...(top.prefix ?? []), ...path];
  const say = (message: string, missing = false): Issue[] => [{ path: at, message, missing }];

  if (issue.code === 'unrecognized_keys') return explainKeys(place, at, issue.keys);
  if (issue.code === 'invalid_key') return say(issue.issues.map(({ message }) => message).join('; '));
  if (place.value === undefined) return say(withHint('is missing', issue.message || describe(place.schema)), true);
  if (place.value === null) {
    const optional = place.schema?._zod.optin !== undefined;
    return say(
      withHint('is empty', optional ? 'write a value, or take the key out' : issue.message || describe(place.schema)),
    );
  }
  if (issue.code === 'invalid_union') {
    return issue.discriminator
      ? say(issue.message + suggestType(top, path, place.value))
      : explainUnion(place, at, issue);
  }
  if (issue.code === 'invalid_value') {
    const hint = suggestValue(place.value, issue.values);
    return say(issue.message ? issue.message + hint : listValues(place.value, issue.values, hint));
  }
  return say(issue.message || explainType(place, issue));
}

/** Goes into the alternative that was meant; where none stands out, says what the alternatives are. */
function explainUnion(place: Place, at: Path, issue: z.core.$ZodIssueInvalidUnion): Issue[] {
  const options = unionOf(place.schema)?.options ?? [];
  const meant = alternativeOf(place);
  if (meant) {
    const inner = issue.errors[options.indexOf(meant)] ?? [];
    const isUnknown = ({ code, path }: z.core.$ZodIssue): boolean => code === 'unrecognized_keys' && path.length === 0;
    // A key of another alternative is told apart from a typing error only from outside.
    const unknown = inner.filter(isUnknown).flatMap((found) => ('keys' in found ? found.keys : []));
    const mixed = unknown.some((key) => strangersOf(place, key).length > 0);
    const others = inner
      .filter((found) => !isUnknown(found))
      .flatMap((found) => explain({ schema: meant, value: place.value, prefix: at }, found));
    // Who mixes two alternatives has to choose one first; what that one lacks may then be beside the point.
    return [...explainKeys(place, at, unknown), ...others.filter(({ missing }) => !mixed || !missing)];
  }

  const written = isFields(place.value) ? Object.keys(place.value) : [];
  const unknown = written.filter((key) => !options.some((option) => fieldsOf(option)?.[key]));
  if (unknown.length > 0) return explainKeys(place, at, unknown);
  const hint = suggestValue(place.value, options.flatMap(literalsOf));
  return [{ path: at, message: (issue.message || explainType(place, issue)) + hint, missing: false }];
}

/** `; did you mean ...` for the key that tells alternatives apart; its schema is not there where it is wrong. */
function suggestType(top: Top, path: Path, written: unknown): string {
  const key = path[path.length - 1]!;
  const options = unionOf(schemaAt(top, path.slice(0, -1)))?.options ?? [];
  return suggestValue(
    written,
    options.flatMap((option) => literalsOf(fieldsOf(option)?.[key])),
  );
}

/** Why keys are not allowed in a map: they belong to another alternative, into another map, or are typing errors. */
function explainKeys(place: Place, at: Path, keys: readonly string[]): Issue[] {
  const mixed = keys.filter((key) => strangersOf(place, key).length > 0);
  const unknown = keys.filter((key) => !mixed.includes(key)).map((key) => explainUnknown(place, at, key));
  if (mixed.length === 0) return unknown;

  const union = unionOf(place.schema)!;
  const beside = enumerate([...new Set(mixed.flatMap((key) => strangersOf(place, key)))].map(inBackticks));
  const hint = union.discriminator ? undefined : ownMessage(union.schema, place.value);
  const [path, verb] =
    mixed.length === 1 ? [[...at, mixed[0]!], 'does'] : [at, `${enumerate(mixed.map(inBackticks))} do`];
  return [{ path, message: withHint(`${verb} not go with ${beside}`, hint), missing: false }, ...unknown];
}

/** What stands beside a key and belongs to other alternatives than it does. */
function strangersOf({ schema, value }: Place, key: string): string[] {
  const union = unionOf(schema);
  if (!union || !isFields(value)) return [];
  const holders = union.options.filter((option) => fieldsOf(option)?.[key]);
  if (holders.length === 0) return [];
  if (union.discriminator) return [`${union.discriminator}: ${String(value[union.discriminator])}`];
  const known = Object.keys(value).filter((name) => union.options.some((option) => fieldsOf(option)?.[name]));
  return known.filter((name) => !holders.some((option) => fieldsOf(option)?.[name]));
}

function explainUnknown({ schema, value }: Place, at: Path, key: string): Issue {
  const union = unionOf(schema);
  const chosen = alternativeOf({ schema, value }) ?? schema;
  const allowed = keysOf(union && chosen === schema ? union.schema : chosen);
  const say = (hint: string, meant?: Path): Issue => ({
    path: [...at, key],
    message: `unknown key; ${hint}`,
    missing: false,
    meant,
  });

  const fields = fieldsOf(chosen) ?? {};
  const holder = Object.keys(fields).find((name) => keysOf(fields[name]).includes(key));
  if (holder !== undefined) return say(`it belongs in \`${holder}\``);
  const meant = suggest(key, allowed);
  if (meant !== undefined) return say(`did you mean \`${meant}\`?`, [...at, meant]);
  return say(`use ${enumerate([...new Set(allowed)].sort(), 'or')}`);
}

function inBackticks(text: string): string {
  return `\`${text}\``;
}

function listValues(written: unknown, values: readonly z.core.util.Primitive[], hint: string): string {
  const quoted = values.map((value) =>
    typeof value === 'string' && looksLikeNumber(value) ? `"${value}"` : String(value),
  );
  // A list that fills the screen helps less than the one value that was meant.
  if (quoted.length > 8 && hint) return `${show(written)} is not known here${hint}`;
  const got = typeof written === 'number' && values.every((value) => typeof value === 'string') ? ', in quotes' : '';
  return `use ${quoted.length > 1 ? 'one of ' : ''}${quoted.join(', ')}${got}; got ${show(written)}${hint}`;
}

function suggestValue(written: unknown, values: readonly z.core.util.Primitive[]): string {
  return typeof written === 'string'
    ? didYouMean(
        written,
        values.filter((value) => typeof value === 'string'),
      )
    : '';
}

function explainType({ schema, value }: Place, issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${EXPECTED[issue.expected] ?? 'write something else'}, got ${show(value)}${quotes(issue.expected, value)}`;
    case 'too_small':
      return issue.origin === 'array' ? 'name at least one' : `write at least ${issue.minimum}, got ${show(value)}`;
    case 'too_big':
      return issue.origin === 'array'
        ? `name at most ${issue.maximum}`
        : `write at most ${issue.maximum}, got ${show(value)}`;
    default:
      return withHint(`${show(value)} does not fit`, describe(schema));
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'write text',
  number: 'write a number',
  int: 'write a whole number',
  boolean: 'write true or false',
  array: 'write a list',
  object: 'write keys and values',
  record: 'write keys and values',
};

/** YAML reads `1.0` as a number and `true` as a truth value; quotes make text of them. */
function quotes(expected: string, value: unknown): string {
  const isText = expected === 'string' && (typeof value === 'number' || typeof value === 'boolean');
  return isText ? '; put it in quotes' : '';
}

function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'keys and values';
  return typeof value === 'string' ? shorten(JSON.stringify(value), 60) : String(value);
}

function withHint(message: string, hint: string | undefined): string {
  return hint ? `${message}; ${hint}` : message;
}

function looksLikeNumber(text: string): boolean {
  return text.trim() !== '' && !Number.isNaN(Number(text));
}

// What follows reads the schema itself, for the keys, values and descriptions that it has at a path.

interface Place {
  readonly schema: Schema | undefined;
  readonly value: unknown;
}

interface Union {
  readonly schema: Schema;
  readonly options: readonly Schema[];
  readonly discriminator?: string;
}

function schemaAt({ schema, value }: Top, path: Path): Schema | undefined {
  let here: Schema | undefined = schema;
  let inner = value;
  for (const key of path) {
    here = here && childOf({ schema: here, value: inner }, key);
    inner = valueAt(inner, [key]);
  }
  return here;
}

function childOf({ schema, value }: Place, key: string | number): Schema | undefined {
  const place = alternativeOf({ schema, value }) ?? schema;
  const fields = fieldsOf(place);
  if (fields) return fields[key];
  const def = place && definitionOf(place);
  if (def?.type === 'array') return def.element;
  return def?.type === 'record' ? def.valueType : undefined;
}

function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Readonly<Record<string | number, unknown>>)[key];
  }
  return here;
}

/** The alternative that shares most keys with the value; undefined where two share as many, or it shares none. */
function alternativeOf({ schema, value }: Place): Schema | undefined {
  const union = unionOf(schema);
  if (!union || !isFields(value)) return undefined;
  if (union.discriminator) {
    const chosen = value[union.discriminator];
    return union.options.find((option) =>
      literalsOf(fieldsOf(option)?.[union.discriminator!]).includes(chosen as string),
    );
  }
  const written = Object.keys(value);
  const scores = union.options.map((option) => {
    const known = keysOf(option).filter((key) => written.includes(key));
    // Keys that no other alternative has say more than those they share.
    const own = known.filter((key) => union.options.every((other) => other === option || !fieldsOf(other)?.[key]));
    return own.length;
  });
  const best = Math.max(...scores);
  return best > 0 ? union.options[scores.indexOf(best)] : undefined;
}

function unionOf(schema: Schema | undefined): Union | undefined {
  const def = schema && definitionOf(schema);
  if (def?.type !== 'union') return undefined;
  const discriminator = 'discriminator' in def && typeof def.discriminator === 'string' ? def.discriminator : undefined;
  return { schema: unwrap(schema!), options: def.options, discriminator };
}

function fieldsOf(schema: Schema | undefined): Readonly<Record<string, Schema>> | undefined {
  const def = schema && definitionOf(schema);
  return def?.type === 'object' ? def.shape : undefined;
}

/** Keys of a map, or of all the forms that it may have. */
function keysOf(schema: Schema | undefined): readonly string[] {
  const options = unionOf(schema)?.options ?? [schema];
  return options.flatMap((option) => Object.keys(fieldsOf(option) ?? {}));
}

function literalsOf(schema: Schema | undefined): readonly z.core.util.Primitive[] {
  const def = schema && definitionOf(schema);
  return def?.type === 'literal' ? def.values : [];
}

/** The schema's own words for a value that fits none of its alternatives. */
function ownMessage(schema: Schema, value: unknown): string | undefined {
  const { error } = definitionOf(schema) as {
    readonly error?: (issue: unknown) => string | { message: string } | undefined;
  };
  const message = error?.({ code: 'invalid_union', input: value });
  return typeof message === 'string' ? message : message?.message;
}

/** The description, as the second half of a sentence. */
function describe(schema: Schema | undefined): string | undefined {
  for (let here = schema; here; here = innerOf(here)) {
    const text = z.globalRegistry.get(here)?.description;
    if (text) return /^[A-Z][a-z]/.test(text) ? lowerFirst(text).replace(/\.$/, '') : text.replace(/\.$/, '');
  }
  return undefined;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function definitionOf(schema: Schema): z.core.$ZodTypes['_zod']['def'] {
  return (unwrap(schema) as z.core.$ZodTypes)._zod.def;
}

/** A schema without its defaults and transformations. */
function unwrap(schema: Schema): Schema {
  const inner = innerOf(schema);
  return inner ? unwrap(inner) : schema;
}

function innerOf(schema: Schema): Schema | undefined {
  const def = (schema as z.core.$ZodTypes)._zod.def;
  switch (def.type) {
    case 'optional':
    case 'default':
    case 'prefault':
    case 'nullable':
      return def.innerType;
    case 'pipe':
      return def.in;
    default:
      return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

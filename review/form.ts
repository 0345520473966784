import { Unknown } from '../policy/value';

/** A value as two sides of a diff compare it: what means the same to Terraform is the same here. */
export type Form = string | readonly Form[] | { readonly [name: string]: Form } | undefined;

/** Gives an expression in the words of the other side: what moves is called by its new address on both. */
export type Rename = (expression: string) => string;

const AS_IS: Rename = (expression) => expression;

/**
 * The form of a value: numbers and booleans are texts, null and empty lists are nothing, texts that hold a JSON document
 * are what is in it, and expressions are as they are written.
 */
export function formOf(value: unknown, rename: Rename = AS_IS): Form {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Unknown) return ofText(rename(value.toString()), (text) => text);
  if (typeof value === 'string') return ofText(value, literal);
  if (typeof value !== 'object') return String(value);
  return Array.isArray(value) ? ofList(value, rename) : ofObject(value, rename);
}

/** The form as one text; the same forms have the same text. */
export function formText(form: Form): string {
  if (form === undefined) return '';
  if (typeof form === 'string') return JSON.stringify(form);
  if (isList(form)) return `[${form.map(formText).join(',')}]`;
  const names = Object.keys(form).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${formText(form[name])}`).join(',')}}`;
}

export function isList(form: Form): form is readonly Form[] {
  return Array.isArray(form);
}

export function isObject(form: Form): form is { readonly [name: string]: Form } {
  return typeof form === 'object' && !Array.isArray(form);
}

function ofList(list: readonly unknown[], rename: Rename): Form {
  return list.length === 0 ? undefined : list.map((item) => formOf(item, rename));
}

function ofObject(object: object, rename: Rename): Form {
  const entries = Object.entries(object).map(([name, value]) => [name, formOf(value, rename)] as const);
  return Object.fromEntries(entries.filter(([, form]) => form !== undefined));
}

/** A document may hold expressions, as `container_definitions` do: they are texts in it. */
function ofText(text: string, plain: (text: string) => string): Form {
  if (!DOCUMENT.test(text)) return plain(text);
  try {
    return inDocument(JSON.parse(text));
  } catch {
    return plain(text);
  }
}

const DOCUMENT = /^\s*[{[]/;

/** In a document null and an empty list say something. */
function inDocument(value: unknown): Form {
  if (Array.isArray(value)) return value.map(inDocument);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inDocument(part)]));
}

/** A text as an expression writes it, so that one which looks like an expression is not taken for one. */
export function literal(text: string): string {
  return text.includes('{') ? text.replace(/[$%]\{/g, (start) => `${start[0]!}${start}`) : text;
}

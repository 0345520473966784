import type { Resource, ResourceGraph } from '../resource-graph';
import { isTemplate } from '../sources/expression';
import { isRecord, Unknown } from '../value';

/** One condition of a statement: `{ "IpAddress": { "aws:SourceIp": [...] } }`. */
export interface Condition {
  /** Lower case, without `IfExists` and what is said of sets. */
  readonly operator: string;
  /** Lower case. */
  readonly key: string;
  /** Undefined for a value that only apply will know. */
  readonly values: readonly (string | undefined)[];
}

export interface Statement {
  readonly effect: 'allow' | 'deny';
  readonly sid: string | undefined;
  readonly conditions: readonly Condition[];
}

/** The statements of a policy: JSON text, or a document that is built here. Undefined where it cannot be read. */
export function statementsOf(graph: ResourceGraph, value: unknown): readonly Statement[] | undefined {
  const documents = graph.referencesIn(value).filter(({ type }) => type === 'aws_iam_policy_document');
  if (value instanceof Unknown && documents.length > 0) return documents.flatMap((one) => ofDocument(graph, one, []));
  const text = value instanceof Unknown ? value.text : value;
  const parsed = typeof text === 'string' ? parse(text) : text;
  if (!isRecord(parsed)) return undefined;
  const statements = list(lookUp(parsed, 'Statement')).filter(isRecord);
  return statements.map((statement) => ({
    effect: effectOf(lookUp(statement, 'Effect')),
    sid: textOf(lookUp(statement, 'Sid')),
    conditions: Object.entries(record(lookUp(statement, 'Condition'))).flatMap(([operator, keys]) =>
      Object.entries(record(keys)).map(([key, values]) => condition(operator, key, list(values))),
    ),
  }));
}

/** Documents may be made of others. */
function ofDocument(graph: ResourceGraph, document: Resource, seen: readonly Resource[]): Statement[] {
  if (seen.includes(document)) return [];
  const parts = ['source_policy_documents', 'override_policy_documents'].flatMap((name) =>
    graph.referencesIn(document.value(name)).filter(({ type }) => type === document.type),
  );
  const own = document.blocks('statement').map((statement) => ({
    effect: effectOf(statement.known('effect') ?? 'Allow'),
    sid: statement.known('sid'),
    conditions: statement
      .blocks('condition')
      .map((one) => condition(one.known('test') ?? '', one.known('variable') ?? '', one.list('values'))),
  }));
  return [...own, ...parts.flatMap((part) => ofDocument(graph, part, [...seen, document]))];
}

function condition(operator: string, key: string, values: readonly unknown[]): Condition {
  return {
    operator: operator
      .toLowerCase()
      .replace(/^for(any|all)(values?):/, '')
      .replace(/ifexists$/, ''),
    key: key.toLowerCase(),
    values: values.map(textOf),
  };
}

/** JSON text, in which expressions stand for what only apply will know; they may have quotes of their own. */
function parse(text: string): unknown {
  for (const candidate of [text, withoutExpressions(text)]) {
    try {
      return JSON.parse(candidate);
    } catch {
      continue;
    }
  }
  return undefined;
}

function withoutExpressions(text: string): string {
  let rest = text;
  let before;
  // From the inside to the outside: expressions may hold texts with expressions.
  do {
    before = rest;
    rest = rest.replace(/(?<!\$)\$\{[^{}]*\}/g, HIDDEN);
  } while (rest !== before);
  return rest;
}

/** Cannot be written in a policy. */
const HIDDEN = '\\u0000';

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && !isTemplate(value) && !value.includes('\0') ? value : undefined;
}

/** Names in policies are the same in all cases, as far as AWS takes them at all. */
function lookUp(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return object[name] ?? Object.entries(object).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function effectOf(value: unknown): 'allow' | 'deny' {
  return String(value).toLowerCase() === 'deny' ? 'deny' : 'allow';
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function list(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

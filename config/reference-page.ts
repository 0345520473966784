import * as z from 'zod';
import { agencyFileSchema } from './schema';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The parts of the file that have many keys, innermost first, each a table of its own. */
const SECTIONS = [
  { title: 'A portal: `environments.<id>.portals.<id>`', prefix: 'environments.<id>.portals.<id>.' },
  { title: 'An environment: `environments.<id>`', prefix: 'environments.<id>.' },
  { title: 'The file', prefix: '' },
] as const;

/** `docs/agency-file.md`: every key of the agency file with its values, default and meaning, as the schema has them. */
export function referencePage(): string {
  const rows = rowsOf('', z.toJSONSchema(agencyFileSchema, { io: 'input' }), 'required');
  const sectionOf = ({ key }: Row) => SECTIONS.find(({ prefix }) => key.startsWith(prefix));
  return [
    '# The agency file',
    '',
    '<!-- Written from config/schema.ts by `npm run reference`; do not edit. -->',
    '',
    'One YAML file per agency, `config/agencies/<id>.yaml`. Every key, with what may stand there and what follows from leaving it out. Keys',
    'of environments may also stand in `config/defaults.yaml`, which is merged under each environment. Unknown keys are errors.',
    'Anchors and merge keys (`<<`) work. Where a key has several forms, the keys of one form go together.',
    ...[...SECTIONS].reverse().flatMap((section) => [
      '',
      `## ${section.title}`,
      '',
      '| Key | Values | Default | Meaning |',
      '|---|---|---|---|',
      ...rows
        .filter((row) => sectionOf(row) === section)
        .map(({ key, ...rest }) => [`\`${key.slice(section.prefix.length)}\``, rest.values, rest.preset, rest.meaning])
        .map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`),
    ]),
    '',
  ].join('\n');
}

interface Row {
  /** Dotted path, `<id>` for the keys of a map and `[]` for the items of a list. */
  readonly key: string;
  readonly values: string;
  readonly preset: string;
  readonly meaning: string;
}

/** A key and everything below it, in the order of the schema. `absent`: what follows where it has no default. */
function rowsOf(key: string, schema: JsonSchema, absent: string): Row[] {
  const preset = defaultOf(schema) ?? absent;
  const own = key === '' ? [] : [{ key, values: valuesOf(schema), preset, meaning: schema.description ?? '' }];
  const forms = alternativesOf(schema);
  return [...own, ...forms.flatMap((form) => childrenOf(key, form, forms.length > 1 ? 'in this form' : 'required'))];
}

function childrenOf(path: string, schema: JsonSchema, needed: string): Row[] {
  const { properties = {}, additionalProperties: values, items, required = [] } = schema;
  const keys = Object.entries(properties).flatMap(([key, child]) =>
    rowsOf(path === '' ? key : `${path}.${key}`, child as JsonSchema, required.includes(key) ? needed : '-'),
  );
  // A map's values and a list's items have no name of their own.
  const unnamed = [
    [values, '.<id>'],
    [items, '[]'],
  ].flatMap(([child, name]) =>
    typeof child === 'object' && 'properties' in child
      ? childrenOf(`${path}${String(name)}`, child as JsonSchema, 'required')
      : [],
  );
  return [...keys, ...unnamed];
}

/** More choices than this are left to the editor and to `validate`: the regions. */
const MANY = 10;

function alternativesOf(schema: JsonSchema): JsonSchema[] {
  return ((schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined) ?? [schema];
}

function valuesOf(schema: JsonSchema): string {
  return [...new Set(alternativesOf(schema).map(valueOf))].join(' or ');
}

function valueOf(schema: JsonSchema): string {
  const { type, enum: choices, const: only, properties, items } = schema;
  if (only !== undefined) return `\`${String(only)}\``;
  if (choices && choices.length > MANY) return `one of ${choices.length}, such as \`ap-southeast-1\``;
  if (choices) return choices.map((choice) => `\`${String(choice)}\``).join(', ');
  if (properties) return `{ ${Object.keys(properties).join(', ')} }`;
  if (type === 'object') return 'map';
  if (type === 'array') return `list of ${items ? valueOf(items as JsonSchema) : 'values'}`;
  if (type === 'integer') return `${schema.minimum} to ${schema.maximum}`;
  return type === 'boolean' ? '`true`, `false`' : 'text';
}

function defaultOf({ default: value }: JsonSchema): string | undefined {
  if (value === undefined || isEmptyMap(value)) return undefined;
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

/** A map that is filled from its keys' defaults. */
function isEmptyMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

function escapeCell(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replace(/`([^`]*)`/g, (code) => code.replaceAll('&lt;', '<'));
}

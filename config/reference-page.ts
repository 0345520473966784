import * as z from 'zod';
import { registryFileSchema } from './registry-schema';
import { agencyFileSchema } from './schema';

type JsonSchema = z.core.JSONSchema.BaseSchema;

interface Page {
  readonly title: string;
  /** Lines before the tables. */
  readonly about: readonly string[];
  /** File of the schema. */
  readonly source: string;
  readonly schema: z.ZodType;
  /** The parts of the file that have many keys, innermost first, each a table of its own. */
  readonly sections: readonly { readonly title: string; readonly prefix: string }[];
}

const AGENCY_FILE: Page = {
  title: 'The agency file',
  about: [
    'One YAML file per agency, `config/agencies/<id>.yaml`. Every key, with what may stand there and what follows from leaving it out. Keys',
    'of environments may also stand in `config/defaults.yaml`, which is merged under each environment. Unknown keys are errors.',
    'Anchors and merge keys (`<<`) work. Where a key has several forms, the keys of one form go together.',
  ],
  source: 'config/schema.ts',
  schema: agencyFileSchema,
  sections: [
    { title: 'A portal: `environments.<id>.portals.<id>`', prefix: 'environments.<id>.portals.<id>.' },
    { title: 'An environment: `environments.<id>`', prefix: 'environments.<id>.' },
    { title: 'The file', prefix: '' },
  ],
};

const REGISTRY_FILE: Page = {
  title: 'The file of the address registry',
  about: [
    'One YAML file for the fleet, `config/registry.yaml`, where agencies get their addresses from pools: [how](registry.md). Every key, with',
    'what may stand there and what follows from leaving it out. Unknown keys are errors. Where a key has several forms, the keys of one',
    'form go together. A whole file: [config/reference/registry.yaml](../config/reference/registry.yaml).',
  ],
  source: 'config/registry-schema.ts',
  schema: registryFileSchema,
  sections: [
    { title: 'A pool: `pools.<id>`', prefix: 'pools.<id>.' },
    { title: 'The file', prefix: '' },
  ],
};

/** `docs/agency-file.md`: every key of the agency file with its values, default and meaning, as the schema has them. */
export function referencePage(): string {
  return pageText(AGENCY_FILE);
}

/** `docs/registry-file.md`: the same of the address registry's file. */
export function registryReferencePage(): string {
  return pageText(REGISTRY_FILE);
}

function pageText({ title, about, source, schema, sections }: Page): string {
  const rows = rowsOf('', z.toJSONSchema(schema, { io: 'input' }), 'required');
  const sectionOf = ({ key }: Row) => sections.find(({ prefix }) => key.startsWith(prefix));
  return [
    `# ${title}`,
    '',
    `<!-- Written from ${source} by \`npm run reference\`; do not edit. -->`,
    '',
    ...about,
    ...[...sections].reverse().flatMap((section) => [
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
  if (type === 'integer' || type === 'number') return `${schema.minimum} to ${schema.maximum}`;
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

import * as z from 'zod';
import { registryFileSchema } from './registry-schema';
import { agencyFileSchema } from './schema';
import { hostName } from './values';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * The JSON Schema of an agency file, for editors: completion, meanings on hover, and most mistakes while typing.
 *
 * It accepts whatever `validate` accepts, and more: rules that compare values are known to `validate` alone.
 */
export function agencyJsonSchema(): JsonSchema {
  const { $schema, ...schema } = asWritten(agencyFileSchema);
  const environment = (schema.properties!.environments as JsonSchema).additionalProperties as JsonSchema;
  // Any key of an environment may come from defaults.yaml, which an editor does not see.
  delete environment.required;
  return { $schema, $comment: WRITTEN, title: 'portal6 agency file', ...schema };
}

/** The JSON Schema of the address registry's file, with the same limits. */
export function registryJsonSchema(): JsonSchema {
  const { $schema, ...schema } = asWritten(registryFileSchema);
  return { $schema, $comment: WRITTEN, title: 'portal6 address registry', ...schema };
}

/** The schemas as texts, by their files in the config folder. */
export function jsonSchemaTexts(): Readonly<Record<string, string>> {
  const text = (schema: JsonSchema): string => `${JSON.stringify(schema, null, 2)}\n`;
  return { 'agency.schema.json': text(agencyJsonSchema()), 'registry.schema.json': text(registryJsonSchema()) };
}

const WRITTEN = 'Written by `portal6 schema`; do not edit.';

function asWritten(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    // What a person writes, so keys with a default may be left out.
    io: 'input',
    // yaml-language-server reads draft 07.
    target: 'draft-07',
    override: ({ jsonSchema }) => relax(jsonSchema),
  });
}

/** Host names may be written with capitals and Vietnamese letters; only what is kept is plain. */
function relax(schema: JsonSchema): void {
  if (schema.pattern === HOST_NAME) delete schema.pattern;
}

const HOST_NAME = z.toJSONSchema(hostName).pattern;

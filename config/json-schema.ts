import * as z from 'zod';
import { agencyFileSchema } from './schema';
import { hostName } from './values';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * The JSON Schema of an agency file, for editors: completion, meanings on hover, and most mistakes while typing.
 *
 * It accepts whatever `validate` accepts, and more: rules that compare values are known to `validate` alone.
 */
export function agencyJsonSchema(): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(agencyFileSchema, {
    // What a person writes, so keys with a default may be left out.
    io: 'input',
    // yaml-language-server reads draft 07.
    target: 'draft-07',
    override: ({ jsonSchema }) => relax(jsonSchema),
  });
  const environment = (schema.properties!.environments as JsonSchema).additionalProperties as JsonSchema;
  // Any key of an environment may come from defaults.yaml, which an editor does not see.
  delete environment.required;
  return { $schema, $comment: 'Written by `portal6 schema`; do not edit.', title: 'portal6 agency file', ...schema };
}

/** The same as the text of `config/agency.schema.json`. */
export function agencyJsonSchemaText(): string {
  return `${JSON.stringify(agencyJsonSchema(), null, 2)}\n`;
}

/** Host names may be written with capitals and Vietnamese letters; only what is kept is plain. */
function relax(schema: JsonSchema): void {
  if (schema.pattern === HOST_NAME) delete schema.pattern;
}

const HOST_NAME = z.toJSONSchema(hostName).pattern;

import * as z from 'zod';
import { diffSchema, reviewSchema } from './report-schema';

/** The JSON Schemas of what `diff` and `review` write, by the names of their files in docs/. */
export function reportSchemaTexts(): Readonly<Record<string, string>> {
  return {
    'diff.schema.json': text(diffSchema, 'What portal6 diff --format json writes'),
    'review.schema.json': text(reviewSchema, 'What portal6 review --format json writes'),
  };
}

function text(schema: z.ZodType, title: string): string {
  return `${JSON.stringify({ title, ...z.toJSONSchema(schema) }, null, 2)}\n`;
}

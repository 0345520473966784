import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { UserError } from '../core/errors';
import { formatPath } from './finding';
import { findIssues } from './issues';
import { type LoadedAgency, loadReferences as loadFiles } from './load';
import { formatProblem, type Problem } from './problem';
import { readSource } from './source';
import { label, slug } from './values';

const text = z
  .strictObject({ en: label.describe('In English.'), vi: label.describe('In Vietnamese.') })
  .describe('The same in both languages.');

const entrySchema = z.strictObject({
  id: slug.describe('Name of the file in reference/, without .yaml.'),
  level: z.literal([0, 1, 2, 3, 4]).describe('Readiness level that its stack is designed for.'),
  title: text.describe('What it is called.'),
  purpose: z.array(text).min(1).describe('What it is for, a paragraph each.'),
  limits: z.array(text).min(1).describe('What it does not do.'),
});

const catalogueSchema = z.strictObject({ references: z.array(entrySchema).describe('Write a list of references.') });

/** A reference architecture: what people say about it, and its agency file. */
export interface ReferenceEntry extends Readonly<z.output<typeof entrySchema>> {
  readonly agency: LoadedAgency;
  /** The agency file, as it is written. */
  readonly text: string;
}

/**
 * The reference architectures of a config folder, in the order of `reference.yaml`.
 *
 * @throws UserError where a file is wrong, or has no entry, or an entry has no file
 */
export function loadReferences(configDir: string): ReferenceEntry[] {
  const { agencies, problems } = loadFiles(configDir);
  const errors = problems.filter(({ severity }) => severity === 'error').map(formatProblem);
  if (errors.length > 0) throw new UserError(...errors);

  const entries = readCatalogue(join(configDir, 'reference.yaml'));
  const missing = agencies.filter(({ id }) => !entries.some((entry) => entry.id === id));
  if (missing.length > 0) {
    throw new UserError(...missing.map(({ id, file }) => `${file}: has no entry \`${id}\` in reference.yaml`));
  }
  return entries.map((entry) => {
    const agency = agencies.find(({ id }) => id === entry.id);
    if (!agency) throw new UserError(`reference.yaml: \`${entry.id}\` has no file reference/${entry.id}.yaml`);
    return { ...entry, agency, text: readFileSync(join(configDir, 'reference', `${entry.id}.yaml`), 'utf8') };
  });
}

type Entry = z.output<typeof entrySchema>;

function readCatalogue(path: string): Entry[] {
  const source = readSource(path, '`references:`');
  const problems = source.value
    ? findIssues(catalogueSchema, source.value).map(({ path: at, message }): Problem => {
        return { severity: 'error', ...source.locate(at), path: formatPath(at), message };
      })
    : source.problems;
  if (problems.length > 0) throw new UserError(...problems.map(formatProblem));
  return catalogueSchema.parse(source.value).references;
}

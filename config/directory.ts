import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { packageRoot } from '../core/package-root';
import { AGENCY_KINDS } from './schema';
import { hostName, label, slug as slugRule } from './values';

const directoryEntry = z.strictObject({
  slug: slugRule,
  /** The statistics office's code; provinces and cities only. */
  code: z
    .string()
    .regex(/^\d{2}$/)
    .optional(),
  name: z.strictObject({ vi: label, en: label }),
  kind: z.enum(AGENCY_KINDS),
  domain: hostName,
  /** What the body took over besides itself, by Vietnamese names. */
  mergedFrom: z.array(label),
});

/** An agency that `init` knows. */
export type DirectoryEntry = z.output<typeof directoryEntry>;

/**
 * The agencies of `config/directory.yaml`, in its order. It is data of the package, not of the user, so a mistake in it
 * is a bug and throws as one.
 */
export function readDirectory(): DirectoryEntry[] {
  const file = join(packageRoot(), 'config', 'directory.yaml');
  return z.array(directoryEntry).parse(parse(readFileSync(file, 'utf8')));
}

/** The agency of that slug, if the directory has it. */
export function findInDirectory(id: string): DirectoryEntry | undefined {
  return readDirectory().find(({ slug }) => slug === id);
}

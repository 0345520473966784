import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agencyJsonSchemaText } from '../../config/json-schema';
import { requireConfigFolder } from '../config-folder';
import type { Io } from '../io';
import { writeWholeFile } from '../write-file';

export interface SchemaOptions {
  /** Folder of the agency files. */
  readonly config: string;
  /** Only say whether the file is up to date. */
  readonly check?: boolean;
}

export interface SchemaFile {
  readonly file: string;
  /** What it was found as. */
  readonly was: 'current' | 'stale' | 'missing';
}

/** Brings the JSON Schema in the config folder up to date, unless `check` is set. */
export function updateSchema({ config, check = false }: SchemaOptions): SchemaFile {
  requireConfigFolder(config);
  const file = join(config, 'agency.schema.json');
  const text = agencyJsonSchemaText();
  const old = readIfThere(file);
  const was = old === undefined ? 'missing' : old === text ? 'current' : 'stale';
  if (was !== 'current' && !check) writeWholeFile(file, text);
  return { file, was };
}

export async function schemaCommand(options: SchemaOptions, io: Io): Promise<number> {
  const { file, was } = updateSchema(options);
  if (was === 'current') io.stdout.write(`${file} is up to date\n`);
  else if (options.check) io.stdout.write(`${file} is ${was}; run portal6 schema\n`);
  else io.stdout.write(`Wrote ${file}\n`);
  return options.check && was !== 'current' ? 1 : 0;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

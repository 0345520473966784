import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemaTexts } from '../../config/json-schema';
import { requireConfigFolder } from '../config-folder';
import type { Io } from '../io';
import { writeWholeFile } from '../write-file';

export interface SchemaOptions {
  /** Folder of the agency files. */
  readonly config: string;
  /** Only say whether the files are up to date. */
  readonly check?: boolean;
}

export interface SchemaFile {
  readonly file: string;
  /** What it was found as. */
  readonly was: 'current' | 'stale' | 'missing';
}

/** Brings the JSON Schemas in the config folder up to date, unless `check` is set. */
export function updateSchemas({ config, check = false }: SchemaOptions): SchemaFile[] {
  requireConfigFolder(config);
  return Object.entries(jsonSchemaTexts()).map(([name, text]) => {
    const file = join(config, name);
    const old = readIfThere(file);
    const was = old === undefined ? 'missing' : old === text ? 'current' : 'stale';
    if (was !== 'current' && !check) writeWholeFile(file, text);
    return { file, was };
  });
}

export async function schemaCommand(options: SchemaOptions, io: Io): Promise<number> {
  const files = updateSchemas(options);
  for (const { file, was } of files) {
    if (was === 'current') io.stdout.write(`${file} is up to date\n`);
    else if (options.check) io.stdout.write(`${file} is ${was}; run portal6 schema\n`);
    else io.stdout.write(`Wrote ${file}\n`);
  }
  return options.check && files.some(({ was }) => was !== 'current') ? 1 : 0;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

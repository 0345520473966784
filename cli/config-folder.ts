import { readdirSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { UserError } from '../core/errors';

/** Ids of the agencies that have a file in the config folder, whether or not the file is right, in alphabetical order. */
export function agencyIds(configDir: string): string[] {
  return readdirSync(join(configDir, 'agencies')).filter(isAgencyFile).map(agencyIdOf).sort();
}

/** Whether a file in the folder of agencies is one's, as its name goes. */
export function isAgencyFile(name: string): boolean {
  return /\.ya?ml$/.test(name) && !name.startsWith('.');
}

/** Id of the agency that a file is about. */
export function agencyIdOf(file: string): string {
  return basename(file, extname(file));
}

/**
 * Refuses a config folder that is not there, where the next step would make it: out of a typing error.
 *
 * @throws UserError
 */
export function requireConfigFolder(configDir: string): void {
  if (statSync(configDir, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new UserError(`no folder ${configDir}; run portal6 where your config folder is, or name it with --config DIR`);
}

import { readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { UserError } from '../core/errors';
import { displayName } from './source';

/**
 * The agency files of a config folder, in alphabetical order.
 *
 * @throws UserError when there is none.
 */
export function agencyFiles(configDir: string): readonly string[] {
  const folder = join(configDir, 'agencies');
  const files = listFolder(folder)
    .filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('.'))
    .sort();
  if (files.length > 0) return files.map((name) => join(folder, name));
  throw new UserError(`no agency file in ${displayName(folder)}; \`portal6 init <agency>\` writes one`);
}

/**
 * The agency files among the reference architectures. The registry's file beside them is none.
 *
 * @throws UserError when there is no such folder
 */
export function referenceFiles(configDir: string): readonly string[] {
  const folder = join(configDir, 'reference');
  return listFolder(folder)
    .filter((name) => /\.ya?ml$/.test(name) && name !== 'registry.yaml')
    .sort()
    .map((name) => join(folder, name));
}

/** Id of the agency that a file is about. */
export function idOf(file: string): string {
  return basename(file, extname(file));
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw new UserError(
        `no folder ${displayName(folder)}; \`portal6 init <agency>\` makes it, with the agency's file in it`,
      );
    }
    if (code === 'ENOTDIR') throw new UserError(`${displayName(folder)} is not a folder`);
    throw new UserError(`${displayName(folder)} cannot be read (${code ?? 'unknown error'})`);
  }
}

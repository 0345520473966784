import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { UserError } from '../core/errors';

/** Where a page says what made it, with all that may stand before. */
const HEAD = 4096;

/**
 * Refuses a file that is there and was not made by the same generator, before anything is done that takes long.
 *
 * @param generator as its `<meta name="generator">` has it
 * @throws UserError
 */
export function requireOwnFile(file: string, generator: string): void {
  if (!existsSync(file)) return;
  if (statSync(file).isDirectory())
    throw new UserError(`${file}: is a folder; name a file, as in --output report.html`);
  if (headOf(file).includes(`<meta name="generator" content="${generator}">`)) return;
  throw new UserError(`${file}: is there, and ${generator} did not write it; name another file, or say --force`);
}

function headOf(file: string): string {
  const bytes = Buffer.alloc(HEAD);
  try {
    const handle = openSync(file, 'r');
    try {
      return bytes.toString('utf8', 0, readSync(handle, bytes, 0, HEAD, 0));
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

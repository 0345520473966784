import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findInDirectory } from '../../config/directory';
import { draftAgency, type DraftOptions } from '../../config/draft';

/** The folder with the examples. */
export const EXAMPLES = join(__dirname, '../../config');

/** Text of the file that `init` would write for an agency of the directory. */
export function drafted(slug: string, options?: DraftOptions): string {
  return draftAgency(findInDirectory(slug)!, options);
}

/** The same, once somebody has decided that data may be abroad. */
export function decided(slug: string, options?: DraftOptions): string {
  return drafted(slug, options).replace('REPLACE-ME/QD', '12/QD-UBND').replace('REPLACE ME', 'Nguyễn Văn A');
}

/** Text of an example agency's file. */
export function example(slug: string): string {
  return readFileSync(join(EXAMPLES, 'agencies', `${slug}.yaml`), 'utf8');
}

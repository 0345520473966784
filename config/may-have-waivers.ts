import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether the fleet's file, or one of these agencies', may hold a waiver. Looks at the texts alone, so that a check
 * without waivers need not load YAML and the schema, which takes longer than the check itself.
 */
export function mayHaveWaivers(configDir: string, agencies: readonly string[]): boolean {
  const fleet = textOf(join(configDir, 'waivers.yaml')).replace(/^\s*(#.*)?$/gm, '');
  return !/^\s*(waivers: *\[\]\s*)?$/.test(fleet) || agencies.some((id) => mayHaveOwnWaivers(configDir, id));
}

/** Whether the agency's file may hold a waiver. */
export function mayHaveOwnWaivers(configDir: string, agency: string): boolean {
  const files = ['yaml', 'yml'].map((extension) => join(configDir, 'agencies', `${agency}.${extension}`));
  return files.some((file) => textOf(file).includes('waivers'));
}

/** What cannot be read is read again, and complained of, by whoever looks for the waivers in it. */
const UNREADABLE = 'waivers';

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'ENOENT' ? '' : UNREADABLE;
  }
}

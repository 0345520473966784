import { didYouMean } from '../config/suggest';
import { UserError } from '../core/errors';

/** How reports of a check are written. */
export const FORMATS = ['text', 'json', 'sarif', 'junit', 'markdown', 'github'] as const;

export type ReportFormat = (typeof FORMATS)[number];

/** One report to write; without a file, on stdout. */
export interface Destination {
  readonly format: ReportFormat;
  readonly file?: string;
}

/**
 * Reads `text`, `sarif=out.sarif` and so on. `output` is for the one format that names no file.
 *
 * @throws UserError when formats are unknown, or two of them would go to the same place.
 */
export function destinationsOf(formats: readonly string[], output?: string): Destination[] {
  const asked = (formats.length > 0 ? formats : ['text']).map((text): Destination => {
    const [name, ...rest] = text.split('=');
    const file = rest.length > 0 ? rest.join('=') : undefined;
    const format = FORMATS.find((one) => one === name);
    if (!format) {
      throw new UserError(`no format \`${name}\`; there are ${FORMATS.join(', ')}${didYouMean(name!, FORMATS)}`);
    }
    if (file === '') throw new UserError(`name a file after \`${format}=\`, or leave the equals sign out`);
    return { format, ...(file !== undefined && { file }) };
  });
  const unnamed = asked.filter(({ file }) => file === undefined);
  if (unnamed.length > 1) {
    const names = unnamed.map(({ format }) => format);
    throw new UserError(
      `${names.join(' and ')} cannot both go to ${output ?? 'stdout'}; name a file, as in --format ${names[1]}=FILE`,
    );
  }
  if (output !== undefined && unnamed.length === 0) {
    throw new UserError(`--output ${output} is for a format that names no file; each of these does`);
  }
  const all = asked.map((one) => (one.file === undefined && output !== undefined ? { ...one, file: output } : one));
  const twice = all.find(({ file }, index) => file !== undefined && all.findIndex((one) => one.file === file) < index);
  if (twice) throw new UserError(`two formats cannot both go to ${twice.file}`);
  return all;
}

import { countsOf } from '../../policy/verdict';
import { agencyCount } from '../../report/fleet';
import { FLEET_GENERATOR, fleetPage } from '../../report/fleet-page';
import type { Language } from '../../report/language';
import { checkedInput, type InputOptions } from '../checked-input';
import { tellCrashes } from '../crashes';
import { fleetReport } from '../fleet-report';
import type { Io } from '../io';
import { colorsFor, plural, renderProblems } from '../output';
import { requireOwnFile } from '../own-file';
import { writeWholeFile } from '../write-file';

export interface ReportOptions extends InputOptions {
  /** File to write to. */
  readonly output: string;
  /** What the page opens in; it has both. */
  readonly language: Language;
  /** Whether to write over a file that is none of ours. */
  readonly force?: boolean;
}

/** The command: the page in its file, and where that is and what is in it on stderr. */
export async function reportCommand(paths: readonly string[], options: ReportOptions, io: Io): Promise<number> {
  const { output, language, config, force } = options;
  if (!force) requireOwnFile(output, FLEET_GENERATOR);
  const input = checkedInput(paths, options);
  io.stderr.write(renderProblems(input.problems, colorsFor(io.stderr, io.env)));

  const { fleet, pictures, crashes } = await fleetReport(input, config);
  writeWholeFile(output, fleetPage(fleet, pictures, language));
  const { portals } = fleet.report.summary;
  const counts = countsOf(fleet.report);
  const broken = fleet.broken.length > 0 ? `, ${plural(fleet.broken.length, 'file')} with errors` : '';
  io.stderr.write(
    `Wrote ${output}: ${plural(agencyCount(fleet), 'agency')}, ${plural(portals, 'portal')}${counts && `, ${counts}`}${broken}\n`,
  );
  tellCrashes({ crashes }, io);
  if (crashes.length > 0) return 70;
  return input.isBroken ? 2 : 0;
}

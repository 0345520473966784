import { readFileSync } from 'node:fs';
import { UserError } from '../../core/errors';
import { packageVersion } from '../../core/package-root';
import { reportOf } from '../../policy/assemble';
import { type Baseline, markKnown, readBaseline } from '../../policy/baseline';
import type { FailOn, Report, ReportContext } from '../../policy/report';
import { githubReport } from '../../policy/reporters/github';
import { jsonReport } from '../../policy/reporters/json';
import { junitReport } from '../../policy/reporters/junit';
import { markdownReport } from '../../policy/reporters/markdown';
import { sarifReport } from '../../policy/reporters/sarif';
import { textReport } from '../../policy/reporters/text';
import { RULES } from '../../policy/rules';
import { passes, summaryLine } from '../../policy/verdict';
import { WAIVER_RULES } from '../../policy/waivers';
import { checkedInput, type InputOptions } from '../checked-input';
import { tellCrashes } from '../crashes';
import { type Destination, destinationsOf, type ReportFormat } from '../formats';
import type { Io } from '../io';
import { type ChosenRules, judgeInput } from '../judged';
import { colorsFor, renderProblems, renderTable } from '../output';
import { writeWholeFile } from '../write-file';
import { ruleOf } from './rules';

export interface CheckOptions extends InputOptions {
  /** `text`, `sarif=out.sarif` and so on. */
  readonly format: readonly string[];
  /** File for the format that names none. */
  readonly output?: string;
  readonly failOn: FailOn;
  /** Ids of the rules to ask; none for all. */
  readonly rule: readonly string[];
  /** Ids of rules to leave out. */
  readonly skip: readonly string[];
  /** JSON report of an earlier run. */
  readonly baseline?: string;
}

export async function checkCommand(paths: readonly string[], options: CheckOptions, io: Io): Promise<number> {
  const destinations = destinationsOf(options.format, options.output);
  const chosen = chooseRules(options);
  const baseline = options.baseline === undefined ? undefined : readBaselineFile(options.baseline);
  const input = checkedInput(paths, options);
  io.stderr.write(renderProblems(input.problems, colorsFor(io.stderr, io.env)));

  const { assembly, findings } = judgeInput(input, chosen, options.config);
  const report = reportOf(assembly, baseline ? markKnown(findings, baseline) : findings);
  const context: ReportContext = {
    rules: [...chosen.rules, ...chosen.aboutWaivers],
    failOn: options.failOn,
    stacks: assembly.stacks,
    version: packageVersion(),
    baseline: baseline !== undefined,
  };
  write(report, context, destinations, io);
  tellCrashes(assembly, io);
  if (assembly.crashes.length > 0) return 70;
  if (input.isBroken) return 2;
  return passes(report, options.failOn) ? 0 : 1;
}

function chooseRules({ rule: only, skip }: CheckOptions): ChosenRules {
  const wanted = new Set(only.map((id) => ruleOf(id).id));
  const unwanted = new Set(skip.map((id) => ruleOf(id).id));
  const isChosen = ({ id }: { readonly id: string }) => (wanted.size === 0 || wanted.has(id)) && !unwanted.has(id);
  const chosen = { rules: RULES.filter(isChosen), aboutWaivers: WAIVER_RULES.filter(isChosen) };
  if (chosen.rules.length + chosen.aboutWaivers.length === 0) {
    throw new UserError('--rule and --skip together leave no rule');
  }
  return chosen;
}

function readBaselineFile(file: string): Baseline {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`);
  }
  try {
    return readBaseline(JSON.parse(text), file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file} is no JSON: ${(error as Error).message}`);
  }
}

const RENDER: Readonly<Record<Exclude<ReportFormat, 'text'>, (report: Report, context: ReportContext) => string>> = {
  json: jsonReport,
  sarif: sarifReport,
  junit: junitReport,
  markdown: markdownReport,
  github: githubReport,
};

function write(report: Report, context: ReportContext, destinations: readonly Destination[], io: Io): void {
  for (const { format, file } of destinations) {
    // A file is no terminal.
    const colors = colorsFor(file === undefined ? io.stdout : { ...io.stdout, isTTY: false }, io.env);
    const style = {
      ...colors,
      table: (...table: Parameters<typeof renderTable>) => renderTable(table[0], table[1], colors),
    };
    const text = format === 'text' ? textReport(report, context, style) : RENDER[format](report, context);
    if (file === undefined) io.stdout.write(text);
    else writeWholeFile(file, text);
  }
  const files = destinations.flatMap(({ file }) => file ?? []);
  if (files.length === destinations.length) io.stderr.write(`${summaryLine(report, context.failOn)}\n`);
  if (files.length > 0) io.stderr.write(`Wrote ${files.join(', ')}\n`);
}

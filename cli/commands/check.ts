import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { mayHaveWaivers } from '../../config/may-have-waivers';
import { didYouMean } from '../../config/suggest';
import { today } from '../../core/days';
import { UserError } from '../../core/errors';
import { stackId } from '../../core/names';
import { packageVersion } from '../../core/package-root';
import { assemble, type Assembly, type CheckedStack, type Origin, reportOf } from '../../policy/assemble';
import { type Baseline, markKnown, readBaseline } from '../../policy/baseline';
import type { FailOn, Report, ReportContext, ReportFinding } from '../../policy/report';
import { githubReport } from '../../policy/reporters/github';
import { jsonReport } from '../../policy/reporters/json';
import { junitReport } from '../../policy/reporters/junit';
import { markdownReport } from '../../policy/reporters/markdown';
import { sarifReport } from '../../policy/reporters/sarif';
import { textReport } from '../../policy/reporters/text';
import type { Resource } from '../../policy/resource-graph';
import type { Rule } from '../../policy/rule';
import { RULES } from '../../policy/rules';
import { inputs, takeName } from '../../policy/sources/input';
import { passes, summaryLine } from '../../policy/verdict';
import { applyWaivers, WAIVER_RULES, type WaiverRule } from '../../policy/waivers';
import { agencyIds, requireConfigFolder } from '../config-folder';
import type { Designed } from '../designed-stacks';
import { type Destination, destinationsOf, type ReportFormat } from '../formats';
import type { Io } from '../io';
import { colorsFor, plural, renderProblems, renderTable } from '../output';
import { synthTwin } from '../synth-twin';
import { isRegistry, parseTarget, stateHolder } from '../target';
import { writeWholeFile } from '../write-file';
import { ruleOf } from './rules';

export interface CheckOptions {
  /** Folder of the agency files and waivers. */
  readonly config: string;
  /** Whether somebody named that folder, so that it has to be there. */
  readonly configGiven: boolean;
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
  /** Folder of synthesized stacks, where the constructs behind a plan are looked up. */
  readonly synth: string;
}

export async function checkCommand(paths: readonly string[], options: CheckOptions, io: Io): Promise<number> {
  const destinations = destinationsOf(options.format, options.output);
  const chosen = chooseRules(options);
  const baseline = options.baseline === undefined ? undefined : readBaselineFile(options.baseline);
  if (options.configGiven) requireConfigFolder(options.config);
  const { files, targets } = sortPaths(paths, options.config);

  const designed =
    paths.length === 0 || targets.length > 0 ? load.designed().designedStacks(targets, options.config) : undefined;
  const problems = designed?.problems.filter(({ severity }) => severity !== 'notice') ?? [];
  io.stderr.write(renderProblems(problems, colorsFor(io.stderr, io.env)));
  const isBroken = problems.some(({ severity }) => severity === 'error');

  const checked: Checked[] = [];
  const assembly = assemble(stacksOf(files, designed, options, checked), chosen.rules);
  const findings = settle(assembly, checked, {
    options,
    chosen,
    designed,
    isComplete: paths.length === 0 && !isBroken,
    baseline,
  });
  const report = reportOf(assembly, findings);
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
  if (isBroken) return 2;
  return passes(report, options.failOn) ? 0 : 1;
}

interface Chosen {
  readonly rules: readonly Rule[];
  readonly aboutWaivers: readonly WaiverRule[];
}

function chooseRules({ rule: only, skip }: CheckOptions): Chosen {
  const wanted = new Set(only.map((id) => ruleOf(id).id));
  const unwanted = new Set(skip.map((id) => ruleOf(id).id));
  const isChosen = ({ id }: { readonly id: string }) => (wanted.size === 0 || wanted.has(id)) && !unwanted.has(id);
  const chosen = { rules: RULES.filter(isChosen), aboutWaivers: WAIVER_RULES.filter(isChosen) };
  if (chosen.rules.length + chosen.aboutWaivers.length === 0) {
    throw new UserError('--rule and --skip together leave no rule');
  }
  return chosen;
}

/** What is there as a file or folder is one, whatever an agency is called. */
function sortPaths(paths: readonly string[], config: string) {
  const there = paths.filter((path) => existsSync(path));
  const files = [...new Map(there.map((path) => [realpathSync(path), path])).values()];
  const targets = paths.filter((path) => !there.includes(path));
  for (const target of targets) requireTarget(target, config);
  for (const path of there) refuseYaml(path, config);
  return { files, targets };
}

/** Shells complete the file of an agency where its name is meant. */
function refuseYaml(path: string, config: string): void {
  const id = basename(path).replace(/\.ya?ml$/, '');
  if (id === basename(path)) return;
  const hint = agencyIdsIn(config).includes(id) ? `; did you mean the agency, \`${id}\`?` : '';
  throw new UserError(`${path}: is YAML, not the JSON of a stack or plan${hint}`);
}

function requireTarget(text: string, config: string): void {
  const nothing = `${text}: there is no such file or folder`;
  // Whatever has a dot or begins with a slash is meant as a path.
  if (!/^[a-z0-9-]+(\/[a-z0-9-]+)?$/.test(text)) throw new UserError(nothing);
  if (isRegistry(text) || stateHolder(text) !== undefined) return;
  const { agency } = parseTarget(text, 2);
  const ids = agencyIdsIn(config);
  if (ids.includes(agency)) return;
  throw new UserError(
    `${nothing}, and no agency \`${agency}\` in ${join(config, 'agencies')}${didYouMean(agency, ids)}`,
  );
}

/** Without a config folder there are no agencies. */
function agencyIdsIn(config: string): string[] {
  return existsSync(join(config, 'agencies')) ? agencyIds(config) : [];
}

/** What is remembered of a stack once its resources are let go. */
interface Checked {
  readonly stack: string;
  /** Whether its resources know their constructs. */
  readonly hasConstructs: boolean;
}

function* stacksOf(
  files: readonly string[],
  designed: Designed | undefined,
  { config, synth }: CheckOptions,
  checked: Checked[],
): Generator<CheckedStack> {
  let lines: ((constructPath: string) => Origin['source']) | undefined;
  const lineOf = (path: string | undefined): Origin['source'] =>
    path === undefined ? undefined : (lines ??= load.lines().sourceLines(config))(path);

  // A plan is called as the stack that it is of, which may be there, too.
  const taken = new Set<string>();
  for (const { stack: name, file, kind, graph } of files.length > 0 ? inputs(files) : []) {
    const twin = kind === 'stack' ? undefined : synthTwin(graph, file, synth);
    const stack = takeName(taken, twin?.stack ?? name, file);
    const constructOf = (resource: Resource) => resource.constructPath ?? twin?.constructOf(resource);
    const hasConstructs =
      twin !== undefined || graph.resources.some(({ constructPath }) => constructPath !== undefined);
    checked.push({ stack, hasConstructs });
    yield {
      stack,
      graph,
      originOf: (resource) => {
        const construct = constructOf(resource);
        return { construct, source: lineOf(construct) ?? { file } };
      },
    };
  }
  for (const { stack: name, graph } of designed?.stacks ?? []) {
    const stack = takeName(taken, name, `${name} (as configured)`);
    checked.push({ stack, hasConstructs: true });
    yield { stack, graph, originOf: ({ constructPath }) => ({ source: lineOf(constructPath) }) };
  }
}

interface Settling {
  readonly options: CheckOptions;
  readonly chosen: Chosen;
  readonly designed: Designed | undefined;
  /** Whether every stack that there is was checked. */
  readonly isComplete: boolean;
  readonly baseline: Baseline | undefined;
}

/** The findings as waivers and the baseline leave them. */
function settle(
  { findings, stacks }: Assembly,
  checked: readonly Checked[],
  { options, chosen, designed, isComplete, baseline }: Settling,
): readonly ReportFinding[] {
  const day = today();
  const agencies = agencyIdsIn(options.config).filter((id) =>
    stacks.some((stack) => stack.startsWith(stackId(id, ''))),
  );
  const waivers = mayHaveWaivers(options.config, agencies)
    ? load.waivers().waiversFor(options.config, designed?.agencies ?? [], agencies, {
        knownRules: RULES.map(({ id }) => id),
        today: day,
      })
    : [];
  const ids = new Set([...chosen.rules, ...chosen.aboutWaivers].map(({ id }) => id));
  const waived = applyWaivers(findings, waivers, {
    today: day,
    stacks: checked.filter(({ hasConstructs }) => hasConstructs).map(({ stack }) => stack),
    complete: isComplete,
    rules: chosen.rules.map(({ id }) => id),
  }).filter(({ rule }) => ids.has(rule));
  return baseline ? markKnown(waived, baseline) : waived;
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

/** One trace a rule: what breaks on one resource breaks on a thousand. */
function tellCrashes({ crashes }: Assembly, { stderr }: Io): void {
  for (const id of new Set(crashes.map(({ rule }) => rule))) {
    const own = crashes.filter(({ rule }) => rule === id);
    const { stack, address, error } = own[0]!;
    const more = own.length > 1 ? ` and on ${plural(own.length - 1, 'more resource')}` : '';
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    stderr.write(`${id} broke down on ${address} of ${stack}${more}:\n${trace}\n`);
  }
  if (crashes.length > 0) {
    stderr.write(`\nThis is a bug in portal6 ${packageVersion()}. Please report it with the lines above.\n`);
  }
}

/** What few runs need, and what takes long to load: the constructs, YAML, the config schema. */
const load = {
  designed: () => require('../designed-stacks') as typeof import('../designed-stacks'),
  lines: () => require('../source-lines') as typeof import('../source-lines'),
  waivers: () => require('../waivers') as typeof import('../waivers'),
};

import { existsSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Problem } from '../config/problem';
import { didYouMean } from '../config/suggest';
import { UserError } from '../core/errors';
import type { CheckedStack, Origin } from '../policy/assemble';
import type { Resource } from '../policy/resource-graph';
import { inputs, takeName } from '../policy/sources/input';
import { agencyIds, requireConfigFolder } from './config-folder';
import type { Designed } from './designed-stacks';
import { synthTwin } from './synth-twin';
import { isRegistry, parseTarget, stateHolder } from './target';

export interface InputOptions {
  /** Folder of the agency files and waivers. */
  readonly config: string;
  /** Whether somebody named that folder, so that it has to be there. */
  readonly configGiven: boolean;
  /** Folder of synthesized stacks, where the constructs behind a plan are looked up. */
  readonly synth: string;
}

/** What is remembered of a stack once its resources are let go. */
export interface SeenStack {
  readonly stack: string;
  /** Whether its resources know their constructs. */
  readonly hasConstructs: boolean;
}

/** What paths and targets name, to be judged. */
export interface CheckedInput {
  /** The stacks as configured; undefined where files and folders alone are named. */
  readonly designed: Designed | undefined;
  /** What is wrong with the agency files, without notices. */
  readonly problems: readonly Problem[];
  /** Whether an agency file has errors, so that its stacks are missing. */
  readonly isBroken: boolean;
  /** Whether these are all stacks that there are. */
  readonly isComplete: boolean;
  /** Read or synthesized one by one, as they are asked for; once. */
  readonly stacks: Iterable<CheckedStack>;
  /** Those that were asked for so far. */
  readonly seen: readonly SeenStack[];
}

/**
 * Finds what paths and targets name. Without any it is every agency and the registry, synthesized in memory.
 *
 * @throws UserError for what is neither there nor an agency
 */
export function checkedInput(paths: readonly string[], options: InputOptions): CheckedInput {
  if (options.configGiven) requireConfigFolder(options.config);
  const { files, targets } = sortPaths(paths, options.config);
  const designed =
    paths.length === 0 || targets.length > 0 ? load.designed().designedStacks(targets, options.config) : undefined;
  const problems = designed?.problems.filter(({ severity }) => severity !== 'notice') ?? [];
  const isBroken = problems.some(({ severity }) => severity === 'error');
  const seen: SeenStack[] = [];
  return {
    designed,
    problems,
    isBroken,
    isComplete: paths.length === 0 && !isBroken,
    stacks: stacksOf(files, designed, options, seen),
    seen,
  };
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
export function agencyIdsIn(config: string): string[] {
  return existsSync(join(config, 'agencies')) ? agencyIds(config) : [];
}

function* stacksOf(
  files: readonly string[],
  designed: Designed | undefined,
  { config, synth }: InputOptions,
  seen: SeenStack[],
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
    seen.push({ stack, hasConstructs });
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
    seen.push({ stack, hasConstructs: true });
    yield { stack, graph, originOf: ({ constructPath }) => ({ source: lineOf(constructPath) }) };
  }
}

/** What few runs need, and what takes long to load: the constructs, YAML, the config schema. */
const load = {
  designed: () => require('./designed-stacks') as typeof import('./designed-stacks'),
  lines: () => require('./source-lines') as typeof import('./source-lines'),
};

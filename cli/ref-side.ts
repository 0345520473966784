import { execFileSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../config/problem';
import { registryFile } from '../config/registry-file';
import { ToolError } from '../core/errors';
import { REGISTRY_STACK } from '../core/names';
import { packageRoot } from '../core/package-root';
import { readInput } from '../policy/sources/input';
import { isRecord } from '../policy/value';
import type { StackSource } from '../review/sides';
import { agencyIdsIn } from './checked-input';
import { agencyIdOf } from './config-folder';
import { designedStacks } from './designed-stacks';

/** A stack of a side, and the file that it is made from. */
export interface SideStack extends StackSource {
  readonly agency?: string;
  readonly environment?: string;
}

/** The stacks that the files of a folder ask for. */
export interface DesignedSide {
  readonly stacks: ReadonlyMap<string, SideStack>;
  /**
   * Whose files are wrong, so that nothing is known of their stacks: ids of agencies, the registry by its stack. A mistake in
   * `defaults.yaml` is one in all of them.
   */
  readonly broken: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/**
 * The stacks of some agencies, made by this program as they are asked for. An agency without a file has none.
 *
 * @param agencies ids; `all` is the registry, too
 */
export function designedSide(config: string, agencies: ReadonlySet<string> | 'all'): DesignedSide {
  const there = agenciesIn(config, agencies);
  if (there.length === 0 && (agencies !== 'all' || !existsSync(registryFile(config)))) return NO_SIDE;
  const { designs, problems } = designedStacks(agencies === 'all' ? [] : there, config);
  const stacks = new Map(
    designs.map(({ stack, agency, environment, synthesize }) => [
      stack,
      { agency, environment, read: () => ({ ...synthesize(), kind: 'stack' as const }) },
    ]),
  );
  return { stacks, problems, broken: brokenIn(stacks, problems, config, agencies) };
}

/** A side on which nothing is made. */
export const NO_SIDE: DesignedSide = { stacks: new Map(), broken: new Set(), problems: [] };

/** Ids of those of the agencies that have a file. */
function agenciesIn(config: string, agencies: ReadonlySet<string> | 'all'): string[] {
  const all = agencyIdsIn(config);
  return agencies === 'all' ? all : all.filter((id) => agencies.has(id));
}

/** Whoever has a file and no stack, be the mistake in that file or in another. */
function brokenIn(
  stacks: ReadonlyMap<string, SideStack>,
  problems: readonly Problem[],
  config: string,
  agencies: ReadonlySet<string> | 'all',
): ReadonlySet<string> {
  const owners = agenciesIn(config, agencies);
  if (agencies === 'all' && existsSync(registryFile(config))) owners.push(REGISTRY_STACK);
  const made = new Set([...stacks].map(([stack, { agency }]) => agency ?? stack));
  const named = problems.filter(({ severity }) => severity === 'error').map(({ file }) => agencyIdOf(file));
  return new Set(owners.filter((owner) => !made.has(owner) || named.includes(owner)));
}

/**
 * The same, made by the code that is checked out beside the config folder, with the packages that are installed here.
 *
 * @param root of what is checked out
 * @throws ToolError where that code does not compile or does not run
 */
export function builtSide(root: string, config: string, agencies: ReadonlySet<string> | 'all'): DesignedSide {
  const modules = join(root, 'node_modules');
  if (!existsSync(modules)) symlinkSync(join(packageRoot(), 'node_modules'), modules, 'dir');
  runIn(root, 'npm', ['run', '--silent', 'build']);
  const there = agenciesIn(config, agencies);
  if (there.length === 0 && (agencies !== 'all' || !existsSync(registryFile(config)))) return NO_SIDE;
  const out = join(root, '.portal6-review');
  const text = runIn(root, process.execPath, [
    join('dist', 'cli', 'bin.js'),
    'synth',
    ...(agencies === 'all' ? [] : there),
    '--config',
    config,
    '--out',
    out,
    '--format',
    'json',
  ]);
  const { stacks, problems } = readResult(text);
  return { stacks, problems, broken: brokenIn(stacks, problems, config, agencies) };
}

function readResult(text: string): Pick<DesignedSide, 'stacks' | 'problems'> {
  const result: unknown = JSON.parse(text);
  const { stacks, problems } = isRecord(result) ? result : {};
  return {
    stacks: new Map(
      records(stacks).flatMap(({ id, agency, environment, file }): [string, SideStack][] => {
        if (typeof id !== 'string' || typeof file !== 'string') return [];
        const owner = {
          ...(typeof agency === 'string' && { agency }),
          ...(typeof environment === 'string' && { environment }),
        };
        return [[id, { ...owner, file, read: () => readInput(file) }]];
      }),
    ),
    problems: records(problems).filter(isProblem),
  };
}

function isProblem(value: Record<string, unknown>): value is Record<string, unknown> & Problem {
  return ['severity', 'file', 'path', 'message'].every((key) => typeof value[key] === 'string');
}

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** What a program printed. A synth that found mistakes in some files has written the others, and ends with 2. */
function runIn(folder: string, program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { status, stdout, stderr } = error as { status?: number; stdout?: string; stderr?: string };
    if (status === 2 && stdout?.startsWith('{')) return stdout;
    const said = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(0, 20);
    throw new ToolError(`${program} ${args.join(' ')} failed in what was checked out:`, ...said);
  }
}

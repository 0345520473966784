import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../../core/errors';
import type { ResourceGraph } from '../resource-graph';
import { readPlanJson } from './plan';
import { type Json, record } from './show-json';
import { readStackJson } from './stack-json';
import { readStateJson } from './state';

/** One stack, plan or state to judge. */
export interface Input {
  /**
   * Id of the stack where cdktf made the file, else the file's name. No two of one run are the same: where stacks of one
   * id are checked, as before and after a change, the second and later ones are called by their files.
   */
  readonly stack: string;
  readonly file: string;
  readonly kind: InputKind;
  readonly graph: ResourceGraph;
  /** What the graph was read from. */
  readonly json: unknown;
}

export type InputKind = 'stack' | 'plan' | 'state';

/**
 * Reads what files and folders hold, one at a time: a thousand graphs would not fit in memory.
 *
 * A path is a folder that cdktf wrote, a stack's folder in it, a configuration in Terraform's JSON syntax, or what
 * `terraform show -json` says of a plan or state.
 *
 * @throws UserError for a path that is none of these
 */
export function* inputs(paths: readonly string[]): Generator<Input> {
  const files = [...new Map(paths.flatMap(inputFiles).map((file) => [realpathSync(file), file])).values()];
  const names = files.map(nameOf);
  const taken = new Set<string>();
  for (const [index, file] of files.entries()) {
    const name = names[index]!;
    const isUnique = names.indexOf(name) === names.lastIndexOf(name);
    const input = readInput(file, isUnique ? name : file);
    yield { ...input, stack: takeName(taken, input.stack, file) };
  }
}

/** A name, or what to call it by instead where that is taken. */
export function takeName(taken: Set<string>, name: string, instead: string): string {
  const own = taken.has(name) ? instead : name;
  taken.add(own);
  return own;
}

export function readInputs(paths: readonly string[]): Input[] {
  return [...inputs(paths)];
}

/**
 * Reads one file.
 *
 * @param name of the stack, where the JSON does not say it
 * @throws UserError where it holds neither a stack nor a plan nor a state
 */
export function readInput(file: string, name?: string): Input {
  return inputOf(readJson(file), file, name);
}

/**
 * What a file's JSON is, read.
 *
 * @param name of the stack, where the JSON does not say it
 * @throws UserError where it is neither a stack nor a plan nor a state
 */
export function inputOf(json: unknown, file: string, name: string = nameOf(file)): Input {
  const kind = kindOf(record(json), file);
  const stackName = record(record(record(json)['//']).metadata).stackName;
  const stack = kind === 'stack' && typeof stackName === 'string' ? stackName : name;
  return { stack, file, kind, graph: READERS[kind](json), json };
}

const READERS: Readonly<Record<InputKind, (json: unknown) => ResourceGraph>> = {
  stack: readStackJson,
  plan: readPlanJson,
  state: readStateJson,
};

const STACK_FILE = 'cdk.tf.json';

/**
 * The files of stacks that a path stands for, which may be itself.
 *
 * @throws UserError for a folder without any
 */
export function inputFiles(path: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new UserError(`${path}: there is no such file or folder`);
  if (!stats.isDirectory()) return [path];
  const own = join(path, STACK_FILE);
  if (existsSync(own)) return [own];
  const files = [join(path, 'stacks'), path].map(stackFilesIn).find((found) => found.length > 0);
  if (files) return files;
  throw new UserError(
    `${path}: there is no ${STACK_FILE} in this folder, nor in stacks/*; run portal6 synth or cdktf synth first,` +
      ' or name the JSON of a plan',
  );
}

function stackFilesIn(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name, STACK_FILE))
    .filter((file) => existsSync(file));
}

/** The name of the stack in a file, as far as its path tells. */
export function nameOf(file: string): string {
  const name = basename(file);
  return name === STACK_FILE ? basename(dirname(resolve(file))) : name;
}

function readJson(file: string): unknown {
  const bytes = readBytes(file);
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    throw new UserError(`${file}: is a binary plan: write it as JSON with terraform show -json ${file}`);
  }
  const text = decode(bytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    if (text.startsWith('{"@level"')) {
      throw new UserError(
        `${file}: is the log of a run: write a plan with terraform plan -out=FILE, then terraform show -json FILE`,
      );
    }
    const message = (error as Error).message.replace(/\s+/g, ' ');
    throw new UserError(`${file}${placeOf(message, text)}: is no JSON: ${message}`);
  }
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UserError(`${file}: cannot be read: ${(error as Error).message}`);
  }
}

/** Shells of Windows write UTF-16 and byte order marks where `>` is used. */
function decode(bytes: Buffer): string {
  const text = bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le') : bytes.toString('utf8');
  return text.replace(/^\uFEFF/, '');
}

/** `:3:14`; nothing where Node does not tell the place. */
function placeOf(message: string, text: string): string {
  const position =
    /at position (\d+)/.exec(message)?.[1] ?? (/^Unexpected end/.test(message) ? text.length : undefined);
  if (position === undefined) return '';
  const before = text.slice(0, Number(position)).split('\n');
  return `:${before.length}:${before.at(-1)!.length + 1}`;
}

function kindOf(json: Json, file: string): InputKind {
  const { format_version: format } = json;
  if (typeof format === 'string') {
    if (!/^[01]\./.test(format)) {
      throw new UserError(`${file}: format_version ${format} is not known here, only 0 and 1`);
    }
    if (PLAN_KEYS.some((key) => key in json)) return requireWhole(json, file);
    if (STATE_KEYS.some((key) => key in json) || Object.keys(json).length === 1) return 'state';
  } else if ('version' in json && 'resources' in json) {
    throw new UserError(`${file}: is a state as Terraform stores it: write it for reading with terraform show -json`);
  } else if (STACK_KEYS.some((key) => typeof json[key] === 'object')) {
    return 'stack';
  }
  throw new UserError(
    `${file}: is neither a configuration in JSON (${STACK_FILE}) nor what terraform show -json says of a plan or state`,
  );
}

const PLAN_KEYS = ['resource_changes', 'planned_values', 'configuration'];
const STATE_KEYS = ['values', 'terraform_version'];
/** Blocks, as opposed to texts that are called so in other files. */
const STACK_KEYS = ['resource', 'data', 'module', 'terraform', 'provider', 'locals', 'output'];

function requireWhole({ errored }: Json, file: string): 'plan' {
  if (errored === true) throw new UserError(`${file}: is a plan that ended with errors, so parts of it are missing`);
  return 'plan';
}

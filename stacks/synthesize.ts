import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { TerraformStack } from 'cdktf';
import { UserError } from '../core/errors';
import { REGISTRY_STACK, stackId } from '../core/names';
import { defineApp, type Selection } from './app';

/** A stack that was written. */
export interface SynthesizedStack {
  readonly id: string;
  /** Absent where the stack belongs to none. */
  readonly agency?: string;
  /** Key of the environment in the agency file; absent where the stack has no portals. */
  readonly environment?: string;
  /** Folder of the stack, for Terraform to run in. */
  readonly directory: string;
  /** Its `cdk.tf.json`. */
  readonly file: string;
}

const STACK_FILE = 'cdk.tf.json';

/** What synthesis writes into the folder of a stack; whatever else is there belongs to Terraform or a person. */
const WRITTEN = [STACK_FILE, 'assets', 'portals.json'];

/**
 * Writes the selected stacks below `outdir`, as `cdktf synth` does, with a manifest of all stacks that are there.
 *
 * Each stack is synthesized aside and moved into place, so that a run that is stopped leaves the old file or the new
 * one. One app an agency: a mistake in one cannot spoil another, and each is released before the next.
 */
export function synthesize(selections: readonly Selection[], outdir: string): SynthesizedStack[] {
  prepareFolder(outdir);
  const aside = join(outdir, `.synth-${process.pid}`);
  const manifest: Manifest = { version: '', stacks: {} };
  const written: SynthesizedStack[] = [];
  try {
    for (const selection of selections) {
      rmSync(aside, { recursive: true, force: true });
      mkdirSync(aside, { recursive: true });
      withoutTokenTraces(() => defineApp(aside, [selection]).synth());
      const part = readManifest(aside)!;
      manifest.version = part.version;
      Object.assign(manifest.stacks, part.stacks);
      written.push(...stacksOf(selection, outdir));
      for (const id of Object.keys(part.stacks)) moveStack(join(aside, 'stacks', id), stackDirectory(outdir, id));
    }
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  if (written.length > 0) writeManifest(outdir, manifest);
  return written;
}

/**
 * Takes away stacks of earlier runs that no file asks for any more.
 *
 * @returns folders that stay whole, because they hold more than synthesis wrote: a state, for one, which cannot be
 * destroyed without its stack
 */
export function removeOtherStacks(outdir: string, wanted: ReadonlySet<string>): string[] {
  const manifest = readManifest(outdir);
  const stale = Object.keys(manifest?.stacks ?? {})
    .filter((id) => !wanted.has(id) && existsSync(stackDirectory(outdir, id)))
    .sort();
  const kept = stale.filter((id) => readdirSync(stackDirectory(outdir, id)).some((name) => !WRITTEN.includes(name)));
  for (const id of stale) {
    if (!kept.includes(id)) rmSync(stackDirectory(outdir, id), { recursive: true });
  }
  if (manifest && stale.length > kept.length) writeManifest(outdir, { ...manifest, stacks: {} });
  return kept.map((id) => stackDirectory(outdir, id));
}

/** The JSON of a stack, made in memory. */
export function stackJson(selection: Selection): unknown {
  return withoutTokenTraces(() => {
    const stack = defineApp(undefined, [selection]).node.children.find(TerraformStack.isStack)!;
    stack.prepareStack();
    return stack.toTerraform();
  });
}

/**
 * cdktf keeps the text of a stack trace with each of its thousands of tokens, a tenth of the whole run. Texts are made
 * when they are read, by this hook of V8; an error that leaves here is read later, and has its trace.
 */
function withoutTokenTraces<T>(work: () => T): T {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = () => '';
  try {
    return work();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

interface Manifest {
  version: string;
  stacks: Record<string, unknown>;
}

function stacksOf(selection: Selection, outdir: string): SynthesizedStack[] {
  const written = (id: string) => {
    const directory = stackDirectory(outdir, id);
    return { id, directory, file: join(directory, STACK_FILE) };
  };
  if ('registry' in selection) return [written(REGISTRY_STACK)];
  if ('state' in selection) return [written(selection.state.id)];
  const { config, environments = Object.keys(config.environments) } = selection;
  const agency = config.agency.id;
  return [...environments].sort().map((environment) => {
    const { id, ...files } = written(stackId(agency, environment));
    return { id, agency, environment, ...files };
  });
}

/** Folder of a stack below the output folder. */
export function stackDirectory(outdir: string, id: string): string {
  return join(outdir, 'stacks', id);
}

/** Makes the folder, and takes away what a run that was killed has left in it. */
function prepareFolder(outdir: string): void {
  if (outdir === '') throw new UserError('name a folder to write to');
  try {
    mkdirSync(outdir, { recursive: true });
    accessSync(outdir, constants.W_OK);
  } catch (error) {
    throw new UserError(`${outdir} cannot be written to: ${(error as Error).message}`);
  }
  for (const name of readdirSync(outdir)) {
    const [, pid] = /^\.synth-(\d+)$/.exec(name) ?? [];
    if (pid && !isRunning(Number(pid))) rmSync(join(outdir, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * The assets first: the new JSON names files that must be there. Their paths hold a hash of what is in them, so one that
 * is there already is the same, and another run may be using it.
 */
function moveStack(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  const assets = filesBelow(join(from, 'assets'));
  for (const file of assets) {
    const target = join(to, 'assets', file);
    if (existsSync(target)) continue;
    mkdirSync(dirname(target), { recursive: true });
    renameSync(join(from, 'assets', file), target);
  }
  renameSync(join(from, STACK_FILE), join(to, STACK_FILE));
  for (const file of filesBelow(join(to, 'assets'))) {
    if (!assets.includes(file)) rmSync(dirname(join(to, 'assets', file)), { recursive: true, force: true });
  }
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
}

function readManifest(outdir: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as Partial<Manifest>;
    return { version: String(manifest.version), stacks: manifest.stacks ?? {} };
  } catch {
    return undefined;
  }
}

/** The manifest of the stacks just written and of those that were there before, in alphabetical order. */
function writeManifest(outdir: string, manifest: Manifest): void {
  const all = { ...readManifest(outdir)?.stacks, ...manifest.stacks };
  const present = Object.keys(all)
    .filter((id) => existsSync(join(stackDirectory(outdir, id), STACK_FILE)))
    .sort();
  const stacks = Object.fromEntries(present.map((id) => [id, all[id]]));
  const temporary = join(outdir, `manifest.json.${process.pid}`);
  writeFileSync(temporary, `${JSON.stringify({ ...manifest, stacks }, null, 2)}\n`);
  renameSync(temporary, join(outdir, 'manifest.json'));
}

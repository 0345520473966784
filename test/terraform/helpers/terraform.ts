import { execFile } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Toolchain } from './toolchain';

/** What Terraform says of a stack. */
export interface Planned {
  /** Every error and warning of `init`, `validate` and `plan`, one line each. */
  readonly diagnostics: readonly string[];

  /** Absent when there were errors. */
  readonly plan?: Plan;
}

/** The parts of `terraform show -json <plan>` that tests look at. */
export interface Plan {
  readonly planned_values: {
    readonly outputs?: Readonly<Record<string, unknown>>;
    readonly root_module: { readonly resources?: readonly PlannedResource[] };
  };
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
  /** What was read or known before; in a first plan outputs alone, or nothing. */
  readonly prior_state?: {
    readonly values?: { readonly root_module?: { readonly resources?: readonly PlannedResource[] } };
  };
}

export interface PlannedResource {
  readonly address: string;
  /** What is not known before apply is left out. */
  readonly values: Readonly<Record<string, unknown>>;
}

const LOCK_FILE = join(__dirname, '../../../config/terraform.lock.hcl');

/**
 * Lets the provider plan without an account, and Terraform without the bucket of the state.
 *
 * The account pin is emptied because the provider would ask AWS whose the keys are.
 */
const OFFLINE = {
  access_key: 'none',
  secret_key: 'none',
  skip_credentials_validation: true,
  skip_requesting_account_id: true,
  skip_metadata_api_check: 'true',
  allowed_account_ids: [],
};

/** Each provider of a stack is overridden by its alias. */
function overrideFor(directory: string): object {
  const { provider } = JSON.parse(readFileSync(join(directory, 'cdk.tf.json'), 'utf8')) as {
    readonly provider: { readonly aws: readonly { readonly alias?: string }[] };
  };
  const aws = provider.aws.map(({ alias }) => ({ ...(alias === undefined ? {} : { alias }), ...OFFLINE }));
  return { terraform: { backend: { local: {} } }, provider: { aws } };
}

/** What a person gives: a value for each variable without a default. */
function variablesOf(directory: string): string[] {
  const { variable = {} } = JSON.parse(readFileSync(join(directory, 'cdk.tf.json'), 'utf8')) as {
    readonly variable?: Readonly<Record<string, { readonly default?: unknown }>>;
  };
  const open = Object.entries(variable).filter(([, one]) => one.default === undefined);
  return open.map(([name]) => `-var=${name}=${'x'.repeat(32)}`);
}

/**
 * Initializes, validates and plans the stack in a folder.
 *
 * @param options.locked use the provider that the lock file chooses, and no other
 */
export async function planStack(
  directory: string,
  { pluginDir }: Toolchain,
  { locked }: { readonly locked: boolean },
): Promise<Planned> {
  writeFileSync(join(directory, 'portal6_override.tf.json'), JSON.stringify(overrideFor(directory)));
  writeFileSync(join(directory, EMPTY_CONFIG), '');
  const lockFile = join(directory, '.terraform.lock.hcl');
  if (locked) copyFileSync(LOCK_FILE, lockFile);

  const init = await runAll(directory, [
    ['init', '-json', '-input=false', `-plugin-dir=${pluginDir}`, ...(locked ? ['-lockfile=readonly'] : [])],
  ]);
  if (init.length > 0) return { diagnostics: init };

  // Init has held the provider against its hash; the commands that follow need not read its 700 MB again.
  writeFileSync(lockFile, readFileSync(lockFile, 'utf8').replace(/ *hashes = \[[^\]]*\]\n/, ''));
  const diagnostics = await runAll(directory, [
    ['validate', '-json'],
    ['plan', '-json', '-input=false', ...variablesOf(directory), `-out=${PLAN_FILE}`],
  ]);
  if (diagnostics.length > 0) return { diagnostics };
  const { stdout } = await terraform(directory, ['show', '-json', PLAN_FILE]);
  return { diagnostics: [], plan: JSON.parse(stdout) as Plan };
}

/** Runs commands until one has something to say. */
async function runAll(directory: string, commands: readonly (readonly string[])[]): Promise<string[]> {
  for (const command of commands) {
    const { code, stdout, stderr } = await terraform(directory, command);
    const diagnostics = [...readDiagnostics(stdout), ...(stderr ? [stderr] : [])];
    if (code !== 0 && diagnostics.length === 0)
      diagnostics.push(`terraform ${command[0]} ended with ${code}: ${stdout}`);
    if (diagnostics.length > 0) return diagnostics;
  }
  return [];
}

const EMPTY_CONFIG = 'empty.tfrc';
const PLAN_FILE = 'plan.bin';

const run = promisify(execFile);

async function terraform(
  cwd: string,
  args: readonly string[],
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  try {
    const output = await run('terraform', args, { cwd, env: environment(cwd), maxBuffer: 256 * 1024 * 1024 });
    return { code: 0, ...output };
  } catch (thrown) {
    const { code, stdout, stderr } = thrown as { code?: unknown; stdout?: string; stderr?: string };
    if (typeof code !== 'number') throw thrown;
    return { code, stdout: stdout ?? '', stderr: stderr ?? '' };
  }
}

/**
 * Nothing of the user's that could change a plan, or reach an AWS account. A cache of providers stays: it changes
 * where they lie and nothing else.
 */
function environment(directory: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('AWS_') && (!name.startsWith('TF_') || name === 'TF_PLUGIN_CACHE_DIR'),
  );
  return {
    ...Object.fromEntries(kept),
    // Less often than usual: reading the provider's schema is mostly garbage collection.
    GOGC: '400',
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_CLI_CONFIG_FILE: join(directory, EMPTY_CONFIG),
  };
}

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
}

/** From the one document of `validate`, or the lines of events of the others. */
function readDiagnostics(output: string): string[] {
  const documents = output.startsWith('{\n') ? [output] : output.split('\n').filter((line) => line.startsWith('{'));
  return documents
    .map((text) => JSON.parse(text) as { diagnostics?: readonly Diagnostic[]; diagnostic?: Diagnostic })
    .flatMap(({ diagnostics = [], diagnostic }) => [...diagnostics, ...(diagnostic ? [diagnostic] : [])])
    .map(({ severity, address, summary, detail }) =>
      [severity, address, summary, detail].filter((part) => part).join(': '),
    );
}

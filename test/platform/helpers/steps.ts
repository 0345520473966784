import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

export const ROOT = join(__dirname, '../../..');

/** A step of a job, or of an action. */
export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<'review' | 'post', Job>>;
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

export function readWorkflow(): Workflow {
  return parse(readFileSync(join(ROOT, '.github/workflows/review.yml'), 'utf8')) as Workflow;
}

export function readAction(): Action {
  return parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action;
}

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  /** What the step told the steps after it. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What it put on the page of the run. */
  readonly summary: string;
}

/**
 * Runs the script of a step as the runner does.
 *
 * @param context what the expressions in its `env` stand for, such as `inputs.base`; one that is not there is an error.
 */
export function runStep(
  step: Step,
  context: Readonly<Record<string, string>>,
  { cwd, path }: { readonly cwd: string; readonly path?: string },
): Ran {
  const folder = mkdtempSync(join(tmpdir(), 'portal6-step-'));
  const [script, output, summary] = ['script.sh', 'output', 'summary'].map((name) => join(folder, name));
  writeFileSync(script!, step.run!);
  for (const file of [output!, summary!]) writeFileSync(file, '');
  const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, evaluated(value, context)]);
  const flags = step.shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e'];
  const { status, stdout, stderr } = spawnSync('bash', [...flags, script!], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: path === undefined ? process.env.PATH : `${path}:${process.env.PATH}`,
      HOME: folder,
      CI: 'true',
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      ...(Object.fromEntries(own) as Record<string, string>),
    },
  });
  const outputs = Object.fromEntries(
    readFileSync(output!, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  const ran = { code: status, out: stdout + stderr, outputs, summary: readFileSync(summary!, 'utf8') };
  rmSync(folder, { recursive: true });
  return ran;
}

function evaluated(value: string, context: Readonly<Record<string, string>>): string {
  return value.replace(/\$\{\{\s*(.+?)\s*\}\}/g, (_, expression: string) => {
    const known = context[expression];
    if (known === undefined) throw new Error(`the test does not say what ${expression} is`);
    return known;
  });
}

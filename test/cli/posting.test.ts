import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { destinationOf, postComment } from '../../cli/posting';
import { UserError } from '../../core/errors';
import { StillClock } from '../helpers/clock';
import { GithubServer } from '../helpers/github-server';
import { GitlabServer } from '../helpers/gitlab-server';

const folder = mkdtempSync(join(tmpdir(), 'portal6-posting-'));
afterAll(() => rmSync(folder, { recursive: true }));

const GITHUB = { GITHUB_TOKEN: 'ghs_1', GITHUB_REPOSITORY: 'hue/portals', GITHUB_REF: 'refs/pull/7/merge' };
const GITLAB = { GITLAB_TOKEN: 'glpat-1', CI_PROJECT_ID: '42', CI_MERGE_REQUEST_IID: '7' };
const COMMENT = { key: 'review', validAt: '2026-11-24T08:00:00Z', body: 'One portal changes.', quiet: '', labels: [] };

/** The file that the runner writes, with what started the workflow. */
function event(content: unknown): { GITHUB_EVENT_PATH: string } {
  const file = join(folder, 'event.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return { GITHUB_EVENT_PATH: file };
}

test('goes to github.com with what the job says', () => {
  expect(destinationOf('github', {}, GITHUB)).toEqual({
    platform: 'github',
    api: 'https://api.github.com',
    token: 'ghs_1',
    repository: 'hue/portals',
    number: 7,
    fromFork: false,
  });
});

test('goes to a GitHub Enterprise, with the token of its command line', () => {
  const env = { ...GITHUB, GITHUB_TOKEN: '', GH_TOKEN: 'ghp_2', GITHUB_API_URL: 'https://github.hue.gov.vn/api/v3/' };

  expect(destinationOf('github', {}, env)).toMatchObject({ api: 'https://github.hue.gov.vn/api/v3', token: 'ghp_2' });
});

test.each([
  ['a pull request', { pull_request: { number: 8 } }],
  ['a comment on one', { issue: { number: 8, pull_request: {} } }],
  ['the run of another workflow', { workflow_run: { pull_requests: [{ number: 8 }] } }],
])('finds the number in the event of %s', (_, content) => {
  const env = { ...GITHUB, ...event(content), GITHUB_REF: 'refs/heads/main' };

  expect(destinationOf('github', {}, env)).toMatchObject({ number: 8 });
  expect(destinationOf('github', { pullRequest: '9' }, env)).toMatchObject({ number: 9 });
});

test.each([
  ['an issue', { issue: { number: 8 } }, ''],
  ['a run for a fork', { workflow_run: { pull_requests: [] } }, ''],
  [
    'a run for several',
    { workflow_run: { pull_requests: [{ number: 8 }, { number: 9 }] } },
    ' (the workflow run is about 2)',
  ],
  ['something else', [null], ''],
])('fails when the event is %s', (_, content, why) => {
  const env = { ...GITHUB, ...event(content), GITHUB_REF: 'refs/heads/main' };

  expect(() => destinationOf('github', {}, env)).toThrow(
    new UserError(
      `neither GITHUB_EVENT_PATH nor GITHUB_REF tells which pull request is meant${why}; say which with --pull-request N`,
    ),
  );
});

test.each([
  ['the same repository', 'hue/portals', false],
  ['a fork', 'somebody/portals', true],
  ['a fork that is gone', undefined, true],
])('knows a pull request from %s', (_, head, fromFork) => {
  const repo = head === undefined ? null : { full_name: head };
  const content = { pull_request: { number: 8, head: { repo }, base: { repo: { full_name: 'hue/portals' } } } };

  expect(destinationOf('github', {}, { ...GITHUB, ...event(content) })).toMatchObject({ fromFork });
});

test('goes to the GitLab that runs the job', () => {
  const expected = { platform: 'gitlab', token: 'glpat-1', project: '42', number: 7 };

  expect(destinationOf('gitlab', {}, GITLAB)).toEqual({ ...expected, host: 'https://gitlab.com' });
  expect(destinationOf('gitlab', {}, { ...GITLAB, CI_SERVER_URL: 'https://gitlab.hue.gov.vn/' })).toEqual({
    ...expected,
    host: 'https://gitlab.hue.gov.vn',
  });
  expect(destinationOf('gitlab', {}, { ...GITLAB, CI_API_V4_URL: 'https://hue.gov.vn/gitlab/api/v4' })).toEqual({
    ...expected,
    host: 'https://hue.gov.vn/gitlab',
  });
});

test.each([
  ['github', { GITHUB_TOKEN: '' }, 'there is no token: set GITHUB_TOKEN to one that has `pull-requests: write`'],
  [
    'gitlab',
    { CI_JOB_TOKEN: 'x' },
    'there is no token: set GITLAB_TOKEN to a project access token with the scope `api`; that of the job, CI_JOB_TOKEN, cannot write notes',
  ],
] as const)('says so when there is no token for %s, whatever else is missing', async (platform, env, missing) => {
  expect(destinationOf(platform, {}, env)).toEqual({ missing });
  expect(await postComment(platform, COMMENT, {}, { env })).toEqual({ done: 'no token', notes: [missing] });
});

test.each<['github' | 'gitlab', object, string]>([
  ['github', { GITHUB_REPOSITORY: 'hue' }, 'GITHUB_REPOSITORY is to be owner/name, got: "hue"'],
  ['github', { GITHUB_API_URL: 'github' }, 'GITHUB_API_URL is to be a URL, got: github'],
  ['gitlab', { CI_PROJECT_ID: '' }, 'CI_PROJECT_ID is not set; it is to be the number or the path of the project'],
  ['gitlab', { CI_MERGE_REQUEST_IID: '' }, 'CI_MERGE_REQUEST_IID is not set: run this in a pipeline'],
  ['gitlab', { CI_MERGE_REQUEST_IID: '7a' }, 'CI_MERGE_REQUEST_IID is to be the number of a pull request, got: 7a'],
  ['gitlab', { CI_SERVER_URL: 'file:///etc' }, 'CI_SERVER_URL is to be a URL, got: file:///etc'],
])('fails for an environment of %s with %j', (platform, env, message) => {
  expect(() => destinationOf(platform, {}, { ...(platform === 'github' ? GITHUB : GITLAB), ...env })).toThrow(message);
});

test.each(['0', '-1', '7 8', 'seven'])('fails for --pull-request %s', (pullRequest) => {
  expect(() => destinationOf('github', { pullRequest }, GITHUB)).toThrow(
    `--pull-request is to be the number of a pull request, got: ${pullRequest}`,
  );
});

test('fails for an event that is no JSON', () => {
  expect(() => destinationOf('github', {}, { ...GITHUB, ...event('{') })).toThrow(
    /^GITHUB_EVENT_PATH, .*event\.json, /,
  );
});

test('posts to either', async () => {
  const [github, gitlab] = [new GithubServer(), new GitlabServer()];
  await Promise.all([github.start(), gitlab.start()]);
  const env = {
    ...GITHUB,
    ...GITLAB,
    GITHUB_API_URL: github.url,
    GITHUB_TOKEN: github.token,
    CI_API_V4_URL: `${gitlab.url}/api/v4`,
    GITLAB_TOKEN: gitlab.token,
  };

  for (const platform of ['github', 'gitlab'] as const) {
    expect(await postComment(platform, COMMENT, {}, { env }, new StillClock())).toMatchObject({ done: 'created' });
  }
  expect([github.comments, gitlab.notes].map(({ length }) => length)).toEqual([1, 1]);
});

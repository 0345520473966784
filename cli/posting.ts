import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { UserError } from '../core/errors';
import type { Comment } from '../review/post/comment';
import type { GithubPlace } from '../review/post/github';
import type { GitlabPlace } from '../review/post/gitlab';
import type { Clock } from '../review/post/insist';
import type { Posted } from '../review/post/post';
import type { Io } from './io';

/** Where pull requests are. */
export const PLATFORMS = ['github', 'gitlab'] as const;

export type Platform = (typeof PLATFORMS)[number];

export interface PostingOptions {
  /**
   * Number of the pull request, or of the merge request within its project.
   *
   * @default - what the environment of the job says
   */
  readonly pullRequest?: string;
}

/** Where a comment goes; or why there is no token to post it with. */
export type Destination =
  | ({ readonly platform: 'github' } & GithubPlace)
  | ({ readonly platform: 'gitlab' } & GitlabPlace)
  | { readonly missing: string };

/** What was done, or that there was no token to do it with. */
export type Posting = Posted | { readonly done: 'no token'; readonly notes: readonly string[] };

/**
 * Posts a comment where the environment says, and sees to the labels.
 *
 * @param clock for tests
 * @throws UserError when the environment does not tell which pull request is meant; ToolError when the platform does not
 * let us, or is not there.
 */
export async function postComment(
  platform: Platform,
  comment: Comment,
  options: PostingOptions,
  { env }: Pick<Io, 'env'>,
  clock: Clock = { now: Date.now, sleep: async (milliseconds) => setTimeout(milliseconds) },
): Promise<Posting> {
  const destination = destinationOf(platform, options, env);
  if ('missing' in destination) return { done: 'no token', notes: [destination.missing] };
  return destination.platform === 'github'
    ? load.github().postToGithub(comment, destination, clock)
    : load.gitlab().postToGitlab(comment, destination, clock);
}

/**
 * Where a comment would go, without asking anybody.
 *
 * @throws UserError when there is a token, but no telling which pull request is meant.
 */
export function destinationOf(platform: Platform, options: PostingOptions, env: Io['env']): Destination {
  return platform === 'github' ? githubDestination(options, env) : gitlabDestination(options, env);
}

function githubDestination({ pullRequest }: PostingOptions, env: Io['env']): Destination {
  const token = env.GITHUB_TOKEN || env.GH_TOKEN;
  if (!token) return { missing: 'there is no token: set GITHUB_TOKEN to one that has `pull-requests: write`' };
  const repository = env.GITHUB_REPOSITORY ?? '';
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new UserError(`GITHUB_REPOSITORY is to be owner/name, got: ${JSON.stringify(repository)}`);
  }
  const event = readEvent(env.GITHUB_EVENT_PATH);
  return {
    platform: 'github',
    api: baseUrl(env.GITHUB_API_URL || 'https://api.github.com', 'GITHUB_API_URL'),
    token,
    repository,
    number: numberOf(pullRequest) ?? githubNumber(event, env.GITHUB_REF),
    fromFork: isFromFork(event),
  };
}

function gitlabDestination({ pullRequest }: PostingOptions, env: Io['env']): Destination {
  const token = env.GITLAB_TOKEN;
  if (!token) {
    const job = env.CI_JOB_TOKEN ? '; that of the job, CI_JOB_TOKEN, cannot write notes' : '';
    return { missing: `there is no token: set GITLAB_TOKEN to a project access token with the scope \`api\`${job}` };
  }
  const project = env.CI_PROJECT_ID ?? '';
  if (project === '')
    throw new UserError('CI_PROJECT_ID is not set; it is to be the number or the path of the project');
  const number = numberOf(pullRequest) ?? numberOf(env.CI_MERGE_REQUEST_IID, 'CI_MERGE_REQUEST_IID');
  if (number === undefined) {
    throw new UserError(
      'CI_MERGE_REQUEST_IID is not set: run this in a pipeline of a merge request, or say which with --pull-request N',
    );
  }
  const api = env.CI_API_V4_URL;
  const host = api
    ? baseUrl(api, 'CI_API_V4_URL').replace(/\/api\/v4$/, '')
    : baseUrl(env.CI_SERVER_URL || 'https://gitlab.com', 'CI_SERVER_URL');
  return { platform: 'gitlab', host, token, project, number };
}

function numberOf(text: string | undefined, name = '--pull-request'): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new UserError(`${name} is to be the number of a pull request, got: ${text}`);
  return Number(text);
}

function baseUrl(text: string, name: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new UserError(`${name} is to be a URL, got: ${text}`);
  }
  return text.replace(/\/+$/, '');
}

/** What started the workflow, as the runner wrote it down. */
function readEvent(file: string | undefined): unknown {
  if (!file) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError(`GITHUB_EVENT_PATH, ${file}, cannot be read as JSON: ${(error as Error).message}`);
  }
}

function githubNumber(event: unknown, ref: string | undefined): number {
  const run = at(event, 'workflow_run', 'pull_requests');
  const candidates = [
    at(event, 'pull_request', 'number'),
    // A comment may be on an issue, too.
    at(event, 'issue', 'pull_request') === undefined ? undefined : at(event, 'issue', 'number'),
    Array.isArray(run) && run.length === 1 ? at(run[0], 'number') : undefined,
    Number(/^refs\/pull\/(\d+)\//.exec(ref ?? '')?.[1]),
  ];
  const number = candidates.find((candidate) => typeof candidate === 'number' && candidate > 0);
  if (typeof number === 'number') return number;
  const several = Array.isArray(run) && run.length > 1 ? ` (the workflow run is about ${run.length})` : '';
  throw new UserError(
    `neither GITHUB_EVENT_PATH nor GITHUB_REF tells which pull request is meant${several}; say which with --pull-request N`,
  );
}

function isFromFork(event: unknown): boolean {
  const head = at(event, 'pull_request', 'head', 'repo', 'full_name');
  const base = at(event, 'pull_request', 'base', 'repo', 'full_name');
  return typeof base === 'string' && head !== base;
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string, unknown>>)[key] : undefined,
    value,
  );
}

/** The platforms' clients, which only posting needs. */
const load = {
  github: () => require('../review/post/github') as typeof import('../review/post/github'),
  gitlab: () => require('../review/post/gitlab') as typeof import('../review/post/gitlab'),
};

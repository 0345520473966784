import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { ToolError } from '../../core/errors';
import type { Comment } from './comment';
import type { Clock } from './insist';
import type { LabelChanges } from './labels';
import { post, type Posted, type PullRequest, type Standing } from './post';
import { Refusal, serverMessage } from './refusal';

/** A pull request on GitHub, and who we are there. */
export interface GithubPlace {
  /** `https://api.github.com`, or that of a GitHub Enterprise: `https://github.example.com/api/v3`. */
  readonly api: string;
  readonly token: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
  /** Whether it is known to come from a fork. */
  readonly fromFork: boolean;
}

/**
 * Posts on a pull request of GitHub.
 *
 * @throws ToolError as `post` does.
 */
export async function postToGithub(comment: Comment, place: GithubPlace, clock: Clock): Promise<Posted> {
  return post(comment, new GithubPullRequest(place), clock);
}

/** A server that says nothing for so long is not there. */
const TIMEOUT = 30_000;

const PaginatingOctokit = Octokit.plugin(paginateRest);

class GithubPullRequest implements PullRequest {
  private readonly octokit: InstanceType<typeof PaginatingOctokit>;
  private readonly repo: { readonly owner: string; readonly repo: string };
  private readonly issue: { readonly owner: string; readonly repo: string; readonly issue_number: number };
  private login?: Promise<string | undefined>;

  constructor(private readonly place: GithubPlace) {
    const silent = () => undefined;
    this.octokit = new PaginatingOctokit({
      auth: place.token,
      baseUrl: place.api,
      userAgent: 'portal6',
      log: { debug: silent, info: silent, warn: silent, error: silent },
    });
    this.octokit.hook.before('request', (options) => {
      options.request.signal = AbortSignal.timeout(TIMEOUT);
    });
    const [owner = '', repo = ''] = place.repository.split('/');
    this.repo = { owner, repo };
    this.issue = { owner, repo, issue_number: place.number };
  }

  public async ownComments(): Promise<readonly Standing[]> {
    const login = await (this.login ??= this.ownLogin());
    const comments = await this.ask(() =>
      this.octokit.paginate('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        ...this.issue,
        per_page: 100,
      }),
    );
    // Strangers never: whoever may write in a repository may edit what others wrote there.
    return comments
      .filter(({ user }) => {
        const isBot = user?.type === 'Bot';
        if (login === undefined) return isBot;
        // Only some of GitHub's answers have the ending.
        return user?.login === login || (isBot && user.login === `${login}[bot]`);
      })
      .map(standing);
  }

  public async create(body: string): Promise<Standing> {
    const { data } = await this.ask(() =>
      this.octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...this.issue, body }),
    );
    return standing(data);
  }

  public async update(id: number, body: string): Promise<Standing> {
    const { data } = await this.ask(() =>
      this.octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
        ...this.repo,
        comment_id: id,
        body,
      }),
    );
    return standing(data);
  }

  public async labels(): Promise<readonly string[]> {
    const labels = await this.ask(() =>
      this.octokit.paginate('GET /repos/{owner}/{repo}/issues/{issue_number}/labels', { ...this.issue, per_page: 100 }),
    );
    return labels.map(({ name }) => name);
  }

  public async changeLabels({ add, remove }: LabelChanges): Promise<void> {
    for (const { name, color, description } of add) {
      // A label that is there already is 422; without one, GitHub makes a grey one of the name.
      await this.unless([403, 422], () =>
        this.octokit.request('POST /repos/{owner}/{repo}/labels', { ...this.repo, name, color, description }),
      );
    }
    if (add.length > 0) {
      const names = add.map(({ name }) => name);
      await this.ask(() =>
        this.octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', {
          ...this.issue,
          labels: names,
        }),
      );
    }
    for (const name of remove) {
      await this.unless([404], () =>
        this.octokit.request('DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}', {
          ...this.issue,
          name,
        }),
      );
    }
  }

  public explain({ status, message }: Refusal): Error {
    const { repository, number, fromFork } = this.place;
    if (status === 401) return new ToolError(`${message}: the token is wrong, or has ended`);
    if (status === 403) {
      const fork = fromFork
        ? ' This pull request comes from a fork, whose token can only read: take the file, or post from a workflow of the base repository.'
        : '';
      return new ToolError(
        `${message}: to comment on pull request ${number} of ${repository}, the token needs \`pull-requests: write\`.${fork}`,
      );
    }
    if (status === 404) {
      return new ToolError(`${message}: there is no pull request ${number} in ${repository} that the token may see`);
    }
    return new ToolError(message);
  }

  /**
   * Who we are. Asked by GraphQL, which also answers the tokens of apps, among them that of GitHub Actions.
   *
   * @returns undefined where GitHub does not tell.
   */
  private async ownLogin(): Promise<string | undefined> {
    try {
      const answer = await this.ask(() =>
        this.octokit.graphql<{ viewer?: { login?: unknown } }>('{ viewer { login } }'),
      );
      const login = answer.viewer?.login;
      return typeof login === 'string' ? login : undefined;
    } catch (error) {
      // The comments tell next whether the token is any good.
      if (error instanceof Refusal && !error.mayPass) return undefined;
      this.login = undefined;
      throw error;
    }
  }

  private async unless(statuses: readonly number[], request: () => Promise<unknown>): Promise<void> {
    try {
      await this.ask(request);
    } catch (error) {
      if (!(error instanceof Refusal) || error.mayPass || !statuses.includes(error.status)) throw error;
    }
  }

  private async ask<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw refusalOf(error, this.place);
    }
  }
}

function standing(comment: { readonly id: number; readonly body?: string; readonly html_url: string }): Standing {
  return { id: comment.id, body: comment.body ?? '', url: comment.html_url };
}

/** What went wrong, as the client has it; it calls an answer that never came 500, and has none to show. */
function refusalOf(error: unknown, { api, token }: GithubPlace): unknown {
  if (!(error instanceof Error)) return error;
  const said = serverMessage(error.message, token);
  if (error.name === 'HttpError' && 'response' in error && isResponse(error.response)) {
    const { status, headers } = error.response;
    return new Refusal(status, `GitHub answers ${status} (${said})`, headers);
  }
  if (error.name === 'GraphqlResponseError') return new Refusal(400, `GitHub answers an error (${said})`);
  if (['HttpError', 'AbortError', 'TimeoutError'].includes(error.name)) {
    return new Refusal(0, `GitHub does not answer at ${api} (${said})`);
  }
  return error;
}

function isResponse(value: unknown): value is { status: number; headers: Record<string, string | number | undefined> } {
  return typeof value === 'object' && value !== null && 'status' in value && 'headers' in value;
}

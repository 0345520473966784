import type { IncomingMessage } from 'node:http';
import { ApiServer, type Route } from './api-server';

export interface GithubComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string; readonly type: 'User' | 'Bot' };
}

export const ACTIONS = { login: 'github-actions[bot]', type: 'Bot' } as const;
export const OTHER_BOT = { login: 'dependabot[bot]', type: 'Bot' } as const;
export const STRANGER = { login: 'stranger', type: 'User' } as const;

/** Pull request 7 of hue/portals, as GitHub's API shows it. */
export class GithubServer extends ApiServer {
  public readonly token = 'ghs_Secret0123';
  public readonly comments: GithubComment[] = [];
  public labels: string[] = [];
  /** Colors of the repository's labels. */
  public readonly colors = new Map<string, string>();
  /** Whom the token belongs to; undefined where GitHub does not tell. */
  public viewer: string | undefined = ACTIONS.login;

  protected readonly routes: readonly Route[] = [
    [
      /^POST \/graphql$/,
      () =>
        this.viewer === undefined
          ? { status: 403, body: { message: 'Resource not accessible' } }
          : { body: { data: { viewer: { login: this.viewer } } } },
    ],
    [
      // The link to the next page goes by the repository's number.
      /^GET \/(?:repos\/hue\/portals|repositories\/1)\/issues\/7\/comments$/,
      ({ query }) => this.page(this.comments.map(shown), query, '/repositories/1/issues/7/comments'),
    ],
    [
      /^POST \/repos\/hue\/portals\/issues\/7\/comments$/,
      ({ body }) => {
        const comment = { id: 1000 + this.comments.length, body: String(body.body), user: ACTIONS };
        this.comments.push(comment);
        return { status: 201, body: shown(comment) };
      },
    ],
    [
      /^PATCH \/repos\/hue\/portals\/issues\/comments\/(\d+)$/,
      ({ parts, body }) => {
        const comment = this.comments.find(({ id }) => String(id) === parts[0]);
        if (comment === undefined) return { status: 404, body: { message: 'Not Found' } };
        comment.body = String(body.body);
        return { body: shown(comment) };
      },
    ],
    [
      /^GET \/repos\/hue\/portals\/issues\/7\/labels$/,
      ({ query }) =>
        this.page(
          this.labels.map((name) => ({ name })),
          query,
          '/repos/hue/portals/issues/7/labels',
        ),
    ],
    [
      /^POST \/repos\/hue\/portals\/issues\/7\/labels$/,
      ({ body }) => {
        this.labels.push(...(body.labels as string[]));
        return { body: [] };
      },
    ],
    [
      /^DELETE \/repos\/hue\/portals\/issues\/7\/labels\/(.+)$/,
      ({ parts }) => {
        this.labels = this.labels.filter((name) => name !== parts[0]);
        return { body: [] };
      },
    ],
    [
      /^POST \/repos\/hue\/portals\/labels$/,
      ({ body }) => {
        if (this.colors.has(String(body.name))) return { status: 422, body: { message: 'Validation Failed' } };
        this.colors.set(String(body.name), String(body.color));
        return { status: 201, body };
      },
    ],
  ];

  protected knows({ authorization }: IncomingMessage['headers']): boolean {
    return authorization === `token ${this.token}`;
  }
}

function shown({ id, body, user }: GithubComment): object {
  return { id, body, user, html_url: `https://github.com/hue/portals/pull/7#issuecomment-${id}` };
}

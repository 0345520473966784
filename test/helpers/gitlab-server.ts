import type { IncomingMessage } from 'node:http';
import { ApiServer, type Route } from './api-server';

export interface GitlabNote {
  readonly id: number;
  body: string;
  readonly author: { readonly id: number };
  readonly system: boolean;
}

/** Merge request 7 of project 42, as GitLab's API shows it; we are user 1. */
export class GitlabServer extends ApiServer {
  public readonly token = 'glpat-Secret0123';
  public readonly notes: GitlabNote[] = [];
  public labels: string[] = [];
  /** Colors of the project's labels. */
  public readonly colors = new Map<string, string>();

  protected readonly routes: readonly Route[] = [
    [/^GET \/api\/v4\/user$/, () => ({ body: { id: 1, username: 'project_42_bot' } })],
    [/^GET \/api\/v4\/projects\/42\/merge_requests\/7$/, () => ({ body: this.shown() })],
    [
      /^GET \/api\/v4\/projects\/42\/merge_requests\/7\/notes$/,
      ({ query }) => this.page(this.notes, query, '/api/v4/projects/42/merge_requests/7/notes'),
    ],
    [
      /^POST \/api\/v4\/projects\/42\/merge_requests\/7\/notes$/,
      ({ body }) => {
        const note = { id: 1000 + this.notes.length, body: String(body.body), author: { id: 1 }, system: false };
        this.notes.push(note);
        return { status: 201, body: note };
      },
    ],
    [
      /^PUT \/api\/v4\/projects\/42\/merge_requests\/7\/notes\/(\d+)$/,
      ({ parts, body }) => {
        const note = this.notes.find(({ id }) => String(id) === parts[0]);
        if (note === undefined) return { status: 404, body: { message: '404 Not found' } };
        note.body = String(body.body);
        return { body: note };
      },
    ],
    [
      /^PUT \/api\/v4\/projects\/42\/merge_requests\/7$/,
      ({ body }) => {
        const [add, remove] = [body.add_labels, body.remove_labels].map((names) =>
          typeof names === 'string' ? names.split(',') : [],
        );
        this.labels = [...this.labels.filter((name) => !remove!.includes(name)), ...add!];
        return { body: this.shown() };
      },
    ],
    [
      /^POST \/api\/v4\/projects\/42\/labels$/,
      ({ body }) => {
        if (this.colors.has(String(body.name))) return { status: 409, body: { message: 'Label already exists' } };
        this.colors.set(String(body.name), String(body.color));
        return { status: 201, body };
      },
    ],
  ];

  protected knows(headers: IncomingMessage['headers']): boolean {
    return headers['private-token'] === this.token;
  }

  private shown(): object {
    return { labels: this.labels, web_url: 'https://gitlab.com/hue/portals/-/merge_requests/7' };
  }
}

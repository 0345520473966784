import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a server sees it. */
export interface Request {
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
  /** What the groups of the route's pattern matched. */
  readonly parts: readonly string[];
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, all else as JSON. */
  readonly body?: unknown;
}

/** `METHOD /path` and what answers it. */
export type Route = readonly [pattern: RegExp, answer: (request: Request) => Answer];

/** A real server on this machine, ended after the tests of the file. */
export abstract class ApiServer {
  /** What was asked, as `METHOD /path`. */
  public readonly requests: string[] = [];
  /** Answers that take the place of the usual ones, once each. */
  public readonly instead: { readonly request: RegExp; readonly answer: Answer }[] = [];
  protected abstract readonly routes: readonly Route[];
  private readonly server: Server;

  constructor() {
    this.server = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { status, headers, body } = this.answerTo(incoming, Buffer.concat(chunks).toString('utf8'));
        const isText = typeof body === 'string';
        response.writeHead(status ?? 200, {
          'content-type': isText ? 'text/html' : 'application/json; charset=utf-8',
          ...headers,
        });
        response.end(body === undefined ? undefined : isText ? body : JSON.stringify(body));
      });
    });
    servers.push(this.server);
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What was asked that changes something. */
  public get writes(): readonly string[] {
    return this.requests.filter((request) => !/^GET |graphql$/.test(request));
  }

  public async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  /** A page of a list, and where the next one is. */
  protected page(items: readonly object[], query: URLSearchParams, path: string): Answer {
    const page = Number(query.get('page') ?? 1);
    const size = Number(query.get('per_page'));
    const next = `${this.url}${path}?per_page=${size}&page=${page + 1}`;
    return {
      body: items.slice((page - 1) * size, page * size),
      headers: page * size < items.length ? { link: `<${next}>; rel="next"` } : {},
    };
  }

  /** Whether whoever asks is let in. */
  protected abstract knows(headers: IncomingMessage['headers']): boolean;

  private answerTo(incoming: IncomingMessage, text: string): Answer {
    const { pathname, searchParams: query } = new URL(incoming.url ?? '/', 'http://server');
    const request = `${incoming.method} ${decodeURIComponent(pathname)}`;
    this.requests.push(request);
    const at = this.instead.findIndex((other) => other.request.test(request));
    if (at >= 0) return this.instead.splice(at, 1)[0]!.answer;
    if (!this.knows(incoming.headers)) return { status: 401, body: { message: 'Bad credentials' } };
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    for (const [pattern, answer] of this.routes) {
      const match = pattern.exec(request);
      if (match) return answer({ query, headers: incoming.headers, body, parts: match.slice(1) });
    }
    return { status: 404, body: { message: 'Not Found' } };
  }
}

const servers: Server[] = [];

afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

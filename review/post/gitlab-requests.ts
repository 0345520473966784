import { createRequesterFn } from '@gitbeaker/requester-utils';
import { Refusal, serverMessage } from './refusal';

/**
 * How the client sends its requests: once each. Its own way asks ten times within a quarter of a second when the server
 * asks it to wait, and does not tell for how long.
 */
export function requestsWith(token: string): ReturnType<typeof createRequesterFn> {
  return createRequesterFn(
    (_, options) => Promise.resolve(options),
    async (endpoint, options = {}) => {
      const { prefixUrl, searchParams, method, headers, body, signal } = options;
      const url = new URL(`${String(prefixUrl).replace(/\/*$/, '/')}${endpoint}`);
      url.search = String(searchParams ?? '');
      const response = await fetch(url, {
        method: String(method),
        headers: headers as Record<string, string>,
        body: body as string | undefined,
        signal: signal as AbortSignal | undefined,
      }).catch((error: unknown) => {
        throw new Refusal(0, `GitLab does not answer at ${url.origin} (${serverMessage(reasonOf(error), token)})`);
      });
      const answer = await response.text();
      const { status } = response;
      const answerHeaders = Object.fromEntries(response.headers.entries());
      if (!response.ok) {
        throw new Refusal(status, `GitLab answers ${status} (${serverMessage(saidIn(answer), token)})`, answerHeaders);
      }
      return { status, headers: answerHeaders, body: parsed(answer) };
    },
  );
}

/** `fetch` says only that it failed, and keeps the reason behind it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.cause.name : error.message;
}

function saidIn(answer: string): string {
  const json = parsed(answer);
  if (typeof json !== 'object' || json === null) return answer;
  const said = 'message' in json ? json.message : 'error' in json ? json.error : answer;
  return typeof said === 'string' ? said : JSON.stringify(said);
}

function parsed(answer: string): Record<string, unknown> | string {
  try {
    return JSON.parse(answer) as Record<string, unknown>;
  } catch {
    return answer;
  }
}

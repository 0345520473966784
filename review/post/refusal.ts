/** Headers of an answer, by their names in lower case. */
export type Headers = Readonly<Record<string, string | number | undefined>>;

/** An answer of a platform that is no success, or no answer at all. */
export class Refusal extends Error {
  /** @param status that of HTTP; 0 where no answer came. */
  constructor(
    public readonly status: number,
    message: string,
    private readonly headers: Headers = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }

  /** Whether the same request may do later: the server is tired of us, or of everybody. */
  public get mayPass(): boolean {
    return this.status === 0 || this.status >= 500 || this.isLimit;
  }

  /**
   * How long the server asks us to wait, in milliseconds; undefined where it names no time.
   *
   * @param now milliseconds since 1970
   */
  public waitingTime(now: number): number | undefined {
    const after = this.headers['retry-after'];
    if (after !== undefined) {
      const seconds = Number(after);
      const until = Number.isNaN(seconds) ? Date.parse(String(after)) : now + seconds * 1000;
      return Number.isNaN(until) ? undefined : Math.max(0, until - now);
    }
    if (!this.isLimit) return undefined;
    // What GitHub asks for where its secondary limit, which counts something else, names no time.
    return this.isUsedUp ? Math.max(0, Number(this.header('ratelimit-reset')) * 1000 - now) : 60_000;
  }

  /** GitHub answers with 403 to who asks too often, as it does to who may not ask. */
  private get isLimit(): boolean {
    if (this.status === 429) return true;
    if (this.status !== 403) return false;
    return this.headers['retry-after'] !== undefined || this.isUsedUp || /rate limit/i.test(this.message);
  }

  private get isUsedUp(): boolean {
    return String(this.header('ratelimit-remaining')) === '0' && Number(this.header('ratelimit-reset')) > 0;
  }

  /** GitHub puts an x before the names that GitLab uses. */
  private header(name: string): string | number | undefined {
    return this.headers[name] ?? this.headers[`x-${name}`];
  }
}

/** What a server says, on one line, without a secret that it may have been given. */
export function serverMessage(text: string, token: string): string {
  const line = text.replaceAll(token, '***').replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

/** What to say on a pull request. */
export interface Comment {
  /** Which comment it is: one per key is kept. */
  readonly key: string;
  /** When what it says was found out, RFC 3339. An older one never takes the place of a newer one. */
  readonly validAt: string;
  /** Markdown. Undefined where there is nothing to say: then no comment is made, but one that is there is updated to `quiet`. */
  readonly body: string | undefined;
  /** Said in place of an earlier comment once nothing is left to say. */
  readonly quiet: string;
  /** Labels to have; other labels of ours (LABELS) are taken off, labels of other people are left alone. */
  readonly labels: readonly string[];
}

/** What the hidden tag of a comment says. */
export interface Tag {
  readonly key: string;
  /** RFC 3339; absent where somebody has edited it away. */
  readonly validAt?: string;
}

/** First in the body, though platforms and editors may put white space before it; a quotation of it begins with `>`. */
const TAG = /^\s*<!--\s*portal6-review\s+key=(\S+?)(?:\s+valid-at=(\S+?))?\s*-->[ \t]*\n*/;

/** A text with the hidden tag in front, by which the comment is found again; about 80 characters more than the text. */
export function withTag({ key, validAt }: Pick<Comment, 'key' | 'validAt'>, text: string): string {
  return `<!-- portal6-review key=${escapeKey(key)} valid-at=${validAt} -->\n${text}`;
}

/** The tag of a comment as the platform gives it back; undefined where it has none. */
export function readTag(body: string): Tag | undefined {
  const [, key, validAt] = TAG.exec(plainLines(body)) ?? [];
  const unescaped = key === undefined ? undefined : unescapeKey(key);
  return unescaped === undefined ? undefined : { key: unescaped, ...(validAt !== undefined && { validAt }) };
}

/** What a comment says, without the tag and what platforms do to line ends. */
export function textOf(body: string): string {
  return plainLines(body).replace(TAG, '').trimEnd();
}

function plainLines(body: string): string {
  return body.replace(/\r\n?/g, '\n');
}

/** No white space, and no `--`, which may not stand in a comment of HTML. */
function escapeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('--', '-%2D');
}

function unescapeKey(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

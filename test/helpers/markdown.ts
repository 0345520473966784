import { join } from 'node:path';
import type { marked as Marked, Token, Tokens } from 'marked' with { 'resolution-mode': 'import' };

// The package has an entry for `import` alone, which jest does not take.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { marked } = require(join(__dirname, '../../node_modules/marked/lib/marked.umd.js')) as {
  marked: typeof Marked;
};

/** The blocks of a page as a platform reads it. */
export function blocksOf(text: string): Token[] {
  return marked.lexer(text);
}

export function tablesIn(text: string): Tokens.Table[] {
  return blocksOf(text).filter((token): token is Tokens.Table => token.type === 'table');
}

/** The kinds of blocks and spans in a page, each once. */
export function kindsIn(text: string): string[] {
  const kinds = new Set<string>();
  marked.walkTokens(blocksOf(text), (token) => void kinds.add(token.type));
  return [...kinds].sort();
}

/** The tags of HTML that a page has once it is rendered, such as `details` and `/details`. */
export function tagsIn(text: string): string[] {
  return [...htmlOf(text).matchAll(/<(\/?[a-z][a-z0-9]*)[^>]*>/gi)].map(([, tag]) => tag!);
}

export function htmlOf(text: string): string {
  return marked.parse(text, { async: false });
}

/** What a reader sees of a page. */
export function seenIn(text: string): string {
  return htmlOf(text)
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, number: string) => String.fromCodePoint(Number(number)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

/** What a reader sees before anything is unfolded. */
export function inSight(text: string): string {
  let rest = text;
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/<details>(?:(?!<details>)[^])*?<\/details>\n*/, '');
  }
  return rest;
}

/** Texts that would do something in Markdown, on GitHub or on GitLab, if they were let. */
export const HOSTILE: readonly string[] = [
  '```\n</details>\n```',
  '`````',
  '~~~\n<img src=x onerror=alert(1)>',
  '</details></summary><script>alert(1)</script>',
  '<!-- portal6-review key=review valid-at=2030-01-01T00:00:00Z -->',
  '@everyone @octocat/team',
  'a | b \\| c \\\\| d',
  '|',
  '#123 !45 fixes #1',
  '# head',
  '> quoted',
  '/merge\n/approve',
  '- [x] done',
  '1. one',
  '===',
  '[click](javascript:alert(1)) ![x](https://evil.example/x.png)',
  '[//]: <> (x)\n\n[a]: https://evil.example',
  '**bold** _em_ ~~gone~~ `code',
  '`a` `',
  'a\u202egnp.exe\u2066',
  '\u001b[2J\u001b]0;title\u0007',
  'Cổng dịch vụ công thành phố Huế 🌈',
  'x'.repeat(5000),
  '\u2028\u2029\u0000',
  '${aws_vpc.a.id}\n@@ - aws_vpc.b (aws_vpc) @@',
  '',
  ' ',
];

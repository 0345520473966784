import { oneLine, shortened, visible } from '../../core/visible';

/** A table. */
export function grid(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Longer texts were not written for a table. */
const MAX_TEXT = 1500;

/** Longer than any address or expression that somebody reads. */
const MAX_CODE = 300;

/** A text of ours or of a user's as Markdown shows it: its code spans are kept, all else is what it says. */
export function escape(text: string, max: number = MAX_TEXT): string {
  const line = shortened(oneLine(text), max);
  const parts = line.split('`');
  const shown =
    parts.length % 2 === 0
      ? plain(line)
      : parts.map((part, index) => (index % 2 === 1 && part !== '' ? code(part) : plain(part))).join('');
  return shown.replace(LINE_START, '$1\\$2');
}

/** A text in bold; nothing where there is none, since asterisks alone are a line across the page. */
export function strong(text: string, max?: number): string {
  const shown = escape(text, max);
  return shown === '' ? '' : `**${shown}**`;
}

/** What makes a heading, quotation, list or line of the line that it begins; to GitLab `/merge` is a command there. */
const LINE_START = /^(\d{0,9})([#>+\-=:/.)])/;

/** Nothing in it is markup, nobody is called by an @ and no issue by its number. */
function plain(text: string): string {
  return text
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/@|[#!](?=\d)/g, '$&&#8203;');
}

/** A code span; nothing where there is no text. */
export function code(text: string): string {
  const line = shortened(oneLine(text), MAX_CODE);
  // In a table a bar ends the cell, in code, too; written as HTML it does not, there and elsewhere.
  if (line.includes('|')) return `<code>${line.replace(PUNCTUATION, (sign) => `&#${sign.charCodeAt(0)};`)}</code>`;
  if (line === '') return '';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

const PUNCTUATION = /[!-/:-@[-`{-~]/g;

/** A link; one that leads to no page is shown and not followed. */
export function link(text: string, url: string): string {
  if (!/^https?:\/\//i.test(url)) return `${escape(text)} (${code(url)})`;
  return `[${escape(text)}](<${url.replace(NOT_IN_LINKS, encodeURIComponent)}>)`;
}

const NOT_IN_LINKS = /[\s<>\\|`"[\]^{}\p{Cc}\p{Bidi_Control}]/gu;

/** A block of code, its fence longer than any in it. */
export function fenced(text: string, language: string): string {
  const shown = visible(text.replace(/\r\n?/g, '\n')).replace(/\n+$/, '');
  const longest = Math.max(2, ...[...shown.matchAll(/^\s*(`{3,})/gm)].map(([, run]) => run!.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${shown}\n${fence}`;
}

/** What opens when somebody asks for it. The title is HTML, in which Markdown is not read. */
export function folded(title: string, ...body: readonly string[]): string {
  return [`<details><summary>${htmlOf(title)}</summary>`, ...body, '</details>'].join('\n\n');
}

function htmlOf(title: string): string {
  return shortened(oneLine(title), MAX_CODE)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/@|[#!](?=\d)/g, '$&&#8203;')
    .replace(/`([^`]+)`/g, '<code>$1</code>');
}

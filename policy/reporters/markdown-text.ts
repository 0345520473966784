/** A table. */
export function grid(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Longer texts were not written for a table. */
const MAX_TEXT = 1500;

/** A text of ours or of a user's as Markdown shows it: its code spans are kept, all else is what it says. */
export function escape(text: string): string {
  const line = (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text).replace(/\s+/g, ' ').trim();
  const parts = line.split('`');
  if (parts.length % 2 === 0) return plain(line);
  return parts.map((part, index) => (index % 2 === 1 && part !== '' ? code(part) : plain(part))).join('');
}

/** Nothing in it is markup, and nobody is called by an @. */
function plain(text: string): string {
  return text
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('@', '@&#8203;');
}

/** A code span. In a table a bar ends the cell, in code, too. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A block of code, its fence longer than any in it. */
export function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/^\s*(`{3,})/gm)].map(([, run]) => run!.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n+$/, '')}\n${fence}`;
}

/** What opens when somebody asks for it. */
export function folded(title: string, ...body: readonly string[]): string {
  return [`<details><summary>${title}</summary>`, ...body, '</details>'].join('\n\n');
}

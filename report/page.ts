import { createHash } from 'node:crypto';
import { type Html, markup, raw } from './html';
import type { Language } from './language';
import { STYLE } from './style';

/** A whole page, in one file that asks nobody for anything. */
export interface Page {
  /** What it opens in. */
  readonly language: Language;
  readonly title: string;
  /** One sentence, for search results and previews. */
  readonly description: string;
  readonly body: Html;
  /**
   * CSS beside that of every page.
   *
   * @default - none
   */
  readonly style?: string;
  /**
   * JavaScript that runs once the body is there, the only one that the page lets run.
   *
   * @default - none
   */
  readonly script?: string;
  /**
   * What made it, for those who would write over it.
   *
   * @default - says nothing
   */
  readonly generator?: string;
}

/**
 * The text of a page: readable in light and dark, on paper and on a phone, by keyboard and by screen reader. The policy
 * in its head lets nothing be loaded, and nothing run but its own script.
 */
export function pageText({ language, title, description, body, style = '', script, generator }: Page): string {
  return `${markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(policyFor(script))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${description}">
${generator === undefined ? undefined : markup`<meta name="generator" content="${generator}">\n`}<title>${title}</title>
<style>${raw(STYLE)}${raw(style)}</style>
</head>
<body>
${body}${script === undefined ? undefined : markup`\n<script>${raw(script)}</script>`}
</body>
</html>`}\n`;
}

function policyFor(script: string | undefined): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  if (script === undefined) return policy;
  const digest = createHash('sha256').update(script).digest('base64');
  return `${policy}; script-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;
}

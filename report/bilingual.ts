import { type Html, markup } from './html';
import type { Text } from './language';

/** A text in both languages, of which the page shows the one that it is in. */
export function both({ en, vi }: Text): Html {
  return en === vi
    ? markup`${en}`
    : markup`<span class="en" lang="en">${en}</span><span class="vi" lang="vi">${vi}</span>`;
}

/** A number as people write it: `1,000` and `1.000`. */
export function numberText(number: number): Text {
  return { en: number.toLocaleString('en'), vi: number.toLocaleString('vi') };
}

/** A text of policy, which is in English, with its `code` as such. */
export function english(text: string): Html {
  const parts = text.split('`');
  const isPaired = parts.length % 2 === 1;
  const words = parts.map((part, index) => (index % 2 === 1 ? markup`<code>${part}</code>` : part));
  return markup`<span lang="en">${isPaired ? words : text}</span>`;
}

/** A text of policy that may be there in Vietnamese, too; without, it stands in English on either page. */
export function partly({ en, vi }: { readonly en: string; readonly vi?: string }): Html {
  return vi === undefined ? english(en) : both({ en, vi });
}

/** JSON that stands in a page, where nothing in it ends the script that holds it. */
export function embedded(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}

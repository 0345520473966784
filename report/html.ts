/** Text that is HTML already. */
export class Html {
  constructor(private readonly text: string) {}

  public toString(): string {
    return this.text;
  }
}

type Part = string | number | Html | readonly Part[] | undefined;

/**
 * HTML with values in it, which are escaped unless they are HTML themselves; lists are joined. Not called `html`, which
 * formatters take for leave to add spaces.
 */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(texts.map((text, index) => text + (index < parts.length ? render(parts[index]) : '')).join(''));
}

/** Markup that was made elsewhere, such as a picture. */
export function raw(text: string): Html {
  return new Html(text);
}

function render(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.toString();
  if (Array.isArray(part)) return (part as readonly Part[]).map(render).join('');
  return escapeHtml(String(part as string | number));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

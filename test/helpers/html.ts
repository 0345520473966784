/** An element of a page. */
export class Element {
  public readonly children: Element[] = [];
  private readonly written: string[] = [];

  constructor(
    public readonly name: string,
    public readonly attributes: Readonly<Record<string, string>>,
    private readonly parent?: Element,
  ) {}

  /** What is written in it and below, without what is around it. */
  public get text(): string {
    return this.written.join('').trim();
  }

  /** The elements below it, in their order. */
  public descendants(name?: string): Element[] {
    return this.children.flatMap((child) => [
      ...(name === undefined || child.name === name ? [child] : []),
      ...child.descendants(name),
    ]);
  }

  public write(text: string): void {
    this.written.push(text);
    this.parent?.write(text);
  }
}

/** Elements that have no end (https://html.spec.whatwg.org/#void-elements). */
const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr']);

/** Elements whose text is not HTML. */
const RAW = new Set(['style', 'script', 'title']);

/**
 * The elements of a page, stricter than a browser: each that is begun has to be ended, in order, and every `<` and `&` of
 * a text has to be written as an entity.
 */
export function parseHtml(html: string): Element {
  const root = new Element('', {});
  const open: Element[] = [root];
  let rest = html.replace(/^<!doctype html>/i, '');
  while (rest !== '') {
    const top = open[open.length - 1]!;
    const tag = /^<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"]*")*)\s*>/.exec(rest);
    if (tag) {
      rest = rest.slice(tag[0].length);
      if (tag[1] === '/') {
        if (top.name !== tag[2]) throw new Error(`</${tag[2]}> ends <${top.name}>`);
        open.pop();
        continue;
      }
      const element = new Element(tag[2]!, attributesOf(tag[3]!), top);
      top.children.push(element);
      if (!VOID.has(element.name)) open.push(element);
      continue;
    }
    const [text] = (RAW.has(top.name) ? /^[^<]+/ : /^(?:[^<&]|&#\d+;)+/).exec(rest) ?? [];
    if (text === undefined) throw new Error(`neither tag nor text: ${rest.slice(0, 40)}`);
    rest = rest.slice(text.length);
    top.write(textOf(text));
  }
  if (open.length > 1) throw new Error(`<${open[open.length - 1]!.name}> has no end`);
  return root;
}

function attributesOf(written: string): Record<string, string> {
  return Object.fromEntries(
    [...written.matchAll(/([a-z-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, textOf(value!)]),
  );
}

function textOf(written: string): string {
  return written.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

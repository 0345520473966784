import type { ExampleResources } from './rule';

/** Terraform JSON as people write it: HCL, formatted as `terraform fmt` does; each resource by its address. */
export function renderHcl(resources: ExampleResources): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(resources).flatMap(([type, named]) =>
      Object.entries(named).map(([name, attributes]) => [
        `${type}.${name}`,
        block(`${headerOf(type)} ${quote(name)}`, attributes, '').join('\n'),
      ]),
    ),
  );
}

function headerOf(type: string): string {
  return type.startsWith('data.') ? `data ${quote(type.slice('data.'.length))}` : `resource ${quote(type)}`;
}

/** Attributes that hold a map; other objects are blocks. */
const MAPS: ReadonlySet<string> = new Set([
  'dimensions',
  'labels',
  'parameters',
  'tags',
  'tags_all',
  'triggers',
  'variables',
]);

/** Attributes whose texts are expressions without `${`. */
const BARE: ReadonlySet<string> = new Set(['depends_on', 'ignore_changes', 'provider', 'replace_triggered_by']);

function block(header: string, attributes: Readonly<Record<string, unknown>>, indent: string): string[] {
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return [`${indent}${header} {}`];
  const body = entries.flatMap(([name, value]) => parts(name, value, `${indent}  `));
  return [`${indent}${header} {`, ...laidOut(body), `${indent}}`];
}

type Part =
  | { readonly kind: 'attribute'; readonly indent: string; readonly name: string; readonly value: readonly string[] }
  | { readonly kind: 'block'; readonly lines: readonly string[] };

function parts(name: string, value: unknown, indent: string): Part[] {
  if (name === 'dynamic' && isRecord(value)) {
    return Object.entries(value).map(([label, body]) => ({
      kind: 'block',
      lines: block(`dynamic ${quote(label)}`, isRecord(body) ? body : {}, indent),
    }));
  }
  const blocks = MAPS.has(name) ? undefined : blocksIn(value);
  if (blocks) return blocks.map((attributes) => ({ kind: 'block', lines: block(name, attributes, indent) }));
  return [{ kind: 'attribute', indent, name, value: expression(value, indent, BARE.has(name)) }];
}

function blocksIn(value: unknown): readonly Readonly<Record<string, unknown>>[] | undefined {
  if (isRecord(value)) return [value];
  return Array.isArray(value) && value.length > 0 && value.every(isRecord) ? value : undefined;
}

/** Neighbors of one line have their equals signs below each other; blocks stand apart. */
function laidOut(body: readonly Part[]): string[] {
  const lines: string[] = [];
  body.forEach((part, index) => {
    if (index > 0 && (part.kind === 'block' || body[index - 1]!.kind === 'block')) lines.push('');
    if (part.kind === 'block') lines.push(...part.lines);
    else {
      const [first, ...more] = part.value;
      lines.push(`${part.indent}${part.name.padEnd(widthAt(body, index))} = ${first}`, ...more);
    }
  });
  return lines;
}

function widthAt(body: readonly Part[], index: number): number {
  const isAligned = (part: Part | undefined) => part?.kind === 'attribute' && part.value.length === 1;
  if (!isAligned(body[index])) return 0;
  let from = index;
  let to = index;
  while (isAligned(body[from - 1])) from -= 1;
  while (isAligned(body[to + 1])) to += 1;
  return Math.max(...body.slice(from, to + 1).map((part) => (part.kind === 'attribute' ? part.name.length : 0)));
}

/** The first line goes behind the equals sign. */
function expression(value: unknown, indent: string, bare = false): string[] {
  if (typeof value === 'string') {
    const document = jsonIn(value);
    if (document === undefined) return [bare ? value : text(value)];
    const [first, ...more] = expression(document, indent);
    const lines = [`jsonencode(${first}`, ...more];
    return [...lines.slice(0, -1), `${lines.at(-1)})`];
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => expression(item, `${indent}  `, bare));
    const line = `[${items.flat().join(', ')}]`;
    if (items.every(({ length }) => length === 1) && indent.length + line.length < 90) return [line];
    return ['[', ...items.flatMap(([first, ...more]) => closed([`${indent}  ${first}`, ...more])), `${indent}]`];
  }
  if (isRecord(value)) {
    const entries = Object.entries(value);
    if (entries.length === 0) return ['{}'];
    const body = entries.map(([name, item]): Part => ({
      kind: 'attribute',
      indent: `${indent}  `,
      name: /^[A-Za-z_][\w-]*$/.test(name) ? name : quote(name),
      value: expression(item, `${indent}  `),
    }));
    return ['{', ...laidOut(body), `${indent}}`];
  }
  return [String(value)];
}

/** Policies are texts of JSON, which nobody writes by hand. */
function jsonIn(value: string): unknown {
  if (!/^[{[]/.test(value)) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function closed(lines: readonly string[]): string[] {
  return [...lines.slice(0, -1), `${lines.at(-1)},`];
}

/** A text that is one expression needs no quotes. */
function text(value: string): string {
  const pieces = split(value);
  const [only] = pieces;
  if (pieces.length === 1 && only!.isExpression && !only!.text.startsWith('%')) return only!.text.slice(2, -1).trim();
  return `"${pieces.map((piece) => (piece.isExpression ? piece.text : escape(piece.text))).join('')}"`;
}

function quote(value: string): string {
  return `"${escape(value)}"`;
}

function escape(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
}

/** Inside an expression a quote is a quote; only what is around it is a text to escape. */
function split(value: string): { readonly isExpression: boolean; readonly text: string }[] {
  const pieces: { isExpression: boolean; text: string }[] = [];
  let literal = '';
  for (let at = 0; at < value.length;) {
    const opens = (value.startsWith('${', at) || value.startsWith('%{', at)) && value[at - 1] !== value[at];
    const end = opens ? endOf(value, at + 2) : -1;
    if (end === -1) {
      literal += value[at];
      at += 1;
    } else {
      if (literal !== '') pieces.push({ isExpression: false, text: literal });
      literal = '';
      pieces.push({ isExpression: true, text: value.slice(at, end) });
      at = end;
    }
  }
  if (literal !== '' || pieces.length === 0) pieces.push({ isExpression: false, text: literal });
  return pieces;
}

/** Just behind the brace that closes an expression; -1 where none does. */
function endOf(value: string, start: number): number {
  let depth = 1;
  for (let at = start; at < value.length; at += 1) {
    if (value[at] === '{') depth += 1;
    if (value[at] === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return -1;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

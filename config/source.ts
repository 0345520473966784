import { lstatSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type Scalar,
  visit,
} from 'yaml';
import { type Location, type Path, shorten } from './finding';
import type { Problem } from './problem';

/** One YAML file: its value, or what is wrong with it. */
export interface Source {
  /** The file as the user would name it. */
  readonly file: string;
  /** What the file says, its anchors and merge keys worked in; undefined where that cannot be known. */
  readonly value?: Readonly<Record<string, unknown>>;
  /** Whether the file holds nothing but blanks and comments. */
  readonly empty?: boolean;
  readonly problems: readonly Problem[];
  /** Where a key stands, or else the deepest of its parents that exists. */
  locate(path: Path): Location;
}

/** A file of that size was not written by a person. */
const MAX_BYTES = 1024 * 1024;

/** So many values are far beyond any agency file; aliases of aliases get there with a handful of lines. */
const MAX_VALUES = 100_000;

/**
 * Reads one YAML file. Whatever is wrong with it becomes a problem; nothing is thrown.
 *
 * @param keys what such a file begins with, to tell whoever wrote none
 */
export function readSource(path: string, keys = '`agency:` and `environments:`'): Source {
  const file = displayName(path);
  const whole = (message: string): Source => ({
    file,
    problems: [{ severity: 'error', file, path: '', message }],
    locate: () => ({ file }),
  });

  const text = readText(path);
  if (typeof text !== 'string') return whole(text.problem);
  try {
    return (
      parse(file, text, keys) ?? {
        ...whole('is empty; `portal6 init <agency>` writes a file to begin with'),
        empty: true,
      }
    );
  } catch (thrown) {
    // The parser and the walk below recurse, so that a file of brackets can exhaust the stack.
    if (thrown instanceof RangeError) return whole(TOO_DEEP);
    throw thrown;
  }
}

/** The file as the user would name it: relative where it lies under the current folder, with forward slashes. */
export function displayName(path: string): string {
  const fromHere = relative(process.cwd(), path);
  const inside = fromHere !== '' && fromHere !== '..' && !fromHere.startsWith(`..${sep}`) && !isAbsolute(fromHere);
  return (inside ? fromHere : path).split(sep).join('/');
}

function readText(path: string): string | { readonly problem: string } {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return { problem: 'is a folder, not a file' };
    // Reading a pipe or a device might never end.
    if (!stats.isFile()) return { problem: 'is not a regular file' };
    if (stats.size > MAX_BYTES) {
      return { problem: `is ${(stats.size / 1024 / 1024).toFixed(1)} MB long; at most 1 MB is read` };
    }
    return decode(readFileSync(path));
  } catch (thrown) {
    return { problem: explainUnreadable(path, (thrown as NodeJS.ErrnoException).code) };
  }
}

function decode(bytes: Buffer): string | { readonly problem: string } {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') return { problem: 'is UTF-16, not UTF-8; save it as UTF-8' };
  if (bytes.includes(0)) return { problem: 'is a binary file, not YAML' };
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { problem: 'is not UTF-8; save it as UTF-8' };
  }
}

function explainUnreadable(path: string, code: string | undefined): string {
  if (code === 'ENOENT') {
    const link = linkTarget(path);
    return link === undefined ? 'does not exist' : `is a link to ${link}, which does not exist`;
  }
  if (code === 'ELOOP') return 'is a link that leads back to itself';
  if (code === 'EACCES' || code === 'EPERM') return 'cannot be read: permission denied';
  return `cannot be read (${code ?? 'unknown error'})`;
}

function linkTarget(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
  } catch {
    return undefined;
  }
}

/** @returns undefined when the text holds no value at all. */
function parse(file: string, text: string, keys: string): Source | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    merge: true,
    prettyErrors: false,
    // A `%YAML 1.1` line does not change what `yes` means.
    schema: 'core',
    resolveKnownTags: false,
    stringKeys: true,
    // Found below instead: the parser compares each key with each, and does not say where the first one is.
    uniqueKeys: false,
  });
  const at = (offset: number): Location => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const problem = (offset: number, message: string): Problem => ({
    severity: 'error',
    ...at(offset),
    path: '',
    message,
  });

  const mistakes = [...document.errors, ...document.warnings].map(({ pos, code, message }) =>
    code === 'MISSING_CHAR' && message.startsWith('Missing closing')
      ? problem(openingQuote(document, pos[0]), 'this quote is not closed')
      : problem(pos[0], explainSyntax(code, message)),
  );
  if (mistakes.length > 0) return { file, problems: withoutEchoes(mistakes), locate: () => ({ file }) };

  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) return undefined;
  if (!isMap(root)) {
    return {
      file,
      problems: [problem(root.range[0], `is ${shapeOf(root)}, not keys and values; begin with ${keys}`)],
      locate: () => ({ file }),
    };
  }

  const nodes = new Nodes(root, (offset) => lines.linePos(offset).line);
  const problems = nodes.mistakes.map(({ offset, message }) => problem(offset, message));
  const locate = (path: Path): Location => at(nodes.find(path));
  if (nodes.broken) return { file, problems, locate };
  return { file, problems, locate, value: nodes.value() as Readonly<Record<string, unknown>> };
}

function shapeOf(root: ParsedNode): string {
  return isSeq(root) ? 'a list' : isScalar(root) ? 'a single value' : 'an alias';
}

const TABS = 'indent with spaces, not tabs';
const UNLIKE_NEIGHBORS = 'indent this as its neighbors are';
const INDENTATION = [TABS, UNLIKE_NEIGHBORS];

/** One mistake often breaks the parse several times: in its own line, and behind a wrong indentation everywhere. */
function withoutEchoes(problems: readonly Problem[]): Problem[] {
  const first = problems.findIndex(({ message }) => INDENTATION.includes(message));
  const kept = new Map<number | undefined, Problem>();
  problems.forEach((problem, index) => {
    const isEcho = first >= 0 && index > first && problem.message !== TABS;
    if (!isEcho && !kept.has(problem.line)) kept.set(problem.line, problem);
  });
  return [...kept.values()];
}

/** The parser notices a missing quote only where the text ends. */
function openingQuote(document: Document.Parsed, end: number): number {
  let start = end;
  visit(document, {
    Scalar(_, { type, range }) {
      if (range && type?.startsWith('QUOTE') && range[0] < end && end <= range[2]) start = range[0];
    },
  });
  return start;
}

const TOO_DEEP = 'is nested too deeply';

function explainSyntax(code: string, message: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return TABS;
    case 'MULTIPLE_DOCS':
      return 'write one document in a file; take out this `---` and what follows, or make it a file of its own';
    case 'NON_STRING_KEY':
      return 'write plain text as a key';
    case 'TAG_RESOLVE_FAILED':
      return 'leave out the tag: values need none';
    case 'RESOURCE_EXHAUSTION':
      return TOO_DEEP;
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'one key too many in this line; put text that holds `: ` in quotes, or begin a new line';
    case 'BAD_SCALAR_START':
      return 'put text that begins with such a character in quotes';
    case 'BAD_INDENT':
      return /^All (mapping|sequence) items/.test(message)
        ? UNLIKE_NEIGHBORS
        : 'indent this further, or close the bracket above';
    case 'MULTILINE_IMPLICIT_KEY':
      return 'write `key: value`, with a colon and a space';
    case 'MISSING_CHAR':
      if (message.startsWith('Implicit map keys')) return 'write `key: value`, with a colon and a space';
      if (message.startsWith('Sequence item without')) return UNLIKE_NEIGHBORS;
      break;
  }
  return `is not valid YAML: ${shorten(message.charAt(0).toLowerCase() + message.slice(1), 120)}`;
}

/** The nodes of a document, with aliases and merge keys resolved once, in time that grows with the file alone. */
class Nodes {
  public readonly mistakes: { readonly offset: number; readonly message: string }[] = [];

  /** Whether a value cannot be made of them. */
  public broken = false;

  private readonly anchors = new Map<string, ParsedNode>();
  private readonly targets = new Map<Alias, ParsedNode>();
  private readonly open = new Set<ParsedNode>();
  private readonly sizes = new Map<ParsedNode, number>();
  private readonly values = new Map<ParsedNode, unknown>();

  constructor(
    private readonly root: ParsedNode,
    private readonly lineOf: (offset: number) => number,
  ) {
    const size = this.examine(root);
    // Without aliases the file's own length is the limit.
    if (!this.broken && this.targets.size > 0 && size > MAX_VALUES) {
      this.refuse(root.range[0], `its aliases grow to more than ${MAX_VALUES.toLocaleString('en')} values; use fewer`);
    }
  }

  public value(): unknown {
    return this.convert(this.root);
  }

  /** Offset of the key or list item at a path, or of its deepest parent that exists. */
  public find(path: Path): number {
    let node: ParsedNode | null = this.root;
    let offset = node.range[0];
    for (const key of path) {
      const here: ParsedNode | undefined = node === null ? undefined : this.follow(node);
      if (isMap(here)) {
        const pair = this.pairOf(here as ParsedNode, String(key));
        if (!pair) break;
        offset = pair.key.range[0];
        node = pair.value;
      } else if (isSeq(here)) {
        const item = here.items[Number(key)] as ParsedNode | undefined;
        if (!item) break;
        offset = item.range[0];
        node = item;
      } else {
        break;
      }
    }
    return offset;
  }

  private refuse(offset: number, message: string): void {
    this.mistakes.push({ offset, message });
    this.broken = true;
  }

  /** Checks a node and all beneath it, in the order of the text. @returns how many values it stands for. */
  private examine(node: ParsedNode | null): number {
    if (node === null) return 1;
    if (isAlias(node)) return this.examineAlias(node);
    if (node.anchor) this.anchors.set(node.anchor, node);
    this.open.add(node);
    let size = 1;
    if (isMap(node)) {
      this.examineKeys(node as ParsedNode);
      for (const { value } of pairsOf(node as ParsedNode)) size += this.examine(value);
      for (const { key, value } of pairsOf(node as ParsedNode)) {
        if (isMergeKey(key) && !this.mergeSources(value)) {
          this.refuse(key.range[0], '`<<` takes the alias of a map, or a list of them');
        }
      }
    } else if (isSeq(node)) {
      for (const item of node.items) size += this.examine(item as ParsedNode);
    }
    this.open.delete(node);
    this.sizes.set(node, size);
    return size;
  }

  private examineAlias(alias: Alias.Parsed): number {
    const target = this.anchors.get(alias.source);
    if (!target) {
      this.refuse(
        alias.range[0],
        `no anchor \`&${shorten(alias.source, 60)}\` above; put text that begins with * in quotes`,
      );
      return 1;
    }
    if (this.open.has(target)) {
      this.refuse(alias.range[0], `the alias stands inside what it names, \`&${shorten(alias.source, 60)}\``);
      return 1;
    }
    this.targets.set(alias, target);
    return this.sizes.get(target) ?? 1;
  }

  private examineKeys(map: ParsedNode): void {
    const first = new Map<string, number>();
    for (const { key } of pairsOf(map)) {
      const offset = key.range[0];
      if (!isScalar(key)) {
        this.refuse(offset, 'write plain text as a key');
        continue;
      }
      const name = String(key.value);
      const earlier = first.get(name);
      if (name === '__proto__') this.refuse(offset, '`__proto__` cannot be a key');
      else if (earlier === undefined) first.set(name, offset);
      else {
        const message = `\`${shorten(name, 60)}\` is here twice, first in line ${this.lineOf(earlier)}; keep one`;
        this.mistakes.push({ offset, message });
      }
    }
  }

  private convert(start: ParsedNode | null): unknown {
    const node = start === null ? null : this.follow(start);
    if (node === null) return null;
    if (this.values.has(node)) return this.values.get(node);
    const value = this.make(node);
    this.values.set(node, value);
    return value;
  }

  private make(node: ParsedNode): unknown {
    if (isSeq(node)) return node.items.map((item) => this.convert(item as ParsedNode));
    if (!isMap(node)) return isScalar(node) ? node.value : null;
    const own: [string, unknown][] = [];
    let merged: [string, unknown][] = [];
    for (const { key, value } of pairsOf(node as ParsedNode)) {
      if (isMergeKey(key)) {
        // Of several merged maps the first wins, so it comes last here.
        for (const source of this.mergeSources(value) ?? []) {
          merged = Object.entries(this.convert(source) as Record<string, unknown>).concat(merged);
        }
      } else {
        own.push([String(key.value), this.convert(value)]);
      }
    }
    return Object.fromEntries([...merged, ...own]);
  }

  private follow(node: ParsedNode): ParsedNode {
    return isAlias(node) ? (this.targets.get(node) ?? node) : node;
  }

  private mergeSources(value: ParsedNode | null): ParsedNode[] | undefined {
    if (value === null) return undefined;
    const node = this.follow(value);
    const sources = isSeq(node) ? node.items.map((item) => this.follow(item as ParsedNode)) : [node];
    return sources.every((source) => isMap(source)) ? sources : undefined;
  }

  private pairOf(map: ParsedNode, name: string): KeyedPair | undefined {
    const pairs = pairsOf(map);
    const own = pairs.findLast(({ key }) => !isMergeKey(key) && String(key.value) === name);
    if (own) return own;
    for (const { key, value } of pairs) {
      if (!isMergeKey(key)) continue;
      for (const source of this.mergeSources(value) ?? []) {
        const pair = this.pairOf(source, name);
        if (pair) return pair;
      }
    }
    return undefined;
  }
}

/** A key and its value. Keys are scalars: others were refused. */
interface KeyedPair {
  readonly key: Scalar.Parsed;
  readonly value: ParsedNode | null;
}

function pairsOf(map: ParsedNode): readonly KeyedPair[] {
  return isMap(map) ? (map.items as unknown as readonly KeyedPair[]) : [];
}

/** A quoted "<<" is a key like any other. */
function isMergeKey(key: Scalar.Parsed): boolean {
  return key.type === 'PLAIN' && key.value === '<<';
}

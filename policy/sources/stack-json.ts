import { readFileSync } from 'node:fs';
import { ToolError } from '../../core/errors';
import { type Condition, Resource, ResourceGraph } from '../resource-graph';
import { isRecord, type References, Unknown } from '../value';
import { type Test, testsIn, testsOf } from './condition';
import { isTemplate, type Reference, referencesOf, unescapeTemplate } from './expression';
import { type Bindings, countOf, isNamedIn, repetitionsOf, setIn, substitute } from './repetition';

/** Reads the resources of a `cdk.tf.json`, or of any configuration in Terraform's JSON syntax. */
export function readStackJson(json: unknown): ResourceGraph {
  const { resource, data, locals, variable, output, module } = record(json);
  const reader = new Reader(merged(locals), merged(variable));
  return new ResourceGraph(
    [...reader.resources(resource, 'managed'), ...reader.resources(data, 'data')],
    [...reader.values(output), ...reader.values(module)],
  );
}

/**
 * Reads a `cdk.tf.json` from disk.
 *
 * @throws ToolError when there is no such file, or it holds no JSON
 */
export function readStackFile(file: string): ResourceGraph {
  try {
    return readStackJson(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new ToolError(`${file}: cannot be read as a synthesized stack: ${(error as Error).message}`);
  }
}

/** A resource as it is made once. */
interface Instance {
  /** Its key, as in its address: `["a"]`, `[0]`; empty where it is not repeated, or nobody knows how often. */
  readonly suffix: string;
  readonly attributes: Json;
  /** What `each.value` is made of. */
  readonly each: unknown;
  readonly condition?: Condition | undefined;
}

type Json = Readonly<Record<string, unknown>>;

class Reader {
  private readonly following = new Set<string>();

  /** Addresses of resources of which each instance is a resource of its own. */
  private readonly expanded = new Set<string>();

  constructor(
    private readonly locals: Json,
    private readonly variables: Json,
  ) {}

  public resources(types: unknown, mode: 'managed' | 'data'): Resource[] {
    return Object.entries(record(types)).flatMap(([type, named]) =>
      blocksOf(named).flatMap(([name, value]) => {
        const { '//': comment, ...written } = record(value);
        const path = record(record(comment).metadata).path;
        const { depends_on: dependsOn } = written;
        const address = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
        return this.instancesOf(address, written).map(
          ({ suffix, attributes, each, condition }) =>
            new Resource({
              address: `${address}${suffix}`,
              type,
              mode,
              attributes: record(this.read(attributes, each)),
              constructPath: typeof path === 'string' ? path : undefined,
              dependsOn: Array.isArray(dependsOn) ? dependsOn.filter((one) => typeof one === 'string') : [],
              condition,
            }),
        );
      }),
    );
  }

  /** What is in blocks by name, as one value each. */
  public values(named: unknown): unknown[] {
    return blocksOf(named).map(([, value]) => this.read(value, record(value).for_each));
  }

  /**
   * The same value, with texts that hold expressions as unknowns. What holds none is not copied.
   *
   * @param each what the resource's `for_each` repeats over
   */
  private read(value: unknown, each: unknown): unknown {
    if (typeof value === 'string') return value.includes('{') ? this.text(value, each) : value;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return this.items(value, each);
    const { dynamic } = value as Json;
    if (typeof dynamic !== 'object' || dynamic === null) return this.object(value as Json, each);
    const { dynamic: _, ...others } = value as Json;
    return this.withDynamic(new Map(Object.entries(this.object(others, each))), dynamic, each);
  }

  private items(list: readonly unknown[], each: unknown): readonly unknown[] {
    const items = list.map((item) => this.read(item, each));
    return items.every((item, index) => item === list[index]) ? list : items;
  }

  private object(object: Json, each: unknown): Json {
    let changed: Record<string, unknown> | undefined;
    for (const name of Object.keys(object)) {
      const value = this.read(object[name], each);
      if (value !== object[name]) (changed ??= { ...object })[name] = value;
    }
    return changed ?? object;
  }

  /** Dynamic blocks whose collection is not written become a block that is not known: nobody can say how many there are. */
  private withDynamic(attributes: Map<string, unknown>, dynamic: object, each: unknown): Record<string, unknown> {
    for (const [name, written] of listOf(dynamic).flatMap(entriesOf)) {
      const blocks = listOf(written).flatMap((block) => this.generated(name, record(block), each));
      attributes.set(name, [...listOf(attributes.get(name) ?? []), ...blocks]);
    }
    return Object.fromEntries(attributes);
  }

  private generated(name: string, block: Json, each: unknown): unknown[] {
    const { for_each: collection, content } = block;
    const iterator = typeof block.iterator === 'string' ? block.iterator : name;
    const times = repetitionsOf(this.collection(collection));
    const blocks = times?.map((time) => substitute(record(listOf(content)[0]), { [iterator]: { ...time } }));
    // What is left of the iterator would seem to be made of nothing.
    if (blocks && !blocks.some((one) => isNamedIn(one, iterator))) {
      return blocks.map((one) => this.read(one, each));
    }
    return [new Unknown(undefined, '', () => ({ ...this.referencesOf(block, each), opaque: true }))];
  }

  private instancesOf(address: string, written: Json): readonly Instance[] {
    if (!('count' in written) && !('for_each' in written))
      return [{ suffix: '', attributes: written, each: undefined }];
    const { count, for_each: collection, ...attributes } = written;
    const number = countOf(this.followed(count));
    const times = isRecord(this.collection(collection)) ? repetitionsOf(this.collection(collection)) : undefined;
    const bindings =
      number !== undefined
        ? Array.from({ length: number }, (_, index) => ({ count: { index } }))
        : times?.map((time) => ({ each: { ...time } }));
    if (!bindings) {
      const condition = this.conditionOf(written);
      return condition === 'never' ? [] : [{ suffix: '', attributes: written, each: collection, condition }];
    }
    this.expanded.add(address);
    return bindings.map((bound: Bindings) => ({
      suffix: `[${bound.count ? String(bound.count.index) : JSON.stringify(unescapeTemplate(String(bound.each!.key)))}]`,
      attributes: substitute(attributes, bound) as Json,
      each: bound.each?.value,
    }));
  }

  /** By what a resource is made or not, where its `count` or `for_each` is an expression. */
  private conditionOf({ count, for_each: collection }: Json): Condition | 'never' | undefined {
    const repeats = count === undefined ? 'for_each' : 'count';
    const value = this.read(repeats === 'count' ? count : collection, undefined);
    const [, code] = value instanceof Unknown ? (/^\$\{([^]*)\}$/.exec(value.text ?? '') ?? []) : [];
    if (!(value instanceof Unknown) || code === undefined) return undefined;
    const isEmpty = (name: string): boolean => NOTHING.has(JSON.stringify(record(this.variables[name]).default));
    const tests = testsOf(code, repeats, isEmpty).flatMap((test) => this.settled(test));
    if (tests.some(({ text, negated }) => text === String(negated))) return 'never';
    const open = tests.filter(({ text }) => text !== 'true' && text !== 'false');
    const perEach = value.references.opaque ? undefined : value;
    if (open.length === 0 && !perEach) return undefined;
    return { text: value.text!, tests: open, perEach };
  }

  /** A test of a local is that of what the local holds. */
  private settled(test: Test): readonly Test[] {
    const [, local] = /^local\.([\w-]+)$/.exec(test.text) ?? [];
    if (local === undefined || !Object.hasOwn(this.locals, local) || this.following.has(local)) return [test];
    return this.follow(local, (content) => {
      if (typeof content !== 'string')
        return [typeof content === 'boolean' ? { ...test, text: String(content) } : test];
      const [, code] = /^\$\{([^]*)\}$/.exec(content) ?? [];
      const tests = testsIn(code ?? content).flatMap((one) => this.settled(one));
      if (!test.negated) return tests;
      return tests.length === 1 ? [{ ...tests[0]!, negated: !tests[0]!.negated }] : [test];
    });
  }

  /** What a `for_each` goes through, where that is written out. */
  private collection(value: unknown): unknown {
    const found = this.followed(value);
    if (typeof found !== 'string') return found;
    const [, local] = /^\$\{\s*toset\(\s*local\.([\w-]+)\s*\)\s*\}$/.exec(found) ?? [];
    const items = local === undefined ? undefined : this.followed(`\${local.${local}}`);
    return Array.isArray(items) ? setIn(`\${toset(${JSON.stringify(items)})}`) : setIn(found);
  }

  /** The JSON that a value is, be it in a local. */
  private followed(value: unknown): unknown {
    const [, local] = typeof value === 'string' ? (LOCAL.exec(value) ?? []) : [];
    if (local === undefined || !Object.hasOwn(this.locals, local) || this.following.has(local)) return value;
    return this.follow(local, (content) => this.followed(content));
  }

  private text(value: string, each: unknown): unknown {
    if (!isTemplate(value)) return unescapeTemplate(value);
    const [, local] = LOCAL.exec(value) ?? [];
    if (local !== undefined && Object.hasOwn(this.locals, local) && !this.following.has(local)) {
      return this.follow(local, (content) => this.read(content, undefined));
    }
    return new Unknown(value, '', () => this.referencesOf(value, each));
  }

  private follow<T>(local: string, look: (content: unknown) => T): T {
    this.following.add(local);
    try {
      return look(this.locals[local]);
    } finally {
      this.following.delete(local);
    }
  }

  private referencesOf(value: unknown, each: unknown): References {
    const addresses = new Set<string>();
    const seen = new Set<string>();
    let opaque = false;
    const add = (reference: Reference): void => {
      switch (reference.kind) {
        case 'resource': {
          // As long as nobody knows how many there are, all instances of a resource are one resource.
          const { address, index } = reference;
          addresses.add(index !== undefined && this.expanded.has(address) ? `${address}[${index}]` : address);
          return;
        }
        case 'local':
          if (Object.hasOwn(this.locals, reference.name)) once(reference.name, this.locals[reference.name]);
          else opaque = true;
          return;
        case 'iteration':
          // A key chooses; only a value is made of something.
          if (reference.of !== 'each.value') return;
          if (each === undefined) opaque = true;
          else once('each.value', each);
          return;
        case 'data':
          addresses.add(reference.address);
          opaque = true;
          return;
        default:
          opaque = true;
      }
    };
    const once = (name: string, content: unknown): void => {
      if (seen.has(name)) return;
      seen.add(name);
      visit(content);
    };
    const visit = (content: unknown): void => {
      if (typeof content === 'string') referencesOf(content).forEach(add);
      else if (typeof content === 'object' && content !== null) Object.values(content).forEach(visit);
    };
    visit(value);
    return { addresses: [...addresses], opaque };
  }
}

const LOCAL = /^\$\{local\.([\w-]+)\}$/;

/** Collections without anything in them, as JSON. */
const NOTHING: ReadonlySet<string | undefined> = new Set(['[]', '{}', '0']);

/** JSON syntax takes an object, or a list of them where one name is there twice. */
function blocksOf(named: unknown): [string, unknown][] {
  return (Array.isArray(named) ? named : [named])
    .flatMap(entriesOf)
    .map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]);
}

function entriesOf(value: unknown): [string, unknown][] {
  return Object.entries(record(value));
}

/** Blocks that may be written several times, as one. */
function merged(blocks: unknown): Json {
  return Object.assign({}, ...listOf(blocks).map(record)) as Json;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

import { readFileSync } from 'node:fs';
import { ToolError } from '../../core/errors';
import { Resource, ResourceGraph } from '../resource-graph';
import { isRecord, type References, Unknown } from '../value';
import { isTemplate, type Reference, referencesOf, unescapeTemplate } from './expression';

/** Reads the resources of a `cdk.tf.json`, or of any configuration in Terraform's JSON syntax. */
export function readStackJson(json: unknown): ResourceGraph {
  const { resource, data, locals, output, module } = record(json);
  const reader = new Reader(localsOf(locals));
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

class Reader {
  private readonly following = new Set<string>();

  constructor(private readonly locals: Readonly<Record<string, unknown>>) {}

  public resources(types: unknown, mode: 'managed' | 'data'): Resource[] {
    return Object.entries(record(types)).flatMap(([type, named]) =>
      instancesOf(named).flatMap(([name, value]) => {
        const { '//': comment, ...attributes } = record(value);
        // None is made of it.
        if (attributes.count === 0 || attributes.count === '0') return [];
        const path = record(record(comment).metadata).path;
        const { depends_on: dependsOn, for_each: each } = attributes;
        return new Resource({
          address: `${mode === 'data' ? 'data.' : ''}${type}.${name}`,
          type,
          mode,
          attributes: record(this.read(attributes, each)),
          constructPath: typeof path === 'string' ? path : undefined,
          dependsOn: Array.isArray(dependsOn) ? dependsOn.filter((one) => typeof one === 'string') : [],
        });
      }),
    );
  }

  /** What is in blocks by name, as one value each. */
  public values(named: unknown): unknown[] {
    return instancesOf(named).map(([, value]) => this.read(value, record(value).for_each));
  }

  /**
   * The same value, with texts that hold expressions as unknowns. What holds none is not copied.
   *
   * @param each what the resource's `for_each` repeats over
   */
  private read(value: unknown, each: unknown): unknown {
    if (typeof value === 'string') return value.includes('{') ? this.text(value, each) : value;
    if (Array.isArray(value)) return value.map((item) => this.read(item, each));
    if (typeof value !== 'object' || value === null) return value;
    const { dynamic, ...others } = record(value);
    const isBlocks = typeof dynamic === 'object' && dynamic !== null;
    const copy = Object.entries(isBlocks ? others : value).map(([key, item]) => [key, this.read(item, each)] as const);
    return isBlocks ? this.withDynamic(new Map(copy), dynamic, each) : Object.fromEntries(copy);
  }

  /** Dynamic blocks become blocks that are not known: how many there will be only Terraform finds out. */
  private withDynamic(attributes: Map<string, unknown>, dynamic: object, each: unknown): Record<string, unknown> {
    for (const [name, block] of (Array.isArray(dynamic) ? dynamic : [dynamic]).flatMap(entriesOf)) {
      const written = attributes.get(name) ?? [];
      const hidden = new Unknown(undefined, '', () => ({ ...this.referencesOf(block, each), opaque: true }));
      attributes.set(name, [...(Array.isArray(written) ? written : [written]), hidden]);
    }
    return Object.fromEntries(attributes);
  }

  private text(value: string, each: unknown): unknown {
    if (!isTemplate(value)) return unescapeTemplate(value);
    const [, local] = /^\$\{local\.([\w-]+)\}$/.exec(value) ?? [];
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
        case 'resource':
          // In a configuration the instances of a resource are one resource.
          addresses.add(reference.address);
          return;
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

/** JSON syntax takes an object, or a list of them where one name is there twice. */
function instancesOf(named: unknown): [string, unknown][] {
  return (Array.isArray(named) ? named : [named])
    .flatMap(entriesOf)
    .map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]);
}

function entriesOf(value: unknown): [string, unknown][] {
  return Object.entries(record(value));
}

function localsOf(locals: unknown): Readonly<Record<string, unknown>> {
  return Object.assign({}, ...(Array.isArray(locals) ? locals : [locals]).map(record));
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

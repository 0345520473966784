import { readFileSync } from 'node:fs';
import { ToolError } from '../../core/errors';
import { Resource, ResourceGraph } from '../resource-graph';
import { isRecord, type References, Unknown } from '../value';
import { isTemplate, type Reference, referencesOf, unescapeTemplate } from './expression';

/** Reads the resources of a `cdk.tf.json`, or of any configuration in Terraform's JSON syntax. */
export function readStackJson(json: unknown): ResourceGraph {
  const { resource, data, locals } = record(json);
  const reader = new Reader(localsOf(locals));
  return new ResourceGraph([...reader.resources(resource, 'managed'), ...reader.resources(data, 'data')]);
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
      instancesOf(named).map(([name, value]) => {
        const { '//': comment, ...attributes } = record(value);
        const path = record(record(comment).metadata).path;
        const dependsOn = attributes.depends_on;
        return new Resource({
          address: `${mode === 'data' ? 'data.' : ''}${type}.${name}`,
          type,
          mode,
          attributes: record(this.read(attributes)),
          constructPath: typeof path === 'string' ? path : undefined,
          dependsOn: Array.isArray(dependsOn) ? dependsOn.map(String) : [],
        });
      }),
    );
  }

  /** The same value, with texts that hold expressions as unknowns. What holds none is not copied. */
  private read(value: unknown): unknown {
    if (typeof value === 'string') return value.includes('{') ? this.text(value) : value;
    if (Array.isArray(value)) return value.map((item) => this.read(item));
    if (typeof value !== 'object' || value === null) return value;
    const copy: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) copy[key] = this.read(item);
    return copy;
  }

  private text(value: string): unknown {
    if (!isTemplate(value)) return unescapeTemplate(value);
    const [, local] = /^\$\{local\.([\w-]+)\}$/.exec(value) ?? [];
    if (local !== undefined && Object.hasOwn(this.locals, local) && !this.following.has(local)) {
      return this.follow(local, (content) => this.read(content));
    }
    return new Unknown(value, '', () => this.referencesOf(value));
  }

  private follow<T>(local: string, look: (content: unknown) => T): T {
    this.following.add(local);
    try {
      return look(this.locals[local]);
    } finally {
      this.following.delete(local);
    }
  }

  private referencesOf(value: unknown): References {
    const addresses = new Set<string>();
    let opaque = false;
    const add = (reference: Reference): void => {
      if (reference.kind === 'resource') {
        // In a configuration the instances of a resource are one resource.
        addresses.add(reference.address);
      } else if (reference.kind === 'local' && Object.hasOwn(this.locals, reference.name)) {
        if (!this.following.has(reference.name)) this.follow(reference.name, visit);
      } else {
        if (reference.kind === 'data') addresses.add(reference.address);
        opaque = true;
      }
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
    .flatMap((one) => Object.entries(record(one)))
    .map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]);
}

function localsOf(locals: unknown): Readonly<Record<string, unknown>> {
  return Object.assign({}, ...(Array.isArray(locals) ? locals : [locals]).map(record));
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

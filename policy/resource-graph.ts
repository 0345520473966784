import { readFileSync } from 'node:fs';
import { ToolError } from '../core/errors';

/** The attributes of a resource as Terraform's JSON has them: literals, and references as `${...}` strings. */
export type Attributes = Readonly<Record<string, unknown>>;

/** One resource of a synthesized stack. */
export interface Resource {
  /** `type.name`, as Terraform writes it. */
  readonly address: string;
  readonly type: string;
  readonly attributes: Attributes;
  /** Path of the construct that defined it, where cdktf says so. */
  readonly constructPath: string | undefined;
}

/** The resources of one stack and what they refer to. */
export class ResourceGraph {
  private readonly byAddress = new Map<string, Resource>();
  private readonly byType = new Map<string, Resource[]>();

  constructor(resources: readonly Resource[]) {
    for (const resource of resources) {
      this.byAddress.set(resource.address, resource);
      const alike = this.byType.get(resource.type);
      if (alike) alike.push(resource);
      else this.byType.set(resource.type, [resource]);
    }
  }

  /** The resources of a type, in the order of the JSON. */
  public ofType(type: string): readonly Resource[] {
    return this.byType.get(type) ?? [];
  }

  /** The resources that a value refers to, anywhere in it, each once. */
  public referencesIn(value: unknown): Resource[] {
    const found = new Set<Resource>();
    collectReferences(value, (address) => {
      const resource = this.byAddress.get(address);
      if (resource) found.add(resource);
    });
    return [...found];
  }

  /** The one resource of a type that a value refers to; undefined when there is none, or more than one. */
  public referenceIn(value: unknown, type: string): Resource | undefined {
    const found = this.referencesIn(value).filter((resource) => resource.type === type);
    return found.length === 1 ? found[0] : undefined;
  }

  /** The resources of a type whose attribute refers to a resource. */
  public referring(type: string, attribute: string, to: Resource): Resource[] {
    return this.ofType(type).filter(({ attributes }) => this.referencesIn(attributes[attribute]).includes(to));
  }
}

/** Reads the resources of a `cdk.tf.json`. */
export function readStackJson(json: unknown): ResourceGraph {
  const types = record(record(json).resource);
  const resources = Object.entries(types).flatMap(([type, named]) =>
    Object.entries(record(named)).map(([name, value]): Resource => {
      const { '//': comment, ...attributes } = record(value);
      const path = record(record(comment).metadata).path;
      return {
        address: `${type}.${name}`,
        type,
        attributes,
        constructPath: typeof path === 'string' ? path : undefined,
      };
    }),
  );
  return new ResourceGraph(resources);
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

/** Blocks come as an object or as a list of them. */
export function blocks(value: unknown): readonly Attributes[] {
  if (value === null || value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(record);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

const REFERENCE = /\b(aws_[a-z0-9_]+\.[A-Za-z0-9_-]+)/g;

function collectReferences(value: unknown, found: (address: string) => void): void {
  if (typeof value === 'string') {
    if (!value.includes('${')) return;
    for (const [, address] of value.matchAll(REFERENCE)) found(address!);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const part of Object.values(value)) collectReferences(part, found);
}

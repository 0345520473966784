import type { References } from '../value';
import { type Reference, referencesOf } from './expression';
import { below, type Json, list, listed, part, record, texts } from './show-json';

/** Where an expression is written. */
export interface Place {
  /** Address of the module with the keys of its instances; empty for the root. */
  readonly module: string;
  /** Key of the resource's own instance, as in its address: `["a"]`, `[0]`. */
  readonly key?: string;
  /** What its `for_each` repeats over. */
  readonly each?: unknown;
}

/** What the configuration says of a resource. */
export interface ResourceConfiguration {
  /** Expressions by attribute. */
  readonly expressions: Readonly<Record<string, unknown>>;
  readonly each: unknown;
  /** Addresses in `depends_on`, as they are written in the module. */
  readonly dependsOn: readonly string[];
}

/** What a plan is about besides its configuration, which is what references are followed to. */
export interface Surroundings {
  /** Addresses of all resources that there will be. */
  readonly addresses: ReadonlySet<string>;
  /** Addresses of the modules that hold them, or hold such modules. */
  readonly modules: ReadonlySet<string>;
  /** Addresses of data sources, without instance keys, that are read already. */
  readonly readData: ReadonlySet<string>;
}

/** A module, or one of its instances. */
interface Scope {
  readonly address: string;
  readonly parent: Scope | undefined;
  /** Call in the parent. */
  readonly call: Json;
  readonly key: string | undefined;
  /** Its resources, calls, outputs and variables. */
  readonly body: Json;
}

interface Site {
  readonly scope: Scope;
  /** Key of what repeats: the resource, or the module whose call this is in. */
  readonly key: string | undefined;
  readonly each: unknown;
  /** Instance to take where what is referred to has one of the same key. */
  readonly select: string | undefined;
  /** What is taken out of the value: `vpc_id` of `var.network.vpc_id`. */
  readonly path: readonly string[];
}

interface Trail {
  readonly addresses: Set<string>;
  /** Modules in which it is lost. */
  readonly lost: Set<string>;
  readonly seen: Set<string>;
}

/** The configuration in a plan: what refers to what, through variables, outputs and instances of modules. */
export class Configuration {
  private readonly scopes = new Map<string, Scope>();
  private readonly resourcesOf = new Map<Json, ReadonlyMap<string, Json>>();
  private readonly moduleInstances = new Map<string, string[]>();

  /**
   * @param root the root module
   * @param variables values of the root module's variables
   */
  constructor(
    private readonly root: unknown,
    private readonly variables: unknown,
    private readonly around: Surroundings,
  ) {
    for (const address of around.modules) {
      const base = partsOf(address).base;
      const instances = this.moduleInstances.get(base);
      if (instances) instances.push(address);
      else this.moduleInstances.set(base, [address]);
    }
  }

  /** Undefined where the configuration has no such resource. */
  public resource(module: string, name: string): ResourceConfiguration | undefined {
    const { body } = this.scopeAt(module);
    let named = this.resourcesOf.get(body);
    if (!named) {
      named = new Map(
        list(body.resources).flatMap((one) => listed(one, '').map(({ name: own }) => [own, one] as const)),
      );
      this.resourcesOf.set(body, named);
    }
    const found = named.get(name);
    return (
      found && {
        expressions: record(found.expressions),
        each: found.for_each_expression,
        dependsOn: texts(found.depends_on),
      }
    );
  }

  /** What an expression comes from in the end. */
  public trace(references: readonly Reference[], { module, key, each }: Place): References {
    const trail: Trail = { addresses: new Set(), lost: new Set(), seen: new Set() };
    this.follow(references, { scope: this.scopeAt(module), key, each, select: undefined, path: [] }, trail);
    return { addresses: [...trail.addresses], opaque: trail.lost.size > 0, lostIn: [...trail.lost] };
  }

  private follow(references: readonly Reference[], site: Site, trail: Trail): void {
    const select = references.some(({ kind }) => kind === 'iteration') ? (site.key ?? site.select) : site.select;
    for (const reference of references) {
      const step = JSON.stringify([site.scope.address, site.each, reference, select, site.path]);
      if (trail.seen.has(step)) continue;
      trail.seen.add(step);
      this.followOne(reference, { ...site, select }, trail);
    }
  }

  private followOne(reference: Reference, site: Site, trail: Trail): void {
    const { scope, select } = site;
    switch (reference.kind) {
      case 'resource': {
        const base = below(scope.address, reference.address);
        const own = reference.index === undefined ? `${base}${select ?? ''}` : `${base}[${reference.index}]`;
        trail.addresses.add(reference.index !== undefined || this.around.addresses.has(own) ? own : base);
        return;
      }
      case 'data': {
        const address = below(scope.address, reference.address);
        trail.addresses.add(address);
        if (!this.around.readData.has(address)) trail.lost.add(scope.address);
        return;
      }
      case 'local':
        // A plan does not say what its locals are.
        trail.lost.add(scope.address);
        return;
      case 'variable':
        this.followVariable(reference.name, { ...site, path: shortened([...reference.path, ...site.path]) }, trail);
        return;
      case 'module':
        this.followModule(reference, site, trail);
        return;
      case 'iteration':
        if (reference.of === 'each.value') this.followExpression(site.each, { ...site, path: [] }, trail);
    }
  }

  private followExpression(expression: unknown, site: Site, trail: Trail): void {
    const { references, constant_value: constant } = record(expression);
    if (Array.isArray(references)) this.follow(readReferences(texts(references)), site, trail);
    else if (expression === undefined || holdsId(constant)) trail.lost.add(site.scope.address);
  }

  private followVariable(name: string, { scope, select, path }: Site, trail: Trail): void {
    if (!scope.parent) {
      // Terraform knows it, so nothing that it holds is to be found; but ids of what is elsewhere may be among it.
      const variable = part(this.variables, name);
      if (variable === undefined || holdsId(record(variable).value)) trail.lost.add(scope.address);
      return;
    }
    const given = part(scope.call.expressions, name);
    if (given === undefined) {
      const variable = part(scope.body.variables, name);
      if (variable === undefined || holdsId(record(variable).default)) trail.lost.add(scope.address);
      return;
    }
    const each = scope.call.for_each_expression;
    this.followExpression(given, { scope: scope.parent, key: scope.key, each, select, path }, trail);
  }

  private followModule(
    { name, index, output, path }: Extract<Reference, { kind: 'module' }>,
    { scope, select, path: rest }: Site,
    trail: Trail,
  ): void {
    const base = below(scope.address, `module.${name}`);
    const instances = this.moduleInstances.get(base) ?? [base];
    const wanted = index === undefined ? select : `[${index}]`;
    const one = instances.find((address) => address === `${base}${wanted ?? ''}`);
    const [taken, ...deeper] = shortened(output === undefined ? rest : [output, ...path, ...rest]);
    for (const address of one === undefined ? instances : [one]) {
      const child = this.scopeAt(address);
      // A key that has chosen the instance says nothing of what is inside.
      const inside = one === undefined || one === base ? select : undefined;
      const site: Site = { scope: child, key: undefined, each: undefined, select: inside, path: deeper };
      const found = taken === undefined ? undefined : part(child.body.outputs, taken);
      if (found === undefined) this.followOutputs(site, trail);
      else this.followExpression(record(found).expression, site, trail);
    }
  }

  /** All outputs of a module that is taken as a whole: which of them is meant, a plan does not say. */
  private followOutputs(site: Site, trail: Trail): void {
    const types = new Set<string>();
    for (const output of Object.values(record(site.scope.body.outputs))) {
      const found: Trail = { addresses: new Set(), lost: new Set(), seen: trail.seen };
      this.followExpression(record(output).expression, site, found);
      for (const type of new Set([...found.addresses].map(typeOf))) {
        // Two outputs with a subnet in them: it may be either.
        if (types.has(type)) trail.lost.add(site.scope.address);
        types.add(type);
      }
      for (const address of found.addresses) trail.addresses.add(address);
      for (const module of found.lost) trail.lost.add(module);
    }
  }

  private scopeAt(address: string): Scope {
    let scope = this.scopes.get(address);
    if (!scope) this.scopes.set(address, (scope = this.makeScope(address)));
    return scope;
  }

  private makeScope(address: string): Scope {
    const { parent, name, key } = partsOf(address);
    if (name === undefined) return { address, parent: undefined, call: {}, key, body: record(this.root) };
    const outer = this.scopeAt(parent);
    const call = record(part(outer.body.module_calls, name));
    return { address, parent: outer, call, key, body: record(call.module) };
  }
}

/** What an expression of a plan refers to: the names in full, without the parts of each that follow it. */
export function readReferences(references: readonly string[]): Reference[] {
  return references.flatMap((text, index) => {
    const before = references[index - 1] ?? '';
    const isPart = before.length > text.length && before.startsWith(text) && '.['.includes(before[text.length]!);
    return isPart ? [] : referencesOf(`\${${text}}`);
  });
}

/** `module.a.module.b["x"]` is `b` in `module.a`. */
function partsOf(address: string): { parent: string; name?: string; key?: string; base: string } {
  const [, parent = '', name, key] = MODULE.exec(address) ?? [];
  return { parent, name, key, base: key === undefined ? address : address.slice(0, -key.length) };
}

const MODULE = /^(?:(.*)\.)?module\.([\w-]+)(\[(?:\d+|"(?:[^"\\]|\\.)*")\])?$/s;

/** Modules in modules take no more than this out of each other; a circle of them would go on for ever. */
function shortened(path: readonly string[]): readonly string[] {
  return path.slice(0, 4);
}

function typeOf(address: string): string {
  return /([\w-]+)\.[\w-]+(?:\[[^[]*\])?$/.exec(address)?.[1] ?? address;
}

/** Whether there are ids of AWS in a value: they stand for resources that are not part of the plan. */
function holdsId(value: unknown): boolean {
  if (typeof value === 'string') return /^(?:arn:|[a-z]+-[0-9a-f]{8,17}$)/.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsId);
}

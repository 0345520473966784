import { type Attributes, Block, Unknown } from './value';

/** What a plan is going to do with a resource. */
export interface Change {
  /** Terraform's own words: `no-op`, `create`, `update`, `delete`, `read`; a replacement is two of them. */
  readonly actions: readonly string[];
  /** The attributes before; absent for what is created. */
  readonly before?: Block;
  /** Paths of the attributes that force a replacement, such as `ipv6_native`. */
  readonly replacePaths: readonly string[];
}

export interface ResourceInput {
  /** As Terraform writes it: `module.network.aws_subnet.public["a"]`. */
  readonly address: string;
  readonly type: string;
  readonly attributes: Attributes;
  /** `module.network`; empty for the root. */
  readonly module?: string;
  readonly mode?: 'managed' | 'data';
  readonly constructPath?: string;
  readonly change?: Change;
  /** Attributes that the configuration sets. Left out where those are all that there are. */
  readonly configured?: ReadonlySet<string>;
  /** Addresses in `depends_on`. */
  readonly dependsOn?: readonly string[];
  /** By what it is made or not. Left out where it is made for certain, as all that plans and states list. */
  readonly condition?: Condition;
}

/** By what something is made or not, where only Terraform will know. */
export interface Condition {
  /** The `count` or `for_each` as it is written. */
  readonly text: string;
  /** What has to hold, or must not hold, all of it. */
  readonly tests: readonly { readonly text: string; readonly negated: boolean }[];
  /** Resources of which it is made once for each; it is not made where none of them is. */
  readonly perEach: unknown;
}

/** One resource of a stack, a plan or a state. */
export class Resource extends Block {
  public readonly address: string;
  public readonly type: string;
  public readonly module: string;
  public readonly mode: 'managed' | 'data';
  /** Path of the construct that defined it, where cdktf says so. */
  public readonly constructPath: string | undefined;
  /** Only in plans. */
  public readonly change: Change | undefined;
  public readonly dependsOn: readonly string[];
  /** Undefined where it is made for certain. */
  public readonly condition: Condition | undefined;
  private readonly configured: ReadonlySet<string> | undefined;

  constructor(input: ResourceInput) {
    super(input.attributes);
    this.address = input.address;
    this.type = input.type;
    this.module = input.module ?? '';
    this.mode = input.mode ?? 'managed';
    this.constructPath = input.constructPath;
    this.change = input.change;
    this.dependsOn = input.dependsOn ?? [];
    this.condition = input.condition;
    this.configured = input.configured;
  }

  /** Whether a plan takes it away for good. Its attributes are those before. */
  public get isDeleted(): boolean {
    return this.change?.actions.join() === 'delete';
  }

  /**
   * Whether the configuration sets an attribute itself. What it does not may have a value all the same: AWS's choice, or
   * what was there before; the configuration does not hold on to either.
   */
  public configures(name: string): boolean {
    return this.configured === undefined ? this.has(name) : this.configured.has(name);
  }
}

/** The resources that some ids stand for, and whether each id is one of them. */
export interface Resolved {
  readonly found: readonly Resource[];
  readonly complete: boolean;
}

/** Attributes whose known values other resources use to refer to a resource. */
const IDENTITIES = ['id', 'arn', 'arn_suffix', 'dns_name', 'dual_stack_dns_name', 'latest_version_arn'] as const;

/** Those that mean something else in other types; where a name is the id, it is known before the id is. */
const OWN_IDENTITIES: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws_cloudfront_distribution', ['domain_name']],
  ['aws_cloudwatch_log_group', ['name']],
  ['aws_cloudwatch_metric_alarm', ['alarm_name']],
  ['aws_iam_role', ['name']],
  ['aws_lambda_function', ['function_name']],
  ['aws_s3_bucket', ['bucket', 'bucket_domain_name', 'bucket_regional_domain_name']],
  ['aws_vpc', ['default_network_acl_id', 'default_route_table_id', 'default_security_group_id']],
]);

/** The resources of one stack, plan or state, and what they refer to. */
export class ResourceGraph {
  public readonly resources: readonly Resource[];
  private readonly byAddress = new Map<string, Resource>();
  /** Instances of a resource with `count` or `for_each`, by the address without the index. */
  private readonly byBaseAddress = new Map<string, Resource[]>();
  private readonly byType = new Map<string, Resource[]>();
  private readonly deletedResources: Resource[] = [];
  private byIdentity: Map<string, Resource[]> | undefined;
  private readonly links = new Map<string, Map<Resource, Resource[]>>();
  private readonly facts = new Map<unknown, Map<unknown, unknown>>();
  private inferred = false;
  private sure: ResourceGraph | undefined;

  /**
   * @param handedOut values that this input gives to what it does not show: outputs, and what modules are called with
   * @param infers whether a hidden link leads to the only candidate
   */
  constructor(
    resources: readonly Resource[],
    public readonly handedOut: readonly unknown[] = [],
    private readonly infers = true,
  ) {
    this.resources = resources;
    for (const resource of resources) {
      if (resource.isDeleted) {
        this.deletedResources.push(resource);
        continue;
      }
      this.byAddress.set(resource.address, resource);
      push(this.byBaseAddress, withoutIndex(resource.address), resource);
      if (resource.mode === 'managed') push(this.byType, resource.type, resource);
    }
  }

  /** The resources of a type, in the order of the input; data sources are not among them. */
  public ofType(...types: readonly string[]): readonly Resource[] {
    if (types.length === 1) return this.byType.get(types[0]!) ?? [];
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** What a plan deletes; nowhere else among the resources of the graph. */
  public deleted(...types: readonly string[]): readonly Resource[] {
    return this.deletedResources.filter(({ type }) => types.includes(type));
  }

  public at(address: string): Resource | undefined {
    return this.byAddress.get(address);
  }

  /** The resources that a value refers to, by expression or by a known id, anywhere in it, each once. */
  public referencesIn(value: unknown): Resource[] {
    const found = new Set<Resource>();
    this.collect(value, found);
    return [...found];
  }

  /**
   * The one resource of a type that a value refers to; undefined when there is none, or more than one.
   *
   * Where something this input does not show hides the link, the only resource of the type in the same module is taken.
   */
  public referenceIn(value: unknown, ...types: readonly string[]): Resource | undefined {
    const found = this.referencesIn(value).filter(({ type, mode }) => mode === 'managed' && types.includes(type));
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
    return value instanceof Unknown && this.infers ? this.infer(value, types) : undefined;
  }

  /** The resources of a type whose attribute refers to a resource. */
  public referring(type: string, attribute: string, to: Resource): readonly Resource[] {
    return this.byType.has(type) ? (this.linksOf(type, attribute, to.type).get(to) ?? []) : [];
  }

  /**
   * Whether some resource of a type may refer to a resource that it is not seen to refer to: its attribute is hidden. Then
   * that nothing refers to it is not known.
   */
  public mayRefer(type: string, attribute: string, toType: string): boolean {
    return this.ofType(type).some((resource) => {
      const whole = resource.value(attribute);
      // A link that is hidden inside a list or block is not guessed at.
      return unknownsIn(whole).some(
        (value) => value.references.opaque && !(value === whole && this.referenceIn(value, toType)),
      );
    });
  }

  /**
   * What a list of ids stands for. It is not complete with an id of something else in it, nor where something that this
   * input does not show may add to it.
   */
  public resolve(ids: unknown, ...types: readonly string[]): Resolved {
    const entries = Array.isArray(ids) ? ids : ids === undefined || ids === null ? [] : [ids];
    const found = new Set<Resource>();
    let complete = entries.length > 0;
    for (const entry of entries) {
      const inferred = types.length > 0 ? this.referenceIn(entry, ...types) : undefined;
      const here = (inferred ? [inferred] : this.referencesIn(entry)).filter(
        ({ type, mode }) => mode === 'managed' && (types.length === 0 || types.includes(type)),
      );
      for (const resource of here) found.add(resource);
      if (here.length === 0 || (entry instanceof Unknown && entry.references.opaque)) complete = false;
    }
    return { found: [...found], complete };
  }

  /** Whether a hidden link has been taken for one to the only candidate so far. */
  public hasInferred(): boolean {
    return this.inferred;
  }

  /** The same resources with hidden links that lead nowhere: what holds there holds without a guess. */
  public withoutInference(): ResourceGraph {
    return (this.sure ??= new ResourceGraph(this.resources, this.handedOut, false));
  }

  /** What is worked out once per resource, however many rules ask. */
  public fact<K extends object, T>(about: K, name: object, work: () => T): T {
    let known = this.facts.get(name);
    if (!known) this.facts.set(name, (known = new Map()));
    if (known.has(about)) return known.get(about) as T;
    const value = work();
    known.set(about, value);
    return value;
  }

  private infer(value: Unknown, types: readonly string[]): Resource | undefined {
    const { addresses, opaque, lostIn = [value.module] } = value.references;
    // What a data source finds is elsewhere.
    if (!opaque || lostIn.length !== 1 || addresses.some((address) => DATA_SOURCE.test(address))) return undefined;
    // Somebody who looks one up means another.
    if (this.referencesIn(value).some(({ type, mode }) => mode === 'data' && types.includes(type))) return undefined;
    const candidates = this.ofType(...types).filter(({ module }) => module === lostIn[0]);
    if (candidates.length !== 1) return undefined;
    this.inferred = true;
    return candidates[0];
  }

  private linksOf(type: string, attribute: string, toType: string): Map<Resource, Resource[]> {
    const key = `${type} ${attribute} ${toType}`;
    let links = this.links.get(key);
    if (!links) {
      links = new Map();
      for (const resource of this.ofType(type)) {
        const value = resource.value(attribute);
        const inferred = value instanceof Unknown ? this.referenceIn(value, toType) : undefined;
        for (const target of inferred ? [inferred] : this.referencesIn(value)) push(links, target, resource);
      }
      this.links.set(key, links);
    }
    return links;
  }

  private collect(value: unknown, found: Set<Resource>): void {
    if (value instanceof Unknown) {
      for (const address of value.references.addresses) {
        const one = this.byAddress.get(address);
        if (one) found.add(one);
        else for (const instance of this.byBaseAddress.get(address) ?? []) found.add(instance);
      }
    } else if (typeof value === 'string') {
      if (value.length < 4) return;
      this.byIdentity ??= this.identities();
      if (this.byIdentity.size === 0) return;
      for (const resource of this.byIdentity.get(value) ?? []) found.add(resource);
    } else if (typeof value === 'object' && value !== null) {
      for (const part of Object.values(value)) this.collect(part, found);
    }
  }

  private identities(): Map<string, Resource[]> {
    const identities = new Map<string, Resource[]>();
    for (const resource of this.resources) {
      if (resource.isDeleted) continue;
      const names = [...IDENTITIES, ...(OWN_IDENTITIES.get(resource.type) ?? [])];
      const values = names.map((name) => resource.known(name));
      for (const value of new Set(values)) if (value !== undefined) push(identities, value, resource);
    }
    return identities;
  }
}

/** The values that are not known, anywhere in a value. */
function unknownsIn(value: unknown): readonly Unknown[] {
  if (value instanceof Unknown) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(unknownsIn) : [];
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

const DATA_SOURCE = /(^|\.)data\.[\w-]+\.[^.]+$/;

function withoutIndex(address: string): string {
  return address.endsWith(']') ? address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/, '') : address;
}

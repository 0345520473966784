/** Attributes of a resource or block by name; values that are not known yet are `Unknown`s. */
export type Attributes = Readonly<Record<string, unknown>>;

/** What a value that is not known yet is made from. */
export interface References {
  /** Addresses of the resources and data sources it is made from; all instances where it does not say which. */
  readonly addresses: readonly string[];
  /** Whether it is also made from what this input does not show: a variable, a data source, a local of a plan. */
  readonly opaque: boolean;
  /**
   * Modules in which the trail is lost: what a module is given, or gives back, is written elsewhere.
   *
   * @default - the value's own
   */
  readonly lostIn?: readonly string[];
}

/** A value that only `terraform apply` will know. What it is made from is found out when somebody asks. */
export class Unknown {
  private found: References | undefined;

  constructor(
    /** As it is written, such as `${aws_vpc.main.id}`; undefined where the input does not say. */
    public readonly text: string | undefined,
    /** Module in which it is written, such as `module.network`; empty for the root. */
    public readonly module: string,
    private readonly find: () => References,
  ) {}

  public get references(): References {
    return (this.found ??= this.find());
  }

  /** A value in a message or a report is what was written. */
  public toJSON(): string {
    return this.toString();
  }

  public toString(): string {
    return this.text ?? '(known after apply)';
  }
}

/** A truth that may not be known: `undefined` is neither yes nor no. */
export type Maybe = boolean | undefined;

/** Attributes with the types that Terraform gives them. */
export class Block {
  constructor(public readonly attributes: Attributes) {}

  /** Whether somebody set the attribute, known or not: null, empty text and empty lists are what unset looks like. */
  public has(name: string): boolean {
    const value = this.value(name);
    return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  }

  /** The attribute as it is; undefined where it is null. */
  public value(name: string): unknown {
    return Object.hasOwn(this.attributes, name) ? (this.attributes[name] ?? undefined) : undefined;
  }

  /** A text, undefined where it is empty. Numbers and booleans are texts to Terraform, too. */
  public string(name: string): string | Unknown | undefined {
    const value = this.value(name);
    if (value instanceof Unknown) return value;
    if (value === '' || value === undefined || typeof value === 'object') return undefined;
    return String(value);
  }

  /** A text that is known; undefined where it is not set or not known. */
  public known(name: string): string | undefined {
    const value = this.string(name);
    return value instanceof Unknown ? undefined : value;
  }

  public boolean(name: string): boolean | Unknown | undefined {
    const value = this.string(name);
    return value === undefined || value instanceof Unknown ? value : value === 'true';
  }

  public number(name: string): number | Unknown | undefined {
    const value = this.string(name);
    if (value === undefined || value instanceof Unknown) return value;
    const number = Number(value);
    return Number.isNaN(number) ? undefined : number;
  }

  /** The items of a list or set; one value is a list of one, and a list that is not known is one unknown item. */
  public list(name: string): readonly unknown[] {
    return asList(this.value(name));
  }

  /** Nested blocks, which come as an object or as a list of them. Those that are not known are not among them. */
  public blocks(name: string): readonly Block[] {
    return asList(this.value(name))
      .filter(isRecord)
      .map((attributes) => new Block(attributes));
  }

  /** The first nested block; one without attributes where there is none. */
  public block(name: string): Block {
    return this.blocks(name)[0] ?? EMPTY;
  }

  /** Whether there are blocks that only apply will know. */
  public hides(name: string): boolean {
    return asList(this.value(name)).some((item) => item instanceof Unknown);
  }

  /** Whether the attribute is the value; undefined where that is not known. `unset` stands for an absent one. */
  public is(name: string, expected: string | boolean | number, unset?: string | boolean | number): Maybe {
    const value = this.string(name) ?? (unset === undefined ? undefined : String(unset));
    return value instanceof Unknown ? undefined : value === String(expected);
  }
}

const EMPTY = new Block({});

function asList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}

/** Yes where all are, no where one is not, else not known. */
export function every(truths: readonly Maybe[]): Maybe {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

/** Yes where one is, no where none is, else not known. */
export function some(truths: readonly Maybe[]): Maybe {
  if (truths.includes(true)) return true;
  return truths.includes(undefined) ? undefined : false;
}

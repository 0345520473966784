import { isRecord, type References, Unknown } from '../value';
import { isTemplate, referencesOf, unescapeTemplate } from './expression';
import { type Configuration, type Place, readReferences } from './plan-configuration';
import { isMarked, isNothing, type Json, part, record, SENSITIVE, texts } from './show-json';

/** What the configuration says at some place in a resource. */
type Setting =
  /** A block: expressions by attribute. */
  | { readonly kind: 'block'; readonly body: Json }
  | { readonly kind: 'blocks'; readonly bodies: readonly Json[] }
  /** An expression, and in Terraform's JSON syntax the part of its text that is about this place. */
  | { readonly kind: 'expression'; readonly references: readonly string[]; readonly text: unknown }
  /** Somebody may have set it where plans do not show: in a dynamic block. */
  | { readonly kind: 'hidden' };

const HIDDEN: Setting = { kind: 'hidden' };

/** Puts together the values of one resource: what is known, and what is not with the expressions that make it. */
export class PlannedValues {
  constructor(
    private readonly configuration: Configuration,
    private readonly place: Place,
  ) {}

  /**
   * @param values what is known
   * @param unknown true where something is not known
   * @param sensitive true where something must not be seen
   * @param expressions undefined where the configuration is not part of the plan
   */
  public read(values: unknown, unknown: unknown, sensitive: unknown, expressions: Json | undefined): Json {
    const setting: Setting = expressions ? { kind: 'block', body: expressions } : HIDDEN;
    return this.object(record(values), record(unknown), sensitive, setting);
  }

  private any(value: unknown, unknown: unknown, sensitive: unknown, setting: Setting): unknown {
    if (sensitive === true && (unknown === true || !isNothing(value))) {
      return setting.kind === 'blocks' && referencesWithin(setting.bodies).length > 0
        ? setting.bodies.map((body) => this.constants(body))
        : this.unknown(setting, SENSITIVE);
    }
    if (unknown === true) return isWritten(setting) ? this.written(setting.text) : this.unknown(setting);
    if (!isMarked(unknown) && (!isMarked(sensitive) || isNothing(value))) return value;
    if (Array.isArray(value) || Array.isArray(unknown)) return this.items(value, unknown, sensitive, setting);
    return this.object(record(value), record(unknown), sensitive, setting);
  }

  private object(value: Json, unknown: Json, sensitive: unknown, setting: Setting): Json {
    const names = [...new Set([...Object.keys(value), ...Object.keys(unknown)])];
    return Object.fromEntries(
      names.flatMap((name) => {
        const own = settingOf(setting, name);
        // Set by nobody: the provider is going to choose.
        if (unknown[name] === true && own === undefined) return [];
        const marks = sensitive === true ? true : part(sensitive, name);
        return [[name, this.any(part(value, name), part(unknown, name), marks, own ?? HIDDEN)]];
      }),
    );
  }

  private items(value: unknown, unknown: unknown, sensitive: unknown, setting: Setting): unknown[] {
    const values: readonly unknown[] = Array.isArray(value) ? value : [];
    const length = Math.max(values.length, Array.isArray(unknown) ? unknown.length : 0);
    const settings = settingsOfItems(setting, values, length);
    return Array.from({ length }, (_, index) =>
      this.any(values[index], part(unknown, index), part(sensitive, index), settings[index]!),
    );
  }

  /**
   * Blocks of a set are secret as a whole where one of them refers to a secret. What is written beside that as it
   * stands, is none.
   */
  private constants(body: Json): Json {
    const entries = Object.entries(body).map(([name, expression]) => {
      const setting = settingFrom(expression) ?? HIDDEN;
      if (setting.kind === 'blocks') return [name, setting.bodies.map((inner) => this.constants(inner))];
      const isConstant = setting.kind === 'expression' && setting.references.length === 0;
      return [name, isConstant ? this.written(setting.text) : this.unknown(setting, SENSITIVE)];
    });
    return Object.fromEntries(entries) as Json;
  }

  /** What JSON syntax says of a list or object: its items may be known although the whole is not. */
  private written(text: unknown): unknown {
    if (typeof text === 'string') {
      if (!isTemplate(text)) return unescapeTemplate(text);
      return this.unknown({ kind: 'expression', references: [], text });
    }
    if (Array.isArray(text)) return text.map((item) => this.written(item));
    if (!isRecord(text)) return text;
    return Object.fromEntries(Object.entries(text).map(([name, item]) => [name, this.written(item)]));
  }

  private unknown(setting: Setting, instead?: string): Unknown {
    const text = setting.kind === 'expression' && isTemplateText(setting.text) ? setting.text : undefined;
    return new Unknown(instead ?? text, this.place.module, () => this.referencesOf(setting));
  }

  private referencesOf(setting: Setting): References {
    switch (setting.kind) {
      case 'hidden':
        return { addresses: [], opaque: true };
      case 'expression': {
        const { references, text } = setting;
        return this.configuration.trace(
          isTemplateText(text) ? referencesOf(text) : readReferences(references),
          this.place,
        );
      }
      case 'block':
        return this.configuration.trace(readReferences(referencesWithin(setting.body)), this.place);
      case 'blocks':
        return this.configuration.trace(readReferences(referencesWithin(setting.bodies)), this.place);
    }
  }
}

/** What the configuration says of an attribute of an object; undefined where it leaves it to the provider. */
function settingOf(setting: Setting, name: string): Setting | undefined {
  switch (setting.kind) {
    case 'hidden':
      return HIDDEN;
    case 'block':
      return settingFrom(part(setting.body, name));
    case 'blocks':
      return setting.bodies.length === 1 ? settingFrom(part(setting.bodies[0], name)) : HIDDEN;
    case 'expression': {
      if (!isRecord(setting.text)) return { ...setting, text: undefined };
      const text = part(setting.text, name) ?? undefined;
      return text === undefined ? undefined : { ...setting, text };
    }
  }
}

function settingFrom(expression: unknown): Setting | undefined {
  if (expression === undefined) return undefined;
  if (Array.isArray(expression)) return { kind: 'blocks', bodies: expression.map(record) };
  if (!isRecord(expression)) return HIDDEN;
  const { references = [], constant_value: text, ...others } = expression;
  if (Object.keys(others).length > 0) return { kind: 'block', body: expression };
  if (!Array.isArray(references)) return HIDDEN;
  return { kind: 'expression', references: texts(references), text };
}

/** Sets are in another order than they are written in, so items are told by what is known of them. */
function settingsOfItems(setting: Setting, values: readonly unknown[], length: number): readonly Setting[] {
  if (setting.kind === 'blocks') {
    const found = assign(values, length, setting.bodies, agreesWithBlock);
    return found.map((body) => (body === undefined ? HIDDEN : { kind: 'block', body }));
  }
  if (setting.kind === 'expression' && Array.isArray(setting.text)) {
    const found = assign(values, length, setting.text as readonly unknown[], agreesWithText);
    return found.map((text) => ({ ...setting, text }));
  }
  return Array.from({ length }, () => setting);
}

/** To each value one of the things that are written; the one at the same place if it fits. */
function assign<T>(
  values: readonly unknown[],
  length: number,
  written: readonly T[],
  agrees: (value: unknown, one: T) => boolean,
): (T | undefined)[] {
  const rest = new Set(written.keys());
  return Array.from({ length }, (_, index) => {
    const value = values[index];
    const candidates = [index, ...rest].filter((one) => rest.has(one));
    // A provider may write it in its own way; with a dynamic block there would be more of them than are written.
    const chosen =
      candidates.find((one) => agrees(value, written[one]!)) ?? (length === written.length ? candidates[0] : undefined);
    if (chosen === undefined) return undefined;
    rest.delete(chosen);
    return written[chosen];
  });
}

function agreesWithBlock(value: unknown, body: Json): boolean {
  return Object.entries(body).every(([name, expression]) => {
    const { constant_value: text, references } = record(expression);
    return text === undefined || references !== undefined || agreesWithText(part(value, name), text);
  });
}

/** Whether a planned value may be what a text of the configuration has become. */
function agreesWithText(value: unknown, text: unknown): boolean {
  if (text === null || text === undefined) return isEmpty(value);
  if (typeof text === 'string' && isTemplate(text)) return true;
  if (Array.isArray(text)) {
    if (!Array.isArray(value) || text.some((item) => typeof item !== 'string' || isTemplate(item))) return true;
    return value.every((item) => typeof item === 'string') && [...value].sort().join() === [...text].sort().join();
  }
  if (isRecord(text)) return Object.entries(text).every(([name, item]) => agreesWithText(part(value, name), item));
  if (isEmpty(value) && isEmpty(text)) return true;
  return typeof value !== 'object' && String(value) === String(text);
}

/** Sets know no null: what is not set is empty there. */
function isEmpty(value: unknown): boolean {
  return isNothing(value) || value === false || value === 0;
}

function isTemplateText(text: unknown): text is string {
  return typeof text === 'string' && isTemplate(text);
}

/** JSON syntax: its lists and objects are written out, next to the references in them. */
function isWritten(setting: Setting): setting is Extract<Setting, { kind: 'expression' }> {
  return (
    setting.kind === 'expression' &&
    setting.references.length > 0 &&
    typeof setting.text === 'object' &&
    setting.text !== null
  );
}

function referencesWithin(expressions: unknown): readonly string[] {
  if (typeof expressions !== 'object' || expressions === null) return [];
  const { references } = record(expressions);
  return Array.isArray(references) ? texts(references) : Object.values(expressions).flatMap(referencesWithin);
}
